"""Reading: a file that was read and is parked, private to the one who read it, until it is taken over."""

from django.db import models
from django.urls import reverse

from samraad.accounts.models import User
from samraad.council.models import Forum
from samraad.plan.models.plan import Plan


class Reading(models.Model):
    """What was found in a file: its lines, and the reader's result (see `plan.reading`)."""

    forum = models.ForeignKey(Forum, models.PROTECT, related_name="readings")
    reader = models.ForeignKey(User, models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    file_name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    lines = models.JSONField()
    result = models.JSONField()
    plan = models.ForeignKey(Plan, models.SET_NULL, null=True, blank=True, related_name="readings")

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        """The page where it is looked through."""
        return reverse("plan:review", args=[self.forum.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of plans."""
        return [("Planer", reverse("plan:plans", args=[self.forum.district.slug]))]
