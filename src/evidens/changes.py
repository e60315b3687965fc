"""When did the level change? Breaks in a series of counts by the Poisson likelihood."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evidens.counts import Array


@dataclass(frozen=True)
class Break:
    """One break: the first `index` values have mean `before`, the rest mean `after`.

    `p` is from permutations, None where not asked.
    """

    index: int
    before: float
    after: float
    likelihood_ratio: float
    p: float | None


def _gain(y: Array) -> Array:
    """Twice the log-likelihood ratio of every split, float64[..., n - 1]."""
    total = np.cumsum(y, axis=-1)
    n = y.shape[-1]
    k = np.arange(1, n)
    left, right = total[..., :-1], total[..., -1:] - total[..., :-1]
    return 2 * (
        special.xlogy(left, left / k)
        + special.xlogy(right, right / (n - k))
        - special.xlogy(total[..., -1:], total[..., -1:] / n)
    )


def one_break(series: ArrayLike, permutations: int = 0, seed: int = 0) -> Break:
    """The most likely single break of a Poisson mean, and how often a shuffled series has one as strong.

    `series`: counts (or any values of at least 0) in order, two or more. The p-value is that of a random
    order, so a season in the series lowers it: take the season out, or use yearly figures.

    >>> one_break([9, 10, 11, 4, 5, 6]).index
    3
    """
    y = np.asarray(series, float)
    gain = _gain(y)
    index = int(gain.argmax()) + 1
    p = None
    if permutations:
        shuffled = np.random.default_rng(seed).permuted(np.tile(y, (permutations, 1)), axis=1)
        p = float((1 + (_gain(shuffled).max(axis=1) >= gain.max()).sum()) / (1 + permutations))
    return Break(index, float(y[:index].mean()), float(y[index:].mean()), float(gain.max()), p)


def breaks(series: ArrayLike, penalty: float | None = None, least: int = 2) -> list[int]:
    """All breaks, by the exact minimum of Poisson deviance plus a penalty per break.

    Optimal partitioning (Jackson et al. 2005).

    `penalty` is 2 log n by default (BIC: a place and a mean per break); `least` is the shortest stretch.
    Gives the indices at which a new level begins. O(n^2), vectorised over the earlier breaks.
    """
    y = np.asarray(series, float)
    n = len(y)
    beta = penalty
    if beta is None:
        beta = 2 * np.log(n)
    total = np.concatenate([[0.0], np.cumsum(y)])
    best = np.full(n + 1, np.inf)
    best[0] = -beta
    last = np.zeros(n + 1, int)
    for end in range(least, n + 1):
        begin = np.arange(0, end - least + 1)
        part = total[end] - total[begin]
        cost = best[begin] - 2 * special.xlogy(part, part / (end - begin)) + beta
        last[end] = int(begin[cost.argmin()])
        best[end] = cost.min()
    found = []
    end = n
    while end > 0:
        end = int(last[end])
        found.append(end)
    return sorted(found)[1:]
