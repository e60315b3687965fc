"""Pages of the wheel's duties: enter one, mark what happened to it in a year."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.commitment.actions import duty as acts
from samraad.commitment.forms import DutyForm, OccurrenceForm
from samraad.commitment.models import Duty, Occurrence
from samraad.council import permissions as may
from samraad.council.models import Forum
from samraad.look.pages import act, button_of, form_page, page_of


def _only_inside(request: Request, forum: Forum) -> None:
    """What stands in a forum's wheel is found by those inside it alone."""
    if not may.see_inside.allows(request.user, forum):
        raise Http404


def find_forum_with_wheel(request: Request, district: Organisation, pk: int) -> Forum:
    """A forum of the district, for those inside it."""
    forum = get_object_or_404(Forum.objects.select_related("district"), pk=pk, district=district)
    _only_inside(request, forum)
    return forum


def find_duty(request: Request, district: Organisation, pk: int) -> Duty:
    """A duty, for those inside its forum."""
    duties = Duty.objects.select_related("forum__district")
    duty = get_object_or_404(duties, pk=pk, forum__district=district)
    _only_inside(request, duty.forum)
    return duty


def find_occurrence(request: Request, district: Organisation, pk: int) -> Occurrence:
    """A duty in one year, for those inside its forum."""
    occurrences = Occurrence.objects.select_related("duty__forum__district")
    occurrence = get_object_or_404(occurrences, pk=pk, duty__forum__district=district)
    _only_inside(request, occurrence.duty.forum)
    return occurrence


def wheel_of(forum: Forum) -> str:
    """The address of the annual wheel."""
    return reverse("desk:wheel", args=[forum.district.slug])


@page_of(find_forum_with_wheel, may.prepare)
def duty_new(request: Request, forum: Forum) -> HttpResponse:
    """Add a duty to the annual wheel."""
    year = clock.today().year
    return form_page(request, DutyForm, acts.add_duty, forum=forum, from_year=year, back=wheel_of(forum))


@button_of(find_duty)
def duty_condition(request: Request, duty: Duty) -> HttpResponse:
    """Mark that the condition of a sleeping duty is met."""
    return act(
        request,
        acts.meet_duty_condition,
        duty=duty,
        done="Pligten er vågnet og foreslår sig selv til næste møde.",
        back=wheel_of(duty.forum),
    )


@page_of(find_occurrence, may.prepare, of="duty.forum")
def occurrence_remove(request: Request, occurrence: Occurrence) -> HttpResponse:
    """Take a duty out of one year."""
    wheel = wheel_of(occurrence.duty.forum)
    return form_page(request, OccurrenceForm, acts.remove_occurrence, occurrence=occurrence, back=wheel)


@button_of(find_occurrence)
def occurrence_done(request: Request, occurrence: Occurrence) -> HttpResponse:
    """Mark a duty as met without a meeting."""
    return act(
        request,
        acts.finish_occurrence,
        occurrence=occurrence,
        on=clock.today(),
        done="Pligten er opfyldt.",
        back=wheel_of(occurrence.duty.forum),
    )
