"""Source, its releases, and the series that are read from them.

A release is content, not a file: it is known by the fingerprint of its rows and never overwritten.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from samraad.accounts.models import Organisation, User
from samraad.audit.models import fingerprint, in_utc
from samraad.figures.states import ReleaseStatus
from samraad.look.danish import kortdato, naar

FROZEN = {"source", "number", "file_name", "file_sha", "content_sha", "rows", "first", "last", "loaded_at"}


class Source(models.Model):
    """Where counts come from: a published table that the district's analyst brings in."""

    district = models.ForeignKey(Organisation, models.PROTECT, related_name="figure_sources")
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_figure_sources")
    slug = models.SlugField(max_length=40)
    title = models.CharField("kilde", max_length=120)
    publisher = models.CharField("udgiver", max_length=120)
    table = models.CharField("tabel", max_length=40)
    contact = models.CharField("hvem man spørger", max_length=160)
    next_at = models.DateTimeField("næste tal ventes", null=True, blank=True)
    tried_at = models.DateTimeField("senest spurgt hos udgiveren", null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(fields=["district", "slug"], name="figure_source_slug_once_per_district")
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its releases."""
        return reverse("figures:source", args=[self.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The analyst's list."""
        return [("Udgivelser", reverse("figures:releases", args=[self.district.slug]))]


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Questions about releases."""

    def public(self, moment: datetime) -> "ReleaseQuerySet":
        """Those that anyone may read at a moment, newest first. The clock decides, and no job."""
        return self.filter(status=ReleaseStatus.APPROVED, public_at__lte=moment).order_by("-number")

    def at_work(self) -> "ReleaseQuerySet":
        """Those that were not thrown away."""
        return self.exclude(status=ReleaseStatus.REJECTED)


class Release(models.Model):
    """A table as it was brought in: content with a fingerprint, seen by two, public from a moment."""

    class Kind(models.TextChoices):
        FIRST = "first", "Første udgivelse"
        NEW_PERIOD = "new_period", "Nye perioder"
        REVISION = "revision", "Revision: kilden har ændret ældre tal eller taget dem ud"
        CORRECTION = "correction", "Rettelse: vi havde lagt noget forkert ind"

    source = models.ForeignKey(Source, models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField()
    kind = models.CharField("slags", max_length=12, choices=Kind)
    reason = models.CharField("hvad er rettet, og hvorfor", max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=ReleaseStatus, default=ReleaseStatus.LOADED)
    file_name = models.CharField(max_length=160)
    file_sha = models.CharField(max_length=64)
    content_sha = models.CharField(max_length=64)
    content = models.FileField(upload_to="figures")
    rows = models.PositiveIntegerField()
    first = models.CharField(max_length=8)
    last = models.CharField(max_length=8)
    extracted_on = models.DateField("hentet fra kilden", null=True, blank=True)
    warnings = models.JSONField(default=list)
    difference = models.JSONField(default=dict)
    loaded_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    loaded_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)
    public_at = models.DateTimeField("offentlig fra", null=True)
    returned_because = models.CharField(max_length=300, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = ReleaseQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["source", "number"], name="release_number_once"),
            models.UniqueConstraint(
                fields=["source", "file_sha"],
                condition=~Q(status=ReleaseStatus.REJECTED),
                name="release_file_once",
            ),
            models.UniqueConstraint(
                fields=["source", "content_sha"],
                condition=~Q(status=ReleaseStatus.REJECTED),
                name="release_content_once",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(loaded_by=None) | ~Q(approved_by=F("loaded_by")),
                name="release_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReleaseStatus.APPROVED)
                | Q(approved_at__isnull=False, public_at__isnull=False),
                name="release_public_was_approved",
            ),
            models.CheckConstraint(
                condition=~Q(kind="correction") | ~Q(reason=""), name="release_correction_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(status=ReleaseStatus.WITHDRAWN) | ~Q(withdrawn_because=""),
                name="release_withdrawn_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, udgivelse {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert; what was brought in is never written again."""
        written = kwargs.get("update_fields")
        if self.pk is not None and (written is None or FROZEN & set(written)):
            raise PermissionDenied("En udgivelses indhold kan ikke ændres. Læg en ny udgivelse ind.")
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Its page at work."""
        return reverse("figures:release", args=[self.source.district.slug, self.pk])

    def above(self) -> list[tuple[str, str]]:
        """The list, and its source."""
        return [*self.source.above(), (str(self.source), self.source.get_absolute_url())]

    @property
    def name(self) -> str:
        """What it is called among the others of its source."""
        return f"Udgivelse {self.number}"

    @property
    def around(self) -> str:
        """The fingerprint of what stands around the content: who saw it, and from when it is public."""
        moments = []
        for moment in (self.loaded_at, self.approved_at, self.public_at):
            if moment is not None:
                moments.append(in_utc(moment))
        return fingerprint([self.kind, self.reason, self.loaded_by_id, self.approved_by_id, *moments])

    @property
    def told(self) -> str:
        """When it came, and what it brought."""
        return f"{self.get_kind_display()}. Lagt ind {kortdato(self.loaded_at)}."

    @property
    def gone(self) -> int:
        """How many figures that were approved before are not in it."""
        return int(self.difference.get("gone", 0))

    @property
    def gone_words(self) -> str:
        """What follows from that."""
        return (
            f"Filen mangler {self.gone} tal, som blev godkendt før. "
            "Bliver den godkendt, forsvinder de fra alle offentlige sider."
        )

    @property
    def changed_words(self) -> str:
        """What a list of corrections says of it."""
        if self.withdrawn_because:
            return f"Trukket tilbage: {self.withdrawn_because}"
        changed = self.difference.get("changed", 0)
        told = f"{self.get_kind_display()} ({changed} ændret, {self.gone} taget ud)."
        if self.reason:
            told = f"{told} {self.reason}"
        return told

    @property
    def public_words(self) -> str:
        """Day and hour from which anyone may read it."""
        if self.public_at is None:
            return ""
        return naar(self.public_at)

    def is_public(self, now: datetime) -> bool:
        """May anyone read it by now?"""
        if self.status != ReleaseStatus.APPROVED or self.public_at is None:
            return False
        return self.public_at <= now


class Series(models.Model):
    """What is read from a source under one name: "Indbrud i private hjem"."""

    source = models.ForeignKey(Source, models.PROTECT, related_name="series")
    slug = models.SlugField(max_length=60)
    title = models.CharField("serie", max_length=120)
    counts = models.TextField("hvad den tæller")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "title"]
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["source", "slug"], name="figure_series_slug_once_per_source")
        ]

    def __str__(self) -> str:
        return self.title


class SeriesVersion(models.Model):
    """Which of the source's codes a series is; another choice is another meaning, and is seen by two."""

    series = models.ForeignKey(Series, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    codes = models.JSONField("koder")
    reason = models.CharField("hvorfor", max_length=300, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    approved_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["series", "number"], name="series_version_number_once"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="series_version_says_why"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | Q(made_by=None) | ~Q(approved_by=F("made_by")),
                name="series_version_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.series}, afgrænsning {self.number}"
