"""Pages of the wheel's duties: enter one, mark what happened to it in a year."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.commitment.actions import duty as wheel
from samraad.commitment.forms import (
    DutyForm,
)
from samraad.commitment.models import Duty, Occurrence
from samraad.council import permissions
from samraad.council.models import Forum
from samraad.look.forms import ReasonForm
from samraad.look.pages import old_act, old_form_page


def _wheel_url(district: Organisation) -> str:
    return reverse("desk:wheel", args=[district.slug])


def duty_new(request: Request, district: Organisation, forum_pk: int) -> HttpResponse:
    """Add a duty to the annual wheel."""
    forum = get_object_or_404(Forum, pk=forum_pk, district=district)
    if not permissions.see_inside.allows(request.user, forum):
        raise Http404
    permissions.prepare.check(request.user, forum)
    return old_form_page(
        request,
        DutyForm(request.POST or None),
        lambda data: wheel.add_duty(forum=forum, by=request.user, from_year=clock.today().year, **data),
        title=f"Ny pligt i årshjulet for {forum}",
        button="Læg pligten ind",
        done="Pligten står i årshjulet.",
        back=_wheel_url(district),
    )


@require_POST
def duty_condition(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Mark that the condition of a sleeping duty is met."""
    duty = get_object_or_404(Duty, pk=pk, forum__district=district)
    if not permissions.see_inside.allows(request.user, duty.forum):
        raise Http404
    return old_act(
        request,
        lambda: wheel.meet_duty_condition(duty=duty, by=request.user),
        done="Pligten er vågnet og foreslår sig selv til næste møde.",
        back=_wheel_url(district),
    )


def occurrence_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a duty out of one year."""
    found = get_object_or_404(
        Occurrence.objects.select_related("duty__forum"), pk=pk, duty__forum__district=district
    )
    if not permissions.see_inside.allows(request.user, found.duty.forum):
        raise Http404
    permissions.prepare.check(request.user, found.duty.forum)
    return old_form_page(
        request,
        ReasonForm(request.POST or None),
        lambda data: wheel.remove_occurrence(occurrence=found, by=request.user, **data),
        title=f"Tag “{found}” af årshjulet",
        button="Tag pligten af",
        done="Pligten er taget af i år. Grunden bliver stående.",
        back=_wheel_url(district),
    )


@require_POST
def occurrence_done(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Mark a duty as met without a meeting."""
    found = get_object_or_404(
        Occurrence.objects.select_related("duty__forum"), pk=pk, duty__forum__district=district
    )
    if not permissions.see_inside.allows(request.user, found.duty.forum):
        raise Http404
    return old_act(
        request,
        lambda: wheel.finish_occurrence(occurrence=found, on=clock.today(), by=request.user),
        done="Pligten er opfyldt.",
        back=_wheel_url(district),
    )
