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
from samraad.council.forms.network import (
    AdviceEditForm,
    AdviceForm,
    ContactEditForm,
    CountForm,
    EventEditForm,
    EventForm,
    PactEditForm,
    PactForm,
    PartnerEditForm,
    PartnerForm,
    TouchForm,
)
from samraad.council.models import Advice, LocalEvent, Pact, Partner, Station, StationContact
from samraad.council.views.forum import crumbs, find_forum, url_of
from samraad.look.pages import act, bin_page, form_page, restore

# The word in the address -> (model, form, title, what is said when it is done)
ENTRIES: dict[str, tuple[type[Any], type[Any], str, str]] = {
    "aftale": (Pact, PactForm, "Ny aftale", "Aftalen er skrevet ind."),
    "begivenhed": (LocalEvent, EventForm, "Ny begivenhed", "Begivenheden står i kalenderen."),
    "raadgivning": (Advice, AdviceForm, "Rådgivning, der er givet", "Rådgivningen er skrevet ind."),
}

EDITED = {"aftale": PactEditForm, "begivenhed": EventEditForm, "raadgivning": AdviceEditForm}
REMOVED = "Fjernet. Den kan sættes på plads fra papirkurven i 30 dage."


def _choices(form: type[Any], district: Organisation) -> dict[str, Any]:
    return (
        {"municipalities": Organisation.objects.of_district(district, clock.today())}
        if issubclass(form, AdviceForm)
        else {}
    )


def enter(request: Request, district: Organisation, pk: int, what: str) -> HttpResponse:
    """Enter an agreement, an event or advice."""
    found = find_forum(request, district, pk)
    if what not in ENTRIES:
        raise Http404
    permissions.keep_network.check(request.user, found)
    model, form, title, done = ENTRIES[what]
    return form_page(
        request,
        form(request.POST or None, **_choices(form, district)),
        lambda data: acts.enter(kind=model, forum=found, by=request.user, **data),
        title=title,
        done=done,
        back=url_of(found) + "#omkring",
        crumbs=crumbs(found),
    )


def edit(request: Request, district: Organisation, what: str, pk: int) -> HttpResponse:
    """Put an entry right."""
    if what not in ENTRIES:
        raise Http404
    thing = get_object_or_404(ENTRIES[what][0].objects.select_related("forum__district"), pk=pk)
    found = find_forum(request, district, thing.forum_id)
    permissions.keep_network.check(request.user, found)
    form = EDITED[what]
    return form_page(
        request,
        form(
            request.POST or None,
            initial={name: getattr(thing, name) for name in form.base_fields},
            **_choices(form, district),
        ),
        lambda data: acts.correct(thing=thing, by=request.user, **data),
        title=f"Ret “{thing}”",
        done="Rettelsen er gemt.",
        back=f"{url_of(found)}#{thing._meta.model_name}-{thing.pk}",
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
        done=REMOVED,
        back=url_of(found) + "#omkring",
    )


@require_GET
def bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was removed from a forum."""
    found = find_forum(request, district, pk)
    permissions.keep_network.check(request.user, found)
    return bin_page(
        request,
        f"forum:{found.pk}",
        title=f"Papirkurv: {found}",
        restore="council:bin_restore",
        crumbs=crumbs(found),
    )


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
            "mine": _my_places(request, district),
            "stations": Station.objects.filter(district=district),
        },
    )


def partner_add(request: Request, district: Organisation) -> HttpResponse:
    """Register a partner."""
    if not permissions.works_in(request.user, district):
        raise Http404
    return form_page(
        request,
        PartnerForm(request.POST or None, municipalities=_some_place(request, district)),
        lambda data: acts.add_partner(by=request.user, **data),
        title="Ny partner",
        done="Partneren står i listen.",
        back=reverse("council:partners", args=[district.slug]),
        crumbs=[("Partnere", reverse("council:partners", args=[district.slug]))],
    )


def _my_places(request: Request, district: Organisation) -> list[int]:
    """The municipalities whose partners the person keeps."""
    places = Organisation.objects.of_district(district, clock.today())
    return [place.pk for place in places if permissions.keep_partners.allows(request.user, place)]


def _some_place(request: Request, district: Organisation) -> Any:
    """The same, or Denied when there is none."""
    places, mine = Organisation.objects.of_district(district, clock.today()), _my_places(request, district)
    if not mine:
        permissions.keep_partners.check(request.user, places[0])
    return places.filter(pk__in=mine)


def find_partner(request: Request, district: Organisation, pk: int) -> Partner:
    """A partner in the district, for those who work in it."""
    if not permissions.works_in(request.user, district):
        raise Http404
    places = Organisation.objects.of_district(district, clock.today())
    return get_object_or_404(Partner.objects.select_related("municipality"), pk=pk, municipality__in=places)


def partner_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a partner right."""
    found = find_partner(request, district, pk)
    permissions.keep_partners.check(request.user, found.municipality)
    home = reverse("council:partners", args=[district.slug])
    initial = {name: getattr(found, name) for name in PartnerEditForm.base_fields}
    return form_page(
        request,
        PartnerEditForm(request.POST or None, initial=initial, municipalities=_some_place(request, district)),
        lambda data: acts.correct_partner(partner=found, by=request.user, **data),
        title=f"Ret “{found}”",
        done="Rettelsen er gemt.",
        back=f"{home}#partner-{found.pk}",
        crumbs=[("Partnere", home)],
    )


@require_POST
def partner_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a partner off the list."""
    found = find_partner(request, district, pk)
    return act(
        request,
        lambda: acts.remove_partner(partner=found, district=district, now=clock.now(), by=request.user),
        done=f"{found} er fjernet fra listen og kan sættes på plads fra papirkurven i 30 dage. Nærstationernes kontakter bliver stående.",
        back=reverse("council:partners", args=[district.slug]),
    )


@require_GET
def partners_bin(request: Request, district: Organisation) -> HttpResponse:
    """Partners that were taken off the list."""
    if not permissions.works_in(request.user, district):
        raise Http404
    _some_place(request, district)
    way = [("Partnere", reverse("council:partners", args=[district.slug]))]
    return bin_page(
        request,
        f"partners:{district.pk}",
        title="Papirkurv: partnere",
        restore="council:partner_restore",
        crumbs=way,
    )


@require_POST
def partner_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a partner back."""
    if not permissions.works_in(request.user, district):
        raise Http404
    removed = get_object_or_404(Removed, pk=pk, place=f"partners:{district.pk}")
    return restore(request, removed, back=reverse("council:partners", args=[district.slug]))


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


def find_contact(request: Request, district: Organisation, pk: int) -> StationContact:
    """A contact of a station in the district, for those who work in it."""
    if not permissions.works_in(request.user, district):
        raise Http404
    contacts = StationContact.objects.select_related("station__district", "station__municipality", "partner")
    return get_object_or_404(contacts, pk=pk, station__district=district)


def contact_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a contact right; what it said stays beside it."""
    found = find_contact(request, district, pk)
    permissions.keep_station.check(request.user, found.station)
    home = reverse("council:station", args=[district.slug, found.station_id])
    return form_page(
        request,
        ContactEditForm(
            request.POST or None,
            initial={name: getattr(found, name) for name in ContactEditForm.base_fields},
            partners=Partner.objects.filter(municipality=found.station.municipality),
            gone="" if found.partner else found.partner_name,
        ),
        lambda data: acts.correct_contact(contact=found, now=clock.now(), by=request.user, **data),
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
    return act(
        request,
        lambda: acts.remove_contact(contact=found, now=clock.now(), by=request.user),
        done=REMOVED,
        back=reverse("council:station", args=[district.slug, found.station_id]),
    )


@require_GET
def station_bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was removed from a station."""
    found = find_station(request, district, pk)
    permissions.keep_station.check(request.user, found)
    way = [(str(found), reverse("council:station", args=[district.slug, pk]))]
    return bin_page(
        request, f"station:{pk}", title=f"Papirkurv: {found}", restore="council:station_restore", crumbs=way
    )


@require_POST
def station_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a contact back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="station:")
    found = find_station(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=reverse("council:station", args=[district.slug, found.pk]))


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
