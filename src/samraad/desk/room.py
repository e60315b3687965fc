"""What the room offers to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from samraad.audit.rooms import Link, MenuEntry, Room
from samraad.desk.notices import TELLS


def menu(audience: str, user: Any, district: Any) -> Iterator[MenuEntry]:
    """The desk for everybody who works in the district, the wheel for those who hold a seat."""
    if audience in ("work", "staff"):
        yield MenuEntry(5, "Mit bord", reverse("desk:desk"))
    if audience == "work":
        yield MenuEntry(50, "Årshjul", reverse("desk:wheel", args=[district.slug]))


def links(district: Any) -> Iterator[Link]:
    """A person's own pages, and the search of a district."""
    yield Link("desk", "Mit bord", reverse("desk:desk"))
    yield Link("profile", "Min profil", reverse("desk:rights"))
    if district is not None:
        yield Link("search", "Søg", reverse("desk:search", args=[district.slug]))


ROOM = Room(menu=menu, links=links, tells=TELLS)
