"""Pages of the lokalråds' answers: matrix, one answer, the action plan, its note, initiatives, numbers, agreement."""

import csv
import io
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.council.permissions import appointments, is_secretary
from samraad.documents.spreadsheet import safe
from samraad.look.pages import download, old_act, old_form_page
from samraad.plan import permissions as may
from samraad.plan import queries
from samraad.plan.actions import answer as acts
from samraad.plan.actions import copying
from samraad.plan.actions import initiative as works
from samraad.plan.forms.plan import (
    AnswerForm,
    IndicatorForm,
    InitiativeEditForm,
    InitiativeForm,
    MeasureForm,
    NeedForm,
    StageForm,
)
from samraad.plan.models import Answer, FocusArea, Indicator, Initiative, LocalNeed, Plan
from samraad.plan.papers import council_note
from samraad.plan.permissions import visible_plans
from samraad.plan.queries.matrix import Matrix
from samraad.plan.queries.matrix import matrix as matrix_of
from samraad.plan.states import INITIATIVE
from samraad.plan.views.plan import crumbs, find_area, find_plan, url_of


@require_GET
def answers_now(request: Request, district: Organisation) -> HttpResponse:
    """To the matrix of the plan that the district works by."""
    plan = queries.in_force(queries.open_plans(district), clock.today())
    if plan is None or not visible_plans(request.user, district).filter(pk=plan.pk).exists():
        raise Http404
    return HttpResponseRedirect(reverse("plan:matrix", args=[district.slug, plan.pk]))


@require_GET
def matrix(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Municipalities x focus areas, with its holes."""
    found = find_plan(request, district, pk)
    may.see_matrix.check(request.user, found)
    table = matrix_of(found)
    if request.GET.get("form") == "csv":
        return _spreadsheet(found, table)
    return render(
        request,
        "plan/matrix.html",
        {
            "title": "Svar fra lokalrådene",
            "plan": found,
            "matrix": table,
            "drafts": table.count("draft"),
            "missing": table.count("missing"),
            "days": clock.days_until(found.answers_due_on) if found.answers_due_on else None,
            "remind_words": f"Send påmindelse til {len(table.owing)} lokalråd",
            "why_not_remind": may.remind.reason(request.user, found),
            "reminders": found.reminders.select_related("forum")[:12],
            "crumbs": crumbs(found),
        },
    )


def _spreadsheet(plan: Plan, table: Matrix) -> HttpResponse:
    """The matrix for Danish Excel: semicolons, BOM; a text that could run as a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Lokalråd", *(safe(f"{area.number} {area.label}".strip()) for area in table.areas)])
    for row in table.rows:
        writer.writerow([safe(str(row.forum)), *(cell.word for cell in row.cells)])
    response = HttpResponse("﻿" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="svar-{plan.year}.csv"'
    return response


@require_POST
def remind(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Remind those who owe answers."""
    found = find_plan(request, district, pk)
    return old_act(
        request,
        lambda: acts.remind(plan=found, now=clock.now(), by=request.user),
        done=lambda sent: f"Påmindelsen står nu på bordet hos {len(sent)} lokalråd.",
        back=reverse("plan:matrix", args=[district.slug, pk]),
    )


@require_POST
def start_action_plan(request: Request, district: Organisation, pk: int, forum_pk: int) -> HttpResponse:
    """A lokalråd begins its action plan, from last year's and the draft."""
    found = find_plan(request, district, pk)
    forum = get_object_or_404(Forum, pk=forum_pk, district=district, kind=Forum.Kind.LOKALRAAD)
    if all(a.seat.forum_id != forum.pk for a in appointments(request.user)):
        raise Http404
    made: list[Plan] = []
    return old_act(
        request,
        lambda: made.append(acts.start_action_plan(forum=forum, district_plan=found, by=request.user)),
        done="Handleplanen er begyndt. Sidste års svar er lagt klar som kladder.",
        back=reverse("plan:plans", args=[district.slug]),
    )


def answer(request: Request, district: Organisation, pk: int, area_pk: int) -> HttpResponse:
    """One answer: three choices."""
    plan = find_plan(request, district, pk)
    area = get_object_or_404(
        FocusArea.objects.select_related("section", "parent"), pk=area_pk, plan=plan.district_plan
    )
    may.answer.check(request.user, plan)
    kept = Answer.objects.filter(plan=plan, area=area).first()
    names = ("kind", "text", "responsible", "due_on", "evidence", "version")
    initial = {name: getattr(kept, name) for name in names} if kept else {"version": 0}
    send = request.POST.get("send") == "1"
    areas = list(queries.areas_for(plan))
    place = next((i for i, each in enumerate(areas) if each.pk == area.pk), None)
    last = (
        kept.plan.continues.answers.filter(area=area.continues).first()
        if kept and kept.plan.continues and area.continues
        else None
    )

    def run(data: dict[str, Any]) -> Answer:
        return acts.save_answer(plan=plan, area=area, now=clock.now(), by=request.user, send=send, **data)

    def done(saved: Answer) -> str:
        sent, asked = queries.answer_state(plan)
        return (
            f"Svaret er sendt. I har svaret på {sent} af {asked} områder."
            if send
            else "Kladden er gemt. Den er ikke sendt."
        )

    return old_form_page(
        request,
        AnswerForm(request.POST or None, initial=initial),
        run,
        title=f"{area.number} {area.title}".strip(),
        done=done,
        back=url_of(plan) + "#svar",
        crumbs=crumbs(plan),
        template="plan/answer.html",
        plan=plan,
        area=area,
        kept=kept,
        last=last,
        place=place,
        count=len(areas),
        previous=areas[place - 1] if place else None,
        following=areas[place + 1] if place is not None and place + 1 < len(areas) else None,
        others=queries.released_answers(area, clock.now()),
        ideas=queries.ideas_for(area, plan, clock.now()),
    )


@require_POST
def adopt(request: Request, district: Organisation, pk: int, initiative_pk: int) -> HttpResponse:
    """Take another lokalråd's released initiative over as an idea, with its origin."""
    plan = find_plan(request, district, pk)
    source = get_object_or_404(Initiative.objects.select_related("area__plan"), pk=initiative_pk)
    ideas = queries.ideas_for(source.area, plan, clock.now()) if source.area else []
    released = next((idea for idea in ideas if idea.pk == source.pk), None)
    if released is None:
        raise Http404
    return old_act(
        request,
        lambda: copying.adopt(released=released, plan=plan, by=request.user),
        done="Indsatsen står nu som en idé i jeres handleplan.",
        back=url_of(plan) + "#indsatser",
    )


def need_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Add a local need."""
    plan = find_plan(request, district, pk)
    may.answer.check(request.user, plan)
    return old_form_page(
        request,
        NeedForm(request.POST or None),
        lambda data: acts.add_need(plan=plan, by=request.user, **data),
        title="Et lokalt behov",
        lead="Noget, I vil gøre, som ikke står i kredsens plan.",
        done="Behovet står i handleplanen.",
        back=url_of(plan),
        crumbs=crumbs(plan),
    )


@require_POST
def need_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take a local need away."""
    need = get_object_or_404(LocalNeed.objects.select_related("plan__forum__district"), pk=pk)
    find_plan(request, district, need.plan_id)
    return old_act(
        request,
        lambda: acts.remove_need(need=need, by=request.user),
        done="Behovet er fjernet.",
        back=url_of(need.plan),
    )


@require_GET
def note(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """A two-page note on the action plan for the municipality's own council, to print."""
    plan = find_plan(request, district, pk)
    if not plan.is_action:
        raise Http404
    answers = list(plan.answers.select_related("area"))
    groups = [
        (word, [a for a in answers if a.cell == code])
        for code, word in (
            ("initiative", "Det gør vi"),
            ("covered", "Det er dækket i forvejen"),
            ("not_here", "Det gør vi ikke her"),
        )
    ]
    return render(
        request,
        "plan/note.html",
        {
            "title": f"Sagsfremstilling: {plan.title}",
            "plan": plan,
            "groups": groups,
            "open": [a for a in answers if a.cell == "draft"],
            "needs": plan.needs.all(),
            "counts": queries.answer_state(plan),
            "crumbs": crumbs(plan),
        },
    )


@require_GET
def note_docx(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The note for the municipality's council as a Word file."""
    plan = find_plan(request, district, pk)
    if not plan.is_action:
        raise Http404
    return download(council_note(plan))


def _initiative_choices(plan: Plan) -> dict[str, Any]:
    areas = queries.areas_for(plan) if plan.is_action else queries.leaves(plan)
    return {
        "areas": areas,
        "leads": Organisation.objects.filter(seats__forum__district=plan.forum.district).distinct(),
    }


def initiative_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Add an initiative."""
    plan = find_plan(request, district, pk)
    (may.answer if plan.is_action else may.write).check(request.user, plan)
    return old_form_page(
        request,
        InitiativeForm(request.POST or None, **_initiative_choices(plan)),
        lambda data: works.add_initiative(
            plan=plan, by=request.user, **{**data, "leads": list(data["leads"])}
        ),
        title="Ny indsats",
        done="Indsatsen er tilføjet.",
        back=url_of(plan) + "#indsatser",
        crumbs=crumbs(plan),
    )


def find_initiative(request: Request, district: Organisation, pk: int) -> Initiative:
    """The initiative, if its plan is mine to see."""
    found = get_object_or_404(
        Initiative.objects.select_related("plan__forum__district", "area", "adopted_from__plan__forum"), pk=pk
    )
    find_plan(request, district, found.plan_id)
    return found


def initiative_edit(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Write an initiative."""
    found = find_initiative(request, district, pk)
    (may.answer if found.plan.is_action else may.write).check(request.user, found.plan)
    names = ("title", "area", "running", "text", "success_criterion", "target_group", "partners", "version")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names} | {"leads": found.leads.all()}
    return old_form_page(
        request,
        InitiativeEditForm(request.POST or None, initial=initial, **_initiative_choices(found.plan)),
        lambda data: works.edit_initiative(
            initiative=found, by=request.user, **{**data, "leads": list(data["leads"])}
        ),
        title=f"Ret “{found}”",
        done="Indsatsen er gemt.",
        back=url_of(found.plan) + "#indsatser",
        crumbs=crumbs(found.plan),
    )


@require_POST
def initiative_remove(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take an initiative out of its plan."""
    found = find_initiative(request, district, pk)
    return old_act(
        request,
        lambda: works.remove_initiative(initiative=found, now=clock.now(), by=request.user),
        done="Indsatsen er fjernet. Den kan sættes på plads fra planens papirkurv i 30 dage.",
        back=url_of(found.plan) + "#indsatser",
    )


def initiative_stage(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Take an initiative to its next stage."""
    found = find_initiative(request, district, pk)
    (may.answer if found.plan.is_action else may.write).check(request.user, found.plan)
    return old_form_page(
        request,
        StageForm(request.POST or None, stages=list(INITIATIVE[found.stage])),
        lambda data: works.advance(initiative=found, by=request.user, **data),
        title=f"Næste trin for “{found}”",
        lead=f"Den er nu: {found.get_stage_display()}. Succeskriterium: {found.success_criterion or 'ikke skrevet'}.",
        button="Gå videre",
        done="Indsatsen er gået videre.",
        back=url_of(found.plan) + "#indsatser",
        crumbs=crumbs(found.plan),
    )


def indicator_add(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Say how an area is counted."""
    area = find_area(request, district, pk)
    may.write.check(request.user, area.plan)
    return old_form_page(
        request,
        IndicatorForm(request.POST or None),
        lambda data: works.add_indicator(area=area, by=request.user, **data),
        title=f"Ny måling under “{area}”",
        done="Målingen er oprettet.",
        back=lambda made: reverse("plan:indicator", args=[district.slug, made.pk]),
        crumbs=crumbs(area.plan),
    )


def indicator(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """An indicator's numbers, with small ones hidden from others, and a form to type one in."""
    found = get_object_or_404(Indicator.objects.select_related("area__plan__forum__district"), pk=pk)
    plan = find_plan(request, district, found.area.plan_id)
    municipalities = Organisation.objects.of_district(district, clock.today())
    own = {a.seat.organisation_id for a in appointments(request.user) if a.seat.organisation_id}
    if not is_secretary(request.user, district):
        municipalities = municipalities.filter(
            municipal_fora__in=[
                a.seat.forum_id for a in appointments(request.user) if a.seat.forum.is_lokalraad
            ]
        ).distinct()
    may_measure = may.measure.allows(request.user, plan)
    if request.method == "POST":
        may.measure.check(request.user, plan)
    return old_form_page(
        request,
        MeasureForm(request.POST or None, municipalities=municipalities),
        lambda data: works.measure(indicator=found, by=request.user, **data),
        title=found.name,
        button="Gem tallet",
        done="Tallet er gemt.",
        back=reverse("plan:indicator", args=[district.slug, pk]),
        crumbs=crumbs(plan),
        template="plan/indicator.html",
        indicator=found,
        rows=queries.shown(found, own={pk for pk in own if pk}),
        may=may_measure,
    )
