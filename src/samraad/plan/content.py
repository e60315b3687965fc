"""One plan, read once: the typed read model of a plan, whether it is being written or was released.

`read` makes it of the working rows in a fixed number of queries. Edition, hearing and Word file look at a
`PlanContent` and ask the database nothing more; what an edition keeps of it stands in `plan.edition`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Prefetch

from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.plan.models import Answer, FocusArea, Indicator, Initiative, Measurement, Plan, Section
from samraad.plan.queries.indicator import shown
from samraad.plan.states import AnswerStatus

AGREED = frozenset(
    {
        CommitmentStatus.ACCEPTED,
        CommitmentStatus.IN_PROGRESS,
        CommitmentStatus.WAITING,
        CommitmentStatus.REPORTED,
        CommitmentStatus.DONE,
    }
)
HEARD = AGREED | {CommitmentStatus.PROPOSED, CommitmentStatus.DRAFT}
OWNED = Commitment.objects.select_related("owner", "owner_seat", "decision__item")
NO_DAY = ""


@dataclass(frozen=True)
class CommitmentContent:
    """What is owed, by whom and when.

    `closed`: it was decided at an item that is closed or withheld, and no open text may tell of it.
    """

    pk: int
    text: str
    owner: str
    owner_id: int | None
    due_on: str
    condition: str
    expected: str
    outside: bool
    status: str
    closed: bool = False

    @property
    def agreed(self) -> bool:
        """May an edition tell of it?"""
        return self.status in AGREED and not self.closed

    @property
    def heard(self) -> bool:
        """May a hearing tell of it? Then also what is only proposed or drafted."""
        return self.status in HEARD and not self.closed


@dataclass(frozen=True)
class SectionContent:
    """A chapter or part of one, its body in the HTML subset."""

    pk: int | None
    number: str
    title: str
    level: int
    body: str
    commitments: tuple[CommitmentContent, ...]

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class IndicatorContent:
    """What is counted, and the numbers that others may see: (period, place, number in words)."""

    name: str
    unit: str
    of_what: str
    baseline: str
    target: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class Addressee:
    """A forum that is asked to answer."""

    pk: int
    name: str


@dataclass(frozen=True)
class AreaContent:
    """A focus area: whom it asks, what is owed, what is counted."""

    pk: int
    number: str
    title: str
    label: str
    parent: int | None
    section: int | None
    summary: str
    addressees: tuple[Addressee, ...]
    outside: str
    commitments: tuple[CommitmentContent, ...]
    indicators: tuple[IndicatorContent, ...]

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True)
class AnswerContent:
    """What a lokalråd has sent about an area."""

    area: int
    area_title: str
    number: str
    kind: str
    text: str
    responsible: str
    due_on: str
    evidence: str


@dataclass(frozen=True)
class NeedContent:
    """A local need that no area names."""

    title: str
    text: str


@dataclass(frozen=True)
class InitiativeContent:
    """A piece of work, the part of it that anyone may read."""

    pk: int
    area: int | None
    title: str
    text: str
    running: bool
    stage: str
    success_criterion: str
    leads: tuple[str, ...]
    partners: str
    target_group: str
    good_practice: str


@dataclass(frozen=True)
class Discussed:
    """The agenda item that the plan was dealt with at, and on which day."""

    on: str
    item: str


@dataclass(frozen=True)
class PlanContent:
    """A plan with all that hangs on it."""

    kind: str
    title: str
    year: int
    district: str
    forum: str
    area_word: str
    municipalities: tuple[str, ...]
    discussed: Discussed | None
    sections: tuple[SectionContent, ...]
    areas: tuple[AreaContent, ...]
    answers: tuple[AnswerContent, ...]
    needs: tuple[NeedContent, ...]
    initiatives: tuple[InitiativeContent, ...]

    def areas_of(self, section: SectionContent) -> list[AreaContent]:
        """The focus areas that stand at a section."""
        return [area for area in self.areas if area.section == section.pk]

    def initiatives_of(self, area: AreaContent) -> list[InitiativeContent]:
        """The work under a focus area."""
        return [initiative for initiative in self.initiatives if initiative.area == area.pk]


def read(plan: Plan) -> PlanContent:
    """The plan as it stands now, in a fixed number of queries however long it is."""
    owned = Prefetch("commitments", OWNED)
    counted = Prefetch("indicators__measurements", Measurement.objects.select_related("municipality"))
    sections = plan.sections.prefetch_related(owned)
    areas = plan.areas.prefetch_related("addressees__municipalities", counted, owned)
    places = plan.forum.municipalities.order_by("district_places__position")
    return PlanContent(
        kind=str(plan.kind),
        title=plan.title,
        year=plan.year,
        district=plan.forum.district.name,
        forum=plan.forum.name,
        area_word=plan.area_word,
        municipalities=tuple(place.short_name for place in places),
        discussed=_discussed(plan),
        sections=tuple(_section(section) for section in sections),
        areas=tuple(_area(area) for area in areas),
        answers=_answers(plan),
        needs=_needs(plan),
        initiatives=tuple(_initiative(each) for each in plan.initiatives.prefetch_related("leads")),
    )


def _discussed(plan: Plan) -> Discussed | None:
    if plan.item is None:
        return None
    return Discussed(on=str(plan.item.meeting.starts_at.date()), item=plan.item.title)


def _section(section: Section) -> SectionContent:
    return SectionContent(
        pk=section.pk,
        number=section.number,
        title=section.title,
        level=section.level,
        body=section.body,
        commitments=_commitments(section),
    )


def _area(area: FocusArea) -> AreaContent:
    asked = sorted(area.addressees.all(), key=lambda forum: forum.name)
    return AreaContent(
        pk=area.pk,
        number=area.number,
        title=area.title,
        label=area.label,
        parent=area.parent_id,
        section=area.section_id,
        summary=area.summary,
        addressees=tuple(Addressee(forum.pk, forum.name) for forum in asked),
        outside=area.outside,
        commitments=_commitments(area),
        indicators=tuple(_indicator(indicator) for indicator in area.indicators.all()),
    )


def _commitments(part: Section | FocusArea) -> tuple[CommitmentContent, ...]:
    return tuple(_commitment(commitment) for commitment in part.commitments.all())


def _commitment(commitment: Commitment) -> CommitmentContent:
    return CommitmentContent(
        pk=commitment.pk,
        text=commitment.text,
        owner=commitment.owner_text,
        owner_id=commitment.owner_id,
        due_on=_day(commitment.due_on),
        condition=commitment.condition,
        expected=commitment.expected,
        outside=commitment.outside,
        status=str(commitment.status),
        closed=commitment.held_back,
    )


def _indicator(indicator: Indicator) -> IndicatorContent:
    return IndicatorContent(
        name=indicator.name,
        unit=indicator.unit,
        of_what=indicator.of_what,
        baseline=_number(indicator.baseline),
        target=_number(indicator.target),
        rows=tuple((row.period, row.place, row.text) for row in shown(indicator)),
    )


def _answers(plan: Plan) -> tuple[AnswerContent, ...]:
    """What a lokalråd has sent; only an action plan answers."""
    if not plan.is_action:
        return ()
    sent = plan.answers.filter(status=AnswerStatus.SENT).select_related("area")
    return tuple(_answer(answer) for answer in sent)


def _needs(plan: Plan) -> tuple[NeedContent, ...]:
    """What a lokalråd adds itself."""
    if not plan.is_action:
        return ()
    return tuple(NeedContent(need.title, need.text) for need in plan.needs.all())


def _answer(answer: Answer) -> AnswerContent:
    return AnswerContent(
        area=answer.area_id,
        area_title=answer.area.title,
        number=answer.area.number,
        kind=str(answer.kind),
        text=answer.text,
        responsible=answer.responsible,
        due_on=_day(answer.due_on),
        evidence=answer.evidence,
    )


def _initiative(initiative: Initiative) -> InitiativeContent:
    return InitiativeContent(
        pk=initiative.pk,
        area=initiative.area_id,
        title=initiative.title,
        text=initiative.text,
        running=initiative.running,
        stage=str(initiative.stage),
        success_criterion=initiative.success_criterion,
        leads=tuple(sorted(lead.name for lead in initiative.leads.all())),
        partners=initiative.partners,
        target_group=initiative.target_group,
        good_practice=initiative.good_practice,
    )


def _day(day: date | None) -> str:
    return str(day) if day else NO_DAY


def _number(value: Decimal | None) -> str:
    return "" if value is None else str(value)
