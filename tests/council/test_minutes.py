"""Minutes: written, sent, approved or objected to, published in their open part."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.models import Mail, User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back
from samraad.audit.models import Removed
from samraad.commitment.actions.commitment import propose
from samraad.commitment.actions.duty import add_duty
from samraad.council import permissions
from samraad.council.actions import agenda, minutes, publication
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Forum, Meeting, MinutesReply
from samraad.council.queries.proposal import proposals
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
    agenda.add_item(meeting=planned, kind="discussion", title="Punkt", withheld=True, by=person("signe"))
    meetings.call_meeting(meeting=planned, now=at("2022-01-11"), by=person("signe"))
    return planned


def test_it_is_not_held_before_it_begins(cast: Entered, person: Person) -> None:
    later = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    agenda.add_item(meeting=later, kind="information", title="X", by=person("signe"))
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
        publication.publish_open_part(meeting=sent, now=at("2022-01-28"), by=person("signe"))
    with pytest.raises(IntegrityError, match="meeting_published_was_approved"), transaction.atomic(), frame():
        Meeting.objects.filter(pk=sent.pk).update(published_at=at("2022-01-28"))


def _take_back(meeting: Meeting, by: User) -> Meeting:
    return minutes.take_minutes_back(meeting=meeting, reason="Beløbet er rettet", now=at("2022-01-28"), by=by)


def test_it_is_held_only_by_being_held(called: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="ikke til godkendelse"):
        _take_back(called, person("signe"))


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
    _take_back(called, person("signe"))
    assert [(r.round, r.words, r.objection) for r in called.replies.all()] == [
        (1, "godkendt", ""),
        (1, "bemærkning", "Nej"),
    ]


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


def test_attendance_can_be_corrected_until_the_minutes_are_sent(held: Meeting, person: Person) -> None:
    hjoerring = held.forum.seats.get(title="Borgmester i Hjørring")
    minutes.correct_attendance(
        meeting=held,
        presence={hjoerring: "excused"},
        chaired_by=hjoerring,
        guests=["SSP"],
        by=person("signe"),
    )
    assert held.attendance.get(seat=hjoerring).presence == "excused"
    assert held.attendance.count() == held.forum.seats.filter(member=True).count()
    assert [guest.role for guest in held.guests.all()] == ["SSP"]
    assert held.chaired_by == hjoerring
    item = held.items.get()
    minutes.write_minute(item=item, minute="", outcome="noted", subjects=[], version=1, by=person("signe"))
    minutes.send_minutes(meeting=held, now=at("2022-01-27"), by=person("signe"))
    wrong = {"presence": {hjoerring: "present"}, "chaired_by": None, "guests": []}
    with pytest.raises(Denied, match="Tag det tilbage"):
        minutes.correct_attendance(meeting=held, by=person("signe"), **wrong)
    _take_back(held, person("signe"))
    minutes.correct_attendance(meeting=held, by=person("signe"), **wrong)
    assert held.attendance.get(seat=hjoerring).presence == "present"


def test_the_form_of_attendance_opens_again_with_what_was_saved(
    held: Meeting, as_: Callable[[str], Client]
) -> None:
    address = f"/nordjylland/arbejde/moeder/{held.pk}/afholdt/"
    page = as_("signe").get(address)
    form = page.context["form"]
    hjoerring = held.forum.seats.get(title="Borgmester i Hjørring")
    assert page.context["title"] == "Ret fremmødet"
    assert form[f"seat_{hjoerring.pk}"].value() == "present"
    assert form["guests"].value() == "Analytiker"
    sent = {name: form[name].value() or "" for name in form.fields}
    sent |= {f"seat_{hjoerring.pk}": "absent", "chaired_by": str(hjoerring.pk)}
    assert as_("signe").post(address, sent).status_code == 302
    assert held.attendance.get(seat=hjoerring).presence == "absent"


def test_a_decision_can_be_corrected_and_removed_until_the_minutes_are_sent(
    held: Meeting, person: Person, as_: Callable[[str], Client]
) -> None:
    item = held.items.get()
    made = minutes.decide(item=item, text="Der afsættes 10.000.000 kr.", by=person("signe"))
    address = f"/nordjylland/arbejde/beslutninger/{made.pk}/"
    sent = {"kind": "decision", "text": "Der afsættes 1.000.000 kr.", "ends_on": "", "version": "1"}
    assert as_("signe").post(f"{address}ret/", sent).status_code == 302
    made.refresh_from_db()
    assert made.text == "Der afsættes 1.000.000 kr."
    assert as_("signe").post(f"{address}ret/", sent | {"text": "Ingenting."}).status_code == 409
    assert as_("maja").post(f"{address}fjern/").status_code == 403
    assert as_("signe").post(f"{address}fjern/").status_code == 302
    assert not item.decisions.exists()
    gone = Removed.objects.get(object_type="council.decision")
    put_back(removed=gone, now=at("2022-01-28"), by=person("signe"))
    assert item.decisions.get() == made


def test_the_second_round_is_told_and_asks_everybody_anew(held: Meeting, person: Person) -> None:
    item = held.items.get()
    minutes.write_minute(item=item, minute="", outcome="noted", subjects=[], version=1, by=person("signe"))
    minutes.send_minutes(meeting=held, now=at("2022-01-28"), by=person("signe"))
    minutes.approve_minutes(meeting=held, now=at("2022-01-28"), by=person("poul"))
    minutes.object_to_minutes(
        meeting=held, objection="Beløbet er forkert", now=at("2022-01-28"), by=person("maja")
    )
    assert {mail.user for mail in Mail.objects.filter(key__startswith="objection:")} == {
        person("signe"),
        person("tage"),
    }
    _take_back(held, person("signe"))
    told = Mail.objects.filter(key=f"minutes-back:{held.pk}:1")
    assert {person("poul"), person("maja")} <= {mail.user for mail in told}
    assert all("Beløbet er rettet." in mail.body for mail in told)
    minutes.send_minutes(meeting=held, now=at("2022-01-28"), by=person("signe"))
    bodies = {mail.user: mail.body for mail in Mail.objects.filter(key=f"minutes:{held.pk}:2")}
    for who in ("poul", "maja"):
        assert "skal godkendes igen" in bodies[person(who)]
    assert "Din godkendelse af det første gælder ikke" in bodies[person("poul")]
    assert "Din godkendelse" not in bodies[person("maja")]
    held.refresh_from_db()
    minutes.approve_minutes(meeting=held, now=at("2022-01-28"), by=person("maja"))
    assert [(r.round, r.words) for r in held.replies.filter(seat__title="Borgmester i Hjørring")] == [
        (1, "bemærkning"),
        (2, "godkendt"),
    ]
    assert held.status == MeetingStatus.MINUTES_SENT  # the approval of the first round does not count


def test_who_was_not_there_is_told_and_not_asked(sent: Meeting, person: Person) -> None:
    told = {mail.user: mail.subject for mail in Mail.objects.filter(key=f"minutes:{sent.pk}:1")}
    assert "venter på din godkendelse" in told[person("maja")]
    assert "er sendt til godkendelse" in told[person("lars")]  # his deputy was there
    assert person("signe") not in told  # she sent them


def test_an_objection_is_not_lost_to_an_approval_of_the_same_round(sent: Meeting, person: Person) -> None:
    minutes.object_to_minutes(meeting=sent, objection="Nej", now=at("2022-01-28"), by=person("maja"))
    with pytest.raises(Refused, match="bliver stående"):
        minutes.approve_minutes(meeting=sent, now=at("2022-01-28"), by=person("maja"))


def _write(item: AgendaItem, outcome: str, by: User) -> AgendaItem:
    item.refresh_from_db()
    return minutes.write_minute(
        item=item, minute="", outcome=outcome, subjects=[], version=item.version, by=by
    )


def _plan(forum: Forum, day: str, by: User) -> Meeting:
    return meetings.plan_meeting(forum=forum, starts_at=at(day), ends_at=at(day, 15), by=by)


def test_what_was_postponed_to_no_meeting_proposes_itself_for_the_next(held: Meeting, person: Person) -> None:
    _write(held.items.get(), "postponed", person("signe"))
    april = _plan(held.forum, "2022-04-04", person("signe"))
    item = held.items.get()
    assert [each.why for each in proposals(april, date(2022, 1, 28)) if each.key == f"item-{item.pk}"] == [
        "Udsat fra mødet 25. januar 2022."
    ]
    copy = agenda.take_proposal(meeting=april, key=f"item-{item.pk}", by=person("signe"))
    assert copy.postponed_from == item
    assert not [each for each in proposals(april, date(2022, 1, 28)) if each.key == f"item-{item.pk}"]
    with pytest.raises(Refused, match=r"står allerede på dagsordenen \(punkt 1\)"):
        agenda.take_proposal(meeting=april, key=f"item-{item.pk}", by=person("tage"))


def test_what_stood_on_a_cancelled_meeting_proposes_itself_until_it_is_dropped(
    held: Meeting, person: Person
) -> None:
    march = _plan(held.forum, "2022-03-15", person("signe"))
    item = agenda.add_item(meeting=march, kind="discussion", title="Cykler", by=person("signe"))
    meetings.cancel_meeting(meeting=march, reason="Storm", to=None, by=person("signe"))
    april = _plan(held.forum, "2022-04-04", person("signe"))
    key = f"item-{item.pk}"
    assert key in [each.key for each in proposals(april, date(2022, 1, 28))]
    agenda.drop_proposal(meeting=april, key=key, reason="Sagen er løst", by=person("signe"))
    assert key not in [each.key for each in proposals(april, date(2022, 1, 28))]


def test_what_was_not_postponed_after_all_leaves_the_next_agenda(held: Meeting, person: Person) -> None:
    march = _plan(held.forum, "2022-03-15", person("signe"))
    item = held.items.get()
    _write(item, "postponed", person("signe"))
    assert march.items.filter(postponed_from=item).exists()
    _write(item, "discussed", person("signe"))
    assert not march.items.exists()


def test_what_was_taken_off_the_next_agenda_does_not_come_back(held: Meeting, person: Person) -> None:
    march = _plan(held.forum, "2022-03-15", person("signe"))
    item = held.items.get()
    _write(item, "postponed", person("signe"))
    agenda.withdraw_item(item=march.items.get(postponed_from=item), by=person("signe"))
    _write(item, "postponed", person("signe"))
    assert not march.items.exists()


def test_a_duty_that_was_not_treated_after_all_is_not_met(held: Meeting, person: Person) -> None:
    duty = add_duty(forum=held.forum, title="Pligt", rule="quarter", quarter=1, by=SYSTEM)
    occurrence = duty.occurrences.get(year=2022)
    item = held.items.get()
    with frame():
        AgendaItem.objects.filter(pk=item.pk).update(proposal=occurrence.key)
    _write(item, "discussed", person("signe"))
    occurrence.refresh_from_db()
    assert occurrence.done_on == date(2022, 1, 25)
    _write(item, "withdrawn", person("signe"))
    occurrence.refresh_from_db()
    assert occurrence.done_on is None


def test_a_late_thing_that_was_postponed_is_taken_up_with_its_text(held: Meeting, person: Person) -> None:
    late = propose(
        forum=held.forum,
        text="Trykke en folder",
        due_on=date(2022, 1, 1),
        owner=held.forum.district,
        by=person("poul"),
    )
    item = held.items.get()
    with frame():
        AgendaItem.objects.filter(pk=item.pk).update(proposal=late.key, text="<p>Sagen</p>")
    _write(item, "postponed", person("signe"))
    april = _plan(held.forum, "2022-04-04", person("signe"))
    taken = agenda.take_proposal(meeting=april, key=late.key, by=person("signe"))
    assert (taken.postponed_from, taken.text) == (item, "<p>Sagen</p>")
