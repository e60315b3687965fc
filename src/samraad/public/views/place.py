"""The front page, municipalities, and what stands around them: fora, stations, guides, files."""

from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.council.models import Forum, Seat
from samraad.guide.papers import edition_paper
from samraad.network.models import Station
from samraad.public.queries import pages, released
from samraad.public.queries.cards import numbers as numbers_of
from samraad.public.views.frame import file_of, front_crumb, later, show


@login_not_required
@require_safe
def front(request: HttpRequest, district: Organisation) -> HttpResponse:
    """What was agreed, how it goes."""
    page = later(pages.front_page, district, clock.now(), clock.today())
    return show(request, district, "public/front.html", "Forside", page=page)


@login_not_required
@require_safe
def municipalities(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Choose a municipality."""
    places = later(released.places, district)
    return show(request, district, "public/municipalities.html", "Min kommune", places=places)


@login_not_required
@require_safe
def municipality(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """What is promised here and how it goes, as released."""
    found = released.municipality(district, slug)
    if found is None:
        raise Http404
    choose = ("Min kommune", reverse("public:municipalities", args=[district.slug]))
    crumbs = [front_crumb(district), choose]
    page = later(pages.municipality_page, district, found, clock.now(), clock.today())
    own = later(numbers_of, page, district, clock.now())
    return show(
        request, district, "public/municipality.html", found.short_name, crumbs, page=page, numbers=own
    )


@login_not_required
@require_safe
def help_moved(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Where "Hvem kan hjælpe" stood before it had an answer."""
    return redirect("network:help", district.slug)


@login_not_required
@require_safe
def fora(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Where police and municipalities work together: the fora, what they do, and the contact block."""
    return show(
        request,
        district,
        "public/fora.html",
        "Her arbejder de sammen",
        groups=later(pages.fora_by_kind, district, clock.today()),
        seats=Seat.objects.filter(forum__district=district, forum__kind=Forum.Kind.KREDSRAAD, member=True),
        contacts=district.contact_points.all(),
        stations=Station.objects.filter(district=district),
    )


@login_not_required
@require_safe
def stations(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Nærstationer with opening hours."""
    rows = Station.objects.filter(district=district).select_related("municipality").prefetch_related("hours")
    return show(request, district, "public/stations.html", "Nærstationer", stations=rows)


@login_not_required
@require_safe
def data(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Files and descriptions."""
    rows = released.editions(district, clock.now())
    return show(request, district, "public/data.html", "Hent data", rows=rows)


@login_not_required
@require_safe
def guides(request: HttpRequest, district: Organisation) -> HttpResponse:
    """Guides that anyone may read."""
    rows = later(released.guides, district)
    return show(request, district, "public/guides.html", "Vejledninger", rows=rows)


@login_not_required
@require_safe
def guide(request: HttpRequest, district: Organisation, slug: str) -> HttpResponse:
    """A guide's newest edition."""
    found = released.guide(district, slug)
    if found is None:
        raise Http404
    every = ("Vejledninger", reverse("public:guides", args=[district.slug]))
    crumbs = [front_crumb(district), every]
    return show(request, district, "public/guide.html", found.content["title"], crumbs, edition=found)


@login_not_required
@require_safe
def guide_file(request: HttpRequest, district: Organisation, slug: str, form: str) -> HttpResponse:
    """A guide's newest edition as a file."""
    found = released.guide(district, slug)
    if found is None:
        raise Http404
    return file_of(request, district, partial(edition_paper, found), form)
