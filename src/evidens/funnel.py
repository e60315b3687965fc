"""Small places beside large ones: shrunken rates, and the funnel that says who lies outside."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evidens.counts import Array

FEWEST = 4  # places: with fewer nobody can be said to lie outside
MEDIAN_OF_CHI2 = 0.4549
# Beyond 99.8 % a place no longer has a say in where the middle is and how wide the funnel.
STEPS = 60  # of bisection
FAR = 3.090232306167813


def shrink(counts: ArrayLike, exposures: ArrayLike) -> tuple[Array, Array]:
    """Global empirical-Bayes rates (Marshall 1991) and the weight of each place's own rate, 0 to 1.

    The variance between places is cut at 0: then every place gets the mean. Small places move most.

    >>> rates, weights = shrink([0, 90, 60], [100, 1000, 1000])
    >>> bool(weights[0] < weights[1])
    True
    """
    x, n = np.asarray(counts, float), np.asarray(exposures, float)
    mean, rate = x.sum() / n.sum(), x / n
    spread = (n * (rate - mean) ** 2).sum() / n.sum()
    between = max(0.0, float(spread - mean / n.mean()))
    weight = np.zeros_like(n)
    if mean:
        weight = between / (between + mean / n)
    return mean + weight * (rate - mean), weight


@dataclass(frozen=True)
class Funnel:
    """Places around a common rate.

    `low`/`high` are the limits at each place's own exposure. `between` is the variance between places, of the
    logarithm of their rates; `phi` >= 1 what it makes of the variance of a place of ordinary size.

    `judged` is False where there are too few places to say who lies outside; `outside` is then False
    everywhere.
    """

    rates: Array
    target: float
    low: Array
    high: Array
    phi: float
    outside: Array
    judged: bool
    between: float = 0.0


def funnel(
    counts: ArrayLike, exposures: ArrayLike, level: float = 0.95, target: float | None = None
) -> Funnel:
    """Control limits for rates by size (Spiegelhalter 2005), with an additive variance between places.

    `exposures` in the unit of the rate. The variance between places (Paule & Mandel 1982) stands beside that
    of the counts, so that where places differ, large ones are not outside because they are large. Places far
    from the middle one (by a variance taken from the median) are left out of the level and the variance, at
    most a third of them, so that they cannot hide themselves. A place outside is the finding; no ranking is
    made.
    """
    x, n = np.asarray(counts, float), np.asarray(exposures, float)
    judged = len(x) >= FEWEST
    inside = np.ones(len(x), bool)
    if judged:
        inside = _near(x, n)
    if target is None:
        target = float(x[inside].sum() / n[inside].sum())
    z, mean = _root_z(x[inside], n[inside], target), target * n[inside]
    between = _between(z, mean, float(max(len(z) - 1, 1)))
    low, high = funnel_limits(target, n, 1.0, level, between)
    phi = 1 + target * n * between
    above = special.gammaincc(x / phi + 1, target * n / phi)
    below = special.gammainc(np.maximum(x, 1e-300) / phi, target * n / phi)
    rare = np.minimum(above, below) < (1 - level) / 2
    outside = ((x / n < low) | (x / n > high)) & rare & judged
    return Funnel(x / n, target, low, high, float(np.median(phi)), outside, judged, between)


def funnel_limits(
    target: float, exposures: ArrayLike, phi: float, level: float = 0.95, between: float = 0.0
) -> tuple[Array, Array]:
    """Control limits of a rate at some exposures, with a multiplicative `phi` and a variance between places.

    By Freeman & Tukey's root, which holds for small counts too.

    >>> low, high = funnel_limits(1.0, [1.5, 100.0], 1.0)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 0.81], [3.21, 1.2])
    """
    n = np.asarray(exposures, float)
    middle = np.sqrt(4 * target * n + 1)
    wide = special.ndtri(0.5 + level / 2) * np.sqrt(phi + target * n * between)
    return _squared(middle - wide) / n, _squared(middle + wide) / n


def _squared(root: Array) -> Array:
    """From the scale of the double root to that of counts; 0 from 1 downwards."""
    root = np.maximum(1.0, root)
    return ((root**2 - 1) / (2 * root)) ** 2


def _root_z(x: Array, n: Array, centre: float) -> Array:
    """Variance-stabilised scores (Freeman & Tukey 1950)."""
    return np.sqrt(x) + np.sqrt(x + 1) - np.sqrt(4 * centre * n + 1)


def _between(z: Array, mean: Array, wanted: float) -> float:
    """The variance between places at which the squared scores add up to what chance leads one to expect.

    By bisection; 0 where they do without any.
    """
    low, high = 0.0, 1.0
    if (z**2).sum() <= wanted:
        return 0.0
    while (z**2 / (1 + mean * high)).sum() > wanted:
        high *= 2
    for _ in range(STEPS):
        middle = (low + high) / 2
        if (z**2 / (1 + mean * middle)).sum() > wanted:
            low = middle
        else:
            high = middle
    return high


def _near(x: Array, n: Array) -> Array:
    """Which places have a say: all but those far from the middle one by the median.

    At most a third are left out.
    """
    order = np.argsort(x / n)
    middle = (x / n)[order][np.searchsorted(np.cumsum(n[order]), n.sum() / 2)]
    z = np.abs(_root_z(x, n, float(middle)))
    mean = float(middle) * n
    typical = 0.0
    if (mean > 0).all():
        typical = max(0.0, float(np.median((z**2 / MEDIAN_OF_CHI2 - 1) / mean)))
    far = z / np.sqrt(1 + mean * typical) > FAR
    if far.sum() > len(x) // 3:
        far &= z >= np.sort(z)[-(len(x) // 3)]
    return ~far
