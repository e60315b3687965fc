"""Pages of a plan's release: what it waits for, the release itself, an edition withdrawn."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.look.pages import form_page, page_of
from samraad.plan import permissions as may
from samraad.plan.actions import edition as acts
from samraad.plan.forms.release import PublishForm, WithdrawForm
from samraad.plan.models import Edition, Plan
from samraad.plan.queries.release import release_page
from samraad.plan.views.plan import find_plan


def find_edition(request: Request, district: Organisation, pk: int) -> Edition:
    """The edition, if its plan is mine to see."""
    edition = get_object_or_404(Edition.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, edition.plan_id)
    return edition


@page_of(find_plan)
def publish(request: Request, plan: Plan) -> HttpResponse:
    """All conditions of a release as a list, for all who see the plan; the button is the chair's."""
    if request.method == "POST":
        may.publish.check(request.user, plan)
    page = release_page(plan, request.user)
    return form_page(
        request,
        PublishForm,
        acts.publish,
        plan=plan,
        now=clock.now(),
        given={"first": page.last is None},
        back=plan,
        template="plan/publish.html",
        shows={"plan": plan, "page": page},
    )


@page_of(find_edition, may.withdraw_edition)
def withdraw(request: Request, edition: Edition) -> HttpResponse:
    """Withdraw an edition."""
    return form_page(
        request, WithdrawForm, acts.withdraw, edition=edition, now=clock.now(), back=edition.plan
    )
