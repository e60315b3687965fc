"""Meeting with its agenda, papers, attendance, minutes and decisions."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum, Seat
from samraad.council.states import MeetingStatus
from samraad.look.danish import afstand, antal, dato, klokken, kortdato, uge


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
        return f"{self.forum}, {dato(self.starts_at)}"

    def get_absolute_url(self) -> str:
        """The one address of a meeting, before and after."""
        return reverse("council:meeting", args=[self.forum.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of meetings."""
        return [("Møder", reverse("council:meetings", args=[self.forum.district.slug]))]

    @property
    def is_planned(self) -> bool:
        """Is its agenda still to be sent out?"""
        return self.status == MeetingStatus.PLANNED

    @property
    def is_called(self) -> bool:
        """Is its agenda out, and the meeting not held yet?"""
        return self.status == MeetingStatus.CALLED

    @property
    def is_held(self) -> bool:
        """Was it held, and are its minutes still to be sent?"""
        return self.status == MeetingStatus.HELD

    @property
    def awaits_approval(self) -> bool:
        """Are its minutes sent and not approved?"""
        return self.status == MeetingStatus.MINUTES_SENT

    @property
    def is_over(self) -> bool:
        """Has it taken place?"""
        return self.status in MeetingStatus.after_held()

    @property
    def eyebrow(self) -> str:
        """What stands above its heading."""
        return f"Møde i {self.forum}"

    @property
    def agenda_heading(self) -> str:
        """What its items stand under."""
        return "Dagsorden og referat" if self.is_over else "Dagsorden"

    @property
    def hold_words(self) -> str:
        """What the button says that ends a meeting that is called."""
        return "Afslut den skriftlige behandling" if self.written else "Mødet er holdt: skriv fremmøde"

    @property
    def day(self) -> str:
        """ "tirsdag 15. marts 2022"."""
        return dato(self.starts_at)

    @property
    def hours(self) -> str:
        """ "kl. 13.00-15.00"."""
        return f"kl. {klokken(self.starts_at)}-{klokken(self.ends_at)}"

    @property
    def where(self) -> str:
        """Its place, else its form; and whether it is off-site."""
        place = self.place or str(self.get_form_display())
        return f"{place} · ude af huset" if self.offsite else place

    @property
    def when_and_where(self) -> str:
        """Hours, place and week in one line."""
        hours = f"{self.hours}, {self.place}" if self.place else self.hours
        return f"{hours} · {uge(self.starts_at)}"

    @property
    def facts(self) -> list[str]:
        """When, how and where, in words."""
        told = [self.hours, str(self.get_form_display())]
        told += [self.place, uge(self.starts_at)]
        if self.offsite:
            told.append(f"ude af huset hos {self.host}" if self.host else "ude af huset")
        return [each for each in told if each]

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
    proposal = models.CharField(max_length=60, blank=True)  # what proposed itself here, as "commitment-42"
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

    def get_absolute_url(self) -> str:
        """Its place on the page of its meeting."""
        return f"{self.meeting.get_absolute_url()}#punkt-{self.pk}"

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"punkt {self.position}"

    @property
    def forwarded_words(self) -> str:
        """To how many fora it was sent."""
        count = len(self.forwardings.all())
        return f"Sendt til {antal(count, 'forum,fora')}"

    @property
    def facts(self) -> list[str]:
        """Its kind, what became of it, whether it is closed or late, and its standing subjects, in words."""
        told = [str(self.get_kind_display())]
        if self.outcome:
            told.append(str(self.get_outcome_display()))
        if self.closed:
            told.append("lukket")
        if self.withheld:
            told.append("oplysninger tilbageholdt")
        if self.supplementary:
            told.append("tillæg til dagsordenen")
        return told + self.subject_words

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

    @property
    def state(self) -> str:
        """Whether it was dealt with, in words."""
        if self.treated_on:
            return f"behandlet {kortdato(self.treated_on)}"
        return f"venter, senest {kortdato(self.due_on)}" if self.due_on else "venter"

    @property
    def when(self) -> str:
        """When it was dealt with, else how far its day is."""
        return f"behandlet {kortdato(self.treated_on)}" if self.treated_on else afstand(self.due_on)

    @property
    def origin(self) -> str:
        """From whom, and what was answered."""
        came = f"Fra {self.item.meeting.forum}"
        return f"{came}. Svar: {self.answer}" if self.answer else came

    @property
    def answer_words(self) -> str:
        """What the button says."""
        return "Ret svaret" if self.treated_on else "Svar"


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

    @property
    def heading(self) -> str:
        """What stands above it in the minutes."""
        return "Det blev besluttet" if self.kind == self.Kind.DECISION else str(self.get_kind_display())


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

    @property
    def words(self) -> str:
        """The seat, and what it said."""
        return f"{self.seat}: {self.text}" if self.text else str(self.seat)


class ProposalDrop(models.Model):
    """A proposal for an agenda that the secretary did not take, and why."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="dropped_proposals")
    proposal = models.CharField(max_length=60)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return self.reason
