"""Answer: what a lokalråd does about a focus area it is addressed in.

LocalNeed: what it adds itself. Reminder: a nudge.
"""

from django.db import models
from django.db.models import Q

from manuscript.text import plain, shortened
from samraad.council.models import Forum
from samraad.look.danish import kortdato
from samraad.plan.models.plan import FocusArea, Plan
from samraad.plan.states import AnswerStatus, CellState, State


class Answer(models.Model):
    """One per addressed lokalråd and focus area: an initiative, already covered, or not here and why."""

    class Kind(models.TextChoices):
        INITIATIVE = "initiative", "Indsats"
        COVERED = "covered", "Dækket"
        NOT_HERE = "not_here", "Ikke her"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="answers")
    area = models.ForeignKey(FocusArea, models.PROTECT, related_name="answers")
    kind = models.CharField("svar", max_length=12, choices=Kind, blank=True)
    text = models.TextField("hvad gør I", blank=True)
    responsible = models.CharField("ansvarlig", max_length=160, blank=True)
    due_on = models.DateField("gjort senest", null=True, blank=True)
    evidence = models.CharField("hvordan kan man se det", max_length=300, blank=True)
    status = models.CharField(max_length=8, choices=AnswerStatus, default=AnswerStatus.DRAFT)
    sent_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField()
    look_again = models.BooleanField("planen er ændret siden", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["area__position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "area"], name="answer_once_per_area"),
            models.CheckConstraint(
                condition=~Q(status="sent") | ~Q(kind="") & ~Q(text=""), name="answer_sent_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.forum}: {self.area}"

    @property
    def is_sent(self) -> bool:
        """Was it sent?"""
        return self.status == AnswerStatus.SENT

    @property
    def cell(self) -> CellState:
        """How it stands in the overview: what it says once it is sent, else a draft."""
        if not self.is_sent:
            return CellState.DRAFT
        return CellState(self.kind)

    @property
    def state(self) -> State:
        """The same for its own lokalråd."""
        return State(self.cell.value, str(self.cell.label))

    @property
    def excerpt(self) -> str:
        """Its beginning."""
        if not self.text:
            return "Kladde uden tekst."
        return shortened(plain(self.text), 150)

    @property
    def said_words(self) -> str:
        """What was chosen and written, in short."""
        chosen = self.get_kind_display() or "ikke valgt"
        return f"{chosen}. {shortened(plain(self.text), 260)}"

    @property
    def note_words(self) -> str:
        """Who does it and by when, for the note to the municipality."""
        told = []
        if self.responsible:
            told.append(f"Ansvarlig: {self.responsible}.")
        if self.due_on:
            told.append(f"Gjort senest {kortdato(self.due_on)}.")
        return " ".join(told)


class LocalNeed(models.Model):
    """A local need that no area of the district's plan names."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="needs")
    title = models.CharField("behov", max_length=160)
    text = models.TextField("hvad gør I ved det", blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Reminder(models.Model):
    """A nudge to a lokalråd that owes answers; shown on its members' desks."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="reminders")
    forum = models.ForeignKey(Forum, models.CASCADE, related_name="reminders")
    at = models.DateTimeField()
    missing = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.forum}: {self.missing} svar mangler"

    @property
    def sent_words(self) -> str:
        """When it was sent, and how many answers were missing."""
        return f"{kortdato(self.at)}, {self.missing} manglede"
