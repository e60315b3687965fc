"""Meetings as an iCalendar feed: time and place, never a word of the agenda."""

from collections.abc import Iterable

from django.utils import timezone
from icalendar import Calendar, Event

from samraad.council.models import Meeting
from samraad.council.states import MeetingStatus


def feed(meetings: Iterable[Meeting]) -> bytes:
    """The feed (RFC 5545); a meeting keeps its UID when it is moved, with a higher SEQUENCE."""
    calendar = Calendar()
    calendar.add("prodid", "-//Samråd//Møder//DA")
    calendar.add("version", "2.0")
    for meeting in meetings:
        event = Event()
        event.add("uid", f"moede-{meeting.pk}@samraad")
        event.add("sequence", len(meeting.moves.all()) + (meeting.status == MeetingStatus.CANCELLED))
        event.add("dtstamp", timezone.now())
        event.add("dtstart", meeting.starts_at)
        event.add("dtend", meeting.ends_at)
        event.add("summary", f"Møde i {meeting.forum}")
        event.add("location", meeting.place)
        event.add("status", "CANCELLED" if meeting.status == MeetingStatus.CANCELLED else "CONFIRMED")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
