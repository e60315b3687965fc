"""Pages of a lokalråd's action plan: begun, its answers, its own needs, the note for its municipality."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.council.permissions import appointments
from samraad.look.files import download
from samraad.look.pages import act, button_of, form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import answer as acts
from samraad.plan.forms.answer import AnswerForm, NeedForm
from samraad.plan.models import Answer, FocusArea, LocalNeed, Plan
from samraad.plan.papers import council_note
from samraad.plan.queries import answer_state
from samraad.plan.queries.answer import answer_page, note_page
from samraad.plan.views.plan import find_plan


def find_action_plan(request: Request, district: Organisation, pk: int) -> Plan:
    """The action plan, if the person may see it."""
    plan = find_plan(request, district, pk)
    if not plan.is_action:
        raise Http404
    return plan


def find_need(request: Request, district: Organisation, pk: int) -> LocalNeed:
    """The local need, if its action plan is mine to see."""
    need = get_object_or_404(LocalNeed.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, need.plan_id)
    return need


@button_of(find_plan)
def start_action_plan(request: Request, plan: Plan, forum_pk: int) -> HttpResponse:
    """A lokalråd begins its action plan, from last year's and the district's."""
    district = plan.forum.district
    forum = get_object_or_404(Forum, pk=forum_pk, district=district, kind=Forum.Kind.LOKALRAAD)
    if all(held.seat.forum_id != forum.pk for held in appointments(request.user)):
        raise Http404
    return act(
        request,
        acts.start_action_plan,
        forum=forum,
        district_plan=plan,
        done="Handleplanen er begyndt. Sidste års svar er lagt klar som kladder.",
        back=reverse("plan:plans", args=[district.slug]),
    )


@page_of(find_action_plan)
def answer(request: Request, plan: Plan, area_pk: int) -> HttpResponse:
    """One answer: three choices."""
    areas = FocusArea.objects.select_related("section", "parent")
    area = get_object_or_404(areas, pk=area_pk, plan=plan.district_plan)
    may.answer.check(request.user, plan)
    page = answer_page(plan, area, clock.now())
    initial = {}
    if page.kept is None:
        initial["version"] = 0
    return form_page(
        request,
        AnswerForm,
        acts.save_answer,
        plan=plan,
        area=area,
        now=clock.now(),
        of=page.kept,
        initial=initial,
        words={"done": _saved},
        back=f"{plan.get_absolute_url()}#svar",
        crumbs=trail(plan),
        template="plan/answer.html",
        shows={"page": page, "plan": plan},
    )


def _saved(saved: Answer) -> str:
    """What is said of an answer that was kept, or sent."""
    if not saved.is_sent:
        return "Kladden er gemt. Den er ikke sendt."
    sent, asked = answer_state(saved.plan)
    return f"Svaret er sendt. I har svaret på {sent} af {asked} områder."


@page_of(find_plan, may.answer)
def need_add(request: Request, plan: Plan) -> HttpResponse:
    """Add a local need."""
    return form_page(request, NeedForm, acts.add_need, plan=plan, back=plan)


@button_of(find_need)
def need_remove(request: Request, need: LocalNeed) -> HttpResponse:
    """Take a local need away."""
    done, undo = "Behovet er fjernet.", "plan:bin_restore"
    return act(request, acts.remove_need, need=need, done=done, back=need.plan, undo=undo)


@require_GET
@page_of(find_action_plan)
def note(request: Request, plan: Plan) -> HttpResponse:
    """A two-page note on the action plan for the municipality's own council, to print."""
    context = {
        "title": f"Sagsfremstilling: {plan.title}",
        "plan": plan,
        "page": note_page(plan),
        "crumbs": trail(plan),
    }
    return render(request, "plan/note.html", context)


@require_GET
@page_of(find_action_plan)
def note_file(request: Request, plan: Plan, form: str) -> HttpResponse:
    """The note for the municipality's council as a file."""
    return download(request, council_note(plan), form)
