"""What waits for a person of her stations: opening hours that are not confirmed this year."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.rooms import Task
from samraad.council.permissions import DECIDES, appointments
from samraad.network import permissions as may
from samraad.network.models import Station


def tasks(user: User) -> Iterator[Task]:
    """Stations in the person's lokalråd whose hours were last confirmed in another year."""
    held = appointments(user)
    mine = [a.seat.forum for a in held if a.seat.forum.is_lokalraad and a.function in DECIDES]
    if not mine:
        return
    year = clock.today().year
    stale = Station.objects.filter(municipality__municipal_fora__in=mine)
    stale = stale.exclude(hours_confirmed_on__year=year).select_related("district").distinct()
    for station in stale:
        if may.keep_station.allows(user, station):
            yield Task(
                f"Bekræft åbningstiderne for {station} i {year}",
                "Borgerne ser, hvornår tiderne sidst er bekræftet.",
                reverse("network:station_hours", args=[station.district.slug, station.pk]),
                "Skriv tiderne",
                date(year, 1, 21),
            )
