"""A meeting before it is held: planned, called, moved, cancelled, its agenda."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import AgendaItem, Meeting
from samraad.council.queries.forum import too_few_meetings
from samraad.council.states import MEETING, MeetingStatus
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]


def test_it_has_every_status_in_the_table() -> None:
    assert set(MEETING) == set(MeetingStatus)
    assert {new for news in MEETING.values() for new in news} <= set(MeetingStatus)


def test_it_refuses_a_second_meeting_the_same_day(meeting: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="allerede et møde"):
        meetings.plan_meeting(
            forum=meeting.forum,
            starts_at=at("2022-01-25", 9),
            ends_at=at("2022-01-25", 10),
            by=person("signe"),
        )


def test_it_refuses_to_end_before_it_begins(cast: Entered, person: Person) -> None:
    with pytest.raises(Refused, match="slutter, før"):
        meetings.plan_meeting(
            forum=cast.kredsraad,
            starts_at=at("2022-03-15", 15),
            ends_at=at("2022-03-15", 13),
            by=person("signe"),
        )
    with pytest.raises(IntegrityError, match="meeting_ends_after_it_begins"), transaction.atomic(), frame():
        Meeting.objects.create(
            forum=cast.kredsraad, starts_at=at("2022-03-15", 15), ends_at=at("2022-03-15", 13)
        )


def test_it_calls_only_with_an_agenda(cast: Entered, person: Person) -> None:
    empty = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    with pytest.raises(Refused, match="Dagsordenen er tom"):
        meetings.call_meeting(meeting=empty, now=at("2022-03-01"), by=person("signe"))


def test_it_marks_items_after_the_call_as_supplementary(meeting: Meeting, person: Person) -> None:
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=person("signe"))
    assert meetings.add_item(
        meeting=meeting, kind="information", title="Sent", by=person("signe")
    ).supplementary


def test_it_keeps_the_old_time_of_a_moved_meeting(meeting: Meeting, person: Person) -> None:
    before = meeting.starts_at
    meetings.move_meeting(
        meeting=meeting,
        starts_at=at("2022-02-01"),
        ends_at=at("2022-02-01", 15),
        reason="Storm",
        now=at("2022-01-20"),
        by=person("signe"),
    )
    assert [(m.from_starts_at, m.reason) for m in meeting.moves.all()] == [(before, "Storm")]
    assert meeting.items.count() == 1


def test_it_takes_the_items_of_a_cancelled_meeting_along(meeting: Meeting, person: Person) -> None:
    later = meetings.plan_meeting(
        forum=meeting.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    meetings.cancel_meeting(meeting=meeting, reason="Sygdom", to=later, by=person("signe"))
    assert [item.title for item in later.items.all()] == ["Trygge skoleveje"]
    with pytest.raises(Denied):
        meetings.add_item(meeting=meeting, kind="information", title="X", by=person("signe"))


def test_it_links_a_postponed_item_to_its_new_meeting(meeting: Meeting, person: Person) -> None:
    later = meetings.plan_meeting(
        forum=meeting.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    item = meeting.items.all()[0]
    copy = meetings.postpone_item(item=item, to=later, by=person("signe"))
    item.refresh_from_db()
    assert item.outcome == AgendaItem.Outcome.POSTPONED
    assert copy.postponed_from == item


def test_it_shows_both_texts_when_two_edit_an_item(meeting: Meeting, person: Person) -> None:
    item = meeting.items.all()[0]
    fields = {"title": "Skoleveje", "kind": "discussion", "subjects": [], "closed": False, "withheld": False}
    meetings.edit_item(item=item, version=1, text="<p>først</p>", by=person("signe"), **fields)
    with pytest.raises(Stale) as conflict:
        meetings.edit_item(item=item, version=1, text="<p>sidst</p>", by=person("tage"), **fields)
    assert (conflict.value.mine, conflict.value.theirs, conflict.value.version) == (
        "<p>sidst</p>",
        "<p>først</p>",
        2,
    )
    item.refresh_from_db()
    assert item.text == "<p>først</p>"


def test_it_warns_under_four_meetings(cast: Entered, person: Person) -> None:
    assert too_few_meetings(cast.kredsraad, 2022) == 4
    for day in ("2022-03-15", "2022-06-14", "2022-09-13"):
        meetings.plan_meeting(
            forum=cast.kredsraad, starts_at=at(day), ends_at=at(day, 15), by=person("signe")
        )
    assert too_few_meetings(cast.kredsraad, 2022) == 1


@pytest.mark.parametrize(
    "path",
    [
        "moeder/{m}/forslag/x/drop/",
        "moeder/{m}/forslag/commitment-abc/drop/",
    ],
)
def test_it_takes_odd_addresses_calmly(
    cast: Entered, person: Person, as_: Callable[[str], Client], path: str
) -> None:
    made = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    assert as_("signe").get(f"/nordjylland/arbejde/{path.format(m=made.pk)}").status_code in (200, 404)


def test_it_takes_apologies_beforehand_and_back_again(cast: Entered, person: Person) -> None:
    made = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    minutes.send_apology(meeting=made, by=person("maja"))
    assert [row.presence for row in made.attendance.all()] == ["excused"]
    minutes.send_apology(meeting=made, by=person("maja"))
    assert not made.attendance.exists()
    with pytest.raises(Denied, match="Kun medlemmer"):
        minutes.send_apology(meeting=made, by=person("else"))
