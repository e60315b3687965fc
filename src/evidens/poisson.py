"""Many Poisson regressions at once: iteratively reweighted least squares (McCullagh & Nelder 1989), batched over series."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from evidens.counts import Array

STEPS, CLOSE = (
    60,
    1e-8,
)  # Newton's steps: when one is this small, the next would be of the order of its square


@dataclass(frozen=True)
class Fit:
    """Log-linear fits of S series of T periods on p columns.

    `beta` float64[S, p]; `covariance` float64[S, p, p] at phi = 1; `mean` float64[S, T]; `phi` float64[S] >= 1 (Pearson);
    `deviance` and `log_likelihood` float64[S]; `usable` bool[S]: False where the effect is infinite or nothing is known, and
    the numbers are then NaN.
    """

    beta: Array
    covariance: Array
    mean: Array
    phi: Array
    deviance: Array
    usable: Array

    def error(self, column: int) -> Array:
        """Standard error of a coefficient, the over-dispersion included."""
        return np.sqrt(self.covariance[:, column, column] * self.phi)


def fit(y: Any, design: Any, offset: Any = 0.0, weights: Any = None) -> Fit:
    """Fit log E(y) = design @ beta + offset for every row of `y` (float64[S, T], NaN: not known).

    `design` is float64[T, p] for all, or float64[S, T, p]; `offset` broadcasts to y; `weights` float64[S, T] (prior weights).
    A series with fewer known periods than columns, or with a singular design among them, is not usable.

    >>> import numpy as np
    >>> found = fit([[2, 4, 8.0]], np.column_stack([np.ones(3), np.arange(3)]))
    >>> [round(float(b), 6) for b in np.exp(found.beta[0])]
    [2.0, 2.0]
    """
    y = np.atleast_2d(np.asarray(y, float))
    design = np.asarray(design, float)
    shift = np.broadcast_to(np.asarray(offset, float), y.shape)
    known = ~np.isnan(y) & np.isfinite(shift)
    prior = known * (1.0 if weights is None else np.asarray(weights, float))
    seen = np.where(known, y, 0.0)
    shift = np.where(known, shift, 0.0)
    usable = (known.sum(axis=1) >= design.shape[-1]) & (seen.sum(axis=1) > 0)
    width = design.shape[-1]
    pairs = (design[..., :, None] * design[..., None, :]).reshape(*design.shape[:-1], width * width)
    alike = design.ndim == 2
    average = (prior * seen).sum(axis=1, keepdims=True) / np.maximum(prior.sum(axis=1, keepdims=True), 1e-300)
    mean = np.maximum((seen + average) / 2, 1e-8)
    eta = np.log(mean)
    beta = np.zeros((len(y), width))
    active = np.flatnonzero(usable)
    for _ in range(STEPS):
        if not len(active):
            break
        part = design if alike else design[active]
        weight = prior[active] * mean[active]
        working = weight * (eta[active] - shift[active]) + prior[active] * (seen[active] - mean[active])
        if alike:
            left, right = weight @ pairs, working @ part
        else:
            left, right = (
                np.einsum("st,stq->sq", weight, pairs[active]),
                np.einsum("st,stp->sp", working, part),
            )
        new, solved = _solve(left.reshape(-1, width, width), right)
        usable[active[~solved]] = False
        linear = new @ part.T if alike else np.einsum("stp,sp->st", part, new)
        eta[active] = np.clip(linear + shift[active], -30, 30)
        mean[active] = np.exp(eta[active])
        moved = np.abs(new - beta[active]).max(axis=1)
        beta[active] = new
        active = active[solved & (moved > CLOSE * (1 + np.abs(new).max(axis=1)))]
    usable[active] = False
    usable &= ~(np.abs(beta) > 20).any(axis=1)
    return _result(seen, known, prior, pairs, beta, mean, usable, width)


def _solve(left: Array, right: Array) -> tuple[Array, Array]:
    """Solutions, and which of the systems had one."""
    try:
        return np.linalg.solve(left, right[..., None])[..., 0], np.ones(len(left), bool)
    except np.linalg.LinAlgError:
        good = np.linalg.cond(left) < 1e14
        answer = np.zeros_like(right)
        answer[good] = np.linalg.solve(left[good], right[good][..., None])[..., 0]
        return answer, good


def _result(
    seen: Array, known: Array, prior: Array, pairs: Array, beta: Array, mean: Array, usable: Array, width: int
) -> Fit:
    weight = prior * mean
    left = (weight @ pairs if pairs.ndim == 2 else np.einsum("st,stq->sq", weight, pairs)).reshape(
        -1, width, width
    )
    covariance = np.full(left.shape, np.nan)
    if usable.any():
        try:
            covariance[usable] = np.linalg.inv(left[usable])
        except np.linalg.LinAlgError:
            covariance[usable] = np.linalg.pinv(left[usable], hermitian=True)
    free = np.maximum(known.sum(axis=1) - width, 1)
    pearson = (prior * (seen - mean) ** 2 / mean).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(seen > 0, seen * np.log(seen / mean), 0.0) - (seen - mean)
    deviance = 2 * (prior * part).sum(axis=1)
    gone = ~usable
    beta, mean = beta.copy(), mean.copy()
    beta[gone], mean[gone], deviance[gone] = np.nan, np.nan, np.nan
    phi = np.where(gone, np.nan, np.maximum(1.0, pearson / free))
    return Fit(beta, covariance, mean, phi, deviance, usable)


def seasonal(periods: int, per_year: int, start: int = 0, trend: bool = True) -> Array:
    """A design with one column per season and one for the linear trend (in years, 0 in the middle).

    `start` is the season of the first period, from 0. float64[periods, per_year (+ 1)].
    """
    season = (np.arange(periods) + start) % per_year
    columns = [(season == number).astype(float) for number in range(per_year)]
    if trend:
        columns.append((np.arange(periods) - (periods - 1) / 2) / per_year)
    return np.column_stack(columns)


def fit_seasonal(y: Any, per_year: int, start: int = 0, population: Any = None, trend: bool = True) -> Fit:
    """Seasonal Poisson trend of every series: exp(last coefficient) is the yearly factor of change.

    `y` float64[S, T]; `population` of the same shape enters as offset. A series without any event in one of its seasons has
    an infinite effect there and is not usable; it is never clipped.
    """
    y = np.atleast_2d(np.asarray(y, float))
    design = seasonal(y.shape[1], per_year, start, trend)
    offset = 0.0 if population is None else np.log(np.asarray(population, float))
    events = np.nan_to_num(y) @ design[:, :per_year]
    return fit(np.where((events > 0).all(axis=1)[:, None], y, np.nan), design, offset)
