"""Who police and municipality look at together because charges repeat: a rule, counted and not listed.

At least one charge in the last 90 days and at least two in the last five years, as in the Danish trial of
routes into treatment ("Recidivister"). For use with sums only: no answer names anybody.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

RECENT = timedelta(days=90)
YEARS, CHARGES = 5, 2
THRESHOLD = 5  # fewer persons than that are not told


def is_recidivist(charges: Iterable[date], today: date) -> bool:
    """Whether a person's charges meet the rule on a day.

    Both ends count: a charge on the day itself, one 90 days ago, and one on the same date five years ago (on
    28 February where that year has no 29th). Charges after the day are not known yet, and do not count.

    >>> day = date(2022, 6, 1)
    >>> is_recidivist([date(2022, 3, 3), date(2017, 6, 1)], day), is_recidivist([date(2022, 3, 2)] * 2, day)
    (True, False)
    """
    known = [charge for charge in charges if charge <= today]
    if not known or max(known) < today - RECENT:
        return False
    since = years_before(today, YEARS)
    return len([charge for charge in known if charge >= since]) >= CHARGES


def number(charges: Mapping[str, Iterable[date]], today: date, threshold: int = THRESHOLD) -> int | None:
    """How many persons (by any key) meet the rule; None where it is some, but fewer than `threshold`."""
    found = 0
    for theirs in charges.values():
        found += is_recidivist(theirs, today)
    if 0 < found < threshold:
        return None
    return found


def years_before(day: date, years: int) -> date:
    """The same date some years earlier; 28 February for a 29th that is not there.

    >>> years_before(date(2024, 2, 29), 5)
    datetime.date(2019, 2, 28)
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
