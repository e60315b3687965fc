"""From one year to the next: the yearly account (retsplejeloven § 112), and what is carried over into next year's plan (decision 8.9)."""

from datetime import date
from typing import Any

from django.db.models import F, Max, Q

from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Forum
from samraad.plan import permissions as may
from samraad.plan.account import chapters
from samraad.plan.actions.initiative import find_initiative
from samraad.plan.actions.plan import add_section
from samraad.plan.models import FocusArea, Grant, Indicator, Initiative, Milestone, Plan, Section
from samraad.search.actions import forget

OPEN = ["proposed", "accepted", "in_progress", "waiting", "reported"]


@action
def start_account(*, forum: Forum, year: int, today: date, by: Actor) -> Plan:
    """Begin the politidirektør's account of a year: its chapters hold what the year's data say, and are then written on."""
    may.start_plan.check(by, forum)
    if not forum.is_kredsraad:
        raise Refused("En redegørelse gives i kredsrådet.")
    if year > today.year:
        raise Refused(f"{year} er ikke begyndt. Vælg et år, der er gået eller er i gang.")
    if Plan.objects.filter(forum=forum, year=year, kind=Plan.Kind.ACCOUNT).exists():
        raise Refused(f"Der er allerede en redegørelse for {year}.")
    plan = Plan.objects.create(
        kind=Plan.Kind.ACCOUNT, forum=forum, year=year, title=f"Redegørelse for {year}"
    )
    record("plan.account_started", plan, by=by, year=year)
    for number, (title, body) in enumerate(chapters(forum, year, today), start=1):
        add_section(plan=plan, number=str(number), title=title, body=body, by=by)
    return plan


@action
def carry_over(
    *,
    plan: Plan,
    sections: list[Section],
    areas: list[FocusArea],
    initiatives: list[Initiative],
    by: Actor,
) -> dict[str, int]:
    """Copy sections and focus areas of last year's plan into a draft, each with `continues`; open promises stay alive and are
    linked; running initiatives are linked on. Returns how many of each."""
    may.write.check(by, plan)
    last = plan.continues
    if last is None or plan.status != "draft":
        raise Refused("Kun et udkast, der følger efter en anden plan, kan tage noget med fra den.")
    known = set(plan.sections.values_list("continues", flat=True))
    new_section: dict[int, Section] = {}
    for section in [s for s in sections if s.plan_id == last.pk and s.pk not in known]:
        copy = add_section(
            plan=plan,
            number=section.number,
            title=section.title,
            level=section.level,
            body=section.body,
            by=by,
        )
        copy.continues = section
        copy.save(update_fields=["continues"])
        copy.commitments.add(*section.commitments.filter(status__in=OPEN))
        new_section[section.pk] = copy
    here = {section.continues_id: section for section in plan.sections.exclude(continues=None)}
    counts = {"sections": len(new_section), "areas": 0, "promises": 0, "initiatives": 0}
    new_area: dict[int, FocusArea] = {
        a.continues_id: a for a in plan.areas.exclude(continues=None) if a.continues_id
    }
    for area in _parts_after_their_whole([a for a in areas if a.plan_id == last.pk and a.pk not in new_area]):
        new_area[area.pk] = _continue_area(plan, area, new_area, here)
        counts["areas"] += 1
        open_promises = area.commitments.filter(status__in=OPEN)
        new_area[area.pk].commitments.add(*open_promises)
        counts["promises"] += open_promises.count()
    for initiative in [
        i for i in initiatives if i.plan_id == last.pk and not i.continued_by.filter(plan=plan).exists()
    ]:
        _continue_initiative(plan, initiative, new_area, by)
        counts["initiatives"] += 1
    if not any(counts.values()):
        raise Refused("Vælg mindst ét, der skal med. Det, der er taget med før, kommer ikke to gange.")
    record("plan.carried_over", plan, by=by, counts=counts)
    return counts


def _parts_after_their_whole(areas: list[FocusArea]) -> list[FocusArea]:
    """Areas in the order of their plan, each sub-area directly after the area it is part of."""
    return sorted(
        areas,
        key=lambda a: (a.parent.position if a.parent else a.position, a.parent_id is not None, a.position),
    )


def _continue_area(
    plan: Plan, area: FocusArea, new_area: dict[int, FocusArea], here: dict[int | None, Section]
) -> FocusArea:
    """The area in the new plan, under the section that continues its own, with its measures; their numbers begin anew."""
    last = plan.areas.aggregate(last=Max("position"))["last"] or 0
    copy = FocusArea.objects.create(
        plan=plan,
        section=here.get(area.section_id) if area.section_id else None,
        parent=new_area.get(area.parent_id or 0),
        number=area.number,
        title=area.title,
        short_title=area.short_title,
        summary=area.summary,
        outside=area.outside,
        continues=area,
        position=last + 1,
    )
    copy.addressees.set(area.addressees.all())
    for measure in area.indicators.all():
        Indicator.objects.create(
            area=copy, name=measure.name, unit=measure.unit, of_what=measure.of_what, period=measure.period, baseline=measure.baseline,
            target=measure.target, persons=measure.persons, continues=measure,
        )  # fmt: skip
    return copy


def _continue_initiative(
    plan: Plan, initiative: Initiative, new_area: dict[int, FocusArea], by: Actor
) -> None:
    """The initiative in the new plan with all that makes it a project: what it delivers, what is still to be reached, the money."""
    copy = Initiative.objects.create(
        plan=plan,
        area=new_area.get(initiative.area_id or 0),
        title=initiative.title,
        text=initiative.text,
        running=True,
        stage=initiative.stage,
        success_criterion=initiative.success_criterion,
        target_group=initiative.target_group,
        partners=initiative.partners,
        ends_on=initiative.ends_on,
        deliverables=initiative.deliverables,
        good_practice=initiative.good_practice,
        continues=initiative,
    )
    copy.leads.set(initiative.leads.all())
    copy.also_districts.set(initiative.also_districts.all())
    for milestone in initiative.milestones.all():
        step = Milestone.objects.create(
            initiative=copy,
            title=milestone.title,
            due_on=milestone.due_on,
            done_on=milestone.done_on,
            result=milestone.result,
        )
        step.fora.set(milestone.fora.all())
        step.duties.set(milestone.duties.all())  # what was proposed to fora follows the one that goes on
    for grant in initiative.grants.all():
        Grant.objects.create(
            initiative=copy, fund=grant.fund, models_weighed=grant.models_weighed, amount=grant.amount, applied_on=grant.applied_on,
            answered_on=grant.answered_on, granted=grant.granted, clarified_by=grant.clarified_by,
        )  # fmt: skip
    find_initiative(copy, by)


@action
def take_back(*, plan: Plan, by: User) -> int:
    """Undo the carry-over while the plan is a draft: what was copied and not written on since goes; what somebody has worked with or hung
    something new on stays, with what it stands under. Returns how many went."""
    may.write.check(by, plan)
    if plan.status != "draft":
        raise Refused("Planen er offentliggjort. Det, der er taget med, kan ikke tages tilbage.")
    initiatives = [
        row for row in plan.initiatives.exclude(continues=None).filter(version=1) if _as_copied(row)
    ]
    gone = len(initiatives)
    for initiative in initiatives:
        forget(thing=initiative, by=by)
        initiative.delete()
    for area in (
        plan.areas.exclude(continues=None).filter(version=1).order_by(F("parent").desc(nulls_last=True))
    ):
        if _untouched(area):
            area.delete()
            gone += 1
    drafted = plan.sections.filter(commitments__status=CommitmentStatus.DRAFT).values("pk")
    for section in (
        plan.sections.exclude(continues=None).exclude(pk__in=drafted).filter(version=1, areas=None)
    ):
        forget(thing=section, by=by)
        section.delete()
        gone += 1
    if not gone:
        raise Refused("Der er intet at tage tilbage: alt er skrevet om eller brugt siden.")
    record("plan.carry_over_taken_back", plan, by=by, gone=gone)
    return gone


def _as_copied(initiative: Initiative) -> bool:
    """Has the project no milestone and no money but what came with it, as it came?"""
    last = initiative.continues
    assert last is not None
    if (
        initiative.milestones.filter(version__gt=1).exists()
        or initiative.grants.filter(version__gt=1).exists()
    ):
        return False
    return (
        initiative.milestones.count() == last.milestones.count()
        and initiative.grants.count() == last.grants.count()
    )


def _untouched(area: FocusArea) -> bool:
    """Does nothing hang on the area but measures without numbers, as they were copied?"""
    used = (
        area.answers.exists()
        or area.initiatives.exists()
        or area.parts.exists()
        or area.continued_by.exists()
    )
    used = used or area.commitments.filter(status=CommitmentStatus.DRAFT).exists()
    return not used and not area.indicators.filter(Q(continues=None) | Q(measurements__isnull=False)).exists()


def loose_ends(plan: Plan, today: date) -> dict[str, list[Any]]:
    """What last year leaves behind: late and open promises, what waits for a condition, initiatives that ended without a verdict."""
    last = plan.continues
    if last is None:
        return {"late": [], "open": [], "waiting": [], "unsettled": []}
    unique = list(last.forum.commitments.filter(status__in=OPEN).select_related("owner", "owner_seat"))
    return {
        "late": [c for c in unique if c.is_late(today)],
        "open": [
            c
            for c in unique
            if c.status in ("accepted", "in_progress", "reported", "proposed") and not c.is_late(today)
        ],
        "waiting": [c for c in unique if c.status == "waiting"],
        "unsettled": [i for i in last.initiatives.all() if i.stage in ("idea", "trial") and not i.verdict],
    }
