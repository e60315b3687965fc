"""Pages anyone may read, in HTML."""

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
from samraad.plan.models import Edition
from samraad.plan.papers import plan_paper
from samraad.public.queries import pages, released

Crumbs = list[tuple[str, str]]


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
    page = pages.front_page(district, clock.now(), clock.today())
    return render(request, "public/front.html", {"title": "Forside", "page": page})


@login_not_required
@require_safe
def plans(request: HttpRequest, district: Organisation) -> HttpResponse:
    """All plans and years, with their editions and hashes."""
    rows = released.editions(district, clock.now())
    return render(request, "public/plans.html", {"title": "Planer", "rows": rows, "newest": rows.first()})


@login_not_required
@require_safe
def plan(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The plan of a year, its newest edition."""
    page = pages.plan_page(_find_edition(district, year), clock.now(), clock.today())
    return _plan(request, district, page)


@login_not_required
@require_safe
def plan_docx(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The newest edition of a year's plan as a Word file."""
    edition = _find_edition(district, year)
    if edition.withdrawn_because:
        raise Http404
    return download(plan_paper(edition.plan, edition))


@login_not_required
@require_safe
def edition(request: HttpRequest, district: Organisation, year: int, number: int) -> HttpResponse:
    """One edition, with what changed since the one before."""
    rows = released.editions(district, clock.now()).filter(plan__year=year)
    found = get_object_or_404(rows, number=number)
    return _plan(request, district, pages.edition_page(found, clock.now(), clock.today()))


def _find_edition(district: Organisation, year: int) -> Edition:
    """The newest public edition of a year's plan, or not found."""
    found = released.newest(district, clock.now(), year)
    if found is None:
        raise Http404
    return found


def _plan(request: HttpRequest, district: Organisation, page: pages.PlanPage) -> HttpResponse:
    context = {"title": page.title, "page": page, "crumbs": _crumbs(district)}
    return render(request, "public/plan.html", context)


def _crumbs(district: Organisation) -> Crumbs:
    """The way down to a plan."""
    return [_front(district), ("Planer", reverse("public:plans", args=[district.slug]))]


def _front(district: Organisation) -> tuple[str, str]:
    return "Forside", reverse("public:front", args=[district.slug])


@login_not_required
@require_safe
def area(request: HttpRequest, district: Organisation, year: int, pk: int) -> HttpResponse:
    """One area: what was agreed and what each lokalråd answered."""
    edition = _find_edition(district, year)
    page = pages.area_page(edition, pk, clock.now(), clock.today())
    if page is None:
        raise Http404
    whole = (edition.content["title"], reverse("public:plan", args=[district.slug, year]))
    context = {"title": page.area["title"], "page": page, "crumbs": [*_crumbs(district), whole]}
    return render(request, "public/area.html", context)


@login_not_required
@require_safe
def municipalities(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Choose a municipality."""
    context = {"title": "Min kommune", "places": released.places(district)}
    return render(request, "public/municipalities.html", context)


@login_not_required
@require_safe
def municipality(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """What is promised here and how it goes, as released."""
    found = released.municipality(district, slug)
    if found is None:
        raise Http404
    page = pages.municipality_page(district, found, clock.now(), clock.today())
    choose = ("Min kommune", reverse("public:municipalities", args=[district.slug]))
    context = {"title": found.short_name, "page": page, "crumbs": [_front(district), choose]}
    return render(request, "public/municipality.html", context)


@login_not_required
@require_safe
def meetings(request: HttpRequest, district: Organisation) -> HttpResponse:
    """When the kredsråd meets, and the open minutes."""
    context = {
        "title": "Møder",
        "coming": released.coming_meetings(district, clock.today()),
        "published": released.open_meetings(district),
    }
    return render(request, "public/meetings.html", context)


@login_not_required
@require_safe
def meeting(request: HttpRequest, district: Organisation, pk: int) -> HttpResponse:
    """The open part of a meeting's minutes."""
    found = get_object_or_404(released.open_meetings(district), pk=pk)
    crumbs = [("Møder", reverse("public:meetings", args=[district.slug]))]
    context = {"title": str(found), "page": pages.minutes_page(found), "crumbs": crumbs}
    return render(request, "public/meeting.html", context)


@login_not_required
@require_safe
def help_page(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Whom to call: the fora, what they do, and the contact block."""
    context = {
        "title": "Hvem kan hjælpe",
        "groups": pages.fora_by_kind(district, clock.today()),
        "contacts": district.contact_points.all(),
        "stations": Station.objects.filter(district=district),
    }
    return render(request, "public/help.html", context)


@login_not_required
@require_safe
def stations(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Nærstationer with opening hours."""
    rows = Station.objects.filter(district=district).select_related("municipality").prefetch_related("hours")
    return render(request, "public/stations.html", {"title": "Nærstationer", "stations": rows})


@login_not_required
@require_safe
def data(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Files and descriptions."""
    rows = released.editions(district, clock.now())
    return render(request, "public/data.html", {"title": "Hent data", "rows": rows})


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
    context = {"title": "Vejledninger", "rows": released.guides(district)}
    return render(request, "public/guides.html", context)


@login_not_required
@require_safe
def guide(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """A guide's newest edition."""
    found = released.guide(district, slug)
    if found is None:
        raise Http404
    every = ("Vejledninger", reverse("public:guides", args=[district.slug]))
    context = {"title": found.content["title"], "edition": found, "crumbs": [_front(district), every]}
    return render(request, "public/guide.html", context)


@login_not_required
@require_safe
def account(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The politidirektør's released account of a year."""
    found = released.accounts(district, clock.now()).filter(plan__year=year).first()
    if found is None:
        raise Http404
    context = {"title": found.content["title"], "edition": found, "crumbs": _crumbs(district)}
    return render(request, "public/account.html", context)
