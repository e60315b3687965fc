"""Pages of an initiative as a project."""

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.audit.models import Removed
from samraad.council.models import Forum
from samraad.council.permissions import works_in
from samraad.look.files import download
from samraad.look.pages import act, bin_page, button_of, form_page, page_of, restore, trail
from samraad.plan import permissions as may
from samraad.plan.actions import project as acts
from samraad.plan.forms.project import (
    GrantEditForm,
    GrantForm,
    MilestoneEditForm,
    MilestoneForm,
    ProjectForm,
    ReachForm,
)
from samraad.plan.models import Initiative, Milestone
from samraad.plan.papers import milestone_paper
from samraad.plan.queries.project import cards, project_page
from samraad.plan.views.initiative import find_initiative

REMOVED = "Fjernet. Det kan sættes på plads fra projektets papirkurv i 30 dage."


def find_milestone(request: Request, district: Organisation, pk: int) -> Milestone:
    """The milestone, if its plan is mine to see."""
    milestones = Milestone.objects.select_related("initiative__plan__forum__district")
    found = get_object_or_404(milestones, pk=pk)
    find_initiative(request, district, found.initiative_id)
    return found


@require_GET
@page_of(find_initiative)
def project(request: Request, initiative: Initiative) -> HttpResponse:
    """An initiative as a project: frame, milestones, money, the card."""
    context = {
        "title": initiative.title,
        "initiative": initiative,
        "page": project_page(initiative, request.user),
        "crumbs": initiative.above(),
    }
    return render(request, "plan/project.html", context)


@page_of(find_initiative, may.run_project)
def frame(request: Request, initiative: Initiative) -> HttpResponse:
    """Write the project's frame."""
    return form_page(
        request,
        ProjectForm,
        acts.frame_project,
        initiative=initiative,
        of=initiative,
        back=initiative,
    )


@page_of(find_initiative, may.run_project)
def milestone_add(request: Request, initiative: Initiative) -> HttpResponse:
    """Set a milestone."""
    given = {"fora": _councils(initiative)}
    return form_page(
        request,
        MilestoneForm,
        acts.set_milestone,
        initiative=initiative,
        given=given,
        back=initiative,
    )


def _councils(initiative: Initiative) -> QuerySet[Forum]:
    """Which fora may get a paper."""
    councils = [Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD]
    return Forum.objects.filter(district=initiative.plan.forum.district, kind__in=councils)


@page_of(find_milestone, may.run_project, of="initiative")
def milestone_edit(request: Request, milestone: Milestone) -> HttpResponse:
    """Put a milestone right."""
    given = {"fora": _councils(milestone.initiative)}
    return form_page(
        request,
        MilestoneEditForm,
        acts.correct_milestone,
        milestone=milestone,
        of=milestone,
        given=given,
        back=milestone.initiative,
    )


@button_of(find_milestone)
def milestone_remove(request: Request, milestone: Milestone) -> HttpResponse:
    """Take a milestone away."""
    return act(
        request,
        acts.remove_milestone,
        milestone=milestone,
        now=clock.now(),
        done=REMOVED,
        back=milestone.initiative,
    )


@require_GET
@page_of(find_initiative, may.run_project)
def project_bin(request: Request, initiative: Initiative) -> HttpResponse:
    """What was removed from a project."""
    return bin_page(
        request,
        f"initiative:{initiative.pk}",
        title=f"Papirkurv: {initiative}",
        restore="plan:project_restore",
        crumbs=trail(initiative),
    )


@require_POST
@finds(Removed)
def project_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put something of a project back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="initiative:")
    initiative = find_initiative(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=initiative)


@page_of(find_milestone, may.run_project, of="initiative")
def milestone_reach(request: Request, milestone: Milestone) -> HttpResponse:
    """A milestone is reached."""
    return form_page(
        request,
        ReachForm,
        acts.reach,
        milestone=milestone,
        initial={"on": clock.today()},
        back=milestone.initiative,
    )


@require_GET
@page_of(find_milestone)
def milestone_file(request: Request, milestone: Milestone, form: str) -> HttpResponse:
    """The paper about a milestone, for the fora that get it, as a file."""
    return download(request, milestone_paper(milestone), form)


@require_GET
def experience(request: Request, district: Organisation) -> HttpResponse:
    """Cards of good practice from what the district's councils have released."""
    if not works_in(request.user, district):
        raise Http404
    context = {
        "title": "Det kan andre bruge",
        "cards": cards(district, clock.now()),
        "crumbs": [("Planer", reverse("plan:plans", args=[district.slug]))],
    }
    return render(request, "plan/experience.html", context)


@page_of(find_initiative, may.run_project)
def grant_add(request: Request, initiative: Initiative) -> HttpResponse:
    """Enter an application for money."""
    return form_page(request, GrantForm, acts.keep_grant, initiative=initiative, back=initiative)


@page_of(find_initiative, may.run_project)
def grant_edit(request: Request, initiative: Initiative, grant_pk: int) -> HttpResponse:
    """Put an application for money right."""
    grant = get_object_or_404(initiative.grants, pk=grant_pk)
    return form_page(
        request,
        GrantEditForm,
        acts.keep_grant,
        initiative=initiative,
        grant=grant,
        of=grant,
        back=initiative,
    )


@button_of(find_initiative)
def grant_remove(request: Request, initiative: Initiative, grant_pk: int) -> HttpResponse:
    """Take an application for money away."""
    grant = get_object_or_404(initiative.grants, pk=grant_pk)
    return act(request, acts.remove_grant, grant=grant, now=clock.now(), done=REMOVED, back=initiative)
