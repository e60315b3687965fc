"""What the room shows on a forum's page: the act after an election."""

from collections.abc import Iterator

from samraad.audit.actor import Actor
from samraad.audit.rooms import Part
from samraad.council.models import Forum
from samraad.district import permissions as may


def on_forum(forum: Forum, reader: Actor) -> Iterator[Part]:
    """Below the seats of a kredsråd: change all mayors' seats, hand them over."""
    if forum.is_kredsraad and may.change_all_seats.allows(reader, forum):
        yield Part("forum-seats", "district/_forum_seats.html", {})
