"""Pages of the register of partners."""

from django.db.models import QuerySet
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
from samraad.look.pages import act, bin_page, form_page, restore
from samraad.network import permissions as may
from samraad.network.actions import partner as acts
from samraad.network.forms.register import PartnerEditForm, PartnerForm
from samraad.network.models import Partner, Station


def find_partner(request: Request, district: Organisation, pk: int) -> Partner:
    """A partner in the district, for those who work in it."""
    _only_those_at_work(request, district)
    places = Organisation.objects.of_district(district, clock.today())
    return get_object_or_404(Partner.objects.select_related("municipality"), pk=pk, municipality__in=places)


def _only_those_at_work(request: Request, district: Organisation) -> None:
    if not works_in(request.user, district):
        raise Http404


def partners_of(district: Organisation) -> str:
    """The address of the register."""
    return reverse("network:partners", args=[district.slug])


def _my_places(request: Request, district: Organisation) -> list[int]:
    """The municipalities whose partners the person keeps."""
    places = Organisation.objects.of_district(district, clock.today())
    return [place.pk for place in places if may.keep_partners.allows(request.user, place)]


def _some_place(request: Request, district: Organisation) -> QuerySet[Organisation]:
    """The same, or Denied when there is none."""
    places, mine = Organisation.objects.of_district(district, clock.today()), _my_places(request, district)
    if not mine:
        may.keep_partners.check(request.user, places[0])
    return places.filter(pk__in=mine)


@require_GET
def partners(request: Request, district: Organisation) -> HttpResponse:
    """The register of partners per municipality."""
    _only_those_at_work(request, district)
    places = Organisation.objects.of_district(district, clock.today())
    context = {
        "title": "Partnere",
        "places": places.prefetch_related("partners"),
        "mine": _my_places(request, district),
        "stations": Station.objects.filter(district=district).select_related("district"),
    }
    return render(request, "network/partners.html", context)


def partner_add(request: Request, district: Organisation) -> HttpResponse:
    """Register a partner."""
    _only_those_at_work(request, district)
    register = partners_of(district)
    return form_page(
        request,
        PartnerForm,
        acts.add_partner,
        given={"municipalities": _some_place(request, district)},
        back=register,
        crumbs=[("Partnere", register)],
    )


@finds(Partner)
def partner_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a partner right."""
    partner = find_partner(request, district, pk)
    may.keep_partners.check(request.user, partner.municipality)
    register = partners_of(district)
    return form_page(
        request,
        PartnerEditForm,
        acts.correct_partner,
        partner=partner,
        of=partner,
        given={"municipalities": _some_place(request, district)},
        back=f"{register}#partner-{partner.pk}",
        crumbs=[("Partnere", register)],
    )


@require_POST
@finds(Partner)
def partner_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a partner off the list."""
    partner = find_partner(request, district, pk)
    return act(
        request,
        acts.remove_partner,
        partner=partner,
        district=district,
        now=clock.now(),
        done="{partner} er fjernet fra listen og kan sættes på plads fra papirkurven i 30 dage. "
        "Nærstationernes kontakter bliver stående.",
        back=partners_of(district),
    )


@require_GET
def partners_bin(request: Request, district: Organisation) -> HttpResponse:
    """Partners that were taken off the list."""
    _only_those_at_work(request, district)
    _some_place(request, district)
    place, title = f"partners:{district.pk}", "Papirkurv: partnere"
    crumbs = [("Partnere", partners_of(district))]
    return bin_page(request, place, title=title, restore="network:partner_restore", crumbs=crumbs)


@require_POST
@finds(Removed)
def partner_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a partner back."""
    _only_those_at_work(request, district)
    removed = get_object_or_404(Removed, pk=pk, place=f"partners:{district.pk}")
    return restore(request, removed, back=partners_of(district))
