"""Many tests at once, declared as a family before any of them is read."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from evidens.counts import Array
from evidens.errors import BadRequest


@dataclass(frozen=True)
class Family:
    """What a declared family of tests rejects. `adjusted` are the p-values to compare with `alpha`."""

    method: str
    alpha: float
    adjusted: Array
    reject: Array


def family(p: ArrayLike, alpha: float = 0.05, method: str = "bh") -> Family:
    """Many tests at once: "bh" (Benjamini & Hochberg 1995), "by" (2001), "holm" or "bonferroni".

    NaN p-values stay out.

    >>> int(family([0.01, 0.02, 0.5]).reject.sum())
    2
    """
    values = np.asarray(p, float)
    known = ~np.isnan(values)
    adjusted = np.full(values.shape, np.nan)
    if known.any():
        adjusted[known] = _adjusted(values[known], method)
    with np.errstate(invalid="ignore"):
        return Family(method, alpha, adjusted, adjusted <= alpha)


def _adjusted(p: Array, method: str) -> Array:
    n = len(p)
    if method in ("bh", "by"):
        from scipy.stats import false_discovery_control  # imported here: scipy.stats takes a second

        return false_discovery_control(p, method=method)
    if method == "holm":
        order = np.argsort(p)
        stepped = np.maximum.accumulate(p[order] * (n - np.arange(n)))
        return np.minimum(1, stepped)[np.argsort(order)]
    if method == "bonferroni":
        return np.minimum(1, p * n)
    raise BadRequest(f"Metoden {method} kendes ikke. Vælg bh, by, holm eller bonferroni.")
