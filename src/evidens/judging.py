"""What the rules share: the judgement, fits that weigh down past outbreaks, and the limits of a count."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evidens import poisson
from evidens.counts import Array
from evidens.errors import BadRequest

Power = Literal["none", "1/2", "2/3"]
ROOTS: dict[Power, float] = {"none": 1.0, "1/2": 0.5, "2/3": 2 / 3}
CASES, RECENT = 5, 4  # so few cases in so many weeks are not worth a look


@dataclass(frozen=True)
class Series:
    """Counts float64[S, T] and the positions int[n] to judge in each; results are float64[S, n]."""

    counts: Array
    times: Array

    @property
    def shape(self) -> tuple[int, int]:
        """Series and times."""
        return len(self.counts), len(self.times)

    @property
    def judged(self) -> Array:
        """The counts to judge."""
        return self.counts[:, self.times]

    def enough(self) -> Array:
        """Whether there are cases enough in the last weeks."""
        recent = np.zeros(self.shape)
        for back in range(RECENT):
            recent += self.counts[:, np.maximum(self.times - back, 0)]
        return recent >= CASES


def series_of(counts: ArrayLike, times: ArrayLike, earliest: int, why: str) -> Series:
    """The arguments as arrays.

    Raises BadRequest with `why` when a time lies before the `earliest` position.
    """
    found = Series(np.atleast_2d(np.asarray(counts, float)), np.asarray(times))
    if len(found.times) and found.times.min() < earliest:
        raise BadRequest(why)
    return found


@dataclass(frozen=True)
class Judged:
    """One judgement per (series, time).

    Expected mean, upper limit, p, whether it is worth a look, and whether a trend was kept.
    """

    count: Array
    expected: Array
    upper: Array
    p: Array
    attention: Array
    trend: Array


@dataclass(frozen=True)
class Limits:
    """Prediction limits on a power scale.

    The p-value of the count and its score (count - mean) / (upper - mean) stand beside.
    """

    lower: Array
    upper: Array
    p: Array
    score: Array


def limits(
    mean: ArrayLike,
    error: ArrayLike,
    phi: ArrayLike,
    count: ArrayLike,
    power: Power = "2/3",
    quantile: float = 0.975,
) -> Limits:
    """Limits of a Poisson count (Farrington 1996, sec. 3.6).

    `mean` is its mean, `error` the standard error of the mean, `phi` the dispersion. `quantile` is one-sided:
    0.975 is the classic choice at alpha = 0.05, 0.95 the one-sided one.

    >>> [round(float(x), 4) for x in (limits(5, 0.2, 1, 8, quantile=0.95).upper, limits(5, 0.2, 1, 8).upper)]
    [9.1155, 9.9932]
    """
    mean, count = np.asarray(mean, float), np.asarray(count, float)
    z = special.ndtri(quantile)
    with np.errstate(divide="ignore", invalid="ignore"):
        tau = phi + np.asarray(error, float) ** 2 / mean
        root = ROOTS[power]
        wide = root * z * np.sqrt(tau / mean)
        lower = mean * np.maximum(0, 1 - wide) ** (1 / root)
        upper = mean * (1 + wide) ** (1 / root)
        standard = (count**root - mean**root) / (root * mean ** (root - 0.5) * np.sqrt(tau))
        return Limits(lower, upper, special.ndtr(-standard), (count - mean) / (upper - mean))


def _weights(y: Array, mean: Array, phi: Array, leverage: Array, limit: float) -> Array:
    """Down-weights of large standardised Anscombe residuals.

    s^-2 where s exceeds the limit, scaled to sum to the number of points.
    """
    scale = mean ** (1 / 6) * np.sqrt(phi[:, None] * np.maximum(1 - leverage, 1e-10))
    s = 1.5 * (y ** (2 / 3) - mean ** (2 / 3)) / scale
    raw = np.where(s > limit, 1 / np.maximum(s, 1e-10) ** 2, 1.0)
    return raw * (y.shape[1] / raw.sum(axis=1, keepdims=True))


def _leverage(design: Array, found: poisson.Fit, weights: Array) -> Array:
    """How much each point draws the fit towards itself."""
    if design.ndim == 2:
        return weights * found.mean * ((design @ found.covariance) * design).sum(axis=2)
    return weights * found.mean * np.einsum("stp,spq,stq->st", design, found.covariance, design)


def reweighted(y: Array, design: Array, limit: float) -> poisson.Fit:
    """Fit, weigh down past outbreaks, fit again. Outbreaks are residuals above `limit`."""
    first = poisson.fit(y, design)
    mean, phi = np.nan_to_num(first.mean, nan=1.0), np.nan_to_num(first.phi, nan=1.0)
    leverage = np.nan_to_num(_leverage(design, first, np.ones_like(y)))
    weights = np.where(first.usable[:, None], _weights(y, mean, phi, leverage, limit), 1.0)
    return poisson.fit(y, design, weights=weights)


def ahead(found: poisson.Fit, row: Array) -> tuple[Array, Array]:
    """Mean at the tested time and its standard error; `row` float64[tests, p] is the design there."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean = np.exp((found.beta * row).sum(axis=1))
    variance = np.einsum("sp,spq,sq->s", row, found.covariance, row) * found.phi
    return mean, mean * np.sqrt(variance)
