"""Models of closed populations: log-linear Poisson for three lists or more, Chapman for two.

Fienberg 1972, IWGDMF 1995: the number on no list is the exponential of the intercept. Written from the
papers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens import poisson
from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.evaluation.effect import Z95

MOST_LISTS = 12
PROFILE = 3.841458820694124  # the 95 % point of chi-square on one degree


@dataclass(frozen=True)
class Model:
    """A fitted model: `n` in all with standard error and limits, deviance, degrees of freedom and AIC."""

    name: str
    n: float
    se: float
    low: float
    high: float
    deviance: float
    df: int
    aic: float

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return dict(self.__dict__)


def chapman(first: int, second: int, both: int) -> Model:
    """Two lists (Chapman 1951): N and its standard error (Seber 1970), limits of the logarithm of the unseen.

    >>> found = chapman(200, 150, 30)
    >>> round(found.n, 4), round(found.se, 4)
    (978.0645, 141.8943)
    """
    if both > min(first, second) or min(first, second, both) < 0:
        raise BadRequest("Gengangerne kan ikke være flere end dem på en liste.")
    n = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    low, high = beyond(seen, n, float(np.sqrt(variance)))
    return Model("Chapman", n, float(np.sqrt(variance)), low, high, 0.0, 0, float("nan"))


def beyond(seen: int, n: float, se: float) -> tuple[float, float]:
    """Limits by the logarithm of those on no list (Chao 1987): never below those seen."""
    unseen = n - seen
    if unseen <= 0:
        return float(seen), float(seen)
    factor = float(np.exp(Z95 * np.sqrt(np.log(1 + se**2 / unseen**2))))
    return seen + unseen / factor, seen + unseen * factor


def models(histories: Array, counts: Array, limits: bool = True) -> list[Model]:
    """The log-linear models of closed populations, by AIC from the best on.

    `histories` 0/1[H, k], one row per combination of lists, `counts` float64[H] how many have it;
    combinations
    that nobody has may be left out. M0: all lists find alike; Mt: each finds by itself; Mth Poisson2 and
    Darroch: persons differ in how easily they are found (2^c - 1 and c^2 / 2 for c lists). With three or four
    lists also every pair of lists that may depend on each other. Models that cannot be fitted are left out.
    Without `limits` those of each model are not computed.
    """
    cells, seen = table(histories, counts)
    k = cells.shape[1]
    captures = cells.sum(axis=1)
    by_list = np.column_stack([np.ones(len(cells)), cells])
    designs = {"M0": np.column_stack([np.ones(len(cells)), captures]), "Mt": by_list}
    if k >= 3:
        designs["Mth Poisson2"] = np.column_stack([by_list, 2.0**captures - 1])
        designs["Mth Darroch"] = np.column_stack([by_list, captures**2 / 2])
    if 3 <= k <= 4:
        designs |= _pairs(cells, by_list)
    found = []
    for name, design in designs.items():
        if design.shape[1] < len(cells) + 1:
            model = fitted(name, seen, design, limits)
            if model is not None:
                found.append(model)
    return sorted(found, key=lambda model: model.aic)


def table(histories: Array, counts: Array) -> tuple[Array, Array]:
    """Every combination but "on no list", with 0 where nobody has it."""
    given = np.asarray(histories)
    k = given.shape[1]
    if not 2 <= k <= MOST_LISTS:
        raise BadRequest(f"Der skal være 2 til {MOST_LISTS} lister; der er {k}.")
    if not np.isin(given, (0, 1)).all():
        raise BadRequest("En liste er 0 (ikke på den) eller 1 (på den).")
    if (np.asarray(counts) < 0).any():
        raise BadRequest("Et antal kan ikke være negativt.")
    if (np.asarray(counts)[given.sum(axis=1) == 0] > 0).any():
        raise BadRequest("En række er på ingen liste. Dem på ingen liste kender man ikke: tag rækken ud.")
    power = 2 ** np.arange(k)
    seen = np.bincount((given.astype(int) * power).sum(axis=1), np.asarray(counts, float), 2**k)[1:]
    cells = (np.arange(1, 2**k)[:, None] // power) % 2
    return cells.astype(float), seen


def _pairs(cells: Array, by_list: Array) -> dict[str, Array]:
    """Each pair of lists that depend on each other, and with three lists each two such pairs."""
    k = cells.shape[1]
    single = {}
    for one in range(k):
        for other in range(one + 1, k):
            single[f"{one + 1}{other + 1}"] = (cells[:, one] * cells[:, other])[:, None]
    found = {}
    names = list(single)
    for at, name in enumerate(names):
        found[f"Mt + {name}"] = np.column_stack([by_list, single[name]])
        if k == 3:
            for second in names[at + 1 :]:
                found[f"Mt + {name} + {second}"] = np.column_stack([by_list, single[name], single[second]])
    return found


def fitted(name: str, seen: Array, design: Array, limits: bool = True) -> Model | None:
    """One model: N = seen + exp(b0), se = root of exp(b0) + exp(2 b0) Var b0; None where it has no end.

    The limits are those of the profile likelihood of the number unseen.
    """
    fit = poisson.fit(seen, design)
    if not fit.usable[0]:
        return None
    unseen = float(np.exp(fit.beta[0][0]))
    variance = unseen + unseen**2 * float(fit.covariance[0][0, 0])
    whole = float(seen.sum())
    n, se = whole + unseen, float(np.sqrt(variance))
    mean = fit.mean[0]
    loglik = float((special.xlogy(seen, mean) - mean - special.gammaln(seen + 1)).sum())
    low = high = float("nan")
    if limits:
        low, high = _profile(seen, design, unseen, se)
    deviance = float(fit.deviance[0])
    columns = design.shape[1]
    return Model(
        name, n, se, whole + low, whole + high, deviance, len(seen) - columns, 2 * columns - 2 * loglik
    )


def _profile(seen: Array, design: Array, unseen: float, se: float) -> tuple[float, float]:
    """Where the profile of the unseen cell (the multinomial of all, given N) falls by 1.92 (Cormack 1992)."""
    best = _at(seen, design, unseen)
    whole, width = float(seen.sum()), 1 + se

    def below(guess: float) -> bool:
        return 2 * (best - _at(seen, design, guess)) > PROFILE

    low = _crossing(below, unseen, max(unseen - 6 * width, 0.0))
    high = unseen + 2 * width
    while not below(high) and high < 100 * whole:
        high += 2 * width
    return low, _crossing(below, unseen, high)


def _crossing(below: Callable[[float], bool], inside: float, outside: float) -> float:
    """By bisection the point where the profile crosses the limit."""
    if not below(outside):
        return outside
    for _ in range(30):
        middle = (inside + outside) / 2
        if below(middle):
            outside = middle
        else:
            inside = middle
    return (inside + outside) / 2


def _at(seen: Array, design: Array, unseen: float) -> float:
    """The profile of the logL with the unseen cell set to a number, against the saturated one of all N."""
    row = np.zeros((1, design.shape[1]))
    row[0, 0] = 1
    fit = poisson.fit(np.append(unseen, seen), np.vstack([row, design]))
    whole = float(seen.sum()) + unseen
    return -float(fit.deviance[0]) / 2 + _choose(whole, unseen)


def _choose(whole: float, unseen: float) -> float:
    """What the number of ways to leave so many out adds, beside the saturated likelihood."""
    ways = float(special.gammaln(whole + 1) - special.gammaln(unseen + 1))
    return ways - float(special.xlogy(whole, whole) - whole) + float(special.xlogy(unseen, unseen) - unseen)
