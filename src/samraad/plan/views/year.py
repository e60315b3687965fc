"""From one year to the next: start the yearly account, carry a plan over, look at the loose ends, the bin."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.audit.models import Removed
from samraad.council.models import Forum
from samraad.council.permissions import appointments
from samraad.look.danish import dato
from samraad.look.pages import bin_page, old_act, old_form_page, restore
from samraad.plan import permissions as may
from samraad.plan.account import counted_anew
from samraad.plan.actions import plan as plans
from samraad.plan.actions import year as acts
from samraad.plan.forms.plan import SectionEditForm
from samraad.plan.forms.project import AccountForm, CarryOverForm
from samraad.plan.models import Plan
from samraad.plan.views.plan import crumbs, find_plan, find_section, url_of


def account_start(request: Request, district: Organisation, forum_pk: int) -> HttpResponse:
    """Begin the account of a year."""
    forum = get_object_or_404(Forum, pk=forum_pk, district=district, kind=Forum.Kind.KREDSRAAD)
    if all(a.seat.forum_id != forum.pk for a in appointments(request.user)):
        raise Http404
    may.start_plan.check(request.user, forum)
    return old_form_page(
        request,
        AccountForm(request.POST or None, initial={"year": clock.today().year - 1}),
        lambda data: acts.start_account(forum=forum, today=clock.today(), by=request.user, **data),
        title="Årlig redegørelse",
        lead="Politidirektøren giver hvert år kredsrådet en redegørelse (retsplejelovens § 112). "
        "Kapitlerne bliver fyldt med det, Samråd ved om året; så skriver du videre.",
        button="Begynd redegørelsen",
        done=_begun,
        back=url_of,
    )


def _begun(account: Plan) -> str:
    """That it is begun, and for a year that is not over how far its numbers go."""
    told = "Redegørelsen er begyndt. Den er en kladde, som kun I kan se."
    if account.year >= clock.today().year:
        told += f" {account.year} er ikke slut: kapitlerne går til {dato(clock.today())}. Hent tallene igen, når året er omme."
    return told


def chapter_again(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Fetch a chapter's numbers again: the new text to be saved, beside the one that stands."""
    section = find_section(request, district, pk)
    may.write.check(request.user, section.plan)
    fresh = counted_anew(section, clock.today())
    if not fresh:
        raise Http404
    return old_form_page(
        request,
        SectionEditForm(
            request.POST or None,
            initial={
                **{name: getattr(section, name) for name in ("number", "title", "version")},
                "body": fresh,
            },
        ),
        lambda data: plans.edit_section(section=section, by=request.user, **data),
        title=f"Hent tallene igen: “{section}”",
        lead=f"I feltet står det, Samråd ved {dato(clock.today())}. Flyt det over, I selv har skrevet, og gem; først da er det ændret.",
        done="Kapitlet er gemt med de nye tal.",
        back=url_of(section.plan) + f"#afsnit-{section.pk}",
        crumbs=crumbs(section.plan),
        template="plan/chapter_again.html",
        section=section,
    )


def carry_over(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Choose what goes on from last year's plan."""
    plan = find_plan(request, district, pk)
    may.write.check(request.user, plan)
    last = plan.continues
    if last is None or plan.status != "draft" or plan.is_action:
        raise Http404
    ended = Q(ends_on__lt=date(plan.year, 1, 1))
    running = last.initiatives.filter(stage__in=["idea", "trial", "evaluated"]).exclude(ended)
    initial: dict[str, Any] = {
        "sections": last.sections.all(),
        "areas": last.areas.all(),
        "initiatives": running,
    }
    form = CarryOverForm(request.POST or None, initial=initial, last=last)
    return old_form_page(
        request,
        form,
        lambda data: acts.carry_over(plan=plan, by=request.user, **{name: list(data[name]) for name in data}),
        title=f"Tag med fra {last}",
        lead="Afsnit og områder bliver kopieret og hænger sammen med sidste års. Åbne løfter lever videre og følger med deres område. "
        "Indsatser, der er slut, er ikke valgt på forhånd.",
        button="Tag med",
        done=_told,
        back=url_of(plan),
        crumbs=crumbs(plan),
        template="plan/carry_over.html",
        plan=plan,
        last=last,
        ends=acts.loose_ends(plan, clock.today()),
        taken=plan.areas.exclude(continues=None).exists() or plan.sections.exclude(continues=None).exists(),
    )


def _told(made: dict[str, int]) -> str:
    areas, promises = made["areas"], made["commitments"]
    return f"Taget med: {made['sections']} afsnit, {areas} områder, {promises} åbne løfter, {made['initiatives']} indsatser."


@require_POST
def take_back(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Undo the carry-over."""
    plan = find_plan(request, district, pk)
    return old_act(
        request,
        lambda: acts.take_back(plan=plan, by=request.user),
        done=lambda gone: f"{gone} ting er taget tilbage. Det, I har skrevet om, blev stående.",
        back=url_of(plan),
    )


@require_POST
def plan_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Throw a draft away."""
    found = find_plan(request, district, pk)
    may.write.check(request.user, found)
    return old_act(
        request,
        lambda: plans.remove_draft(plan=found, by=request.user),
        done=f"Udkastet er smidt ud. Det ligger i papirkurven for {found.forum} i 30 dage.",
        back=reverse("plan:plans", args=[district.slug]),
        otherwise=url_of(found),
    )


@require_GET
def bin(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """What was removed from a plan."""
    plan = find_plan(request, district, pk)
    may.check_plan.check(request.user, plan)
    return bin_page(
        request,
        f"plan:{plan.pk}",
        title=f"Papirkurv: {plan}",
        restore="plan:bin_restore",
        crumbs=crumbs(plan),
    )


@require_POST
def bin_restore(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Put something of a plan back."""
    removed = get_object_or_404(Removed, pk=pk, place__startswith="plan:")
    plan = find_plan(request, district, int(removed.place.split(":")[1]))
    return restore(request, removed, back=url_of(plan))
