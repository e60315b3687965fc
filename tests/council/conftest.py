"""A meeting of the kredsråd on its way from plan to minutes."""

from collections.abc import Callable

import pytest

from samraad.accounts.models import User
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    """A planned meeting of the kredsråd with one item, three days ago."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Trygge skoleveje", by=person("signe"))
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
