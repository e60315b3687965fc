"""The body of a public page is kept, and made anew when something has happened."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from samraad.audit.actions import frame
from samraad.audit.models import Stream
from samraad.demo.cast import Entered
from samraad.plan.actions import edition as editions
from samraad.plan.models import Edition
from tests.databases import DAY, moment
from tests.people import person_of

PAGES = [
    "",
    "planer/",
    "planer/2022/",
    "min-kommune/",
    "min-kommune/aalborg/",
    "moeder/",
    "fora/",
]


def _body(client: Client, path: str) -> str:
    page = client.get(f"/nordjylland/{path}").content.decode()
    return re.search(r"<main.*</main>", page, re.DOTALL)[0]  # type: ignore[index]


@pytest.mark.parametrize("path", PAGES)
def test_it_asks_for_no_content_the_second_time(demo: Entered, client: Client, path: str) -> None:
    with CaptureQueriesContext(connection) as first:
        made = _body(client, path)
    with CaptureQueriesContext(connection) as second:
        assert _body(client, path) == made
    assert len(second) < len(first)
    assert len(second) <= 5


def test_it_tells_what_happened_since(demo: Entered, client: Client) -> None:
    newest = Edition.objects.filter(plan__kind="cooperation", plan__year=2022).first()
    assert newest is not None
    before = _body(client, "planer/2022/")
    editions.withdraw(edition=newest, reason="Et tal var forkert.", now=moment(DAY), by=person_of("signe"))
    after = _body(client, "planer/2022/")
    assert "Et tal var forkert." not in before
    assert "Et tal var forkert." in after


def test_it_tells_at_once_when_an_embargo_ends(demo: Entered, client: Client, settings: Any) -> None:
    newest = Edition.objects.filter(plan__kind="cooperation", plan__year=2022).first()
    assert newest is not None
    last = newest.public_from - timedelta(minutes=1)
    settings.SAMRAAD_TODAY = last
    assert newest.sha256 not in _body(client, "planer/")
    settings.SAMRAAD_TODAY = newest.public_from
    assert newest.sha256 in _body(client, "planer/")


def test_it_is_made_anew_in_a_restored_database(demo: Entered, client: Client) -> None:
    """After a restore other things happen under the same numbers."""
    _body(client, "planer/2022/")
    with CaptureQueriesContext(connection) as kept:
        _body(client, "planer/2022/")
    with frame():
        Stream.objects.update(hash="f" * 64)
    with CaptureQueriesContext(connection) as made:
        _body(client, "planer/2022/")
    assert len(made) > len(kept)


def test_it_reads_otherwise_tomorrow(demo: Entered, client: Client, settings: Any) -> None:
    before = _body(client, "planer/2022/").count("Forsinket")
    settings.SAMRAAD_TODAY = moment(DAY) + timedelta(days=700)
    assert _body(client, "planer/2022/").count("Forsinket") > before


def test_it_is_one_for_everybody(demo: Entered, client: Client) -> None:
    """No form stands in it: a form holds what only its reader may send."""
    for path in PAGES:
        assert "<form" not in _body(client, path)
