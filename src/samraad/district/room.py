"""What the room offers to the others."""

from samraad.audit.rooms import Room
from samraad.district import parts

ROOM = Room(parts={"council.forum": parts.on_forum})
