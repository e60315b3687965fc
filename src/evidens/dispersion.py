"""How much more a series varies than chance alone, and the interval and test that bear it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens import places, poisson, rates
from evidens.counts import Array, Counts
from evidens.periods import PER_YEAR, Freq, Span

HISTORY_YEARS: dict[Freq, int] = {"Y": 10, "Q": 5, "M": 5, "W": 5}


@dataclass(frozen=True)
class Spread:
    """Over-dispersion `phi` >= 1, and what it rests on.

    The periods (0: none, and then 1 is assumed), the degrees of freedom, and how many periods a full history
    has.
    """

    phi: float = 1.0
    periods: int = 0
    free: int = 0
    wanted: int = 0

    @property
    def quantile(self) -> float:
        """The 97.5 % point: Student's where phi was estimated, the normal one where it is 1."""
        if self.phi > 1 and self.free:
            return float(special.stdtrit(self.free, 0.975))
        return rates.Z95

    @property
    def widened(self) -> float:
        """phi with its own uncertainty: what makes a normal interval as wide as Student's."""
        return self.phi * (self.quantile / rates.Z95) ** 2


def dispersion(
    counts: Counts, place: places.Place, codes: Sequence[str], until: Span, beside: places.Place | None = None
) -> Spread:
    """Over-dispersion of a place's series before `until` begins.

    Pearson's statistic per degree of freedom of a Poisson fit with seasons and linear trend over the last
    five years (ten for yearly figures). With `beside` the fit is of the place's share: that of the rest of
    `beside` (or of all of it, where the place is not inside) is the offset, so that what moves both does not
    count. A spread of 1 from no periods where the history is too short or holds a season without events.
    """
    per_year = PER_YEAR[counts.freq]
    years = HISTORY_YEARS[counts.freq]
    end = until.first.ordinal - counts.first.ordinal
    begin = max(0, end - years * per_year)
    if end <= 0:
        return Spread()
    series = counts.series(place, codes)
    history = series[begin:end]
    rest = None
    known = np.isfinite(history)
    if beside is not None:
        rest = _rest(counts, place, codes, beside, series)[begin:end]
        known = known & np.isfinite(rest)
    periods = int(known.sum())
    if periods < _fewest(per_year):
        return Spread()
    start = (counts.first.ordinal + begin) % per_year
    found = poisson.fit_seasonal(history, per_year, start, rest)
    if not found.usable[0]:
        return Spread()
    return Spread(float(found.phi[0]), periods, periods - found.beta.shape[1], years * per_year - 1)


def _rest(
    counts: Counts, place: places.Place, codes: Sequence[str], beside: places.Place, series: Array
) -> Array:
    """The other place's series without the place's own part; NaN where nothing is left."""
    rest = counts.series(beside, codes)
    if set(place.members) <= set(beside.members):
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
            f"widened by Student's {spread.free} degrees of freedom; p from the same limits"
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
