"""A meeting as a package for the journal: all of it, each file with its fingerprint, nobody by name."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.test import Client

from samraad.council import journal
from samraad.council.models import Meeting
from samraad.demo.cast import Entered
from tests.people import SIGNED_IN

As = Callable[[str], Client]


@pytest.fixture
def held(demo: Entered) -> Meeting:
    """A meeting that was held and approved."""
    return Meeting.objects.filter(forum__kind="kredsraad", status="approved")[0]


def test_it_packs_what_there_is_with_fingerprints_and_nobody_by_name(held: Meeting) -> None:
    name, content = journal.package(held, "27.69.40")
    with zipfile.ZipFile(BytesIO(content)) as book:
        told = json.loads(book.read(f"{name}/metadata.json"))
        root = ElementTree.fromstring(book.read(f"{name}/moede.xml"))
        for document in told["dokumenter"]:
            packed = book.read(f"{name}/{document['fil']}")
            assert hashlib.sha256(packed).hexdigest() == document["sha256"]
        texts = book.read(f"{name}/metadata.json").decode() + book.read(f"{name}/moede.xml").decode()
    roles = [document["rolle"] for document in told["dokumenter"]]
    assert {"dagsorden", "referat", "referat-aaben-del"} <= set(roles)
    assert told["kle"] == root.findtext("kle") == "27.69.40"
    assert told["moede"]["begynder"].endswith(("+01:00", "+02:00"))
    assert len(root.findall("punkter/punkt")) == len(told["punkter"]) == held.items.count()
    assert len(told["parter"]) == held.attendance.count() + held.guests.count()
    for person in SIGNED_IN:
        assert f" {person.capitalize()}" not in texts


def test_it_gives_the_same_file_twice(held: Meeting) -> None:
    assert journal.package(held, "") == journal.package(held, "")


def test_it_is_fetched_from_the_page_and_refuses_a_wrong_number_in_words(held: Meeting, as_: As) -> None:
    address = f"{held.get_absolute_url()}journal.zip"
    assert address in as_("signe").get(held.get_absolute_url()).content.decode()
    answer = as_("signe").get(address)
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    wrong = as_("signe").get(f"{address}?kle=syv")
    assert wrong.status_code == 422
    assert "er ikke et KLE-nummer" in wrong.content.decode()
    assert as_("maja").get(address).status_code == 403
