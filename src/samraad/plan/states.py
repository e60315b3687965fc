"""When: the states of a plan and of an answer.

That a plan is discussed is no state of its own: it is a fact of a meeting.
"""

from typing import NamedTuple

from django.db import models


class State(NamedTuple):
    """How far a thing has come, as it is shown: the code gives icon and colour, the word is read."""

    code: str
    word: str


class PlanStatus(models.TextChoices):
    """Where a plan is."""

    DRAFT = "draft", "Udkast"
    PUBLISHED = "published", "Offentliggjort"
    ARCHIVED = "archived", "Arkiveret"


class AnswerStatus(models.TextChoices):
    """Where an answer is."""

    DRAFT = "draft", "Kladde"
    SENT = "sent", "Sendt"


class CellState(models.TextChoices):
    """How an answer stands in the overview: what it says once it is sent, else why it says nothing."""

    INITIATIVE = "initiative", "Indsats"
    COVERED = "covered", "Dækket"
    NOT_HERE = "not_here", "Ikke her"
    DRAFT = "draft", "Kladde"
    MISSING = "missing", "Mangler"
    NOT_ASKED = "none", "Ikke adresseret"


class Stage(models.TextChoices):
    """How far an initiative has come."""

    IDEA = "idea", "Idé"
    TRIAL = "trial", "Forsøg"
    EVALUATED = "evaluated", "Evalueret"
    SPREAD = "spread", "Udbredt"
    STOPPED = "stopped", "Stoppet"


PLAN: dict[str, dict[str, str]] = {
    PlanStatus.DRAFT: {PlanStatus.PUBLISHED: "plan.published"},
    PlanStatus.PUBLISHED: {PlanStatus.PUBLISHED: "plan.published", PlanStatus.ARCHIVED: "plan.archived"},
    PlanStatus.ARCHIVED: {},
}
ANSWER: dict[str, dict[str, str]] = {
    AnswerStatus.DRAFT: {AnswerStatus.SENT: "plan.answer_sent"},
    AnswerStatus.SENT: {AnswerStatus.SENT: "plan.answer_sent", AnswerStatus.DRAFT: "plan.answer_taken_back"},
}
INITIATIVE: dict[str, dict[str, str]] = {
    Stage.IDEA: {Stage.TRIAL: "plan.trial_begun", Stage.STOPPED: "plan.initiative_stopped"},
    Stage.TRIAL: {Stage.EVALUATED: "plan.initiative_evaluated", Stage.STOPPED: "plan.initiative_stopped"},
    Stage.EVALUATED: {
        Stage.SPREAD: "plan.initiative_spread",
        Stage.STOPPED: "plan.initiative_stopped",
        Stage.TRIAL: "plan.trial_begun",
    },
    Stage.SPREAD: {},
    Stage.STOPPED: {},
}
TRANSITIONS = {"plan": PLAN, "answer": ANSWER, "initiative": INITIATIVE}
