"""Interrupted series: one series before and after a day, by segmented Poisson regression.

Season, linear trend and a jump of the level at the day, and a change of slope where the time after is long
enough and it is asked for (Wagner et al. 2002; Bernal, Cummins & Gasparrini 2017). With a comparison series
its logarithm is the offset, so that what moves both does not count.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens import poisson
from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation import threats
from evidens.evaluation.effect import Effect, Sight, ratio_limits, smallest_fall
from evidens.evaluation.waving import Waving, correlation, measured
from evidens.reservations import SMALL, Reservation
from evidens.sentence.words import number, percent

METHOD = (
    "segmented Poisson regression (Bernal et al. 2017), phi {phi:.2f}, autocorrelation {rho:.2f}, Student's "
    "{free:.0f} degrees of freedom{compared}"
)
COMPARED = ", comparison series as offset"
RESTS_ON = "serien før, ført videre uden ændring"
FEWEST_BEFORE, FEWEST_AFTER = 8, 3
SLOPE_FROM = 8  # periods after, from which on a slope can be told from a level


@dataclass(frozen=True)
class Series:
    """Counts by period, float64[T]; `start` is the position of the first period after, `season` of the first.

    `per_year` periods make a year (1: no season). `comparison` float64[T] is a series that was not touched,
    all above 0. `population` float64[T] is what the counts are out of.
    """

    counts: Array
    start: int
    per_year: int = 4
    season: int = 0
    comparison: Array | None = None
    population: Array | None = None

    @property
    def offset(self) -> Array:
        """The logarithm of what the counts are a share of."""
        whole = np.ones(len(self.counts))
        for part in (self.comparison, self.population):
            if part is not None:
                whole = whole * np.asarray(part, float)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray(np.log(whole))


def its(series: Series, slope: bool = False, expected: float | None = None) -> Effect:
    """The level after as a ratio to what the series' own season and trend made one expect.

    With `slope` the ratio is that of the middle of the time after. `expected` is the fall in per cent that
    is hoped for. Raises BadRequest where there are too few periods, and Unavailable where a season has no
    events.
    """
    _check(series, slope)
    design = _design(series, slope)
    found = poisson.fit(series.counts, design, series.offset)
    if not found.usable[0]:
        raise Unavailable("Serien kan ikke beregnes: en årstid, eller tiden efter, har ingen hændelser.")
    error = measured(series.counts, found.mean[0], design)
    at = _contrast(series, design.shape[1])
    log = float(at @ found.beta[0])
    spread = float(np.sqrt(at @ error.covariance @ at))
    ratio, low, high = ratio_limits(log, spread, error.quantile)
    after = series.counts[series.start :]
    foreseen = float(found.mean[0][series.start :].sum() / ratio)
    details: dict[str, object] = {
        "before": float(series.counts[: series.start].sum()),
        "after": float(after.sum()),
        "expected_after": foreseen,
        "phi": error.phi,
        "rho": error.rho,
        "p": float(2 * special.stdtr(error.free, -abs(log / spread))),
    }
    compared = ""
    if series.comparison is not None:
        compared = COMPARED
    return Effect(
        "its",
        "ratio",
        ratio,
        spread,
        low,
        high,
        METHOD.format(phi=error.phi, rho=error.rho, free=error.free, compared=compared),
        power_for(series, slope, expected),
        _sentence(series, foreseen, ratio, low, high),
        tuple(_needed(series, slope, error)),
        details,
    )


def power_for(series: Series, slope: bool = False, expected: float | None = None) -> Sight:
    """The smallest fall that would show, from the series before alone, carried on without a change."""
    _check(series, slope)
    whole = _design(series, slope)
    before = slice(0, series.start)
    width = series.per_year + 1
    past = poisson.fit(series.counts[before], whole[before, :width], series.offset[before])
    if not past.usable[0]:
        return Sight(None, "%", RESTS_ON, expected)
    error = measured(series.counts[before], past.mean[0], whole[before, :width])
    mean = np.exp(whole[:, :width] @ past.beta[0] + series.offset)
    hat = np.linalg.pinv(whole * np.sqrt(mean)[:, None])
    covariance = error.phi * hat @ correlation(len(mean), error.rho) @ hat.T
    at = _contrast(series, whole.shape[1])
    return Sight(smallest_fall(float(np.sqrt(at @ covariance @ at))), "%", RESTS_ON, expected)


def _check(series: Series, slope: bool) -> None:
    counts = np.asarray(series.counts, float)
    before, after = series.start, len(counts) - series.start
    if not np.isfinite(counts).all() or counts.min(initial=0) < 0:
        raise BadRequest("Serien skal være hel: et antal på 0 eller mere i hver periode.")
    needed = max(FEWEST_BEFORE, series.per_year + 4)
    if before < needed:
        raise BadRequest(f"Der er {before} perioder før. Der skal være mindst {needed}.")
    if after < FEWEST_AFTER:
        raise BadRequest(f"Der er {after} perioder efter. Der skal være mindst {FEWEST_AFTER}.")
    if slope and after < SLOPE_FROM:
        raise BadRequest(f"En hældning kræver mindst {SLOPE_FROM} perioder efter; der er {after}.")
    if not np.isfinite(series.offset).all():
        raise BadRequest("Sammenligningen (og folketallet) skal være over 0 i hver periode.")


def _design(series: Series, slope: bool) -> Array:
    """Seasons, trend, the level after, and its slope (0 in the middle of the time after, in years)."""
    periods = len(series.counts)
    after = (np.arange(periods) >= series.start).astype(float)
    columns = [poisson.seasonal(periods, series.per_year, series.season), after[:, None]]
    if slope:
        middle = (series.start + periods - 1) / 2
        columns.append((after * (np.arange(periods) - middle) / series.per_year)[:, None])
    return np.column_stack(columns)


def _contrast(series: Series, width: int) -> Array:
    """Picks the coefficient of the level after."""
    at = np.zeros(width)
    at[series.per_year + 1] = 1
    return at


def _needed(series: Series, slope: bool, error: Waving) -> list[Reservation]:
    told = [threats.NOT_CAUSE, threats.SAME_TIME]
    if series.comparison is None:
        told = [threats.NO_COMPARISON, threats.SAME_TIME]
    if error.rho > 0.1:
        told.append(threats.WAVES)
    if not slope and len(series.counts) - series.start < SLOPE_FROM:
        told.append(threats.FEW_AFTER)
    if min(series.counts[: series.start].sum(), series.counts[series.start :].sum()) < SMALL:
        told.append(threats.SMALL_COUNTS)
    return told


def _sentence(series: Series, foreseen: float, ratio: float, low: float, high: float) -> str:
    after = float(series.counts[series.start :].sum())
    path = "seriens egen udvikling"
    if series.comparison is not None:
        path = "seriens og sammenligningens udvikling"
    counts = f"{number(after)} efter, hvor {path} pegede på {number(foreseen)}"
    alone = ""
    if series.comparison is None:
        alone = " Uden sammenligning er det en ændring og ikke en virkning."
    if low <= 1 <= high:
        return f"{counts}; ingen klar ændring."
    if after < SMALL:
        return f"{counts}; tallene er for små til en procent."
    word = "under"
    if ratio > 1:
        word = "over"
    ends = sorted([abs(100 * (low - 1)), abs(100 * (high - 1))])
    limits = f"95 %-interval {number(ends[0])} til {number(ends[1])} %"
    return f"{counts}. Det er {percent(100 * (ratio - 1))} {word} ({limits}).{alone}"
