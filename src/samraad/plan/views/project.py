"""Pages of an initiative as a project."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.models import Removed
from samraad.council.models import Forum
from samraad.council.permissions import works_in
from samraad.look.pages import bin_page, download, old_act, old_form_page, restore
from samraad.plan import permissions as may
from samraad.plan import queries
from samraad.plan.actions import project as acts
from samraad.plan.forms.project import (
    GrantEditForm,
    GrantForm,
    MilestoneEditForm,
    MilestoneForm,
    ProjectForm,
    ReachForm,
)
from samraad.plan.models import Grant, Initiative, Milestone
from samraad.plan.papers import milestone_paper
from samraad.plan.views.initiative import find_initiative
from samraad.plan.views.plan import crumbs

REMOVED = "Fjernet. Det kan sættes på plads fra projektets papirkurv i 30 dage."


def url_of(initiative: Initiative) -> str:
    """A project's address."""
    return reverse("plan:project", args=[initiative.plan.forum.district.slug, initiative.pk])


@require_GET
def project(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """An initiative as a project: frame, milestones, money, the card."""
    found = find_initiative(request, district, pk)
    return render(
        request,
        "plan/project.html",
        {
            "title": found.title,
            "i": found,
            "milestones": found.milestones.prefetch_related("fora"),
            "grants": found.grants.all(),
            "why_not": may.run_project.reason(request.user, found),
            "crumbs": crumbs(found.plan),
        },
    )


def frame(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write the project's frame."""
    found = find_initiative(request, district, pk)
    may.run_project.check(request.user, found)
    initial: dict[str, Any] = {
        name: getattr(found, name) for name in ("ends_on", "deliverables", "good_practice", "version")
    }
    return old_form_page(
        request,
        ProjectForm(request.POST or None, initial=initial | {"also_districts": found.also_districts.all()}),
        lambda data: acts.frame_project(
            initiative=found, by=request.user, **{**data, "also_districts": list(data["also_districts"])}
        ),
        title=f"“{found}” som projekt",
        done="Rammen er gemt.",
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


def milestone_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Set a milestone."""
    found = find_initiative(request, district, pk)
    may.run_project.check(request.user, found)
    return old_form_page(
        request,
        MilestoneForm(request.POST or None, fora=_councils(district)),
        lambda data: acts.set_milestone(
            initiative=found, by=request.user, **{**data, "fora": list(data["fora"])}
        ),
        title="Ny milepæl",
        done="Milepælen er sat.",
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


def _councils(district: Organisation) -> Any:
    """Which fora may get a paper."""
    return Forum.objects.filter(district=district, kind__in=[Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD])


def find_milestone(request: Request, district: Organisation, pk: int) -> Milestone:
    """The milestone, if its plan is mine to see."""
    found = get_object_or_404(Milestone.objects.select_related("initiative__plan__forum__district"), pk=pk)
    find_initiative(request, district, found.initiative_id)
    return found


def milestone_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put a milestone right."""
    milestone = find_milestone(request, district, pk)
    found = milestone.initiative
    may.run_project.check(request.user, found)
    names = [name for name in MilestoneEditForm.base_fields if name != "fora"]
    initial = {name: getattr(milestone, name) for name in names} | {"fora": milestone.fora.all()}
    return old_form_page(
        request,
        MilestoneEditForm(request.POST or None, initial=initial, fora=_councils(district)),
        lambda data: acts.correct_milestone(
            milestone=milestone, by=request.user, **{**data, "fora": list(data["fora"])}
        ),
        title=f"Ret “{milestone}”",
        done="Rettelsen er gemt.",
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


@require_POST
def milestone_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a milestone away."""
    milestone = find_milestone(request, district, pk)
    return old_act(
        request,
        lambda: acts.remove_milestone(milestone=milestone, now=clock.now(), by=request.user),
        done=REMOVED,
        back=url_of(milestone.initiative),
    )


@require_GET
def project_bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was removed from a project."""
    found = find_initiative(request, district, pk)
    may.run_project.check(request.user, found)
    way = [*crumbs(found.plan), (found.title, url_of(found))]
    return bin_page(
        request, f"initiative:{pk}", title=f"Papirkurv: {found}", restore="plan:project_restore", crumbs=way
    )


@require_POST
def project_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put something of a project back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="initiative:")
    found = find_initiative(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=url_of(found))


def milestone_reach(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """A milestone is reached."""
    milestone = find_milestone(request, district, pk)
    found = milestone.initiative
    may.run_project.check(request.user, found)
    return old_form_page(
        request,
        ReachForm(request.POST or None, initial={"on": clock.today()}),
        lambda data: acts.reach(milestone=milestone, by=request.user, **data),
        title=f"Milepæl nået: {milestone}",
        done="Milepælen er nået. "
        + (
            "Den står som forslag til næste møde i de fora, der skal have et oplæg."
            if milestone.fora.exists()
            else ""
        ),
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


@require_GET
def milestone_docx(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The paper about a milestone, for the fora that get it."""
    milestone = find_milestone(request, district, pk)
    return download(milestone_paper(milestone))


@require_GET
def experience(request: Request, district: Organisation) -> HttpResponse:
    """Cards of good practice from what the district's councils have released."""
    if not works_in(request.user, district):
        raise Http404
    return render(
        request,
        "plan/experience.html",
        {
            "title": "Det kan andre bruge",
            "cards": queries.experience(district, clock.now()),
            "crumbs": [("Planer", reverse("plan:plans", args=[district.slug]))],
        },
    )


def grant(request: Request, district: Organisation, pk: int, grant_pk: int = 0) -> HttpResponse:
    """Enter or correct an application for money."""
    found = find_initiative(request, district, pk)
    may.run_project.check(request.user, found)
    known = get_object_or_404(Grant, pk=grant_pk, initiative=found) if grant_pk else None
    form = GrantEditForm if known else GrantForm
    initial = {name: getattr(known, name) for name in form.base_fields} if known else {}
    return old_form_page(
        request,
        form(request.POST or None, initial=initial),
        lambda data: acts.keep_grant(initiative=found, grant=known, by=request.user, **data),
        title="Penge til projektet",
        done="Ansøgningen er gemt.",
        back=url_of(found),
        crumbs=crumbs(found.plan),
    )


@require_POST
def grant_remove(request: Request, district: Organisation, pk: int, grant_pk: int) -> HttpResponse:
    """Take an application for money away."""
    found = find_initiative(request, district, pk)
    known = get_object_or_404(Grant, pk=grant_pk, initiative=found)
    return old_act(
        request,
        lambda: acts.remove_grant(grant=known, now=clock.now(), by=request.user),
        done=REMOVED,
        back=url_of(found),
    )
