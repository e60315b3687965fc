"""Difference in differences over a table of places and periods, by Poisson regression.

One treated place is compared with placebos (`evidens.evaluation.placebo`); a few are judged by giving their
treatment to places that had none, at random; from ten on the error is robust to clusters.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.evaluation import placebo, threats
from evidens.evaluation.effect import Z95, Effect, Sight, ratio_limits, smallest_fall
from evidens.evaluation.twoway import TwoWay, two_way
from evidens.reservations import SMALL, Reservation
from evidens.sentence.words import number, percent

ENOUGH = 10  # treated and untreated places, from which on a cluster-robust error is to be trusted
DRAWS = 199
BY_CHANCE = (
    "two-way Poisson regression; error and p from {n} random placebo treatments of untreated places "
    "(Fisher's randomisation)"
)
BY_CLUSTER = "two-way Poisson regression, cluster-robust error, Student's {free:.0f} degrees of freedom"


@dataclass(frozen=True)
class Table:
    """Counts of places over time, float64[N, T], and where and when there was treatment (1 there, else 0)."""

    names: tuple[str, ...]
    counts: Array
    treatment: Array

    @property
    def treated(self) -> Array:
        """bool[N]: the places that were treated at any time."""
        return np.asarray((self.treatment > 0).any(axis=1))


@dataclass(frozen=True)
class _Found:
    """The effect on the logarithm, its error, quantile and p, the middle of the placebos, and the method."""

    log: float
    error: float
    quantile: float
    p: float
    method: str


def did(table: Table, seed: int = 1, least: float = placebo.LEAST, expected: float | None = None) -> Effect:
    """The treated places' change as a ratio to what the others' change would have given.

    With one treated place that is `placebo` on its counts before and after. `least` holds for the places of
    a single placebo; `seed` for the random ones. `expected` is the fall in per cent that is hoped for.
    Raises BadRequest, and Unavailable where there is nothing before or nothing after.
    """
    treated = table.treated
    if not treated.any():
        raise BadRequest("Intet sted har fået indsatsen i de valgte perioder.")
    if treated.sum() == 1:
        return _one(table, least, expected)
    fit = two_way(table.counts, table.treatment)
    if min(treated.sum(), (~treated).sum()) >= ENOUGH:
        found = _by_cluster(fit)
    else:
        found = _by_chance(table, fit, seed)
    ratio, low, high = ratio_limits(found.log, found.error, found.quantile)
    before, after = _sums(table)
    earlier, told = _earlier(table, found)
    details: dict[str, object] = {
        "before": before,
        "after": after,
        "treated": int(treated.sum()),
        "places": len(treated),
        "p": found.p,
        "phi": fit.phi,
        "poisson_se": fit.se,
        "earlier_ratio": earlier,
    }
    return Effect(
        "did",
        "ratio",
        ratio,
        found.error,
        low,
        high,
        found.method,
        Sight(smallest_fall(found.error), "%", f"tallene fra {len(treated)} steder", expected),
        _sentence(before, after, int(treated.sum()), ratio, low, high),
        tuple(_needed(before, after, treated, told)),
        details,
    )


def _one(table: Table, least: float, expected: float | None) -> Effect:
    """One treated place: its time before and after, and the same of the others."""
    row = int(np.flatnonzero(table.treated)[0])
    on = table.treatment[row] > 0
    if on.all():
        raise BadRequest("Der er ingen perioder før indsatsen.")
    before, after = table.counts[:, ~on].sum(axis=1), table.counts[:, on].sum(axis=1)
    panel = placebo.Panel(table.names, before, after, float((~on).sum()), float(on.sum()))
    return placebo.placebo(panel, table.names[row], least=least, expected=expected)


def _by_cluster(fit: TwoWay) -> _Found:
    free = min(fit.treated, fit.units - fit.treated) - 1
    error = fit.cluster_se
    if error is None:
        raise BadRequest("Der skal være mindst to steder med og to uden indsats.")
    p = float(2 * special.stdtr(free, -abs(fit.beta / error)))
    quantile = float(special.stdtrit(free, 0.975))
    return _Found(fit.beta, error, quantile, p, BY_CLUSTER.format(free=free))


def _by_chance(table: Table, fit: TwoWay, seed: int) -> _Found:
    """The treatment given to untreated places at random: what it then seems to do."""
    random = np.random.default_rng(seed)
    rows = np.flatnonzero(~table.treated)
    given = table.treatment[table.treated]
    if len(rows) < 2 * len(given):
        raise BadRequest(
            f"{len(given)} steder har fået indsatsen og kun {len(rows)} ikke. Der skal være mindst "
            "dobbelt så "
            "mange at sammenligne med."
        )
    counts, placed = table.counts[rows], np.zeros((len(rows), table.counts.shape[1]))
    betas, errors = np.empty(DRAWS), np.empty(DRAWS)
    for draw in range(DRAWS):
        placed[:] = 0
        placed[random.choice(len(rows), len(given), replace=False)] = given
        fake = two_way(counts, placed)
        betas[draw], errors[draw] = fake.beta, fake.se
    middle, spread = float(np.median(betas)), float(betas.std(ddof=1))
    more = max(0.0, fit.se**2 - float((errors**2).mean()))
    log = fit.beta - middle
    far = 1 + int((np.abs(betas - middle) >= abs(log)).sum())
    error = float(np.sqrt(spread**2 + more))
    return _Found(log, error, Z95, far / (DRAWS + 1), BY_CHANCE.format(n=DRAWS))


def _sums(table: Table) -> tuple[int, int]:
    """The treated places' events without and with treatment."""
    seen, on = table.counts[table.treated], table.treatment[table.treated] > 0
    return int(seen[~on].sum()), int(seen[on].sum())


def _earlier(table: Table, found: _Found) -> tuple[float | None, Reservation]:
    """What a treatment halfway through the time before would seem to have done: places should be level."""
    begin = int(np.argmax((table.treatment > 0).any(axis=0)))
    if begin < 4:
        return None, threats.PATHS_UNSEEN
    fake = np.zeros((len(table.counts), begin))
    fake[np.ix_(table.treated, np.arange(begin) >= begin // 2)] = 1
    log = two_way(table.counts[:, :begin], fake).beta
    if abs(log) > found.quantile * found.error:
        return float(np.exp(log)), threats.PATHS_APART
    return float(np.exp(log)), threats.PATHS_ALIKE


def _needed(before: int, after: int, treated: Array, told: Reservation) -> list[Reservation]:
    needed = [threats.NOT_CAUSE, told, threats.SAME_TIME, threats.NO_DISPLACEMENT]
    if treated.sum() < ENOUGH:
        needed.append(threats.FEW_TREATED)
    if min(before, after) < SMALL:
        needed.append(threats.SMALL_COUNTS)
    return needed


def _sentence(before: int, after: int, treated: int, ratio: float, low: float, high: float) -> str:
    counts = f"{treated} steder med indsats: {number(before)} før og {number(after)} efter"
    if low <= 1 <= high:
        return f"{counts}; ingen klar forskel fra de andres udvikling."
    if min(before, after) < SMALL:
        return f"{counts}; tallene er for små til en procent."
    limits = f"95 %-interval {number(100 * low)} til {number(100 * high)} %"
    return f"{counts}. Det er {percent(100 * ratio)} af det, de andres udvikling ville have givet ({limits})."
