"""What the room offers to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from samraad.audit.rooms import MenuEntry, Room, Sort
from samraad.figures import notices, proof, waiting
from samraad.figures.actions import series_again
from samraad.figures.permissions import handles_figures


def menu(audience: str, user: Any, district: Any) -> Iterator[MenuEntry]:
    """A line for those who bring figures in or approve them."""
    if audience in ("work", "staff") and handles_figures(user, district):
        yield MenuEntry(65, "Udgivelser", reverse("figures:releases", args=[district.slug]))


ROOM = Room(
    tasks=waiting.tasks,
    menu=menu,
    tells=notices.TELLS,
    proofs=proof.proofs,
    lasting=proof.LASTING,
    finds=(Sort("tal", "Tal", "analytics", ("figures.series",), series_again),),
)
