"""What every page knows: the district, the menu, what stands around it, for whom I act, the demo's day."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from samraad import clock
from samraad.accounts import provider
from samraad.accounts.models import Organisation, current_memberships
from samraad.audit.rooms import Link, rooms
from samraad.council.models import Appointment, Forum, Function
from samraad.council.permissions import appointments, employed_in

BEFORE = {
    Function.ASSISTANT: "forbereder for ",
    Function.DEPUTY: "stedfortræder for ",
    Function.GUEST: "gæst: ",
}


@dataclass(frozen=True)
class Chrome:
    """What stands around a page: the site's name, and where its top and foot lead."""

    name: str
    front: str
    desk: str
    profile: str
    search: str
    about: list[Link]
    contact: list[Link]


@dataclass(frozen=True)
class Entry:
    """A line of the main menu; `current` is the one that the reader stands on."""

    title: str
    url: str
    current: bool


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `base.html`."""
    user = getattr(request, "user", None)
    held = [] if user is None else appointments(user)
    district = _district(request, held)
    return {
        "district": district,
        "acting": _acting(held) or _employed(user),
        "chrome": _chrome(district),
        "menu": _menu(request.path, district, _audience(district, held, user), user),
        "demo_day": clock.today() if settings.SAMRAAD_DEMO else None,
        "today": clock.today(),
        "elsewhere": provider.name(),
    }


def _district(request: HttpRequest, held: list[Appointment]) -> Organisation | None:
    """The district of the address; else the reader's own; else the only one there is."""
    named: Organisation | None = getattr(request, "district", None)
    if named is not None:
        return named
    if held:
        own: Organisation = held[0].seat.forum.district
        return own
    with_council = list(Organisation.objects.districts().filter(fora__kind=Forum.Kind.KREDSRAAD)[:2])
    return with_council[0] if len(with_council) == 1 else None


def _acting(held: list[Appointment]) -> str:
    """ "borgmester i Hjørring Kommune": the first appointment, in words."""
    if not held:
        return ""
    first = held[0]
    title = str(first.seat.title)
    if first.seat.organisation and title == first.seat.organisation.name:
        return f"{first.get_function_display()} i {first.seat.forum} for {title}"
    return BEFORE.get(Function(first.function), "") + _in_a_sentence(title)


def _employed(user: Any) -> str:
    """ "rusmiddelrådgiver i Hjørring Kommune": for one who works in the district and holds no seat."""
    if user is None:
        return ""
    works = current_memberships(user, clock.today()).first()
    if works is None:
        return ""
    title = str(works.title or works.get_right_display())
    return f"{_in_a_sentence(title)} i {works.organisation}"


def _in_a_sentence(title: str) -> str:
    return title[:1].lower() + title[1:]


def _chrome(district: Organisation | None) -> Chrome:
    """What the rooms offer around a page of the district."""
    places: dict[str, list[Link]] = {}
    for room in rooms():
        for link in room.links(district):
            places.setdefault(link.place, []).append(link)
    return Chrome(
        name=f"Samråd {district.short_name}" if district else "Samråd",
        front=_address(places, "front"),
        desk=_address(places, "desk"),
        profile=_address(places, "profile"),
        search=_address(places, "search"),
        about=places.get("about", []),
        contact=places.get("contact", []),
    )


def _address(places: dict[str, list[Link]], place: str) -> str:
    """Where the only link of a place leads; empty when no room offers it here."""
    for link in places.get(place, []):
        return link.url
    return ""


def _menu(path: str, district: Organisation | None, audience: str, user: Any) -> list[Entry]:
    """The lines that the rooms offer to this reader, with the one she stands on marked."""
    if district is None:
        return []
    offered = [entry for room in rooms() for entry in room.menu(audience, user, district)]
    above = [entry.url for entry in offered if path.startswith(entry.url)]
    here = max(above, key=len, default="")
    entries = sorted(offered, key=lambda entry: entry.position)
    return [Entry(entry.title, entry.url, entry.url == here) for entry in entries]


def _audience(district: Organisation | None, held: list[Appointment], user: Any) -> str:
    """Who reads: one with a seat ("work"), one who works in the district ("staff"), or anybody ("public")."""
    if held:
        return "work"
    if user is not None and district is not None and employed_in(user, district):
        return "staff"
    return "public"
