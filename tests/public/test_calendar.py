"""The kredsråd's meetings in anybody's calendar: what the page says, and it follows along."""

from datetime import datetime, timezone

from django.test import Client
from icalendar import Calendar, Event

from samraad.audit.actor import SYSTEM
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at

ADDRESS = "/nordjylland/moeder/moeder.ics"


def events() -> dict[str, Event]:
    """The events of the feed by their UID."""
    answer = Client().get(ADDRESS)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["uid"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_it_follows_a_meeting_over_the_change_of_summer_time_until_it_is_cancelled(cast: Entered) -> None:
    made = meetings.plan_meeting(
        forum=cast.kredsraad,
        starts_at=at("2022-03-15"),
        ends_at=at("2022-03-15", 15),
        place="Aalborg",
        by=SYSTEM,
    )
    agenda.add_item(meeting=made, kind="decision", title="Fortroligt punkt", by=SYSTEM)
    uid = f"moede-{made.pk}@samraad"
    event = events()[uid]
    assert event["dtstart"].dt == datetime(2022, 3, 15, 12, tzinfo=timezone.utc)  # noqa: UP017
    assert (str(event["summary"]), str(event["status"])) == ("Møde i Kredsrådet i Nordjylland", "TENTATIVE")
    assert str(event["url"]).endswith("/nordjylland/moeder/")
    assert b"Fortroligt" not in Client().get(ADDRESS).content
    meetings.move_meeting(
        meeting=made,
        starts_at=at("2022-04-05"),
        ends_at=at("2022-04-05", 15),
        reason="Storm",
        now=at("2022-01-28"),
        by=SYSTEM,
    )
    event = events()[uid]
    assert event["dtstart"].dt == datetime(2022, 4, 5, 11, tzinfo=timezone.utc)  # noqa: UP017
    assert event["sequence"] == 1
    made.refresh_from_db()
    meetings.call_meeting(meeting=made, now=at("2022-03-20"), by=SYSTEM)
    assert str(events()[uid]["status"]) == "CONFIRMED"
    made.refresh_from_db()
    meetings.cancel_meeting(meeting=made, reason="Sygdom", to=None, by=SYSTEM)
    event = events()[uid]
    assert str(event["summary"]) == "Aflyst: Møde i Kredsrådet i Nordjylland"
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 2)


def test_it_tells_of_no_other_forum_and_of_no_other_district(demo: Entered) -> None:
    local = Forum.objects.get(slug="lokalraad-aalborg")
    made = meetings.plan_meeting(
        forum=local, starts_at=at("2022-03-16"), ends_at=at("2022-03-16", 15), by=SYSTEM
    )
    found = events()
    assert found
    assert f"moede-{made.pk}@samraad" not in found
    east = Client().get("/oestjylland/moeder/moeder.ics").content
    assert b"moede-" not in east
    assert ADDRESS in Client().get("/nordjylland/moeder/").content.decode()
