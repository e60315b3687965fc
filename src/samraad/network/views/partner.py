"""Pages of the register of partners."""

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
from samraad.network.actions.partner import add_partner, correct_partner, remove_partner
from samraad.network.forms import (
    PartnerEditForm,
    PartnerForm,
)
from samraad.network.models import (
    Partner,
    Station,
)


@require_GET
def partners(request: Request, district: Organisation) -> HttpResponse:
    """The register of partners per municipality."""
    if not permissions.works_in(request.user, district):
        raise Http404
    places = Organisation.objects.of_district(district, clock.today())
    return render(
        request,
        "network/partners.html",
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
    return old_form_page(
        request,
        PartnerForm(request.POST or None, municipalities=_some_place(request, district)),
        lambda data: add_partner(by=request.user, **data),
        title="Ny partner",
        done="Partneren står i listen.",
        back=reverse("network:partners", args=[district.slug]),
        crumbs=[("Partnere", reverse("network:partners", args=[district.slug]))],
    )


def _my_places(request: Request, district: Organisation) -> list[int]:
    """The municipalities whose partners the person keeps."""
    places = Organisation.objects.of_district(district, clock.today())
    return [place.pk for place in places if may.keep_partners.allows(request.user, place)]


def _some_place(request: Request, district: Organisation) -> Any:
    """The same, or Denied when there is none."""
    places, mine = Organisation.objects.of_district(district, clock.today()), _my_places(request, district)
    if not mine:
        may.keep_partners.check(request.user, places[0])
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
    may.keep_partners.check(request.user, found.municipality)
    home = reverse("network:partners", args=[district.slug])
    initial = {name: getattr(found, name) for name in PartnerEditForm.base_fields}
    return old_form_page(
        request,
        PartnerEditForm(request.POST or None, initial=initial, municipalities=_some_place(request, district)),
        lambda data: correct_partner(partner=found, by=request.user, **data),
        title=f"Ret “{found}”",
        done="Rettelsen er gemt.",
        back=f"{home}#partner-{found.pk}",
        crumbs=[("Partnere", home)],
    )


@require_POST
def partner_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a partner off the list."""
    found = find_partner(request, district, pk)
    return old_act(
        request,
        lambda: remove_partner(partner=found, district=district, now=clock.now(), by=request.user),
        done=f"{found} er fjernet fra listen og kan sættes på plads fra papirkurven i 30 dage. Nærstationernes kontakter bliver stående.",
        back=reverse("network:partners", args=[district.slug]),
    )


@require_GET
def partners_bin(request: Request, district: Organisation) -> HttpResponse:
    """Partners that were taken off the list."""
    if not permissions.works_in(request.user, district):
        raise Http404
    _some_place(request, district)
    way = [("Partnere", reverse("network:partners", args=[district.slug]))]
    return bin_page(
        request,
        f"partners:{district.pk}",
        title="Papirkurv: partnere",
        restore="network:partner_restore",
        crumbs=way,
    )


@require_POST
def partner_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a partner back."""
    if not permissions.works_in(request.user, district):
        raise Http404
    removed = get_object_or_404(Removed, pk=pk, place=f"partners:{district.pk}")
    return restore(request, removed, back=reverse("network:partners", args=[district.slug]))
