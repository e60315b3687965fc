"""The agenda of a meeting.

Items with their papers, what was sent to other fora, what was proposed and left off.
"""

from pathlib import PurePath

from django.db import models

from samraad.council.models.forum import Forum, Seat
from samraad.council.models.meeting import Meeting
from samraad.look.danish import afstand, antal, kortdato


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    """Questions about items."""

    def told_to_all(self) -> "AgendaItemQuerySet":
        """Those whose words anyone may read, once the minutes are published: neither closed nor withheld."""
        return self.filter(closed=False, withheld=False)

    def on_agenda(self) -> "AgendaItemQuerySet":
        """Those that were not taken off."""
        return self.exclude(outcome=AgendaItem.Outcome.WITHDRAWN)


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

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.title}"

    def get_absolute_url(self) -> str:
        """Its place on the page of its meeting."""
        return f"{self.meeting.get_absolute_url()}#punkt-{self.pk}"

    @property
    def anchor(self) -> str:
        """Its place on a page of many items."""
        return f"punkt-{self.pk}"

    @property
    def asked(self) -> str:
        """What is asked of the minutes' page by one who comes for this item."""
        return f"punkt={self.pk}"

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
    def told_to_all(self) -> bool:
        """May anyone read its words once the minutes are published?"""
        return not self.closed and not self.withheld

    @property
    def held_back_words(self) -> str:
        """Why it is not told to all."""
        return "Lukket punkt." if self.closed else "Oplysninger er tilbageholdt."

    @property
    def title_for_all(self) -> str:
        """Its title where it may be told."""
        return "Lukket punkt" if self.closed else self.title

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


SHOWN = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


class Paper(models.Model):
    """A file to an item; stored under its own hash, shown by the browser or fetched."""

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

    @property
    def is_shown(self) -> bool:
        """Does a browser show it by itself, and run nothing of it?"""
        return self.content_type in SHOWN.values()

    @property
    def content_type(self) -> str:
        """As what it is served; whatever no browser shows is only bytes."""
        return SHOWN.get(PurePath(self.file_name).suffix.lower(), "application/octet-stream")


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
