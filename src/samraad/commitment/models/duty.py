"""Duty: what comes back every year; Occurrence: that duty in one year."""

from django.db import models
from django.db.models import Q

from samraad.council.models.agenda import AgendaItem
from samraad.council.models.forum import Forum


class Duty(models.Model):
    """Something that comes back: on a date, in a quarter, some times a year, or when a condition is met."""

    class Rule(models.TextChoices):
        DATE = "date", "senest en bestemt dag"
        QUARTER = "quarter", "på mødet i et kvartal"
        TIMES = "times", "et antal gange om året"
        CONDITION = "condition", "når en betingelse er opfyldt"

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="duties")
    title = models.CharField("pligt", max_length=160)
    rule = models.CharField("hvornår", max_length=12, choices=Rule)
    month = models.PositiveSmallIntegerField("måned", null=True, blank=True)
    day = models.PositiveSmallIntegerField("dag", null=True, blank=True)
    quarter = models.PositiveSmallIntegerField("kvartal", null=True, blank=True)
    times = models.PositiveSmallIntegerField("gange om året", null=True, blank=True)
    condition = models.CharField("betingelse", max_length=200, blank=True)
    lead_days = models.PositiveSmallIntegerField("dage før, der mindes om den", default=30)
    on_agenda = models.BooleanField("skal på et mødes dagsorden", default=True)
    item_kind = models.CharField(max_length=20, choices=AgendaItem.Kind, default=AgendaItem.Kind.DISCUSSION)
    source = models.CharField("hvor det står", max_length=200, blank=True)
    from_year = models.PositiveSmallIntegerField("fra år", default=2022)
    to_year = models.PositiveSmallIntegerField("til år", null=True, blank=True)

    class Meta:
        ordering = ["forum", "month", "quarter", "id"]
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(
                condition=~Q(rule="date") | Q(month__range=(1, 12), day__range=(1, 31)),
                name="duty_date_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(rule="quarter") | Q(quarter__range=(1, 4)), name="duty_quarter_is_one_to_four"
            ),
            models.CheckConstraint(
                condition=~Q(rule="times") | Q(times__range=(1, 12)), name="duty_times_is_one_to_twelve"
            ),
            models.CheckConstraint(
                condition=~Q(rule="condition") | ~Q(condition=""), name="duty_condition_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def runs_in(self, year: int) -> bool:
        """Is the year one of its own?"""
        if year < self.from_year:
            return False
        return self.to_year is None or year <= self.to_year


class Occurrence(models.Model):
    """A duty in one year: its window, the item it was put on, or why it was taken away."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="occurrences")
    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField(default=1)
    starts_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    removed_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "year", "number"], name="occurrence_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("starts_on")), name="occurrence_window_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty}, {self.year}"

    @property
    def key(self) -> str:
        """How an agenda item names it (see `audit.rooms.Proposal`)."""
        return f"occurrence-{self.pk}"
