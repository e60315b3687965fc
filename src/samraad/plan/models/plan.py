"""Plan with its sections and focus areas; Waiver: a finding of the plan check that stays, and why."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from samraad.accounts.models import Organisation
from samraad.commitment.models import Commitment
from samraad.council.models import AgendaItem, Forum
from samraad.plan.states import PlanStatus


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
    """A cooperation plan of a kredsråd, an action plan of a lokalråd, or the account of a year (§ 112): written, discussed, released."""

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
    def state(self) -> tuple[str, str]:
        """(code, word) as shown: a draft that was discussed says so."""
        if self.status == PlanStatus.DRAFT and self.is_discussed:
            return "discussed", "Drøftet"
        return str(self.status), str(PlanStatus(self.status).label)


class Section(models.Model):
    """A chapter or part of a chapter: number, heading, body in the HTML subset."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    number = models.CharField("nummer", max_length=12, blank=True)
    title = models.CharField("overskrift", max_length=200)
    level = models.PositiveSmallIntegerField("niveau", default=1)
    body = models.TextField("tekst", blank=True)
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

    @property
    def is_counted(self) -> bool:
        """A chapter of a yearly account that the year's data speak in; the first is all the politidirektør's own."""
        return self.plan.is_account and self.number in ("2", "3", "4", "5", "6", "7")


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

    @property
    def label(self) -> str:
        """What fits in a narrow column."""
        return self.short_title or self.title


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
