"""What the room offers to the others."""

from collections.abc import Iterator

from django.urls import reverse

from samraad.accounts.models import Membership, User
from samraad.audit.rooms import Room, Task


def tasks(user: User) -> Iterator[Task]:
    """Organisations that wait for the person's own yes."""
    for membership in Membership.objects.filter(user=user, waiting=True).select_related("organisation"):
        yield Task(
            f"Svar, om du hører til {membership.organisation}",
            f"Du er inviteret som {membership.get_right_display()}.",
            reverse("accounts:membership_answer", args=[membership.pk]),
            "Svar",
        )


ROOM = Room(tasks=tasks)
