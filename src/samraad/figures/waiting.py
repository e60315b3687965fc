"""What waits for a person: tables to approve, tables that came back, figures that were expected."""

from collections.abc import Iterator

from samraad import clock
from samraad.accounts.models import Membership, User, memberships
from samraad.audit.rooms import Task
from samraad.council.models import Forum, Function
from samraad.council.permissions import appointments
from samraad.figures.models import Release, Source
from samraad.figures.permissions import approve
from samraad.figures.states import ReleaseStatus


def tasks(user: User) -> Iterator[Task]:
    """Tables in the districts where the person approves or brings in."""
    districts = _districts(user)
    if not districts:
        return
    rows = Release.objects.filter(
        source__district__in=districts, status__in=[ReleaseStatus.SUBMITTED, ReleaseStatus.RETURNED]
    ).select_related("source__district", "source__owner", "loaded_by")
    for release in rows:
        if release.status == ReleaseStatus.SUBMITTED and approve.allows(user, release):
            why = "En anden end den, der lagde tallene ind, skal se dem, før de bliver offentlige."
            yield Task(f"Godkend tal: {release}", why, release.get_absolute_url(), "Se tallene")
        if release.status == ReleaseStatus.RETURNED and release.loaded_by_id == user.pk:
            why = release.returned_because
            yield Task(f"Se på tallene igen: {release}", why, release.get_absolute_url(), "Se tallene")
    yield from _expected(user)


def _districts(user: User) -> set[int]:
    """Where the person is an analyst, or serves in the kredsråd's secretariat."""
    today = clock.today()
    found = set()
    for held in appointments(user):
        if held.function == Function.SECRETARY and held.seat.forum.kind == Forum.Kind.KREDSRAAD:
            found.add(held.seat.forum.district_id)
    for membership in memberships(user):
        if membership.right == Membership.Right.ANALYST and membership.runs(today):
            found.add(membership.organisation_id)
    return found


def _expected(user: User) -> Iterator[Task]:
    """Sources of the analyst whose day has come without figures."""
    today = clock.today()
    mine = [
        membership.organisation_id
        for membership in memberships(user)
        if membership.right == Membership.Right.ANALYST and membership.runs(today)
    ]
    for source in Source.objects.filter(owner__in=mine, next_at__lte=clock.now()).select_related("district"):
        yield Task(
            f"Nye tal er ventet: {source}",
            "Dagen er kommet. Læg filen ind, eller skriv en ny dag.",
            source.get_absolute_url(),
            "Se kilden",
            source.next_at.date() if source.next_at else None,
        )
