"""Stations that citizens can walk into, and seminars with those they reached."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from samraad.accounts.models import Organisation
from samraad.council.models.forum import Forum
from samraad.look.danish import antal, dato, kortdato


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


class AroundForum(models.Model):
    """What is shown on the page of its forum, each with a place there."""

    forum: models.ForeignKey[Forum, Forum]

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """Its place on the page of its forum."""
        return f"{self.forum.get_absolute_url()}#{self._meta.model_name}-{self.pk}"


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


class Partner(models.Model):
    """Somebody that police and municipality work with, by role: an association, a shop, a landlord."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", "Forening"
        BUSINESS = "business", "Erhverv"
        HOUSING = "housing", "Boligorganisation"
        EDUCATION = "education", "Skole eller uddannelse"
        AUTHORITY = "authority", "Myndighed"
        NIGHTLIFE = "nightlife", "Restauration og natteliv"
        SUPPORT = "support", "Krisecenter eller rådgivning"

    municipality = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partners", verbose_name="kommune"
    )
    kind = models.CharField("slags", max_length=12, choices=Kind)
    name = models.CharField("navn", max_length=120)
    role = models.CharField("hvem man ringer til", max_length=160, blank=True)
    about = models.CharField("hvad vi arbejder sammen om", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["municipality__name", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="partner_once_per_municipality")
        ]

    def __str__(self) -> str:
        return self.name


class Pact(AroundForum):
    """An agreement that a forum follows, with whom and until when."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="pacts")
    title = models.CharField("aftale", max_length=160)
    partners = models.CharField("med hvem", max_length=300)
    text = models.TextField("hvad er aftalt", blank=True)
    starts_on = models.DateField("gælder fra")
    ends_on = models.DateField("gælder til og med")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["ends_on"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="pact_ends_after_it_begins")
        ]

    def __str__(self) -> str:
        return self.title

    def over(self, today: date) -> bool:
        """Has it run out?"""
        return self.ends_on < today

    @property
    def facts(self) -> list[str]:
        """With whom, and until when."""
        return [self.partners, f"gælder til og med {kortdato(self.ends_on)}"]


class LocalEvent(AroundForum):
    """Something that draws people at night: a festival, a match, a carnival."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="events")
    title = models.CharField("begivenhed", max_length=160)
    on = models.DateField("fra")
    until = models.DateField("til og med", null=True, blank=True)
    place = models.CharField("sted", max_length=160, blank=True)
    expected = models.PositiveIntegerField("ventede gæster", null=True, blank=True)
    note = models.CharField("aftalt indsats", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("on")), name="local_event_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def facts(self) -> list[str]:
        """When, where, and how many are expected."""
        told = [dato(self.on)]
        if self.until:
            told = [f"{dato(self.on)} til {dato(self.until)}"]
        if self.place:
            told.append(self.place)
        if self.expected:
            told.append(f"{self.expected} ventede gæster")
        return told


class Advice(AroundForum):
    """Guidance that a team or forum gave: to whom, where, to which profession, when; never about a person."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="advice")
    on = models.DateField("dag")
    municipality = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="kommune"
    )
    receiver = models.CharField("hvem fik den", max_length=160)
    profession = models.CharField("faggruppe", max_length=80, blank=True)
    topic = models.CharField("emne", max_length=160)
    count = models.PositiveIntegerField("antal deltagere", default=1)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-on"]
        verbose_name_plural = "advice"

    def __str__(self) -> str:
        return f"{self.receiver}: {self.topic}"

    @property
    def to(self) -> str:
        """Who had it, and their profession."""
        return f"{self.receiver} ({self.profession})" if self.profession else self.receiver

    @property
    def about(self) -> str:
        """What it was about, and how many took part."""
        return f"{self.topic}, {antal(self.count, 'deltager,deltagere')}"


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
