"""The pages of a plan while it is written: what stands in it, what one may do, what its forms offer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, partial
from typing import Any

from django.db.models import Q, QuerySet

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.queries import kept
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem, Forum
from samraad.council.permissions import appointments
from samraad.council.queries.seat import chairs
from samraad.look.danish import antal
from samraad.plan import permissions as may
from samraad.plan.models import Edition, FocusArea, Hearing, Initiative, Plan, Section
from samraad.plan.permissions import visible_plans
from samraad.plan.queries import areas_for, commitments_of, in_plan, leaves, plan_whole, sections_of
from samraad.plan.states import PlanStatus

OUT = "Den er ude. Det, du retter her, kommer ud med næste udgave; formanden offentliggør den."
NO_CHAIR = "Forummet har ingen formand i Samråd; bed sekretariatet om at udpege en."
DISCUSSED_WITHIN = timedelta(days=400)  # how far back a meeting may lie that discussed a plan


@dataclass(frozen=True)
class Begin:
    """An action plan that a lokalråd can begin, from a plan of its district."""

    forum: Forum
    plan: Plan

    @property
    def words(self) -> str:
        """For whom, for which year, and from what."""
        return f"{self.forum}, {self.plan.as_source}"


def councils_of(user: User, district: Organisation) -> list[Forum]:
    """The kredsråd and lokalråd of the district where the person may begin a plan."""
    kinds = (Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD)
    found: dict[int, Forum] = {}
    for held in appointments(user):
        forum = held.seat.forum
        here = forum.district_id == district.pk and forum.kind in kinds
        if here and may.start_plan.allows(user, forum):
            found[forum.pk] = forum
    return list(found.values())


def plans_to_begin(user: User, district: Organisation) -> list[Begin]:
    """The action plans that the person's lokalråd have not begun."""
    councils = councils_of(user, district)
    begun = set(visible_plans(user, district).action().values_list("forum", "district_plan"))
    followed = Plan.objects.cooperation().of_district(district).exclude(status=PlanStatus.ARCHIVED)
    found = []
    for plan in followed.order_by("year"):
        for forum in councils:
            if forum.is_lokalraad and (forum.pk, plan.pk) not in begun:
                found.append(Begin(forum, plan))
    return found


@dataclass(frozen=True)
class PlanMay:
    """What one reader may do with a plan."""

    write: bool
    answer: bool
    discuss: bool
    publish: bool
    archive: bool
    remove: bool
    carry: bool
    hear: bool
    check: bool
    matrix: bool
    withdraw: bool


@dataclass(frozen=True)
class PlanPage:
    """What the pages of a plan and of an action plan have in common, for one reader."""

    plan: Plan
    may: PlanMay
    why_not_write: str
    why_not_publish: str
    chairs: list[str]
    mine: set[int]
    hearing: Hearing | None
    initiatives: QuerySet[Initiative]
    editions: list[Edition]

    @property
    def asks_what_is_missing(self) -> bool:
        """Does the reader see what the release waits for, without a hand in it?"""
        return bool(self.why_not_publish) and self.plan.is_draft and not self.plan.is_action

    @cached_property
    def begins_with_last_year(self) -> bool:
        """Is the draft empty, with a plan before it to take from?"""
        return self.may.carry and not self.plan.sections.exists()

    def next_act(self, faults: int) -> str:
        """The one thing that is done next with the plan, for this reader; empty when there is none.

        `faults` is how many places the plan check stops it for.
        """
        chain = {
            "carry": self.begins_with_last_year,
            "hearing": _is_going_on(self.hearing),
            "publish": self._is_to_be_released,
            "mend": bool(faults) and self._is_being_written,
            "agenda": self.may.discuss,
            "answers": self._is_being_answered,
            "missing": self.asks_what_is_missing,
            "publish_again": self.may.publish,
        }
        for name, comes in chain.items():
            if comes:
                return name.removesuffix("_again")
        return ""

    @property
    def _is_to_be_released(self) -> bool:
        return self.may.publish and self.plan.is_draft

    @property
    def _is_being_written(self) -> bool:
        return self.may.write and self.plan.is_draft

    @property
    def _is_being_answered(self) -> bool:
        return self.may.matrix and self.plan.is_published

    @property
    def is_corrected(self) -> bool:
        """Is the plan out and the reader one of its writers: what she writes goes into its next edition?"""
        return self._waits_for_next_edition and not self.why_not_write

    @property
    def _waits_for_next_edition(self) -> bool:
        """Is the plan out, and can the reader not release the next edition?"""
        return bool(self.why_not_publish) and self.plan.is_published and not self.plan.is_action

    @property
    def publish_reason(self) -> str:
        """Why the reader cannot release it, and who can; empty when she can.

        A released plan says so only to those who write it.
        """
        if not self.why_not_publish:
            return ""
        if self.is_corrected:
            return OUT
        if self._waits_for_next_edition:
            return ""
        if not self.chairs:
            return f"{self.why_not_publish} {NO_CHAIR}"
        return f"{self.why_not_publish} Formand er {', '.join(self.chairs)}."


def plan_page(plan: Plan, user: User) -> PlanPage:
    """What both pages show to a reader."""
    why_not_write, why_not_publish = may.write.reason(user, plan), may.publish.reason(user, plan)
    editions, hearing = list(plan.editions.all()), plan.hearings.first()
    initiatives = plan.initiatives.select_related("area", "adopted_from__plan__forum")
    visible = visible_commitments(user, plan.forum.district).filter(in_plan(plan))
    return PlanPage(
        plan=plan,
        may=_plan_may(plan, user, hearing, editions, writes=not why_not_write, publishes=not why_not_publish),
        why_not_write=why_not_write,
        why_not_publish=why_not_publish,
        chairs=_chairs_to_ask(plan, why_not_publish),
        mine=set(visible.values_list("pk", flat=True)),
        hearing=_hearing_for(user, plan, hearing),
        initiatives=initiatives.prefetch_related("leads"),
        editions=editions,
    )


def _chairs_to_ask(plan: Plan, why_not_publish: str) -> list[str]:
    """Who can release the plan, where the reader cannot."""
    if not why_not_publish:
        return []
    return list(chairs(plan.forum, clock.today()).values_list("user__name", flat=True))


def _hearing_for(user: User, plan: Plan, hearing: Hearing | None) -> Hearing | None:
    """The plan's last hearing, for those who read the replies."""
    if not may.see_hearing.allows(user, plan):
        return None
    return hearing


def _plan_may(
    plan: Plan,
    user: User,
    hearing: Hearing | None,
    editions: list[Edition],
    *,
    writes: bool,
    publishes: bool,
) -> PlanMay:
    own_draft = plan.is_draft and not plan.is_action and writes
    asks = not plan.is_action and not plan.is_account
    heard = plan.is_account or _is_going_on(hearing)
    return PlanMay(
        write=writes,
        answer=may.answer.allows(user, plan),
        discuss=may.put_on_agenda.allows(user, plan),
        publish=publishes,
        archive=plan.is_published and plan.year < clock.today().year and writes,
        remove=own_draft,
        carry=own_draft and plan.continues_id is not None,
        hear=not heard and may.hold_hearing.allows(user, plan),
        check=may.check_plan.allows(user, plan),
        matrix=asks and may.see_matrix.allows(user, plan),
        withdraw=any(may.withdraw_edition.allows(user, edition) for edition in editions),
    )


def _is_going_on(hearing: Hearing | None) -> bool:
    """Is the plan's last hearing open? While it is, no other begins."""
    return hearing is not None and hearing.closed_at is None


@dataclass(frozen=True)
class Contents:
    """What stands in a plan."""

    plan: Plan
    sections: list[Section]
    areas: list[FocusArea]
    commitments: int

    @property
    def counted(self) -> str:
        """How many of each; an account has sections alone."""
        told = [antal(len(self.sections), "afsnit,afsnit")]
        if not self.plan.is_account:
            told.append(antal(len(self.areas), "område,områder"))
            told.append(antal(self.commitments, "løfte,løfter"))
        return " · ".join(told)


def contents(plan: Plan) -> Contents:
    """The sections, areas and commitments of a plan, read once and kept until something happens."""
    return kept(f"plan:{plan.pk}", partial(_contents, plan))


def _contents(plan: Plan) -> Contents:
    sections, areas = sections_of(plan), list(plan_whole(plan))
    commitments: set[Commitment] = set()
    for section in sections:
        commitments.update(section.commitments.all())
    for area in areas:
        commitments.update(area.commitments.all())
    return Contents(plan, sections, areas, len(commitments))


def area_choices(plan: Plan, but: FocusArea | None = None) -> dict[str, Any]:
    """What an area may stand under, and whom it may ask."""
    wholes = plan.areas.filter(parent=None)
    if but is not None:
        wholes = wholes.exclude(pk=but.pk)
    kinds = [Forum.Kind.LOKALRAAD, Forum.Kind.KREDSRAAD]
    return {
        "sections": plan.sections.all(),
        "parents": wholes,
        "fora": Forum.objects.filter(district=plan.forum.district, kind__in=kinds),
    }


def organisations_of(district: Organisation) -> QuerySet[Organisation]:
    """Those that have a seat in a forum of the district."""
    return Organisation.objects.filter(seats__forum__district=district).distinct()


def commitment_choices(area: FocusArea) -> dict[str, Any]:
    """The commitments that may be put under an area, and who may be asked for a new one.

    A draft of another plan is none of this one's.
    """
    own = commitments_of(area.plan).values("pk")
    elsewhere = Q(status=CommitmentStatus.DRAFT) & ~Q(pk__in=own)
    free = Commitment.objects.filter(forum=area.plan.forum).exclude(areas=area).exclude(elsewhere)
    return {"commitments": free, "owners": organisations_of(area.plan.forum.district)}


def initiative_choices(plan: Plan) -> dict[str, Any]:
    """The areas that an initiative may stand under, and who may lead it."""
    areas = areas_for(plan) if plan.is_action else leaves(plan)
    return {"areas": areas, "leads": organisations_of(plan.forum.district)}


def items_about(plan: Plan, now: datetime) -> QuerySet[AgendaItem]:
    """The items of past meetings that can have been about a plan, newest first."""
    held = AgendaItem.objects.filter(
        meeting__forum=plan.forum, meeting__starts_at__gte=now - DISCUSSED_WITHIN
    )
    free = held.exclude(plans__in=Plan.objects.exclude(pk=plan.pk)).select_related("meeting")
    about = [item.pk for item in free if item.treated and _could_be_about(item, plan)]
    found = AgendaItem.objects.filter(pk__in=about).select_related("meeting")
    return found.order_by("-meeting__starts_at")


def _could_be_about(item: AgendaItem, plan: Plan) -> bool:
    if item.meeting.starts_at.year < plan.year - 1:
        return False
    return AgendaItem.Subject.COOPERATION in item.subjects or plan.title.lower() in item.title.lower()
