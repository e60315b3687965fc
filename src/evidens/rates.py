"""Counts as rates and ratios, with intervals; many cells at once; shrinkage and funnels for small places.

All functions take arrays (or numbers) and broadcast. Counts are events, exposures person-years (or years when
the population is the same). What `exact`, `two_samples`, `families` and `funnel` hold can be had from here
too.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.exact import effective_p, exact_interval, exact_p
from evidens.families import Family, family
from evidens.funnel import Funnel, funnel, funnel_limits, shrink
from evidens.two_samples import etest, score_interval, two_sample_p

__all__ = [
    "Family",
    "Funnel",
    "effective_p",
    "etest",
    "exact_interval",
    "exact_p",
    "family",
    "fay_feuer",
    "funnel",
    "funnel_limits",
    "garwood",
    "ratio_of_ratios",
    "score_interval",
    "shrink",
    "two_sample_p",
    "wilson",
]

Z95 = 1.959963984540054
MANY, LARGEST = 1000, 10_000_000  # from so many counts up to so large ones a table of limits is quicker


def garwood(counts: ArrayLike, exposure: ArrayLike = 1.0, level: float = 0.95) -> tuple[Array, Array]:
    """Exact interval of a Poisson rate (Garwood 1936), in events per unit of exposure.

    The gamma quantiles are computed once per distinct count; effective counts may be broken.

    Raises BadRequest on a negative count.

    >>> [round(float(x), 3) for x in garwood(10)]
    [4.795, 18.39]
    """
    counts = np.asarray(counts)
    if counts.size and counts.min() < 0:
        raise BadRequest("Et antal kan ikke være negativt.")
    tail = (1 - level) / 2
    if counts.size > MANY and counts.dtype.kind in "iu" and counts.max() < LARGEST:
        present = np.flatnonzero(np.bincount(counts.ravel()))
        table = np.empty((2, present[-1] + 1))
        table[:, present] = _garwood(present, tail)
        low, high = table[0, counts], table[1, counts]
    else:
        low, high = _garwood(counts, tail)
    if isinstance(exposure, float) and exposure == 1.0:
        return low, high
    return low / exposure, high / exposure


def _garwood(counts: Array, tail: float) -> tuple[Array, Array]:
    """Limits of the mean; the lower one is 0 from no events."""
    low = np.where(counts > 0, special.gammaincinv(np.maximum(counts, 1e-300), tail), 0.0)
    return low, special.gammaincinv(counts + 1, 1 - tail)


def ratio_of_ratios(
    after: ArrayLike,
    before: ArrayLike,
    other_after: ArrayLike,
    other_before: ArrayLike,
    phi: float = 1.0,
    free: float = 0,
    level: float = 0.95,
) -> tuple[Array, ...]:
    """How much more one place changed than another: (ratio, low, high, p) by the log-normal limits.

    All counts above 0.

    With phi > 1 estimated on `free` degrees of freedom the limits are Student's.

    The two must not overlap: compare a district with the country *minus* the district.

    >>> [round(float(x), 5) for x in ratio_of_ratios(514, 885, 10380 - 514, 12814 - 885)[:3]]
    [0.70224, 0.62788, 0.7854]
    """
    a, b, c, d = (np.asarray(x, float) for x in (after, before, other_after, other_before))
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(a / b) - np.log(c / d)
        error = np.sqrt(phi * (1 / a + 1 / b + 1 / c + 1 / d))
        z = -np.abs(log / error)
        if phi > 1 and free > 0:
            wide = special.stdtrit(free, 0.5 + level / 2) * error
            p = 2 * special.stdtr(free, z)
        else:
            wide = special.ndtri(0.5 + level / 2) * error
            p = 2 * special.ndtr(z)
        return np.exp(log), np.exp(log - wide), np.exp(log + wide), p


def wilson(hits: ArrayLike, of: ArrayLike, level: float = 0.95) -> tuple[Array, Array]:
    """Interval of a share (Wilson 1927).

    >>> [round(float(x), 4) for x in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    x, n = np.asarray(hits, float), np.asarray(of, float)
    z = special.ndtri(0.5 + level / 2)
    centre = (x + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(x * (n - x) / n + z**2 / 4)
    return centre - half, centre + half


def fay_feuer(
    counts: ArrayLike, exposures: ArrayLike, weights: ArrayLike, level: float = 0.95
) -> tuple[float, float, float]:
    """Age-standardised rate with gamma interval (Fay & Feuer 1997): (rate, low, high) per unit of exposure.

    `counts`, `exposures`, `weights`: one per age band; the weights are the standard population's shares (they
    are scaled to 1).
    """
    x, n, w = (np.asarray(part, float) for part in (counts, exposures, weights))
    w = w / w.sum()
    share = w / n
    rate, variance, largest = float((share * x).sum()), float((share**2 * x).sum()), float(share.max())
    tail = (1 - level) / 2
    low = 0.0
    if rate:
        low = float(variance / rate * special.gammaincinv(rate**2 / variance, tail))
    widened = variance + largest**2
    top = (rate + largest) ** 2 / widened
    high = widened / (rate + largest) * special.gammaincinv(top, 1 - tail)
    return rate, low, float(high)
