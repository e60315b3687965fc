"""Stations that citizens can walk into, and seminars with those they reached."""

from django.db import models
from django.db.models import F, Q

from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum


class Station(models.Model):
    """A nærstation: where it is, when it is open, which local officers (by role) belong to it."""

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="stations")
    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="local_stations")
    name = models.CharField("navn", max_length=120)
    slug = models.SlugField(max_length=60)
    address = models.CharField("adresse", max_length=160, blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    opened_on = models.DateField("åbnet", null=True, blank=True)
    officers = models.CharField("lokalbetjente", max_length=200, blank=True)
    hours_confirmed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="station_slug_once_per_district")
        ]

    def __str__(self) -> str:
        return self.name


class StationHours(models.Model):
    """Open from when to when on a weekday."""

    class Weekday(models.IntegerChoices):
        MONDAY = 1, "mandag"
        TUESDAY = 2, "tirsdag"
        WEDNESDAY = 3, "onsdag"
        THURSDAY = 4, "torsdag"
        FRIDAY = 5, "fredag"

    station = models.ForeignKey(Station, models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday", "opens"]
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="station_closes_after_it_opens")
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H.%M}-{self.closes:%H.%M}"


class Seminar(models.Model):
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
