"""The mail that calls a meeting brings it for the receiver's calendar; a moved one is the same, later."""

from collections.abc import Callable

from django.core import mail as sent
from icalendar import Calendar

from samraad.accounts.delivery import send
from samraad.accounts.models import Mail, User
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]


def event_of(text: str) -> dict[str, object]:
    """The only event of a calendar file."""
    [event] = Calendar.from_ical(text).walk("VEVENT")
    return {name: event.decoded(name) for name in ("uid", "sequence", "dtstart", "summary", "url")}


def test_it_goes_along_with_the_call_and_with_the_move(cast: Entered, person: Person) -> None:
    signe = person("signe")
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=signe
    )
    agenda.add_item(meeting=meeting, kind="discussion", title="Hemmelig kanariefugl", by=signe)
    meetings.call_meeting(meeting=meeting, now=at("2022-02-20"), by=signe)
    called = Mail.objects.get(key__startswith="called:", user=person("maja"))
    first = event_of(called.calendar)
    assert first["dtstart"] == at("2022-03-15")
    assert "kanariefugl" not in called.calendar
    meetings.move_meeting(
        meeting=meeting,
        starts_at=at("2022-03-29"),
        ends_at=at("2022-03-29", 15),
        reason="Salen er optaget",
        now=at("2022-02-21"),
        by=signe,
    )
    moved = Mail.objects.get(key__startswith="moved:", user=person("maja"))
    second = event_of(moved.calendar)
    assert second["uid"] == first["uid"]
    assert int(str(second["sequence"])) > int(str(first["sequence"]))
    assert second["dtstart"] == at("2022-03-29"), "the same hour of the day, in summer time"


def test_it_is_attached_when_the_mail_is_sent(cast: Entered, person: Person) -> None:
    signe = person("signe")
    meeting = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=signe
    )
    agenda.add_item(meeting=meeting, kind="discussion", title="Natteliv", by=signe)
    meetings.call_meeting(meeting=meeting, now=at("2022-01-28"), by=signe)
    send(Mail.objects.get(key__startswith="called:", user=person("maja")).pk)
    [message] = sent.outbox
    [attached] = message.attachments
    assert attached[0] == "moede.ics"
    assert attached[2] == "text/calendar"
    assert "BEGIN:VEVENT" in str(attached[1])
