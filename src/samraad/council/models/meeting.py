"""Meeting with its agenda, papers, attendance, minutes and decisions."""

from datetime import date, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum, Seat
from samraad.council.states import MeetingStatus
from samraad.look.danish import antal, dato, klokken, naar, uge

if TYPE_CHECKING:
    from samraad.council.models.minutes import MinutesReply


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

    def listed(self, on: date) -> "MeetingQuerySet":
        """Those that are still to be held, and those that were to be but are cancelled, nearest first."""
        ahead = [MeetingStatus.PLANNED, MeetingStatus.CALLED, MeetingStatus.CANCELLED]
        return self.filter(status__in=ahead, starts_at__date__gte=on).order_by("starts_at")


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
    withdrawn_because = models.CharField(max_length=300, blank=True)  # its open part, after publication
    minutes_round = models.PositiveSmallIntegerField(default=0)  # how many times its minutes were sent
    cancelled_because = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

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

    def hold_still(self) -> "Meeting":
        """Let nobody else change where the meeting is until this is done, and read where it is now."""
        now = Meeting.objects.select_for_update().get(pk=self.pk)
        self.status, self.minutes_round, self.published_at = now.status, now.minutes_round, now.published_at
        return self

    @property
    def seen(self) -> str:
        """The items of the agenda by their numbers in the database, in the order they stand in."""
        return ",".join(map(str, map(attrgetter("pk"), self.items.all())))

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
    def is_cancelled(self) -> bool:
        """Was it to be held, and is not?"""
        return self.status == MeetingStatus.CANCELLED

    @property
    def has_begun(self) -> bool:
        """Has its hour come?"""
        return self.starts_at <= clock.now()

    @property
    def call_words(self) -> str:
        """What the button says that sends its agenda out, or only notes that it was."""
        return "Registrér, at dagsordenen er sendt" if self.has_begun else "Send dagsordenen ud"

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
    def how_far(self) -> str:
        """How far its agenda is, before it is sent."""
        items = list(self.items.all())
        if not items:
            return "Dagsordenen er tom."
        bare = len([item for item in items if not item.papers.all()])
        told = f"{antal(len(items), 'punkt,punkter')}, {bare} uden bilag. Skal ud {self._call_words}."
        if self.wishes_due_on:
            told = f"{told} Frist for ønsker: {dato(self.wishes_due_on)}."
        return told

    @property
    def _call_words(self) -> str:
        """By when its agenda must be out: by the forum's rule, else before the day."""
        if self.forum.notice_days is None:
            return f"før {dato(self.starts_at)}"
        return f"senest {dato(self.starts_at.date() - timedelta(days=self.forum.notice_days))}"

    def current_replies(self) -> "models.QuerySet[MinutesReply]":
        """What the seats have answered to the minutes as they were sent last."""
        return self.replies.filter(round=self.minutes_round)

    def covered_seats(self) -> list[int]:
        """The seats that somebody was there for."""
        return [row.seat_id for row in self.attendance.all() if row.covered]

    def answered_seats(self) -> set[int]:
        """The seats that have answered to the minutes as they were sent last."""
        return {reply.seat_id for reply in self.replies.all() if reply.round == self.minutes_round}

    def unanswered_seats(self) -> set[int]:
        """The seats (by their numbers) that were there and have not answered to the minutes."""
        return set(self.covered_seats()) - self.answered_seats()

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

    @property
    def was(self) -> str:
        """ "tirsdag 14. juni 2022 kl. 13.00"."""
        return naar(self.from_starts_at)
