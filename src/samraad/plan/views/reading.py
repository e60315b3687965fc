"""Pages from a file to a draft: upload, review (source left, result right), take over."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_POST

from manuscript.check.rules import RULES
from manuscript.report import KINDS
from manuscript.text import shortened
from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.models import Forum
from samraad.council.permissions import appointments
from samraad.look.pages import old_act, old_form_page
from samraad.plan import permissions as may
from samraad.plan.actions import reading as acts
from samraad.plan.forms.plan import TakeOverForm, UploadForm
from samraad.plan.models import Plan, Reading
from samraad.plan.permissions import visible_readings


def upload(request: Request, district: Organisation, forum_pk: int) -> HttpResponse:
    """Choose a file; it is read at once and parked for its reader alone."""
    forum = get_object_or_404(Forum, pk=forum_pk, district=district, kind=Forum.Kind.KREDSRAAD)
    if all(a.seat.forum_id != forum.pk for a in appointments(request.user)):
        raise Http404
    may.start_plan.check(request.user, forum)

    return old_form_page(
        request,
        UploadForm(request.POST or None, request.FILES or None),
        lambda data: acts.park(forum=forum, file=data["file"], now=clock.now(), by=request.user),
        prepare=lambda data: {"file": acts.read_file(data["upload"].read(), str(data["upload"].name))},
        title="Læs en plan fra en fil",
        lead="Vi finder afsnit, områder, løfter, tal og det, der skal ses på. Intet bliver til en plan, før du siger ja.",
        button="Læs filen",
        done="Filen er læst. Kun du kan se den.",
        back=lambda made: reverse("plan:review", args=[district.slug, made.pk]),
        crumbs=[("Planer", reverse("plan:plans", args=[district.slug]))],
        template="plan/upload.html",
    )


def find_reading(request: Request, district: Organisation, pk: int) -> Reading:
    """One's own parked reading."""
    return get_object_or_404(
        visible_readings(request.user, district).select_related("forum__district", "plan"), pk=pk
    )


def review(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """The source left, what was found right; all or some sections become a draft."""
    found = find_reading(request, district, pk)
    result = found.result
    year = result["year"] or clock.today().year
    initial = {
        "year": year,
        "title": shortened(result["title"], 160),
        "chosen": [str(section["line"]) for section in result["sections"]],
        "promises": [
            str(n)
            for n, row in enumerate(result["commitments"])
            if row["kind"] not in ("standing_forum", "intention")
        ],
    }
    areas = {area["line"] for area in result["focus_areas"]}
    heads = {section["line"] for section in result["sections"]}
    return old_form_page(
        request,
        TakeOverForm(request.POST or None, initial=initial, result=result),
        lambda data: acts.take_over(reading=found, by=request.user, **data),
        title=f"Gennemse {found.file_name}",
        button="Overtag som kladde",
        done=_taken_over,
        back=lambda made: reverse("plan:plan", args=[district.slug, made.plan.pk]),
        crumbs=[("Planer", reverse("plan:plans", args=[district.slug]))],
        template="plan/review.html",
        reading=found,
        result=result,
        kind=KINDS[result["kind"]],
        promises=_numbered(result["commitments"]),
        figures=[row for row in _numbered(result["figures"]) if isinstance(row["value"], int | float)],
        claims=[row for row in result["figures"] if row["value"] is None],
        findings=[{**row, "name": RULES[row["code"]][1]} for row in result["findings"]],
        promise_lines={row["line"] for row in result["commitments"]},
        finding_lines={line for row in result["findings"] for line in [row["line"], *row["lines"]]},
        lines=[
            (number, text, number in heads, number in areas)
            for number, text in enumerate(found.lines, start=1)
            if text
        ],
        areas=areas,
        existing=Plan.objects.filter(forum=found.forum, year=year, kind=Plan.Kind.COOPERATION).first(),
    )


def _taken_over(made: acts.TakenOver) -> str:
    """What the draft has now, and what did not come along."""
    told = f"Kladden er klar med {made.promises} nye løfter. Se adressater og ansvarlige igennem; ingen bliver spurgt, før planen er ude."
    if made.left_out:
        told += f" {made.left_out} løfter står i afsnit, der ikke er taget med, og er ikke skrevet op."
    return told


PROMISE_KINDS = {
    "promise": "løfte",
    "recurring": "fast opgave",
    "conditional": "når noget sker",
    "external": "en anden myndighed",
    "intention": "ønske",
    "standing_forum": "fast forum",
}


def _numbered(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows with their place, as the form names them, and their kind in Danish."""
    return [
        {**row, "nr": str(place), "word": PROMISE_KINDS.get(row.get("kind", ""), "")}
        for place, row in enumerate(rows)
    ]


@require_POST
def discard(request: Request, district: Organisation, pk: int) -> HttpResponse:
    """Throw a reading away."""
    found = find_reading(request, district, pk)
    return old_act(
        request,
        lambda: acts.discard(reading=found, by=request.user),
        done="Filen er smidt ud. Intet af den er gemt.",
        back=reverse("plan:plans", args=[district.slug]),
    )
