"""Models weighted by AIC, and the range with the errors of the linkage inside."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens.capture.mending import corrected
from evidens.capture.models import Model, beyond, chapman, models
from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation.effect import Z95

DRAWS = 4000  # of recall and chance together
GRID = 9  # recalls at which the models are fitted; between them lies a straight line
Recall = tuple[float, float, float]  # the share of true pairs that the linkage finds, and its limits


@dataclass(frozen=True)
class Averaged:
    """`n` in all with limits and standard error, and the models behind it with their weights."""

    n: float
    low: float
    high: float
    se: float
    models: tuple[Model, ...]
    weights: tuple[float, ...]


def averaged(cells: Array, seen: Array, limits: bool = True) -> Averaged:
    """Over all models by AIC (Burnham & Anderson 2002); Chapman of two lists. Raises Unavailable."""
    if cells.shape[1] == 2:
        first, second, both = seen[0] + seen[2], seen[1] + seen[2], seen[2]
        only = chapman(first, second, both)
        return Averaged(only.n, only.low, only.high, only.se, (only,), (1.0,))
    found = models(cells, seen, limits)
    if not found:
        raise Unavailable("Tallene kan ikke bære et skøn: ingen model har en ende.")
    aic = np.array([model.aic for model in found])
    weight = np.exp(-(aic - aic.min()) / 2)
    weight = weight / weight.sum()
    each = np.array([model.n for model in found])
    n = float(weight @ each)
    errors = np.array([model.se for model in found])
    se = float(weight @ np.sqrt(errors**2 + (each - n) ** 2))
    low, high = beyond(int(seen.sum()), n, se)
    return Averaged(n, low, high, se, tuple(found), tuple(weight.round(4).tolist()))


def with_linkage(cells: Array, seen: Array, recall: Recall, seed: int) -> tuple[float, float, float]:
    """The estimate at the recall, and an interval over draws of recall (by its limits) and of chance."""
    random = np.random.default_rng(seed)
    share, low, high = recall
    if not 0 < low <= share <= high <= 1:
        raise BadRequest("Koblingens andel fundne er mellem 0 og 1, med grænser omkring.")
    logit = special.logit(np.clip([low, share, high], 1e-6, 1 - 1e-6))
    drawn = special.expit(random.normal(logit[1], (logit[2] - logit[0]) / (2 * Z95), DRAWS))
    grid = np.unique(np.quantile(drawn, np.linspace(0, 1, GRID)))
    logs, errors, wholes = _over(cells, seen, np.append(grid, share))
    order = slice(0, len(grid))
    log, error = np.interp(drawn, grid, logs[order]), np.interp(drawn, grid, errors[order])
    each = np.interp(drawn, grid, wholes[order]) + np.exp(random.normal(log, error))
    ends = np.quantile(each, [0.025, 0.975])
    return float(wholes[-1] + np.exp(logs[-1])), float(ends[0]), float(ends[1])


def _over(cells: Array, seen: Array, grid: Array) -> tuple[Array, Array, Array]:
    """At each recall the logarithm of those unseen, its error, and how many are seen."""
    logs, errors, wholes = [], [], []
    for recall in grid:
        mended = corrected(cells, seen, float(recall))
        found = averaged(cells, mended, limits=False)
        unseen = max(found.n - mended.sum(), 0.5)
        logs.append(np.log(unseen))
        errors.append(np.sqrt(np.log(1 + found.se**2 / unseen**2)))
        wholes.append(float(mended.sum()))
    return np.array(logs), np.array(errors), np.array(wholes)
