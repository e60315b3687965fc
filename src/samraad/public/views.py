"""Pages anyone may read, in HTML."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.look.pages import download
from samraad.network.models import Station
from samraad.plan.edition import difference
from samraad.plan.papers import plan_paper
from samraad.public import queries


@login_not_required
@require_safe
def root(request: HttpRequest) -> HttpResponse:
    """The root leads to the only district, or lets choose."""
    with_council = Organisation.objects.districts().filter(fora__kind=Forum.Kind.KREDSRAAD).distinct()
    if len(with_council) == 1:
        return redirect("public:front", with_council[0].slug)
    return render(request, "public/districts.html", {"title": "Vælg politikreds", "districts": with_council})


@login_not_required
@require_safe
def front(request: HttpRequest, district: Organisation) -> HttpResponse:
    """What was agreed, how it goes."""
    now, today = clock.now(), clock.today()
    edition = queries.newest(district, now)
    context: dict[str, Any] = {"title": "Forside", "edition": edition, "places": queries.places(district)}
    if edition:
        status = queries.commitments_now(edition, today)
        answers = [a for rows in queries.answers_by_area(edition, now).values() for a in rows]
        context |= {
            "areas": queries.whole_areas(edition),
            "promises": len(status),
            "running": sum(row["code"] in ("in_progress", "reported", "done") for row in status.values()),
            "late": sum(row["code"] == "late" for row in status.values()),
            "answered": sum(a["kind"] != "none" for a in answers),
            "asked": len(answers),
        }
    context["meetings"] = queries.coming_meetings(district, today)[:3]
    context["minutes"] = queries.open_meetings(district)[:3]
    return render(request, "public/front.html", context)


@login_not_required
@require_safe
def plans(request: HttpRequest, district: Organisation) -> HttpResponse:
    """All plans and years, with their editions and hashes."""
    rows = queries.editions(district, clock.now())
    return render(request, "public/plans.html", {"title": "Planer", "rows": rows, "newest": rows.first()})


def _crumbs(district: Organisation) -> list[tuple[str, str]]:
    return [
        ("Forside", reverse("public:front", args=[district.slug])),
        ("Planer", reverse("public:plans", args=[district.slug])),
    ]


@login_not_required
@require_safe
def plan(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The plan of a year, its newest edition."""
    edition = queries.newest(district, clock.now(), year)
    if edition is None:
        raise Http404
    return _plan(request, district, edition)


@login_not_required
@require_safe
def plan_docx(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The newest edition of a year's plan as a Word file."""
    edition = queries.newest(district, clock.now(), year)
    if edition is None or edition.withdrawn_because:
        raise Http404
    return download(plan_paper(edition.plan, edition))


@login_not_required
@require_safe
def edition(request: HttpRequest, district: Organisation, year: int, number: int) -> HttpResponse:
    """One edition, with what changed since the one before."""
    rows = queries.editions(district, clock.now()).filter(plan__year=year)
    found = get_object_or_404(rows, number=number)
    before = rows.filter(number=number - 1).first()
    changes = (
        difference(before.content, found.content)
        if before and not (before.withdrawn_because or found.withdrawn_because)
        else []
    )
    return _plan(request, district, found, changes=changes, before=before, single=True)


def _plan(request: HttpRequest, district: Organisation, edition: Any, **extra: Any) -> HttpResponse:
    now, today = clock.now(), clock.today()
    status = queries.commitments_now(edition, today)
    answers = queries.answers_by_area(edition, now)
    every = [a for rows in answers.values() for a in rows]
    return render(
        request,
        "public/plan.html",
        {
            "title": edition.content["title"],
            "edition": edition,
            "content": edition.content,
            "status": status,
            "answers": answers,
            "late": sum(row["code"] == "late" for row in status.values()),
            "running": sum(row["code"] in ("in_progress", "reported", "done") for row in status.values()),
            "answered": sum(a["kind"] != "none" for a in every),
            "asked": len(every),
            "older": queries.editions(district, now).filter(plan=edition.plan).exclude(pk=edition.pk),
            "crumbs": _crumbs(district),
            **extra,
        },
    )


@login_not_required
@require_safe
def area(request: HttpRequest, district: Organisation, year: int, pk: int) -> HttpResponse:
    """One area: what was agreed and what each lokalråd answered."""
    edition = queries.newest(district, clock.now(), year)
    found = next((a for a in edition.content["areas"] if a["id"] == pk), None) if edition else None
    if edition is None or found is None:
        raise Http404
    return render(
        request,
        "public/area.html",
        {
            "title": found["title"],
            "edition": edition,
            "area": found,
            "parts": [a for a in edition.content["areas"] if a["parent"] == pk],
            "answers": queries.answers_by_area(edition, clock.now())[pk],
            "status": queries.commitments_now(edition, clock.today()),
            "crumbs": [
                *_crumbs(district),
                (edition.content["title"], reverse("public:plan", args=[district.slug, year])),
            ],
        },
    )


@login_not_required
@require_safe
def municipalities(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Choose a municipality."""
    return render(
        request, "public/municipalities.html", {"title": "Min kommune", "places": queries.places(district)}
    )


@login_not_required
@require_safe
def municipality(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """What is promised here and how it goes, as released."""
    found = queries.municipality(district, slug)
    if found is None:
        raise Http404
    now = clock.now()
    district_edition = queries.newest(district, now)
    return render(
        request,
        "public/municipality.html",
        {
            "title": found.short_name,
            "organisation": found,
            "edition": queries.action_plan(district, found, now),
            "year": clock.today().year,
            "promises": queries.promises_here(district_edition, found, clock.today())
            if district_edition
            else [],
            "fora": Forum.objects.of_district(district)
            .active(clock.today())
            .filter(municipalities=found)
            .order_by("kind"),
            "stations": Station.objects.filter(district=district, municipality=found).prefetch_related(
                "hours"
            ),
            "places": queries.places(district),
            "crumbs": [
                ("Forside", reverse("public:front", args=[district.slug])),
                ("Min kommune", reverse("public:municipalities", args=[district.slug])),
            ],
        },
    )


@login_not_required
@require_safe
def meetings(request: HttpRequest, district: Organisation) -> HttpResponse:
    """When the kredsråd meets, and the open minutes."""
    return render(
        request,
        "public/meetings.html",
        {
            "title": "Møder",
            "coming": queries.coming_meetings(district, clock.today()),
            "published": queries.open_meetings(district),
        },
    )


@login_not_required
@require_safe
def meeting(request: HttpRequest, district: Organisation, pk: int) -> HttpResponse:
    """The open part of a meeting's minutes."""
    found = get_object_or_404(queries.open_meetings(district), pk=pk)
    return render(
        request,
        "public/meeting.html",
        {
            "title": str(found),
            "meeting": found,
            "items": queries.open_items(found),
            "closed": found.items.filter(closed=True).count(),
            "crumbs": [("Møder", reverse("public:meetings", args=[district.slug]))],
        },
    )


@login_not_required
@require_safe
def help_page(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Whom to call: the fora, what they do, and the contact block."""
    fora = (
        Forum.objects.of_district(district)
        .active(clock.today())
        .exclude(kind__in=[Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD])
    )
    groups: dict[str, list[Forum]] = {}
    for forum in fora.order_by("kind", "name").prefetch_related("municipalities"):
        groups.setdefault(forum.get_kind_display(), []).append(forum)
    return render(
        request,
        "public/help.html",
        {
            "title": "Hvem kan hjælpe",
            "groups": groups,
            "contact": district.contact_points.all(),
            "stations": Station.objects.filter(district=district),
        },
    )


@login_not_required
@require_safe
def stations(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Nærstationer with opening hours."""
    rows = Station.objects.filter(district=district).select_related("municipality").prefetch_related("hours")
    return render(
        request,
        "public/stations.html",
        {"title": "Nærstationer", "stations": rows, "year": clock.today().year},
    )


@login_not_required
@require_safe
def data(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Files and descriptions."""
    return render(
        request, "public/data.html", {"title": "Hent data", "rows": queries.editions(district, clock.now())}
    )


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The duty page /was."""
    return render(request, "public/accessibility.html", {"title": "Tilgængelighed"})


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept about whom."""
    return render(request, "public/privacy.html", {"title": "Privatliv"})


@login_not_required
@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """Which cookies, and why."""
    return render(request, "public/cookies.html", {"title": "Cookies"})


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Is the site up, with its database?"""
    Organisation.objects.exists()
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def guides(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Guides that anyone may read."""
    rows = queries.guides(district)
    return render(request, "public/guides.html", {"title": "Vejledninger", "rows": rows})


@login_not_required
@require_safe
def guide(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """A guide's newest edition."""
    found = next((edition for edition in queries.guides(district) if edition.guide.slug == slug), None)
    if found is None:
        raise Http404
    back = [*_crumbs(district), ("Vejledninger", reverse("public:guides", args=[district.slug]))]
    return render(
        request,
        "public/guide.html",
        {"title": found.content["title"], "edition": found, "content": found.content, "crumbs": back},
    )


@login_not_required
@require_safe
def account(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The politidirektør's released account of a year."""
    found = queries.accounts(district, clock.now()).filter(plan__year=year).first()
    if found is None:
        raise Http404
    return render(
        request,
        "public/account.html",
        {
            "title": found.content["title"],
            "edition": found,
            "content": found.content,
            "crumbs": _crumbs(district),
        },
    )
