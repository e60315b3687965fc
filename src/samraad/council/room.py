"""What the room offers to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from samraad.audit.rooms import MenuEntry, Room, Sort
from samraad.council import bin, proof, waiting
from samraad.council.actions import finding
from samraad.council.notices import guest, meeting, minutes, seat, still_reads
from samraad.council.queries.proposal import fallen


def menu(audience: str, user: Any, district: Any) -> Iterator[MenuEntry]:
    """Lines for those who hold a seat."""
    if audience == "work":
        yield MenuEntry(20, "Møder", reverse("council:meetings", args=[district.slug]))
        yield MenuEntry(60, "Fora", reverse("council:fora", args=[district.slug]))


ROOM = Room(
    tasks=waiting.tasks,
    proposals=fallen,
    bin=bin.RULES,
    gates=[still_reads],
    menu=menu,
    tells=(*meeting.TELLS, *guest.TELLS, *minutes.TELLS, *seat.TELLS),
    news=meeting.news,
    proofs=proof.proofs,
    lasting=proof.LASTING,
    finds=(
        Sort("moeder", "Møder og referater", "calendar-month", ("council.meeting",), finding.meetings_again),
        Sort("personer", "Personer", "person", ("council.seat",), finding.seats_again),
        Sort("fora", "Fora", "groups", ("council.forum",), finding.fora_again),
    ),
)
