"""Whether two Poisson rates are equal: several tests, and the score interval.

They are those that Gu, Ng, Tang & Schucany 2008 compare.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.exact import at_least, at_most, exact_p

KNOWN = "exact, midp, etest, etest-score, score, wald eller sqrt"
CLOSE = 1e-12  # pivots this close count as equal


def score_interval(
    after: ArrayLike,
    before: ArrayLike,
    time_after: float = 1.0,
    time_before: float = 1.0,
    level: float = 0.95,
) -> tuple[Array, Array]:
    """Score interval of the rate ratio (Gu, Ng, Tang & Schucany 2008): the roots of a quadratic.

    >>> [round(float(x), 6) for x in score_interval(60, 30, 51477.5, 54308.7)]
    [1.365962, 3.259306]
    """
    a, b = np.asarray(after, float), np.asarray(before, float)
    square = special.ndtri(0.5 + level / 2) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = 2 * a * b + square * (a + b)
        root = np.sqrt(square * (a + b) * (4 * a * b + square * (a + b)))
        scale = time_before / time_after / (2 * b**2)
        from_nothing = a**2 / (square * np.maximum(a, 1e-300)) * time_before / time_after
        low = np.where(b > 0, (middle - root) * scale, from_nothing)
        high = np.where(b > 0, (middle + root) * scale, np.inf)
        return low, high


def two_sample_p(after: float, before: float, time_after: float, time_before: float, method: str) -> float:
    """Two-sided p-value that two rates are equal, by a named method.

    "score", "wald", "sqrt" (normal), "exact" (minlike), "midp" (minlike), "etest" or "etest-score": the
    E-test is that of Krishnamoorthy & Thomson 2004, with their own variance or the score one. Raises
    BadRequest on another name.
    """
    if method not in METHODS:
        raise BadRequest(f"Metoden {method} kendes ikke. Vælg {KNOWN}.")
    return METHODS[method](after, before, time_after, time_before)


def _exact(after: float, before: float, time_after: float, time_before: float) -> float:
    return float(exact_p(after, before, time_after, time_before))


def _midp(after: float, before: float, time_after: float, time_before: float) -> float:
    """The exact one less half the probability of the outcome seen."""
    n, k = np.asarray(after + before, float), np.asarray(after, float)
    share = time_after / (time_after + time_before)
    pmf = at_most(k, n, share) + at_least(k, n, share) - 1
    return float(exact_p(after, before, time_after, time_before) - pmf / 2)


def _etest(after: float, before: float, time_after: float, time_before: float) -> float:
    return etest(after, before, time_after, time_before)


def _etest_score(after: float, before: float, time_after: float, time_before: float) -> float:
    return etest(after, before, time_after, time_before, score=True)


def _score(after: float, before: float, time_after: float, time_before: float) -> float:
    pooled = (after + before) / (time_after + time_before)
    error = np.sqrt(pooled * (1 / time_after + 1 / time_before))
    return _normal((after / time_after - before / time_before) / error)


def _wald(after: float, before: float, time_after: float, time_before: float) -> float:
    error = np.sqrt(after / time_after**2 + before / time_before**2)
    return _normal((after / time_after - before / time_before) / error)


def _sqrt(after: float, before: float, time_after: float, time_before: float) -> float:
    ratio = time_after / time_before
    gap = np.sqrt(after + 3 / 8) - np.sqrt((before + 3 / 8) * ratio)
    return _normal(2 * gap / np.sqrt(1 + ratio))


def _normal(z: float) -> float:
    return float(2 * special.ndtr(-abs(z)))


METHODS: dict[str, Callable[[float, float, float, float], float]] = {
    "exact": _exact,
    "midp": _midp,
    "etest": _etest,
    "etest-score": _etest_score,
    "score": _score,
    "wald": _wald,
    "sqrt": _sqrt,
}


def etest(
    after: float,
    before: float,
    time_after: float = 1.0,
    time_before: float = 1.0,
    difference: float = 0.0,
    score: bool = False,
) -> float:
    """E-test of Krishnamoorthy & Thomson 2004 that the rates differ by `difference`.

    `score`: the pivot with the pooled variance.

    The chance, at the estimated rates, of a pivot at least as far from 0 as the one seen.

    >>> round(etest(0, 3, 100, 100), 4)
    0.0884
    """
    whole = time_after + time_before
    base = (after + before) / whole - difference * time_after / whole
    mean_after, mean_before = (base + difference) * time_after, max(base, 0.0) * time_before

    def pivot(x: Array, y: Array) -> Array:
        variance = x / time_after**2 + y / time_before**2
        if score:
            variance = (x + y) / (time_after * time_before)
        gap = np.abs(x / time_after - y / time_before - difference)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(variance > 0, gap / np.sqrt(variance), 0.0)

    x, y = _likely(mean_after)[:, None], _likely(mean_before)[None, :]
    seen = pivot(np.asarray(float(after)), np.asarray(float(before)))
    chance = _chance(x, mean_after) * _chance(y, mean_before)
    return float(min(1.0, chance[pivot(x, y) >= seen * (1 - CLOSE)].sum()))


def _likely(mean: float) -> Array:
    """The counts that a Poisson mean can give with any chance to speak of."""
    reach = 9 * np.sqrt(mean) + 30
    return np.arange(max(0, int(mean - reach)), int(mean + reach), dtype=float)


def _chance(x: Array, mean: float) -> Array:
    return np.exp(special.xlogy(x, mean) - mean - special.gammaln(x + 1))
