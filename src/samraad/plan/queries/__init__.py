"""Questions over several tables: plans and their parts, what others have released, what numbers are shown."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from samraad.accounts.models import Organisation
from samraad.audit.queries import kept
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Forum
from samraad.plan.models import (
    Answer,
    Edition,
    FocusArea,
    Hearing,
    Initiative,
    Plan,
    Remark,
    Section,
)
from samraad.plan.states import AnswerStatus, PlanStatus


def open_plans(district: Organisation) -> list[Plan]:
    """The district's plans that are being written or followed, earliest year first."""
    rows = Plan.objects.cooperation().of_district(district).exclude(status=PlanStatus.ARCHIVED)
    return list(rows.select_related("forum__district", "item__meeting").order_by("year"))


def plans_now(district: Organisation) -> list[Plan]:
    """The same, kept until something happens."""
    return kept(f"plans-now-{district.pk}", partial(open_plans, district))


def followed(plans: list[Plan], today: date) -> list[Plan]:
    """Of the open plans those that the district answers and follows.

    They are the released ones of this year and later; until the next is released, the last. A draft asks
    nobody for anything.
    """
    released = [plan for plan in plans if plan.status == PlanStatus.PUBLISHED]
    return [plan for plan in released if plan.year >= today.year] or released[-1:]


def in_force(plans: list[Plan], today: date) -> Plan | None:
    """Of the open plans the one the district works by today; where none is released, the newest draft."""
    return next(iter(followed(plans, today) or plans[-1:]), None)


def leaves(plan: Plan) -> QuerySet[FocusArea]:
    """The areas that are answered: those without sub-areas, in order."""
    parts = FocusArea.objects.filter(parent=OuterRef("pk"))
    return plan.areas.filter(~Exists(parts)).select_related("parent")


def areas_for(plan: Plan) -> QuerySet[FocusArea]:
    """The areas of the district's plan that an action plan's lokalråd is addressed in."""
    if plan.district_plan is None:
        return FocusArea.objects.none()
    return leaves(plan.district_plan).filter(addressees=plan.forum)


def answer_state(plan: Plan) -> tuple[int, int]:
    """(answered, asked) of an action plan."""
    asked = areas_for(plan)
    return plan.answers.filter(status=AnswerStatus.SENT, area__in=asked).count(), asked.count()


def released_answers(area: FocusArea, moment: datetime) -> list[dict[str, Any]]:
    """What other lokalråd have released about an area, from their newest public edition."""
    out = []
    for edition in newest_editions(Plan.objects.action().filter(district_plan=area.plan), moment):
        for answer in edition.content["answers"]:
            if answer["area"] == area.pk:
                out.append({"forum": edition.plan.forum, **answer, "word": Answer.Kind(answer["kind"]).label})
    return out


@dataclass(frozen=True)
class Released:
    """An initiative as its forum has released it: what others may read and adopt, whatever came since."""

    pk: int
    forum: Forum
    plan: Plan
    content: dict[str, Any]

    @property
    def title(self) -> str:
        """Its name."""
        return str(self.content["title"])


def released_initiatives(plans: QuerySet[Plan], moment: datetime) -> list[Released]:
    """The initiatives in the newest public edition of each plan."""
    return [
        Released(row["id"], edition.plan.forum, edition.plan, row)
        for edition in newest_editions(plans, moment)
        for row in edition.content["initiatives"]
    ]


def ideas_for(area: FocusArea, own: Plan, moment: datetime) -> list[Released]:
    """What other lokalråd have released under an area and this one has not taken over yet."""
    others = Plan.objects.action().filter(district_plan=area.plan).exclude(pk=own.pk)
    taken = set(own.initiatives.exclude(adopted_from=None).values_list("adopted_from", flat=True))
    kept = set(Initiative.objects.filter(plan__in=others).values_list("pk", flat=True))  # some were removed
    free = kept - taken
    released = released_initiatives(others, moment)
    return [row for row in released if row.content["area"] == area.pk and row.pk in free]


def experience(district: Organisation, moment: datetime) -> list[Released]:
    """The cards of good practice in the district's public editions, newest year first."""
    plans = Plan.objects.of_district(district).exclude(kind=Plan.Kind.ACCOUNT)
    cards = [row for row in released_initiatives(plans, moment) if row.content.get("good_practice")]
    return sorted(cards, key=lambda row: (-row.plan.year, row.title))


def newest_editions(plans: QuerySet[Plan], moment: datetime) -> list[Edition]:
    """The edition in force of each plan: the newest public one that was not withdrawn, if there is one."""
    newest: dict[int, Edition] = {}
    editions = (
        Edition.objects.public(moment)
        .filter(plan__in=plans)
        .select_related("plan__forum")
        .order_by("plan", "-number")
    )
    for edition in sorted(editions, key=lambda each: bool(each.withdrawn_because)):
        newest.setdefault(edition.plan_id, edition)
    return list(newest.values())


def open_remarks(hearing: Hearing) -> QuerySet[Remark]:
    """The remarks of a hearing that nobody has answered."""
    return Remark.objects.filter(party__hearing=hearing, outcome="")


def commitments_of(plan: Plan) -> QuerySet[Commitment]:
    """The commitments that stand in a plan, under its areas and its sections."""
    return Commitment.objects.filter(in_plan(plan)).distinct()


def in_plan(plan: Plan) -> Q:
    """The condition of standing in a plan."""
    return Q(areas__plan=plan) | Q(sections__plan=plan)


def drafted(plan: Plan) -> QuerySet[Commitment]:
    """Those of them that ask nobody yet."""
    return commitments_of(plan).filter(status=CommitmentStatus.DRAFT)


def sections_of(plan: Plan) -> list[Section]:
    """A plan's sections with their commitments."""
    commitments = Commitment.objects.select_related("owner", "owner_seat")
    return list(plan.sections.prefetch_related(Prefetch("commitments", commitments)))


def plan_whole(plan: Plan) -> QuerySet[FocusArea]:
    """A plan's areas with all its page shows, in few queries."""
    return plan.areas.select_related("section", "parent").prefetch_related(
        "addressees",
        Prefetch("commitments", Commitment.objects.select_related("owner", "owner_seat")),
        "indicators",
    )
