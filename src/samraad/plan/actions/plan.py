"""A plan while it is written: start, sections, focus areas, the agenda; the agreement around it."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from django.db.models import Max, Q

from manuscript.text import shortened
from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over, step
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.commitment.actions import commitment as commitments
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.actions.agenda import add_item
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.look.danish import dato
from samraad.plan import permissions as may
from samraad.plan.models import FocusArea, Plan, Section
from samraad.plan.states import PLAN, AnswerStatus, PlanStatus
from samraad.search.actions import forget, index


class AreaFields(TypedDict, total=False):
    """What can be written of a focus area."""

    number: str
    title: str
    short_title: str
    section: Section | None
    parent: FocusArea | None
    summary: str
    outside: str


@action
def start(
    *,
    forum: Forum,
    year: int,
    title: str,
    by: Actor,
    answers_due_on: date | None = None,
    area_word: str = "indsatsområde",
) -> Plan:
    """Open an empty cooperation plan for a year; it continues last year's when there is one."""
    may.start_plan.check(by, forum)
    if Plan.objects.filter(forum=forum, year=year, kind=Plan.Kind.COOPERATION).exists():
        raise Refused(f"{forum} har allerede en plan for {year}.")
    if answers_due_on and answers_due_on.year not in (year - 1, year):
        due = f"Svarene skal være inde {dato(answers_due_on)}, men planen er for {year}."
        raise Refused(f"{due} Vælg en dag i {year - 1} eller {year}.")
    plan = Plan.objects.create(
        kind=Plan.Kind.COOPERATION,
        forum=forum,
        year=year,
        title=title,
        area_word=area_word,
        answers_due_on=answers_due_on,
        continues=Plan.objects.filter(forum=forum, kind=Plan.Kind.COOPERATION, year=year - 1).first(),
    )
    record("plan.started", plan, by=by, year=year)
    return plan


@action
def add_section(
    *,
    plan: Plan,
    title: str,
    by: Actor,
    number: str = "",
    level: int = 1,
    body: str = "",
    source_line: int | None = None,
) -> Section:
    """Put a section last in the plan."""
    may.write.check(by, plan)
    last = plan.sections.aggregate(last=Max("position"))["last"] or 0
    section = Section.objects.create(
        plan=plan,
        number=number,
        title=title,
        level=level,
        body=body,
        position=last + 1,
        source_line=source_line,
    )
    record("plan.section_added", section, by=by, plan=plan.pk)
    index_section(section, by)
    return section


@action
def edit_section(*, section: Section, number: str, title: str, body: str, version: int, by: User) -> Section:
    """Save a section; somebody else's save in between is shown, never overwritten."""
    may.write.check(by, section.plan)
    save_over(section, version=version, number=number, title=title, body=body)
    record("plan.section_changed", section, by=by, plan=section.plan_id)
    index_section(section, by)
    return section


def index_section(section: Section, by: Actor) -> None:
    """Make a section findable for the forum that writes it."""
    forum = section.plan.forum
    index(
        thing=section,
        district=forum.district.slug,
        kind=str(section.plan),
        title=section.title,
        text=section.body,
        url=section.get_absolute_url(),
        forum_id=forum.pk,
        by=by,
    )


@action
def move_section(*, section: Section, up: bool, by: User) -> Section:
    """Let a section change places with its neighbour."""
    may.write.check(by, section.plan)
    rows = list(section.plan.sections.all())
    place = rows.index(section)
    other = place + 1
    if up:
        other = place - 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        for position, row in enumerate(rows, start=1):
            Section.objects.filter(pk=row.pk).update(position=position)
        record("plan.sections_ordered", section.plan, by=by)
    return section


@action
def remove_section(*, section: Section, by: User) -> None:
    """Take a section out of a draft; it lies in the plan's bin for 30 days."""
    may.write.check(by, section.plan)
    record("plan.section_removed", section, by=by, plan=section.plan_id)
    forget(thing=section, by=by)
    put_in_bin(
        thing=section, place=f"plan:{section.plan_id}", now=clock.now(), by=by, along=_only_here([section])
    )


def _only_here(parts: Sequence[FocusArea | Section]) -> list[Commitment]:
    """The drafted commitments that stand in these parts alone: they go, and come back, with them."""
    sections = [part.pk for part in parts if isinstance(part, Section)]
    areas = [part.pk for part in parts if isinstance(part, FocusArea)]
    in_sections = Section.commitments.through.objects.exclude(section_id__in=sections)
    in_areas = FocusArea.commitments.through.objects.exclude(focusarea_id__in=areas)
    here = Commitment.objects.filter(Q(sections__in=sections) | Q(areas__in=areas))
    only_here = here.exclude(pk__in=in_sections.values("commitment_id")).exclude(
        pk__in=in_areas.values("commitment_id")
    )
    return list(only_here.filter(status=CommitmentStatus.DRAFT).distinct())


@action
def add_area(
    *,
    plan: Plan,
    title: str,
    by: Actor,
    number: str = "",
    section: Section | None = None,
    parent: FocusArea | None = None,
    addressees: Sequence[Forum] = (),
    short_title: str = "",
    summary: str = "",
    outside: str = "",
    continues: FocusArea | None = None,
    source_line: int | None = None,
) -> FocusArea:
    """Put a focus area (or a sub-area of `parent`) last in the plan, addressed to those who shall answer."""
    may.write.check(by, plan)
    if parent is not None and parent.parent_id is not None:
        raise Refused("Et delområde kan ikke selv have delområder.")
    last = plan.areas.aggregate(last=Max("position"))["last"] or 0
    area = FocusArea.objects.create(
        plan=plan,
        section=section,
        parent=parent,
        number=number,
        title=title,
        short_title=short_title,
        summary=summary,
        outside=outside,
        continues=continues,
        source_line=source_line,
        position=last + 1,
    )
    area.addressees.set(addressees)
    record("plan.area_added", area, by=by, plan=plan.pk)
    return area


@action
def edit_area(
    *, area: FocusArea, version: int, by: User, addressees: list[Forum], **fields: Unpack[AreaFields]
) -> FocusArea:
    """Save a focus area; answers to a changed one are marked to be looked at again."""
    may.write.check(by, area.plan)
    parent = fields.get("parent")
    if parent is not None and (parent.pk == area.pk or parent.parent_id is not None or area.parts.exists()):
        raise Refused(
            "Et område kan kun være en del af et andet hovedområde, "
            "og et område med dele kan ikke selv være en del."
        )
    save_over(area, version=version, addressees=addressees, **fields)
    looked_at = area.answers.filter(status=AnswerStatus.SENT).update(look_again=True)
    record("plan.area_changed", area, by=by, plan=area.plan_id, answers_to_look_at=looked_at)
    return area


@action
def remove_area(*, area: FocusArea, by: User) -> None:
    """Take a focus area out of a draft that nobody has answered."""
    may.write.check(by, area.plan)
    family = [area, *area.parts.all()]
    if any(each.answers.exists() for each in family):
        raise Refused(
            "Et lokalråd har svaret på området. Ret teksten i stedet, eller skriv i planen, at området udgår."
        )
    if any(each.initiatives.exists() or each.continued_by.exists() for each in family):
        raise Refused("Området har indsatser, eller en senere plan bygger på det. Ret teksten i stedet.")
    record("plan.area_removed", area, by=by, plan=area.plan_id)
    put_in_bin(thing=area, place=f"plan:{area.plan_id}", now=clock.now(), by=by, along=_only_here(family))


@action
def link_commitment(*, part: FocusArea | Section, commitment: Commitment, by: Actor) -> None:
    """Say that a commitment belongs to a focus area, or to a section that is in none."""
    may.write.check(by, part.plan)
    part.commitments.add(commitment)
    record("plan.commitment_linked", part, by=by, commitment=commitment.pk)


@action
def commit(
    *,
    area: FocusArea,
    by: Actor,
    commitment: Commitment | None = None,
    text: str = "",
    owner: Organisation | None = None,
    owner_role: str = "",
    due_on: date | None = None,
) -> Commitment:
    """Put a commitment under an area: one that is written down, or a new one.

    A new one asks nobody while the plan is a draft; in a released plan it is proposed to its owner.
    """
    may.write.check(by, area.plan)
    if commitment is None:
        written: dict[str, Any] = {
            "forum": area.plan.forum,
            "text": text,
            "owner": owner,
            "owner_role": owner_role,
            "due_on": due_on,
            "origin_text": shortened(area.origin_words, 200),
        }
        if area.plan.is_draft:
            commitment = commitments.draft(by=by, **written)
        else:
            commitment = commitments.propose(by=by, **written)
    link_commitment(part=area, commitment=commitment, by=by)
    return commitment


@action
def put_on_agenda(*, plan: Plan, meeting: Meeting, by: User) -> AgendaItem:
    """Put the plan on a meeting's agenda; when that meeting has dealt with it, the plan is discussed."""
    may.put_on_agenda.check(by, plan)
    if meeting.forum_id != plan.forum_id:
        raise Refused(f"Planen skal drøftes i {plan.forum}.")
    kind = AgendaItem.Kind.DISCUSSION
    if plan.forum.approval_required:
        kind = AgendaItem.Kind.DECISION
    item = add_item(
        meeting=meeting, kind=kind, title=plan.title, by=by, subjects=[AgendaItem.Subject.COOPERATION]
    )
    plan.item = item
    plan.save(update_fields=["item"])
    record("plan.put_on_agenda", plan, by=by, meeting=meeting.pk)
    return item


@action
def note_discussion(*, plan: Plan, item: AgendaItem, by: Actor) -> Plan:
    """Say which agenda item of a past meeting was about the plan."""
    may.put_on_agenda.check(by, plan)
    if item.meeting.forum_id != plan.forum_id:
        raise Refused(f"Planen skal drøftes i {plan.forum}.")
    if not item.treated:
        raise Refused("Punktet er ikke behandlet på et holdt møde.")
    if other := item.plans.exclude(pk=plan.pk).first():
        raise Refused(f"På det punkt blev {other} drøftet. Vælg det punkt, hvor {plan} blev drøftet.")
    if item.meeting.starts_at.year < plan.year - 1:
        held = dato(item.meeting.starts_at)
        raise Refused(f"Mødet var {held}, længe før planen for {plan.year}. Vælg et senere møde.")
    plan.item = item
    plan.save(update_fields=["item"])
    record("plan.discussion_noted", plan, by=by, item=item.pk)
    return plan


@action
def archive(*, plan: Plan, by: Actor) -> Plan:
    """Put a released plan away when its year is over."""
    may.write.check(by, plan)
    event = step(PLAN, plan, PlanStatus.ARCHIVED, "Kun en offentliggjort plan kan arkiveres.")
    plan.status = PlanStatus.ARCHIVED
    plan.save(update_fields=["status"])
    record(event, plan, by=by)
    return plan


@action
def remove_draft(*, plan: Plan, by: User) -> None:
    """Throw a draft away that nobody has built on; it lies in its forum's bin for 30 days."""
    may.write.check(by, plan)
    if not plan.is_draft or plan.editions.exists():
        raise Refused("Planen har været offentliggjort og kan ikke smides ud.")
    if plan.item is not None:
        raise Refused("Planen står på en dagsorden. Tag punktet af først.")
    if plan.action_plans.exists() or plan.continued_by.exists():
        raise Refused(
            "Et lokalråd har begyndt sin handleplan på udkastet, eller en senere plan bygger på det."
        )
    if plan.hearings.filter(parties__replied_at__isnull=False).exists():
        raise Refused("Parter har svaret på høringen om udkastet. Svarene skal blive.")
    for thing in [*plan.sections.all(), *plan.initiatives.all(), *plan.hearings.all()]:
        forget(thing=thing, by=by)
    record("plan.draft_removed", plan, by=by, year=plan.year)
    parts: list[FocusArea | Section] = [*plan.sections.all(), *plan.areas.all()]
    put_in_bin(thing=plan, place=f"forum:{plan.forum_id}", now=clock.now(), by=by, along=_only_here(parts))
