"""What the room offers to the others."""

from samraad.audit.rooms import Room
from samraad.network import bin, parts, waiting

ROOM = Room(
    tasks=waiting.tasks, parts={"council.fora": parts.on_fora, "council.forum": parts.on_forum}, bin=bin.RULES
)
