"""Fora, their seats and who holds them.

Forum: a body that meets. Seat: a place in it. Appointment: who holds the place, in which function,
for how long.
"""

from datetime import date

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from samraad.accounts.models import Membership, Organisation, User


class LegalBasis(models.Model):
    """A rule that a forum rests on, in our own words.

    Dated and checked by somebody: superseded wordings circulate.
    """

    code = models.CharField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source_url = models.URLField(blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ForumQuerySet(models.QuerySet["Forum"]):
    """Questions about fora."""

    def of_district(self, district: Organisation) -> "ForumQuerySet":
        """Those of a district, also the ones that span several."""
        return self.filter(Q(district=district) | Q(also_districts=district)).distinct()

    def active(self, on: date) -> "ForumQuerySet":
        """Those that exist on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on))


class Forum(models.Model):
    """A body of the cooperation, from the kredsråd to a local SSP group. Kinds are rows, not classes."""

    class Kind(models.TextChoices):
        KREDSRAAD = "kredsraad", "Kredsråd"
        LOKALRAAD = "lokalraad", "Lokalråd"
        CONTACT = "contact", "Kontaktudvalg"
        SSP = "ssp", "SSP"
        SSP_PLUS = "ssp_plus", "SSP+"
        SECTION_115 = "section_115", "§ 115-udvalg"
        YOUTH_SANCTION = "youth_sanction", "Ungesamråd"
        YOUTH_BOARD = "youth_board", "Ungdomskriminalitetsnævn"
        PSP = "psp", "PSP"
        KSP = "ksp", "KSP"
        INFOHOUSE = "infohouse", "Infohus"
        MINI_INFOHOUSE = "mini_infohouse", "Mini-Infohus"
        RADICALISATION = "radicalisation", "Radikaliseringsnetværk"
        EXIT = "exit", "Exit-enhed"
        RUG = "rug", "RUG-udvalg"
        CHILDRENS_HOUSE = "childrens_house", "Børnehus"
        NIGHTLIFE = "nightlife", "Natteliv og festmiljø"
        PROGRAMME = "programme", "Samarbejdsplatform"
        OTHER = "other", "Andet forum"

    class Level(models.TextChoices):
        STRATEGIC = "strategic", "strategisk"
        COORDINATING = "coordinating", "koordinerende"
        CASE = "case", "enkeltsager"

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="fora")
    also_districts = models.ManyToManyField(Organisation, blank=True, related_name="shared_fora")
    kind = models.CharField("slags", max_length=20, choices=Kind)
    level = models.CharField("niveau", max_length=20, choices=Level)
    name = models.CharField("navn", max_length=120)
    slug = models.SlugField(max_length=80)
    description = models.TextField("hvad forummet gør", blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    reports_to = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="reported_by")
    convenor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="convened_fora"
    )
    municipalities = models.ManyToManyField(Organisation, blank=True, related_name="municipal_fora")
    area = models.CharField("del af kommunen", max_length=120, blank=True)
    age_from = models.PositiveSmallIntegerField("fra alder", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("til alder", null=True, blank=True)
    legal_bases = models.ManyToManyField(LegalBasis, blank=True, related_name="fora")
    meetings_per_year = models.PositiveSmallIntegerField("møder om året", null=True, blank=True)
    rhythm = models.CharField("mødes", max_length=120, blank=True)
    personal_data_allowed = models.BooleanField("må behandle personoplysninger", default=False)
    public_contact = models.CharField("hvem man ringer til", max_length=200, blank=True)
    approval_required = models.BooleanField("planen skal også godkendes", default=False)
    quorum = models.PositiveSmallIntegerField("pladser, der skal være dækket", null=True, blank=True)
    objection_days = models.PositiveSmallIntegerField("dage til indsigelse mod referat", default=14)
    notice_days = models.PositiveSmallIntegerField("dage fra dagsorden til møde", null=True, blank=True)
    release_mandate_until = models.DateField(
        "sekretariatet må offentliggøre til og med", null=True, blank=True
    )
    standing_items = models.TextField("faste punkter", blank=True)  # a title a line
    ends_on = models.DateField(null=True, blank=True)

    objects = ForumQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="forum_slug_once_per_district"),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_to__gte=F("age_from")),
                name="forum_ages_in_order",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["kredsraad", "lokalraad"]) | Q(personal_data_allowed=False),
                name="forum_councils_hold_no_personal_data",
            ),
            models.UniqueConstraint(
                fields=["district"],
                condition=Q(kind="kredsraad", ends_on=None),
                name="forum_one_kredsraad_a_district",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the forum, for those who work in the district."""
        return reverse("council:forum", args=[self.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of fora."""
        return [("Fora", reverse("council:fora", args=[self.district.slug]))]

    @property
    def is_kredsraad(self) -> bool:
        """Is this the district's council?"""
        return self.kind == self.Kind.KREDSRAAD

    @property
    def is_lokalraad(self) -> bool:
        """Is this a local council?"""
        return self.kind == self.Kind.LOKALRAAD

    @property
    def directors_seat(self) -> "Seat | None":
        """The politidirektør's: in a kredsråd the district's first seat (retsplejeloven § 111)."""
        return Seat.objects.filter(forum=self, organisation=self.district_id, member=True).first()

    @property
    def plan_words(self) -> str:
        """What the button says that plans a meeting."""
        return f"Planlæg møde i {self}"

    @property
    def description_words(self) -> str:
        """What it does; or that nobody has said so yet."""
        return self.description or "Forummet har ingen beskrivelse endnu."

    @property
    def covers(self) -> str:
        """Which municipalities it is for, or the whole district; a part of one is named."""
        places = ", ".join(place.short_name for place in self.municipalities.all()) or "hele kredsen"
        return f"{places} ({self.area})" if self.area else places

    @property
    def facts(self) -> list[str]:
        """Its kind, ages and level, in words."""
        told = [str(self.get_kind_display()), self.ages, str(self.get_level_display())]
        return [each for each in told if each]

    @property
    def ages(self) -> str:
        """The age band in words."""
        if self.age_from is not None and self.age_to is not None:
            return f"{self.age_from}-{self.age_to} år"
        if self.age_to is not None:
            return f"til og med {self.age_to} år"
        return f"fra {self.age_from} år" if self.age_from is not None else ""


class Seat(models.Model):
    """A place in a forum that belongs to a role, not to a person; it outlives those who hold it."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="seats", null=True)
    title = models.CharField("plads", max_length=120)
    position = models.PositiveSmallIntegerField(default=0)
    member = models.BooleanField("medlem af forummet", default=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [models.UniqueConstraint(fields=["forum", "title"], name="seat_title_once_per_forum")]

    def __str__(self) -> str:
        return self.title

    @property
    def answers(self) -> Organisation:
        """The organisation that answers for who sits there: the seat's own, or the forum's district."""
        if self.organisation is None:
            return self.forum.district
        return self.organisation

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"til {self.title}"


class Function(models.TextChoices):
    """What an appointment lets a person do.

    Chair and members decide, a deputy where the member is missing.
    """

    CHAIR = "chair", "formand"
    MEMBER = "member", "medlem"
    DEPUTY = "deputy", "stedfortræder"
    ASSISTANT = "assistant", "forbereder for pladsen"
    SECRETARY = "secretary", "sekretariat"
    GUEST = "guest", "gæst"


class Yes(models.TextChoices):
    """Whose yes an appointment waits for; it gives nothing before."""

    NOBODY = "", "ingen"
    SECOND = "second", "en anden person"
    ORGANISATION = "organisation", "pladsens organisation"
    FORUM = "forum", "dem, der sidder i forummet"


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Questions about appointments."""

    def current(self, on: date) -> "AppointmentQuerySet":
        """Those that run on a day, of people who may sign in, and wait for nobody's yes."""
        return self.filter(
            Q(ends_on=None) | Q(ends_on__gte=on),
            starts_on__lte=on,
            user__is_active=True,
            waits_for=Yes.NOBODY,
        )

    def waiting(self) -> "AppointmentQuerySet":
        """Those that somebody has proposed and another has still to say yes to."""
        return self.exclude(waits_for=Yes.NOBODY)

    def in_force(self, on: date) -> "AppointmentQuerySet":
        """Those that give rights on a day: they run, and the person works for the seat's organisation.

        On a seat that belongs to nobody she works for somebody, and has said yes to that.
        """
        works = Membership.objects.current(on).filter(user=OuterRef("user"))
        there = works.filter(organisation=OuterRef("seat__organisation"))
        nobodys = Q(seat__organisation=None) & Exists(works)
        return self.current(on).filter(nobodys | Exists(there))


class Appointment(models.Model):
    """A person holds a seat in a function, from a day to a day. All rights about a forum come from here."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="appointments")
    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    function = models.CharField(max_length=20, choices=Function)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    chairs = models.ForeignKey(
        Forum,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="a chair's forum: so the database sees that it has one",
    )
    proposed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    waits_for = models.CharField(max_length=12, choices=Yes, default=Yes.NOBODY, blank=True)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["seat__position", "function"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=["seat", "function"],
                condition=Q(ends_on=None, function__in=["chair", "member"]),
                name="appointment_one_holder_of_a_seat",
            ),
            models.CheckConstraint(
                condition=Q(function="chair", chairs__isnull=False)
                | (~Q(function="chair") & Q(chairs__isnull=True)),
                name="appointment_chair_names_her_forum",
            ),
            models.UniqueConstraint(
                fields=["chairs"], condition=Q(ends_on=None), name="appointment_one_chair_of_a_forum"
            ),
            models.CheckConstraint(
                condition=~Q(proposed_by=F("user")) & ~Q(confirmed_by=F("user")),
                name="appointment_nobody_appoints_himself",
            ),
            models.CheckConstraint(
                condition=~Q(confirmed_by=F("proposed_by")), name="appointment_confirmed_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.seat} ({self.get_function_display()})"

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"udpegningen af {self.user.name}"

    @property
    def whose_yes(self) -> str:
        """Who is to say yes to it, in words; "" when it waits for nobody."""
        forum, organisation = self.seat.forum, self.seat.answers
        words = {
            Yes.SECOND: f"en anden i {forum}s sekretariat eller {organisation}s administrator",
            Yes.ORGANISATION: f"{organisation}s administrator eller en, der sidder på en af dens pladser",
            Yes.FORUM: f"en, der sidder i {forum}, og hvis der ingen er, {organisation}s administrator",
        }
        return words.get(Yes(self.waits_for), "")

    @property
    def said(self) -> str:
        """What has become of it, after the person's name."""
        if self.waits_for:
            return f"er foreslået; udpegningen {self.waits_words}"
        return "er udpeget"

    @property
    def waits_words(self) -> str:
        """ "venter på ja fra …"."""
        return f"venter på ja fra {self.whose_yes}"
