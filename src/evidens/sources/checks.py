"""What well-formed rows can get wrong: repeats, a copied period, a missing offence, sums that are none."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from evidens import places
from evidens.counts import Array, Counts
from evidens.errors import Problem
from evidens.periods import Period

COPY_SERIES = 10
FEW_CELLS = 50_000_000  # up to here, counting cells is quicker than sorting rows
MOST_CLASHES, MOST_LINES, MOST_PLACES = 10, 20, 10  # that are told


@dataclass(frozen=True)
class Repeats:
    """Which rows to keep (bool per row), and what refuses the file or is told."""

    keep: Array
    clash: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def repeats(key: Array, values: Array, lines: Array, known: Array | None = None) -> Repeats:
    """Rows that stand twice. With one value they count once; with two values nobody knows which is right.

    `key` is one number per (place, offence, period); rows that are not `known` are left out and never kept.
    """
    if known is None or known.all():
        return _repeats(key, values, lines)
    found = _repeats(key[known], values[known], lines[known])
    keep = known.copy()
    keep[known] = found.keep
    return Repeats(keep, found.clash, found.warnings)


def _repeats(key: Array, values: Array, lines: Array) -> Repeats:
    again = np.zeros(len(key), bool)
    if _unique(key):
        return Repeats(~again)
    order = np.argsort(key, kind="stable")
    again[order[1:]] = key[order[1:]] == key[order[:-1]]
    if not again.any():
        return Repeats(~again)
    earlier = np.zeros(len(key), np.int64)
    earlier[order[1:]] = order[:-1]
    differs = np.flatnonzero(again & (values != values[earlier]))
    clash = [_clash(row, earlier[row], values, lines) for row in differs[:MOST_CLASHES].tolist()]
    if clash:
        return Repeats(~again, clash)
    return Repeats(~again, [], [_repeated(np.sort(lines[again]).tolist())])


def _unique(key: Array) -> bool:
    """Whether a quick look is enough to see that no row stands twice."""
    if not len(key):
        return True
    return bool(key.max() < FEW_CELLS and np.bincount(key).max() == 1)


def _clash(row: int, earlier: int, values: Array, lines: Array) -> Problem:
    text = (
        f"Samme sted, overtrædelse og periode som linje {lines[earlier]}, men et andet tal "
        f"({values[row]:.0f} og {values[earlier]:.0f})."
    )
    return Problem("conflicting_rows", text, "Find ud af, hvilket tal der gælder.", int(lines[row]))


def _repeated(at: list[int]) -> Problem:
    listed = ", ".join(map(str, at[:MOST_LINES]))
    if len(at) > MOST_LINES:
        listed += " …"
    text = f"{len(at)} rækker er gentagelser af en tidligere række: linje {listed}."
    return Problem("duplicate_rows", text, "De tæller kun én gang.", at[0], lines=tuple(at))


def copies(cube: Array, names: Sequence[str]) -> list[Problem]:
    """Periods that repeat the one before in every series: a fault met in public copies of STRAF11.

    `cube` is float64[place, offence, time]. At least ten series must have figures in both, and some of them
    must not be 0.
    """
    found = []
    flat = cube.reshape(-1, cube.shape[2])
    differs = np.abs(flat[:, 1:] - flat[:, :-1]) > 0  # False where either is not known
    for step in (1 + np.flatnonzero(~differs.any(axis=0))).tolist():
        both = _in_both(cube[:, :, step], cube[:, :, step - 1])
        if both:
            text = f"{names[step]} er den samme som {names[step - 1]} i alle {both} serier."
            mend = "Det ligner en kopi. Hent perioden igen, før tallene bruges."
            found.append(Problem("identical_periods", text, mend, value=names[step]))
    return found


def _in_both(now: Array, before: Array) -> int:
    """How many series have figures in both periods; 0 where they differ, or are too few to tell a copy."""
    both = ~np.isnan(now) & ~np.isnan(before)
    if both.sum() < COPY_SERIES or not np.array_equal(now[both], before[both]):
        return 0
    if (now[both] > 0).sum() < COPY_SERIES:
        return 0
    return int(both.sum())


def gaps(cube: Array, place_codes: Sequence[str], offence_codes: Sequence[str]) -> list[Problem]:
    """Municipalities that lack an offence which most of the others have: no sum can be made of the rest."""
    register = places.codes()
    rows = [row for row, code in enumerate(place_codes) if register[code].kind == "municipality"]
    if len(rows) < 3:
        return []
    has: Array = np.asarray(~np.isnan(cube[rows]).all(axis=2))
    found = []
    for column in np.flatnonzero((has.mean(axis=0) > 0.5) & ~has.all(axis=0)).tolist():
        lacking = [place_codes[rows[row]] for row in np.flatnonzero(~has[:, column])]
        named = ", ".join(f"{code} {register[code].name}" for code in lacking[:MOST_PLACES])
        offence = offence_codes[column]
        text = f"{named} mangler {offence} i alle perioder, så en sum for kredsen kan ikke laves for koden."
        found.append(Problem("incomplete", text, "Hent de manglende rækker.", value=offence))
    return found


def future(periods: Sequence[Period], rows: Array, lines: Array, today: date | None) -> list[Problem]:
    """Periods that begin after the day on which the figures are read: nobody can have counted them."""
    if today is None:
        return []
    found = []
    for number, period in enumerate(periods):
        if period.first_day() <= today:
            continue
        at = tuple(lines[rows == number].tolist())
        text = f"{period.words()} er ikke begyndt ({today.isoformat()})."
        found.append(
            Problem("future_period", text, "Ret perioden ved kilden.", at[0], "TID", str(period), at)
        )
    return found


def sums(counts: Counts) -> list[Problem]:
    """A region's total that is not the sum of its municipalities, where all of them are there."""
    found = []
    row = {code: number for number, code in enumerate(counts.places)}
    for entry in places.entries("region"):
        members = places.place(f"region:{entry.code}").members
        if entry.code not in row or not set(members) <= set(row):
            continue
        whole = counts.cube[row[entry.code]]
        parts = counts.cube[[row[code] for code in members]].sum(axis=0)
        off = np.argwhere(np.abs(whole - parts) > 0)
        if len(off):
            offence, time = off[0].tolist()
            cell = f"{counts.offences[offence]} i {counts.axis()[time]}"
            seen = f"{whole[offence, time]:.0f} og {parts[offence, time]:.0f}"
            text = f"{entry.name} er ikke summen af sine kommuner i {len(off)} felter, fx {cell}: {seen}."
            found.append(Problem("not_the_sum", text, "Se efter, hvilket af tallene der er rettet."))
    return found
