"""A5: a stream's old months go when their time is over, and whatever else is missing is named."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from samraad.audit import segments, triggers
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.encryption import new_key
from samraad.audit.heads import told as heads_told
from samraad.audit.keys import KeyFolder, keys
from samraad.audit.models import Event, Segment, Stream, Words
from samraad.audit.proof import frozen_as
from samraad.audit.queries import KEPT
from samraad.audit.segments import _tell_again, seal_of
from samraad.commitment.models import Commitment
from samraad.commitment.states import LET_GO
from samraad.demo.cast import Entered
from samraad.plan.models import Edition
from samraad.public.queries.standing import _dropped

pytestmark = pytest.mark.django_db(transaction=True)
MONTHS, EACH = 6, 3
YEAR = 365
At = Callable[[datetime | None], None]


@action
def note(*, by: Actor, stream: str) -> Event:
    return record("test.noted", None, by=by, stream=stream)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> At:
    """The real clock set to a moment; None is now."""
    now = timezone.now

    def be(moment: datetime | None) -> None:
        monkeypatch.setattr(timezone, "now", now)
        if moment is not None:
            monkeypatch.setattr(timezone, "now", lambda: moment)

    return be


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.SAMRAAD_KEYS = str(tmp_path / "noegler")
    call_command("new_key", "seal", stdout=StringIO())
    return tmp_path / "noegler"


@pytest.fixture
def old(transactional_db: None, folder: Path, at: At) -> str:
    """A stream of half a year, three events a month, which ended long ago; each month is kept for a year."""
    for month in range(1, MONTHS + 1):
        at(datetime(2020, month, 10, 12, tzinfo=UTC))
        for _ in range(EACH):
            note(by=SYSTEM, stream="old")
    call_command("keep_events", "old", days=YEAR, stdout=StringIO())
    return "old"


@pytest.fixture
def expired(old: str, at: At) -> str:
    """The same, when the first three months have gone."""
    at(datetime(2021, 4, 15, tzinfo=UTC))
    ran()
    at(None)
    return old


def ran() -> str:
    """What the nightly command says, or why it did nothing."""
    out = StringIO()
    try:
        call_command("expire", stdout=out)
    except CommandError as error:
        return str(error)
    return out.getvalue()


def told(**options: Any) -> str:
    """What the verification says is wrong, each with where; empty when everything holds."""
    try:
        call_command("verify", stdout=StringIO(), **options)
    except CommandError as error:
        return str(error)
    return ""


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def past_the_triggers(statement: str, *values: object) -> None:
    triggers.lift(connection)
    sql(statement, *values)
    triggers.install(connection)


def test_a5_each_month_is_sealed_once_and_goes_in_its_time_the_oldest_first(old: str, at: At) -> None:
    at(datetime(2021, 4, 15, tzinfo=UTC))
    assert "hændelse 7-9 er slettet" in ran()
    segments = Segment.objects.filter(stream=old)
    assert [(one.first, one.last) for one in segments][:6] == [
        (1, 3), (4, 6), (7, 9), (10, 12), (13, 15), (16, 19),
    ]  # fmt: skip
    assert [one.number for one in segments if one.expired_at] == [1, 2, 3]
    assert list(Event.objects.filter(stream=old, seq__lt=10)) == []
    assert Words.objects.filter(event__stream=old).count() == Event.objects.filter(stream=old).count()
    again = ran()
    assert "slettet" not in again
    assert "0 måneder" in again
    assert told() == ""
    at(None)
    out = StringIO()
    call_command("verify", stdout=out)
    assert "old: hændelse 1-9 (før 2020-04-01) er slettet efter fristen" in out.getvalue()


def test_a5_it_goes_on_until_even_what_tells_of_the_first_end_is_gone(expired: str, at: At) -> None:
    first = Segment.objects.filter(stream=expired)[0]
    assert Event.objects.filter(stream=expired, seq=first.told_by).exists()
    for month in (5, 6):
        at(datetime(2022, month, 15, tzinfo=UTC))
        ran()
    at(None)
    assert not Event.objects.filter(stream=expired, seq=first.told_by).exists()
    assert told() == ""


def test_a5_a_stream_without_a_time_is_left_alone(old: str) -> None:
    note(by=SYSTEM, stream="ever")
    ran()
    assert not Segment.objects.filter(stream="ever").exists()
    assert Stream.objects.get(name="ever").keep_days is None


@pytest.mark.parametrize("days", ["0", "36500", "NULL"])
def test_a5_how_long_a_stream_is_kept_is_what_the_chain_says(old: str, days: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_stream SET keep_days = {days} WHERE name = 'old'")
    assert "men hændelserne siger i 365 dage" in told()
    if days != "NULL":  # a stream without a time is left alone
        assert "Intet er slettet" in ran()
    assert Event.objects.filter(stream=old, seq=1).exists()
    call_command("keep_events", "old", days=YEAR, stdout=StringIO())
    assert told() == ""


def test_a5_how_long_it_is_kept_is_still_told_when_that_event_has_gone(old: str, at: At) -> None:
    at(datetime(2022, 1, 15, tzinfo=UTC))
    ran()
    at(datetime(2023, 12, 15, tzinfo=UTC))
    ran()
    at(None)
    assert segments.told_to_keep(old) == YEAR
    assert told() == ""


BY_HAND = [
    ("UPDATE audit_event SET verb = 'x' WHERE stream = 'old' AND seq = 11", "nummer 11"),
    ("DELETE FROM audit_event WHERE stream = 'old' AND seq = 11", "nummer 11: hændelsen mangler"),
    ("DELETE FROM audit_event WHERE stream = 'old' AND seq BETWEEN 10 AND 12", "slettet uden ret"),
    ("UPDATE audit_segment SET keep_until = '2020-01-01' WHERE number = 5", "segl 5"),
    ("UPDATE audit_segment SET last = 10 WHERE number = 4", "segl 4"),
    ("UPDATE audit_segment SET expired_at = ends_on WHERE number = 2", "slettet uden ret: fristen er"),
    ("UPDATE audit_segment SET told_by = 10 WHERE number = 2", "kæden fortæller ikke om det"),
    ("UPDATE audit_segment SET told_by = NULL WHERE number = 2", "kæden fortæller ikke om det"),
    ("UPDATE audit_segment SET expired_at = NULL WHERE number = 2", "slettet uden ret"),
    ("UPDATE audit_segment SET expired_at = '2021-07-01', told_by = 10 WHERE number = 5", "kæden har et hul"),
    ("DELETE FROM audit_segment WHERE number = 2", "segl 2 mangler"),
    ("DELETE FROM audit_segment", "segl 1 mangler"),
    ("DELETE FROM audit_segment WHERE number > 4", "segl 5 mangler"),
]


@pytest.mark.parametrize(("statement", "words"), BY_HAND)
def test_a5_what_is_changed_by_hand_is_named_and_nothing_more_goes(
    expired: str, statement: str, words: str
) -> None:
    assert told() == ""
    with pytest.raises(DatabaseError):
        sql(statement)
    past_the_triggers("DELETE FROM audit_words WHERE event_id IN (SELECT id FROM audit_event WHERE seq > 9)")
    past_the_triggers(statement)
    assert words in told()
    left = Event.objects.filter(stream=expired).count()
    assert "Intet er slettet" in ran()
    assert Event.objects.filter(stream=expired).count() == left


def test_a5_a_row_put_back_in_a_month_that_is_gone_is_named(expired: str) -> None:
    columns = "at, actor_id, verb, object_type, object_id, facts, purpose, ground, words_hash, previous"
    past_the_triggers(
        f"INSERT INTO audit_event (id, stream, seq, {columns}, hash)"
        f" SELECT 99999, stream, 5, {columns}, 'x' FROM audit_event WHERE stream = 'old' AND seq = 11"
    )
    assert "der er hændelser i det" in told()


def test_a5_a_month_that_is_not_over_is_not_let_go_by_the_database(expired: str) -> None:
    note(by=SYSTEM, stream=expired)
    last = Segment.objects.filter(stream=expired).order_by("-number")[0]
    for day in ("2020-01-01", str(timezone.localdate() + timedelta(days=9))):
        sql(
            "INSERT INTO audit_segment (stream, number, first, last, opens, closes, ends_on, keep_until, key,"
            " previous_seal, seal) VALUES ('old', %s, 90, 91, '', '', '2020-01-01', %s, '', '', '')",
            last.number + int(day[3:4]) + 5,
            day,
        )
    with pytest.raises(DatabaseError):
        sql("UPDATE audit_segment SET expired_at = '2020-01-01', told_by = 1 WHERE keep_until > '2026-01-01'")
    assert "segl" in told()


def test_a5_a_seal_needs_its_key_and_no_other_fits(expired: str, folder: Path, settings: Any) -> None:
    (file,) = folder.iterdir()
    kept = file.read_text("ascii")
    file.chmod(0o600)
    file.write_text(new_key(), "ascii")
    assert "seglet passer ikke" in told()
    file.write_text(kept, "ascii")
    assert told() == ""
    file.chmod(0o644)
    assert "kan læses af andre" in told()
    file.unlink()
    assert "findes ikke" in told()
    assert "Intet er slettet" in ran()
    settings.SAMRAAD_KEYS = ""
    assert "SAMRAAD_KEYS er ikke sat" in told()


def test_a5_old_seals_hold_when_a_new_key_is_in_use(expired: str, folder: Path, at: At) -> None:
    source = KeyFolder(str(folder))
    source.make("seal", today=timezone.localdate() + timedelta(days=40))
    at(timezone.now() + timedelta(days=80))
    ran()
    used = set(Segment.objects.filter(stream=expired).values_list("key", flat=True))
    assert len(used) == 2
    for segment in Segment.objects.filter(stream=expired):
        assert segment.seal == seal_of(segment, source.named(segment.key))
    assert "segl" not in told()


def test_a5_a_key_is_never_written_over_nor_kept_with_the_data(folder: Path, settings: Any) -> None:
    with pytest.raises(CommandError, match="aldrig skrevet over"):
        call_command("new_key", "seal")
    settings.SAMRAAD_DATA = folder.parent
    with pytest.raises(Refused, match="ligger i datamappen"):
        keys()
    assert [oct(file.stat().st_mode)[-3:] for file in folder.iterdir()] == ["400"]


@pytest.mark.parametrize(
    ("stream", "days", "words"), [("findes-ikke", YEAR, "ingen strøm"), ("old", 3, "mindst 30 dage")]
)
def test_a5_a_time_that_cannot_be_is_told(old: str, stream: str, days: int, words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("keep_events", stream, days=days, stdout=StringIO())


def test_a5_heads_from_before_do_not_miss_what_went_lawfully(old: str, at: At, tmp_path: Path) -> None:
    kept = tmp_path / "ende.txt"
    kept.write_text(heads_told().replace(f"nummer {_head(old)}:", "nummer 5:"), "utf-8")
    at(datetime(2021, 4, 15, tzinfo=UTC))
    assert "nummer 5" in told(heads=kept)
    ran()
    assert told(heads=kept) == ""


def _head(stream: str) -> int:
    return Stream.objects.get(name=stream).seq


@action
def release(*, by: Actor) -> Event:
    thing = Stream.objects.get(name="old")
    return record("guide.released", thing, by=by, stream="old", number=1, sha256="0" * 64)


def test_a5_a_fingerprint_outlives_its_month_and_the_month_it_was_told_again_in(old: str, at: At) -> None:
    at(datetime(2020, 7, 1, 12, tzinfo=UTC))
    release(by=SYSTEM)
    frozen = frozen_as("guide.released", "number")
    assert len(frozen) == 1
    for year in (2021, 2022, 2023):
        at(datetime(year, 12, 15, tzinfo=UTC))
        ran()
    assert not Event.objects.filter(verb="guide.released").exists()
    again = Event.objects.filter(verb=KEPT).order_by("seq").values_list("facts__was", flat=True)
    assert list(again) == ["audit.keeping_changed", "guide.released"]
    assert frozen_as("guide.released", "number") == frozen


@action
def tell_again(*, by: Actor) -> None:
    _tell_again(Event.objects.filter(stream="council"), by)


def _only_what_was_told_again() -> None:
    past_the_triggers("DELETE FROM audit_words")
    past_the_triggers("DELETE FROM audit_event WHERE verb <> 'audit.kept'")


def test_a5_an_edition_is_held_against_what_was_told_again(demo: Entered, folder: Path, at: At) -> None:
    expected = frozen_as("plan.published", "edition")
    tell_again(by=SYSTEM)
    _only_what_was_told_again()
    assert frozen_as("plan.published", "edition") == expected != {}
    edition = Edition.objects.order_by("pk")[0]
    sql("UPDATE plan_edition SET content = '{}' WHERE id = %s", edition.pk)
    assert str(edition) in told()


def test_a5_no_page_goes_by_events_that_can_go() -> None:
    """Who reads events asks `told_of`; a mail that was left out may be told of once more after years."""
    source = Path(segments.__file__).parents[1]
    reading = re.compile(r"\bEvent\.objects")
    found = [path for path in source.rglob("*.py") if reading.search(path.read_text("utf-8"))]
    outside = {path.relative_to(source).as_posix() for path in found if path.parent.name != "audit"}
    assert outside == {"accounts/outbox.py", "audit/management/commands/verify.py"}


@action
def let_go(*, commitment: Commitment, by: Actor) -> Event:
    return record(LET_GO, commitment, by=by)


def test_a5_a_page_knows_what_the_council_let_go_when_its_month_is_gone(demo: Entered) -> None:
    promise = Commitment.objects.order_by("pk")[0]
    let_go(commitment=promise, by=SYSTEM)
    tell_again(by=SYSTEM)
    _only_what_was_told_again()
    assert _dropped([promise.pk]) == {promise.pk}
    assert _dropped([promise.pk + 1]) == set()
