"""What the room offers to the others."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from samraad.audit.rooms import Link, MenuEntry, Room
from samraad.council.models import Forum, Seat
from samraad.public import parts

ENTRIES = [
    (10, "Forside", "public:front"),
    (20, "Planen", "public:plans"),
    (30, "Min kommune", "public:municipalities"),
    (35, "Tal og udvikling", "public:figures"),
    (40, "Møder", "public:meetings"),
    (50, "Hvem kan hjælpe", "network:help"),
    (60, "Vejledninger", "public:guides"),
]
OF_THE_PUBLIC_ALONE = {"Forside", "Vejledninger"}  # staff have a desk and their own guides in their place


def menu(audience: str, user: Any, district: Any) -> Iterator[MenuEntry]:
    """Lines for everybody who holds no seat."""
    if audience == "work":
        return
    for position, title, name in ENTRIES:
        if audience == "public" or title not in OF_THE_PUBLIC_ALONE:
            yield MenuEntry(position, title, reverse(name, args=[district.slug]))


def links(district: Any) -> Iterator[Link]:
    """The front page, what the site says of itself, and whom to call."""
    yield Link("about", "Tilgængelighed", reverse("public:accessibility"))
    yield Link("about", "Privatliv", reverse("public:privacy"))
    yield Link("about", "Cookies", reverse("public:cookies"))
    if district is None:
        yield Link("front", "Forside", reverse("public:root"))
        return
    yield Link("front", "Forside", reverse("public:front", args=[district.slug]))
    yield Link("about", "Hent data", reverse("public:data", args=[district.slug]))
    yield Link("about", "Samarbejdet i tal", reverse("public:numbers", args=[district.slug]))
    yield Link("about", "Fora", reverse("public:fora", args=[district.slug]))
    yield Link("contact", "Hvem kan hjælpe", reverse("network:help", args=[district.slug]))


def forum_address(forum: Forum) -> str:
    """Where everybody reads of a forum: the kredsråd by its meetings, a lokalråd by its municipality."""
    district = forum.district.slug
    if forum.is_kredsraad:
        return reverse("public:meetings", args=[district])
    if forum.is_lokalraad:
        places = list(forum.municipalities.all())
        if len(places) != 1:
            return ""
        return reverse("public:municipality", args=[district, places[0].slug])
    return reverse("public:fora", args=[district]) + f"#forum-{forum.pk}"


def seat_address(seat: Seat) -> str:
    """Where everybody reads of a seat; only those of the kredsråd stand there."""
    if not (seat.forum.is_kredsraad and seat.member):
        return ""
    return reverse("public:fora", args=[seat.forum.district.slug]) + f"#plads-{seat.pk}"


ROOM = Room(
    reads={"council.forum": forum_address, "council.seat": seat_address},
    menu=menu,
    links=links,
    parts={
        "council.meeting": parts.on_meeting,
        "desk.municipality": parts.on_municipality,
    },
)
