"""The typed numbers of an indicator, as one who reads them may see them."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from operator import attrgetter

from django.db.models import prefetch_related_objects

from samraad.plan.models import Indicator, Measurement

FEW = 4  # counts of persons up to this are not told (docs/decisions/small-numbers.md)
WHOLE = "Hele kredsen"
MEASURED = "measurements__municipality"
ASKED = ("area__addressees__municipalities",)  # who counts persons


@dataclass(frozen=True)
class Shown:
    """A typed number as others see it: whose, the value, or why it is not shown."""

    place: str
    period: str
    text: str
    hidden: bool = False


def shown(indicator: Indicator, own: Collection[int] = ()) -> list[Shown]:
    """An indicator's numbers as others may see them; `own` municipalities (by id) see their own too.

    Of persons the district's sum is told and no municipality's number.
    """
    prefetch_related_objects([indicator], MEASURED)  # nothing when it is there already
    rows = list(indicator.measurements.all())
    if not indicator.persons:
        return list(map(_line, rows))
    prefetch_related_objects([indicator], *ASKED)
    by_period: dict[str, list[Measurement]] = defaultdict(list)
    for row in rows:
        by_period[row.period].append(row)
    found = []
    for group in by_period.values():
        found += [_line(row) for row in group if row.municipality_id in own]
        found.append(_sum(indicator, group))
    return found


def _line(row: Measurement) -> Shown:
    return Shown(row.municipality.short_name, row.period, row.text)


def _sum(indicator: Indicator, group: list[Measurement]) -> Shown:
    """The district's sum of a period, once everybody who is asked has counted.

    A sum that grew by one municipality at a time would tell the number of the one that came last.
    """
    period, asked = group[0].period, set(_asked(indicator))
    counted = [row for row in group if row.municipality_id in asked]
    if len(counted) < len(asked):
        return Shown(WHOLE, period, "ikke alle har talt endnu", hidden=True)
    values = list(map(attrgetter("value"), counted))
    if not _tells_of_nobody(values):
        return Shown(WHOLE, period, "for få til at vise", hidden=True)
    return Shown(WHOLE, period, f"{sum(values)}{_of(counted)}")


def _asked(indicator: Indicator) -> Iterator[int]:
    """The municipalities that the area asks; where it asks none, all of the plan's forum."""
    area = indicator.area
    fora = list(area.addressees.all())
    if not fora:
        fora = [area.plan.forum]
        prefetch_related_objects(fora, "municipalities")
    for forum in fora:
        for municipality in forum.municipalities.all():
            yield municipality.pk


def _tells_of_nobody(values: list[int]) -> bool:
    """Does each one who knows her own number still read of more than a few persons in several places?"""
    return len(values) > 2 and sum(values) - max(values) > FEW


def _of(counted: list[Measurement]) -> str:
    """Of how many, when everybody typed it and the rest are not few either."""
    rest = []
    for row in counted:
        if row.of is None:
            return ""
        rest.append(row.of - row.value)
    if not _tells_of_nobody(rest):
        return ""
    return f" af {sum(map(attrgetter('of'), counted))}"
