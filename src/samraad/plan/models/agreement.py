"""Agreement (flerårsaftale): the frame around the plans.

Element: one thing it holds, asked about each quarter.
"""

from django.db import models
from django.urls import reverse

from samraad.accounts.models import Organisation
from samraad.commitment.models import Duty
from samraad.look.danish import kortdato


class Agreement(models.Model):
    """A multi-year agreement made elsewhere: the frame, never counted as the council's own commitments."""

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="agreements")
    title = models.CharField("aftale", max_length=200)
    slug = models.SlugField(max_length=60)
    from_year = models.PositiveSmallIntegerField("fra år")
    to_year = models.PositiveSmallIntegerField("til år")
    continues = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="successor")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="agreement_slug_once_per_district"),
            models.CheckConstraint(
                condition=models.Q(to_year__gte=models.F("from_year")), name="agreement_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page with its elements."""
        return reverse("plan:agreement", args=[self.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of plans, which it is the frame of."""
        return [("Planer", reverse("plan:plans", args=[self.district.slug]))]

    @property
    def lead(self) -> str:
        """The years it runs, and what it is to the council."""
        years = f"{self.from_year}-{self.to_year}"
        return f"{years}. Rammen om samarbejdet; aftalens løfter er ikke kredsrådets egne."


class Element(models.Model):
    """One element of an agreement: what it is, whether it concerns the district, and when to take it up.

    When it is to be taken up, `duty` wakes in the wheel.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Venter"
        CURRENT = "in_progress", "Aktuel nu"
        CLOSED = "done", "Afsluttet"

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="elements")
    title = models.CharField("element", max_length=160)
    text = models.TextField("hvad det er", blank=True)
    concerns_district = models.BooleanField("vedrører kredsen", default=False)
    state = models.CharField("tilstand", max_length=12, choices=State, default=State.WAITING)
    take_up_when = models.CharField("tages op når", max_length=200, blank=True)
    asked_on = models.DateField("senest spurgt", null=True, blank=True)
    duty = models.ForeignKey(Duty, models.SET_NULL, null=True, blank=True, related_name="elements")
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its line on the page of its agreement."""
        return f"{self.agreement.get_absolute_url()}#element-{self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Has nobody worked with it yet?"""
        return self.state == self.State.WAITING

    @property
    def asked_words(self) -> str:
        """When the quarter's question about it was last answered."""
        return f"spurgt {kortdato(self.asked_on)}" if self.asked_on else "ikke spurgt endnu"

    @property
    def question_lead(self) -> str:
        """What is read before the quarter's question: the condition that it waits for."""
        return f"Tages op, når: {self.take_up_when}." if self.take_up_when else ""
