"""Counts as rates and ratios, with intervals; many cells at once; shrinkage and funnels for small places.

All functions take arrays (or numbers) and broadcast. Counts are events, exposures person-years (or years when the
population is the same). Two-sided exact p-values are *minlike*: all outcomes no more likely than the one seen.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest

Z95 = 1.959963984540054
LIKE = (
    1 + 1e-7
)  # outcomes this close in probability count as equally likely, as in R's and scipy's binomial test


def garwood(counts: Any, exposure: Any = 1.0, level: float = 0.95) -> tuple[Array, Array]:
    """Exact interval of a Poisson rate (Garwood 1936), in events per unit of exposure.

    The gamma quantiles are computed once per distinct count. Raises BadRequest on a negative count.

    >>> [round(float(x), 3) for x in garwood(10)]
    [4.795, 18.39]
    """
    counts = np.asarray(counts)
    if counts.size and counts.min() < 0:
        raise BadRequest("Et antal kan ikke være negativt.")
    tail = (1 - level) / 2
    if counts.size > 1000 and counts.dtype.kind in "iu" and counts.max() < 10_000_000:
        present = np.flatnonzero(np.bincount(counts.ravel()))
        table = np.empty((2, present[-1] + 1))
        table[0, present], table[1, present] = (
            _lowest(present, tail),
            special.gammaincinv(present + 1, 1 - tail),
        )
        low, high = table[0, counts], table[1, counts]
    else:
        low, high = _lowest(counts, tail), special.gammaincinv(counts + 1, 1 - tail)
    if isinstance(exposure, float) and exposure == 1.0:
        return low, high
    return low / exposure, high / exposure


def _lowest(counts: Array, tail: float) -> Array:
    """The lower limit; 0 from no events."""
    return np.where(counts > 0, special.gammaincinv(np.maximum(counts, 1e-300), tail), 0.0)


def exact_p(after: Any, before: Any, time_after: float = 1.0, time_before: float = 1.0) -> Array:
    """Two-sided exact conditional p-value that two Poisson rates are equal (binomial given the sum, minlike).

    `after`, `before`: counts, broadcast; `time_*`: exposures. At equal exposure minlike is twice the smaller tail.

    >>> round(float(exact_p(11, 21, 800, 3011)), 8)
    0.07966863
    """
    a, b = np.broadcast_arrays(np.asarray(after, float), np.asarray(before, float))
    share = time_after / (time_after + time_before)
    n = a + b
    if share == 0.5:
        small = np.minimum(a, b)
        p = np.where(a == b, 1.0, 2 * special.betainc(n - small, small + 1, 0.5))
        return np.minimum(p, 1.0)
    return _minlike(a, n, share)


def _minlike(k: Array, n: Array, share: float) -> Array:
    """Sum of the binomial probabilities that are no larger than that of k; vectorised bisection for the other tail's end."""

    def log_pmf(x: Array) -> Array:
        return (
            special.gammaln(n + 1)
            - special.gammaln(x + 1)
            - special.gammaln(n - x + 1)
            + x * np.log(share)
            + (n - x) * np.log1p(-share)
        )

    limit = log_pmf(k) + np.log(LIKE)
    below = k < n * share
    # The other tail: the first x from the mode outwards whose probability is within the limit.
    near, far = np.ceil(n * share), np.where(below, n + 1, -1.0)
    near = np.where(below, near, np.floor(n * share))
    for _ in range(int(np.ceil(np.log2(max(float(n.max(initial=1)), 2.0)))) + 2):
        middle = np.where(below, np.floor((near + far) / 2), np.ceil((near + far) / 2))
        inside = (log_pmf(np.clip(middle, 0, n)) <= limit) & (middle >= 0) & (middle <= n)
        far = np.where(inside, middle, far)
        near = np.where(inside, near, np.where(below, middle + 1, middle - 1))
        near = np.where(below, np.minimum(near, far), np.maximum(near, far))
    lower = np.where(below, k, far)
    upper = np.where(below, far, k)
    p = _cdf(lower, n, share) + _survival(upper, n, share)
    return np.where(k == n * share, 1.0, np.minimum(p, 1.0))


def _cdf(k: Array, n: Array, share: float) -> Array:
    """P(X <= k)."""
    inside = np.clip(k, 0, np.maximum(n - 1, 0))
    value = special.betainc(np.maximum(n - inside, 1e-300), inside + 1, 1 - share)
    return np.where(k < 0, 0.0, np.where(k >= n, 1.0, value))


def _survival(k: Array, n: Array, share: float) -> Array:
    """P(X >= k)."""
    inside = np.clip(k, 1, np.maximum(n, 1))
    value = special.betainc(inside, n - inside + 1, share)
    return np.where(k <= 0, 1.0, np.where(k > n, 0.0, value))


def exact_interval(
    after: Any,
    before: Any,
    time_after: float = 1.0,
    time_before: float = 1.0,
    level: float = 0.95,
    phi: Any = 1.0,
) -> tuple[Array, Array]:
    """Interval of the rate ratio after/before by the exact conditional (Clopper-Pearson) limits.

    With over-dispersion `phi` > 1 the counts enter as effective counts, count/phi (the idea of Korn & Graubard 1998), so that
    the interval is about sqrt(phi) wider and goes over into the exact one at phi = 1. (0, inf) where both counts are 0.

    >>> [round(float(x), 4) for x in exact_interval(514, 885)]
    [0.52, 0.6482]
    """
    a, b = np.asarray(after, float) / phi, np.asarray(before, float) / phi
    tail = (1 - level) / 2
    scale = time_before / time_after
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(a > 0, special.betaincinv(np.maximum(a, 1e-300), b + 1, tail), 0.0)
        rest = np.where(
            b > 0, special.betaincinv(np.maximum(b, 1e-300), a + 1, tail), 0.0
        )  # 1 minus the upper share, exact near 1
        return low / (1 - low) * scale, np.where(rest > 0, (1 - rest) / rest, np.inf) * scale


def effective_p(after: Any, before: Any, phi: float) -> Array:
    """Twice the smaller tail of the effective counts count/phi at equal exposure: below 5 % just where exact_interval leaves out 1.

    >>> float(effective_p(514, 885, 2.0)) > float(effective_p(514, 885, 1.0))
    True
    """
    a, b = (
        np.maximum(np.asarray(after, float) / phi, 1e-300),
        np.maximum(np.asarray(before, float) / phi, 1e-300),
    )
    return np.minimum(1.0, 2 * np.minimum(special.betainc(a, b + 1, 0.5), special.betaincc(a + 1, b, 0.5)))


def score_interval(
    after: Any, before: Any, time_after: float = 1.0, time_before: float = 1.0, level: float = 0.95
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
        low = np.where(
            b > 0, (middle - root) * scale, a**2 / (square * np.maximum(a, 1e-300)) * time_before / time_after
        )
        return low, np.where(b > 0, (middle + root) * scale, np.inf)


def two_sample_p(after: float, before: float, time_after: float, time_before: float, method: str) -> float:
    """Two-sided p-value that two rates are equal: "score", "wald", "sqrt", "exact" (minlike), "midp" (minlike), "etest" or "etest-score".

    Gu et al. 2008 compare them; the E-test is Krishnamoorthy & Thomson 2004, with their own variance or the score one.
    Raises BadRequest on another name.
    """
    if method == "exact":
        return float(exact_p(after, before, time_after, time_before))
    if method in ("etest", "etest-score"):
        return etest(after, before, time_after, time_before, score=method == "etest-score")
    if method == "midp":
        n, share, k = (
            np.asarray(after + before, float),
            time_after / (time_after + time_before),
            np.asarray(after, float),
        )
        pmf = _cdf(k, n, share) + _survival(k, n, share) - 1
        return float(exact_p(after, before, time_after, time_before) - pmf / 2)
    first, second = after / time_after, before / time_before
    pooled = (after + before) / (time_after + time_before)
    ratio = time_after / time_before
    z = {
        "score": lambda: (first - second) / np.sqrt(pooled * (1 / time_after + 1 / time_before)),
        "wald": lambda: (first - second) / np.sqrt(after / time_after**2 + before / time_before**2),
        "sqrt": lambda: 2 * (np.sqrt(after + 3 / 8) - np.sqrt((before + 3 / 8) * ratio)) / np.sqrt(1 + ratio),
    }
    if method not in z:
        raise BadRequest(
            f"Metoden {method} kendes ikke. Vælg exact, midp, etest, etest-score, score, wald eller sqrt."
        )
    return float(2 * special.ndtr(-abs(z[method]())))


def etest(
    after: float,
    before: float,
    time_after: float = 1.0,
    time_before: float = 1.0,
    difference: float = 0.0,
    score: bool = False,
) -> float:
    """E-test of Krishnamoorthy & Thomson 2004 that the rates differ by `difference`; `score`: the pivot with the pooled variance.

    The chance, at the estimated rates, of a pivot at least as far from 0 as the one seen.

    >>> round(etest(0, 3, 100, 100), 4)
    0.0884
    """
    base = (after + before) / (time_after + time_before) - difference * time_after / (
        time_after + time_before
    )
    mean_after, mean_before = (base + difference) * time_after, max(base, 0.0) * time_before

    def grid(mean: float) -> Array:
        reach = 9 * np.sqrt(mean) + 30
        return np.arange(max(0, int(mean - reach)), int(mean + reach), dtype=float)

    def chance(x: Array, mean: float) -> Array:
        return np.exp(special.xlogy(x, mean) - mean - special.gammaln(x + 1))

    def pivot(x: Array, y: Array) -> Array:
        variance = (x + y) / (time_after * time_before) if score else x / time_after**2 + y / time_before**2
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(
                variance > 0, np.abs(x / time_after - y / time_before - difference) / np.sqrt(variance), 0.0
            )

    x, y = grid(mean_after)[:, None], grid(mean_before)[None, :]
    seen = pivot(np.asarray(float(after)), np.asarray(float(before)))
    return float(
        min(1.0, (chance(x, mean_after) * chance(y, mean_before))[pivot(x, y) >= seen * (1 - 1e-12)].sum())
    )


def ratio_of_ratios(
    after: Any,
    before: Any,
    other_after: Any,
    other_before: Any,
    phi: float = 1.0,
    free: int = 0,
    level: float = 0.95,
) -> tuple[Array, ...]:
    """How much more one place changed than another: (ratio, low, high, p) by the log-normal limits; all counts above 0.

    With phi > 1 estimated on `free` degrees of freedom the limits are Student's.

    The two must not overlap: compare a district with the country *minus* the district.

    >>> [round(float(x), 5) for x in ratio_of_ratios(514, 885, 10380 - 514, 12814 - 885)[:3]]
    [0.70224, 0.62788, 0.7854]
    """
    a, b, c, d = (np.asarray(x, float) for x in (after, before, other_after, other_before))
    with np.errstate(divide="ignore", invalid="ignore"):
        log = np.log(a / b) - np.log(c / d)
        error = np.sqrt(phi * (1 / a + 1 / b + 1 / c + 1 / d))
        student = phi > 1 and free > 0
        wide = (special.stdtrit(free, 0.5 + level / 2) if student else special.ndtri(0.5 + level / 2)) * error
        z = -np.abs(log / error)
        return (
            np.exp(log),
            np.exp(log - wide),
            np.exp(log + wide),
            2 * (special.stdtr(free, z) if student else special.ndtr(z)),
        )


def wilson(hits: Any, of: Any, level: float = 0.95) -> tuple[Array, Array]:
    """Interval of a share (Wilson 1927).

    >>> [round(float(x), 4) for x in wilson(8, 10)]
    [0.4902, 0.9433]
    """
    x, n = np.asarray(hits, float), np.asarray(of, float)
    z = special.ndtri(0.5 + level / 2)
    centre, half = (x + z**2 / 2) / (n + z**2), z / (n + z**2) * np.sqrt(x * (n - x) / n + z**2 / 4)
    return centre - half, centre + half


def fay_feuer(counts: Any, exposures: Any, weights: Any, level: float = 0.95) -> tuple[float, float, float]:
    """Age-standardised rate with gamma interval (Fay & Feuer 1997): (rate, low, high) per unit of exposure.

    `counts`, `exposures`, `weights`: one per age band; the weights are the standard population's shares (they are scaled to 1).
    """
    x, n, w = (np.asarray(part, float) for part in (counts, exposures, weights))
    w = w / w.sum()
    share = w / n
    rate, variance, largest = float((share * x).sum()), float((share**2 * x).sum()), float(share.max())
    tail = (1 - level) / 2
    low = variance / rate * special.gammaincinv(rate**2 / variance, tail) if rate else 0.0
    top = (rate + largest) ** 2 / (variance + largest**2)
    return (
        rate,
        float(low),
        float((variance + largest**2) / (rate + largest) * special.gammaincinv(top, 1 - tail)),
    )


@dataclass(frozen=True)
class Family:
    """What a declared family of tests rejects. `adjusted` are the p-values to compare with `alpha`."""

    method: str
    alpha: float
    adjusted: Array
    reject: Array


def family(p: Any, alpha: float = 0.05, method: str = "bh") -> Family:
    """Many tests at once: "bh" (Benjamini & Hochberg 1995), "by" (2001), "holm" or "bonferroni"; NaN p-values stay out.

    >>> int(family([0.01, 0.02, 0.5]).reject.sum())
    2
    """
    values = np.asarray(p, float)
    known = ~np.isnan(values)
    some, n = values[known], int(known.sum())
    adjusted = np.full(values.shape, np.nan)
    if n and method in ("bh", "by"):
        from scipy.stats import false_discovery_control  # imported here: scipy.stats takes a second

        adjusted[known] = false_discovery_control(some, method=method)
    elif n and method == "holm":
        order = np.argsort(some)
        stepped = np.maximum.accumulate(some[order] * (n - np.arange(n)))
        adjusted[known] = np.minimum(1, stepped)[np.argsort(order)]
    elif n and method == "bonferroni":
        adjusted[known] = np.minimum(1, some * n)
    elif n:
        raise BadRequest(f"Metoden {method} kendes ikke. Vælg bh, by, holm eller bonferroni.")
    with np.errstate(invalid="ignore"):
        return Family(method, alpha, adjusted, adjusted <= alpha)


def shrink(counts: Any, exposures: Any) -> tuple[Array, Array]:
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
    weight = between / (between + mean / n) if mean else np.zeros_like(n)
    return mean + weight * (rate - mean), weight


@dataclass(frozen=True)
class Funnel:
    """Places around a common rate. `low`/`high` are the limits at each place's own exposure; `phi` >= 1 the over-dispersion.

    `judged` is False where there are too few places to say who lies outside; `outside` is then False everywhere.
    """

    rates: Array
    target: float
    low: Array
    high: Array
    phi: float
    outside: Array
    judged: bool


FEWEST, MEDIAN_OF_CHI2 = 4, 0.4549
FAR = 3.090232306167813  # beyond 99.8 % a place no longer has a say in where the middle is and how wide the funnel


def funnel(counts: Any, exposures: Any, level: float = 0.95, target: float | None = None) -> Funnel:
    """Control limits for rates by size (Spiegelhalter 2005), with multiplicative over-dispersion.

    `exposures` in the unit of the rate. From ten places on z-scores are winsorised (10 %). Places far from the middle one (by a
    dispersion taken from the median) are left out of the level and the dispersion, at most a third of them, so that they cannot
    hide themselves. A place outside is the finding; no ranking is made.
    """
    x, n = np.asarray(counts, float), np.asarray(exposures, float)
    inside = _near(x, n) if len(x) >= FEWEST else np.ones(len(x), bool)
    centre = float(x[inside].sum() / n[inside].sum()) if target is None else target
    phi = _funnel_phi(_root_z(x[inside], n[inside], centre))
    low, high = funnel_limits(centre, n, phi, level)
    tail = (1 - level) / 2
    rare = (
        np.minimum(
            special.gammaincc(x / phi + 1, centre * n / phi),
            special.gammainc(np.maximum(x, 1e-300) / phi, centre * n / phi),
        )
        < tail
    )
    outside = ((x / n < low) | (x / n > high)) & rare & (len(x) >= FEWEST)
    return Funnel(x / n, centre, low, high, phi, outside, len(x) >= FEWEST)


def funnel_limits(target: float, exposures: Any, phi: float, level: float = 0.95) -> tuple[Array, Array]:
    """Control limits of a rate at some exposures, by Freeman & Tukey's root, which holds for small counts too.

    >>> low, high = funnel_limits(1.0, [1.5, 100.0], 1.0)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 0.81], [3.21, 1.2])
    """
    n = np.asarray(exposures, float)
    middle = np.sqrt(4 * target * n + 1)
    wide = special.ndtri(0.5 + level / 2) * np.sqrt(phi)
    low, high = (np.maximum(1.0, middle + side * wide) for side in (-1, 1))
    return ((low**2 - 1) / (2 * low)) ** 2 / n, ((high**2 - 1) / (2 * high)) ** 2 / n


def _root_z(x: Array, n: Array, centre: float) -> Array:
    """Variance-stabilised scores (Freeman & Tukey 1950)."""
    return np.sqrt(x) + np.sqrt(x + 1) - np.sqrt(4 * centre * n + 1)


def _funnel_phi(z: Array) -> float:
    if len(z) >= 10:
        z = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    return max(1.0, float((z**2).mean()))


def _near(x: Array, n: Array) -> Array:
    """Which places have a say: all but those far from the middle one, measured by the median; at most a third are left out."""
    order = np.argsort(x / n)
    middle = (x / n)[order][np.searchsorted(np.cumsum(n[order]), n.sum() / 2)]
    z = np.abs(_root_z(x, n, float(middle)))
    far = z / np.sqrt(max(1.0, float(np.median(z**2)) / MEDIAN_OF_CHI2)) > FAR
    if far.sum() > len(x) // 3:
        far &= z >= np.sort(z)[-(len(x) // 3)]
    return ~far
