"""What an event holds and what it does not: words that can be erased, streams, protected things."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import isolate_apps

from samraad.audit import rooms, triggers
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.bin import put_in_bin
from samraad.audit.models import FIRST, Event, Protected, Removed, Words
from samraad.audit.queries import first_broken
from samraad.audit.rooms import Room
from samraad.clock import now
from samraad.commitment.actions.duty import add_duty
from samraad.commitment.models import Occurrence
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, at
from samraad.search.actions import index
from samraad.search.models import Entry


@action
def note(*, thing: Any = None, stream: str = "council", by: Actor, **facts: Any) -> Event:
    return record("test.noted", thing, by=by, stream=stream, **facts)


def change(statement: str, event: Event) -> None:
    """What somebody with the database in hand could do to the words of an event."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [event.pk])


@pytest.fixture
def secret() -> Iterator[Protected]:
    """A thing that is known by its number alone; its class lives as long as the test."""
    with isolate_apps("samraad.audit"):

        class Secret(Protected):
            number = "K-2022-7"

            class Meta:
                app_label = "audit"

            def __str__(self) -> str:
                return "Navnet"

        yield Secret(pk=7)


def test_it_leaves_the_chain_whole_when_words_are_erased(cast: Entered) -> None:
    note(thing=cast.kredsraad, by=SYSTEM)
    erased = note(thing=cast.kredsraad, by=SYSTEM)
    note(by=SYSTEM)
    change("DELETE FROM audit_words WHERE event_id = %s", erased)
    assert not Words.objects.filter(event=erased).exists()
    assert first_broken() is None


@pytest.mark.parametrize("column", ["actor", "label", "salt"])
def test_it_names_an_event_whose_words_were_changed(cast: Entered, column: str) -> None:
    note(by=SYSTEM)
    changed = note(thing=cast.kredsraad, by=SYSTEM)
    note(by=SYSTEM)
    change(f"UPDATE audit_words SET {column} = 'En anden' WHERE event_id = %s", changed)
    assert first_broken() == changed


def test_it_holds_the_words_as_they_were(cast: Entered) -> None:
    words = note(thing=cast.kredsraad, by=SYSTEM).words
    assert (words.actor, words.label) == ("Samråd", str(cast.kredsraad))


def test_it_gives_the_same_words_another_hash_each_time(cast: Entered) -> None:
    first, second = note(thing=cast.kredsraad, by=SYSTEM), note(thing=cast.kredsraad, by=SYSTEM)
    assert first.words_hash != second.words_hash


def test_it_numbers_each_stream_for_itself(cast: Entered) -> None:
    before = Event.objects.filter(stream="council").count()
    case, council, more = note(stream="case-1", by=SYSTEM), note(by=SYSTEM), note(stream="case-1", by=SYSTEM)
    assert [event.seq for event in (case, council, more)] == [1, before + 1, 2]
    assert (case.previous, more.previous) == (FIRST, case.hash)
    assert first_broken() is None


@pytest.mark.django_db(transaction=True)
def test_it_finds_the_break_in_the_stream_where_it_is(cast: Entered) -> None:
    note(by=SYSTEM)
    case = note(stream="case-1", by=SYSTEM)
    triggers.lift(connection)
    change("UPDATE audit_event SET verb = 'x' WHERE id = %s", case)
    triggers.install(connection)
    assert first_broken() == case


def test_it_keeps_only_the_number_of_a_protected_thing(cast: Entered, secret: Protected) -> None:
    event = note(thing=secret, channel="phone", on="2022-01-20", count=3, by=SYSTEM)
    assert event.words.label == "K-2022-7"
    assert "Navnet" not in str(event.facts)
    assert event.object_id == 7


@pytest.mark.parametrize(
    "fact", ["Anders And", "løftet", "et notat", "x" * 65, {"navn": "Anders"}, ["skole", "Anders"]]
)
def test_it_takes_no_words_among_the_facts(cast: Entered, fact: Any) -> None:
    before = Event.objects.count()
    with pytest.raises(TypeError, match="text"):
        note(text=fact, by=SYSTEM)
    assert Event.objects.count() == before


@pytest.mark.parametrize(
    "fact", [None, True, 7, date(2022, 1, 28), "plan.section", "a" * 64, [1, 2], {"areas": 3}, ""]
)
def test_it_takes_numbers_days_and_codes(cast: Entered, fact: Any) -> None:
    event = note(fact=fact, by=SYSTEM)
    event.refresh_from_db()
    assert "fact" in event.facts
    assert first_broken() is None


def test_it_has_no_bin_for_a_protected_thing(cast: Entered, secret: Protected) -> None:
    with pytest.raises(TypeError):
        put_in_bin(thing=secret, place="case:7", now=now(), by=SYSTEM)
    assert not Removed.objects.exists()


def test_it_lets_nobody_search_for_a_protected_thing(cast: Entered, secret: Protected) -> None:
    before = Entry.objects.count()
    with pytest.raises(TypeError):
        index(thing=secret, district="nordjylland", kind="Sag", title="x", text="x", url="/", by=SYSTEM)
    assert Entry.objects.count() == before


def test_it_lets_what_follows_in_another_room_go_with_what_it_follows(cast: Entered) -> None:
    add_duty(forum=cast.kredsraad, title="Drøft planen", rule="quarter", quarter=1, by=SYSTEM)

    @action
    def half(*, by: Actor) -> None:
        meetings.plan_meeting(
            forum=cast.kredsraad, starts_at=at("2024-03-01"), ends_at=at("2024-03-01", 15), by=by
        )
        assert Occurrence.objects.filter(year=2024).exists()
        raise Refused("nej")

    with pytest.raises(Refused):
        half(by=SYSTEM)
    assert not Occurrence.objects.filter(year=2024).exists()


def test_it_keeps_nothing_when_what_follows_is_refused(
    cast: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(meeting: Meeting, by: Actor) -> None:
        raise Refused("Det kan ikke følge.")

    room = Room(follows={"council.meeting_planned": refuses})
    monkeypatch.setattr(rooms, "rooms", lambda: (room,))
    before = Event.objects.count()
    with pytest.raises(Refused, match="kan ikke følge"):
        meetings.plan_meeting(
            forum=cast.kredsraad, starts_at=at("2024-03-01"), ends_at=at("2024-03-01", 15), by=SYSTEM
        )
    assert not Meeting.objects.exists()
    assert Event.objects.count() == before


def test_it_writes_a_day_as_it_is_written_in_iso_8601(cast: Entered) -> None:
    event = note(by=SYSTEM, due_on=date(2022, 1, 28))
    event.refresh_from_db()
    assert event.facts == {"due_on": "2022-01-28"}
    assert first_broken() is None
