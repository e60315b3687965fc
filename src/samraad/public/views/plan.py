"""Public pages of plans: editions, areas, accounts, their files."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.plan.models import Edition, FocusArea
from samraad.plan.papers import plan_paper
from samraad.public.queries import pages, released
from samraad.public.views.frame import Crumbs, file_of, front_crumb, later, show


@login_not_required
@require_safe
def plans(request: HttpRequest, district: Organisation) -> HttpResponse:
    """All plans and years, with their editions and hashes."""
    rows = released.editions(district, clock.now())
    return show(request, district, "public/plans.html", "Planer", rows=rows, newest=later(rows.first))


@login_not_required
@require_safe
def plan(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The plan of a year, its newest edition."""
    edition = _find_edition(district, year)
    page = later(pages.plan_page, edition, clock.now(), clock.today())
    return _plan(request, district, edition, page)


@login_not_required
@require_safe
def plan_file(request: HttpRequest, district: Organisation, year: int, form: str) -> HttpResponse:
    """The newest edition of a year's plan as a file."""
    edition = _find_edition(district, year)
    if edition.withdrawn_because:
        raise Http404
    return file_of(request, district, partial(plan_paper, edition.plan, edition), form)


@login_not_required
@require_safe
def edition(request: HttpRequest, district: Organisation, year: int, number: int) -> HttpResponse:
    """One edition, with what changed since the one before."""
    rows = released.editions(district, clock.now()).filter(plan__year=year)
    found = get_object_or_404(rows, number=number)
    page = later(pages.edition_page, found, clock.now(), clock.today())
    return _plan(request, district, found, page)


def _find_edition(district: Organisation, year: int) -> Edition:
    """The newest public edition of a year's plan, or not found."""
    found = released.newest(district, clock.now(), year)
    if found is None:
        raise Http404
    return found


def _plan(
    request: HttpRequest, district: Organisation, edition: Edition, page: pages.PlanPage
) -> HttpResponse:
    title = edition.content["title"]
    return show(request, district, "public/plan.html", title, crumbs=_crumbs(district), page=page)


def _crumbs(district: Organisation) -> Crumbs:
    """The way down to a plan."""
    return [front_crumb(district), ("Planer", reverse("public:plans", args=[district.slug]))]


@login_not_required
@require_safe
@finds(FocusArea)
def area(request: HttpRequest, district: Organisation, year: int, pk: int) -> HttpResponse:
    """One area: what was agreed and what each lokalråd answered."""
    edition = _find_edition(district, year)
    found = pages.area_of(edition, pk)
    if found is None:
        raise Http404
    whole = (edition.content["title"], reverse("public:plan", args=[district.slug, year]))
    crumbs = [*_crumbs(district), whole]
    page = later(pages.area_page, edition, found, clock.now(), clock.today())
    return show(request, district, "public/area.html", found["title"], crumbs, page=page)


@login_not_required
@require_safe
def account(request: HttpRequest, district: Organisation, year: int) -> HttpResponse:
    """The politidirektør's released account of a year."""
    found = released.accounts(district, clock.now()).filter(plan__year=year).first()
    if found is None:
        raise Http404
    title, crumbs = found.content["title"], _crumbs(district)
    return show(request, district, "public/account.html", title, crumbs, edition=found)
