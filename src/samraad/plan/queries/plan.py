"""The pages of a plan while it is written: what stands in it, what one may do, what its release waits for."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem, Forum
from samraad.council.permissions import appointments
from samraad.council.queries import chairs
from samraad.look.danish import antal
from samraad.plan import permissions as may
from samraad.plan.check.native import Placed, open_faults
from samraad.plan.edition import content_of, difference, texts
from samraad.plan.models import Edition, FocusArea, Hearing, Initiative, Plan, Section
from samraad.plan.permissions import visible_plans
from samraad.plan.queries import areas_for, commitments_of, leaves, plan_whole, sections_of
from samraad.plan.states import PlanStatus, State

OUT = "Den er ude. Det, du retter her, kommer ud med næste udgave; formanden offentliggør den."
NO_CHAIR = "Forummet har ingen formand i Samråd; bed sekretariatet om at udpege en."
DISCUSSED_WITHIN = timedelta(days=400)  # how far back a meeting may lie that discussed a plan
MET, MISSING, LOOK = State("done", "Opfyldt"), State("missing", "Mangler"), State("waiting", "Se på det")


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
    held = [appointment.seat.forum for appointment in appointments(user)]
    mine = {forum.pk: forum for forum in held if forum.district_id == district.pk and forum.kind in kinds}
    return [forum for forum in mine.values() if may.start_plan.allows(user, forum)]


def plans_to_begin(user: User, district: Organisation) -> list[Begin]:
    """The action plans that the person's lokalråd have not begun."""
    local = [forum for forum in councils_of(user, district) if forum.is_lokalraad]
    begun = set(visible_plans(user, district).action().values_list("forum", "district_plan"))
    followed = Plan.objects.cooperation().of_district(district).exclude(status=PlanStatus.ARCHIVED)
    pairs = [Begin(forum, plan) for plan in followed.order_by("year") for forum in local]
    return [pair for pair in pairs if (pair.forum.pk, pair.plan.pk) not in begun]


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

    @property
    def is_corrected(self) -> bool:
        """Is the plan out, so that what is written goes into its next edition?"""
        return bool(self.why_not_publish) and self.plan.is_published and not self.plan.is_action

    @property
    def publish_reason(self) -> str:
        """Why the reader cannot release it, and who can; empty when she can."""
        if not self.why_not_publish:
            return ""
        if self.is_corrected:
            return OUT
        who = f"Formand er {', '.join(self.chairs)}." if self.chairs else NO_CHAIR
        return f"{self.why_not_publish} {who}"


def plan_page(plan: Plan, user: User) -> PlanPage:
    """What both pages show to a reader."""
    why_not_write, why_not_publish = may.write.reason(user, plan), may.publish.reason(user, plan)
    today = clock.today()
    editions = list(plan.editions.all())
    initiatives = plan.initiatives.select_related("area", "adopted_from__plan__forum")
    visible = visible_commitments(user, plan.forum.district)
    return PlanPage(
        plan=plan,
        may=_plan_may(plan, user, editions, writes=not why_not_write, publishes=not why_not_publish),
        why_not_write=why_not_write,
        why_not_publish=why_not_publish,
        chairs=[held.user.name for held in chairs(plan.forum, today)],
        mine=set(visible.values_list("pk", flat=True)),
        hearing=plan.hearings.first() if may.see_hearing.allows(user, plan) else None,
        initiatives=initiatives.prefetch_related("leads"),
        editions=editions,
    )


def _plan_may(plan: Plan, user: User, editions: list[Edition], *, writes: bool, publishes: bool) -> PlanMay:
    own_draft = plan.is_draft and not plan.is_action and writes
    asks = not plan.is_action and not plan.is_account
    heard = plan.is_account or plan.hearings.filter(closed_at=None).exists()
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
    """The sections, areas and commitments of a plan, in few queries."""
    return Contents(plan, sections_of(plan), list(plan_whole(plan)), commitments_of(plan).count())


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


@dataclass(frozen=True)
class Condition:
    """One thing that a release waits for, or that is worth a look before it."""

    state: State
    words: str


@dataclass(frozen=True)
class ReleasePage:
    """What stands in the way of a plan's release, and what changed since the last edition."""

    plan: Plan
    why_not: str
    last: Edition | None
    changes: list[dict[str, Any]]
    texts: int
    faults: list[Placed]
    unowned: int
    unanswered: int

    @property
    def discussed(self) -> Condition:
        """Was it discussed (§ 113)?"""
        return Condition(_met(self.plan.is_discussed), f"Drøftet på et møde i {self.plan.forum}")

    @property
    def approved(self) -> Condition | None:
        """Was it approved, where the forum's own rules ask for that?"""
        if not self.plan.forum.approval_required:
            return None
        item = self.plan.item
        adopted = item is not None and item.outcome == AgendaItem.Outcome.ADOPTED
        return Condition(_met(adopted), "Godkendt, som forummets regler kræver")

    @property
    def written(self) -> Condition:
        """Does anything stand in it?"""
        return Condition(_met(self.texts > 0), f"Planen har {antal(self.texts, 'tekst,tekster')}")

    @property
    def checked(self) -> Condition:
        """Does the plan check find nothing that must be mended or explained?"""
        return Condition(_met(not self.faults), "Plantjekket er rent")

    @property
    def check_words(self) -> str:
        """What the link to the check says."""
        if not self.faults:
            return "se listen"
        return antal(len(self.faults), "sted skal rettes eller forklares,steder skal rettes eller forklares")

    @property
    def owned(self) -> Condition:
        """Has every commitment an owner and a day?"""
        words = f"{antal(self.unowned, 'løfte,løfter')} uden ansvarlig eller frist"
        return Condition(LOOK if self.unowned else MET, words)

    @property
    def answered(self) -> Condition:
        """Has every commitment been answered?"""
        words = f"{antal(self.unanswered, 'løfte,løfter')} er ikke besvaret"
        return Condition(LOOK if self.unanswered else MET, words)

    @property
    def changed_words(self) -> str:
        """How many texts changed since the last edition."""
        changed = antal(len(self.changes), "tekst er ændret,tekster er ændret")
        return f"{changed} siden udgave {self.last.number}" if self.last else changed


def _met(fulfilled: bool) -> State:
    return MET if fulfilled else MISSING


def release_page(plan: Plan, user: User) -> ReleasePage:
    """All conditions of a release, for one reader."""
    last = plan.editions.first()
    content = content_of(plan)
    changes = []
    if last is not None and not last.withdrawn_because:
        changes = difference(last.content, content)
    commitments = list(commitments_of(plan).select_related("owner", "owner_seat"))
    open_ones = (CommitmentStatus.DRAFT, CommitmentStatus.PROPOSED)
    return ReleasePage(
        plan=plan,
        why_not=may.publish.reason(user, plan),
        last=last,
        changes=changes,
        texts=len(texts(content)),
        faults=open_faults(plan, clock.today()),
        unowned=sum(not _has_owner_and_day(commitment) for commitment in commitments),
        unanswered=sum(commitment.status in open_ones for commitment in commitments),
    )


def _has_owner_and_day(commitment: Commitment) -> bool:
    when = commitment.due_on or commitment.condition
    return bool(commitment.owner_text and when)
