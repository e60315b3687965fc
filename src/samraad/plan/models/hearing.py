"""Hearing: a draft as it stood that day is sent to parties, who reply part by part; what was done with each remark ends in one note."""

from datetime import date

from django.db import models
from django.db.models import Q

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.plan.models.plan import Plan


class Hearing(models.Model):
    """A draft out for remarks until a last day; `parts` is the draft as it was sent (`edition.hearing_parts`), for writing goes on."""

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
    def state(self) -> tuple[str, str]:
        """(code, word): how far it has come."""
        if self.nothing_to_say:
            return "done", "Ingen bemærkninger"
        if self.replied_at:
            return "sent", "Har svaret"
        if not (self.email or self.organisation_id):
            return "waiting", "Spurgt på papir"
        return ("in_progress", "Åbnet") if self.opened_at else ("waiting", "Ikke åbnet")


class Remark(models.Model):
    """One remark, to a part of the draft (`part` is its key there) or to the whole; and what was done with it."""

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
