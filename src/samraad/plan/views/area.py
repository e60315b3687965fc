"""Pages of the focus areas of a plan, and of the commitments under them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.look.pages import ToMade, act, button_of, form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import plan as acts
from samraad.plan.forms.area import AreaCommitmentForm, AreaEditForm, AreaForm
from samraad.plan.models import FocusArea, Plan
from samraad.plan.queries.plan import area_choices, commitment_choices
from samraad.plan.views.plan import find_plan


def find_area(request: Request, district: Organisation, pk: int) -> FocusArea:
    """The area, if its plan is mine to see."""
    area = get_object_or_404(FocusArea.objects.select_related("plan__forum__district", "parent"), pk=pk)
    find_plan(request, district, area.plan_id)
    return area


@page_of(find_plan, may.write)
def area_add(request: Request, plan: Plan) -> HttpResponse:
    """Add a focus area."""
    return form_page(
        request,
        AreaForm,
        acts.add_area,
        plan=plan,
        given=area_choices(plan),
        back=ToMade(plan),
    )


@page_of(find_area, may.write, of="plan")
def area_edit(request: Request, area: FocusArea) -> HttpResponse:
    """Write a focus area and say who shall answer."""
    return form_page(
        request,
        AreaEditForm,
        acts.edit_area,
        area=area,
        of=area,
        given=area_choices(area.plan, but=area),
        back=area.get_absolute_url(),
        crumbs=trail(area.plan),
    )


@button_of(find_area)
def area_remove(request: Request, area: FocusArea) -> HttpResponse:
    """Take an area out."""
    done, undo = "Området er fjernet.", "plan:bin_restore"
    return act(request, acts.remove_area, area=area, done=done, back=area.plan, undo=undo)


@page_of(find_area, may.write, of="plan")
def area_commitment(request: Request, area: FocusArea) -> HttpResponse:
    """Write down what is promised in an area, or tie a commitment to it."""
    return form_page(
        request,
        AreaCommitmentForm,
        acts.commit,
        area=area,
        given=commitment_choices(area),
        back=area.get_absolute_url(),
        crumbs=trail(area.plan),
    )
