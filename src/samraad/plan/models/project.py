"""An initiative run as a project: milestones with papers to chosen fora, and money that is applied for."""

from django.db import models
from django.db.models import Q

from samraad import clock
from samraad.commitment.models import Duty
from samraad.council.models import Forum
from samraad.look.danish import kortdato
from samraad.plan.models.initiative import Initiative
from samraad.plan.states import State


class Milestone(models.Model):
    """A step of a project; a paper about it goes to the chosen fora."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="milestones")
    title = models.CharField("milepæl", max_length=160)
    due_on = models.DateField("senest", null=True, blank=True)
    fora = models.ManyToManyField(Forum, blank=True, related_name="milestones", verbose_name="oplæg til")
    duties = models.ManyToManyField(
        Duty, blank=True, related_name="milestones"
    )  # through which it proposed itself to fora
    done_on = models.DateField("nået", null=True, blank=True)
    result = models.CharField("hvad kom der ud af det", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def state(self) -> State:
        """Reached, still to come, or its day has passed."""
        if self.done_on:
            return State("done", "Nået")
        if self.due_on is not None and self.due_on < clock.today():
            return State("late", "Overskredet")
        return State("waiting", "Venter")

    @property
    def reached_words(self) -> str:
        """When it was reached, and what came of it."""
        return f"{kortdato(self.done_on)}: {self.result}"

    @property
    def done_words(self) -> str:
        """What is said when it is reached: the fora that get a paper find it among their proposals."""
        if self.fora.exists():
            return "Den står som forslag til næste møde i de fora, der skal have et oplæg."
        return ""


class Grant(models.Model):
    """Money for a project: which models were weighed, which fund, applied, answered, clarified by when."""

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="grants")
    fund = models.CharField("fond eller pulje", max_length=160)
    models_weighed = models.CharField("løsninger, der er vejet", max_length=300, blank=True)
    amount = models.PositiveIntegerField("beløb i kr.", null=True, blank=True)
    applied_on = models.DateField("søgt", null=True, blank=True)
    answered_on = models.DateField("svar", null=True, blank=True)
    granted = models.BooleanField("bevilget", null=True, blank=True)
    clarified_by = models.DateField("afklaret senest", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted=None) | Q(answered_on__isnull=False), name="grant_answer_has_a_day"
            )
        ]

    def __str__(self) -> str:
        return self.fund

    @property
    def state(self) -> State:
        """How far it is."""
        if self.granted:
            return State("done", "Bevilget")
        if self.granted is not None:
            return State("declined", "Afslag")
        if self.applied_on:
            return State("waiting", "Venter på svar")
        return State("idea", "Ikke søgt")

    @property
    def applied_words(self) -> str:
        """When it was applied for, and how much."""
        applied = kortdato(self.applied_on) or "ikke søgt"
        return f"{applied}, {self.amount} kr." if self.amount else applied
