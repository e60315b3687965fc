"""Meetings as an iCalendar feed: time, place and a link; never a word of the agenda."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.utils import timezone
from icalendar import Calendar, Event

from samraad.council.models import Meeting
from samraad.council.states import MeetingStatus

Link = Callable[[Meeting], str]  # a meeting → the address, on this site, of the page that tells of it
STANDING = {MeetingStatus.PLANNED: "TENTATIVE", MeetingStatus.CANCELLED: "CANCELLED"}


def feed(meetings: Iterable[Meeting], name: str, link: Link) -> bytes:
    """The feed (RFC 5545, its name by RFC 7986).

    A meeting keeps its UID when it is moved, with a higher SEQUENCE; one that is not called yet is tentative.
    A cancelled one says so in its title too, since many calendars show nothing else.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Samråd//Møder//DA")
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        calendar.add_component(_event(meeting, link))
    return bytes(calendar.to_ical())


def _event(meeting: Meeting, link: Link) -> Event:
    event = Event()
    cancelled = meeting.status == MeetingStatus.CANCELLED
    title = f"Møde i {meeting.forum}"
    if cancelled:
        title = f"Aflyst: {title}"
    event.add("uid", f"moede-{meeting.pk}@samraad")
    event.add("sequence", len(meeting.moves.all()) + cancelled)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.ends_at)
    event.add("summary", title)
    event.add("location", meeting.place)
    event.add("url", settings.SAMRAAD_ADDRESS + link(meeting))
    event.add("status", STANDING.get(MeetingStatus(meeting.status), "CONFIRMED"))
    return event
