"""Pages of plans while they are written: the list, one plan, its agenda, its bin; begun and put away."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.access import finds
from samraad.audit.models import Removed
from samraad.council.models import Forum, Meeting
from samraad.council.permissions import appointments, works_in
from samraad.look.files import download
from samraad.look.pages import act, bin_page, button_of, form_page, page_of, restore, trail
from samraad.plan import permissions as may
from samraad.plan.actions import plan as acts
from samraad.plan.forms.plan import AgendaForm, DiscussionForm, StartForm
from samraad.plan.models import Agreement, Plan
from samraad.plan.papers import plan_paper
from samraad.plan.permissions import visible_plans, visible_readings
from samraad.plan.queries.answer import answers_of
from samraad.plan.queries.chapters import chapters
from samraad.plan.queries.plan import (
    PlanPage,
    contents,
    councils_of,
    items_about,
    plan_page,
    plans_to_begin,
)


def find_plan(request: Request, district: Organisation, pk: int) -> Plan:
    """The plan, if the person may see it; else not found."""
    rows = visible_plans(request.user, district).select_related(
        "forum__district", "item__meeting__forum", "district_plan"
    )
    return get_object_or_404(rows, pk=pk)


def find_kredsraad(request: Request, district: Organisation, pk: int) -> Forum:
    """The kredsråd, for those who have a seat in it."""
    councils = Forum.objects.filter(district=district, kind=Forum.Kind.KREDSRAAD).select_related("district")
    forum = get_object_or_404(councils, pk=pk)
    if all(held.seat.forum_id != forum.pk for held in appointments(request.user)):
        raise Http404
    return forum


@require_GET
def plans(request: Request, district: Organisation) -> HttpResponse:
    """The plans I may see, newest first."""
    user = request.user
    if not works_in(user, district):
        raise Http404
    context = {
        "title": "Planer",
        "rows": visible_plans(user, district).select_related("forum", "item__meeting"),
        "kredsraad": [forum for forum in councils_of(user, district) if forum.is_kredsraad],
        "to_begin": plans_to_begin(user, district),
        "agreements": Agreement.objects.filter(district=district),
        "readings": visible_readings(user, district).filter(plan=None)[:5],
    }
    return render(request, "plan/plans.html", context)


@page_of(find_kredsraad, may.start_plan)
def start(request: Request, forum: Forum) -> HttpResponse:
    """Open an empty cooperation plan."""
    year = clock.today().year + 1
    initial = {"year": year, "title": f"Samarbejdsplan {year}"}
    return form_page(request, StartForm, acts.start, forum=forum, initial=initial)


@require_GET
@page_of(find_plan)
def plan(request: Request, plan: Plan) -> HttpResponse:
    """A working plan: state, sections, areas, what stands in the way of its release."""
    page = plan_page(plan, request.user)
    context = {"title": plan.title, "plan": plan, "page": page, "may": page.may, "crumbs": plan.above()}
    if plan.is_action:
        context |= {"answers": answers_of(plan), "needs": plan.needs.all(), "next": page.next_act(0)}
        return render(request, "plan/action_plan.html", context)
    found = contents(plan)
    rows = chapters(found, clock.today(), checked=page.may.check, opened=_opened(request, page))
    context |= {"contents": found, "chapters": rows, "next": page.next_act(rows.faults)}
    return render(request, "plan/plan.html", context)


def _opened(request: Request, page: PlanPage) -> str:
    """Which chapters are unfolded: all when that is asked for, else the one that a writer has come to."""
    if "alt" in request.GET:
        return "alt"
    if page.plan.is_draft and page.may.write:
        return "foerste"
    return ""


@page_of(find_plan, may.put_on_agenda)
def put_on_agenda(request: Request, plan: Plan) -> HttpResponse:
    """Put the plan on the agenda of a coming meeting."""
    coming = Meeting.objects.filter(forum=plan.forum).coming(clock.today())
    lead = ""
    if not coming:
        lead = "Der er intet møde i kalenderen. Planlæg et først."
    return form_page(
        request,
        AgendaForm,
        acts.put_on_agenda,
        plan=plan,
        given={"meetings": coming},
        words={"lead": lead},
        back=plan,
    )


@page_of(find_plan, may.put_on_agenda)
def note_discussion(request: Request, plan: Plan) -> HttpResponse:
    """Say at which past meeting the plan was discussed."""
    given = {"items": items_about(plan, clock.now())}
    return form_page(request, DiscussionForm, acts.note_discussion, plan=plan, given=given, back=plan)


@button_of(find_plan)
def archive(request: Request, plan: Plan) -> HttpResponse:
    """Put a released plan away when its year is over."""
    return act(request, acts.archive, plan=plan, done="Planen er arkiveret.", back=plan)


@require_POST
@page_of(find_plan, may.write)
def plan_remove(request: Request, plan: Plan) -> HttpResponse:
    """Throw a draft away."""
    return act(
        request,
        acts.remove_draft,
        plan=plan,
        done="Udkastet er slettet. Det ligger i papirkurven for {plan.forum} i 30 dage.",
        undo="council:bin_restore",
        back=reverse("plan:plans", args=[plan.forum.district.slug]),
        otherwise=plan.get_absolute_url(),
    )


@require_GET
@page_of(find_plan)
def plan_file(request: Request, plan: Plan, form: str) -> HttpResponse:
    """The plan as a file."""
    return download(request, plan_paper(plan), form)


@require_GET
@page_of(find_plan, may.check_plan)
def bin(request: Request, plan: Plan) -> HttpResponse:
    """What was removed from a plan."""
    place, title = f"plan:{plan.pk}", f"Papirkurv: {plan}"
    return bin_page(request, place, title=title, restore="plan:bin_restore", crumbs=trail(plan))


@require_POST
@finds(Removed)
def bin_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put something of a plan back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="plan:")
    plan = find_plan(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=plan)
