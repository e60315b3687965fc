"""Pages of a station: its contacts, its monthly counts, its hours."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.models import Removed
from samraad.council import permissions
from samraad.look.pages import bin_page, old_act, old_form_page, restore
from samraad.network import permissions as may
from samraad.network.actions.station import correct_contact, count, remove_contact, set_hours, touch
from samraad.network.forms import (
    ContactEditForm,
    CountForm,
    HoursForm,
    TouchForm,
)
from samraad.network.models import (
    Partner,
    Station,
    StationContact,
)
from samraad.network.queries import contacts
from samraad.network.views.around import REMOVED


def find_station(request: Request, district: Organisation, pk: int) -> Station:
    """A station of the district, for those who work in it."""
    if not permissions.works_in(request.user, district):
        raise Http404
    return get_object_or_404(
        Station.objects.select_related("district", "municipality"), pk=pk, district=district
    )


@require_GET
def station(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """A station's contacts and monthly counts."""
    found = find_station(request, district, pk)
    counts = list(found.counts.all())
    return render(
        request,
        "network/station.html",
        {
            "title": str(found),
            "station": found,
            "contacts": contacts(found),
            "counts": counts,
            "baseline": counts[0] if counts else None,
            "why_not": may.keep_station.reason(request.user, found),
            "crumbs": [("Partnere", reverse("network:partners", args=[district.slug]))],
        },
    )


def station_touch(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write down a contact."""
    found = find_station(request, district, pk)
    may.keep_station.check(request.user, found)
    return old_form_page(
        request,
        TouchForm(request.POST or None, partners=Partner.objects.filter(municipality=found.municipality)),
        lambda data: touch(station=found, by=request.user, **data),
        title=f"{found}: kontakt med en partner",
        done="Kontakten er skrevet ind.",
        back=reverse("network:station", args=[district.slug, pk]),
    )


def find_contact(request: Request, district: Organisation, pk: int) -> StationContact:
    """A contact of a station in the district, for those who work in it."""
    if not permissions.works_in(request.user, district):
        raise Http404
    contacts = StationContact.objects.select_related("station__district", "station__municipality", "partner")
    return get_object_or_404(contacts, pk=pk, station__district=district)


def contact_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a contact right; what it said stays beside it."""
    found = find_contact(request, district, pk)
    may.keep_station.check(request.user, found.station)
    home = reverse("network:station", args=[district.slug, found.station_id])
    return old_form_page(
        request,
        ContactEditForm(
            request.POST or None,
            initial={name: getattr(found, name) for name in ContactEditForm.base_fields},
            partners=Partner.objects.filter(municipality=found.station.municipality),
            gone="" if found.partner else found.partner_name,
        ),
        lambda data: correct_contact(contact=found, now=clock.now(), by=request.user, **data),
        title=f"Ret kontakten med {found}",
        lead="Det, der stod før, kan stadig læses ved siden af. Står der noget om en person, så fjern kontakten, og skriv den ind igen.",
        done="Rettelsen er gemt. Det, der stod før, kan stadig læses.",
        back=home,
        crumbs=[(str(found.station), home)],
    )


@require_POST
def contact_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a contact away."""
    found = find_contact(request, district, pk)
    return old_act(
        request,
        lambda: remove_contact(contact=found, now=clock.now(), by=request.user),
        done=REMOVED,
        back=reverse("network:station", args=[district.slug, found.station_id]),
    )


@require_GET
def station_bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was removed from a station."""
    found = find_station(request, district, pk)
    may.keep_station.check(request.user, found)
    way = [(str(found), reverse("network:station", args=[district.slug, pk]))]
    return bin_page(
        request, f"station:{pk}", title=f"Papirkurv: {found}", restore="network:station_restore", crumbs=way
    )


@require_POST
def station_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a contact back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="station:")
    found = find_station(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=reverse("network:station", args=[district.slug, found.pk]))


def station_count(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Type in a month."""
    found = find_station(request, district, pk)
    may.keep_station.check(request.user, found)
    return old_form_page(
        request,
        CountForm(request.POST or None),
        lambda data: count(station=found, by=request.user, **data),
        title=f"{found}: månedens henvendelser",
        done="Tallet er gemt.",
        back=reverse("network:station", args=[district.slug, pk]),
    )


def station_hours(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Keep a station's opening hours."""
    station = get_object_or_404(
        Station.objects.select_related("district", "municipality"), pk=pk, district=district
    )
    if not permissions.works_in(request.user, district):
        raise Http404
    may.keep_station.check(request.user, station)
    initial: dict[str, Any] = {
        "phone": station.phone,
        "officers": station.officers,
        "version": station.version,
    }
    for row in station.hours.all():
        initial[f"opens_{row.weekday}"], initial[f"closes_{row.weekday}"] = row.opens, row.closes
    return old_form_page(
        request,
        HoursForm(request.POST or None, initial=initial),
        lambda data: set_hours(
            station=station,
            hours=data["hours"],
            on=clock.today(),
            version=data["version"],
            by=request.user,
            phone=data["phone"],
            officers=data["officers"],
        ),
        title=f"Åbningstider: {station}",
        lead="Borgerne ser tiderne med det samme, og hvornår de er bekræftet.",
        button="Bekræft tiderne",
        done="Tiderne er bekræftet og offentlige.",
        back=reverse("public:stations", args=[district.slug]),
    )
