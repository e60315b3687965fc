"""Whom police and municipality work with, by role."""

from django.db import models

from samraad.accounts.models import Organisation


class Partner(models.Model):
    """Somebody that police and municipality work with, by role: an association, a shop, a landlord."""

    class Kind(models.TextChoices):
        ASSOCIATION = "association", "Forening"
        BUSINESS = "business", "Erhverv"
        HOUSING = "housing", "Boligorganisation"
        EDUCATION = "education", "Skole eller uddannelse"
        AUTHORITY = "authority", "Myndighed"
        NIGHTLIFE = "nightlife", "Restauration og natteliv"
        SUPPORT = "support", "Krisecenter eller rådgivning"

    municipality = models.ForeignKey(
        Organisation, models.PROTECT, related_name="partners", verbose_name="kommune"
    )
    kind = models.CharField("slags", max_length=12, choices=Kind)
    name = models.CharField("navn", max_length=120)
    role = models.CharField("hvem man ringer til", max_length=160, blank=True)
    about = models.CharField("hvad vi arbejder sammen om", max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["municipality__name", "kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "name"], name="partner_once_per_municipality")
        ]

    def __str__(self) -> str:
        return self.name
