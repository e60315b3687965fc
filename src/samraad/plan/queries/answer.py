"""The pages of a lokalråd's action plan: what it is asked, one answer, and the note for the municipality."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samraad.look.danish import antal
from samraad.plan.models import Answer, FocusArea, LocalNeed, Plan
from samraad.plan.queries import Released, answer_state, areas_for, ideas_for, released_answers
from samraad.plan.states import CellState, State

ONE_IDEA_OR_MORE = "indsats fra et andet lokalråd kan overtages,indsatser fra andre lokalråd kan overtages"
HEADINGS = {
    CellState.INITIATIVE: "Det gør vi",
    CellState.COVERED: "Det er dækket i forvejen",
    CellState.NOT_HERE: "Det gør vi ikke her",
}


@dataclass(frozen=True)
class Asked:
    """An area that a lokalråd is asked about, and its answer."""

    area: FocusArea
    answer: Answer | None

    @property
    def state(self) -> State:
        """How far it is."""
        if self.answer is None:
            return State(CellState.MISSING.value, str(CellState.MISSING.label))
        return self.answer.state

    @property
    def excerpt(self) -> str:
        """What was written, in short."""
        if self.answer is None:
            return "Ikke begyndt."
        return self.answer.excerpt


@dataclass(frozen=True)
class Answers:
    """How far an action plan is with its answers."""

    asked: list[Asked]
    sent: int

    @property
    def counted(self) -> str:
        """ "3 af 9"."""
        return f"{self.sent} af {len(self.asked)}"


def answers_of(plan: Plan) -> Answers:
    """What the lokalråd of an action plan is asked, and what it has answered."""
    kept = {answer.area_id: answer for answer in plan.answers.select_related("area")}
    asked = [Asked(area, kept.get(area.pk)) for area in areas_for(plan)]
    sent, _ = answer_state(plan)
    return Answers(asked, sent)


@dataclass(frozen=True)
class AnswerPage:
    """One area and its answer, between the others that are asked."""

    plan: Plan
    area: FocusArea
    kept: Answer | None
    last: Answer | None
    areas: list[FocusArea]
    others: list[dict[str, Any]]
    ideas: list[Released]

    @property
    def _place(self) -> int:
        """Its place among them, from 0; -1 for an area that is not asked."""
        if self.area not in self.areas:
            return -1
        return self.areas.index(self.area)

    @property
    def place_words(self) -> str:
        """Which of how many it is; empty for an area that is not asked."""
        if self._place < 0:
            return ""
        return f"Område {self._place + 1} af {len(self.areas)}"

    @property
    def previous(self) -> FocusArea | None:
        """The one before."""
        if self._place < 1:
            return None
        return self.areas[self._place - 1]

    @property
    def following(self) -> FocusArea | None:
        """The one after."""
        after = self._place + 1
        if after in (0, len(self.areas)):
            return None
        return self.areas[after]

    @property
    def text(self) -> str:
        """What the plan says of it: its own text, else that of the section it stands in."""
        if self.area.summary:
            return self.area.summary
        if self.area.section:
            return self.area.section.body
        return ""

    @property
    def others_words(self) -> str:
        """How many other lokalråd one can read."""
        has = antal(len(self.others), "andet lokalråd har,andre lokalråd har")
        return f"{has} offentliggjort deres svar"

    @property
    def ideas_words(self) -> str:
        """How many initiatives one can take over."""
        return antal(len(self.ideas), ONE_IDEA_OR_MORE)

    @property
    def draft_words(self) -> str:
        """What it means to keep the answer as a draft."""
        if self.kept is not None and self.kept.is_sent:
            return "Svaret er sendt. Gemmer I det som kladde, er det ikke længere sendt."
        return "Kladden kan kun læses af jeres eget lokalråd."


def answer_page(plan: Plan, area: FocusArea, now: datetime) -> AnswerPage:
    """All that the page of one answer shows."""
    kept = Answer.objects.filter(plan=plan, area=area).first()
    last = None
    if kept is not None and plan.continues is not None and area.continues_id is not None:
        last = plan.continues.answers.filter(area=area.continues_id).first()
    return AnswerPage(
        plan=plan,
        area=area,
        kept=kept,
        last=last,
        areas=list(areas_for(plan)),
        others=released_answers(area, now),
        ideas=ideas_for(area, plan, now),
    )


@dataclass(frozen=True)
class NotePage:
    """An action plan as its municipality reads it: what is done, what is covered, what is not done."""

    plan: Plan
    answers: list[Answer]
    needs: list[LocalNeed]
    counts: tuple[int, int]

    @property
    def lead(self) -> str:
        """What it builds on, and how far it is."""
        builds_on = "samarbejdsplan"
        if self.plan.district_plan:
            builds_on = self.plan.district_plan.title.lower()
        sent, asked = self.counts
        return (
            f"Lokalrådets handleplan bygger på kredsrådets {builds_on} og på lokale behov. "
            f"{sent} af {asked} områder er besvaret."
        )

    @property
    def groups(self) -> list[tuple[str, list[Answer]]]:
        """(heading, the answers under it), in the order of the note."""
        return [(heading, self._in_state(state)) for state, heading in HEADINGS.items()]

    @property
    def unanswered(self) -> str:
        """The areas whose answer is a draft, in a line."""
        return ", ".join(answer.area.title for answer in self._in_state(CellState.DRAFT))

    def _in_state(self, state: CellState) -> list[Answer]:
        return [answer for answer in self.answers if answer.cell == state]


def note_page(plan: Plan) -> NotePage:
    """The note of an action plan."""
    answers = list(plan.answers.select_related("area"))
    return NotePage(plan, answers, list(plan.needs.all()), answer_state(plan))
