"""Seminars and webinars, with those they reached."""

from django.db import models

from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum
from samraad.look.danish import dato
from samraad.network.models.around import AroundForum


class Seminar(AroundForum):
    """A seminar or webinar: an event with attendance, apart from a forum's meetings."""

    class Kind(models.TextChoices):
        SEMINAR = "seminar", "Seminar"
        WEBINAR = "webinar", "Webinar"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="seminars")
    kind = models.CharField("slags", max_length=10, choices=Kind)
    title = models.CharField("emne", max_length=160)
    on = models.DateField("dag")
    place = models.CharField("sted", max_length=160, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on"]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> list[str]:
        """Its kind, day and place in a line, and whom it reached."""
        when = f"{self.get_kind_display()} {dato(self.on)}"
        if self.place:
            when = f"{when}, {self.place}"
        return [when] + [f"{row.count} {row.profession}" for row in self.reach.all()]


class SeminarReach(models.Model):
    """How many of a profession came, from which municipality."""

    seminar = models.ForeignKey(Seminar, models.CASCADE, related_name="reach")
    profession = models.CharField("faggruppe", max_length=80)
    municipality = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    count = models.PositiveIntegerField("antal")

    class Meta:
        ordering = ["profession"]
        verbose_name_plural = "seminar reaches"

    def __str__(self) -> str:
        return f"{self.profession}: {self.count}"
