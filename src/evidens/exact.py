"""Two counts compared exactly, given their sum: p-value and interval of the ratio of their rates.

All functions take arrays (or numbers) and broadcast. Two-sided p-values are *minlike*: all outcomes no more
likely than the one seen.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evidens.counts import Array

LIKE = 1 + 1e-7  # this close in probability counts as equally likely, as in R's and scipy's binomial test
TINY = 1e-300  # stands for 0 where a function of a count is not defined there


def exact_p(after: ArrayLike, before: ArrayLike, time_after: float = 1.0, time_before: float = 1.0) -> Array:
    """Two-sided exact conditional p-value that two Poisson rates are equal (binomial given the sum, minlike).

    `after`, `before`: counts, broadcast; `time_*`: exposures. At equal exposure minlike is twice the smaller
    tail.

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
    """Sum of the binomial probabilities that are no larger than that of k."""
    below = k < n * share
    far = _other_end(k, n, share, below)
    lower, upper = np.where(below, k, far), np.where(below, far, k)
    p = at_most(lower, n, share) + at_least(upper, n, share)
    return np.where(k == n * share, 1.0, np.minimum(p, 1.0))


def _other_end(k: Array, n: Array, share: float, below: Array) -> Array:
    """Where the other tail begins: the first x from the mode outwards no more likely than k; by bisection."""
    limit = _log_pmf(k, n, share) + np.log(LIKE)
    near = np.where(below, np.ceil(n * share), np.floor(n * share))
    far = np.where(below, n + 1, -1.0)
    steps = int(np.ceil(np.log2(max(float(n.max(initial=1)), 2.0)))) + 2
    for _ in range(steps):
        middle = np.where(below, np.floor((near + far) / 2), np.ceil((near + far) / 2))
        inside = (_log_pmf(np.clip(middle, 0, n), n, share) <= limit) & (middle >= 0) & (middle <= n)
        far = np.where(inside, middle, far)
        near = np.where(inside, near, np.where(below, middle + 1, middle - 1))
        near = np.where(below, np.minimum(near, far), np.maximum(near, far))
    return far


def _log_pmf(x: Array, n: Array, share: float) -> Array:
    ways = special.gammaln(n + 1) - special.gammaln(x + 1) - special.gammaln(n - x + 1)
    return ways + x * np.log(share) + (n - x) * np.log1p(-share)


def at_most(k: Array, n: Array, share: float) -> Array:
    """P(X <= k) of a binomial."""
    inside = np.clip(k, 0, np.maximum(n - 1, 0))
    value = special.betainc(np.maximum(n - inside, TINY), inside + 1, 1 - share)
    return np.where(k < 0, 0.0, np.where(k >= n, 1.0, value))


def at_least(k: Array, n: Array, share: float) -> Array:
    """P(X >= k) of a binomial."""
    inside = np.clip(k, 1, np.maximum(n, 1))
    value = special.betainc(inside, n - inside + 1, share)
    return np.where(k <= 0, 1.0, np.where(k > n, 0.0, value))


def exact_interval(
    after: ArrayLike,
    before: ArrayLike,
    time_after: float = 1.0,
    time_before: float = 1.0,
    level: float = 0.95,
    phi: ArrayLike = 1.0,
) -> tuple[Array, Array]:
    """Interval of the rate ratio after/before by the exact conditional (Clopper-Pearson) limits.

    With over-dispersion `phi` > 1 the counts enter as effective counts, count/phi (the idea of Korn &
    Graubard 1998), so that the interval is about sqrt(phi) wider and goes over into the exact one at phi = 1.
    (0, inf) where both counts are 0.

    >>> [round(float(x), 4) for x in exact_interval(514, 885)]
    [0.52, 0.6482]
    """
    a, b = np.asarray(after, float) / phi, np.asarray(before, float) / phi
    tail = (1 - level) / 2
    scale = time_before / time_after
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(a > 0, special.betaincinv(np.maximum(a, TINY), b + 1, tail), 0.0)
        # 1 minus the upper share, exact near 1
        rest = np.where(b > 0, special.betaincinv(np.maximum(b, TINY), a + 1, tail), 0.0)
        return low / (1 - low) * scale, np.where(rest > 0, (1 - rest) / rest, np.inf) * scale


def effective_p(after: ArrayLike, before: ArrayLike, phi: float) -> Array:
    """Twice the smaller tail of the effective counts count/phi at equal exposure.

    It is below 5 % just where exact_interval leaves out 1.

    >>> float(effective_p(514, 885, 2.0)) > float(effective_p(514, 885, 1.0))
    True
    """
    a = np.maximum(np.asarray(after, float) / phi, TINY)
    b = np.maximum(np.asarray(before, float) / phi, TINY)
    tail = np.minimum(special.betainc(a, b + 1, 0.5), special.betaincc(a + 1, b, 0.5))
    return np.minimum(1.0, 2 * tail)
