"""What the room shows on a meeting's page: where the public reads it."""

from collections.abc import Iterator

from samraad.audit.actor import Actor
from samraad.audit.rooms import Part
from samraad.council.models import Meeting


def on_meeting(meeting: Meeting, reader: Actor) -> Iterator[Part]:
    """The open part, once it is published."""
    if meeting.published_at:
        yield Part("meeting", "public/_of_meeting.html", {"meeting": meeting})
