"""Pages around the fora: agreements, events, advice, partners, a station's contacts, the bin."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.models import Removed
from samraad.council import permissions, queries
from samraad.council.actions import network as acts
from samraad.council.forms.network import AdviceForm, CountForm, EventForm, PactForm, PartnerForm, TouchForm
from samraad.council.models import Advice, LocalEvent, Pact, Partner, Station
from samraad.council.views.forum import crumbs, find_forum, url_of
from samraad.pages import act, bin_page, form_page, restore

# The word in the address -> (model, form, title, what is said when it is done)
ENTRIES: dict[str, tuple[type[Any], type[Any], str, str]] = {
    "aftale": (Pact, PactForm, "Ny aftale", "Aftalen er skrevet ind."),
    "begivenhed": (LocalEvent, EventForm, "Ny begivenhed", "Begivenheden står i kalenderen."),
    "raadgivning": (Advice, AdviceForm, "Rådgivning, der er givet", "Rådgivningen er skrevet ind."),
}


def enter(request: Request, district: Organisation, pk: int, what: str) -> HttpResponse:
    """Enter an agreement, an event or advice."""
    found = find_forum(request, district, pk)
    if what not in ENTRIES:
        raise Http404
    permissions.keep_network.check(request.user, found)
    model, form, title, done = ENTRIES[what]
    extra = {"municipalities": Organisation.objects.of_district(district, clock.today())} if form is AdviceForm else {}
    return form_page(
        request,
        form(request.POST or None, **extra),
        lambda data: acts.enter(kind=model, forum=found, by=request.user, **data),
        title=title,
        done=done,
        back=url_of(found) + "#omkring",
        crumbs=crumbs(found),
    )


@require_POST
def remove(request: Request, district: Organisation, what: str, pk: int) -> HttpResponse:
    """Take an entry away."""
    if what not in ENTRIES:
        raise Http404
    thing = get_object_or_404(ENTRIES[what][0].objects.select_related("forum"), pk=pk)
    found = find_forum(request, district, thing.forum_id)
    return act(
        request,
        lambda: acts.remove(thing=thing, now=clock.now(), by=request.user),
        done="Fjernet. Den kan sættes på plads fra papirkurven i 30 dage.",
        back=url_of(found) + "#omkring",
    )


@require_GET
def bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was removed from a forum."""
    found = find_forum(request, district, pk)
    permissions.keep_network.check(request.user, found)
    return bin_page(request, f"forum:{found.pk}", title=f"Papirkurv: {found}", restore="council:bin_restore", crumbs=crumbs(found))


@require_POST
def bin_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put something of a forum back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="forum:")
    found = find_forum(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=url_of(found))


@require_GET
def partners(request: Request, district: Organisation) -> HttpResponse:
    """The register of partners per municipality."""
    if not permissions.works_in(request.user, district):
        raise Http404
    places = Organisation.objects.of_district(district, clock.today())
    return render(
        request,
        "council/partners.html",
        {
            "title": "Partnere",
            "places": places.prefetch_related("partners"),
            "may_add": any(permissions.keep_partners.allows(request.user, place) for place in places),
            "stations": Station.objects.filter(district=district),
        },
    )


def partner_add(request: Request, district: Organisation) -> HttpResponse:
    """Register a partner."""
    if not permissions.works_in(request.user, district):
        raise Http404
    places = Organisation.objects.of_district(district, clock.today())
    mine = [place.pk for place in places if permissions.keep_partners.allows(request.user, place)]
    if not mine:
        permissions.keep_partners.check(request.user, places[0])
    return form_page(
        request,
        PartnerForm(request.POST or None, municipalities=places.filter(pk__in=mine)),
        lambda data: acts.add_partner(by=request.user, **data),
        title="Ny partner",
        done="Partneren står i listen.",
        back=reverse("council:partners", args=[district.slug]),
        crumbs=[("Partnere", reverse("council:partners", args=[district.slug]))],
    )


def find_station(request: Request, district: Organisation, pk: int) -> Station:
    """A station of the district, for those who work in it."""
    if not permissions.works_in(request.user, district):
        raise Http404
    return get_object_or_404(Station.objects.select_related("district", "municipality"), pk=pk, district=district)


@require_GET
def station(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """A station's contacts and monthly counts."""
    found = find_station(request, district, pk)
    counts = list(found.counts.all())
    return render(
        request,
        "council/station.html",
        {
            "title": str(found),
            "station": found,
            "contacts": queries.contacts(found),
            "counts": counts,
            "baseline": counts[0] if counts else None,
            "why_not": permissions.keep_station.reason(request.user, found),
            "crumbs": [("Partnere", reverse("council:partners", args=[district.slug]))],
        },
    )


def station_touch(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write down a contact."""
    found = find_station(request, district, pk)
    permissions.keep_station.check(request.user, found)
    return form_page(
        request,
        TouchForm(request.POST or None, partners=Partner.objects.filter(municipality=found.municipality)),
        lambda data: acts.touch(station=found, by=request.user, **data),
        title=f"{found}: kontakt med en partner",
        done="Kontakten er skrevet ind.",
        back=reverse("council:station", args=[district.slug, pk]),
    )


def station_count(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Type in a month."""
    found = find_station(request, district, pk)
    permissions.keep_station.check(request.user, found)
    return form_page(
        request,
        CountForm(request.POST or None),
        lambda data: acts.count(station=found, by=request.user, **data),
        title=f"{found}: månedens henvendelser",
        done="Tallet er gemt.",
        back=reverse("council:station", args=[district.slug, pk]),
    )
