"""Hearing: a draft as it stood that day is sent to parties, who reply part by part.

What was done with each remark ends in one note.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.look.danish import dato, kortdato
from samraad.plan.models.plan import Plan
from samraad.plan.states import State

AFTERWARDS = timedelta(days=14)  # in which a party can still read what became of its remarks


class Hearing(models.Model):
    """A draft out for remarks until a last day.

    `parts` is the draft as it was sent (`edition.hearing_parts`), for writing goes on.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="hearings")
    opened_at = models.DateTimeField()
    due_on = models.DateField("svar senest")
    letter = models.TextField("følgebrev", blank=True)
    parts = models.JSONField(default=list)
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan"], condition=Q(closed_at=None), name="hearing_one_open_per_plan"
            )
        ]

    def __str__(self) -> str:
        return f"Høring om {self.plan}"

    def get_absolute_url(self) -> str:
        """The page of those who hold it."""
        return reverse("plan:hearing", args=[self.plan.forum.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The plan that is heard."""
        return [*self.plan.above(), (str(self.plan), self.plan.get_absolute_url())]

    @property
    def term_words(self) -> str:
        """Until when one can reply, or when it ended."""
        if self.closed_at:
            return f"Afsluttet {dato(self.closed_at)}."
        return f"Fristen er {dato(self.due_on)}."


class Party(models.Model):
    """Somebody who was asked, with or without a login; only the hash of the personal link is kept."""

    hearing = models.ForeignKey(Hearing, models.CASCADE, related_name="parties")
    name = models.CharField("part", max_length=160)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="hearing_parties"
    )
    email = models.EmailField("mail", blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    extended_to = models.DateField("udsat til", null=True, blank=True)
    opened_at = models.DateTimeField(null=True)
    replied_at = models.DateTimeField(null=True)
    nothing_to_say = models.BooleanField("ingen bemærkninger", default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"
        constraints = [models.UniqueConstraint(fields=["hearing", "name"], name="party_once_per_hearing")]

    def __str__(self) -> str:
        return self.name

    @property
    def due_on(self) -> date:
        """Its own last day."""
        return self.extended_to or self.hearing.due_on

    @property
    def due_words(self) -> str:
        """Its own last day, and whether it was given more time."""
        due = kortdato(self.due_on)
        return f"{due} (udsat)" if self.extended_to else due

    @property
    def state(self) -> State:
        """How far it has come."""
        if self.nothing_to_say:
            return State("done", "Ingen bemærkninger")
        if self.replied_at:
            return State("sent", "Har svaret")
        if not (self.email or self.organisation_id):
            return State("waiting", "Spurgt på papir")
        if self.opened_at:
            return State("in_progress", "Åbnet")
        return State("waiting", "Ikke åbnet")

    @property
    def asked_words(self) -> str:
        """What is said when it has been asked."""
        if self.email:
            return f"{self} er spurgt og får en mail med sit eget link."
        return f"{self} er spurgt."

    @property
    def over_words(self) -> str:
        """What it was asked about, for one that comes too late."""
        asked = f"{self} blev hørt om {self.hearing.plan}."
        return f"{asked} Fristen var {dato(self.due_on)}, og linket virker ikke mere."

    def is_late(self, today: date) -> bool:
        """Is it too late to reply?"""
        return self.hearing.closed_at is not None or today > self.due_on

    def is_gone(self, today: date) -> bool:
        """Is it so long since it could reply, or since the hearing was closed, that nothing is shown?"""
        last = self.due_on
        if self.hearing.closed_at:
            last = max(last, timezone.localdate(self.hearing.closed_at))
        return today - last > AFTERWARDS


class Remark(models.Model):
    """A remark to a part of the draft (`part` is its key) or to the whole, and what was done with it."""

    class Outcome(models.TextChoices):
        TAKEN = "taken", "Taget med"
        PARTLY = "partly", "Taget delvis med"
        NOT_TAKEN = "not_taken", "Ikke taget med"
        NOTED = "noted", "Taget til efterretning"

    party = models.ForeignKey(Party, models.CASCADE, related_name="remarks")
    part = models.CharField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    about = models.CharField("om", max_length=220)
    text = models.TextField("bemærkning")
    pasted = models.BooleanField("skrevet ind af sekretariatet", default=False)
    outcome = models.CharField("hvad blev der gjort", max_length=10, choices=Outcome, blank=True)
    answer = models.TextField("hvorfor", blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome="not_taken") | ~Q(answer=""), name="remark_not_taken_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.party}: {shortened(self.text, 60)}"

    def get_absolute_url(self) -> str:
        """Where the remarks stand on the page of their hearing."""
        return f"{self.party.hearing.get_absolute_url()}#bemaerkninger"

    @property
    def is_settled(self) -> bool:
        """Was it said what was done with it?"""
        return bool(self.outcome)

    @property
    def done_words(self) -> str:
        """What was done with it, and why."""
        if not self.is_settled:
            return "Ikke behandlet endnu."
        return f"{self.get_outcome_display()}. {self.answer}".strip()

    @property
    def from_words(self) -> str:
        """Whose it is, and whether it came by mail."""
        return f"{self.party} · skrevet ind fra mail" if self.pasted else str(self.party)

    @property
    def settle_words(self) -> str:
        """What the link says that leads to saying what was done."""
        return "Ret" if self.is_settled else "Hvad blev der gjort?"

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"{self.about}, {self.party}"
