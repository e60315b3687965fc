"""Commitment: who does what by when, from a decision or a plan; its moved dates and its progress."""

from datetime import date

from django.db import models
from django.db.models import Q

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum, Seat
from samraad.council.models.meeting import Decision
from samraad.council.states import CommitmentStatus


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Questions about commitments."""

    def open(self) -> "CommitmentQuerySet":
        """Accepted and not yet done."""
        return self.filter(status__in=CommitmentStatus.open())

    def late(self, today: date) -> "CommitmentQuerySet":
        """Open ones whose day has passed; one that waits for a condition is not late."""
        return self.open().exclude(status=CommitmentStatus.WAITING).filter(due_on__lt=today)

    def of_district(self, district: Organisation) -> "CommitmentQuerySet":
        """Those that a forum of the district follows."""
        return self.filter(forum__district=district)


class Commitment(models.Model):
    """A promise with an owner. One that a council put on another organisation is proposed until that one accepts it."""

    class Recurrence(models.TextChoices):
        NONE = "", "én gang"
        MONTHLY = "monthly", "hver måned"
        QUARTERLY = "quarterly", "hvert kvartal"
        YEARLY = "yearly", "hvert år"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="commitments")
    text = models.CharField("løfte", max_length=300)
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="commitments", null=True, blank=True)
    owner_seat = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="commitments")
    owner_role = models.CharField("ansvarlig", max_length=120, blank=True)
    outside = models.BooleanField("hos en myndighed uden for kredsen", default=False)
    due_on = models.DateField("frist", null=True, blank=True)
    recurrence = models.CharField("gentages", max_length=12, choices=Recurrence, blank=True, default="")
    condition = models.CharField("venter på", max_length=200, blank=True)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="commitments")
    origin_text = models.CharField("besluttet hvor", max_length=200, blank=True)
    origin_on = models.DateField("besluttet den", null=True, blank=True)
    expected = models.CharField("ventet", max_length=160, blank=True)
    real = models.CharField("blev til", max_length=160, blank=True)
    confirm = models.BooleanField("en anden skal bekræfte, at det er gjort", default=False)
    status = models.CharField(max_length=20, choices=CommitmentStatus, default=CommitmentStatus.PROPOSED)
    reported_by = models.BigIntegerField(null=True)
    closed_on = models.DateField(null=True)
    closed_because = models.CharField(max_length=300, blank=True)
    previous = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="next_occurrences"
    )
    version = models.PositiveIntegerField(default=1)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["declined", "dropped"]) | ~Q(closed_because=""),
                name="commitment_ended_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="waiting") | ~Q(condition=""),
                name="commitment_waiting_names_its_condition",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def is_late(self, today: date) -> bool:
        """Is it open with its day passed?"""
        waiting = self.status == CommitmentStatus.WAITING
        return (
            self.status in CommitmentStatus.open()
            and not waiting
            and bool(self.due_on and self.due_on < today)
        )

    @property
    def is_closed(self) -> bool:
        """Was it decided at a closed item of an agenda? Then no open text may tell of it."""
        return self.decision is not None and self.decision.item.closed

    @property
    def owner_text(self) -> str:
        """Who, in words: the role and the organisation."""
        role = self.owner_role or (str(self.owner_seat) if self.owner_seat_id else "")
        return ", ".join(part for part in (str(self.owner) if self.owner else "", role) if part)


class DueChange(models.Model):
    """A date that was moved: the old one and the reason stay to be read."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="due_changes")
    old = models.DateField(null=True)
    new = models.DateField(null=True)
    reason = models.CharField("hvorfor", max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Progress(models.Model):
    """A report on a commitment: words, a light, and the reason when it is late; public when its owner releases it."""

    class Light(models.TextChoices):
        GREEN = "green", "Det går som aftalt"
        YELLOW = "yellow", "Noget driller"
        RED = "red", "Det går ikke som aftalt"

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="progress")
    at = models.DateTimeField()
    light = models.CharField("hvordan går det", max_length=10, choices=Light)
    text = models.TextField("status")
    late_because = models.CharField("hvorfor er det forsinket", max_length=300, blank=True)
    reporter = models.CharField(max_length=200)
    status = models.CharField("løftets tilstand", max_length=20, choices=CommitmentStatus)
    real = models.CharField("blev til", max_length=160, blank=True)
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.get_light_display()}: {shortened(self.text, 80)}"
