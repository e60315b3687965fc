"""The classic rule for weekly counts: Farrington, Andrews, Beale & Catchpole 1996 (J. R. Statist. Soc.

A 159).
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from evidens.counts import Array
from evidens.judging import Judged, Power, Series, ahead, limits, reweighted, series_of

SURE, YEARS = 0.05, 3  # a trend is kept only when it is that sure, and from that many years on


def farrington(
    series: ArrayLike,
    times: ArrayLike,
    *,
    per_year: int = 52,
    years: int = 5,
    half: int = 3,
    power: Power = "2/3",
    quantile: float = 0.975,
) -> Judged:
    """The classic rule of 1996.

    `series` float64[S, T] of counts, `times` int[n] positions to judge; results are float64[S, n].

    Baseline: the same `2 half + 1` weeks of each of the last `years` years. A log-linear quasi-Poisson trend,
    refitted with past outbreaks weighed down, is kept only when it is significant at 5 %, there are three
    years at least, and it does not predict more than the largest baseline count. Attention: above the limit,
    and at least five cases in the last four weeks. Raises BadRequest when the series begins too late.
    """
    data = series_of(
        series,
        times,
        per_year * years + half,
        f"Farringtons regel kræver {years} hele år før den periode, der ses på.",
    )
    where = _baseline(data.times, per_year, years, half)
    y = data.counts[:, where].reshape(-1, where.shape[1])
    step = np.tile((where - data.times[:, None]).astype(float), (len(data.counts), 1)) / per_year
    level = np.ones((*y.shape, 1))
    with_trend = reweighted(y, np.concatenate([level, step[..., None]], axis=2), 1.0)
    alone = reweighted(y, level, 1.0)
    mean, error = ahead(with_trend, np.broadcast_to([1.0, 0.0], (len(y), 2)))
    flat, flat_error = ahead(alone, np.ones((len(y), 1)))
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.abs(with_trend.beta[:, 1] / with_trend.error(1))
        sure = 2 * special.stdtr(y.shape[1] - 2, -t) < SURE
        keep = with_trend.usable & sure & (mean <= y.max(axis=1)) & (years >= YEARS)
    mean, error = np.where(keep, mean, flat), np.where(keep, error, flat_error)
    phi = np.where(keep, with_trend.phi, alone.phi)
    return _judged(data, mean, error, phi, keep, power, quantile)


def _baseline(times: Array, per_year: int, years: int, half: int) -> Array:
    """Positions of the baseline: int[tests, years * (2 half + 1)], oldest first."""
    window = np.arange(-half, half + 1)
    begins = -per_year * np.arange(years, 0, -1)
    back = (begins[:, None] + window[None, :]).ravel()
    return times[:, None] + back[None, :]


def _judged(
    series: Series, mean: Array, error: Array, phi: Array, keep: Array, power: Power, quantile: float
) -> Judged:
    """Limits and attention; a baseline without any case has limit 0."""
    shape, count = series.shape, series.judged
    empty = np.isnan(mean).reshape(shape)
    mean = np.where(empty, 0.0, mean.reshape(shape))
    error = np.where(empty, 0.0, error.reshape(shape))
    phi = np.where(empty, 1.0, phi.reshape(shape))
    found = limits(mean, error, phi, count, power, quantile)
    upper = np.where(empty, 0.0, found.upper)
    p = np.where(empty, np.where(count > 0, 0.0, 1.0), found.p)
    return Judged(count, mean, upper, p, (count > upper) & series.enough(), keep.reshape(shape))
