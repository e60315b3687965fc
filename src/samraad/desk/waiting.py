"""What waits for a person, from every room she belongs to; late first, then nearest date."""

from datetime import date

from samraad.accounts.models import User
from samraad.audit.rooms import Task, rooms


def tasks(user: User) -> list[Task]:
    """Everything that waits for `user` today, each thing once."""
    found = {(task.title, task.url): task for room in rooms() for task in room.tasks(user)}
    return sorted(found.values(), key=lambda task: (task.due_on or date.max, task.title))
