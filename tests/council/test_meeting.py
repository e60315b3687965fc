"""A meeting from plan to approved minutes, with everything that can go wrong on the way."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import empty, put_back
from samraad.audit.models import Removed
from samraad.commitment.actions.duty import add_duty
from samraad.commitment.queries import places
from samraad.council import permissions, queries
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import AgendaItem, Forum, Meeting, MinutesReply, Paper
from samraad.council.states import MEETING, MeetingStatus
from samraad.demo.cast import Entered, at
from tests.databases import moment

Person = Callable[[str], User]


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    """A planned meeting of the kredsråd with one item, three days ago."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
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
    return minutes.hold_meeting(
        meeting=meeting, presence=presence, chaired_by=None, guests=["Analytiker"], by=person("signe")
    )


@pytest.fixture
def sent(held: Meeting, person: Person) -> Meeting:
    """The same, minuted and sent."""
    item = held.items.all()[0]
    minutes.write_minute(
        item=item, minute="<p>Drøftet.</p>", outcome="discussed", subjects=[], version=1, by=person("signe")
    )
    return minutes.send_minutes(meeting=held, now=at("2022-01-27"), by=person("signe"))


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


def test_it_warns_under_four_meetings(cast: Entered, person: Person) -> None:
    assert queries.too_few_meetings(cast.kredsraad, 2022) == 4
    for day in ("2022-03-15", "2022-06-14", "2022-09-13"):
        meetings.plan_meeting(
            forum=cast.kredsraad, starts_at=at(day), ends_at=at(day, 15), by=person("signe")
        )
    assert queries.too_few_meetings(cast.kredsraad, 2022) == 1


def test_it_shows_and_puts_back_what_was_removed_only_for_those_who_read_and_write_it(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    ssp = Forum.objects.get(slug="ssp-broenderslev")
    other = meetings.plan_meeting(
        forum=ssp, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=SYSTEM
    )
    item = meetings.add_item(meeting=other, kind="discussion", title="LUKKET punkt", closed=True, by=SYSTEM)
    with frame():
        meetings.put_in_bin(thing=item, place=f"forum:{ssp.pk}", now=at("2022-01-28"), by=SYSTEM)
    bin = f"/nordjylland/arbejde/fora/{ssp.pk}/papirkurv/"
    back = f"/nordjylland/arbejde/fora/papirkurv/{Removed.objects.get().pk}/saet-paa-plads/"
    assert "LUKKET" not in as_("signe").get(bin).content.decode()
    assert as_("signe").post(back).status_code == 404
    assert not other.items.exists()
    assert "LUKKET" in as_("omar").get(bin).content.decode()  # he chairs it
    assert as_("omar").post(back).status_code == 302
    assert other.items.exists()


def test_it_puts_an_item_back_with_its_duty_and_marks_it_after_the_call(
    meeting: Meeting, person: Person
) -> None:
    duty = add_duty(forum=meeting.forum, title="Pligt", rule="quarter", quarter=1, by=SYSTEM)
    occurrence = duty.occurrences.get(year=2022)
    pk = meetings.take_proposal(meeting=meeting, key=occurrence.key, by=person("signe")).pk
    meetings.withdraw_item(item=AgendaItem.objects.get(pk=pk), by=person("signe"))
    assert places([occurrence]) == {}
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=person("signe"))
    put_back(removed=Removed.objects.get(), now=at("2022-01-28"), by=person("signe"))
    assert meeting.items.get(pk=pk).supplementary
    assert places([occurrence])[occurrence.key].pk == pk


def test_it_does_not_take_a_duty_from_the_item_it_was_put_on_since(meeting: Meeting, person: Person) -> None:
    duty = add_duty(forum=meeting.forum, title="Pligt", rule="quarter", quarter=1, by=SYSTEM)
    occurrence = duty.occurrences.get(year=2022)
    first = meetings.take_proposal(meeting=meeting, key=occurrence.key, by=person("signe"))
    meetings.withdraw_item(item=first, by=person("signe"))
    occurrence.refresh_from_db()
    second = meetings.take_proposal(meeting=meeting, key=occurrence.key, by=person("signe"))
    put_back(removed=Removed.objects.get(), now=at("2022-01-28"), by=person("signe"))
    assert places([occurrence])[occurrence.key] == second


def test_it_puts_nothing_back_into_minutes(meeting: Meeting, person: Person) -> None:
    extra = meetings.add_item(meeting=meeting, kind="discussion", title="Aldrig drøftet", by=person("signe"))
    meetings.withdraw_item(item=extra, by=person("signe"))
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=SYSTEM)
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)
    with pytest.raises(Denied, match="Mødet er holdt"):
        put_back(removed=Removed.objects.get(), now=at("2022-01-28"), by=person("signe"))
    assert meeting.items.count() == 1


def attach(item: AgendaItem) -> Paper:
    """A paper to an item."""
    return meetings.add_paper(
        item=item, title="Følsomt bilag", upload=SimpleUploadedFile("a.txt", b"hej"), by=SYSTEM
    )


def test_it_puts_a_paper_back_when_its_item_is_there(meeting: Meeting, person: Person) -> None:
    item = meeting.items.all()[0]
    meetings.remove_paper(paper=attach(item), by=person("signe"))
    pk, paper = item.pk, Removed.objects.get()
    meetings.withdraw_item(item=item, by=person("signe"))
    with pytest.raises(Refused, match="Sæt punktet på plads først"):
        put_back(removed=paper, now=at("2022-01-28"), by=person("signe"))
    put_back(removed=Removed.objects.exclude(pk=paper.pk).get(), now=at("2022-01-28"), by=person("signe"))
    put_back(removed=paper, now=at("2022-01-28"), by=person("signe"))
    assert Paper.objects.get().item_id == pk


def test_it_erases_a_paper_s_file_and_name_when_nobody_else_has_it(meeting: Meeting, person: Person) -> None:
    item = meeting.items.all()[0]
    paper = attach(item)
    file = Path(paper.file.path)
    later = meetings.plan_meeting(
        forum=meeting.forum, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=SYSTEM
    )
    copy = meetings.copy_item(item=item, to=later, by=SYSTEM)
    meetings.remove_paper(paper=paper, by=person("signe"))
    empty(now=at("2022-01-28") + timedelta(days=40), by=SYSTEM)
    assert file.exists()  # the copy has it still
    assert Removed.objects.get().label == ""
    meetings.remove_paper(paper=copy.papers.get(), by=person("signe"))
    empty(now=at("2022-01-28") + timedelta(days=40), by=SYSTEM)
    assert not file.exists()
