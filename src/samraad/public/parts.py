"""What the room shows on pages of lower rooms: where the public reads the same."""

from collections.abc import Iterator

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.actor import Actor
from samraad.audit.rooms import Part
from samraad.council.models import Meeting
from samraad.council.permissions import appointments
from samraad.public.queries.cards import cards


def on_meeting(meeting: Meeting, reader: Actor) -> Iterator[Part]:
    """The open part, once it is published."""
    if meeting.published_at:
        yield Part("meeting", "public/_of_meeting.html", {"meeting": meeting})


def on_municipality(organisation: Organisation, reader: Actor) -> Iterator[Part]:
    """On a mayor's desk: the numbers she may be asked about, and the page of the municipality."""
    districts = [held.seat.forum.district for held in appointments(reader)]
    shown = {"organisation": organisation, "cards": cards(districts[0], organisation, clock.now())}
    yield Part("municipality", "public/_of_municipality.html", shown)
