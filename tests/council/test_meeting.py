"""A meeting from plan to approved minutes, with everything that can go wrong on the way."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from samraad.accounts.models import User
from samraad.accounts.permission import Denied
from samraad.audit.actions import Refused, Stale, frame
from samraad.council import permissions, queries
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import AgendaItem, Meeting, MinutesReply
from samraad.council.states import MEETING, MeetingStatus
from samraad.demo.actions import at
from samraad.demo.cast import Entered
from tests.conftest import moment

Person = Callable[[str], User]


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    """A planned meeting of the kredsråd with one item, three days ago."""
    planned = meetings.plan_meeting(forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe"))
    meetings.add_item(meeting=planned, kind="discussion", title="Trygge skoleveje", by=person("signe"))
    return planned


@pytest.fixture
def held(meeting: Meeting, person: Person) -> Meeting:
    """The same, held by Poul, Maja and the deputy of Læsø."""
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=person("signe"))
    presence = dict.fromkeys(meeting.forum.seats.filter(member=True), "excused")
    for seat in presence:
        if seat.title in ("Politidirektør i Nordjylland", "Borgmester i Hjørring"):
            presence[seat] = "present"
        if seat.title == "Borgmester på Læsø":
            presence[seat] = "deputy"
    return minutes.hold_meeting(meeting=meeting, presence=presence, chaired_by=None, guests=["Analytiker"], by=person("signe"))


@pytest.fixture
def sent(held: Meeting, person: Person) -> Meeting:
    """The same, minuted and sent."""
    item = held.items.all()[0]
    minutes.write_minute(item=item, minute="<p>Drøftet.</p>", outcome="discussed", subjects=[], version=1, by=person("signe"))
    return minutes.send_minutes(meeting=held, now=at("2022-01-27"), by=person("signe"))


def test_it_has_every_status_in_the_table() -> None:
    assert set(MEETING) == set(MeetingStatus)
    assert {new for news in MEETING.values() for new in news} <= set(MeetingStatus)


def test_it_refuses_a_second_meeting_the_same_day(meeting: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="allerede et møde"):
        meetings.plan_meeting(forum=meeting.forum, starts_at=at("2022-01-25", 9), ends_at=at("2022-01-25", 10), by=person("signe"))


def test_it_refuses_to_end_before_it_begins(cast: Entered, person: Person) -> None:
    with pytest.raises(Refused, match="slutter, før"):
        meetings.plan_meeting(forum=cast.kredsraad, starts_at=at("2022-03-15", 15), ends_at=at("2022-03-15", 13), by=person("signe"))
    with pytest.raises(IntegrityError, match="meeting_ends_after_it_begins"), transaction.atomic(), frame():
        Meeting.objects.create(forum=cast.kredsraad, starts_at=at("2022-03-15", 15), ends_at=at("2022-03-15", 13))


def test_it_calls_only_with_an_agenda(cast: Entered, person: Person) -> None:
    empty = meetings.plan_meeting(forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe"))
    with pytest.raises(Refused, match="Dagsordenen er tom"):
        meetings.call_meeting(meeting=empty, now=at("2022-03-01"), by=person("signe"))


def test_it_marks_items_after_the_call_as_supplementary(meeting: Meeting, person: Person) -> None:
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=person("signe"))
    assert meetings.add_item(meeting=meeting, kind="information", title="Sent", by=person("signe")).supplementary


def test_it_keeps_the_old_time_of_a_moved_meeting(meeting: Meeting, person: Person) -> None:
    before = meeting.starts_at
    meetings.move_meeting(
        meeting=meeting, starts_at=at("2022-02-01"), ends_at=at("2022-02-01", 15), reason="Storm", now=at("2022-01-20"), by=person("signe")
    )
    assert [(m.from_starts_at, m.reason) for m in meeting.moves.all()] == [(before, "Storm")]
    assert meeting.items.count() == 1


def test_it_takes_the_items_of_a_cancelled_meeting_along(meeting: Meeting, person: Person) -> None:
    later = meetings.plan_meeting(forum=meeting.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe"))
    meetings.cancel_meeting(meeting=meeting, reason="Sygdom", to=later, by=person("signe"))
    assert [item.title for item in later.items.all()] == ["Trygge skoleveje"]
    with pytest.raises(Denied):
        meetings.add_item(meeting=meeting, kind="information", title="X", by=person("signe"))


def test_it_links_a_postponed_item_to_its_new_meeting(meeting: Meeting, person: Person) -> None:
    later = meetings.plan_meeting(forum=meeting.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe"))
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
    assert (conflict.value.mine, conflict.value.theirs, conflict.value.version) == ("<p>sidst</p>", "<p>først</p>", 2)
    item.refresh_from_db()
    assert item.text == "<p>først</p>"


def test_it_is_not_held_before_it_begins(cast: Entered, person: Person) -> None:
    later = meetings.plan_meeting(forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe"))
    meetings.add_item(meeting=later, kind="information", title="X", by=person("signe"))
    meetings.call_meeting(meeting=later, now=at("2022-01-20"), by=person("signe"))
    with pytest.raises(Refused, match="ikke begyndt"):
        minutes.hold_meeting(meeting=later, presence={}, chaired_by=None, guests=[], by=person("signe"))


def test_it_sends_no_minutes_with_an_item_without_outcome(held: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="Punkt 1 mangler et udfald"):
        minutes.send_minutes(meeting=held, now=at("2022-01-27"), by=person("signe"))


def test_it_asks_those_who_were_there_and_nobody_else(sent: Meeting, person: Person) -> None:
    assert permissions.reply_to_minutes.allows(person("maja"), sent)
    assert "forbereder" in permissions.reply_to_minutes.reason(person("else"), sent)
    assert "til stede" in permissions.reply_to_minutes.reason(person("lars"), sent)  # his deputy was there
    assert "ikke en plads" in permissions.reply_to_minutes.reason(person("omar"), sent)


def test_it_is_approved_when_everybody_present_has(sent: Meeting, person: Person) -> None:
    minutes.approve_minutes(meeting=sent, now=at("2022-01-28"), by=person("poul"))
    minutes.approve_minutes(meeting=sent, now=at("2022-01-28"), by=person("maja"))
    sent.refresh_from_db()
    assert sent.status == MeetingStatus.MINUTES_SENT  # the deputy of Læsø is still asked
    with frame():
        MinutesReply.objects.create(meeting=sent, seat=sent.forum.seats.get(title="Borgmester på Læsø"), at=at("2022-01-28"))
    minutes.approve_minutes(meeting=sent, now=at("2022-01-28"), by=person("maja"))
    sent.refresh_from_db()
    assert sent.status == MeetingStatus.APPROVED


def test_it_is_settled_only_after_the_day_for_objections(sent: Meeting, person: Person, settings: object) -> None:
    minutes.object_to_minutes(meeting=sent, objection="Punkt 1 mangler.", now=at("2022-01-28"), by=person("maja"))
    with pytest.raises(Denied, match="Fristen"):
        minutes.settle_minutes(meeting=sent, now=at("2022-01-28"), by=person("signe"))
    settings.SAMRAAD_TODAY = moment(date(2022, 1, 27) + timedelta(days=sent.forum.objection_days + 1))  # type: ignore[attr-defined]
    minutes.settle_minutes(meeting=sent, now=at("2022-02-11"), by=person("signe"))
    assert [reply.objection for reply in sent.replies.all()] == ["Punkt 1 mangler."]
    with pytest.raises(Denied, match="kan ikke ændres"):
        minutes.write_minute(item=sent.items.all()[0], minute="x", outcome="noted", subjects=[], version=2, by=person("signe"))


def test_it_needs_an_end_for_a_recommendation(held: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="begrænset tid"):
        minutes.decide(item=held.items.all()[0], text="Vi henstiller", kind="recommendation", by=person("signe"))


def test_it_publishes_only_open_items_of_approved_minutes(sent: Meeting, person: Person) -> None:
    with pytest.raises(Denied, match="først være godkendt"):
        minutes.publish_open_part(meeting=sent, now=at("2022-01-28"), by=person("signe"))
    with pytest.raises(IntegrityError, match="meeting_published_was_approved"), transaction.atomic(), frame():
        Meeting.objects.filter(pk=sent.pk).update(published_at=at("2022-01-28"))


def test_it_warns_under_four_meetings(cast: Entered, person: Person) -> None:
    assert queries.too_few_meetings(cast.kredsraad, 2022) == 4
    for day in ("2022-03-15", "2022-06-14", "2022-09-13"):
        meetings.plan_meeting(forum=cast.kredsraad, starts_at=at(day), ends_at=at(day, 15), by=person("signe"))
    assert queries.too_few_meetings(cast.kredsraad, 2022) == 1
