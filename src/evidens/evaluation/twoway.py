"""Poisson regression with an effect for every unit and every period, and one for treatment.

The effects of units are concentrated out, so that a Newton step solves as many equations as there are
periods: counts of a unit, given their sum, are multinomial (Hausman, Hall & Griliches 1984).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable

STEPS, CLOSE, LARGEST = 60, 1e-11, 20.0
FEWEST_CLUSTERS = 2
ONE_TREATED = "Én behandlet kommune: brug placebo."


@dataclass(frozen=True)
class TwoWay:
    """The treatment effect on the logarithm.

    `se` is at phi = 1, `cluster_se` robust to what units have in common over time (with N/(N-1)); None with
    one treated unit or one untreated, where it says nothing. `treated` and `units` are how many there are.
    """

    beta: float
    se: float
    cluster_se: float | None
    phi: float
    treated: int
    units: int


def two_way(counts: ArrayLike, treatment: ArrayLike, robust: bool = False) -> TwoWay:
    """Fit log E(y_it) = a_i + g_t + beta * treatment_it on `counts` float64[N, T].

    `robust`: the cluster-robust error is wanted; with one treated unit that is refused. Units and periods
    without any event are left out. Raises BadRequest on a request that makes no sense, and Unavailable where
    the effect is infinite or cannot be told from units and periods.

    >>> found = two_way([[8, 2.0], [10, 10]], [[0, 1], [0, 0]])
    >>> round(float(np.exp(found.beta)), 6), found.cluster_se
    (0.25, None)
    """
    y, x = np.asarray(counts, float), np.asarray(treatment, float)
    if y.shape != x.shape or y.ndim != 2 or not np.isfinite(y).all() or y.min() < 0:
        raise BadRequest("Tallene skal være en hel tabel af steder og perioder, uden huller og 0 eller mere.")
    ever = (x > 0).any(axis=1)
    treated = int(ever.sum())
    alone = min(treated, len(y) - treated) < FEWEST_CLUSTERS
    if robust and alone:
        raise BadRequest(ONE_TREATED)
    rows, columns = y.sum(axis=1) > 0, y.sum(axis=0) > 0
    y, x = y[np.ix_(rows, columns)], x[np.ix_(rows, columns)]
    _finite(y, x)
    theta, shares, information = _solved(y, x)
    inverse = np.linalg.inv(information)
    mean = y.sum(axis=1, keepdims=True) * shares
    clustered = None
    if not alone:
        clustered = _clustered(y - mean, x, inverse)
    free = max(1, y.size - len(y) - y.shape[1])
    phi = max(1.0, float(((y - mean) ** 2 / mean).sum() / free))
    return TwoWay(float(theta[-1]), float(np.sqrt(inverse[-1, -1])), clustered, phi, treated, len(y))


def _finite(y: Array, x: Array) -> None:
    """Whether there are events with and without treatment: else the effect is infinite, and is said so."""
    if not y[x > 0].sum():
        raise Unavailable("Der er ingen hændelser under indsatsen: virkningen har ingen grænse nedad.")
    earlier = (x > 0).any(axis=1, keepdims=True) & (x == 0)
    if earlier.any() and not y[earlier].sum():
        raise Unavailable("Der er ingen hændelser før indsatsen: forholdet kan ikke beregnes, 0 før.")


def _solved(y: Array, x: Array) -> tuple[Array, Array, Array]:
    """Coefficients (periods after the first, then treatment), each unit's shares, and the information."""
    whole = y.sum(axis=1)
    start = np.log(y.sum(axis=0) / y.sum())
    theta = np.append(start[1:] - start[0], 0.0)
    for _ in range(STEPS):
        shares = _shares(theta, x)
        score, information = _step(y, x, whole, shares)
        try:
            move = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            raise _told_apart() from None
        theta = theta + np.clip(move, -3, 3)
        if np.abs(move).max() < CLOSE * (1 + np.abs(theta).max()):
            break
    if abs(theta[-1]) > LARGEST or not np.isfinite(theta).all() or np.linalg.cond(information) > 1e14:
        raise _told_apart()
    return theta, _shares(theta, x), information


def _told_apart() -> Unavailable:
    return Unavailable("Indsatsen kan ikke skilles fra sted og tid: der mangler steder uden, eller tid før.")


def _shares(theta: Array, x: Array) -> Array:
    eta = np.concatenate([[0.0], theta[:-1]]) + theta[-1] * x
    weight = np.exp(eta - eta.max(axis=1, keepdims=True))
    return np.asarray(weight / weight.sum(axis=1, keepdims=True))


def _step(y: Array, x: Array, whole: Array, shares: Array) -> tuple[Array, Array]:
    """Score and information of the multinomial likelihood."""
    mean = whole[:, None] * shares
    residual = y - mean
    score = np.append(residual.sum(axis=0)[1:], (residual * x).sum())
    average = (shares * x).sum(axis=1)
    periods = np.diag(mean.sum(axis=0)) - mean.T @ shares
    across = (mean * (x - average[:, None])).sum(axis=0)
    own = float((mean * (x - average[:, None]) ** 2).sum())
    size = len(periods)  # one less for the first period, one more for treatment
    information = np.empty((size, size))
    information[:-1, :-1] = periods[1:, 1:]
    information[-1, :-1] = information[:-1, -1] = across[1:]
    information[-1, -1] = own
    return score, information


def _clustered(residual: Array, x: Array, inverse: Array) -> float:
    """The sandwich over units, with N / (N - 1)."""
    scores = np.column_stack([residual[:, 1:], (residual * x).sum(axis=1)])
    units = len(residual)
    robust = inverse @ (scores.T @ scores) @ inverse * units / (units - 1)
    return float(np.sqrt(robust[-1, -1]))
