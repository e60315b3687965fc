"""The domain's now and today: the real time, or the demo's fixed day.

Sessions, tokens and the audit chain's own order use real time; everything that the law or a plan dates asks
here.
"""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment that domain rules are judged by, aware, in Europe/Copenhagen when shown."""
    real = timezone.now()
    fixed: date | None = settings.SAMRAAD_TODAY
    if fixed is None:
        return real
    if isinstance(fixed, datetime):  # tests fix the hour too
        return fixed
    local = timezone.localtime(real)
    return local.replace(year=fixed.year, month=fixed.month, day=fixed.day, fold=0)


def today() -> date:
    """The local date of `now`."""
    return timezone.localdate(now())


def days_until(day: date) -> int:
    """Days from today to `day`; negative when it has passed."""
    return (day - today()) // timedelta(days=1)
