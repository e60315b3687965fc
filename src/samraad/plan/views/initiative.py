"""Pages of initiatives: added, written, removed, from idea to spread or stopped, adopted from elsewhere."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.look.pages import act, button_of, form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import initiative as acts
from samraad.plan.actions.copying import adopt as adopt_released
from samraad.plan.forms.initiative import InitiativeEditForm, InitiativeForm, StageForm
from samraad.plan.models import Initiative, Plan
from samraad.plan.queries import Released, ideas_for
from samraad.plan.queries.plan import initiative_choices
from samraad.plan.states import INITIATIVE
from samraad.plan.views.plan import find_plan


def find_initiative(request: Request, district: Organisation, pk: int) -> Initiative:
    """The initiative, if its plan is mine to see."""
    found = get_object_or_404(
        Initiative.objects.select_related("plan__forum__district", "area", "adopted_from__plan__forum"), pk=pk
    )
    find_plan(request, district, found.plan_id)
    return found


@page_of(find_plan, may.keep_initiatives)
def initiative_add(request: Request, plan: Plan) -> HttpResponse:
    """Add an initiative."""
    return form_page(
        request,
        InitiativeForm,
        acts.add_initiative,
        plan=plan,
        given=initiative_choices(plan),
        back=f"{plan.get_absolute_url()}#indsatser",
        crumbs=trail(plan),
    )


@page_of(find_initiative, may.keep_initiatives, of="plan")
def initiative_edit(request: Request, initiative: Initiative) -> HttpResponse:
    """Write an initiative."""
    return form_page(
        request,
        InitiativeEditForm,
        acts.edit_initiative,
        initiative=initiative,
        of=initiative,
        given=initiative_choices(initiative.plan),
        back=initiative.place,
        crumbs=trail(initiative.plan),
    )


@button_of(find_initiative)
def initiative_remove(request: Request, initiative: Initiative) -> HttpResponse:
    """Take an initiative out of its plan."""
    return act(
        request,
        acts.remove_initiative,
        initiative=initiative,
        now=clock.now(),
        done="Indsatsen er fjernet. Den kan sættes på plads fra planens papirkurv i 30 dage.",
        back=initiative.place,
        undo="plan:bin_restore",
    )


@page_of(find_initiative, may.keep_initiatives, of="plan")
def initiative_stage(request: Request, initiative: Initiative) -> HttpResponse:
    """Take an initiative to its next stage."""
    return form_page(
        request,
        StageForm,
        acts.advance,
        initiative=initiative,
        given={"stages": list(INITIATIVE[initiative.stage])},
        back=initiative.place,
        crumbs=trail(initiative.plan),
    )


@button_of(find_plan)
def adopt(request: Request, plan: Plan, initiative_pk: int) -> HttpResponse:
    """Take another lokalråd's released initiative over as an idea, with its origin."""
    return act(
        request,
        adopt_released,
        released=_find_released(plan, initiative_pk),
        plan=plan,
        done="Indsatsen står nu som en idé i jeres handleplan.",
        back=f"{plan.get_absolute_url()}#indsatser",
    )


def _find_released(plan: Plan, pk: int) -> Released:
    """What another lokalråd has released and this plan can take over; else not found."""
    source = get_object_or_404(Initiative.objects.select_related("area__plan"), pk=pk)
    if source.area is not None:
        for idea in ideas_for(source.area, plan, clock.now()):
            if idea.pk == source.pk:
                return idea
    raise Http404
