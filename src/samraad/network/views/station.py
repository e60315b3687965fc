"""Pages of a station: its contacts, its monthly counts, its hours."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.audit.models import Removed
from samraad.council.permissions import works_in
from samraad.look.pages import act, bin_page, button_of, form_page, page_of, restore
from samraad.network import permissions as may
from samraad.network.actions import station as acts
from samraad.network.forms.register import ContactEditForm, CountForm, HoursForm, TouchForm
from samraad.network.models import Partner, Station, StationContact
from samraad.network.queries.register import contacts


def find_station(request: Request, district: Organisation, pk: int) -> Station:
    """A station of the district, for those who work in it."""
    if not works_in(request.user, district):
        raise Http404
    stations = Station.objects.select_related("district", "municipality")
    return get_object_or_404(stations, pk=pk, district=district)


def find_contact(request: Request, district: Organisation, pk: int) -> StationContact:
    """A contact of a station in the district, for those who work in it."""
    if not works_in(request.user, district):
        raise Http404
    found = StationContact.objects.select_related("station__district", "station__municipality", "partner")
    return get_object_or_404(found, pk=pk, station__district=district)


@require_GET
@page_of(find_station)
def station(request: Request, station: Station) -> HttpResponse:
    """A station's contacts and monthly counts."""
    counts = list(station.counts.all())
    context = {
        "title": str(station),
        "station": station,
        "contacts": contacts(station),
        "counts": counts,
        "baseline": next(iter(counts), None),
        "why_not": may.keep_station.reason(request.user, station),
        "crumbs": station.above(),
    }
    return render(request, "network/station.html", context)


@page_of(find_station, may.keep_station)
def station_touch(request: Request, station: Station) -> HttpResponse:
    """Write down a contact."""
    given = {"partners": Partner.objects.filter(municipality=station.municipality)}
    return form_page(request, TouchForm, acts.touch, station=station, given=given, back=station, crumbs=[])


@page_of(find_contact, may.keep_station, of="station")
def contact_edit(request: Request, contact: StationContact) -> HttpResponse:
    """Put a contact right; what it said stays beside it."""
    station = contact.station
    partners = Partner.objects.filter(municipality=station.municipality)
    return form_page(
        request,
        ContactEditForm,
        acts.correct_contact,
        contact=contact,
        now=clock.now(),
        of=contact,
        given={"partners": partners, "gone": contact.gone},
        back=station,
        crumbs=[(str(station), station.get_absolute_url())],
    )


@button_of(find_contact)
def contact_remove(request: Request, contact: StationContact) -> HttpResponse:
    """Take a contact away."""
    return act(
        request,
        acts.remove_contact,
        contact=contact,
        now=clock.now(),
        done="Fjernet. Den kan sættes på plads fra papirkurven i 30 dage.",
        back=contact.station,
    )


@require_GET
@page_of(find_station, may.keep_station)
def station_bin(request: Request, station: Station) -> HttpResponse:
    """What was removed from a station."""
    place, title = f"station:{station.pk}", f"Papirkurv: {station}"
    crumbs = [(str(station), station.get_absolute_url())]
    return bin_page(request, place, title=title, restore="network:station_restore", crumbs=crumbs)


@require_POST
@finds(Removed)
def station_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a contact back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="station:")
    station = find_station(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=station)


@page_of(find_station, may.keep_station)
def station_count(request: Request, station: Station) -> HttpResponse:
    """Type in a month."""
    return form_page(request, CountForm, acts.count, station=station, back=station, crumbs=[])


@page_of(find_station, may.keep_station)
def station_hours(request: Request, station: Station) -> HttpResponse:
    """Keep a station's opening hours; then see them as citizens do."""
    citizens_see = reverse("public:stations", args=[station.district.slug])
    return form_page(
        request, HoursForm, acts.set_hours, station=station, on=clock.today(), of=station, back=citizens_see
    )
