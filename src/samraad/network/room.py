"""What the room offers to the others."""

from samraad.audit.rooms import Room, Sort
from samraad.network import bin, parts, waiting
from samraad.network.actions import finding

ROOM = Room(
    tasks=waiting.tasks,
    parts={"council.fora": parts.on_fora, "council.forum": parts.on_forum},
    bin=bin.RULES,
    finds=(
        Sort("hjaelp", "Hvem kan hjælpe", "help", ("network.worry",), finding.worries_again),
        Sort("netvaerk", "Partnere og aftaler", "share", finding.AROUND, finding.network_again),
    ),
)
