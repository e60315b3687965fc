"""The improved rule: Noufaily, Enki, Farrington, Garthwaite, Andrews & Charlett 2013 (Statist. Med. 32)."""

import numpy as np
from numpy.typing import ArrayLike

from evidens.counts import Array
from evidens.judging import Judged, Series, ahead, reweighted, series_of

OUTBREAK = 2.58  # residuals above this are weighed down
CLOSE = 1e-9


def noufaily(
    series: ArrayLike,
    times: ArrayLike,
    *,
    per_year: int = 52,
    years: int = 5,
    half: int = 3,
    levels: int = 10,
    quantile: float = 0.995,
    gap: int = 26,
) -> Judged:
    """The improved rule of 2013.

    All weeks of the last years with a seasonal factor of `levels` levels and a trend, the last `gap` weeks
    left out, residuals above 2.58 weighed down, limits from the negative binomial.

    For monthly figures: per_year=12, half=1, levels=4, gap=3. Arguments and result as in `farrington`.
    """
    data = series_of(
        series,
        times,
        per_year * years + half,
        f"Noufailys regel kræver {years} hele år før den periode, der ses på.",
    )
    back = np.arange(-per_year * years - half, -gap)
    y = data.counts[:, data.times[:, None] + back[None, :]].reshape(-1, len(back))
    design, here = _seasonal_levels(back, per_year, half, levels)
    found = reweighted(y, design, OUTBREAK)
    plain = reweighted(y, design[:, [0, -1]], OUTBREAK)
    mean, _ = ahead(found, np.broadcast_to(here, (len(y), len(here))))
    flat, _ = ahead(plain, np.broadcast_to([1.0, 0.0], (len(y), 2)))
    mean = np.where(found.usable, mean, flat)
    mean = np.where(np.isnan(mean), 0.0, np.minimum(mean, np.maximum(_largest(y), CLOSE)))
    phi = np.nan_to_num(np.where(found.usable, found.phi, plain.phi), nan=1.0)
    return _by_quantile(data, mean, phi, quantile)


def _largest(y: Array) -> Array:
    """The largest count of each baseline; 0 where none is known."""
    unknown = np.isnan(y).all(axis=1, keepdims=True)
    return np.nan_to_num(np.nanmax(np.where(unknown, 0.0, y), axis=1))


def _seasonal_levels(back: Array, per_year: int, half: int, levels: int) -> tuple[Array, Array]:
    """Design of the baseline and of the tested week: level, `levels` - 1 seasonal steps, trend in years.

    The first level is the window around the tested week; the rest of the year is cut into equal parts.
    """
    phase = np.mod(back + half, per_year)
    window = 2 * half + 1
    part = np.where(phase < window, 0, 1 + (phase - window) * (levels - 1) // (per_year - window))
    steps = [(part == number).astype(float) for number in range(1, levels)]
    design = np.column_stack([np.ones(len(back)), *steps, back / per_year])
    return design, np.array([1.0, *np.zeros(levels - 1), 0.0])


def _by_quantile(series: Series, mean: Array, phi: Array, quantile: float) -> Judged:
    """Limits from the negative binomial; from the Poisson where nothing varies more than chance."""
    from scipy import stats

    shape, count = series.shape, series.judged
    mean, phi = mean.reshape(shape), np.maximum(phi.reshape(shape), 1.0)
    over = phi > 1 + CLOSE
    size = np.where(over, mean / np.maximum(phi - 1, CLOSE), 1.0)
    chance = np.where(over, size / (size + mean), 0.5)
    wide, narrow = stats.nbinom(np.maximum(size, CLOSE), chance), stats.poisson(mean)
    upper = np.where(over, wide.ppf(quantile), narrow.ppf(quantile))
    p = np.where(over, wide.sf(count - 1), narrow.sf(count - 1))
    return Judged(count, mean, upper, p, (count > upper) & series.enough(), np.ones(shape, bool))
