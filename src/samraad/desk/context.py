"""What every page knows: the district, the menu, for whom I act, the demo's day."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import Organisation, current_memberships
from samraad.council.permissions import appointments, employed_in, is_secretary


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
    if district is None:
        return []
    slug = district.slug
    if works and user is not None and user.is_authenticated:
        entries = [
            ("Mit bord", reverse("desk:desk")),
            ("Møder", reverse("council:meetings", args=[slug])),
            ("Planer", reverse("plan:plans", args=[slug])),
            ("Løfter", reverse("council:commitments", args=[slug])),
            ("Årshjul", reverse("desk:wheel", args=[slug])),
            ("Fora", reverse("council:fora", args=[slug])),
            ("Vejledninger", reverse("guide:guides", args=[slug])),
        ]
        if is_secretary(user, district):
            entries.insert(3, ("Svar", reverse("plan:answers_now", args=[slug])))
    else:
        entries = [
            ("Forside", reverse("public:front", args=[slug])),
            ("Planen", reverse("public:plans", args=[slug])),
            ("Min kommune", reverse("public:municipalities", args=[slug])),
            ("Møder", reverse("public:meetings", args=[slug])),
            ("Hvem kan hjælpe", reverse("public:help", args=[slug])),
            ("Vejledninger", reverse("public:guides", args=[slug])),
        ]
        if user is not None and employed_in(user, district):
            entries = [
                ("Mit bord", reverse("desk:desk")),
                *entries[1:-1],
                ("Vejledninger", reverse("guide:guides", args=[slug])),
            ]
    best = max((url for _, url in entries if request.path.startswith(url)), key=len, default="")
    return [{"title": title, "url": url, "current": url == best} for title, url in entries]
