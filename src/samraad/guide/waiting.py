"""What waits for a person of her organisation's guides: those that are to be looked through."""

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.rooms import Task
from samraad.council.permissions import INSIDE, appointments
from samraad.guide.models import Guide

SOON = timedelta(days=30)


def tasks(user: User) -> Iterator[Task]:
    """Guides of the person's organisations that are to be looked through within a month."""
    owners = [a.seat.organisation_id for a in appointments(user) if a.function in INSIDE]
    due = Guide.objects.filter(owner__in=[pk for pk in owners if pk], review_on__lte=clock.today() + SOON)
    for guide in due.select_related("district"):
        yield Task(
            f"Se vejledningen efter: {guide}",
            "Læserne ser, hvornår den er set efter.",
            reverse("guide:guide", args=[guide.district.slug, guide.pk]),
            "Se den",
            guide.review_on,
        )
