"""What well-formed rows can still get wrong: repeats, a period that is a copy, a place that lacks an offence."""

from collections.abc import Sequence

import numpy as np

from evidens import places
from evidens.counts import Array
from evidens.errors import Problem

COPY_SERIES = 10
FEW_CELLS = 50_000_000  # up to here, counting cells is quicker than sorting rows


def repeats(key: Array, values: Array, lines: Array) -> tuple[Array, list[Problem], list[Problem]]:
    """Which rows to keep (bool per row), refusals and warnings.

    `key` is one number per (place, offence, period). A row that stands twice with one value counts once; with two values
    nobody knows which is right.
    """
    again = np.zeros(len(key), bool)
    if not len(key) or (key.max() < FEW_CELLS and np.bincount(key).max() == 1):
        return ~again, [], []
    order = np.argsort(key, kind="stable")
    again[order[1:]] = key[order[1:]] == key[order[:-1]]
    if not again.any():
        return ~again, [], []
    earlier = np.zeros(len(key), np.int64)
    earlier[order[1:]] = order[:-1]
    differs = again & (values != values[earlier])
    if differs.any():
        where = np.flatnonzero(differs)[:10]
        told = [
            Problem(
                "conflicting_rows",
                f"Samme sted, overtrædelse og periode som linje {lines[earlier[row]]}, men et andet tal "
                f"({values[row]:.0f} og {values[earlier[row]]:.0f}).",
                "Find ud af, hvilket tal der gælder.",
                int(lines[row]),
            )
            for row in where
        ]
        return ~again, told, []
    at = np.sort(lines[again])
    listed = ", ".join(str(line) for line in at[:20]) + (" …" if len(at) > 20 else "")
    found = Problem(
        "duplicate_rows",
        f"{len(at)} rækker er gentagelser af en tidligere række: linje {listed}.",
        "De tæller kun én gang.",
        int(at[0]),
        lines=tuple(int(line) for line in at),
    )
    return ~again, [], [found]


def copies(cube: Array, names: Sequence[str]) -> list[Problem]:
    """Periods that repeat the one before in every series: a fault met in public copies of STRAF11.

    `cube` is float64[place, offence, time]. At least ten series must have figures in both, and some of them must not be 0.
    """
    found = []
    flat = cube.reshape(-1, cube.shape[2])
    differs = np.abs(flat[:, 1:] - flat[:, :-1]) > 0  # False where either is not known
    for step in (1 + np.flatnonzero(~differs.any(axis=0))).tolist():
        now, before = cube[:, :, step], cube[:, :, step - 1]
        both = ~np.isnan(now) & ~np.isnan(before)
        if (
            both.sum() >= COPY_SERIES
            and np.array_equal(now[both], before[both])
            and (now[both] > 0).sum() >= COPY_SERIES
        ):
            found.append(
                Problem(
                    "identical_periods",
                    f"{names[step]} er den samme som {names[step - 1]} i alle {both.sum()} serier.",
                    "Det ligner en kopi. Hent perioden igen, før tallene bruges.",
                    value=names[step],
                )
            )
    return found


def gaps(cube: Array, place_codes: Sequence[str], offence_codes: Sequence[str]) -> list[Problem]:
    """Municipalities that lack an offence which most of the others have: no sum can be made of the rest."""
    rows = [row for row, code in enumerate(place_codes) if places.codes()[code].kind == "municipality"]
    if len(rows) < 3:
        return []
    has: Array = np.asarray(~np.isnan(cube[rows]).all(axis=2))
    found = []
    for column in np.flatnonzero((has.mean(axis=0) > 0.5) & ~has.all(axis=0)).tolist():
        lacking = [places.codes()[place_codes[rows[row]]] for row in np.flatnonzero(~has[:, column])]
        named = ", ".join(f"{entry.code} {entry.name}" for entry in lacking[:10])
        found.append(
            Problem(
                "incomplete",
                f"{named} mangler {offence_codes[column]} i alle perioder, så en sum for kredsen kan ikke laves for koden.",
                "Hent de manglende rækker.",
                value=offence_codes[column],
            )
        )
    return found
