"""Every cell of a table against the same period earlier, at once."""

from dataclasses import dataclass

import numpy as np

from evidens import rates
from evidens.counts import Array


@dataclass(frozen=True)
class Grid:
    """Every cell against the same period `lag` periods earlier.

    Arrays float64[place, offence, time - lag], NaN where not known.
    """

    before: Array
    after: Array
    ratio: Array
    low: Array
    high: Array
    p: Array


def compare(cube: Array, lag: int = 4, level: float = 0.95) -> Grid:
    """Ratio, exact interval and p-value (phi = 1) of every cell of a cube of counts.

    Each distinct pair is computed once.

    `cube` float64[place, offence, time]. Thousands of tests: declare the family (rates.family) before reading
    any of it.
    """
    before, after = cube[:, :, :-lag], cube[:, :, lag:]
    known = ~(np.isnan(before) | np.isnan(after))
    a, b = after[known].astype(np.int64), before[known].astype(np.int64)
    pairs, back = distinct_pairs(a, b)
    low, high = rates.exact_interval(pairs[0], pairs[1], level=level)
    p = rates.exact_p(pairs[0], pairs[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = pairs[0] / pairs[1]

    def spread(values: Array) -> Array:
        full = np.full(before.shape, np.nan)
        full[known] = values[back]
        return full

    return Grid(before, after, spread(ratio), spread(low), spread(high), spread(p))


def distinct_pairs(a: Array, b: Array) -> tuple[tuple[Array, Array], Array]:
    """The distinct pairs of two count arrays, and where each original pair is among them."""
    width = int(b.max(initial=0)) + 1
    key = a * width + b
    if len(key) and key.max() < 50_000_000:
        seen = np.zeros(int(key.max()) + 1, bool)
        seen[key] = True
        found = np.flatnonzero(seen)
        number = np.empty(len(seen), np.int32)
        number[found] = np.arange(len(found))
        return (found // width, found % width), number[key]
    found, back = np.unique(key, return_inverse=True)
    return (found // width, found % width), back
