"""What members are told by mail: who they are, how a mail is written.

Only that something waits, never what it says about people. A file each for meetings, minutes and seats.
"""

from collections.abc import Container, Iterable
from datetime import date

from django.conf import settings
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import Mail, User
from samraad.council.models import Appointment, Forum, Function

READS = (Function.CHAIR, Function.MEMBER, Function.DEPUTY, Function.ASSISTANT, Function.SECRETARY)
ANSWERS = (Function.CHAIR, Function.MEMBER, Function.DEPUTY)  # to minutes: who sat there


def people(forum: Forum, on: date, *functions: str) -> list[User]:
    """Who has access to the forum by a seat in one of the functions, each once."""
    held = (
        Appointment.objects.in_force(on)
        .filter(seat__forum=forum, function__in=functions or READS)
        .select_related("user")
    )
    return list({appointment.user_id: appointment.user for appointment in held}.values())


def without(persons: Iterable[User], numbers: Container[int | None]) -> list[User]:
    """Those of the persons who are not among the numbers."""
    return [person for person in persons if person.pk not in numbers]


def still_reads(mail: Mail) -> bool:
    """Does the receiver have access today to every forum that the mail speaks of?"""
    held = Appointment.objects.in_force(clock.today()).filter(user=mail.user, function__in=READS)
    return set(mail.forum_ids) <= set(held.values_list("seat__forum_id", flat=True))


def link(name: str, *args: object) -> str:
    """A whole address for a mail."""
    return settings.SAMRAAD_ADDRESS + reverse(name, args=args)


def signed(*lines: str) -> str:
    """A mail's text with the line on how to choose mails."""
    return "\n\n".join([*lines, f"Vælg, hvilke mails du vil have: {link('accounts:mail_choice')}"])


def due_today(due: date | None, today: date) -> bool:
    """Is today a day for a reminder: weekly before the last day, daily in the last week.

    >>> last = date(2022, 1, 31)
    >>> [due_today(last, date(2022, 1, day)) for day in (17, 18, 28)]
    [True, False, True]
    """
    left = (due - today).days if due else -1
    return 0 <= left <= 7 or (0 < left <= 28 and left % 7 == 0)
