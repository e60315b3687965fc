"""The overview of answers: municipalities x focus areas, who has answered what; the same in numbers alone."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial

from django.db.models import Count, F

from samraad.accounts.models import Organisation
from samraad.audit.queries import kept
from samraad.council.models import Forum
from samraad.look.danish import antal, kortdato
from samraad.plan.models import Answer, FocusArea, Plan
from samraad.plan.queries import leaves
from samraad.plan.states import AnswerStatus, CellState

IS_ANSWERED = (CellState.INITIATIVE, CellState.COVERED, CellState.NOT_HERE)


@dataclass(frozen=True)
class Look:
    """How a state is drawn (its class in the stylesheet, its icon) and what it means."""

    letter: str
    icon: str
    meaning: str


LOOKS = {
    CellState.INITIATIVE: Look("I", "flag-fill", "Indsats: noget nyt bliver gjort"),
    CellState.COVERED: Look("D", "check", "Dækket: det sker allerede"),
    CellState.NOT_HERE: Look("N", "minus", "Ikke her: med en grund"),
    CellState.DRAFT: Look("K", "edit", "Kladde: ikke sendt"),
    CellState.MISSING: Look("M", "error", "Mangler: ikke begyndt"),
}


@dataclass(frozen=True)
class Cell:
    """One field of the matrix."""

    state: CellState
    area: FocusArea
    changed_at: datetime | None = None
    look_again: bool = False

    @property
    def is_asked(self) -> bool:
        """Does the plan ask the lokalråd about the area?"""
        return self.state != CellState.NOT_ASKED

    @property
    def is_answered(self) -> bool:
        """Was an answer sent?"""
        return self.state in IS_ANSWERED

    @property
    def word(self) -> str:
        """Its state in words."""
        return str(self.state.label)

    @property
    def look(self) -> Look | None:
        """How it is drawn; None for what is not asked."""
        return LOOKS.get(self.state)


@dataclass(frozen=True)
class Row:
    """A lokalråd's line of the matrix: how many areas it is asked about, how many it answered, and when."""

    forum: Forum
    municipality: Organisation | None
    cells: list[Cell]
    changed_at: datetime | None
    asked: int
    answered: int

    @property
    def missing(self) -> int:
        """How many it owes."""
        return self.asked - self.answered

    @property
    def counted(self) -> str:
        """How many it has answered of how many, and when it last wrote."""
        told = f"{self.answered} af {self.asked}"
        if self.changed_at:
            told += f", {kortdato(self.changed_at)}"
        return told

    @property
    def owes(self) -> str:
        """How many answers it owes, and when it last wrote."""
        missing = antal(self.missing, "svar mangler,svar mangler")
        if self.changed_at is None:
            return f"{missing}, ikke begyndt"
        return f"{missing}, sidst ændret {kortdato(self.changed_at)}"


@dataclass(frozen=True)
class Column:
    """An area, and how many of those who are asked have answered."""

    area: FocusArea
    answered: int
    asked: int


@dataclass(frozen=True)
class Matrix:
    """Municipalities x focus areas: who has answered what."""

    areas: list[FocusArea]
    rows: list[Row]

    @cached_property
    def counted(self) -> Counter[str]:
        """How many cells are in each state."""
        return Counter(cell.state for row in self.rows for cell in row.cells)

    def count(self, state: str) -> int:
        """How many cells are in a state."""
        return self.counted[state]

    @property
    def asked(self) -> int:
        """All answers that are asked for."""
        return self.counted.total() - self.unasked

    @property
    def answered(self) -> int:
        """Those that are in."""
        return sum(map(self.count, IS_ANSWERED))

    @property
    def unasked(self) -> int:
        """Cells of an area that the plan does not ask a council about."""
        return self.count(CellState.NOT_ASKED)

    @property
    def drafts(self) -> int:
        """Answers that were begun and not sent."""
        return self.count(CellState.DRAFT)

    @property
    def missing(self) -> int:
        """Answers that nobody has begun."""
        return self.count(CellState.MISSING)

    @property
    def owing(self) -> list[Row]:
        """The lokalråd that owe answers, the most first."""
        rows = [row for row in self.rows if row.missing]
        return sorted(rows, key=lambda row: -row.missing)

    @property
    def key(self) -> list[Look]:
        """What the signs mean."""
        return list(LOOKS.values())

    @property
    def columns(self) -> list[Column]:
        """The areas, each with how many have answered."""
        found = []
        for place, area in enumerate(self.areas):
            asked, answered = _asked_and_answered([row.cells[place] for row in self.rows])
            found.append(Column(area, answered, asked))
        return found


def matrix(plan: Plan) -> Matrix:
    """The answers to a cooperation plan in a fixed number of queries."""
    asked = leaves(plan).filter(addressees__kind=Forum.Kind.LOKALRAAD).distinct()
    areas = list(asked.prefetch_related("addressees"))
    sent = Answer.objects.filter(plan__district_plan=plan).select_related("plan")
    answers = {(answer.plan.forum_id, answer.area_id): answer for answer in sent}
    return Matrix(areas, [_row(forum, areas, answers) for forum in _fora(plan.forum.district)])


def _fora(district: Organisation) -> list[Forum]:
    """The lokalråd in the order of their municipalities; one for several stands once."""
    rows = Forum.objects.filter(kind=Forum.Kind.LOKALRAAD, district=district)
    placed = rows.order_by("municipalities__district_places__position", "name").distinct()
    once: dict[int, Forum] = {}
    for forum in placed.prefetch_related("municipalities"):
        once.setdefault(forum.pk, forum)
    return list(once.values())


def _row(forum: Forum, areas: list[FocusArea], answers: dict[tuple[int, int], Answer]) -> Row:
    cells = [_cell(forum, area, answers.get((forum.pk, area.pk))) for area in areas]
    changed = [cell.changed_at for cell in cells if cell.changed_at]
    municipality = next(iter(forum.municipalities.all()), None)
    return Row(forum, municipality, cells, max(changed, default=None), *_asked_and_answered(cells))


def _asked_and_answered(cells: list[Cell]) -> tuple[int, int]:
    """How many of the cells are asked for, and how many of those are answered."""
    asked = [cell for cell in cells if cell.is_asked]
    answered = [cell for cell in asked if cell.is_answered]
    return len(asked), len(answered)


def _cell(forum: Forum, area: FocusArea, answer: Answer | None) -> Cell:
    if forum not in area.addressees.all():
        return Cell(CellState.NOT_ASKED, area)
    if answer is None:
        return Cell(CellState.MISSING, area)
    return Cell(answer.cell, area, answer.changed_at, answer.look_again)


@dataclass(frozen=True)
class Owed:
    """How far a lokalråd is with its answers."""

    forum: Forum
    asked: int
    answered: int

    @property
    def missing(self) -> int:
        """How many it owes."""
        return max(0, self.asked - self.answered)


def answer_counts(plan: Plan) -> list[Owed]:
    """The matrix in numbers alone, those who owe most first: two queries however many areas there are."""
    local = Forum.objects.filter(kind=Forum.Kind.LOKALRAAD, addressed_areas__in=leaves(plan).order_by())
    sent = Answer.objects.filter(
        plan__district_plan=plan, status=AnswerStatus.SENT, area__addressees=F("plan__forum")
    )
    answered = dict(sent.order_by().values_list("plan__forum").annotate(n=Count("pk")))
    rows = []
    for forum in local.annotate(asked=Count("addressed_areas")):
        rows.append(Owed(forum, forum.asked, answered.get(forum.pk, 0)))
    return sorted(rows, key=lambda row: (-row.missing, row.forum.name))


def owed_to(plan: Plan) -> list[Owed]:
    """The same, kept until something happens."""
    return kept(f"owed-to-{plan.pk}", partial(answer_counts, plan))


def missing_answers(plan: Plan) -> dict[Forum, int]:
    """How many answers each lokalråd owes to a cooperation plan."""
    return {row.forum: row.missing for row in answer_counts(plan)}
