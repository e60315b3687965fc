"""Many Poisson regressions at once, batched over series.

Iteratively reweighted least squares (McCullagh & Nelder 1989).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evidens.counts import Array

# Newton's steps: when one is this small, the next would be of the order of its square.
STEPS, CLOSE = 60, 1e-8
LARGEST = 20  # a coefficient beyond this is infinite


@dataclass(frozen=True)
class Fit:
    """Log-linear fits of S series of T periods on p columns.

    `beta` float64[S, p]; `covariance` float64[S, p, p] at phi = 1; `mean` float64[S, T]; `phi` float64[S] >=
    1 (Pearson); `deviance` float64[S]; `usable` bool[S]: False where the effect is infinite or nothing is
    known, and the numbers are then NaN.
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


@dataclass(frozen=True)
class _Design:
    """A design that all series share.

    `columns` float64[T, p], and `pairs` float64[T, p * p] of their products.
    """

    columns: Array
    pairs: Array

    def left(self, weight: Array, which: Array | slice) -> Array:
        """X' W X of some series, float64[s, p * p]."""
        return weight @ self.pairs

    def right(self, working: Array, which: Array | slice) -> Array:
        """X' z of some series."""
        return working @ self.columns

    def linear(self, beta: Array, which: Array | slice) -> Array:
        """X beta of some series."""
        return beta @ self.columns.T


class _OwnDesign(_Design):
    """A design for each series: `columns` float64[S, T, p], and their products."""

    def left(self, weight: Array, which: Array | slice) -> Array:
        """X' W X of some series, float64[s, p * p]."""
        return np.einsum("st,stq->sq", weight, self.pairs[which])

    def right(self, working: Array, which: Array | slice) -> Array:
        """X' z of some series."""
        return np.einsum("st,stp->sp", working, self.columns[which])

    def linear(self, beta: Array, which: Array | slice) -> Array:
        """X beta of some series."""
        return np.einsum("stp,sp->st", self.columns[which], beta)


def _design(columns: Array) -> _Design:
    width = columns.shape[-1]
    pairs = (columns[..., :, None] * columns[..., None, :]).reshape(*columns.shape[:-1], width * width)
    if columns.ndim == 2:
        return _Design(columns, pairs)
    return _OwnDesign(columns, pairs)


@dataclass(frozen=True)
class _Series:
    """What is known of the series: counts, offset and prior weights, all 0 where the count is not known."""

    seen: Array
    shift: Array
    known: Array
    prior: Array

    def start(self) -> Array:
        """A first guess of the means: halfway between each count and its series' average."""
        whole = self.prior.sum(axis=1, keepdims=True)
        average = (self.prior * self.seen).sum(axis=1, keepdims=True) / np.maximum(whole, 1e-300)
        return np.maximum((self.seen + average) / 2, 1e-8)


def fit(y: ArrayLike, design: ArrayLike, offset: ArrayLike = 0.0, weights: ArrayLike = 1.0) -> Fit:
    """Fit log E(y) = design @ beta + offset for every row of `y` (float64[S, T], NaN: not known).

    `design` is float64[T, p] for all, or float64[S, T, p]; `offset` broadcasts to y; `weights` float64[S, T]
    (prior weights). A series with fewer known periods than columns, or with a singular design among them, is
    not usable.

    >>> import numpy as np
    >>> found = fit([[2, 4, 8.0]], np.column_stack([np.ones(3), np.arange(3)]))
    >>> [round(float(b), 6) for b in np.exp(found.beta[0])]
    [2.0, 2.0]
    """
    y = np.atleast_2d(np.asarray(y, float))
    columns = _design(np.asarray(design, float))
    shift = np.broadcast_to(np.asarray(offset, float), y.shape)
    known = ~np.isnan(y) & np.isfinite(shift)
    series = _Series(
        seen=np.where(known, y, 0.0),
        shift=np.where(known, shift, 0.0),
        known=known,
        prior=known * np.asarray(weights, float),
    )
    beta, mean, usable = _solved(series, columns)
    return _result(series, columns, beta, mean, usable)


def _solved(series: _Series, design: _Design) -> tuple[Array, Array, Array]:
    """Coefficients, means and which series are usable, by Newton's steps.

    A series leaves when its step is small.
    """
    seen, shift, prior = series.seen, series.shift, series.prior
    width = design.columns.shape[-1]
    usable = (series.known.sum(axis=1) >= width) & (seen.sum(axis=1) > 0)
    mean = series.start()
    eta = np.log(mean)
    beta = np.zeros((len(seen), width))
    active = np.flatnonzero(usable)
    for _ in range(STEPS):
        if not len(active):
            break
        weight = prior[active] * mean[active]
        working = weight * (eta[active] - shift[active]) + prior[active] * (seen[active] - mean[active])
        left = design.left(weight, active).reshape(-1, width, width)
        new, solved = _solve(left, design.right(working, active))
        usable[active[~solved]] = False
        eta[active] = np.clip(design.linear(new, active) + shift[active], -30, 30)
        mean[active] = np.exp(eta[active])
        moved = np.abs(new - beta[active]).max(axis=1)
        beta[active] = new
        active = active[solved & (moved > CLOSE * (1 + np.abs(new).max(axis=1)))]
    usable[active] = False
    usable &= ~(np.abs(beta) > LARGEST).any(axis=1)
    return beta, mean, usable


def _solve(left: Array, right: Array) -> tuple[Array, Array]:
    """Solutions, and which of the systems had one."""
    try:
        return np.linalg.solve(left, right[..., None])[..., 0], np.ones(len(left), bool)
    except np.linalg.LinAlgError:
        good = np.linalg.cond(left) < 1e14
        answer = np.zeros_like(right)
        answer[good] = np.linalg.solve(left[good], right[good][..., None])[..., 0]
        return answer, good


def _result(series: _Series, design: _Design, beta: Array, mean: Array, usable: Array) -> Fit:
    seen, prior = series.seen, series.prior
    width = design.columns.shape[-1]
    left = design.left(prior * mean, slice(None)).reshape(-1, width, width)
    covariance = np.full(left.shape, np.nan)
    if usable.any():
        covariance[usable] = _inverse(left[usable])
    free = np.maximum(series.known.sum(axis=1) - width, 1)
    pearson = (prior * (seen - mean) ** 2 / mean).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        part = np.where(seen > 0, seen * np.log(seen / mean), 0.0) - (seen - mean)
    deviance = 2 * (prior * part).sum(axis=1)
    gone = ~usable
    beta, mean = beta.copy(), mean.copy()
    beta[gone], mean[gone], deviance[gone] = np.nan, np.nan, np.nan
    phi = np.where(gone, np.nan, np.maximum(1.0, pearson / free))
    return Fit(beta, covariance, mean, phi, deviance, usable)


def _inverse(matrices: Array) -> Array:
    try:
        return np.linalg.inv(matrices)
    except np.linalg.LinAlgError:
        return np.linalg.pinv(matrices, hermitian=True)


def seasonal(periods: int, per_year: int, start: int = 0, trend: bool = True) -> Array:
    """A design with one column per season and one for the linear trend (in years, 0 in the middle).

    `start` is the season of the first period, from 0. float64[periods, per_year (+ 1)].
    """
    season = (np.arange(periods) + start) % per_year
    columns = [(season == number).astype(float) for number in range(per_year)]
    if trend:
        columns.append((np.arange(periods) - (periods - 1) / 2) / per_year)
    return np.column_stack(columns)


def fit_seasonal(
    y: ArrayLike, per_year: int, start: int = 0, population: ArrayLike | None = None, trend: bool = True
) -> Fit:
    """Seasonal Poisson trend of every series: exp(last coefficient) is the yearly factor of change.

    `y` float64[S, T]; `population` of the same shape enters as offset. A series without any event in one of
    its seasons has an infinite effect there and is not usable; it is never clipped.
    """
    y = np.atleast_2d(np.asarray(y, float))
    design = seasonal(y.shape[1], per_year, start, trend)
    offset: ArrayLike = 0.0
    if population is not None:
        offset = np.log(np.asarray(population, float))
    events = np.nan_to_num(y) @ design[:, :per_year]
    finite = (events > 0).all(axis=1)[:, None]
    return fit(np.where(finite, y, np.nan), design, offset)
