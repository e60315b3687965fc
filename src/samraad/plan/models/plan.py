"""Plan with its sections and focus areas; Waiver: a finding of the plan check that stays, and why."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.commitment.models import Commitment
from samraad.council.models import AgendaItem, Forum
from samraad.look.danish import afstand, dato
from samraad.plan.states import PlanStatus, State


class Chapter(models.TextChoices):
    """A chapter of a yearly account, by what it is about; number and heading are whatever somebody writes."""

    POLICE = "police", "Politiets virksomhed"
    MEETINGS = "meetings", "Møder"
    SUBJECTS = "subjects", "De faste emner"
    COMMITMENTS = "commitments", "Løfter"
    ANSWERS = "answers", "Svar fra lokalrådene"
    NUMBERS = "numbers", "Det, der er talt"
    OPINIONS = "opinions", "Udtalelser og henstillinger"


class PlanQuerySet(models.QuerySet["Plan"]):
    """Questions about plans."""

    def cooperation(self) -> "PlanQuerySet":
        """The districts' plans."""
        return self.filter(kind=Plan.Kind.COOPERATION)

    def action(self) -> "PlanQuerySet":
        """The local councils' plans."""
        return self.filter(kind=Plan.Kind.ACTION)

    def of_district(self, district: Organisation) -> "PlanQuerySet":
        """The plans of a district's fora."""
        return self.filter(forum__district=district)


class Plan(models.Model):
    """A cooperation plan of a kredsråd, an action plan of a lokalråd, or the account of a year (§ 112).

    It is written, discussed and released.
    """

    class Kind(models.TextChoices):
        COOPERATION = "cooperation", "Samarbejdsplan"
        ACTION = "action", "Handleplan"
        ACCOUNT = "account", "Redegørelse"

    kind = models.CharField(max_length=12, choices=Kind)
    forum = models.ForeignKey(Forum, models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField("år")
    title = models.CharField("titel", max_length=160)
    area_word = models.CharField("områderne kaldes", max_length=40, default="indsatsområde")
    district_plan = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="action_plans"
    )
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    status = models.CharField(max_length=12, choices=PlanStatus, default=PlanStatus.DRAFT)
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="plans")
    answers_due_on = models.DateField("svar senest", null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "kind", "forum__name"]
        constraints = [
            models.UniqueConstraint(fields=["forum", "year", "kind"], name="plan_once_a_year"),
            models.CheckConstraint(
                condition=Q(status=PlanStatus.DRAFT) | Q(item__isnull=False),
                name="plan_published_was_discussed",
            ),
            models.CheckConstraint(
                condition=Q(district_plan=None) | Q(kind="action"), name="plan_only_action_follows_another"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The one address of a working plan."""
        return reverse("plan:plan", args=[self.forum.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of plans."""
        return [("Planer", reverse("plan:plans", args=[self.forum.district.slug]))]

    @property
    def is_action(self) -> bool:
        """Is it a lokalråd's action plan?"""
        return self.kind == self.Kind.ACTION

    @property
    def is_account(self) -> bool:
        """Is it the politidirektør's account of a year?"""
        return self.kind == self.Kind.ACCOUNT

    @property
    def is_discussed(self) -> bool:
        """Was it dealt with at a meeting that was held?"""
        return self.item is not None and self.item.treated

    @property
    def is_draft(self) -> bool:
        """Is it still to be released?"""
        return self.status == PlanStatus.DRAFT

    @property
    def is_published(self) -> bool:
        """Can the public read an edition of it?"""
        return self.status == PlanStatus.PUBLISHED

    @property
    def state(self) -> State:
        """How far it has come, as shown: a draft that was discussed says so."""
        if self.is_draft and self.is_discussed:
            return State("discussed", "Drøftet")
        return State(str(self.status), str(PlanStatus(self.status).label))

    @property
    def noun(self) -> str:
        """What it is called on its own pages."""
        if self.is_action:
            return "handleplanen"
        if self.is_account:
            return "redegørelsen"
        return "planen"

    @property
    def agenda_words(self) -> str:
        """What the link says that puts it on an agenda."""
        return f"Læg {self.noun} på en dagsorden"

    @property
    def publish_words(self) -> str:
        """What the link says that leads to its release."""
        return f"Offentliggør {self.noun}"

    @property
    def carry_words(self) -> str:
        """What the link says that takes something over from the plan before it; empty for the first one."""
        if self.continues is None:
            return ""
        return f"Tag med fra {self.continues.year}"

    @property
    def new_area_words(self) -> str:
        """What the link says that adds an area."""
        return f"Nyt {self.area_word}"

    @property
    def as_source(self) -> str:
        """What a lokalråd's action plan begins from, where it is the district's."""
        if self.is_draft:
            return f"{self.year}: fra sidste år og kredsens udkast"
        return f"{self.year}: fra sidste år og kredsens plan"

    @property
    def next_number(self) -> int:
        """The number that its next edition gets."""
        last = self.editions.first()
        if last is None:
            return 1
        return last.number + 1

    @property
    def is_overdue(self) -> bool:
        """Has the last day for answers passed?"""
        return self.answers_due_on is not None and self.answers_due_on < clock.today()

    @property
    def due_words(self) -> str:
        """The last day for answers, and how far off it is; empty when none is set."""
        if self.answers_due_on is None:
            return ""
        if self.is_overdue:
            return f"Fristen er gået: {dato(self.answers_due_on)}."
        away = afstand(self.answers_due_on)
        if away:
            return f"Fristen er {away}, {dato(self.answers_due_on)}."
        return f"Fristen er {dato(self.answers_due_on)}."


class Section(models.Model):
    """A chapter or part of a chapter: number, heading, body in the HTML subset.

    `chapter` says which one of a yearly account it was made as; empty in a plan, and for what people add.
    """

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    number = models.CharField("nummer", max_length=12, blank=True)
    title = models.CharField("overskrift", max_length=200)
    level = models.PositiveSmallIntegerField("niveau", default=1)
    body = models.TextField("tekst", blank=True)
    chapter = models.CharField("kapitel", max_length=12, choices=Chapter, blank=True)
    position = models.PositiveSmallIntegerField()
    source_line = models.PositiveIntegerField(null=True, blank=True)
    source_sha256 = models.CharField(max_length=64, blank=True)
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="continued_by")
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="sections")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Its place on the page of its plan."""
        return f"{self.plan.get_absolute_url()}#afsnit-{self.pk}"

    @property
    def is_counted(self) -> bool:
        """Do the year's data speak in it? The first chapter of an account is all the politidirektør's own."""
        return self.chapter not in ("", Chapter.POLICE)

    @property
    def spoken_for_numbers(self) -> str:
        """How those who hear a page are told whose numbers are fetched again."""
        return f"til {self.title}"


class FocusArea(models.Model):
    """An indsatsområde, or a sub-area of one; the lowest ones are answered by those they are addressed to."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="areas")
    section = models.ForeignKey(Section, models.SET_NULL, null=True, blank=True, related_name="areas")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    number = models.CharField("nummer", max_length=12, blank=True)
    title = models.CharField("område", max_length=200)
    short_title = models.CharField("kort navn", max_length=40, blank=True)
    summary = models.TextField("hvad går det ud på", blank=True)
    addressees = models.ManyToManyField(Forum, blank=True, related_name="addressed_areas")
    outside = models.CharField("ligger også hos", max_length=160, blank=True)
    commitments = models.ManyToManyField(Commitment, blank=True, related_name="areas")
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by")
    position = models.PositiveSmallIntegerField()
    source_line = models.PositiveIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its place on the page of its plan."""
        return f"{self.plan.get_absolute_url()}#omraade-{self.pk}"

    @property
    def label(self) -> str:
        """What fits in a narrow column."""
        return self.short_title or self.title

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number} {self.title}".strip()

    @property
    def spoken_below(self) -> str:
        """How those who hear a page are told under what something is put."""
        return f"under {self.title}"

    @property
    def asked_words(self) -> str:
        """Who shall answer, and with whom it lies too."""
        asked = "Ingen skal svare"
        fora = ", ".join(map(str, self.addressees.all()))
        if fora:
            asked = f"Skal svare: {fora}"
        if self.outside:
            asked += f" · ligger også hos {self.outside}"
        return asked

    @property
    def origin_words(self) -> str:
        """Where a commitment under it was made, as its own page says."""
        return f"{self.plan}, område {self.number or self.title}"


class Waiver(models.Model):
    """A finding of the plan check that stays, and why; `mark` tells it apart from others of its rule."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=40)
    mark = models.CharField(max_length=16)
    message = models.CharField(max_length=300)
    reason = models.CharField("hvorfor bliver det stående", max_length=300)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "mark"], name="waiver_once_per_finding"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.message
