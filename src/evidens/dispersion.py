"""How much more a series varies than chance alone, and the interval and test that bear it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import special

from evidens import places, poisson, rates
from evidens.counts import Counts
from evidens.periods import PER_YEAR, Freq, Span

HISTORY_YEARS: dict[Freq, int] = {"Y": 10, "Q": 5, "M": 5, "W": 5}


@dataclass(frozen=True)
class Spread:
    """Over-dispersion `phi` >= 1, the periods it rests on (0: none, and then 1 is assumed), its degrees of freedom, and how
    many periods a full history has."""

    phi: float = 1.0
    periods: int = 0
    free: int = 0
    wanted: int = 0

    @property
    def quantile(self) -> float:
        """The 97.5 % point: Student's where phi was estimated, the normal one where it is 1."""
        return float(special.stdtrit(self.free, 0.975)) if self.phi > 1 and self.free else rates.Z95

    @property
    def widened(self) -> float:
        """phi with its own uncertainty: what makes a normal interval as wide as Student's."""
        return self.phi * (self.quantile / rates.Z95) ** 2


def dispersion(
    counts: Counts, place: places.Place, codes: Sequence[str], until: Span, beside: places.Place | None = None
) -> Spread:
    """Over-dispersion of a place's series before `until` begins.

    Pearson's statistic per degree of freedom of a Poisson fit with seasons and linear trend over the last five years
    (ten for yearly figures). With `beside` the fit is of the place's share: that of the rest of `beside` (or of all of it,
    where the place is not inside) is the offset, so that what moves both does not count. A spread of 1 from no
    periods where the history is too short or holds a season without events.
    """
    end = until.first.ordinal - counts.first.ordinal
    begin = max(0, end - HISTORY_YEARS[counts.freq] * PER_YEAR[counts.freq])
    if end <= 0:
        return Spread()
    series, rest = counts.series(place, codes), None
    if beside is not None:
        rest = counts.series(beside, codes) - (series if set(place.members) <= set(beside.members) else 0)
        rest = np.where(rest > 0, rest, np.nan)[begin:end]
    history, per_year = series[begin:end], PER_YEAR[counts.freq]
    known = int((~np.isnan(history if rest is None else history + rest)).sum())
    if known < (6 if per_year == 1 else per_year + 8):
        return Spread()
    start = (counts.first.ordinal + begin) % per_year
    found = poisson.fit_seasonal(history, per_year, start, rest)
    return (
        Spread(
            float(found.phi[0]), known, known - found.beta.shape[1], HISTORY_YEARS[counts.freq] * per_year - 1
        )
        if found.usable[0]
        else Spread()
    )


def percent(after: float, before: float) -> float | None:
    """Change in per cent to two decimals; None from 0.

    >>> percent(514, 885), percent(3, 0)
    (-41.92, None)
    """
    return round(100 * (after / before - 1), 2) if before else None


def interval(after: int, before: int, spread: Spread) -> dict[str, Any]:
    """Change, limits with the spread and at phi = 1 ("exact"), p-value and the method's name; limits in per cent, None: no upper one."""

    def pair(phi: float) -> tuple[float | None, float | None]:
        low, high = rates.exact_interval(after, before, phi=phi)
        return round(100 * (float(low) - 1), 2), round(100 * (float(high) - 1), 2) if np.isfinite(
            high
        ) else None

    low, high = pair(spread.widened)
    method = "exact conditional, minlike"
    p = float(rates.exact_p(after, before))
    if spread.phi > 1:
        method = f"exact conditional on effective counts, widened by Student's {spread.free} degrees of freedom; p from the same limits"
        p = float(rates.effective_p(after, before, spread.widened))
    return {
        "change_pct": percent(after, before),
        "low": low,
        "high": high,
        "exact": pair(1.0),
        "p": p,
        "method": method,
    }
