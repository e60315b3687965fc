"""What could have been seen, said in advance: the smallest fall that a count allows one to find."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens import rates
from evidens.counts import Array

OFTEN = 0.8  # four times in five


@dataclass(frozen=True)
class Power:
    """What could have been seen from a count of `before` at equal exposure, 5 % two-sided, phi = 1."""

    before: int
    largest_count: int | None
    smallest_fall_pct: float | None
    fall_pct_for_80: float | None


def power(before: int, alpha: float = 0.05) -> Power:
    """The smallest fall that is significant, and the one found four times in five (exact conditional test).

    None where no fall would have been significant.

    >>> power(100)
    Power(before=100, largest_count=73, smallest_fall_pct=27.0, fall_pct_for_80=36.6)
    """
    lower = np.arange(before)
    seen = lower[rates.exact_p(lower, before) <= alpha]
    if not len(seen):
        return Power(before, None, None, None)
    largest = int(seen.max())
    low, high = 0.0, 1.0
    for _ in range(20):
        middle = (low + high) / 2
        if _chance(before, middle, alpha) >= OFTEN:
            high = middle
        else:
            low = middle
    found = None
    if _chance(before, 1.0, alpha) >= OFTEN:
        found = round(100 * high, 1)
    return Power(before, largest, round(100 * (1 - largest / before), 1), found)


def _chance(mean: int, fall: float, alpha: float) -> float:
    """The chance that a fall of that share is found.

    Both years are Poisson, and only rejections in the direction of a fall count.
    """
    reach = 8 * np.sqrt(mean) + 20
    before = np.arange(max(0, int(mean - reach)), int(mean + reach))
    after = np.arange(0, int(mean * (1 - fall) + 8 * np.sqrt(max(mean * (1 - fall), 1)) + 20))
    significant = _most(before, alpha)
    weight = np.exp(before * np.log(mean) - mean - special.gammaln(before + 1))
    if fall >= 1:
        return float(weight[significant >= 0].sum())
    expected = mean * (1 - fall)
    reached = np.cumsum(np.exp(after * np.log(expected) - expected - special.gammaln(after + 1)))
    chance = np.where(significant >= 0, reached[np.minimum(np.maximum(significant, 0), len(after) - 1)], 0.0)
    return float((weight * chance).sum())


def _most(before: Array, alpha: float) -> Array:
    """For each earlier count the largest later one that is significantly lower (-1: none), by bisection."""
    low, high = np.full(before.shape, -1), before.astype(np.int64)
    while (high - low > 1).any():
        middle = (low + high) // 2
        yes = rates.exact_p(middle, before) <= alpha
        step = high - low > 1
        low, high = np.where(step & yes, middle, low), np.where(step & ~yes, middle, high)
    return low
