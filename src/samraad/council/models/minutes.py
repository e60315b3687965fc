"""What a meeting leaves: who was there, what was decided, who approved the minutes."""

from django.db import models
from django.db.models import Q

from manuscript.text import shortened
from samraad.council.models.agenda import AgendaItem
from samraad.council.models.forum import Seat
from samraad.council.models.meeting import Meeting


class Attendance(models.Model):
    """Whether a seat was covered at a meeting, and by whom in which function."""

    class Presence(models.TextChoices):
        PRESENT = "present", "til stede"
        DEPUTY = "deputy", "stedfortræder til stede"
        EXCUSED = "excused", "afbud"
        ABSENT = "absent", "fraværende"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendance")
    presence = models.CharField(max_length=20, choices=Presence)
    holder_id = models.BigIntegerField(null=True, help_text="den person, der sad der, til tal om udskiftning")

    class Meta:
        ordering = ["seat__position"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="attendance_once_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"

    @property
    def words(self) -> str:
        """Who led the meeting is told instead of that she was there."""
        if self.seat_id == self.meeting.chaired_by_id:
            return "mødeleder"
        return str(self.get_presence_display())

    @property
    def covered(self) -> bool:
        """Was somebody there for the seat?"""
        return self.presence in {self.Presence.PRESENT, self.Presence.DEPUTY}


class ItemAbsence(models.Model):
    """Somebody at the meeting who was not with one item: out of the room, or with a conflict of interest."""

    class Why(models.TextChoices):
        OUT = "out", "ikke til stede"
        PARTIAL = "partial", "inhabil"

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="absences")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="item_absences")
    why = models.CharField(max_length=20, choices=Why)

    class Meta:
        ordering = ["seat__position"]
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="item_absence_once_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_why_display()}"


class Guest(models.Model):
    """Somebody who takes part without a seat, by role: in the whole meeting, or invited to one item.

    The address is for the invitation alone; it goes when the meeting was held.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, blank=True, related_name="guests")
    role = models.CharField("rolle", max_length=160)
    email = models.EmailField("mailadresse", blank=True)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.role


class Decision(models.Model):
    """What a forum decided on an item; an opinion or a recommendation (retsplejeloven § 111) is one too.

    `promises` is what the public reads below it: text, owner and day as of when the minutes were published.
    """

    class Kind(models.TextChoices):
        DECISION = "decision", "Beslutning"
        OPINION = "opinion", "Udtalelse"
        RECOMMENDATION = "recommendation", "Henstilling"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    kind = models.CharField("slags", max_length=20, choices=Kind, default=Kind.DECISION)
    text = models.TextField("beslutning")
    ends_on = models.DateField("gælder til og med", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    promises = models.JSONField("løfter, som de stod, da referatet blev offentligt", default=list)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="recommendation") | Q(ends_on__isnull=False),
                name="decision_recommendation_has_an_end",
            )
        ]

    def __str__(self) -> str:
        return shortened(self.text, 120)

    @property
    def heading(self) -> str:
        """What stands above it in the minutes."""
        return "Det blev besluttet" if self.kind == self.Kind.DECISION else str(self.get_kind_display())


class MinutesRound(models.Model):
    """Once that the minutes were sent to be approved; taken back with a reason, they come in a new one."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    objections_due_on = models.DateField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_because = models.CharField("hvorfor", max_length=300, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["meeting", "number"], name="minutes_round_once")]

    def __str__(self) -> str:
        return f"Runde {self.number}"


class MinutesReply(models.Model):
    """A seat's answer to the minutes: approved, or an objection that is listed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies")
    round = models.PositiveSmallIntegerField(default=1)  # to which sending of the minutes
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="minutes_replies")
    at = models.DateTimeField()
    objection = models.TextField("bemærkning", blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "round", "seat"], name="minutes_reply_once_per_seat_and_round"
            )
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {self.words}"

    @property
    def words(self) -> str:
        """What the seat answered, in a word."""
        return "bemærkning" if self.objection else "godkendt"
