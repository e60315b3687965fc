"""A rule for quarters and short histories: the same quarter of the earlier years, and a wide limit."""

import numpy as np
from numpy.typing import ArrayLike

from evidens.judging import CASES, Judged, series_of

FEWEST, MOST = 3, 5  # years behind the limit


def short_history(series: ArrayLike, times: ArrayLike, *, per_year: int, quantile: float = 0.975) -> Judged:
    """For quarters and short histories: the same quarter of the earlier years.

    The limit is that of the negative-binomial prediction.

    With n earlier counts of sum s the next one is negative binomial with mean (s + 1/2) / n; at phi = 1 its
    probability is n / (n + 1), the predictive distribution under Jeffreys' prior, and over-dispersion phi
    among the earlier ones widens it. With three to five counts behind it the limit is wide: only large rises
    show. Needs at least three earlier years.
    """
    from scipy import stats

    data = series_of(
        series, times, FEWEST * per_year, "Der skal være mindst tre tidligere år at sammenligne med."
    )
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
