"""Edition: what the public sees of a plan: frozen, numbered, hashed."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q

from samraad.audit.models import fingerprint, in_utc
from samraad.look.danish import dato, klokken
from samraad.plan.models.plan import Plan


class EditionQuerySet(models.QuerySet["Edition"]):
    """Questions about editions."""

    def public(self, moment: datetime) -> "EditionQuerySet":
        """Those that anyone may read at a moment."""
        return self.filter(public_from__lte=moment)


class Edition(models.Model):
    """A released plan as canonical JSON with its SHA-256. Only withdrawing it writes it again."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    template = models.PositiveSmallIntegerField(default=1)
    note = models.CharField("hvad er rettet", max_length=300, blank=True)
    released_at = models.DateTimeField()
    released_as = models.CharField(max_length=160)
    public_from = models.DateTimeField()
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="edition_number_once_per_plan"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(note=""), name="edition_correction_says_what"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}, udgave {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; an edition that exists may only be withdrawn."""
        if self.pk is not None and set(kwargs.get("update_fields") or ["all"]) != {
            "withdrawn_because",
            "content",
        }:
            raise PermissionDenied("En udgave kan ikke ændres. Lav en ny udgave.")
        super().save(*args, **kwargs)

    @property
    def around(self) -> str:
        """The fingerprint of what stands around the content: who released it as what, when, and from when."""
        told = [self.released_as, self.note, in_utc(self.released_at), in_utc(self.public_from)]
        return fingerprint(told)

    @property
    def name(self) -> str:
        """What it is called among the others of its plan."""
        return f"Udgave {self.number}"

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"udgave {self.number}"

    @property
    def public_words(self) -> str:
        """Day and hour from which anyone may read it."""
        return f"{dato(self.public_from)} kl. {klokken(self.public_from)}"

    @property
    def note_words(self) -> str:
        """What was corrected in it, or why it was withdrawn."""
        if self.withdrawn_because:
            return f"Trukket tilbage: {self.withdrawn_because}"
        return self.note or "første udgave"
