"""The plan check: a private list for those who write the plan, each place with a mend or a reason."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.look.pages import act, button_of, form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import check as acts
from samraad.plan.findings import findings
from samraad.plan.forms.check import WaiveForm
from samraad.plan.models import Plan, Waiver
from samraad.plan.queries.check import check_page
from samraad.plan.views.plan import find_plan


def find_waiver(request: Request, district: Organisation, pk: int) -> Waiver:
    """The reason, for those who may see its plan."""
    found = get_object_or_404(Waiver.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, found.plan_id)
    return found


@require_GET
@page_of(find_plan, may.check_plan)
def check(request: Request, plan: Plan) -> HttpResponse:
    """What the check found: what stops the release first, then the rest, then what was explained."""
    context = {
        "title": f"Plantjek af {plan}",
        "plan": plan,
        "page": check_page(plan, request.user, clock.today()),
        "crumbs": trail(plan),
    }
    return render(request, "plan/check.html", context)


def _list_of(plan: Plan) -> str:
    """The address of a plan's list."""
    return reverse("plan:check", args=[plan.forum.district.slug, plan.pk])


@button_of(find_plan)
def mend(request: Request, plan: Plan, mark: str) -> HttpResponse:
    """Mend one place."""
    return act(
        request,
        acts.mend,
        plan=plan,
        mark=mark,
        today=clock.today(),
        done="Rettet i afsnittet “{made}”.",
        back=_list_of(plan),
    )


@page_of(find_plan, may.write)
def waive(request: Request, plan: Plan, mark: str) -> HttpResponse:
    """Say why a place stays as it is."""
    return form_page(
        request,
        WaiveForm,
        acts.waive,
        plan=plan,
        mark=mark,
        today=clock.today(),
        now=clock.now(),
        words={"lead": _sentence_of(plan, mark)},
        back=_list_of(plan),
        crumbs=trail(plan),
    )


def _sentence_of(plan: Plan, mark: str) -> str:
    """The sentence of a finding, for the page where it is explained."""
    for placed in findings(plan, clock.today()):
        if placed.mark == mark:
            return f"{placed.name}: {placed.finding.message}"
    return "Stedet er allerede rettet."


@button_of(find_waiver)
def unwaive(request: Request, waiver: Waiver) -> HttpResponse:
    """Take a reason back."""
    return act(
        request,
        acts.take_waiver_back,
        waiver=waiver,
        done="Stedet står på listen igen.",
        back=_list_of(waiver.plan),
    )
