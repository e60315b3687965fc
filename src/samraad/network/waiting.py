"""What waits for a person: opening hours not confirmed this year, numbers that nobody has called up."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.rooms import Task
from samraad.council.permissions import DECIDES, appointments, is_secretary
from samraad.look.danish import antal, kortdato
from samraad.network import permissions as may
from samraad.network.models import HelpNumber, Station
from samraad.network.models.help import STALE

NEAR = timedelta(days=30)  # before a number goes, the secretariat is told too


def tasks(user: User) -> Iterator[Task]:
    """What waits in the registers that the person keeps."""
    yield from _stations(user)
    yield from _numbers(user)


def _numbers(user: User) -> Iterator[Task]:
    """Numbers that citizens get, last called up more than 90 days ago; of a municipality for its own seats.

    The secretariat has those of the whole district, and those that nobody called up in time.
    """
    today = clock.today()
    by_place: dict[Organisation, list[HelpNumber]] = {}
    old = HelpNumber.objects.filter(checked_on__lte=today - STALE).order_by("checked_on")
    for number in old.select_related("worry__district", "municipality"):
        if _asks(user, number, today):
            by_place.setdefault(number.place, []).append(number)
    for place, numbers in by_place.items():
        yield _call_up(place, numbers, today)


def _call_up(place: Organisation, numbers: list[HelpNumber], today: date) -> Task:
    """The numbers of a place that somebody has to call up, as one task."""
    oldest, *_ = numbers
    why = (
        f"Det ældste er sidst kontrolleret {oldest.checked}. Fra {kortdato(oldest.gone_on)} får borgerne 114."
    )
    if oldest.is_gone(today):
        why = f"Det ældste er sidst kontrolleret {oldest.checked}. Borgerne får nu 114 i stedet."
    many = antal(len(numbers), "nummer,numre")
    page = oldest.worry.get_absolute_url()
    if len(numbers) > 1:
        page = reverse("network:help_worries", args=[oldest.worry.district.slug])
    return Task(f"Ring {many} op i Hvem kan hjælpe: {place}", why, page, "Se, hvilke", oldest.gone_on)


def _asks(user: User, number: HelpNumber, today: date) -> bool:
    """Is it this person whom an old number asks?"""
    if number.municipality is not None:
        if may.sits_for(user, number.municipality):
            return True
        if number.gone_on - NEAR > today:
            return False
    return is_secretary(user, number.worry.district)


def _stations(user: User) -> Iterator[Task]:
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
