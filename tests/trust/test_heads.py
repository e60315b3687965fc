"""A1: where the chain has come to leaves the host each day; a tail that was cut or rewritten is seen."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from samraad.accounts.models import Mail
from samraad.audit import triggers
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.heads import Head, heads, keep_today
from samraad.audit.models import FIRST, Event, Stream
from samraad.demo.cast import Entered
from tests.databases import DAY

pytestmark = pytest.mark.django_db(transaction=True)


@action
def note(*, by: Actor) -> Event:
    return record("test.noted", None, by=by)


@pytest.fixture
def folder(cast: Entered, tmp_path: Path, settings: Any) -> Path:
    """Where the operator wants them; her address too."""
    settings.SAMRAAD_HEADS, settings.SAMRAAD_HEAD_MAIL = str(tmp_path / "ender"), "vagt@example.dk"
    (tmp_path / "ender").mkdir()
    return tmp_path / "ender"


def _round() -> None:
    call_command("post", stdout=StringIO())


def _told(kept: Path) -> str:
    """What the verification says is wrong; empty when everything holds."""
    try:
        call_command("verify", heads=kept, stdout=StringIO())
    except CommandError as error:
        return str(error)
    return ""


def _by_hand(change: Callable[[], None]) -> None:
    """What one who holds the database does, taking the triggers away and putting them back."""
    triggers.lift(connection)
    change()
    triggers.install(connection)


def _sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _cut(seq: int) -> None:
    """Cut the tail from a number on and let the stream end there, so that the chain holds by itself."""
    last = Event.objects.get(stream="council", seq=seq - 1)
    _sql("DELETE FROM audit_words WHERE event_id > %s", last.pk)
    _sql("DELETE FROM audit_event WHERE id > %s", last.pk)
    _sql("UPDATE audit_stream SET seq = %s, hash = %s WHERE name = 'council'", last.seq, last.hash)


def test_a1_the_round_keeps_the_heads_once_a_day_as_file_and_mail(folder: Path) -> None:
    last = note(by=SYSTEM)
    _round()
    kept = [path.read_text("utf-8") for path in folder.iterdir()]
    assert str(Head("council", last.seq, last.hash)) in kept[0]
    _round()
    assert [path.name for path in folder.iterdir()] == [f"samraad-{DAY}.txt"]
    assert [path.read_text("utf-8") for path in folder.iterdir()] == kept
    mail = Mail.objects.get(address="vagt@example.dk")
    assert "council, nummer " in mail.body


def test_a1_nothing_leaves_where_nobody_asked(cast: Entered, settings: Any) -> None:
    settings.SAMRAAD_HEADS, settings.SAMRAAD_HEAD_MAIL = "", ""
    _round()
    assert not Mail.objects.filter(key__startswith="heads").exists()


def test_a1_a_chain_that_went_on_holds(folder: Path) -> None:
    _round()
    note(by=SYSTEM)
    assert _told(folder) == ""


def test_a1_a_tail_that_was_cut_so_that_the_chain_holds_is_seen_by_what_was_kept(folder: Path) -> None:
    last = note(by=SYSTEM)
    _round()
    _by_hand(lambda: _cut(last.seq))
    call_command("verify", stdout=StringIO())
    told = _told(folder)
    assert f"council, nummer {last.seq}: hændelsen mangler" in told
    assert f"når strømmen til nummer {last.seq - 1}" in told


def test_a1_a_rewritten_tail_is_seen_by_a_mail_saved_as_a_file(folder: Path, tmp_path: Path) -> None:
    last = note(by=SYSTEM)
    _round()
    saved = tmp_path / "mail.eml"
    saved.write_text(f"Subject: x\n\n> {Mail.objects.get(address='vagt@example.dk').body}", "utf-8")
    _by_hand(lambda: _cut(last.seq))
    for _ in range(9):
        note(by=SYSTEM)
    call_command("verify", stdout=StringIO())
    assert "hændelsen er en anden" in _told(saved)


def test_a1_nothing_to_hold_it_against_is_no_proof(folder: Path, tmp_path: Path) -> None:
    assert "ingen gemte ender" in _told(folder)
    assert "ingen gemte ender" in _told(tmp_path / "findes ikke")


def test_a1_a_folder_that_cannot_be_written_is_told_and_the_mail_goes(folder: Path) -> None:
    folder.rmdir()
    with pytest.raises(Refused, match="kan ikke skrives"):
        keep_today(today=DAY)
    with pytest.raises(CommandError, match="Ikke alt gik"):
        call_command("post", stdout=StringIO(), stderr=StringIO())
    assert Mail.objects.filter(address="vagt@example.dk").exists()


def test_a1_no_head_looks_like_a_persons_number(cast: Entered) -> None:
    from manuscript.persons import cpr_like

    assert not cpr_like(str(Head("council", 7, "0101901234" * 6 + "0101")))
    assert heads()[0].hash != FIRST
    assert len(heads()) == Stream.objects.count()
