"""Commitment: who does what by when, from a decision or a plan; its moved dates and its progress."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.urls import reverse

from manuscript.text import shortened
from samraad import clock
from samraad.accounts.models import Organisation
from samraad.commitment.states import CommitmentStatus
from samraad.council.models.forum import Forum, Seat
from samraad.council.models.minutes import Decision
from samraad.look.danish import dato, kortdato


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    """Questions about commitments."""

    def open(self) -> "CommitmentQuerySet":
        """Accepted and not yet done."""
        return self.filter(status__in=CommitmentStatus.open())

    def late(self, today: date) -> "CommitmentQuerySet":
        """Open ones whose day has passed; one that waits for a condition is not late."""
        return self.filter(self.late_on(today))

    @staticmethod
    def late_on(today: date) -> Q:
        """The condition of being late."""
        return Q(status__in=CommitmentStatus.open(), due_on__lt=today) & ~Q(status=CommitmentStatus.WAITING)

    def told_to_all(self) -> "CommitmentQuerySet":
        """Those an open text may tell of: the owner has said yes, and no item they come from is held back."""
        asked = [CommitmentStatus.DRAFT, CommitmentStatus.PROPOSED, CommitmentStatus.DECLINED]
        held_back = Q(decision__item__closed=True) | Q(decision__item__withheld=True)
        return self.exclude(status__in=asked).exclude(held_back)

    def of_district(self, district: Organisation) -> "CommitmentQuerySet":
        """Those that a forum of the district follows."""
        return self.filter(forum__district=district)


class Commitment(models.Model):
    """Something to be done, with an owner.

    One that a council put on another organisation is proposed until that one accepts it.
    """

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
                condition=~Q(status__in=[CommitmentStatus.DECLINED, CommitmentStatus.DROPPED])
                | ~Q(closed_because=""),
                name="commitment_ended_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status=CommitmentStatus.WAITING) | ~Q(condition=""),
                name="commitment_waiting_names_its_condition",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Its one address."""
        return reverse("commitment:commitment", args=[self.forum.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of commitments."""
        return [("Løfter", reverse("commitment:commitments", args=[self.forum.district.slug]))]

    @property
    def key(self) -> str:
        """How an agenda item names it (see `audit.rooms.Proposal`)."""
        return f"commitment-{self.pk}"

    def is_late(self, today: date) -> bool:
        """Is it open with its day passed?"""
        if self.due_on is None or self.status == CommitmentStatus.WAITING:
            return False
        return self.is_open and self.due_on < today

    @property
    def late(self) -> bool:
        """Is it late today?"""
        return self.is_late(clock.today())

    @property
    def is_draft(self) -> bool:
        """Does it stand in a plan that is not out?"""
        return self.status == CommitmentStatus.DRAFT

    @property
    def is_proposed(self) -> bool:
        """Does it wait for its owner's answer?"""
        return self.status == CommitmentStatus.PROPOSED

    @property
    def is_open(self) -> bool:
        """Does somebody still owe it?"""
        return self.status in CommitmentStatus.open()

    @property
    def is_waiting(self) -> bool:
        """Does it wait for its condition?"""
        return self.status == CommitmentStatus.WAITING

    @property
    def is_reported(self) -> bool:
        """Does it wait for a second person to confirm that it is done?"""
        return self.status == CommitmentStatus.REPORTED

    @property
    def is_done(self) -> bool:
        """Is it done?"""
        return self.status == CommitmentStatus.DONE

    @property
    def is_declined(self) -> bool:
        """Has its owner said no?"""
        return self.status == CommitmentStatus.DECLINED

    @property
    def held_back(self) -> bool:
        """Was it decided at an item that is closed or withheld? Then no open text may tell of it."""
        return self.decision is not None and not self.decision.item.told_to_all

    @property
    def owner_words(self) -> str:
        """Who owes it, or that nobody does."""
        return self.owner_text or "ingen"

    @property
    def owner_text(self) -> str:
        """Who, in words: the role and the organisation."""
        told = []
        if self.owner is not None:
            told.append(str(self.owner))
        if self.owner_role:
            told.append(self.owner_role)
        elif self.owner_seat is not None:
            told.append(str(self.owner_seat))
        return ", ".join(told)

    @property
    def as_read(self) -> str:
        """Which version was read, as an address tells it to the one who says yes."""
        return f"laest={self.version}"

    @property
    def facts(self) -> list[str]:
        """Who, and by when."""
        told = [self.owner_text or "ingen ansvarlig"]
        if self.due_on:
            told.append(f"frist {dato(self.due_on)}")
        return told

    @property
    def due_words(self) -> str:
        """By when, or what it waits for."""
        return kortdato(self.due_on) or self.condition or "uden frist"

    @property
    def origin_words(self) -> str:
        """Where it was decided."""
        if self.decision is not None:
            return str(self.decision.item.meeting)
        return self.origin_text or str(self.forum)

    @property
    def short_origin(self) -> str:
        """Where it was decided, with a short day."""
        if self.decision is None:
            return self.origin_words
        meeting = self.decision.item.meeting
        return f"{meeting.forum}, {kortdato(meeting.starts_at)}"

    @property
    def awaits_answer(self) -> bool:
        """Is there no answer yet?"""
        return self.is_draft or self.is_proposed

    @property
    def answer_words(self) -> str:
        """What its owner said."""
        if self.is_draft:
            return "Ingen er spurgt: planen er et udkast"
        if self.is_proposed:
            return f"Venter på {self.owner or 'sekretariatet'}"
        if self.is_declined:
            return "Afvist"
        return "Taget imod"

    @property
    def end_heading(self) -> str:
        """What the end of its thread is called."""
        if self.is_done:
            return "Udført"
        if self.status == CommitmentStatus.DROPPED:
            return "Slut"
        return "Frist"

    @property
    def end_words(self) -> str:
        """How it ended, or by when it should."""
        if self.is_done:
            return kortdato(self.closed_on)
        if self.status == CommitmentStatus.DROPPED:
            return "Udgået"
        return kortdato(self.due_on) or "uden frist"


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

    @property
    def told(self) -> str:
        """The date it was moved from, and why."""
        return f"før {kortdato(self.old) or 'ingen'}: {self.reason}"


class Progress(models.Model):
    """A report on a commitment: words, a light, why it is late; public when its owner releases it."""

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

    @property
    def facts(self) -> list[str]:
        """When, by whom, and whether everybody may read it."""
        public = "offentlig" if self.released_at else "ikke offentlig"
        return [dato(self.at), self.reporter, public]
