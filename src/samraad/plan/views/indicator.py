"""Pages of the numbers that areas are counted by."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation, User
from samraad.council.permissions import appointments, is_secretary
from samraad.look.pages import form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import initiative as acts
from samraad.plan.forms.initiative import IndicatorForm, MeasureForm
from samraad.plan.models import FocusArea, Indicator
from samraad.plan.queries.indicator import shown
from samraad.plan.views.area import find_area
from samraad.plan.views.plan import find_plan


def find_indicator(request: Request, district: Organisation, pk: int) -> Indicator:
    """The indicator, if its plan is mine to see."""
    found = get_object_or_404(Indicator.objects.select_related("area__plan__forum__district"), pk=pk)
    find_plan(request, district, found.area.plan_id)
    return found


@page_of(find_area, may.write, of="plan")
def indicator_add(request: Request, area: FocusArea) -> HttpResponse:
    """Say how an area is counted."""
    return form_page(request, IndicatorForm, acts.add_indicator, area=area, crumbs=trail(area.plan))


@page_of(find_indicator)
def indicator(request: Request, indicator: Indicator) -> HttpResponse:
    """An indicator's numbers, with small ones hidden from others, and a form to type one in."""
    user, plan = request.user, indicator.area.plan
    if request.method == "POST":
        may.measure.check(user, plan)
    own = {held.seat.organisation_id for held in appointments(user) if held.seat.organisation_id}
    return form_page(
        request,
        MeasureForm,
        acts.measure,
        indicator=indicator,
        given={"municipalities": _may_count(user, plan.forum.district)},
        back=indicator.get_absolute_url(),
        crumbs=trail(plan),
        template="plan/indicator.html",
        shows={"indicator": indicator, "rows": shown(indicator, own=own)},
    )


def _may_count(user: User, district: Organisation) -> QuerySet[Organisation]:
    """The municipalities that the person may type numbers in for."""
    all_of_them = Organisation.objects.of_district(district, clock.today())
    if is_secretary(user, district):
        return all_of_them
    local = [held.seat.forum_id for held in appointments(user) if held.seat.forum.is_lokalraad]
    return all_of_them.filter(municipal_fora__in=local).distinct()
