"""Days, times and numbers in Danish words: "tirsdag 15. marts 2022", "om 4 dage", "4 møder"."""

from datetime import date, datetime

from django.utils import timezone

from manuscript.dates import MONTHS
from samraad import clock

WEEKDAYS = ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"]
NEAR = {-1: "1 dag forsinket", 0: "i dag", 1: "i morgen"}


def _local(value: date | datetime) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value).date()
    return value


def dato(value: date | datetime | None) -> str:
    """ "tirsdag 15. marts 2022"; empty for None."""
    if value is None:
        return ""
    day = _local(value)
    return f"{WEEKDAYS[day.weekday()]} {day.day}. {MONTHS[day.month - 1]} {day.year}"


def dag(value: date | datetime | None) -> str:
    """ "tirsdag 15. marts": the year is left out when it is this one."""
    return dato(value).removesuffix(f" {clock.today().year}")


def isodato(value: str) -> str:
    """ "1. maj 2022" from an edition's "2022-05-01"."""
    return kortdato(date.fromisoformat(value)) if value else ""


def kortdato(value: date | datetime | None) -> str:
    """ "15. marts 2022"."""
    if value is None:
        return ""
    day = _local(value)
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def klokken(value: datetime) -> str:
    """ "13.00"."""
    return f"{timezone.localtime(value):%H.%M}"


def naar(value: datetime) -> str:
    """ "tirsdag 15. marts 2022 kl. 13.00"."""
    return f"{dato(value)} kl. {klokken(value)}"


def sentence(words: str) -> str:
    """What somebody typed, ending as a sentence does: "Formanden er på rejse."."""
    words = words.strip()
    return words if words.endswith((".", "!", "?")) else f"{words}."


def uge(value: date | datetime) -> str:
    """ "uge 11"."""
    return f"uge {_local(value).isocalendar().week}"


def afstand(value: date | None) -> str:
    """How far a day is: "om 4 dage", "i dag", "7 dage forsinket"; nothing when it is over 60 days ahead."""
    if value is None:
        return "uden frist"
    days = clock.days_until(_local(value))
    if days in NEAR:
        return NEAR[days]
    if days > 60:
        return ""
    return f"om {days} dage" if days > 0 else f"{-days} dage forsinket"


def antal(count: int, words: str) -> str:
    """ "1 møde", "4 møder" from `4|antal:"møde,møder"`."""
    one, many = words.split(",")
    return f"{count} {one if count == 1 else many}"
