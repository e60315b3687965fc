"""Pages of the multi-year agreement: its elements, the quarter's question, the one that takes over."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.audit.models import Removed
from samraad.council.permissions import works_in
from samraad.look.pages import act, bin_page, button_of, form_page, page_of, restore, trail
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

REMOVED = "Elementet er fjernet. Det kan sættes på plads fra aftalens papirkurv i 30 dage."


def find_agreement(request: Request, district: Organisation, pk: int) -> Agreement:
    """The agreement, for anybody who works in the district."""
    if not works_in(request.user, district):
        raise Http404
    return get_object_or_404(Agreement.objects.select_related("district"), pk=pk, district=district)


def find_element(request: Request, district: Organisation, pk: int) -> Element:
    """The element, for anybody who works in the district."""
    elements = Element.objects.select_related("agreement__district", "duty")
    found = get_object_or_404(elements, pk=pk, agreement__district=district)
    find_agreement(request, district, found.agreement_id)
    return found


@require_GET
@page_of(find_agreement)
def agreement(request: Request, agreement: Agreement) -> HttpResponse:
    """A multi-year agreement: the frame, its elements and their state."""
    context = {
        "title": agreement.title,
        "agreement": agreement,
        "why_not": may.keep_agreement.reason(request.user, agreement.district),
        "crumbs": agreement.above(),
    }
    return render(request, "plan/agreement.html", context)


@page_of(find_agreement, may.keep_agreement, of="district")
def agreement_edit(request: Request, agreement: Agreement) -> HttpResponse:
    """Put an agreement's title and years right."""
    return form_page(
        request,
        AgreementForm,
        acts.correct_agreement,
        agreement=agreement,
        of=agreement,
        back=agreement,
    )


@page_of(find_agreement, may.keep_agreement, of="district")
def element_add(request: Request, agreement: Agreement) -> HttpResponse:
    """Add an element to an agreement that runs."""
    return form_page(request, ElementAddForm, acts.add_element, agreement=agreement, back=agreement)


@page_of(find_element, may.keep_agreement, of="agreement.district")
def element_edit(request: Request, element: Element) -> HttpResponse:
    """Put an element's words right."""
    return form_page(
        request,
        ElementEditForm,
        acts.correct_element,
        element=element,
        of=element,
        back=element.get_absolute_url(),
        crumbs=trail(element.agreement),
    )


@button_of(find_element)
def element_remove(request: Request, element: Element) -> HttpResponse:
    """Take an element out."""
    return act(
        request,
        acts.remove_element,
        element=element,
        now=clock.now(),
        done=REMOVED,
        back=element.agreement,
    )


@require_GET
@page_of(find_agreement, may.keep_agreement, of="district")
def agreement_bin(request: Request, agreement: Agreement) -> HttpResponse:
    """What was taken out of an agreement."""
    return bin_page(
        request,
        f"agreement:{agreement.pk}",
        title=f"Papirkurv: {agreement}",
        restore="plan:agreement_restore",
        crumbs=trail(agreement),
    )


@require_POST
@finds(Removed)
def agreement_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put an element back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="agreement:")
    agreement = find_agreement(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=agreement)


@page_of(find_agreement, may.keep_agreement, of="district")
def successor(request: Request, agreement: Agreement) -> HttpResponse:
    """The agreement that takes over from this one."""
    still = agreement.elements.exclude(state=Element.State.CLOSED)
    return form_page(
        request,
        SuccessorForm,
        acts.succeed_agreement,
        agreement=agreement,
        given={"elements": still},
        initial={"from_year": agreement.to_year + 1, "to_year": agreement.to_year + 3},
        crumbs=trail(agreement),
    )


@page_of(find_element, may.keep_agreement, of="agreement.district")
def element(request: Request, element: Element) -> HttpResponse:
    """Is this element current now?"""
    return form_page(
        request,
        ElementForm,
        acts.ask_element,
        element=element,
        on=clock.today(),
        of=element,
        back=element.agreement,
    )
