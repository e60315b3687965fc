"""Initiative: a piece of work under a focus area, from idea to spread or stopped. Indicator: its measure."""

from django.db import models
from django.db.models import Q
from django.template.defaultfilters import floatformat
from django.urls import reverse

from samraad.accounts.models import Organisation
from samraad.plan.models.plan import FocusArea, Plan
from samraad.plan.states import INITIATIVE, Stage


class Initiative(models.Model):
    """A piece of work. Its success criterion is written before the trial begins."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="initiatives")
    area = models.ForeignKey(
        FocusArea, models.RESTRICT, null=True, blank=True, related_name="initiatives"
    )  # goes with its whole plan
    title = models.CharField("indsats", max_length=200)
    text = models.TextField("hvad gør vi", blank=True)
    running = models.BooleanField("kører i forvejen", default=False)
    stage = models.CharField("hvor langt", max_length=10, choices=Stage, default=Stage.IDEA)
    success_criterion = models.CharField("sådan ses det, at det lykkes", max_length=300, blank=True)
    verdict = models.TextField("hvad viste det sig", blank=True)
    target_group = models.CharField("målgruppe", max_length=160, blank=True)
    leads = models.ManyToManyField(Organisation, blank=True, related_name="led_initiatives")
    ends_on = models.DateField("slutter", null=True, blank=True)
    also_districts = models.ManyToManyField(Organisation, blank=True, related_name="joint_initiatives")
    deliverables = models.TextField("det leverer projektet", blank=True)
    good_practice = models.TextField("det kan andre bruge", blank=True)
    partners = models.CharField("partnere uden login", max_length=300, blank=True)
    adopted_from = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="adopted_by"
    )
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="continued_by")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["area__position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="idea") | Q(stage="stopped") | Q(running=True) | ~Q(success_criterion=""),
                name="initiative_trial_has_a_criterion",
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page as a project."""
        return reverse("plan:project", args=[self.plan.forum.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The plan it is part of."""
        return [*self.plan.above(), (str(self.plan), self.plan.get_absolute_url())]

    @property
    def place(self) -> str:
        """Where it stands among the initiatives of its plan."""
        return f"{self.plan.get_absolute_url()}#indsatser"

    @property
    def facts(self) -> list[str]:
        """A sentence each: who leads it, who takes part, when it succeeds, its origin, what it showed."""
        leads = ", ".join(map(str, self.leads.all()))
        told = []
        if leads:
            told.append(f"Tovholdere: {leads}.")
        if self.partners:
            told.append(f"Partnere: {self.partners}.")
        if self.success_criterion:
            told.append(f"Lykkes, når: {self.success_criterion}.")
        if self.adopted_from:
            told.append(f"Overtaget fra {self.adopted_from.plan.forum}.")
        if self.verdict:
            told.append(f"Det viste sig: {self.verdict}")
        return told

    @property
    def goes_on(self) -> bool:
        """Is there a stage after the one it is at?"""
        return bool(INITIATIVE[self.stage])

    @property
    def stage_words(self) -> str:
        """Where it is and what was to be seen, before its next stage is chosen."""
        criterion = self.success_criterion or "ikke skrevet"
        return f"Den er nu: {self.get_stage_display()}. Succeskriterium: {criterion}."

    @property
    def spoken_for_stage(self) -> str:
        """How those who hear a page are told what goes on."""
        return f"for {self.title}"


class Indicator(models.Model):
    """A number that is typed in, per municipality and period."""

    class Period(models.TextChoices):
        MONTH = "month", "måned"
        QUARTER = "quarter", "kvartal"
        YEAR = "year", "år"
        SCHOOL_YEAR = "school_year", "skoleår"

    area = models.ForeignKey(FocusArea, models.CASCADE, related_name="indicators")
    name = models.CharField("måling", max_length=160)
    unit = models.CharField("enhed", max_length=60)
    of_what = models.CharField("ud af", max_length=120, blank=True)
    period = models.CharField("periode", max_length=12, choices=Period)
    baseline = models.DecimalField("udgangspunkt", max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField("mål", max_digits=12, decimal_places=2, null=True, blank=True)
    persons = models.BooleanField("tæller personer", default=False)
    continues = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="continued_by")

    class Meta:
        ordering = ["area__position", "id"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of its numbers."""
        return reverse("plan:indicator", args=[self.area.plan.forum.district.slug, self.pk])

    @property
    def description(self) -> str:
        """What is counted of what and how often, from where to where, and what is hidden."""
        counted = self.unit[:1].upper() + self.unit[1:]
        if self.of_what:
            counted += f" ud af {self.of_what}"
        told = [f"{counted}, pr. {self.get_period_display()}."]
        if self.baseline is not None:
            told.append(f"Udgangspunkt {floatformat(self.baseline)}.")
        if self.target is not None:
            told.append(f"Mål {floatformat(self.target)}.")
        if self.persons:
            told.append("Andre end kommunen selv ser kun antal personer for hele kredsen.")
        return " ".join(told)


class Measurement(models.Model):
    """One typed number: a municipality, a period, a value, and of how many."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    municipality = models.ForeignKey(Organisation, models.PROTECT, related_name="measurements")
    period = models.CharField("periode", max_length=12)
    value = models.PositiveIntegerField("antal")
    of = models.PositiveIntegerField("ud af", null=True, blank=True)

    class Meta:
        ordering = ["period", "municipality__name"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "municipality", "period"], name="measurement_once"),
            models.CheckConstraint(
                condition=Q(of=None) | Q(of__gte=models.F("value")), name="measurement_part_of_the_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}, {self.municipality}, {self.period}: {self.value}"

    @property
    def text(self) -> str:
        """The number, and of how many when that was typed."""
        if self.of is None:
            return str(self.value)
        return f"{self.value} af {self.of}"
