"""The yearly account's chapters from the year's data.

They are: the police's own words, meetings, subjects, commitments, answers, what was counted, opinions.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem, Decision, Forum, Meeting
from samraad.look.danish import dato, kortdato
from samraad.plan.models import Indicator, Plan, Section
from samraad.plan.models.plan import Chapter
from samraad.plan.queries.indicator import ASKED, MEASURED, shown
from samraad.plan.queries.matrix import answer_counts

UNWRITTEN = "<p>[Skriv her, hvad der har præget året: opgaver, organisation, resultater.]</p>"

NO_ANSWERS = "[Skriv her, hvordan lokalrådene har svaret: deres handleplaner for året står ikke i Samråd.]"
NO_OPINIONS = "Kredsrådet har ikke afgivet udtalelser eller henstillinger i året."
TYPED = "Tallene er skrevet ind af kommuner og politi. Antal personer står for hele kredsen."


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
    top = _row("th", head)
    body = "".join(_row("td", row) for row in rows)
    return f"<table><thead>{top}</thead><tbody>{body}</tbody></table>"


def _row(tag: str, cells: list[str]) -> str:
    inside = "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)
    return f"<tr>{inside}</tr>"


def _meetings(meetings: list[Meeting], today: date) -> str:
    rows = []
    for meeting in meetings:
        there = str(meeting.get_status_display())
        seats = list(meeting.attendance.all())
        if meeting.is_over and seats:
            covered = sum(seat.covered for seat in seats)
            there = f"{covered} af {len(seats)} pladser"
        rows.append([kortdato(meeting.starts_at), str(meeting.get_form_display()), there])
    return table(["Møde", "Form", "Fremmøde"], rows, "Der er ingen møder i kalenderen for året.")


def _subjects(meetings: list[Meeting]) -> str:
    rows = []
    for code, word in AgendaItem.Subject.choices:
        treated = "; ".join(_items_on(code, meetings)) or "ikke behandlet"
        rows.append([str(word), treated])
    return table(["Emne", "Behandlet"], rows, "")


def _items_on(subject: str, meetings: list[Meeting]) -> Iterator[str]:
    """The open items of meetings that were held on one of the standing subjects, each with its day."""
    for meeting in meetings:
        if meeting.is_over:
            for item in meeting.items.all():
                if subject in item.subjects and not item.closed:
                    yield f"{item.title} ({kortdato(meeting.starts_at)})"


def _commitments(forum: Forum, plan: Plan | None, year: int, today: date) -> str:
    """Those of the year's plan, those decided in the year, and those due in it, that all may be told of."""
    of_the_year = Q(decision__item__meeting__starts_at__year=year) | Q(due_on__year=year)
    if plan is not None:
        of_the_year |= Q(areas__plan=plan) | Q(sections__plan=plan)
    found = forum.commitments.told_to_all().filter(of_the_year)
    found = found.select_related("owner", "owner_seat").distinct()
    rows = []
    for commitment in found:
        when = kortdato(commitment.due_on) or commitment.condition or "uden frist"
        owner = commitment.owner_text or "ingen"
        rows.append([commitment.text, owner, when, _state(commitment, today)])
    kept = _kept(list(found), year, today)
    return kept + table(["Løfte", "Ansvarlig", "Frist", "Status"], rows, "Der er ingen løfter for året.")


def _kept(commitments: list[Commitment], year: int, today: date) -> str:
    """How many of those whose day has come are done; empty when none has."""
    last = min(today, date(year, 12, 31))
    owed = [each for each in commitments if each.due_on and each.due_on <= last]
    if not owed:
        return ""
    done = [each for each in owed if each.status == CommitmentStatus.DONE]
    by_when = f"senest {dato(last)}"
    if last >= date(year, 12, 31):
        by_when = f"i {year}"
    return f"<p>{len(done)} af de {len(owed)} løfter, der skulle være holdt {by_when}, er udført.</p>"


def _state(commitment: Commitment, today: date) -> str:
    if commitment.is_late(today):
        return "Forsinket"
    return str(commitment.get_status_display())


def _answers(plan: Plan | None) -> str:
    rows = []
    if plan is not None and plan.action_plans.exists():
        for row in answer_counts(plan):
            rows.append([str(row.forum), f"{row.answered} af {row.asked}"])
    return table(["Lokalråd", "Svar"], rows, NO_ANSWERS)


def _counted(plan: Plan | None) -> str:
    rows = []
    if plan is not None:
        measured = Indicator.objects.filter(area__plan=plan).prefetch_related(MEASURED, *ASKED)
        for indicator in measured:
            for row in shown(indicator):
                rows.append([indicator.name, row.place, row.period, row.text])
    numbers = table(["Måling", "Sted", "Periode", "Tal"], rows, "Intet er talt.")
    return f"<p>{TYPED}</p>{numbers}" if rows else numbers


def _opinions(forum: Forum, year: int) -> str:
    of_the_year = Decision.objects.filter(item__meeting__forum=forum, item__meeting__starts_at__year=year)
    open_ones = of_the_year.filter(item__in=AgendaItem.objects.told_to_all())
    rows = []
    for opinion in open_ones.exclude(kind=Decision.Kind.DECISION):
        ends = kortdato(opinion.ends_on) or "ingen"
        rows.append([str(opinion.get_kind_display()), opinion.text, ends])
    return table(["Type", "Tekst", "Gælder til"], rows, NO_OPINIONS)
