"""Guide with its editions.

SharingNote: why somebody shared or kept something in a cooperation, without a word on whom.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.urls import reverse

from samraad.accounts.models import Organisation, User
from samraad.audit.models import fingerprint, in_utc
from samraad.council.models import LegalBasis
from samraad.look.danish import dato

Content = dict[str, Any]  # a guide as an edition holds it

# What one who shares is reminded of
OUTSIDE = (
    "Husk: Uden for SSP, PSP og KSP giver § 115 ingen hjemmel. "
    "Samtykke eller en anden regel skal bære det; spørg din jurist."
)
INVESTIGATION = (
    "Husk: Oplysninger må ikke videregives i samarbejdet til efterforskning af straffesager (§ 115, stk. 2)."
)


class Guide(models.Model):
    """A text to work by. What others read is its newest edition."""

    class Audience(models.TextChoices):
        FRONT_LINE = "front_line", "Lærere, pædagoger, socialrådgivere og andre i frontlinjen"
        COOPERATION = "cooperation", "Medlemmer af et samarbejde (SSP, PSP, KSP, Infohus)"
        POLICE = "police", "Politi"
        CITIZENS = "citizens", "Alle"

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="guides")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_guides", verbose_name="ejer")
    title = models.CharField("titel", max_length=160)
    slug = models.SlugField(max_length=80)
    audience = models.CharField("til hvem", max_length=12, choices=Audience)
    public = models.BooleanField("må læses af alle", default=True)
    summary = models.CharField("hvad den hjælper med", max_length=300)
    signs = models.TextField("tegn at holde øje med", blank=True)
    body = models.TextField("tekst")
    call = models.CharField("hvem man ringer til", max_length=200, blank=True)
    legal_bases = models.ManyToManyField(
        LegalBasis, blank=True, related_name="guides", verbose_name="hjemmel"
    )
    review_on = models.DateField("ses efter senest")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="guide_slug_once_per_district")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page at work."""
        return reverse("guide:guide", args=[self.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list of guides."""
        return [("Vejledninger", reverse("guide:guides", args=[self.district.slug]))]

    def stale(self, today: date) -> bool:
        """Has its review date passed?"""
        return self.review_on < today

    def as_content(self) -> Content:
        """What an edition of it holds, as it is written now."""
        bases = [
            {"code": basis.code, "checked_on": str(basis.checked_on or "")}
            for basis in self.legal_bases.all()
        ]
        return {
            "title": self.title,
            "summary": self.summary,
            "signs": self.signs,
            "body": self.body,
            "call": self.call,
            "owner": str(self.owner),
            "audience": self.get_audience_display(),
            "review_on": str(self.review_on),
            "bases": bases,
        }


class GuideEdition(models.Model):
    """A guide as it was released. Only its review date moves, when somebody says that it still holds."""

    guide = models.ForeignKey(Guide, models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    audience = models.CharField("til hvem", max_length=12, choices=Guide.Audience)
    public = models.BooleanField("må læses af alle", default=False)
    note = models.CharField("hvad er ændret", max_length=300, blank=True)
    released_at = models.DateTimeField()
    released_as = models.CharField(max_length=160)
    review_on = models.DateField("ses efter senest")

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

    @property
    def around(self) -> str:
        """The fingerprint of what stands around the content: for whom it is, who released it, when."""
        told = [self.audience, self.public, self.note, self.released_as, in_utc(self.released_at)]
        return fingerprint(told)

    @property
    def differs_from_guide(self) -> bool:
        """Would a new edition say something else, or to others? The review date is confirmed without one."""
        now = self.guide.as_content() | {"review_on": ""}
        return now != self.content | {"review_on": ""} or self.public != self.guide.public

    @property
    def told(self) -> str:
        """One line of the list of editions: number, day, who released it, what was changed."""
        note = self.note or "første udgave"
        return f"Udgave {self.number}, {dato(self.released_at)}, {self.released_as}: {note}"


class SharingNote(models.Model):
    """A reason that was written down: shared or kept, in which cooperation, why necessary.

    No person is named or meant to be found.
    """

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

    @property
    def summary(self) -> str:
        """The cooperation it is about, and why it was necessary."""
        about = str(self.get_purpose_display())
        return f"{about}. {self.necessary}" if self.necessary else about

    @property
    def reminder(self) -> str:
        """What the rule says to one who shares: no verdict, since words do not tell what is done."""
        if self.choice != self.Choice.SHARE:
            return ""
        said = []
        if self.purpose == self.Purpose.NONE:
            said.append(OUTSIDE)
        if "efterforsk" in f"{self.necessary} {self.receivers} {self.less}".lower():
            said.append(INVESTIGATION)
        return " ".join(said)
