"""A meeting before it is held: planned, called, moved, cancelled, its agenda."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from icalendar import Calendar

from samraad.accounts.models import Mail, User
from samraad.audit.actions import Denied, Refused, Stale, frame
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Meeting, Seat
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
    assert agenda.add_item(
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
        agenda.add_item(meeting=meeting, kind="information", title="X", by=person("signe"))


def test_it_links_a_postponed_item_to_its_new_meeting(meeting: Meeting, person: Person) -> None:
    later = meetings.plan_meeting(
        forum=meeting.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    item = meeting.items.all()[0]
    copy = agenda.postpone_item(item=item, to=later, by=person("signe"))
    item.refresh_from_db()
    assert item.outcome == AgendaItem.Outcome.POSTPONED
    assert copy.postponed_from == item


def test_it_shows_both_texts_when_two_edit_an_item(meeting: Meeting, person: Person) -> None:
    item = meeting.items.all()[0]
    fields = {"title": "Skoleveje", "kind": "discussion", "subjects": [], "closed": False, "withheld": False}
    agenda.edit_item(item=item, version=1, text="<p>først</p>", by=person("signe"), **fields)
    with pytest.raises(Stale) as conflict:
        agenda.edit_item(item=item, version=1, text="<p>sidst</p>", by=person("tage"), **fields)
    assert (conflict.value.mine, conflict.value.theirs, conflict.value.version) == (
        "<p>Sagsfremstilling:</p><p>sidst</p>",
        "<p>Sagsfremstilling:</p><p>først</p>",
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


def _mails(key: str) -> list[Mail]:
    return list(Mail.objects.filter(key__startswith=key).select_related("user").order_by("address"))


@pytest.fixture
def june(cast: Entered, person: Person) -> Meeting:
    """A meeting to come that is called, from 13 to 15."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Cykler", by=person("signe"))
    return meetings.call_meeting(meeting=planned, now=at("2022-01-28"), by=person("signe"))


def _move(meeting: Meeting, by: User, day: str, begins: int = 13) -> Meeting:
    return meetings.move_meeting(
        meeting=meeting,
        starts_at=at(day, begins),
        ends_at=at(day, begins + 2),
        reason="Salen er optaget",
        now=at("2022-01-28"),
        by=by,
    )


def test_a_cancellation_says_when_and_why_and_nothing_that_still_holds(june: Meeting, person: Person) -> None:
    meetings.cancel_meeting(meeting=june, reason="Formanden er på rejse", to=None, by=person("signe"))
    told = _mails("cancelled:")
    assert {mail.subject for mail in told} == {f"Aflyst: {june.forum} tirsdag 14. juni 2022 kl. 13.00"}
    assert all(
        "Mødet tirsdag 14. juni 2022 kl. 13.00 er aflyst: Formanden er på rejse." in mail.body
        for mail in told
    )
    assert not any("nu gælder" in mail.body.lower() for mail in told)


def test_a_move_tells_both_times_with_the_clock(
    june: Meeting, person: Person, as_: Callable[[str], Client]
) -> None:
    _move(june, person("signe"), "2022-06-14", 10)
    told = _mails("moved:")
    assert told, told
    for mail in told:
        assert "fra 14. juni 2022 kl. 13.00 til 14. juni 2022 kl. 10.00" in mail.subject
        assert (
            "tirsdag 14. juni 2022 kl. 13.00 er flyttet til tirsdag 14. juni 2022 kl. 10.00-12.00"
            in mail.body
        )
    page = as_("maja").get(june.get_absolute_url()).content.decode()
    assert "Flyttet fra tirsdag 14. juni 2022 kl. 13.00" in page


@pytest.mark.parametrize(
    ("day", "why"),
    [("2022-03-15", "har allerede et møde"), ("2021-11-03", "er gået"), ("2022-01-28", "er gået")],
)
def test_a_move_follows_the_rules_of_planning(june: Meeting, person: Person, day: str, why: str) -> None:
    meetings.plan_meeting(
        forum=june.forum, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    with pytest.raises(Refused, match=why):
        _move(june, person("signe"), day, 9)
    june.refresh_from_db()
    assert june.starts_at == at("2022-06-14")
    assert not _mails("moved:")


def test_nobody_is_invited_to_the_past(
    meeting: Meeting, person: Person, as_: Callable[[str], Client]
) -> None:
    page = as_("signe").get(f"{meeting.get_absolute_url()}indkald/").content.decode()
    assert "Registrér, at dagsordenen er sendt" in page
    meetings.call_meeting(meeting=meeting, now=at("2022-01-28"), by=person("signe"))
    assert meeting.is_called
    assert not _mails("called:")


def test_another_place_is_told_and_the_old_one_can_be_corrected(june: Meeting, person: Person) -> None:
    held = {"offsite": False, "host": None, "wishes_due_on": None, "now": at("2022-01-28")}
    meetings.change_meeting(
        meeting=june, version=1, place="Rådhuset", form="hybrid", by=person("signe"), **held
    )
    told = _mails("changed:")
    assert "Stedet er nu Rådhuset. Mødeformen er nu fysisk og virtuelt." in told[0].body
    assert told, told
    meetings.change_meeting(
        meeting=june, version=2, place="Rådhuset", form="hybrid", by=person("signe"), **held
    )
    assert _mails("changed:") == told  # nothing is new, nobody is told
    with pytest.raises(Stale, match="En anden gemte imens"):
        meetings.change_meeting(
            meeting=june, version=1, place="Havnen", form="hybrid", by=person("tage"), **held
        )


def test_a_cancelled_meeting_stays_listed_and_can_be_held_after_all(
    june: Meeting, person: Person, as_: Callable[[str], Client]
) -> None:
    meetings.cancel_meeting(meeting=june, reason="Storm", to=None, by=person("signe"))
    listed = as_("maja").get("/nordjylland/arbejde/moeder/").content.decode()
    assert "14. juni 2022" in listed
    assert "14. juni 2022" in Client().get("/nordjylland/moeder/").content.decode()
    meetings.reinstate_meeting(meeting=june, now=at("2022-01-28"), by=person("signe"))
    assert june.is_called
    assert _mails("reinstated:")
    with pytest.raises(Denied, match="ikke aflyst"):
        meetings.reinstate_meeting(meeting=june, now=at("2022-01-28"), by=person("signe"))


def test_a_cancellation_is_not_taken_back_on_a_day_that_is_taken(june: Meeting, person: Person) -> None:
    meetings.cancel_meeting(meeting=june, reason="Storm", to=None, by=person("signe"))
    meetings.plan_meeting(
        forum=june.forum, starts_at=at("2022-06-14", 9), ends_at=at("2022-06-14", 10), by=person("signe")
    )
    with pytest.raises(Refused, match="har allerede et møde"):
        meetings.reinstate_meeting(meeting=june, now=at("2022-01-28"), by=person("signe"))


def _seat(meeting: Meeting, title: str) -> Seat:
    found: Seat = meeting.forum.seats.get(title=title)
    return found


def test_an_apology_reaches_the_deputy_the_assistant_and_the_secretariat(
    june: Meeting, person: Person, as_: Callable[[str], Client]
) -> None:
    hjoerring = _seat(june, "Borgmester i Hjørring")
    meetings.send_apology(meeting=june, seat=hjoerring, by=person("maja"))
    told = {mail.user for mail in _mails("apology:")}
    assert {person("signe"), person("else")} <= told
    assert person("maja") not in told
    assert person("poul") not in told
    for who in ("signe", "else", "maja"):
        page = as_(who).get(june.get_absolute_url()).content.decode()
        assert "Afbud: Borgmester i Hjørring" in page, who
    assert "Afbud: Borgmester i Hjørring" not in as_("lars").get(june.get_absolute_url()).content.decode()


@pytest.mark.parametrize("who", ["else", "signe"])
def test_an_apology_is_entered_for_a_seat_once_and_taken_back(
    june: Meeting, person: Person, who: str
) -> None:
    hjoerring = _seat(june, "Borgmester i Hjørring")
    meetings.send_apology(meeting=june, seat=hjoerring, by=person(who))
    assert person("maja") in {mail.user for mail in _mails("apology:")}
    with pytest.raises(Refused, match="allerede meldt afbud"):
        meetings.send_apology(meeting=june, seat=hjoerring, by=person("maja"))
    meetings.take_apology_back(meeting=june, seat=hjoerring, by=person("maja"))
    assert not june.attendance.exists()


def test_nobody_sends_an_apology_for_somebody_elses_seat(june: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="Du kan ikke melde afbud for"):
        meetings.send_apology(meeting=june, seat=_seat(june, "Borgmester i Rebild"), by=person("maja"))
    with pytest.raises(Denied, match="Kun medlemmer"):
        meetings.send_apology(meeting=june, seat=_seat(june, "Borgmester i Rebild"), by=person("omar"))


def test_who_sent_an_apology_is_asked_again_when_the_meeting_is_moved(june: Meeting, person: Person) -> None:
    meetings.send_apology(meeting=june, seat=_seat(june, "Borgmester i Hjørring"), by=person("maja"))
    _move(june, person("signe"), "2022-06-16")
    assert not june.attendance.exists()
    bodies = {mail.user: mail.body for mail in _mails("moved:")}
    assert "Afbuddet til den gamle tid gælder ikke mere" in bodies[person("maja")]
    assert "Afbuddet" not in bodies[person("poul")]


def test_the_meetings_of_a_year_are_planned_at_once_or_not_at_all(
    cast: Entered, as_: Callable[[str], Client]
) -> None:
    url = f"/nordjylland/arbejde/moeder/flere/{cast.kredsraad.pk}/"
    times = {"begins": "13:00", "ends": "15:00", "place": "Aalborg"}
    wrong = as_("signe").post(url, times | {"days": "15. marts 2022\n31. juni 2022"})
    assert wrong.status_code == 422
    assert "Juni 2022 har 30 dage" in wrong.content.decode()
    sent = as_("signe").post(url, times | {"days": "13. september 2022\n15. marts 2022\n\n14-06-2022"})
    assert sent.status_code == 302
    days = [meeting.starts_at for meeting in cast.kredsraad.meetings.order_by("starts_at")]
    assert days == [at("2022-03-15"), at("2022-06-14"), at("2022-09-13")]
    taken = as_("signe").post(url, times | {"days": "8. november 2022\n14. juni 2022"})
    assert taken.status_code == 422
    assert "har allerede et møde tirsdag 14. juni 2022" in taken.content.decode()
    assert cast.kredsraad.meetings.count() == 3


def test_it_goes_into_a_calendar_with_its_page_and_follows_a_move(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    """Read by the same library as writes it; over the change to summer time."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-25"), ends_at=at("2022-03-25", 15), by=person("signe")
    )
    url = f"{planned.get_absolute_url()}moede.ics"
    assert url in as_("maja").get(planned.get_absolute_url()).content.decode()
    [before] = Calendar.from_ical(as_("maja").get(url).content).walk("VEVENT")
    assert before["url"].endswith(planned.get_absolute_url())
    meetings.move_meeting(
        meeting=planned,
        starts_at=at("2022-03-29"),
        ends_at=at("2022-03-29", 15),
        reason="Ferie",
        now=at("2022-01-28"),
        by=person("signe"),
    )
    [after] = Calendar.from_ical(as_("maja").get(url).content).walk("VEVENT")
    assert after["uid"] == before["uid"]
    assert after["sequence"] == before["sequence"] + 1
    assert (after.start - before.start).total_seconds() == 4 * 24 * 3600 - 3600


def test_an_agenda_says_how_far_it_is_and_when_it_must_be_out(cast: Entered, person: Person) -> None:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    assert planned.how_far == "Dagsordenen er tom."
    agenda.add_item(meeting=planned, kind="discussion", title="Cykler", by=person("signe"))
    assert planned.how_far == "1 punkt, 1 uden bilag. Skal ud før tirsdag 14. juni 2022."
    planned.forum.notice_days = 14
    assert planned.how_far == "1 punkt, 1 uden bilag. Skal ud senest tirsdag 31. maj 2022."
