"""What the room offers to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from samraad.audit.rooms import MenuEntry, Room, Sort
from samraad.guide import proof, waiting
from samraad.guide.actions import TELLS, guides_again


def menu(audience: str, user: Any, district: Any) -> Iterator[MenuEntry]:
    """A line for everybody who works in the district, with or without a seat."""
    if audience in ("work", "staff"):
        yield MenuEntry(70, "Vejledninger", reverse("guide:guides", args=[district.slug]))


ROOM = Room(
    tasks=waiting.tasks,
    menu=menu,
    proofs=proof.proofs,
    lasting=proof.LASTING,
    tells=TELLS,
    finds=(Sort("vejledninger", "Vejledninger", "info", ("guide.guideedition",), guides_again),),
)
