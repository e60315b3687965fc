"""Pages of the multi-year agreement: its elements, the quarter's question, what was removed, the one that takes over."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.models import Removed
from samraad.council.permissions import works_in
from samraad.look.pages import bin_page, old_act, old_form_page, restore
from samraad.plan import permissions as may
from samraad.plan.actions import agreement as acts
from samraad.plan.forms.agreement import (
    AgreementForm,
    ElementAddForm,
    ElementEditForm,
    ElementForm,
    SuccessorForm,
)
from samraad.plan.models import Agreement, Element


@require_GET
def agreement(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """A multi-year agreement: the frame, its elements and their state."""
    if not works_in(request.user, district):
        raise Http404
    found = get_object_or_404(Agreement.objects.prefetch_related("elements"), pk=pk, district=district)
    return render(
        request,
        "plan/agreement.html",
        {
            "title": found.title,
            "agreement": found,
            "why_not": may.keep_agreement.reason(request.user, district),
            "crumbs": [("Planer", reverse("plan:plans", args=[district.slug]))],
        },
    )


def _find(request: Request, district: Organisation, pk: int) -> Agreement:
    """The agreement, for those who follow it."""
    found = get_object_or_404(Agreement, pk=pk, district=district)
    if not works_in(request.user, district):
        raise Http404
    may.keep_agreement.check(request.user, district)
    return found


def _find_element(request: Request, district: Organisation, pk: int) -> Element:
    """The element, for those who follow its agreement."""
    found = get_object_or_404(
        Element.objects.select_related("agreement__district", "duty"), pk=pk, agreement__district=district
    )
    _find(request, district, found.agreement_id)
    return found


def agreement_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put an agreement's title and years right."""
    found = _find(request, district, pk)
    back = reverse("plan:agreement", args=[district.slug, pk])
    return old_form_page(
        request,
        AgreementForm(
            request.POST or None, initial={name: getattr(found, name) for name in AgreementForm.base_fields}
        ),
        lambda data: acts.correct_agreement(agreement=found, by=request.user, **data),
        title=f"Ret “{found}”",
        done="Rettelsen er gemt.",
        back=back,
        crumbs=[(found.title, back)],
    )


def element_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Add an element to an agreement that runs."""
    found = _find(request, district, pk)
    back = reverse("plan:agreement", args=[district.slug, pk])
    return old_form_page(
        request,
        ElementAddForm(request.POST or None),
        lambda data: acts.add_element(agreement=found, by=request.user, **data),
        title="Nyt element",
        button="Tilføj element",
        done="Elementet står i aftalen.",
        back=back,
        crumbs=[(found.title, back)],
    )


def element_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put an element's words right."""
    found = _find_element(request, district, pk)
    back = reverse("plan:agreement", args=[district.slug, found.agreement_id])
    return old_form_page(
        request,
        ElementEditForm(
            request.POST or None, initial={name: getattr(found, name) for name in ElementEditForm.base_fields}
        ),
        lambda data: acts.correct_element(element=found, by=request.user, **data),
        title=f"Ret “{found}”",
        done="Rettelsen er gemt.",
        back=f"{back}#element-{pk}",
        crumbs=[(found.agreement.title, back)],
    )


@require_POST
def element_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take an element out."""
    found = _find_element(request, district, pk)
    return old_act(
        request,
        lambda: acts.remove_element(element=found, now=clock.now(), by=request.user),
        done="Elementet er fjernet. Det kan sættes på plads fra aftalens papirkurv i 30 dage.",
        back=reverse("plan:agreement", args=[district.slug, found.agreement_id]),
    )


@require_GET
def agreement_bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was taken out of an agreement."""
    found = _find(request, district, pk)
    way = [(found.title, reverse("plan:agreement", args=[district.slug, pk]))]
    return bin_page(
        request, f"agreement:{pk}", title=f"Papirkurv: {found}", restore="plan:agreement_restore", crumbs=way
    )


@require_POST
def agreement_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put an element back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="agreement:")
    found = _find(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=reverse("plan:agreement", args=[district.slug, found.pk]))


def successor(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The agreement that takes over from this one."""
    found = _find(request, district, pk)
    back = reverse("plan:agreement", args=[district.slug, found.pk])
    still = found.elements.exclude(state=Element.State.CLOSED)
    return old_form_page(
        request,
        SuccessorForm(
            request.POST or None,
            elements=still,
            initial={"from_year": found.to_year + 1, "to_year": found.to_year + 3},
        ),
        lambda data: acts.succeed_agreement(
            agreement=found, by=request.user, **{**data, "carry": list(data["carry"])}
        ),
        title="Ny aftale",
        lead=f"Den afløser {found.title}, som stadig kan læses.",
        done="Den nye aftale er lagt ind.",
        back=lambda made: reverse("plan:agreement", args=[district.slug, made.pk]),
        crumbs=[(found.title, back)],
    )


def element(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Is this element current now?"""
    found = _find_element(request, district, pk)
    back = reverse("plan:agreement", args=[district.slug, found.agreement_id])
    return old_form_page(
        request,
        ElementForm(
            request.POST or None, initial={name: getattr(found, name) for name in ElementForm.base_fields}
        ),
        lambda data: acts.ask_element(element=found, on=clock.today(), by=request.user, **data),
        title=found.title,
        lead=f"Tages op, når: {found.take_up_when}." if found.take_up_when else "",
        done="Det er gemt. Et element, der er aktuelt nu, står som forslag til kredsrådets næste møde.",
        back=back,
        crumbs=[(found.agreement.title, back)],
    )
