"""Overlap weights: compare those who chose a treatment with those who could as well have chosen it.

Li, Morgan & Zaslavsky 2018: a treated person counts 1 - e, another e, where e is the estimated chance to
choose it. With a logistic model the weighted means of all columns are then equal in the two groups.
"""

from dataclasses import dataclass

import numpy as np

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable

STEPS, CLOSE, LARGEST = 60, 1e-10, 30.0


@dataclass(frozen=True)
class Overlap:
    """`weight` and the chance of treatment `score`, float64[N]; the standardised differences before and
    after.

    `effective` is how many persons the weights are worth in each group (treated, others).
    """

    weight: Array
    score: Array
    before: Array
    after: Array
    effective: tuple[float, float]


def overlap(treated: Array, columns: Array) -> Overlap:
    """Weights from `columns` float64[N, p]. Raises BadRequest on one group alone, Unavailable on perfect
    choice.

    >>> found = overlap(np.array([True, False, False, True]), np.array([[1.0], [0], [1], [0]]))
    >>> found.weight.tolist(), found.after.round(9).tolist()
    ([0.5, 0.5, 0.5, 0.5], [0.0])
    """
    chosen = np.asarray(treated, bool)
    if not chosen.any() or chosen.all():
        raise BadRequest("Der skal være både nogle med og nogle uden indsats.")
    score = _logistic(chosen.astype(float), columns)
    weight = np.where(chosen, 1 - score, score)
    even = np.ones(len(chosen))
    worth = tuple(float(part.sum() ** 2 / (part**2).sum()) for part in (weight[chosen], weight[~chosen]))
    return Overlap(
        weight,
        score,
        differences(chosen, columns, even),
        differences(chosen, columns, weight),
        (worth[0], worth[1]),
    )


def _logistic(y: Array, columns: Array) -> Array:
    """The fitted chances, by Newton's method."""
    x = np.column_stack([np.ones(len(y)), columns])
    beta = np.zeros(x.shape[1])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -LARGEST, LARGEST)))
        spread = chance * (1 - chance)
        try:
            step = np.linalg.solve((x * spread[:, None]).T @ x, x.T @ (y - chance))
        except np.linalg.LinAlgError:
            raise _perfect() from None
        beta = beta + step
        if np.abs(x @ beta).max() > LARGEST:
            raise _perfect()
        if np.abs(step).max() < CLOSE:
            return np.asarray(1 / (1 + np.exp(-(x @ beta))))
    raise _perfect()


def _perfect() -> Unavailable:
    return Unavailable(
        "Kolonnerne siger helt, hvem der fik indsatsen, eller følges ad: der er intet at veje."
    )


def differences(treated: Array, columns: Array, weight: Array) -> Array:
    """Standardised mean differences by column (0: as the others); by the spread of the unweighted groups."""
    one = np.average(columns[treated], axis=0, weights=weight[treated])
    other = np.average(columns[~treated], axis=0, weights=weight[~treated])
    spread = np.sqrt((columns[treated].var(axis=0) + columns[~treated].var(axis=0)) / 2)
    return np.asarray((one - other) / np.maximum(spread, 1e-12))
