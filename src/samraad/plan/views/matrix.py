"""The overview of the lokalråds' answers as a page and as a spreadsheet; reminders to those who owe some."""

import csv
import io

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from samraad import clock
from samraad.accounts.middleware import Request
from samraad.accounts.models import Organisation
from samraad.council.queries.sending import sending
from samraad.council.views.sending import send_page
from samraad.documents.spreadsheet import safe
from samraad.look.danish import antal
from samraad.look.files import download
from samraad.look.pages import page_of, trail
from samraad.plan import permissions as may
from samraad.plan.actions import answer as acts
from samraad.plan.models import Plan
from samraad.plan.notices import answers_missing
from samraad.plan.papers import matrix_paper
from samraad.plan.permissions import visible_plans
from samraad.plan.queries import in_force, open_plans
from samraad.plan.queries.matrix import Matrix, missing_answers
from samraad.plan.queries.matrix import matrix as matrix_of
from samraad.plan.views.plan import find_plan


@require_GET
def answers_now(request: Request, district: Organisation) -> HttpResponse:
    """To the matrix of the plan that the district works by."""
    plan = in_force(open_plans(district), clock.today())
    if plan is None or not visible_plans(request.user, district).filter(pk=plan.pk).exists():
        raise Http404
    return HttpResponseRedirect(reverse("plan:matrix", args=[district.slug, plan.pk]))


@require_GET
@page_of(find_plan, may.see_matrix)
def matrix(request: Request, plan: Plan) -> HttpResponse:
    """Municipalities x focus areas, with its holes."""
    table = matrix_of(plan)
    if request.GET.get("form") == "csv":
        return _spreadsheet(plan, table)
    context = {
        "title": "Svar fra lokalrådene",
        "plan": plan,
        "matrix": table,
        "why_not_remind": may.remind.reason(request.user, plan),
        "reminders": plan.reminders.select_related("forum")[:12],
        "crumbs": trail(plan),
    }
    return render(request, "plan/matrix.html", context)


def _spreadsheet(plan: Plan, table: Matrix) -> HttpResponse:
    """The matrix for Danish Excel: semicolons, BOM; a text that could run as a formula is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Lokalråd", *(safe(f"{area.number} {area.label}".strip()) for area in table.areas)])
    for row in table.rows:
        writer.writerow([safe(str(row.forum)), *(cell.word for cell in row.cells)])
    response = HttpResponse("\ufeff" + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="svar-{plan.year}.csv"'
    return response


@require_GET
@page_of(find_plan, may.see_matrix)
def matrix_file(request: Request, plan: Plan, form: str) -> HttpResponse:
    """The overview as a file."""
    return download(request, matrix_paper(plan), form)


@page_of(find_plan, may.remind)
def remind(request: Request, plan: Plan) -> HttpResponse:
    """Remind those who owe answers, when it was seen what they get."""
    today = clock.today()
    owing, letters = [], []
    for forum, count in missing_answers(plan).items():
        if count:
            owing.append(forum)
            letters.append(answers_missing(plan, forum, count, today, key=""))
    shown = sending(owing, letters)
    button, done = _reminding(shown.reached)
    missing = ""
    if not owing:
        missing = "Alle svar er inde. Der er ingen at minde."
    return send_page(
        request,
        shown,
        acts.remind,
        title="Påmind dem, der mangler svar",
        button=button,
        follows=[
            "De, der har svaret på alt, hører intet.",
            "Opgaven står på bordet hos lokalrådet, også hos den, der ikke får en mail.",
        ],
        missing=missing,
        done=done,
        back=reverse("plan:matrix", args=[plan.forum.district.slug, plan.pk]),
        crumbs=[*plan.above(), (str(plan), plan.get_absolute_url())],
        plan=plan,
        now=clock.now(),
    )


def _reminding(persons: int) -> tuple[str, str]:
    """(what the button says, what is said when it is pressed), by how many persons get a mail."""
    if not persons:
        return "Skriv det på deres bord", "Opgaven står på bordet hos lokalrådene. Ingen fik en mail."
    whom = antal(persons, "person,personer")
    return f"Send til {whom}", f"Påmindelsen er sendt til {whom} og står på bordet hos lokalrådene."
