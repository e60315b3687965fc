"""What the room offers to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from samraad.audit.rooms import MenuEntry, Room, Sort
from samraad.council.permissions import is_secretary
from samraad.plan import bin, notices, proof, waiting
from samraad.plan.actions import finding


def menu(audience: str, user: Any, district: Any) -> Iterator[MenuEntry]:
    """Lines for those who hold a seat; the secretariat follows the answers."""
    if audience != "work":
        return
    yield MenuEntry(30, "Planer", reverse("plan:plans", args=[district.slug]))
    if is_secretary(user, district):
        yield MenuEntry(35, "Svar", reverse("plan:answers_now", args=[district.slug]))


ROOM = Room(
    tasks=waiting.tasks,
    bin=bin.RULES,
    menu=menu,
    proofs=proof.proofs,
    lasting=proof.LASTING,
    tells=notices.TELLS,
    finds=(Sort("planer", "Planer", "document", finding.MODELS, finding.plans_again),),
)
