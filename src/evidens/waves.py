"""How much sums of neighbouring periods vary: counts that come in waves, over a level that may have moved.

The model of a series: Poisson counts around season, trend and level, with an extra variance that fades by a
factor `rho` from period to period (an AR(1) wave). Its two parts are found by their moments in the residuals
of a Poisson fit, with the exact expectation under the fitted design, since a fit with season and trend
takes much of a slow wave out of few periods. `rho` is pooled over places. A level that jumped is found first
(the idea of Chen & Liu 1993) and fitted, so that one step in the history is not taken for a wave. The
variance of one place is moved towards that of places like it (empirical Bayes; Smyth 2004).
"""

from dataclasses import dataclass

import numpy as np

from evidens import poisson
from evidens.counts import Array

RHOS = np.arange(0.0, 0.96, 0.05)
USUAL, TRUST = 0.5, 0.3  # rho where nothing is known, and how far from it some evidence takes it
JUMP = 1.5  # a step must explain so many times more than the rest, per period of history
FINE, TINY = 40, 1e-9  # places in a history where a jump is looked for, about; what stands for nothing
ENOUGH = 12  # periods beside the columns of a fit: with fewer a jump and a wave cannot be told apart
EDGE = 1  # a level lasts at least so many periods
APART = 3  # and one on each side of a change of law at least so many
WILD, SEVERAL = 2, 0.25  # up to here a jump may be a wave, where no larger share of the places has one
FEW, ROUNDS = 5, 3  # places from which something common is learned; rounds of weighing them
SOME, CELLS = 20, 6000  # places at least, and cells about, that something common is learned from
LEAST_FREE, MOST_FREE = 4.0, 60.0  # degrees of freedom: at least, and what the others can bring


@dataclass(frozen=True)
class Sums:
    """Two sums of `length` neighbouring periods, `lag` periods apart."""

    length: int
    lag: int

    def growth(self, rho: float) -> float:
        """What an extra variance of 1 per period becomes in the ratio of the two sums; 1 where rho is 0.

        >>> Sums(4, 4).growth(0.0), round(Sums(4, 4).growth(0.8), 2)
        (1.0, 1.35)
        """
        at = np.concatenate([np.arange(self.length), np.arange(self.length) + self.lag])
        side = np.repeat([-1.0, 1.0], self.length)
        return float(side @ rho ** np.abs(at[:, None] - at[None, :]) @ side / (2 * self.length))

    def alone(self, rho: float) -> float:
        """The same of one of the sums by itself, around the level that the place has in the long run."""
        at = np.arange(self.length)
        return float((rho ** np.abs(at[:, None] - at[None, :])).sum() / self.length)


@dataclass(frozen=True)
class Wave:
    """What was found: the variance of sums against that of Poisson counts, and its degrees of freedom.

    `rho` is the autocorrelation, `residual` the periods less the columns of the fit, `steps` how many jumps
    of the level the own history has, `usable` whether the series could be fitted.
    """

    inflation: float
    free: float
    rho: float
    residual: int
    steps: int
    usable: bool = True


@dataclass(frozen=True)
class _Moments:
    """Of each series: its mean, Pearson's sum and its lagged part, and what both are expected to be.

    `base` and `base_lag` under Poisson counts; `extra` and `extra_lag` float64[rho, series] per unit of extra
    variance; `left` float64[S, n, n] takes what the fit explains out, `scale` float64[S, n] is the root of
    the mean against its average.
    """

    mean: Array
    total: Array
    lagged: Array
    base: Array
    base_lag: Array
    extra: Array
    extra_lag: Array
    left: Array
    scale: Array

    def more(self, rho: float) -> Array:
        """The extra variance per period of each series; below 0 by chance."""
        return (self.total - self.base) / self.extra[_at(rho)]


@dataclass(frozen=True)
class Pool:
    """What places have in common: the design with the jumps they share, and the autocorrelation.

    `each` and `by_mean` are their usual extra variance per period, by itself and per case in the mean;
    `moments` what it rests on (None: too few places).
    """

    design: Array
    rho: float | None = None
    each: float = 0.0
    by_mean: float = 0.0
    moments: _Moments | None = None


def pooled(counts: Array, design: Array, offset: Array) -> Pool:
    """What is common to series alike, float64[S, T] with NaN in the same periods.

    `offset` is a logarithm, or 0.
    """
    known = np.isfinite(counts[0])
    if len(counts) < FEW:
        return Pool(design)
    if not np.any(offset):
        design = _stepped(counts.sum(axis=0), design, np.zeros(known.shape), known)
    counts, offset = _some(counts, offset)
    found = poisson.fit(counts, design, offset)
    rows, mean = counts[found.usable], found.mean[found.usable]
    if len(rows) < FEW:
        return Pool(design)
    residuals = (rows - mean)[:, known] / np.sqrt(mean[:, known])
    gain = np.zeros(len(rows))
    if known.sum() >= design.shape[1] + ENOUGH:
        gain, _ = _best_step(residuals, design[known])
    limit = JUMP * known.sum()
    if (gain > limit).mean() <= SEVERAL:
        limit *= WILD  # few: the largest waves, which belong to what is usual
    still = gain <= limit
    if still.sum() < FEW:
        return Pool(design)
    parts = _moments(rows[still], mean[still], design)
    rho = _rho(parts)
    each, by_mean = _usual(parts, rho)
    return Pool(design, rho, each, by_mean, parts)


def _some(counts: Array, offset: Array) -> tuple[Array, Array]:
    """Of many long series some, from the smallest to the largest: enough to learn from, and quicker."""
    most = max(SOME, CELLS // counts.shape[1])
    if len(counts) <= most:
        return counts, offset
    order = np.argsort(np.nansum(counts, axis=1), kind="stable")
    chosen = order[np.linspace(0, len(order) - 1, most).astype(int)]
    return counts[chosen], offset[chosen]


def measured(series: Array, offset: Array, pool: Pool, sums: Sums, alike: bool = True) -> Wave:
    """The inflation of the variance of the ratio of two sums of a series float64[T].

    With `alike` it is moved towards what is usual in the pool for a place of its size; without, only the
    shared jumps and the autocorrelation are taken from there.
    """
    known = np.isfinite(series)
    design = _stepped(series, pool.design, offset, known)
    found = poisson.fit(series[None, :], design, offset[None, :])
    if not found.usable[0]:
        return Wave(1.0, 0.0, 0.0, 0, 0, usable=False)
    mine = _moments(series[None, :], found.mean, design)
    rho = pool.rho
    if rho is None:
        rho = _rho(mine)
    inflation = 1 + float(mine.more(rho)[0]) * sums.growth(rho)
    free = _free(mine, 0, rho, sums, inflation)
    if alike and pool.moments is not None:
        usual = 1 + (pool.each + pool.by_mean * float(mine.mean[0])) * sums.growth(rho)
        brings = _brings(pool, pool.moments, rho, sums)
        inflation = (free * max(inflation, 0.0) + brings * usual) / (free + brings)
        free += brings
    free = max(free, LEAST_FREE)
    steps = design.shape[1] - pool.design.shape[1]
    return Wave(max(1.0, inflation), free, rho, int(known.sum()) - design.shape[1], steps)


def _stepped(series: Array, design: Array, offset: Array, known: Array) -> Array:
    """The design with the jumps of a level that are too large for a wave."""
    found = poisson.fit(series[None, :], design, offset[None, :])
    if not found.usable[0] or known.sum() < design.shape[1] + ENOUGH:
        return design
    mean = found.mean[0]
    residual = ((series - mean) / np.sqrt(mean))[known]
    gain, steps = _best_step(residual[None, :], design[known])
    if gain[0] <= JUMP * known.sum():
        return design
    columns = [design]
    positions = np.flatnonzero(known)
    for step in steps:
        columns.append((np.arange(len(series)) >= positions[step])[:, None].astype(float))
    return np.column_stack(columns)


def _best_step(residuals: Array, design: Array) -> tuple[Array, tuple[int, ...]]:
    """How much better each series is with one or two jumps, as F; and the jumps of the first series.

    In long histories jumps are looked for at every few periods only.
    """
    n, width = design.shape
    out = np.eye(n) - design @ np.linalg.pinv(design)
    rest = residuals @ out
    whole = (rest**2).sum(axis=1)
    at = np.arange(EDGE, n - EDGE + 1, max(1, n // FINE))
    columns = out @ (np.arange(n)[:, None] >= at[None, :])
    cross, along = columns.T @ columns, rest @ columns
    one = _ratio(along**2 / np.maximum(np.diag(cross), TINY), whole, 1, n - width - 1)
    first, second = np.triu_indices(len(at), EDGE)
    a, b, c = cross[first, first], cross[second, second], cross[first, second]
    x, y = along[:, first], along[:, second]
    both = (b * x**2 - 2 * c * x * y + a * y**2) / np.maximum(a * b - c**2, TINY)
    two = _ratio(np.where(a * b - c**2 > 1e-6, both, 0.0), whole, 2, n - width - 2)
    steps: tuple[int, ...] = (int(at[one[0].argmax()]),)
    if two.shape[1] and two[0].max() > one[0].max():
        pair = int(two[0].argmax())
        steps = (int(at[first[pair]]), int(at[second[pair]]))
    return np.maximum(one.max(axis=1), two.max(axis=1, initial=0.0)), steps


def _ratio(gained: Array, whole: Array, jumps: int, free: int) -> Array:
    """F of each series (rows) and each jump; the rest is never taken to vary less than chance alone."""
    left = np.maximum((whole[:, None] - gained) / max(free, 1), 1.0)
    return gained / jumps / left


def _moments(counts: Array, mean: Array, design: Array) -> _Moments:
    known = np.isfinite(counts[0])
    at = np.flatnonzero(known)
    root = np.sqrt(mean[:, known])
    residual = (counts[:, known] - mean[:, known]) / root
    weighted = root[:, :, None] * design[known][None, :, :]
    left = np.eye(len(at)) - weighted @ np.linalg.pinv(weighted)
    lag = (np.abs(at[:, None] - at[None, :]) == 1) / 2.0
    scale = root / np.sqrt(mean[:, known].mean(axis=1, keepdims=True))
    lagged = left @ lag @ left
    extra, extra_lag = [], []
    for rho in RHOS:
        wave = rho ** np.abs(at[:, None] - at[None, :]) * scale[:, :, None] * scale[:, None, :]
        extra.append(np.einsum("sij,sji->s", left, wave))
        extra_lag.append(np.einsum("sij,sji->s", lagged, wave))
    return _Moments(
        mean=mean[:, known].mean(axis=1),
        total=(residual**2).sum(axis=1),
        lagged=np.einsum("si,ij,sj->s", residual, lag, residual),
        base=np.einsum("sii->s", left),
        base_lag=np.einsum("sii->s", lagged),
        extra=np.array(extra),
        extra_lag=np.array(extra_lag),
        left=left,
        scale=scale,
    )


def _at(rho: float) -> int:
    return int(np.argmin(np.abs(RHOS - rho)))


def _rho(parts: _Moments) -> float:
    """The autocorrelation at which the lagged products are what the extra variance leads one to expect.

    Series count by what is usual for their size, and with little extra variance in few series it stays USUAL.
    """
    best, least = USUAL, np.inf
    for rho in RHOS.tolist():
        each, by_mean = _usual(parts, rho)
        size = 1 + each + by_mean * parts.mean
        off = parts.lagged - parts.base_lag - parts.more(rho) * parts.extra_lag[_at(rho)]
        gap = float((off / size).sum())
        cost = gap**2 / (float(parts.base.sum()) / 2) + ((rho - USUAL) / TRUST) ** 2
        if cost < least:
            best, least = rho, cost
    return float(best)


def _usual(parts: _Moments, rho: float) -> tuple[float, float]:
    """The usual extra variance per period, by itself and per case in the mean, neither below 0."""
    from scipy.optimize import nnls

    columns = np.column_stack([np.ones(len(parts.mean)), parts.mean])
    more = parts.more(rho)
    weight = 1 / (1 + parts.mean / parts.mean.mean())
    for _ in range(ROUNDS):
        found, _ = nnls(columns * weight[:, None], more * weight)
        weight = 1 / (1 + columns @ found)
    return float(found[0]), float(found[1])


def _free(part: _Moments, row: int, rho: float, sums: Sums, inflation: float) -> float:
    """Degrees of freedom of a series' own inflation (Satterthwaite 1946)."""
    grown = sums.growth(rho)
    value = max(1.0, inflation)
    scale, left = part.scale[row], part.left[row]
    steps = np.arange(len(scale))
    wave = rho ** np.abs(steps[:, None] - steps[None, :]) * scale[:, None] * scale[None, :]
    whole = left @ (np.eye(len(scale)) + (value - 1) / grown * wave)
    variance = 2 * float((whole * whole.T).sum()) * (grown / float(part.extra[_at(rho), row])) ** 2
    return 2 * value**2 / variance


def _brings(pool: Pool, parts: _Moments, rho: float, sums: Sums) -> float:
    """How many degrees of freedom the others bring: few where places differ more than chance makes them."""
    usual = 1 + (pool.each + pool.by_mean * parts.mean) * sums.growth(rho)
    seen = (1 + parts.more(rho) * sums.growth(rho)) / usual
    chance = 0.0
    for row, value in enumerate(usual.tolist()):
        chance += 2 / _free(parts, row, rho, sums, value) / len(usual)
    excess = float(np.mean((seen - 1) ** 2)) - chance
    if excess <= 2 / MOST_FREE:
        return MOST_FREE
    return 2 / excess
