"""A rule for quarters and short histories: season and trend of the earlier years, and a wide limit."""

import numpy as np
from numpy.typing import ArrayLike

from evidens import poisson
from evidens.counts import Array
from evidens.judging import CASES, Judged, Series, ahead, series_of

FEWEST, MOST = 3, 5  # years behind the limit
Z95 = 1.959963984540054


def short_history(series: ArrayLike, times: ArrayLike, *, per_year: int, quantile: float = 0.975) -> Judged:
    """For quarters and short histories: season and linear trend of the last three to five years, carried on.

    The limit is that of a negative binomial with the mean that is expected and the variance of a prediction:
    the over-dispersion around the fit, widened by Student's quantile for its own uncertainty, and the error
    of the mean. Without a fit (a quarter that never had a case) it is that of the same quarter of the earlier
    years. Needs at least three earlier years.
    """
    data = series_of(
        series, times, FEWEST * per_year, "Der skal være mindst tre tidligere år at sammenligne med."
    )
    plain = _same_quarter(data, per_year, quantile)
    years = FEWEST
    if len(data.times):
        years = min(MOST, int(data.times.min() // per_year))
    back = np.arange(-years * per_year, 0)
    y = data.counts[:, data.times[:, None] + back[None, :]].reshape(-1, len(back))
    design = poisson.seasonal(len(back), per_year)
    found = poisson.fit(np.where(_all_seasons(y, per_year)[:, None], y, np.nan), design)
    here = np.zeros(design.shape[1])
    here[0], here[-1] = 1.0, len(back) / per_year + design[0, -1]
    mean, error = ahead(found, np.broadcast_to(here, (len(y), len(here))))
    free = np.maximum((~np.isnan(y)).sum(axis=1) - len(here), 1)
    trend = _predicted(data, mean, error, np.maximum(found.phi, 1.0), free, quantile)
    usable = found.usable.reshape(data.shape)
    return Judged(
        plain.count,
        np.where(usable, trend.expected, plain.expected),
        np.where(usable, trend.upper, plain.upper),
        np.where(usable, trend.p, plain.p),
        np.where(usable, trend.attention, plain.attention),
        usable,
    )


def _all_seasons(y: Array, per_year: int) -> Array:
    """Which histories have a case in each season, as a fit needs."""
    events = np.nan_to_num(y).reshape(len(y), -1, per_year).sum(axis=1)
    return np.asarray((events > 0).all(axis=1))


def _predicted(data: Series, mean: Array, error: Array, phi: Array, free: Array, quantile: float) -> Judged:
    """The judgement by a negative binomial whose variance is that of the next count around the mean."""
    from scipy import special, stats

    wide = (special.stdtrit(free, 0.975) / Z95) ** 2
    mean = np.nan_to_num(mean, nan=1.0)
    around = np.nan_to_num(phi * wide * mean + wide * error**2, nan=2.0).reshape(data.shape)
    mean = np.maximum(mean, 1e-9).reshape(data.shape)
    chance = np.minimum(mean / np.maximum(around, mean * (1 + 1e-9)), 1 - 1e-9)
    following = stats.nbinom(mean * chance / (1 - chance), chance)
    count, upper = data.judged, following.ppf(quantile)
    with np.errstate(invalid="ignore"):
        attention = (count > upper) & (count >= CASES)
    return Judged(count, mean, upper, following.sf(count - 1), attention, np.ones(count.shape, bool))


def _same_quarter(data: Series, per_year: int, quantile: float) -> Judged:
    """By the same quarter of the earlier years alone.

    With n earlier counts of sum s the next one is negative binomial with mean (s + 1/2) / n; at phi = 1 its
    probability is n / (n + 1), the predictive distribution under Jeffreys' prior, and over-dispersion phi
    among the earlier ones widens it. With three to five counts behind it the limit is wide.
    """
    from scipy import stats

    years = FEWEST
    if len(data.times):
        years = min(MOST, int(data.times.min() // per_year))
    past = data.counts[:, data.times[:, None] - per_year * np.arange(1, years + 1)[None, :]]
    n = np.maximum((~np.isnan(past)).sum(axis=2), 1)
    total = np.nansum(past, axis=2)
    mean = total / n
    squares = np.nansum((past - mean[..., None]) ** 2, axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = np.maximum(np.nan_to_num(squares / np.maximum(n - 1, 1) / mean, nan=1.0), 1.0)
    chance = n / (phi * (n + 1))  # the variance of the next count: phi * mean * (1 + 1 / n)
    following = stats.nbinom((total + 0.5) / n * chance / (1 - chance), chance)
    count = data.judged
    upper = following.ppf(quantile)
    with np.errstate(invalid="ignore"):
        attention = (count > upper) & (count >= CASES)
    no_trend = np.zeros(count.shape, bool)
    return Judged(count, mean, upper, following.sf(count - 1), attention, no_trend)
