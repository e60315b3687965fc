"""What the room offers to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from samraad.audit.rooms import MenuEntry, Room, Sort
from samraad.commitment import bin, parts, waiting
from samraad.commitment.actions.commitment import freeze_promises, go_with
from samraad.commitment.actions.duty import bring_duties, note_treated
from samraad.commitment.actions.finding import commitments_again
from samraad.commitment.notices import news
from samraad.commitment.queries import proposals
from samraad.commitment.states import LET_GO


def menu(audience: str, user: Any, district: Any) -> Iterator[MenuEntry]:
    """A line for those who hold a seat."""
    if audience == "work":
        yield MenuEntry(40, "Løfter", reverse("commitment:commitments", args=[district.slug]))


ROOM = Room(
    tasks=waiting.tasks,
    proposals=proposals,
    parts={"council.meeting": parts.on_meeting, "council.forum": parts.on_forum},
    asks={"council.decision": parts.FROM_DECISION},
    blocks={"council.minutes": parts.in_minutes},
    follows={
        "council.meeting_planned": bring_duties,
        "council.minute_written": note_treated,
        "council.decision_removed": go_with,
        "council.minutes_published": freeze_promises,
    },
    bin=bin.RULES,
    menu=menu,
    news=news,
    lasting=[LET_GO],
    finds=(Sort("loefter", "Løfter", "flag", ("commitment.commitment",), commitments_again),),
)
