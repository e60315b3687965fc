"""The page of a project: its frame, milestones and money; and the cards that others can use."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model

from samraad.accounts.models import Organisation, User
from samraad.look.danish import dato
from samraad.plan import permissions as may
from samraad.plan.models import Grant, Initiative, Milestone
from samraad.plan.queries import Released, experience

NO_CARD = (
    "Kortet er ikke skrevet endnu. Når planen er offentliggjort, "
    "kan alle i kredsen læse det under Det kan andre bruge."
)


@dataclass(frozen=True)
class ProjectPage:
    """A project as one reader sees it."""

    initiative: Initiative
    milestones: list[Milestone]
    grants: list[Grant]
    districts: list[str]
    leads: list[str]
    adopted_by: list[str]
    why_not: str

    @property
    def eyebrow(self) -> str:
        """The plan, and the area it is work under."""
        if self.initiative.area is None:
            return str(self.initiative.plan)
        return f"{self.initiative.plan} · {self.initiative.area}"

    @property
    def frame(self) -> list[str]:
        """When it ends, and which other districts take part."""
        ends_on = self.initiative.ends_on
        ends = f"slutter {dato(ends_on)}" if ends_on else "ingen slutdato"
        return [ends, *(f"sammen med {name}" for name in self.districts)]

    @property
    def aim(self) -> str:
        """Who leads it, and how one sees that it works."""
        told = []
        if self.leads:
            told.append(f"Tovholdere: {', '.join(self.leads)}.")
        if self.initiative.success_criterion:
            told.append(f"Lykkes, når: {self.initiative.success_criterion}.")
        return " ".join(told)

    @property
    def card(self) -> str:
        """What others can use of it."""
        return self.initiative.good_practice or NO_CARD

    @property
    def adopted_words(self) -> str:
        """Which fora have taken it over."""
        return f"Overtaget af {', '.join(self.adopted_by)}." if self.adopted_by else ""


def project_page(initiative: Initiative, user: User) -> ProjectPage:
    """All that the page of a project shows to a reader."""
    adopted = initiative.adopted_by.select_related("plan__forum")
    return ProjectPage(
        initiative=initiative,
        milestones=list(initiative.milestones.prefetch_related("fora")),
        grants=list(initiative.grants.all()),
        districts=_names(initiative.also_districts.all()),
        leads=_names(initiative.leads.all()),
        adopted_by=_names(copy.plan.forum for copy in adopted),
        why_not=may.run_project.reason(user, initiative),
    )


def _names(things: Iterable[Model]) -> list[str]:
    return [str(thing) for thing in things]


@dataclass(frozen=True)
class Card:
    """What others can use of an initiative, as its plan was released."""

    released: Released

    @property
    def origin(self) -> str:
        """Whose it is, and the plan it stands in."""
        return f"{self.released.forum} · {self.released.plan}"

    @property
    def text(self) -> str:
        """The card itself."""
        return str(self.released.content["good_practice"])

    @property
    def aim(self) -> str:
        """Who leads it, and how one sees that it works; nothing where nobody leads it."""
        leads = ", ".join(self.released.content["leads"])
        criterion = self.released.content["success_criterion"]
        if not leads:
            return ""
        told = f"Tovholdere: {leads}."
        return f"{told} Lykkes, når: {criterion}." if criterion else told


def cards(district: Organisation, moment: datetime) -> list[Card]:
    """The cards of good practice in the district's public editions, newest year first."""
    return [Card(released) for released in experience(district, moment)]
