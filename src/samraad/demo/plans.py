"""The demo's plans: that of 2021, that of 2022 with what was owed, nine local answers."""

from datetime import date, timedelta
from typing import Any

from samraad.accounts.models import User
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions import commitment as promises
from samraad.commitment.models import Commitment
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import (
    AgendaItem,
    Decision,
    Forum,
    Seat,
)
from samraad.demo.cast import Entered, at, email_of, org, table
from samraad.demo.more import hold_hearing, start_projects
from samraad.plan.actions import answer as answers
from samraad.plan.actions import edition as editions
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.models import FocusArea, Plan
from samraad.plan.states import AnswerStatus

RELEASED = date(2022, 1, 20)


def plan_of_2021(entered: Entered, items: dict[str, AgendaItem]) -> Plan:
    """Last year's plan, discussed and released in April."""
    data = table("plan_2022")["plan_2021"]
    plan = plans.start(forum=entered.kredsraad, year=2021, title=data["title"], by=SYSTEM)
    for row in data["section"]:
        plans.add_section(plan=plan, by=SYSTEM, **row)
    local = list(Forum.objects.filter(kind=Forum.Kind.LOKALRAAD, district=entered.district))
    for row in data["area"]:
        plans.add_area(plan=plan, by=SYSTEM, addressees=local, **row)
    plans.note_discussion(plan=plan, item=items["plan21"], by=SYSTEM)
    editions.publish(
        plan=plan, now=at("2021-04-09"), by=SYSTEM, released_as="Politidirektør i Nordjylland (formand)"
    )
    plans.archive(plan=plan, by=SYSTEM)
    return plan


def plan_of_2022(entered: Entered, items: dict[str, AgendaItem], last_year: Plan) -> Plan:
    """This year's plan with areas, what is owed, initiatives and numbers, released on 20 January."""
    data = table("plan_2022")
    plan = plans.start(
        forum=entered.kredsraad,
        year=2022,
        title=data["title"],
        answers_due_on=data["answers_due_on"],
        by=SYSTEM,
    )
    for row in data["section"]:
        plans.add_section(plan=plan, by=SYSTEM, source_line=row.pop("line"), **row)
    areas = _areas(entered, plan, last_year, items)
    _initiatives(plan, areas)
    _indicators(areas)
    start_projects(entered, plan)
    hold_hearing(plan)
    plans.note_discussion(plan=plan, item=items["plan"], by=SYSTEM)
    editions.publish(
        plan=plan, now=at(RELEASED, 10), by=SYSTEM, released_as="Politidirektør i Nordjylland (formand)"
    )
    sent_to = Forum.objects.filter(kind__in=[Forum.Kind.SSP, Forum.Kind.INFOHOUSE])
    agenda.forward_item(item=items["genopdragelse"], fora=list(sent_to), due_on=date(2022, 6, 17), by=SYSTEM)
    return plan


def _areas(
    entered: Entered, plan: Plan, last_year: Plan, items: dict[str, AgendaItem]
) -> dict[str, FocusArea]:
    """The plan's areas by number, with what is owed in each."""
    chapter = plan.sections.get(number="04")
    local = {
        f.municipalities.all()[0].slug: f
        for f in Forum.objects.filter(kind=Forum.Kind.LOKALRAAD).prefetch_related("municipalities")
    }
    continued = {area.title: area for area in last_year.areas.all()}
    areas: dict[str, FocusArea] = {}
    for row in table("plan_2022")["area"]:
        to = list(local.values()) if row["to"] == "all" else [local[slug] for slug in row["to"]]
        area = plans.add_area(
            plan=plan,
            number=row["number"],
            title=row["title"],
            short_title=row.get("short", ""),
            section=chapter,
            parent=areas.get(row.get("parent", "")),
            addressees=to,
            summary=row["summary"],
            outside=row.get("outside", ""),
            source_line=row["line"],
            continues=continued.get(row["title"]),
            by=SYSTEM,
        )
        areas[row["number"]] = area
        for promise in row.get("promise", []):
            _commitment(entered, area, promise, items)
    return areas


def _initiatives(plan: Plan, areas: dict[str, FocusArea]) -> None:
    for row in table("plan_2022")["initiative"]:
        works.add_initiative(
            plan=plan,
            area=areas[row["area"]],
            title=row["title"],
            text=row["text"],
            running=row.get("running", False),
            success_criterion=row.get("success", ""),
            partners=row["partners"],
            leads=[org(slug) for slug in row["leads"]],
            by=SYSTEM,
        )


def _indicators(areas: dict[str, FocusArea]) -> None:
    for row in table("plan_2022")["indicator"]:
        numbers = row.pop("numbers")
        indicator = works.add_indicator(area=areas[row.pop("area")], by=SYSTEM, **row)
        for slug, period, value, of in numbers:
            works.measure(
                indicator=indicator, municipality=org(slug), period=period, value=value, of=of, by=SYSTEM
            )


def _commitment(
    entered: Entered, area: FocusArea, row: dict[str, Any], items: dict[str, AgendaItem]
) -> Commitment:
    decision = Decision.objects.filter(item=items[row["decision"]]).first() if "decision" in row else None
    seat = Seat.objects.get(forum__slug=row["seat"][0], title=row["seat"][1]) if "seat" in row else None
    promise = promises.propose(
        owner_seat=seat,
        forum=entered.kredsraad,
        text=row["text"],
        owner=org(row["owner"]),
        owner_role=row.get("role", ""),
        due_on=row.get("due"),
        recurrence=row.get("recurrence", ""),
        condition=row.get("condition", ""),
        outside=row.get("outside", False),
        expected=row.get("expected", ""),
        decision=decision,
        origin_text=f"{area.plan}, område {area.number}: {area.title}",
        by=SYSTEM,
    )
    if row["status"] != "proposed":
        promises.accept(commitment=promise, by=SYSTEM)
    if "report" in row:
        poul = User.objects.get(email=email_of("poul"))
        late = row.get("late_because", "")
        promises.report(
            commitment=promise,
            light=row["light"],
            text=row["report"],
            late_because=late,
            now=at("2022-01-19"),
            by=poul if row["owner"] == "nordjylland" else SYSTEM,
        )
        promises.release(commitment=promise, now=at(RELEASED), by=SYSTEM)
    plans.link_commitment(part=area, commitment=promise, by=SYSTEM)
    return promise


def answers_of_2022(entered: Entered, plan: Plan) -> None:
    """What nine local councils have answered by the end of January."""
    areas = {area.number: area for area in plan.areas.all()}
    for slug, row in table("answers").items():
        forum = Forum.objects.get(slug=f"lokalraad-{slug}")
        if not row["answers"]:
            continue
        own = answers.start_action_plan(forum=forum, district_plan=plan, by=SYSTEM)
        for number, (area, kind, text, responsible) in enumerate(row["answers"]):
            answers.save_answer(
                plan=own,
                area=areas[area],
                version=1,
                now=at("2022-01-14") + timedelta(days=number),
                by=SYSTEM,
                send=not kind.endswith("?"),
                kind=kind.rstrip("?"),
                text=f"<p>{text}</p>",
                responsible=responsible,
            )
        for title, text in row.get("needs", []):
            answers.add_need(plan=own, title=title, text=f"<p>{text}</p>", by=SYSTEM)
        if "met" in row:
            _release(own, forum, row["met"], row["released"])


def _release(plan: Plan, forum: Forum, met: str, released: str) -> None:
    meeting = meetings.plan_meeting(forum=forum, starts_at=at(met, 9), ends_at=at(met, 11), by=SYSTEM)
    answered = plan.answers.filter(status=AnswerStatus.SENT).count()
    text = f"<p>Lokalrådet gennemgik svarene på {answered} områder.</p>"
    item = agenda.add_item(
        meeting=meeting, kind="discussion", title=plan.title, outcome="discussed", minute=text, by=SYSTEM
    )
    meetings.call_meeting(meeting=meeting, now=at(met) - timedelta(days=10), by=SYSTEM)
    minutes.hold_meeting(
        meeting=meeting,
        presence=dict.fromkeys(forum.seats.all(), "present"),
        chaired_by=None,
        guests=[],
        by=SYSTEM,
    )
    plans.note_discussion(plan=plan, item=item, by=SYSTEM)
    editions.publish(plan=plan, now=at(released, 12), by=SYSTEM, released_as=f"Formanden for {forum}")
