"""From one year to the next: start the yearly account, carry a plan over, look at the loose ends."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.council.models import Forum
from samraad.look.danish import dato
from samraad.look.pages import act, button_of, form_page, page_of, trail
from samraad.plan import permissions as may
from samraad.plan.account import counted_anew
from samraad.plan.actions import year as acts
from samraad.plan.actions.plan import edit_section
from samraad.plan.forms.section import ChapterForm
from samraad.plan.forms.year import AccountForm, CarryOverForm
from samraad.plan.models import Plan, Section
from samraad.plan.states import Stage
from samraad.plan.views.plan import find_kredsraad, find_plan
from samraad.plan.views.section import find_section


@page_of(find_kredsraad, may.start_plan)
def account_start(request: Request, forum: Forum) -> HttpResponse:
    """Begin the account of a year."""
    today = clock.today()
    return form_page(
        request,
        AccountForm,
        acts.start_account,
        forum=forum,
        today=today,
        initial={"year": today.year - 1},
        words={"done": _begun},
    )


def _begun(account: Plan) -> str:
    """That it is begun, and for a year that is not over how far its numbers go."""
    told = "Redegørelsen er begyndt. Den er en kladde, som kun I kan se."
    if account.year < clock.today().year:
        return told
    so_far = f"{account.year} er ikke slut: kapitlerne går til {dato(clock.today())}."
    return f"{told} {so_far} Hent tallene igen, når året er omme."


@page_of(find_section, may.write, of="plan")
def chapter_again(request: Request, section: Section) -> HttpResponse:
    """Fetch a chapter's numbers again: the new text to be saved, beside the one that stands."""
    today = clock.today()
    fresh = counted_anew(section, today)
    if not fresh:
        raise Http404
    known = f"I feltet står det, Samråd ved {dato(today)}."
    return form_page(
        request,
        ChapterForm,
        edit_section,
        section=section,
        of=section,
        initial={"body": fresh},
        words={"lead": f"{known} Flyt det over, I selv har skrevet, og gem; først da er det ændret."},
        back=section.get_absolute_url(),
        crumbs=trail(section.plan),
        template="plan/chapter_again.html",
        shows={"section": section},
    )


@page_of(find_plan, may.write)
def carry_over(request: Request, plan: Plan) -> HttpResponse:
    """Choose what goes on from last year's plan."""
    last = plan.continues
    if last is None or not plan.is_draft or plan.is_action:
        raise Http404
    taken = plan.areas.exclude(continues=None).exists() or plan.sections.exclude(continues=None).exists()
    return form_page(
        request,
        CarryOverForm,
        acts.carry_over,
        plan=plan,
        given={"last": last},
        initial=_chosen_beforehand(last, plan.year),
        words={"done": _carried},
        back=plan,
        template="plan/carry_over.html",
        shows={
            "plan": plan,
            "heading": f"Løse ender fra {last}",
            "ends": acts.loose_ends(plan, clock.today()),
            "taken": taken,
        },
    )


def _chosen_beforehand(last: Plan, year: int) -> dict[str, Any]:
    """All sections and areas, and the initiatives that still run when the year begins."""
    running = [Stage.IDEA, Stage.TRIAL, Stage.EVALUATED]
    ended = Q(ends_on__lt=date(year, 1, 1))
    return {
        "sections": last.sections.all(),
        "areas": last.areas.all(),
        "initiatives": last.initiatives.filter(stage__in=running).exclude(ended),
    }


def _carried(made: dict[str, int]) -> str:
    """What came along."""
    parts = f"{made['sections']} afsnit, {made['areas']} områder"
    return f"Taget med: {parts}, {made['commitments']} åbne løfter, {made['initiatives']} indsatser."


@button_of(find_plan)
def take_back(request: Request, plan: Plan) -> HttpResponse:
    """Undo the carry-over."""
    return act(
        request,
        acts.take_back,
        plan=plan,
        done="{made} ting er taget tilbage. Det, I har skrevet om, blev stående.",
        back=plan,
    )
