"""The weekly mail: what happened in a person's fora, from every room."""

from datetime import date, datetime, timedelta
from functools import partial

from django.db.models import QuerySet

from samraad.accounts.models import Mail, User
from samraad.accounts.outbox import among, post
from samraad.accounts.telling import Told
from samraad.audit.actor import System
from samraad.audit.rooms import rooms
from samraad.council.models import Appointment, Forum
from samraad.council.notices import READS, link, signed

TELLS = (
    Told(
        "digest",
        "Mandag, når der er sket noget i ugen før",
        "Alle med en plads i et forum, hvor der er sket noget; det, der står, er sandt den morgen",
    ),
)


def digest(*, today: date, now: datetime, by: System) -> int:
    """On Mondays: what happened in a person's fora last week, if anything; returns how many mails are new."""
    if today.weekday() != 0:
        return 0
    key = f"digest:{today.isocalendar().year}-{today.isocalendar().week}"
    held = Appointment.objects.in_force(today).filter(function__in=READS)
    users = User.objects.filter(appointments__in=held).distinct()
    return sum(
        among(f"{key}:{user.pk}", partial(_digest_of, user, held.filter(user=user), key, now, by))
        for user in users
    )


def _digest_of(user: User, held: QuerySet[Appointment], key: str, now: datetime, by: System) -> int:
    since = now - timedelta(days=7)
    fora = list(Forum.objects.filter(seats__appointments__in=held).select_related("district").distinct())
    weeks = {forum.pk: [line for room in rooms() for line in room.news(forum, since, now)] for forum in fora}
    lines = [line for week in weeks.values() for line in week]
    if not lines:
        return 0
    return post(
        kind=Mail.Kind.DIGEST,
        to=[user],
        subject=f"Samråd i sidste uge: {len(lines)} ændringer",
        body=signed("\n".join(f"- {line}" for line in lines[:30]), f"Se dit bord: {link('desk:desk')}"),
        key=key,
        about=fora[0].district,
        forum_ids=[pk for pk, week in weeks.items() if week],
        by=by,
    )
