"""Guide with its editions; SharingNote: why somebody shared or kept something in a cooperation, without a word on whom."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q

from samraad.accounts.models import Organisation, User
from samraad.council.models import LegalBasis


class Guide(models.Model):
    """A text to work by. What others read is its newest edition."""

    class Audience(models.TextChoices):
        FRONT_LINE = "front_line", "Lærere, pædagoger, socialrådgivere og andre i frontlinjen"
        COOPERATION = "cooperation", "Medlemmer af et samarbejde (SSP, PSP, KSP, Infohus)"
        POLICE = "police", "Politi"
        CITIZENS = "citizens", "Alle"

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="guides")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_guides")
    title = models.CharField("titel", max_length=160)
    slug = models.SlugField(max_length=80)
    audience = models.CharField("til hvem", max_length=12, choices=Audience)
    public = models.BooleanField("må læses af alle", default=True)
    summary = models.CharField("hvad den hjælper med", max_length=300)
    signs = models.TextField("tegn at holde øje med", blank=True)
    body = models.TextField("tekst")
    call = models.CharField("hvem man ringer til", max_length=200, blank=True)
    legal_bases = models.ManyToManyField(LegalBasis, blank=True, related_name="guides")
    review_on = models.DateField("ses efter senest")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="guide_slug_once_per_district")
        ]

    def __str__(self) -> str:
        return self.title

    def stale(self, today: date) -> bool:
        """Has its review date passed?"""
        return self.review_on < today


class GuideEdition(models.Model):
    """A guide as it was released."""

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    public = models.BooleanField("må læses af alle", default=False)
    note = models.CharField("hvad er ændret", max_length=300, blank=True)
    released_at = models.DateTimeField()
    released_as = models.CharField(max_length=160)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["guide", "number"], name="guide_edition_number_once"),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(note=""), name="guide_edition_says_what_changed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guide}, udgave {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert only."""
        if self.pk is not None:
            raise PermissionDenied("En udgave kan ikke ændres. Lav en ny udgave.")
        super().save(*args, **kwargs)


class SharingNote(models.Model):
    """A reason that was written down: shared or kept, in which cooperation, why necessary. No person is named or meant to be found."""

    class Purpose(models.TextChoices):
        SSP = "ssp", "SSP: forebygge kriminalitet blandt børn og unge (§ 115, stk. 1, nr. 1)"
        PSP = "psp", "PSP: hjælpe socialt udsatte og psykisk syge (nr. 2)"
        KSP_A = "ksp_a", "KSP: løsladte fra kriminalforsorgens institutioner (nr. 3 a)"
        KSP_B = "ksp_b", "KSP: unge under 18 år, løsladt fra anbringelse efter § 78, stk. 2 (nr. 3 b)"
        KSP_C = "ksp_c", "KSP: løsladte, der er eller kan blive radikaliseret (nr. 3 c)"
        NONE = "none", "Intet af det: tavshedspligt, samtykke eller en anden regel gælder"

    class Choice(models.TextChoices):
        SHARE = "share", "Jeg deler"
        KEEP = "keep", "Jeg deler ikke"

    writer = models.ForeignKey(User, models.PROTECT, related_name="sharing_notes")
    at = models.DateTimeField()
    purpose = models.CharField("hvilket samarbejde", max_length=8, choices=Purpose)
    choice = models.CharField("hvad gør du", max_length=6, choices=Choice)
    necessary = models.TextField("hvorfor er det nødvendigt", blank=True)
    receivers = models.CharField("hvem skal have det", max_length=200, blank=True)
    less = models.CharField("kan mindre gøre det", max_length=300, blank=True)
    basis_checked_on = models.DateField("reglen efterset", null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="keep") | ~Q(necessary=""), name="sharing_note_shared_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"Begrundelse {self.pk}"
