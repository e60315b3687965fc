"""What waits for a person of her organisation's guides: those that are to be looked through."""

from collections.abc import Iterator
from datetime import timedelta

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.rooms import Task
from samraad.council.permissions import organisations_inside
from samraad.guide.models import Guide

SOON = timedelta(days=30)


def tasks(user: User) -> Iterator[Task]:
    """Guides of the person's organisations that are to be looked through within a month."""
    soon = clock.today() + SOON
    due = Guide.objects.filter(owner__in=organisations_inside(user), review_on__lte=soon)
    for guide in due.select_related("district"):
        yield Task(
            f"Se vejledningen efter: {guide}",
            "Læserne ser, hvornår den er set efter.",
            guide.get_absolute_url(),
            "Se den",
            guide.review_on,
        )
