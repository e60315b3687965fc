"""What each page shows, as one frozen object."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from samraad.accounts.models import DistrictPlace, Organisation
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.look.danish import antal, isodato, kortdato
from samraad.network.models import Station
from samraad.plan.edition import difference
from samraad.plan.models import Edition
from samraad.plan.states import CellState
from samraad.public.queries import released
from samraad.public.queries.standing import (
    UNANSWERED,
    AreaAnswer,
    PromiseLine,
    Standing,
    answers_by_area,
    commitments_now,
    promises_here,
    standing,
)

Part = dict[str, Any]  # an area, a section or an answer of an edition
SHOWN = 3  # meetings and minutes on the front page


@dataclass(frozen=True)
class AreaRow:
    """An area in a list, with how many promises it has."""

    area: Part
    promises: int


@dataclass(frozen=True)
class FrontPage:
    """What was agreed, how it goes, and when the kredsråd meets."""

    edition: Edition | None
    standing: Standing | None
    areas: list[AreaRow]
    places: list[DistrictPlace]
    meetings: list[Meeting]
    minutes: list[Meeting]


def front_page(district: Organisation, now: datetime, today: date) -> FrontPage:
    """The front page of a district."""
    edition = released.newest(district, now)
    return FrontPage(
        edition=edition,
        standing=standing(edition, now, today) if edition else None,
        areas=whole_areas(edition) if edition else [],
        places=released.places(district),
        meetings=list(released.coming_meetings(district, today)[:SHOWN]),
        minutes=list(released.open_meetings(district)[:SHOWN]),
    )


def whole_areas(edition: Edition) -> list[AreaRow]:
    """The main areas of an edition with their promises: their own and those of their parts."""
    areas = edition.content["areas"]
    rows = []
    for area in areas:
        if not area["parent"]:
            family = [each for each in areas if area["id"] in (each["id"], each["parent"])]
            rows.append(AreaRow(area, sum(len(each["commitments"]) for each in family)))
    return rows


@dataclass(frozen=True)
class AreaOfPlan:
    """An area as it stands in the plan, with its promises and the answers of the lokalråd."""

    area: Part
    promises: list[PromiseLine]
    answers: list[AreaAnswer]

    @property
    def late(self) -> int:
        """How many of its promises are late."""
        return sum(line.is_late for line in self.promises)

    @property
    def late_words(self) -> str:
        """The same in words."""
        return f"{self.late} forsinket"

    @property
    def told(self) -> str:
        """What is folded: how many promises and answers."""
        said = [antal(len(self.promises), "løfte,løfter")]
        if not self.promises:
            said = ["Ingen egne løfter"]
        if self.answers:
            answered = sum(answer.kind != UNANSWERED for answer in self.answers)
            said.append(f"{answered} af {antal(len(self.answers), 'svar,svar')}")
        return " · ".join(said)


@dataclass(frozen=True)
class SectionOfPlan:
    """A chapter of the plan, with its promises."""

    section: Part
    promises: list[PromiseLine]


@dataclass(frozen=True)
class PlanPage:
    """An edition of a plan; `single` when this one was asked for, and not the newest of its year."""

    edition: Edition
    standing: Standing
    areas: list[AreaOfPlan]
    sections: list[SectionOfPlan]
    others: list[Edition]
    single: bool
    before: Edition | None
    changes: list[Part]

    @property
    def title(self) -> str:
        """The plan's own."""
        return str(self.edition.content["title"])

    @property
    def facts(self) -> list[str]:
        """Since when it is public, which edition it is, and when it was discussed."""
        told = [kortdato(self.edition.public_from), f"udgave {self.edition.number}"]
        discussed = self.edition.content.get("discussed")
        if discussed:
            told.append(f"drøftet {isodato(discussed['at'])}")
        return told

    @property
    def offers_files(self) -> bool:
        """Are there files of it to fetch?"""
        return not self.single and not self.edition.withdrawn_because

    @property
    def is_first(self) -> bool:
        """Does nothing stand before it to compare with?"""
        return self.single and self.edition.number == 1


def plan_page(edition: Edition, now: datetime, today: date) -> PlanPage:
    """The newest edition of a year's plan."""
    return _plan_page(edition, now, today, single=False, before=None)


def edition_page(edition: Edition, now: datetime, today: date) -> PlanPage:
    """One edition, with what changed since the one before."""
    earlier = released.editions(edition.plan.forum.district, now).filter(plan__year=edition.plan.year)
    before = earlier.filter(number=edition.number - 1).first()
    return _plan_page(edition, now, today, single=True, before=before)


def _plan_page(
    edition: Edition, now: datetime, today: date, *, single: bool, before: Edition | None
) -> PlanPage:
    stands = standing(edition, now, today)
    content = edition.content
    others = released.editions(edition.plan.forum.district, now).filter(plan=edition.plan)
    return PlanPage(
        edition=edition,
        standing=stands,
        areas=[
            AreaOfPlan(area, stands.lines(area), stands.answers.get(area["id"], []))
            for area in content["areas"]
        ],
        sections=[SectionOfPlan(section, stands.lines(section)) for section in content["sections"]],
        others=list(others.exclude(pk=edition.pk)),
        single=single,
        before=before,
        changes=_changes(before, edition),
    )


def _changes(before: Edition | None, edition: Edition) -> list[Part]:
    """What changed; nothing is told of an edition that was withdrawn."""
    if before is None or before.withdrawn_because or edition.withdrawn_because:
        return []
    return difference(before.content, edition.content)


@dataclass(frozen=True)
class AreaPage:
    """One area: what was agreed, how it is measured, and what each lokalråd answered."""

    edition: Edition
    area: Part
    promises: list[PromiseLine]
    parts: list[AreaRow]
    answers: list[AreaAnswer]

    @property
    def eyebrow(self) -> str:
        """Where it stands."""
        return f"Område {self.area['number']} i {self.edition.content['title']}"

    @property
    def no_promises(self) -> str:
        """What is said when it has no promises."""
        if self.parts:
            return "Der er ingen løfter under området selv; se delene."
        return "Der er ingen løfter under området."


def area_of(edition: Edition, pk: int) -> Part | None:
    """An area of an edition; None when it has no such area."""
    return next((area for area in edition.content["areas"] if area["id"] == pk), None)


def area_page(edition: Edition, area: Part, now: datetime, today: date) -> AreaPage:
    """The page of an area of an edition."""
    parts = [each for each in edition.content["areas"] if each["parent"] == area["id"]]
    return AreaPage(
        edition=edition,
        area=area,
        promises=Standing(commitments_now(edition, today), {}).lines(area),
        parts=[AreaRow(part, len(part["commitments"])) for part in parts],
        answers=answers_by_area(edition, now)[area["id"]],
    )


@dataclass(frozen=True)
class LocalAnswer:
    """An answer of a released action plan."""

    answer: Part

    @property
    def word(self) -> str:
        """Its kind in words."""
        return str(CellState(self.answer["kind"]).label)

    @property
    def facts(self) -> list[str]:
        """Who does it, by when, and how one sees it."""
        told = []
        if self.answer["responsible"]:
            told.append(f"Ansvarlig: {self.answer['responsible']}.")
        if self.answer["due_on"]:
            told.append(f"Gjort senest {isodato(self.answer['due_on'])}.")
        if self.answer["evidence"]:
            told.append(f"Det ses sådan: {self.answer['evidence']}")
        return told


@dataclass(frozen=True)
class MunicipalityPage:
    """What is promised in a municipality and how it goes, as released."""

    organisation: Organisation
    year: int
    edition: Edition | None
    promises: list[PromiseLine]
    fora: QuerySet[Forum]
    stations: QuerySet[Station]
    places: list[DistrictPlace]

    @property
    def answers(self) -> list[LocalAnswer]:
        """The answers of the action plan."""
        if self.edition is None:
            return []
        return [LocalAnswer(answer) for answer in self.edition.content["answers"]]

    @property
    def lead(self) -> str:
        """How much the lokalråd has answered, and how much the municipality has promised."""
        if not self.promises:
            return self._answered
        return f"{self._answered} Kommunen har {antal(len(self.promises), 'løfte,løfter')} i planen."

    @property
    def _answered(self) -> str:
        if self.edition is None:
            return f"Lokalrådet har ikke offentliggjort en handleplan for {self.year} endnu."
        told = f"{antal(len(self.answers), 'svar,svar')} på kredsens plan for {self.edition.plan.year}"
        needs = len(self.edition.content["needs"])
        if needs:
            told = f"{told} og {antal(needs, 'lokalt behov,lokale behov')}"
        return f"{told}."


def municipality_page(
    district: Organisation, organisation: Organisation, now: datetime, today: date
) -> MunicipalityPage:
    """The page of a municipality."""
    plan = released.newest(district, now)
    fora = Forum.objects.of_district(district).active(today).filter(municipalities=organisation)
    stations = Station.objects.filter(district=district, municipality=organisation)
    return MunicipalityPage(
        organisation=organisation,
        year=today.year,
        edition=released.action_plan(district, organisation, now),
        promises=promises_here(plan, organisation, today) if plan else [],
        fora=fora.order_by("kind"),
        stations=stations.prefetch_related("hours"),
        places=released.places(district),
    )


@dataclass(frozen=True)
class MinutesPage:
    """The open part of a meeting's minutes."""

    meeting: Meeting
    items: list[AgendaItem]
    closed: int

    @property
    def facts(self) -> list[str]:
        """How it was held, where, and how much of it is closed."""
        form = str(self.meeting.get_form_display())
        told = [form[:1].upper() + form[1:]]
        if self.meeting.place:
            told.append(self.meeting.place)
        if self.closed:
            told.append(antal(self.closed, "punkt er lukket,punkter er lukket"))
        return told


def minutes_page(meeting: Meeting) -> MinutesPage:
    """The page of a meeting whose open part was published; of one withdrawn since, no items."""
    if meeting.published_at is None:
        return MinutesPage(meeting, [], 0)
    closed = meeting.items.filter(closed=True).count()
    return MinutesPage(meeting, released.open_items(meeting), closed)


def fora_by_kind(district: Organisation, today: date) -> dict[str, list[Forum]]:
    """The fora that may help, under the name of their kind; not those of the plan itself."""
    kinds = [Forum.Kind.KREDSRAAD, Forum.Kind.LOKALRAAD]
    fora = Forum.objects.of_district(district).active(today).exclude(kind__in=kinds)
    groups: dict[str, list[Forum]] = {}
    for forum in fora.order_by("kind", "name"):
        groups.setdefault(forum.get_kind_display(), []).append(forum)
    return groups
