"""F4, F5: a full disk is told in a sentence, nothing is half kept, and the site goes on by itself."""

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client

from samraad.audit.actions import action, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.files import is_full
from samraad.audit.models import Event
from samraad.commitment.models import Commitment
from samraad.council.actions.agenda import add_paper
from samraad.council.models import AgendaItem, Paper
from samraad.demo.cast import Entered

As = Callable[[str], Client]
SENTENCE = "Serverens disk er fuld, og intet blev gemt."
own = pytest.mark.django_db(transaction=True)


@pytest.fixture
def small(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A media folder on a disk of its own with room for 64 kB."""
    folder = tmp_path / "lille"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "samraad-test", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("En lille disk kan kun sættes på af root")
    settings.MEDIA_ROOT = folder
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _attach(client: Client, item: AgendaItem, size: int) -> Any:
    client.raise_request_exception = False
    address = f"/nordjylland/arbejde/punkter/{item.pk}/bilag/"
    upload = SimpleUploadedFile("bilag.txt", b"Et bilag. " * (size // 10), "text/plain")
    return client.post(address, {"title": "Bilag", "upload": upload})


@pytest.fixture
def item(demo: Entered) -> AgendaItem:
    return AgendaItem.objects.filter(meeting__forum=demo.kredsraad).exclude(
        meeting__status__in=["approved", "cancelled"]
    )[0]


def test_f4_a_file_without_room_leaves_nothing_and_the_next_one_is_kept(
    item: AgendaItem, small: Path, as_: As
) -> None:
    client, events = as_("signe"), Event.objects.count()
    answer = _attach(client, item, 200_000)
    assert answer.status_code == 507
    assert SENTENCE in answer.content.decode()
    assert "Traceback" not in answer.content.decode()
    assert (_files(small), Paper.objects.filter(item=item, title="Bilag").count()) == ([], 0)
    assert Event.objects.count() == events
    assert Client().get("/nordjylland/").status_code == 200
    assert _attach(client, item, 20_000).status_code == 302
    assert [path.stat().st_size for path in _files(small)] == [20_000]


@action
def attach_and_break(*, item: AgendaItem, by: Actor) -> None:
    """A paper that is whole on the disk when something after it fails."""
    upload = SimpleUploadedFile("bilag.txt", b"Et bilag.", "text/plain")
    add_paper(item=item, title="Bilag", upload=upload, by=by)
    raise DatabaseError


@own
def test_f4_a_file_goes_with_the_action_that_did_not_go_through(item: AgendaItem, settings: Any) -> None:
    before = _files(Path(settings.MEDIA_ROOT))
    with pytest.raises(DatabaseError):
        attach_and_break(item=item, by=SYSTEM)
    assert _files(Path(settings.MEDIA_ROOT)) == before


@action
def fill(*, by: Actor) -> None:
    """Write until the database says stop, as a whole disk would."""
    for _ in range(2_000):
        record("test.filled", None, by=by, stream="filled", note="x" * 60)


def _no_room() -> None:
    """SQLite gets no page more than it has."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count={cursor.fetchone()[0]}")


def _room() -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count=1073741823")


@own
def test_f5_a_full_database_is_told_and_recovers_by_itself(demo: Entered, as_: As) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQLs eget står nedenfor")
    client, words = as_("signe"), {"text": "x" * 300, "owner": "", "due_on": ""}
    client.raise_request_exception = False
    events, promises = Event.objects.count(), Commitment.objects.count()
    _no_room()
    with pytest.raises(DatabaseError) as full:
        fill(by=SYSTEM)
    assert is_full(full.value)
    assert (Event.objects.count(), Commitment.objects.count()) == (events, promises)
    codes = {_propose(client, demo, words).status_code for _ in range(200)}
    assert codes <= {302, 507}
    assert 507 in codes
    assert Client().get("/nordjylland/").status_code == 200
    _room()
    assert _propose(client, demo, words).status_code == 302


def _propose(client: Client, demo: Entered, words: dict[str, str]) -> Any:
    return client.post(f"/nordjylland/arbejde/loefter/nyt/{demo.kredsraad.pk}/", words)


@own
def test_f5_what_postgresql_says_of_a_full_disk_is_known() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLites eget står ovenfor")
    with pytest.raises(DatabaseError) as full, connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'x' USING ERRCODE = 'disk_full'; END $$")
    assert is_full(full.value)


def test_f5_another_fault_is_no_full_disk() -> None:
    assert not is_full(OSError(2, "findes ikke"))
    assert not is_full(DatabaseError("låst"))
