"""Stations that citizens can walk into: their hours, contacts and monthly counts."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from samraad.accounts.models import Organisation
from samraad.look.danish import kortdato
from samraad.network.models.partner import Partner


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
    hours_confirmed_on = models.DateField("tiderne bekræftet", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="station_slug_once_per_district")
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page at work; citizens read its hours elsewhere."""
        return reverse("network:station", args=[self.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The register of partners, where the stations are listed."""
        return [("Partnere", reverse("network:partners", args=[self.district.slug]))]

    @property
    def eyebrow(self) -> str:
        """What stands above its heading."""
        return f"Nærstation i {self.municipality}"


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


class StationContact(models.Model):
    """That a station was in touch with an association or business, or wants to be (no day yet).

    Each contact stays. One with a partner who was taken off the list keeps the partner's name.
    """

    station = models.ForeignKey(Station, models.CASCADE, related_name="contacts")
    partner = models.ForeignKey(
        Partner,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="station_contacts",
        verbose_name="partner",
    )
    partner_name = models.CharField("partnerens navn", max_length=120, blank=True)
    on = models.DateField("i kontakt", null=True, blank=True)
    note = models.CharField("om hvad", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [F("on").desc(nulls_last=True), "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False) | ~Q(partner_name=""),
                name="station_contact_is_with_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.gone or str(self.partner)

    @property
    def gone(self) -> str:
        """The name of its partner, when that one was taken off the list."""
        if self.partner is not None:
            return ""
        return self.partner_name

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"kontakten med {self} {kortdato(self.on)}"

    @property
    def about(self) -> str:
        """What it was about."""
        return self.note or "ikke oplyst"

    @property
    def told(self) -> str:
        """Its day and what it was about, in one line."""
        return f"{kortdato(self.on) or 'uden dag'}: {self.about}"


class ContactCorrection(models.Model):
    """What a station's contact said before it was corrected, to be read beside it."""

    contact = models.ForeignKey(StationContact, models.CASCADE, related_name="corrections")
    partner = models.CharField("partner", max_length=120)
    on = models.DateField("i kontakt", null=True, blank=True)
    note = models.CharField("om hvad", max_length=200, blank=True)
    at = models.DateTimeField("rettet")

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.partner}: {self.note}"

    @property
    def told(self) -> str:
        """When it was corrected, and what stood there before."""
        day, note = kortdato(self.on) or "uden dag", self.note or "ikke oplyst"
        return f"Rettet {kortdato(self.at)}. Før stod der: {self.partner}, {day}, {note}"


class StationCount(models.Model):
    """How many contacts a station had in a month; the first month is its baseline."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="counts")
    month = models.DateField("måned")
    citizens = models.PositiveIntegerField("henvendelser fra borgere")
    joint = models.PositiveIntegerField("opgaver sammen med kommunen", default=0)

    class Meta:
        ordering = ["month"]
        constraints = [
            models.UniqueConstraint(fields=["station", "month"], name="station_count_once_a_month")
        ]

    def __str__(self) -> str:
        return f"{self.station}, {self.month:%Y-%m}: {self.citizens}"
