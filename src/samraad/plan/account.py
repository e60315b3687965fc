"""The yearly account's chapters from the data of the year: meetings, subjects, commitments, answers, counts."""

import html
from datetime import date

from django.db.models import Q

from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem, Decision, Forum, Meeting
from samraad.look.danish import dato, kortdato
from samraad.plan.models import Indicator, Plan, Section
from samraad.plan.queries import answer_counts, shown


def chapters(forum: Forum, year: int, today: date) -> list[tuple[str, str]]:
    """(heading, HTML) of each chapter; a chapter without data says so, to be written on."""
    meetings = list(
        forum.meetings.filter(starts_at__year=year)
        .order_by("starts_at")
        .prefetch_related("attendance", "items")
    )
    plan = Plan.objects.cooperation().filter(forum=forum, year=year).first()
    return [
        (
            "Politiets virksomhed i kredsen",
            "<p>[Skriv her, hvad der har præget året: opgaver, organisation, resultater.]</p>",
        ),
        ("Møder i kredsrådet", _meetings(meetings, today)),
        ("De fire faste emner", _subjects(meetings)),
        (f"Planen for {year}: løfter og hvordan det gik", _promises(forum, plan, year, today)),
        ("Svar fra lokalrådene", _answers(plan)),
        ("Det, der er talt", _counted(plan)),
        ("Udtalelser og henstillinger", _opinions(forum, year)),
    ]


def counted_anew(section: Section, today: date) -> str:
    """What the year's data say now in a chapter of an account; empty for one that holds none."""
    if not section.is_counted:
        return ""
    plan = section.plan
    made = chapters(plan.forum, plan.year, today)
    return next(
        (body for title, body in made[1:] if title == section.title), made[int(section.number) - 1][1]
    )


def table(head: list[str], rows: list[list[str]], empty: str) -> str:
    """Rows as an HTML table of the subset; a sentence when there are none."""
    if not rows:
        return f"<p>{empty}</p>"
    top = _cells("th", head)
    body = "".join(f"<tr>{_cells('td', row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"


def _cells(tag: str, words: list[str]) -> str:
    return "".join(f"<{tag}>{html.escape(word)}</{tag}>" for word in words)


def _meetings(meetings: list[Meeting], today: date) -> str:
    rows = []
    for meeting in meetings:
        there = str(meeting.get_status_display())
        seats = meeting.attendance.all()
        if meeting.is_over and seats:
            covered = [seat for seat in seats if seat.covered]
            there = f"{len(covered)} af {len(seats)} pladser"
        rows.append([kortdato(meeting.starts_at), str(meeting.get_form_display()), there])
    return table(["Møde", "Form", "Fremmøde"], rows, "Der er ingen møder i kalenderen for året.")


def _subjects(meetings: list[Meeting]) -> str:
    """Where each of the standing subjects was dealt with, in public."""
    treated: dict[str, list[str]] = {code: [] for code in AgendaItem.Subject.values}
    for meeting in meetings:
        if meeting.is_over:
            for item in meeting.items.all():
                _note_subjects(item, treated)
    rows = []
    for code, word in AgendaItem.Subject.choices:
        rows.append([str(word), "; ".join(treated[code]) or "ikke behandlet"])
    return table(["Emne", "Behandlet"], rows, "")


def _note_subjects(item: AgendaItem, treated: dict[str, list[str]]) -> None:
    if item.closed:
        return
    for code in item.subjects:
        treated[code].append(f"{item.title} ({kortdato(item.meeting.starts_at)})")


def _promises(forum: Forum, plan: Plan | None, year: int, today: date) -> str:
    """Those of the year's plan, those decided in the year, and those due in it."""
    of_the_year = Q(decision__item__meeting__starts_at__year=year) | Q(due_on__year=year)
    if plan is not None:
        of_the_year |= Q(areas__plan=plan) | Q(sections__plan=plan)
    found = (
        forum.commitments.filter(of_the_year)
        .exclude(status__in=[CommitmentStatus.DECLINED, CommitmentStatus.DRAFT])
        .exclude(decision__item__closed=True)
    )
    found = found.select_related("owner", "owner_seat").distinct()
    rows = []
    for row in found:
        when = kortdato(row.due_on) or row.condition or "uden frist"
        rows.append([row.text, row.owner_text or "ingen", when, _state(row, today)])
    kept = _kept(list(found), year, today)
    return kept + table(["Løfte", "Ansvarlig", "Frist", "Tilstand"], rows, "Der er ingen løfter for året.")


def _kept(found: list[Commitment], year: int, today: date) -> str:
    """How many of those that were due have been carried out; empty when none was."""
    ends = date(year, 12, 31)
    last = min(today, ends)
    owed = [row for row in found if row.due_on and row.due_on <= last]
    if not owed:
        return ""
    done = [row for row in owed if row.status == CommitmentStatus.DONE]
    by_when = f"i {year}" if last == ends else f"senest {dato(last)}"
    return f"<p>{len(done)} af de {len(owed)} løfter, der skulle være holdt {by_when}, er udført.</p>"


def _state(commitment: Commitment, today: date) -> str:
    return "Forsinket" if commitment.is_late(today) else str(commitment.get_status_display())


def _answers(plan: Plan | None) -> str:
    rows = []
    if plan is not None and plan.action_plans.exists():
        for owed in answer_counts(plan):
            rows.append([str(owed.forum), f"{owed.answered} af {owed.asked}"])
    return table(
        ["Lokalråd", "Svar"],
        rows,
        "[Skriv her, hvordan lokalrådene har svaret: deres handleplaner for året står ikke i Samråd.]",
    )


def _counted(plan: Plan | None) -> str:
    """What was typed in under the areas, as others may see it."""
    rows = []
    if plan is not None:
        counted = Indicator.objects.filter(area__plan=plan).order_by("area__position", "area", "pk")
        for indicator in counted:
            for row in shown(indicator):
                rows.append([indicator.name, row.municipality.short_name, row.period, row.text])
    told = table(["Måling", "Kommune", "Periode", "Tal"], rows, "Intet er talt.")
    if not rows:
        return told
    return f"<p>Tallene er skrevet ind af kommuner og politi. Små tal om personer er skjult.</p>{told}"


def _opinions(forum: Forum, year: int) -> str:
    of_the_year = Decision.objects.filter(item__meeting__forum=forum, item__meeting__starts_at__year=year)
    told = of_the_year.filter(item__closed=False, item__withheld=False).exclude(kind=Decision.Kind.DECISION)
    rows = [[str(d.get_kind_display()), d.text, kortdato(d.ends_on) or "ingen"] for d in told]
    return table(
        ["Slags", "Tekst", "Gælder til"],
        rows,
        "Kredsrådet har ikke afgivet udtalelser eller henstillinger i året.",
    )
