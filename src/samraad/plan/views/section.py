"""Pages of the sections of a plan: added, written, moved, taken out."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.look.pages import ToMade, act, button_of, form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import plan as acts
from samraad.plan.forms.section import SectionEditForm, SectionForm
from samraad.plan.models import Plan, Section
from samraad.plan.views.plan import find_plan

UNDO = "plan:bin_restore"
GONE = "Afsnittet er fjernet."


def find_section(request: Request, district: Organisation, pk: int) -> Section:
    """The section, if its plan is mine to see."""
    section = get_object_or_404(Section.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, section.plan_id)
    return section


@page_of(find_plan, may.write)
def section_add(request: Request, plan: Plan) -> HttpResponse:
    """Add a section."""
    return form_page(request, SectionForm, acts.add_section, plan=plan, back=ToMade(plan))


@page_of(find_section, may.write, of="plan")
def section_edit(request: Request, section: Section) -> HttpResponse:
    """Write a section; two who save at once both see both texts."""
    return form_page(
        request,
        SectionEditForm,
        acts.edit_section,
        section=section,
        of=section,
        back=section.get_absolute_url(),
        crumbs=trail(section.plan),
    )


@button_of(find_section)
def section_step(request: Request, section: Section, step: str) -> HttpResponse:
    """Move a section up or down, or take it out."""
    plan = section.plan
    if step == "fjern":
        return act(request, acts.remove_section, section=section, done=GONE, back=plan, undo=UNDO)
    up = step == "op"
    return act(request, acts.move_section, section=section, up=up, done="Rækkefølgen er ændret.", back=plan)
