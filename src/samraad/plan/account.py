"""The yearly account's chapters from the year's data.

They are: the police's own words, meetings, subjects, commitments, answers, what was counted, opinions.
"""

import html
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samraad.commitment.models import Commitment
from samraad.council.models import AgendaItem, Decision, Forum, Meeting
from samraad.look.danish import dato, kortdato
from samraad.plan.models import Plan, Section
from samraad.plan.models.plan import Chapter
from samraad.plan.queries import shown
from samraad.plan.queries.matrix import answer_counts

UNWRITTEN = "<p>[Skriv her, hvad der har præget året: opgaver, organisation, resultater.]</p>"


@dataclass(frozen=True)
class Written:
    """A chapter as the year's data write it: which one, its heading, its text as HTML."""

    chapter: Chapter
    title: str
    body: str


def chapters(forum: Forum, year: int, today: date) -> list[Written]:
    """The chapters in their order; one without data says so, to be written on."""
    meetings = list(
        forum.meetings.filter(starts_at__year=year)
        .order_by("starts_at")
        .prefetch_related("attendance", "items")
    )
    plan = Plan.objects.cooperation().filter(forum=forum, year=year).first()
    kept = f"Planen for {year}: løfter og hvordan det gik"
    return [
        Written(Chapter.POLICE, "Politiets virksomhed i kredsen", UNWRITTEN),
        Written(Chapter.MEETINGS, "Møder i kredsrådet", _meetings(meetings, today)),
        Written(Chapter.SUBJECTS, "De fire faste emner", _subjects(meetings)),
        Written(Chapter.COMMITMENTS, kept, _commitments(forum, plan, year, today)),
        Written(Chapter.ANSWERS, "Svar fra lokalrådene", _answers(plan)),
        Written(Chapter.NUMBERS, "Det, der er talt", _counted(plan)),
        Written(Chapter.OPINIONS, "Udtalelser og henstillinger", _opinions(forum, year)),
    ]


def counted_anew(section: Section, today: date) -> str:
    """What the year's data say now in a chapter of an account; empty for one that holds none."""
    if not section.is_counted:
        return ""
    plan = section.plan
    bodies = {made.chapter: made.body for made in chapters(plan.forum, plan.year, today)}
    return bodies[Chapter(section.chapter)]


def table(head: list[str], rows: list[list[str]], empty: str) -> str:
    """Rows as an HTML table of the subset; a sentence when there are none."""
    if not rows:
        return f"<p>{empty}</p>"
    top = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _meetings(meetings: list[Meeting], today: date) -> str:
    rows = []
    for meeting in meetings:
        seats = list(meeting.attendance.all())
        covered = sum(row.covered for row in seats)
        there = (
            f"{covered} af {len(seats)} pladser"
            if meeting.is_over and seats
            else str(meeting.get_status_display())
        )
        rows.append([kortdato(meeting.starts_at), str(meeting.get_form_display()), there])
    return table(["Møde", "Form", "Fremmøde"], rows, "Der er ingen møder i kalenderen for året.")


def _subjects(meetings: list[Meeting]) -> str:
    rows = []
    for code, word in AgendaItem.Subject.choices:
        items = [
            item
            for m in meetings
            for item in m.items.all()
            if m.is_over and code in item.subjects and not item.closed
        ]
        rows.append(
            [
                str(word),
                "; ".join(f"{item.title} ({kortdato(item.meeting.starts_at)})" for item in items)
                or "ikke behandlet",
            ]
        )
    return table(["Emne", "Behandlet"], rows, "")


def _commitments(forum: Forum, plan: Plan | None, year: int, today: date) -> str:
    """Those of the year's plan, those decided in the year, and those due in it."""
    of_the_year = Q(areas__plan=plan) | Q(sections__plan=plan) if plan else Q()
    of_the_year |= Q(decision__item__meeting__starts_at__year=year) | Q(due_on__year=year)
    found = (
        forum.commitments.filter(of_the_year)
        .exclude(status__in=["declined", "draft"])
        .exclude(decision__item__closed=True)
    )
    found = found.select_related("owner", "owner_seat").distinct()
    rows = [
        [c.text, c.owner_text or "ingen", kortdato(c.due_on) or c.condition or "uden frist", _state(c, today)]
        for c in found
    ]
    last = min(today, date(year, 12, 31))
    owed = [c for c in found if c.due_on and c.due_on <= last]
    done = sum(c.status == "done" for c in owed)
    by_when = (
        f"i {year}" if last.year > year or (last.month, last.day) == (12, 31) else f"senest {dato(last)}"
    )
    summary = (
        f"<p>{done} af de {len(owed)} løfter, der skulle være holdt {by_when}, er udført.</p>" if owed else ""
    )
    return summary + table(["Løfte", "Ansvarlig", "Frist", "Tilstand"], rows, "Der er ingen løfter for året.")


def _state(commitment: Commitment, today: date) -> str:
    return "Forsinket" if commitment.is_late(today) else str(commitment.get_status_display())


def _answers(plan: Plan | None) -> str:
    kept = plan is not None and plan.action_plans.exists()
    rows = (
        [[str(row.forum), f"{row.answered} af {row.asked}"] for row in answer_counts(plan)]
        if plan and kept
        else []
    )
    return table(
        ["Lokalråd", "Svar"],
        rows,
        "[Skriv her, hvordan lokalrådene har svaret: deres handleplaner for året står ikke i Samråd.]",
    )


def _counted(plan: Plan | None) -> str:
    rows = []
    for area in plan.areas.prefetch_related("indicators__measurements__municipality") if plan else []:
        for indicator in area.indicators.all():
            rows += [
                [indicator.name, row.municipality.short_name, row.period, row.text]
                for row in shown(indicator)
            ]
    note = (
        "<p>Tallene er skrevet ind af kommuner og politi. Små tal om personer er skjult.</p>" if rows else ""
    )
    return note + table(["Måling", "Kommune", "Periode", "Tal"], rows, "Intet er talt.")


def _opinions(forum: Forum, year: int) -> str:
    of_the_year = Decision.objects.filter(item__meeting__forum=forum, item__meeting__starts_at__year=year)
    found = of_the_year.filter(item__closed=False, item__withheld=False).exclude(kind="decision")
    rows = [[str(d.get_kind_display()), d.text, kortdato(d.ends_on) or "ingen"] for d in found]
    return table(
        ["Slags", "Tekst", "Gælder til"],
        rows,
        "Kredsrådet har ikke afgivet udtalelser eller henstillinger i året.",
    )
