"""What was revised between two extracts of the same table, cell by cell."""

from dataclasses import dataclass

import numpy as np

from evidens import places
from evidens.counts import Array, Counts
from evidens.errors import BadRequest
from evidens.periods import Period


@dataclass(frozen=True)
class Revised:
    """A cell of which the two extracts say different things."""

    place: str
    offence: str
    period: Period
    old: int
    new: int

    @property
    def name(self) -> str:
        """The place's name, or its code where the register does not know it."""
        if self.place in places.codes():
            return places.codes()[self.place].name
        return self.place


@dataclass(frozen=True)
class Revisions:
    """How many cells both extracts know, those that differ, and those that only one of them has.

    `added` and `gone` are numbers of cells; `last_common` the newest period that both have (None: none).
    """

    both: int
    changed: tuple[Revised, ...]
    added: int
    gone: int
    last_common: Period | None

    @property
    def difference(self) -> int:
        """The sum of all revisions of cells that both know."""
        total = 0
        for one in self.changed:
            total += one.new - one.old
        return total


def between(old: Counts, new: Counts) -> Revisions:
    """The revisions from an older extract to a newer one.

    Raises BadRequest when their periods are not alike.
    """
    if old.freq != new.freq:
        raise BadRequest("De to filer har hver sin slags perioder og kan ikke sammenlignes.")
    codes = _all(old.places, new.places), _all(old.offences, new.offences)
    first = min(old.first, new.first)
    last = max(old.axis()[-1], new.axis()[-1])
    length = last.ordinal - first.ordinal + 1
    before, after = (_spread(table, *codes, first, length) for table in (old, new))
    known, now = np.isfinite(before), np.isfinite(after)
    both = known & now
    differs = np.argwhere(both & (before != after))
    changed = []
    for place, offence, time in differs.tolist():
        cell = place, offence, time
        changed.append(
            Revised(codes[0][place], codes[1][offence], first.next(time), int(before[cell]), int(after[cell]))
        )
    common = np.flatnonzero(both.any(axis=(0, 1)))
    last_common = None
    if len(common):
        last_common = first.next(int(common[-1]))
    return Revisions(
        int(both.sum()), tuple(changed), int((now & ~known).sum()), int((known & ~now).sum()), last_common
    )


def _all(first: tuple[str, ...], second: tuple[str, ...]) -> list[str]:
    return list(dict.fromkeys((*first, *second)))


def _spread(
    table: Counts, place_codes: list[str], offence_codes: list[str], first: Period, length: int
) -> Array:
    """The table's cube on the axes of both tables, NaN where it has nothing."""
    cube = np.full((len(place_codes), len(offence_codes), length), np.nan)
    rows = np.array(list(map(place_codes.index, table.places)))
    columns = np.array(list(map(offence_codes.index, table.offences)))
    at = table.first.ordinal - first.ordinal
    cube[np.ix_(rows, columns, np.arange(at, at + table.cube.shape[2]))] = table.cube
    return cube
