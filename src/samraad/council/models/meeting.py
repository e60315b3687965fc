"""Meeting with its agenda, papers, attendance, minutes and decisions."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum, Seat
from samraad.council.states import MeetingStatus


class MeetingQuerySet(models.QuerySet["Meeting"]):
    """Questions about meetings."""

    def held(self) -> "MeetingQuerySet":
        """Those that took place."""
        return self.filter(status__in=MeetingStatus.after_held())

    def coming(self, on: date) -> "MeetingQuerySet":
        """Those that are still to be held, nearest first."""
        return self.filter(
            status__in=[MeetingStatus.PLANNED, MeetingStatus.CALLED], starts_at__date__gte=on
        ).order_by("starts_at")


class Meeting(models.Model):
    """One meeting of a forum; one address for agenda, papers, minutes and decisions, before and after."""

    class Form(models.TextChoices):
        PHYSICAL = "physical", "fysisk møde"
        VIRTUAL = "virtual", "virtuelt møde"
        HYBRID = "hybrid", "fysisk og virtuelt"
        WRITTEN = "written", "skriftlig behandling"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="meetings")
    starts_at = models.DateTimeField("begynder")
    ends_at = models.DateTimeField("slutter")
    place = models.CharField("sted", max_length=160, blank=True)
    form = models.CharField("mødeform", max_length=20, choices=Form, default=Form.PHYSICAL)
    status = models.CharField(max_length=20, choices=MeetingStatus, default=MeetingStatus.PLANNED)
    offsite = models.BooleanField("ude af huset", default=False)
    host = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="hosted_meetings"
    )
    wishes_due_on = models.DateField("ønsker til dagsordenen senest", null=True, blank=True)
    called_at = models.DateTimeField(null=True)
    chaired_by = models.ForeignKey(Seat, models.PROTECT, null=True, blank=True, related_name="+")
    minutes_sent_at = models.DateTimeField(null=True)
    objections_due_on = models.DateField(null=True)
    minutes_approved_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="meeting_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(status=MeetingStatus.APPROVED),
                name="meeting_published_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(status=MeetingStatus.CANCELLED) | ~Q(cancelled_because=""),
                name="meeting_cancelled_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        from samraad.tags import dato

        return f"{self.forum}, {dato(self.starts_at)}"

    @property
    def is_over(self) -> bool:
        """Has it taken place?"""
        return self.status in MeetingStatus.after_held()

    @property
    def written(self) -> bool:
        """Is it a written procedure without a room?"""
        return self.form == self.Form.WRITTEN


class MeetingMove(models.Model):
    """A meeting was moved: from when, and why. The old time stays to be read."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="moves")
    from_starts_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.meeting}: {self.reason}"


class AgendaItem(models.Model):
    """One item of a meeting, with its papers, minute and outcome."""

    class Kind(models.TextChoices):
        INFORMATION = "information", "Orientering"
        DISCUSSION = "discussion", "Drøftelse"
        DECISION = "decision", "Beslutning"

    class Outcome(models.TextChoices):
        NOTED = "noted", "Taget til efterretning"
        DISCUSSED = "discussed", "Drøftet"
        ADOPTED = "adopted", "Godkendt"
        POSTPONED = "postponed", "Udsat"
        WITHDRAWN = "withdrawn", "Trukket tilbage"

    class Subject(models.TextChoices):
        POLICE_WORK = "police_work", "politiets opgaveløsning"
        PREVENTION = "prevention", "forebyggelse"
        CRIME_TREND = "crime_trend", "kriminalitetsudvikling"
        COOPERATION = "cooperation", "temaer for samarbejdet"

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("slags", max_length=20, choices=Kind)
    title = models.CharField("titel", max_length=200)
    text = models.TextField("sagsfremstilling", blank=True)
    closed = models.BooleanField("lukket punkt", default=False)
    withheld = models.BooleanField("oplysninger tilbageholdt", default=False)
    supplementary = models.BooleanField("på tillægsdagsorden", default=False)
    subjects = models.JSONField(default=list, blank=True)
    commitment = models.ForeignKey(
        "council.Commitment", models.PROTECT, null=True, blank=True, related_name="agenda_items"
    )
    postponed_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="postponed_to"
    )
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)
    minute = models.TextField("referat", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.title}"

    @property
    def treated(self) -> bool:
        """Did the forum deal with it at a meeting that was held?"""
        return (
            self.outcome in {self.Outcome.NOTED, self.Outcome.DISCUSSED, self.Outcome.ADOPTED}
            and self.meeting.is_over
        )

    @property
    def subject_words(self) -> list[str]:
        """The standing subjects that were ticked, in words."""
        return [str(self.Subject(code).label) for code in self.subjects]


class Paper(models.Model):
    """A file to an item; stored under its own hash, served as a download."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers")
    title = models.CharField("titel", max_length=160)
    file = models.FileField(upload_to="papers")
    file_name = models.CharField(max_length=160)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.title


class Forwarding(models.Model):
    """An item sent to another forum, which answers when it was dealt with there, and how."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="forwardings")
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="forwarded_items")
    due_on = models.DateField(null=True, blank=True)
    treated_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        ordering = ["forum__name"]
        constraints = [models.UniqueConstraint(fields=["item", "forum"], name="forwarding_once_per_forum")]

    def __str__(self) -> str:
        return f"{self.item} til {self.forum}"


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
    def covered(self) -> bool:
        """Was somebody there for the seat?"""
        return self.presence in {self.Presence.PRESENT, self.Presence.DEPUTY}


class Guest(models.Model):
    """Somebody who took part without a seat, by role."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="guests")
    item = models.ForeignKey(AgendaItem, models.CASCADE, null=True, blank=True, related_name="guests")
    role = models.CharField("rolle", max_length=160)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.role


class Decision(models.Model):
    """What a forum decided on an item; an opinion or a recommendation (retsplejeloven § 111) is one too."""

    class Kind(models.TextChoices):
        DECISION = "decision", "Beslutning"
        OPINION = "opinion", "Udtalelse"
        RECOMMENDATION = "recommendation", "Henstilling"

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    kind = models.CharField("slags", max_length=20, choices=Kind, default=Kind.DECISION)
    text = models.TextField("beslutning")
    ends_on = models.DateField("gælder til og med", null=True, blank=True)

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


class MinutesReply(models.Model):
    """A seat's answer to the minutes: approved, or an objection that is listed."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="replies")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="minutes_replies")
    at = models.DateTimeField()
    objection = models.TextField("bemærkning", blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="minutes_reply_once_per_seat")
        ]

    def __str__(self) -> str:
        return f"{self.seat}: {'bemærkning' if self.objection else 'godkendt'}"


class WrittenReply(models.Model):
    """A seat's answer to an item of a written procedure: agreed or not, in words."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="written_replies")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="written_replies")
    at = models.DateTimeField()
    agrees = models.BooleanField("enig")
    text = models.TextField("bemærkning", blank=True)

    class Meta:
        ordering = ["seat__position"]
        verbose_name_plural = "written replies"
        constraints = [models.UniqueConstraint(fields=["item", "seat"], name="written_reply_once_per_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {'enig' if self.agrees else 'ikke enig'}"


class ProposalDrop(models.Model):
    """A proposal for an agenda that the secretary did not take, and why."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="dropped_proposals")
    commitment = models.ForeignKey("council.Commitment", models.CASCADE, null=True, related_name="+")
    occurrence = models.ForeignKey("council.Occurrence", models.CASCADE, null=True, related_name="+")
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.reason
