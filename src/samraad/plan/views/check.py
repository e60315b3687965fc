"""The plan check: a private list for those who write the plan, each place with a mend or a reason."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.look.pages import old_act, old_form_page
from samraad.plan import permissions as may
from samraad.plan.actions import check as acts
from samraad.plan.findings import findings
from samraad.plan.forms.plan import ReasonForm
from samraad.plan.models import Plan, Waiver
from samraad.plan.views.plan import crumbs, find_plan


@require_GET
def check(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What the check found: what stops the release first, then the rest, then what was explained."""
    plan = find_plan(request, district, pk)
    may.check_plan.check(request.user, plan)
    found = findings(plan, clock.today())
    return render(
        request,
        "plan/check.html",
        {
            "title": f"Plantjek af {plan}",
            "plan": plan,
            "faults": [placed for placed in found if placed.stops],
            "remarks": [placed for placed in found if not placed.stops and placed.waiver is None],
            "waived": [placed for placed in found if placed.waiver is not None],
            "why_not_write": may.write.reason(request.user, plan),
            "crumbs": crumbs(plan),
        },
    )


@require_POST
def mend(request: Request, district: Organisation, pk: int, mark: str) -> HttpResponse:
    """Mend one place."""
    plan = find_plan(request, district, pk)
    return old_act(
        request,
        lambda: acts.mend(plan=plan, mark=mark, today=clock.today(), by=request.user),
        done="Rettet. Den gamle tekst står i hændelserne.",
        back=reverse("plan:check", args=[district.slug, pk]),
    )


def waive(request: Request, district: Organisation, pk: int, mark: str) -> HttpResponse:
    """Say why a place stays as it is."""
    plan = find_plan(request, district, pk)
    may.write.check(request.user, plan)
    return old_form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: acts.waive(
            plan=plan, mark=mark, today=clock.today(), now=clock.now(), by=request.user, **data
        ),
        title="Lad det blive stående",
        lead=sentence_of(plan, mark),
        button="Gem grunden",
        done="Grunden er gemt og kan læses af dem, der skriver planen.",
        back=reverse("plan:check", args=[district.slug, pk]),
        crumbs=crumbs(plan),
    )


def sentence_of(plan: Plan, mark: str) -> str:
    """The sentence of a finding, for the page where it is explained."""
    found = next((placed for placed in findings(plan, clock.today()) if placed.mark == mark), None)
    return f"{found.name}: {found.finding.message}" if found else "Stedet er allerede rettet."


@require_POST
def unwaive(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a reason back."""
    waiver = get_object_or_404(Waiver.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, waiver.plan_id)
    return old_act(
        request,
        lambda: acts.take_waiver_back(waiver=waiver, by=request.user),
        done="Stedet står på listen igen.",
        back=reverse("plan:check", args=[district.slug, waiver.plan_id]),
    )
