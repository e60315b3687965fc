"""What every page knows: the district, the menu, for whom I act, the demo's day."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from samraad import clock
from samraad.accounts.models import Organisation, current_memberships
from samraad.audit.rooms import rooms
from samraad.council.permissions import appointments, employed_in


def page(request: HttpRequest) -> dict[str, Any]:
    """Context processor for `base.html`."""
    user = getattr(request, "user", None)
    held = appointments(user) if user is not None else []
    district = getattr(request, "district", None) or (
        held[0].seat.forum.district if held else _only_district()
    )
    return {
        "district": district,
        "acting": _acting(held) or _employed(user),
        "menu": _menu(request, district, bool(held), user),
        "demo_day": clock.today() if settings.SAMRAAD_DEMO else None,
        "today": clock.today(),
    }


def _only_district() -> Organisation | None:
    with_fora = list(Organisation.objects.districts().filter(fora__kind="kredsraad")[:2])
    return with_fora[0] if len(with_fora) == 1 else None


def _acting(held: list[Any]) -> str:
    """ "borgmester i Hjørring Kommune": the first appointment, in words."""
    if not held:
        return ""
    first = held[0]
    title = str(first.seat.title)
    if first.seat.organisation and title == first.seat.organisation.name:
        return f"{first.get_function_display()} i {first.seat.forum} for {title}"
    title = title[:1].lower() + title[1:]
    before = {"assistant": "forbereder for ", "deputy": "stedfortræder for ", "guest": "gæst: "}
    return before.get(first.function, "") + title


def _employed(user: Any) -> str:
    """ "rusmiddelrådgiver i Hjørring Kommune": for one who works in the district and holds no seat."""
    works = current_memberships(user, clock.today()).first() if user is not None else None
    if works is None:
        return ""
    title = str(works.title or works.get_right_display())
    return f"{title[:1].lower()}{title[1:]} i {works.organisation}"


def _menu(
    request: HttpRequest, district: Organisation | None, works: bool, user: Any
) -> list[dict[str, Any]]:
    """The lines that the rooms offer to this reader, with the one she stands on marked."""
    if district is None:
        return []
    audience = _audience(district, works, user)
    offered = [entry for room in rooms() for entry in room.menu(audience, user, district)]
    entries = sorted(offered, key=lambda entry: entry.position)
    here = max((entry.url for entry in entries if request.path.startswith(entry.url)), key=len, default="")
    return [{"title": entry.title, "url": entry.url, "current": entry.url == here} for entry in entries]


def _audience(district: Organisation, works: bool, user: Any) -> str:
    """Who reads: somebody with a seat ("work"), somebody who works in the district ("staff"), anybody ("public")."""
    if works and user is not None and user.is_authenticated:
        return "work"
    if user is not None and employed_in(user, district):
        return "staff"
    return "public"
