"""From one year to the next: the account (retsplejeloven § 112); what is carried over."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q

from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Forum
from samraad.plan import permissions as may
from samraad.plan.account import chapters
from samraad.plan.actions.copying import carry_on
from samraad.plan.actions.plan import add_section
from samraad.plan.models import FocusArea, Indicator, Initiative, Plan, Section
from samraad.plan.states import Stage
from samraad.search.actions import forget

OPEN = [
    CommitmentStatus.PROPOSED,
    CommitmentStatus.ACCEPTED,
    CommitmentStatus.IN_PROGRESS,
    CommitmentStatus.WAITING,
    CommitmentStatus.REPORTED,
]


@action
def start_account(*, forum: Forum, year: int, today: date, by: Actor) -> Plan:
    """Begin the politidirektør's account of a year.

    Its chapters hold what the year's data say, and are then written on.
    """
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
    for number, made in enumerate(chapters(forum, year, today), start=1):
        section = add_section(plan=plan, number=str(number), title=made.title, body=made.body, by=by)
        section.chapter = made.chapter
        section.save(update_fields=["chapter"])
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
    """Copy sections and focus areas of last year's plan into a draft, each with `continues`.

    Open commitments stay alive and are linked; running initiatives are linked on. What came along before
    does not come twice. Returns how many of each ("sections", "areas", "commitments", "initiatives").
    """
    may.write.check(by, plan)
    if plan.continues is None or not plan.is_draft:
        raise Refused("Kun et udkast, der følger efter en anden plan, kan tage noget med fra den.")
    counts = {"sections": _carry_sections(plan, sections, by)}
    counts["areas"], counts["commitments"] = _carry_areas(plan, areas)
    counts["initiatives"] = _carry_initiatives(plan, initiatives, by)
    if not any(counts.values()):
        raise Refused("Vælg mindst ét, der skal med. Det, der er taget med før, kommer ikke to gange.")
    record("plan.carried_over", plan, by=by, counts=counts)
    return counts


def _carry_sections(plan: Plan, sections: list[Section], by: Actor) -> int:
    """Each section with its open commitments; returns how many came."""
    known = set(plan.sections.values_list("continues", flat=True))
    count = 0
    for section in sections:
        if section.plan_id != plan.continues_id or section.pk in known:
            continue
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
        count += 1
    return count


def _areas_going_on(plan: Plan) -> dict[int, FocusArea]:
    """The plan's areas by the number of the one they continue."""
    return {area.continues_id: area for area in plan.areas.all() if area.continues_id is not None}


def _carry_areas(plan: Plan, areas: list[FocusArea]) -> tuple[int, int]:
    """Each area with its open commitments; returns how many came of both."""
    here = {section.continues_id: section for section in plan.sections.exclude(continues=None)}
    new = _areas_going_on(plan)
    count = linked = 0
    for area in sorted(areas, key=_after_its_whole):
        if area.plan_id != plan.continues_id or area.pk in new:
            continue
        new[area.pk] = _continue_area(plan, area, new, here)
        still_open = area.commitments.filter(status__in=OPEN)
        new[area.pk].commitments.add(*still_open)
        count += 1
        linked += still_open.count()
    return count, linked


def _carry_initiatives(plan: Plan, initiatives: list[Initiative], by: Actor) -> int:
    """Each initiative as the project that it is; returns how many came."""
    new = _areas_going_on(plan)
    known = set(plan.initiatives.values_list("continues", flat=True))
    count = 0
    for initiative in initiatives:
        if initiative.plan_id != plan.continues_id or initiative.pk in known:
            continue
        carry_on(initiative=initiative, plan=plan, area=new.get(initiative.area_id or 0), by=by)
        count += 1
    return count


def _after_its_whole(area: FocusArea) -> tuple[int, bool, int]:
    """Sorts areas in the order of their plan, each sub-area directly after the area it is part of."""
    whole = area.parent or area
    return whole.position, area.parent is not None, area.position


def _continue_area(
    plan: Plan, area: FocusArea, new: dict[int, FocusArea], here: dict[int | None, Section]
) -> FocusArea:
    """The area in the new plan, under the section that continues its own.

    Its measures go along; their numbers begin anew.
    """
    last = plan.areas.aggregate(last=Max("position"))["last"] or 0
    copy = FocusArea.objects.create(
        plan=plan,
        section=here.get(area.section_id),
        parent=new.get(area.parent_id or 0),
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
            area=copy,
            name=measure.name,
            unit=measure.unit,
            of_what=measure.of_what,
            period=measure.period,
            baseline=measure.baseline,
            target=measure.target,
            persons=measure.persons,
            continues=measure,
        )
    return copy


@action
def take_back(*, plan: Plan, by: User) -> int:
    """Undo the carry-over while the plan is a draft: what was copied and not written on since goes.

    What somebody has worked with or hung something new on stays, with what it stands under.
    Returns how many went.
    """
    may.write.check(by, plan)
    if not plan.is_draft:
        raise Refused("Planen er offentliggjort. Det, der er taget med, kan ikke tages tilbage.")
    gone = _take_initiatives_back(plan, by) + _take_areas_back(plan) + _take_sections_back(plan, by)
    if not gone:
        raise Refused("Der er intet at tage tilbage: alt er skrevet om eller brugt siden.")
    record("plan.carry_over_taken_back", plan, by=by, gone=gone)
    return gone


def _take_initiatives_back(plan: Plan, by: User) -> int:
    unchanged = plan.initiatives.exclude(continues=None).filter(version=1)
    going = [initiative for initiative in unchanged if _as_copied(initiative)]
    for initiative in going:
        forget(thing=initiative, by=by)
        initiative.delete()
    return len(going)


def _take_areas_back(plan: Plan) -> int:
    unchanged = plan.areas.exclude(continues=None).filter(version=1)
    gone = 0
    for area in unchanged.order_by(F("parent").desc(nulls_last=True)):  # the parts before their whole
        if _untouched(area):
            area.delete()
            gone += 1
    return gone


def _take_sections_back(plan: Plan, by: User) -> int:
    drafted = plan.sections.filter(commitments__status=CommitmentStatus.DRAFT).values("pk")
    unchanged = plan.sections.exclude(continues=None).filter(version=1, areas=None)
    going = list(unchanged.exclude(pk__in=drafted))
    for section in going:
        forget(thing=section, by=by)
        section.delete()
    return len(going)


def _as_copied(initiative: Initiative) -> bool:
    """Has the project no milestone and no money but what came with it, as it came?"""
    last = initiative.continues
    assert last is not None
    if initiative.milestones.filter(version__gt=1).exists():
        return False
    if initiative.grants.filter(version__gt=1).exists():
        return False
    same_steps = initiative.milestones.count() == last.milestones.count()
    return same_steps and initiative.grants.count() == last.grants.count()


def _untouched(area: FocusArea) -> bool:
    """Does nothing hang on the area but measures without numbers, as they were copied?"""
    hangs_on_it = (
        area.answers,
        area.initiatives,
        area.parts,
        area.continued_by,
        area.commitments.filter(status=CommitmentStatus.DRAFT),
        area.indicators.filter(Q(continues=None) | Q(measurements__isnull=False)),
    )
    return not any(rows.exists() for rows in hangs_on_it)


@dataclass(frozen=True)
class LooseEnds:
    """What last year leaves behind: late, open and waiting commitments, and initiatives without a verdict."""

    late: list[Commitment]
    open: list[Commitment]
    waiting: list[Commitment]
    unsettled: list[Initiative]


def loose_ends(plan: Plan, today: date) -> LooseEnds:
    """What the plan before this one leaves behind."""
    ends = LooseEnds([], [], [], [])
    last = plan.continues
    if last is None:
        return ends
    rows = last.forum.commitments.filter(status__in=OPEN)
    for commitment in rows.select_related("owner", "owner_seat"):
        if commitment.status == CommitmentStatus.WAITING:
            ends.waiting.append(commitment)
        elif commitment.is_late(today):
            ends.late.append(commitment)
        else:
            ends.open.append(commitment)
    ends.unsettled.extend(last.initiatives.filter(stage__in=[Stage.IDEA, Stage.TRIAL], verdict=""))
    return ends
