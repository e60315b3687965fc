"""Who sits on a forum's seats, whom one may be given to, how many are new."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from samraad import clock
from samraad.accounts.models import Membership, Organisation, User, memberships
from samraad.council import permissions as may
from samraad.council.models import Appointment, Forum, Function, Seat, Yes


@dataclass(frozen=True)
class SeatHeld:
    """A seat, the appointments to it that run on a day, and those that wait for somebody's yes."""

    seat: Seat
    appointments: list[Appointment]
    waiting: list[Appointment]


def seats_of(forum: Forum, today: date) -> list[SeatHeld]:
    """The forum's seats in order, each with who holds it."""
    running = Appointment.objects.current(today).select_related("user")
    seats = forum.seats.select_related("organisation").prefetch_related(Prefetch("appointments", running))
    waiting = list(_waiting().filter(seat__forum=forum))
    held = []
    for seat in seats:
        asked = [appointment for appointment in waiting if appointment.seat_id == seat.pk]
        held.append(SeatHeld(seat, list(seat.appointments.all()), asked))
    return held


def _waiting() -> QuerySet[Appointment]:
    return Appointment.objects.waiting().select_related("user", "seat__organisation", "seat__forum__district")


def may_confirm(user: User) -> list[Appointment]:
    """The appointments that wait for this person's yes; only those near her are looked at."""
    fora, homes = set(), set()
    for held in may.appointments(user):
        fora.add(held.seat.forum_id)
        homes.add(held.seat.organisation_id)
    for membership in memberships(user):
        homes.add(membership.organisation_id)
    near = Q(seat__forum__in=fora) | Q(seat__organisation__in=homes - {None})
    near |= Q(seat__organisation=None, seat__forum__district__in=homes - {None})
    return [appointment for appointment in _waiting().filter(near) if may.confirm.allows(user, appointment)]


def chairs(forum: Forum, today: date) -> QuerySet[Appointment]:
    """Who leads the forum today."""
    return (
        Appointment.objects.current(today)
        .filter(seat__forum=forum, function=Function.CHAIR)
        .select_related("user")
    )


def turnover(forum: Forum, year: int) -> tuple[int, int]:
    """(seats whose holder changed in `year`, seats that had a holder): how many people are new."""
    leading = Appointment.objects.filter(
        seat__forum=forum, function__in=[Function.CHAIR, Function.MEMBER], waits_for=Yes.NOBODY
    )
    begun = leading.filter(starts_on__year=year).values("seat")
    held = leading.filter(Q(ends_on=None) | Q(ends_on__year__gte=year), starts_on__year__lte=year)
    return begun.distinct().count(), held.values("seat").distinct().count()


def people_for(seat: Seat) -> QuerySet[User]:
    """Whom a seat may be given to.

    Those who work for its organisation; without one, for an organisation of its district.
    """
    district = seat.forum.district
    organisations = Organisation.objects.filter(seats=seat)
    if seat.organisation is None:
        own = Q(pk=district.pk) | Q(seats__forum__district=district)
        organisations = Organisation.objects.filter(
            own | Q(pk__in=Organisation.objects.of_district(district, clock.today()))
        )
    works = Membership.objects.current(clock.today()).filter(organisation__in=organisations)
    return User.objects.filter(is_active=True, memberships__in=works).distinct().order_by("name")


def usual_function(seat: Seat, today: date) -> str:
    """What one who is appointed now most likely is.

    A deputy where somebody has the seat, else what the last one was; where nobody has been, a member, or a
    guest in a seat that is none of the members'.
    """
    holders = Appointment.objects.filter(seat=seat).exclude(
        function__in=[Function.DEPUTY, Function.ASSISTANT]
    )
    if holders.current(today).exists():
        return Function.DEPUTY
    last = holders.order_by("starts_on", "pk").last()
    if last:
        return str(last.function)
    return Function.MEMBER if seat.member else Function.GUEST
