"""Minutes: written, sent, approved or objected to, published in their open part."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, frame
from samraad.council import permissions
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import Meeting, MinutesReply
from samraad.council.states import MeetingStatus
from samraad.demo.cast import Entered, at
from tests.databases import moment

Person = Callable[[str], User]


@pytest.fixture
def called(cast: Entered, person: Person) -> Meeting:
    """A meeting of the kredsråd that is called, with one item whose text is withheld."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    meetings.add_item(meeting=planned, kind="discussion", title="Punkt", withheld=True, by=person("signe"))
    meetings.call_meeting(meeting=planned, now=at("2022-01-11"), by=person("signe"))
    return planned


def test_it_is_not_held_before_it_begins(cast: Entered, person: Person) -> None:
    later = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
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
        MinutesReply.objects.create(
            meeting=sent, seat=sent.forum.seats.get(title="Borgmester på Læsø"), at=at("2022-01-28")
        )
    minutes.approve_minutes(meeting=sent, now=at("2022-01-28"), by=person("maja"))
    sent.refresh_from_db()
    assert sent.status == MeetingStatus.APPROVED


def test_it_is_settled_only_after_the_day_for_objections(
    sent: Meeting, person: Person, settings: object
) -> None:
    minutes.object_to_minutes(
        meeting=sent, objection="Punkt 1 mangler.", now=at("2022-01-28"), by=person("maja")
    )
    with pytest.raises(Denied, match="Fristen"):
        minutes.settle_minutes(meeting=sent, now=at("2022-01-28"), by=person("signe"))
    settings.SAMRAAD_TODAY = moment(date(2022, 1, 27) + timedelta(days=sent.forum.objection_days + 1))  # type: ignore[attr-defined]
    minutes.settle_minutes(meeting=sent, now=at("2022-02-11"), by=person("signe"))
    assert [reply.objection for reply in sent.replies.all()] == ["Punkt 1 mangler."]
    with pytest.raises(Denied, match="kan ikke ændres"):
        minutes.write_minute(
            item=sent.items.all()[0], minute="x", outcome="noted", subjects=[], version=2, by=person("signe")
        )


def test_it_needs_an_end_for_a_recommendation(held: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="begrænset tid"):
        minutes.decide(
            item=held.items.all()[0], text="Vi henstiller", kind="recommendation", by=person("signe")
        )


def test_it_publishes_only_open_items_of_approved_minutes(sent: Meeting, person: Person) -> None:
    with pytest.raises(Denied, match="først være godkendt"):
        minutes.publish_open_part(meeting=sent, now=at("2022-01-28"), by=person("signe"))
    with pytest.raises(IntegrityError, match="meeting_published_was_approved"), transaction.atomic(), frame():
        Meeting.objects.filter(pk=sent.pk).update(published_at=at("2022-01-28"))


def test_it_is_held_only_by_being_held(called: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="ikke til godkendelse"):
        minutes.take_minutes_back(meeting=called, by=person("signe"))


def test_it_keeps_objections_when_minutes_are_taken_back(called: Meeting, person: Person) -> None:
    presence = dict.fromkeys(called.forum.seats.filter(member=True), "present")
    minutes.hold_meeting(meeting=called, presence=presence, chaired_by=None, guests=[], by=person("signe"))
    minutes.write_minute(
        item=called.items.get(), minute="x", outcome="noted", subjects=[], version=1, by=person("signe")
    )
    minutes.send_minutes(meeting=called, now=at("2022-01-27"), by=person("signe"))
    minutes.approve_minutes(meeting=called, now=at("2022-01-28"), by=person("poul"))
    minutes.object_to_minutes(meeting=called, objection="Nej", now=at("2022-01-28"), by=person("maja"))
    with pytest.raises(Refused, match="Kun et indkaldt møde"):
        minutes.hold_meeting(
            meeting=called, presence=presence, chaired_by=None, guests=[], by=person("signe")
        )
    minutes.take_minutes_back(meeting=called, by=person("signe"))
    assert [reply.objection for reply in called.replies.all()] == ["Nej"]


def test_it_copies_what_was_postponed_at_the_meeting(called: Meeting, person: Person) -> None:
    later = meetings.plan_meeting(
        forum=called.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    minutes.hold_meeting(meeting=called, presence={}, chaired_by=None, guests=[], by=person("signe"))
    minutes.write_minute(
        item=called.items.get(), minute="", outcome="postponed", subjects=[], version=1, by=person("signe")
    )
    copy = later.items.get()
    assert (copy.title, copy.withheld, copy.postponed_from) == ("Punkt", True, called.items.get())
