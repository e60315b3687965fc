"""What the room offers to the others."""

from collections.abc import Iterator

from django.urls import reverse

from samraad.accounts import notices
from samraad.accounts.models import User, memberships
from samraad.audit.rooms import Room, Task


def tasks(user: User) -> Iterator[Task]:
    """Organisations that wait for the person's own yes."""
    for membership in memberships(user):
        if membership.waiting:
            yield Task(
                f"Svar, om du hører til {membership.organisation}",
                f"Du er inviteret som {membership.get_right_display()}.",
                reverse("accounts:membership_answer", args=[membership.pk]),
                "Svar",
            )


ROOM = Room(tasks=tasks, tells=notices.TELLS)
