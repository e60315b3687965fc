"""What was revised between two extracts of the same table, cell by cell."""

from dataclasses import dataclass
from itertools import compress

import numpy as np

from evidens import places
from evidens.counts import Array, Counts
from evidens.errors import BadRequest
from evidens.periods import Period


@dataclass(frozen=True)
class Cell:
    """A place's count of an offence in a period."""

    place: str
    offence: str
    period: Period

    @property
    def name(self) -> str:
        """The place's name, or its code where the register does not know it."""
        if self.place in places.codes():
            return places.codes()[self.place].name
        return self.place


@dataclass(frozen=True)
class Revised(Cell):
    """A cell of which the two extracts say different things; `new` 0 is a zero that the new one has."""

    old: int
    new: int


@dataclass(frozen=True)
class Gone(Cell):
    """A cell that the older extract has and the newer has not: not known any more, which is not 0."""

    old: int


@dataclass(frozen=True)
class Revisions:
    """How many cells both extracts know, those that differ, and those that only one of them has.

    `added` and `gone` are numbers of cells, `gone_cells` those that are gone. `offences_gone` and
    `places_gone` are codes of which the newer extract has no cell at all; `last_common` is the newest period
    that both have (None: none).
    """

    both: int
    changed: tuple[Revised, ...]
    added: int
    gone_cells: tuple[Gone, ...]
    offences_gone: tuple[str, ...]
    places_gone: tuple[str, ...]
    last_common: Period | None

    @property
    def gone(self) -> int:
        """How many cells the newer extract has not any more."""
        return len(self.gone_cells)

    @property
    def zero(self) -> tuple[Revised, ...]:
        """The cells that the newer extract says are 0, and the older said were more."""
        return tuple(one for one in self.changed if one.new == 0)

    @property
    def difference(self) -> int:
        """The sum of all revisions of cells that both know."""
        total = 0
        for one in self.changed:
            total += one.new - one.old
        return total


def between(old: Counts, new: Counts) -> Revisions:
    """The revisions from an older extract to a newer one.

    A code or a place that the newer one has not is gone and not 0. Raises BadRequest when their periods are
    not alike.
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
    changed, gone = [], []
    for at in np.argwhere(both & (before != after)).tolist():
        changed.append(Revised(*_cell(at, codes, first), int(before[tuple(at)]), int(after[tuple(at)])))
    for at in np.argwhere(known & ~now).tolist():
        gone.append(Gone(*_cell(at, codes, first), int(before[tuple(at)])))
    common = np.flatnonzero(both.any(axis=(0, 1)))
    last_common = None
    if len(common):
        last_common = first.next(int(common[-1]))
    return Revisions(
        both=int(both.sum()),
        changed=tuple(changed),
        added=int((now & ~known).sum()),
        gone_cells=tuple(gone),
        offences_gone=_only_in_the_first(codes[1], known, now, (0, 2)),
        places_gone=_only_in_the_first(codes[0], known, now, (1, 2)),
        last_common=last_common,
    )


def _cell(at: list[int], codes: tuple[list[str], list[str]], first: Period) -> tuple[str, str, Period]:
    """The names of a cell of the cube."""
    place, offence, time = at
    return codes[0][place], codes[1][offence], first.next(time)


def _only_in_the_first(codes: list[str], known: Array, now: Array, over: tuple[int, int]) -> tuple[str, ...]:
    """The codes with a cell in the older extract and none in the newer."""
    lost: Array = np.atleast_1d(known.any(axis=over)) & ~np.atleast_1d(now.any(axis=over))
    return tuple(compress(codes, lost))


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
