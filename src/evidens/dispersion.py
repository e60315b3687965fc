"""How much more a series varies than chance alone, and the interval and test that bear it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens import offences, places, poisson, rates, waves
from evidens.counts import Array, Counts
from evidens.periods import PER_YEAR, Freq, Span, in_covid

HISTORY_YEARS: dict[Freq, int] = {"Y": 10, "Q": 5, "M": 5, "W": 5}


@dataclass(frozen=True)
class Spread:
    """Over-dispersion `phi` >= 1 of the sums that are compared, and what it rests on.

    The periods (0: none, and then 1 is assumed), the periods less the columns of the fit (`free`), how many
    periods a full history has, the degrees of freedom with those that places alike bring (`worth`), the
    autocorrelation `rho` from one period to the next, and `alone`, the over-dispersion of one sum by itself.
    `shared` is False where the file has too few places to see how long waves last.
    """

    phi: float = 1.0
    periods: int = 0
    free: int = 0
    wanted: int = 0
    worth: float = 0.0
    rho: float = 0.0
    alone: float = 1.0
    shared: bool = True

    @property
    def quantile(self) -> float:
        """The 97.5 % point: Student's where phi was estimated, the normal one where it is 1."""
        if self.phi > 1 and self.freedom:
            return float(special.stdtrit(self.freedom, 0.975))
        return rates.Z95

    @property
    def freedom(self) -> float:
        """The degrees of freedom behind phi: with what places alike bring, where they bring something."""
        if self.worth:
            return self.worth
        return self.free

    @property
    def widened(self) -> float:
        """phi with its own uncertainty: what makes a normal interval as wide as Student's."""
        return self.phi * (self.quantile / rates.Z95) ** 2


@dataclass(frozen=True)
class _Window:
    """The history that is looked at: positions on the time axis, and which of its periods count (bool).

    `design` has its seasons, trend, and a jump where law or registration changed.
    """

    begin: int
    end: int
    used: Array
    start: int
    design: Array

    def cut(self, series: Array) -> Array:
        """A series in the window, NaN in periods that do not count."""
        return np.where(self.used, series[self.begin : self.end], np.nan)


def dispersion(
    counts: Counts,
    place: places.Place,
    codes: Sequence[str],
    until: Span,
    beside: places.Place | None = None,
    span: Span | None = None,
) -> Spread:
    """Over-dispersion of sums as long as `until`, by the history before it (method: evidens.waves).

    The history is five years (ten of yearly figures) with seasons, linear trend and jumps of the level, one
    of them where law or registration changed; periods under the corona restrictions are left out.
    `span` is the later span (without it: the same periods a year or more after). With `beside` the fit is of
    the place's share: that of the rest of `beside` (or of all of it, where the place is not inside) is the
    offset, so that what moves both does not count. A spread of 1 from no periods where the history is too
    short or holds a season without events.
    """
    per_year = PER_YEAR[counts.freq]
    window = _window(counts, codes, until)
    if window is None:
        return Spread()
    history, offset = _history(counts, place, codes, beside, window)
    periods = int((np.isfinite(history) & np.isfinite(offset)).sum())
    if periods < _fewest(per_year) or not _every_season(history, per_year, window.start):
        return Spread()
    lag = per_year * -(-len(until) // per_year)
    if span is not None:
        lag = span.first.ordinal - until.first.ordinal
    pool, alike = _pool(counts, place, codes, beside, window)
    sums = waves.Sums(len(until), lag)
    found = waves.measured(history, offset, pool, sums, alike)
    if not found.usable:
        return Spread()
    wanted = HISTORY_YEARS[counts.freq] * per_year - 1
    alone = 1 + (found.inflation - 1) * sums.alone(found.rho) / sums.growth(found.rho)
    return Spread(
        found.inflation, periods, found.residual, wanted, found.free, found.rho, alone, pool.rho is not None
    )


def _window(counts: Counts, codes: Sequence[str], until: Span) -> _Window | None:
    """The years before a span, without marked periods where enough are left."""
    per_year = PER_YEAR[counts.freq]
    end = until.first.ordinal - counts.first.ordinal
    begin = max(0, end - HISTORY_YEARS[counts.freq] * per_year)
    if end <= 0:
        return None
    periods = [counts.first.next(step) for step in range(begin, end)]
    used = ~np.array([in_covid(Span(period, period)) for period in periods])
    if used.sum() < _fewest(per_year):
        used[:] = True
    start = periods[0].ordinal % per_year
    columns = [poisson.seasonal(end - begin, per_year, start)]
    for change in offences.breaks_within(codes, Span(periods[0], until.last), until):
        after = np.array([period.next().first_day() > change.at.first_day() for period in periods])
        if not change.part and after.any():
            used, column = _jump(used, after)
            columns += column
    return _Window(begin, end, used, start, np.column_stack(columns))


def _jump(used: Array, after: Array) -> tuple[Array, list[Array]]:
    """A change in the history as a column of its own; where one side is too short, without that side."""
    if (used & ~after).sum() < waves.APART:
        return used & after, []
    if (used & after).sum() < waves.APART:
        return used & ~after, []
    return used, [after[:, None].astype(float)]


def _history(
    counts: Counts, place: places.Place, codes: Sequence[str], beside: places.Place | None, window: _Window
) -> tuple[Array, Array]:
    """A place's counts in the window, and the logarithm of what they are a share of (0: of nothing)."""
    series = counts.series(place, codes)
    history = window.cut(series)
    if beside is None:
        return history, np.zeros(len(history))
    offset = np.log(window.cut(_rest(counts, place, codes, beside, series)))
    return np.where(np.isfinite(offset), history, np.nan), offset


def _every_season(history: Array, per_year: int, start: int) -> bool:
    """Whether each season has events: else its effect is infinite, and nothing can be fitted."""
    season = (np.arange(len(history)) + start) % per_year
    events = np.bincount(season, weights=np.nan_to_num(history), minlength=per_year)
    return bool((events > 0).all())


def _pool(
    counts: Counts, place: places.Place, codes: Sequence[str], beside: places.Place | None, window: _Window
) -> tuple[waves.Pool, bool]:
    """What the places of the file have in common, and whether the place is one of its kind among them.

    Municipalities, or districts for a district; computed once per table.
    """
    kind = "municipality"
    if place.kind == "district":
        kind = "district"
    key = ("pool", kind, tuple(codes), beside, window.begin, window.end)
    pool = counts.kept.get(key)
    if not isinstance(pool, waves.Pool):
        pool = _pooled(counts, kind, codes, beside, window)
        counts.kept[key] = pool
    if pool.moments is None and kind == "district":
        municipality = places.place(f"municipality:{place.members[0]}")
        return _pool(counts, municipality, codes, beside, window)[0], False
    return pool, place.kind == kind


def _pooled(
    counts: Counts, kind: str, codes: Sequence[str], beside: places.Place | None, window: _Window
) -> waves.Pool:
    per_year = PER_YEAR[counts.freq]
    rows, offsets = [], []
    for entry in places.entries(kind):
        history, offset = _history(counts, places.place(f"{kind}:{entry.code}"), codes, beside, window)
        known = np.isfinite(history) & np.isfinite(offset)
        if np.array_equal(known, window.used) and _every_season(history, per_year, window.start):
            rows.append(history)
            offsets.append(offset)
    if not rows:
        return waves.Pool(window.design)
    return waves.pooled(np.array(rows), window.design, np.array(offsets))


def _rest(
    counts: Counts, place: places.Place, codes: Sequence[str], beside: places.Place, series: Array
) -> Array:
    """The other place's series without the place's own part; NaN where nothing is left."""
    rest = counts.series(beside, codes)
    if places.inside(place, beside):
        rest = rest - series
    return np.where(rest > 0, rest, np.nan)


def _fewest(per_year: int) -> int:
    """How many known periods a fit must have."""
    if per_year == 1:
        return 6
    return per_year + 8


def percent(after: float, before: float) -> float | None:
    """Change in per cent to two decimals; None from 0.

    >>> percent(514, 885), percent(3, 0)
    (-41.92, None)
    """
    if not before:
        return None
    return round(100 * (after / before - 1), 2)


@dataclass(frozen=True)
class Limits:
    """A change in per cent (None: from 0) with its 95 % limits (None: no upper one).

    The limits at phi = 1 ("exact"), the p-value and the method's name stand beside.
    """

    change_pct: float | None
    low: float
    high: float | None
    exact: tuple[float, float | None]
    p: float
    method: str


def interval(after: int, before: int, spread: Spread) -> Limits:
    """Change, limits with the spread and at phi = 1, p-value and the method's name."""
    low, high = _limits(after, before, spread.widened)
    method = "exact conditional, minlike"
    p = float(rates.exact_p(after, before))
    if spread.phi > 1:
        method = (
            "exact conditional on effective counts, "
            f"widened by Student's {spread.freedom:.0f} degrees of freedom; p from the same limits"
        )
        p = float(rates.effective_p(after, before, spread.widened))
    return Limits(percent(after, before), low, high, _limits(after, before, 1.0), p, method)


def _limits(after: int, before: int, phi: float) -> tuple[float, float | None]:
    """Limits of the change in per cent."""
    low, high = rates.exact_interval(after, before, phi=phi)
    least = round(100 * (float(low) - 1), 2)
    if not np.isfinite(high):
        return least, None
    return least, round(100 * (float(high) - 1), 2)
