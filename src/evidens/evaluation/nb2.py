"""Negative binomial regression (NB2), log link: how many accidents a site of its kind is expected to have.

A safety performance function in the words of Hauer 1997: mean m, variance m + m^2 / k, and `k` is what the
empirical Bayes weight needs.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from evidens import poisson
from evidens.counts import Array
from evidens.errors import Unavailable

LARGEST = 1e6  # an inverse dispersion beyond this is that of Poisson counts
STEP = 1e-5  # of the differences that the information is found by


@dataclass(frozen=True)
class Function:
    """`beta` float64[p], the fitted means float64[N], the inverse dispersion `k` (inf: none), and the logL.

    `covariance` is that of beta and log k, float64[p + 1, p + 1]; None where k is inf or was given.
    """

    beta: Array
    mean: Array
    k: float
    loglik: float
    covariance: Array | None = None


def fit(counts: Array, columns: Array, exposure: Array) -> Function:
    """Maximum likelihood of log m = columns @ beta + log exposure, from the Poisson fit on.

    Where the counts vary no more than Poisson counts, `k` is inf. Raises Unavailable where nothing can be
    fitted.

    >>> found = fit(np.array([0.0, 9, 1, 10, 0, 10]), np.ones((6, 1)), np.ones(6))
    >>> round(float(np.exp(found.beta[0])), 3), found.k < 1
    (5.0, True)
    """
    offset = np.log(exposure)
    start = poisson.fit(counts, columns, offset)
    if not start.usable[0]:
        raise Unavailable("Det ventede tal kan ikke beregnes: for få uheld, eller kolonner, der følges ad.")
    beta, mean = start.beta[0], start.mean[0]
    over = float(((counts - mean) ** 2 - counts).sum())
    if over <= 0:
        return Function(beta, mean, float("inf"), _poisson(counts, mean))
    first = np.append(beta, np.log(float((mean**2).sum()) / over))
    found = optimize.minimize(
        _minus, first, args=(counts, columns, offset), jac=True, method="BFGS", options={"gtol": 1e-7}
    )
    beta, k = found.x[:-1], float(np.exp(found.x[-1]))
    if k > LARGEST:
        return Function(start.beta[0], mean, float("inf"), _poisson(counts, mean))
    information = _curvature(found.x, counts, columns, offset)
    covariance = np.linalg.pinv(information, hermitian=True)
    return Function(beta, np.exp(columns @ beta + offset), k, -float(found.fun), covariance)


def _poisson(counts: Array, mean: Array) -> float:
    return float((special.xlogy(counts, mean) - mean - special.gammaln(counts + 1)).sum())


def _curvature(theta: Array, counts: Array, columns: Array, offset: Array) -> Array:
    """The observed information, by central differences of the gradient."""
    rows = []
    for at in range(len(theta)):
        step = np.zeros(len(theta))
        step[at] = STEP
        up, down = (_minus(theta + way * step, counts, columns, offset)[1] for way in (1, -1))
        rows.append((up - down) / (2 * STEP))
    found = np.array(rows)
    return (found + found.T) / 2


def _minus(theta: Array, counts: Array, columns: Array, offset: Array) -> tuple[float, Array]:
    """Minus the log-likelihood and its gradient; the last parameter is log k."""
    k = np.exp(np.clip(theta[-1], -20, 20))
    mean = np.exp(np.clip(columns @ theta[:-1] + offset, -30, 30))
    whole = mean + k
    each = special.gammaln(counts + k) - special.gammaln(k) - special.gammaln(counts + 1)
    each = each + k * np.log(k / whole) + special.xlogy(counts, mean / whole)
    by_beta = columns.T @ (k * (counts - mean) / whole)
    by_k = special.digamma(counts + k) - special.digamma(k) + np.log(k / whole) + 1 - (counts + k) / whole
    return -float(each.sum()), -np.append(by_beta, k * by_k.sum())
