"""A list for attention: counts above what the same weeks of earlier years lead one to expect. Never an alarm.

Farrington, Andrews, Beale & Catchpole 1996 (J. R. Statist. Soc. A 159) and Noufaily, Enki, Farrington, Garthwaite, Andrews &
Charlett 2013 (Statist. Med. 32), written from the papers. At the usual settings the classic rule finds about a fifth of real
outbreaks and points to one ordinary week in forty: what it lists is worth a look.
"""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy import special

from evidens import poisson
from evidens.counts import Array, Counts
from evidens.errors import BadRequest, Unavailable
from evidens.offences import Choice
from evidens.periods import PER_YEAR, Period
from evidens.places import Place

Power = Literal["none", "1/2", "2/3"]
CASES, RECENT = 5, 4


@dataclass(frozen=True)
class Limits:
    """Prediction limits on a power scale: (lower, upper), the p-value of the count and its score (count - mean) / (upper - mean)."""

    lower: Array
    upper: Array
    p: Array
    score: Array


def limits(
    mean: Any, error: Any, phi: Any, count: Any, power: Power = "2/3", quantile: float = 0.975
) -> Limits:
    """Limits of a Poisson count with mean `mean`, standard error of the mean `error` and dispersion `phi` (Farrington 1996, sec. 3.6).

    `quantile` is one-sided: 0.975 is the classic choice at alpha = 0.05, 0.95 the one-sided one.

    >>> [round(float(x), 4) for x in (limits(5, 0.2, 1, 8, quantile=0.95).upper, limits(5, 0.2, 1, 8).upper)]
    [9.1155, 9.9932]
    """
    mean, count = np.asarray(mean, float), np.asarray(count, float)
    z = special.ndtri(quantile)
    with np.errstate(divide="ignore", invalid="ignore"):
        tau = phi + np.asarray(error, float) ** 2 / mean
        root = {"none": 1.0, "1/2": 0.5, "2/3": 2 / 3}[power]
        wide = root * z * np.sqrt(tau / mean)
        lower = mean * np.maximum(0, 1 - wide) ** (1 / root)
        upper = mean * (1 + wide) ** (1 / root)
        standard = (count**root - mean**root) / (root * mean ** (root - 0.5) * np.sqrt(tau))
        return Limits(lower, upper, special.ndtr(-standard), (count - mean) / (upper - mean))


@dataclass(frozen=True)
class Judged:
    """One judgement per (series, time): expected mean, upper limit, p, whether it is worth a look, and whether a trend was kept."""

    count: Array
    expected: Array
    upper: Array
    p: Array
    attention: Array
    trend: Array


def _baseline(times: Array, per_year: int, years: int, half: int) -> Array:
    """Positions of the baseline: int[tests, years * (2 half + 1)], oldest first."""
    back = [-per_year * year + step for year in range(years, 0, -1) for step in range(-half, half + 1)]
    return times[:, None] + np.array(back)[None, :]


def _weights(y: Array, mean: Array, phi: Array, leverage: Array, limit: float) -> Array:
    """Down-weights of large standardised Anscombe residuals: s^-2 where s exceeds the limit, scaled to sum to the number of points."""
    scale = mean ** (1 / 6) * np.sqrt(phi[:, None] * np.maximum(1 - leverage, 1e-10))
    s = 1.5 * (y ** (2 / 3) - mean ** (2 / 3)) / scale
    raw = np.where(s > limit, 1 / np.maximum(s, 1e-10) ** 2, 1.0)
    return raw * (y.shape[1] / raw.sum(axis=1, keepdims=True))


def _leverage(design: Array, found: poisson.Fit, weights: Array) -> Array:
    if design.ndim == 2:
        return weights * found.mean * ((design @ found.covariance) * design).sum(axis=2)
    return weights * found.mean * np.einsum("stp,spq,stq->st", design, found.covariance, design)


def _reweighted(y: Array, design: Array, limit: float) -> poisson.Fit:
    """Fit, weigh down past outbreaks, fit again."""
    first = poisson.fit(y, design)
    ones = np.ones_like(y)
    weights = np.where(
        first.usable[:, None], _weights(y, np.nan_to_num(first.mean, nan=1.0), np.nan_to_num(first.phi, nan=1.0),
                                        np.nan_to_num(_leverage(design, first, ones)), limit), 1.0,
    )  # fmt: skip
    return poisson.fit(y, design, weights=weights)


def _ahead(found: poisson.Fit, row: Array) -> tuple[Array, Array]:
    """Mean at the tested time and its standard error; `row` float64[tests, p] is the design there."""
    with np.errstate(over="ignore", invalid="ignore"):
        mean = np.exp((found.beta * row).sum(axis=1))
    variance = np.einsum("sp,spq,sq->s", row, found.covariance, row) * found.phi
    return mean, mean * np.sqrt(variance)


def farrington(
    series: Any,
    times: Any,
    *,
    per_year: int = 52,
    years: int = 5,
    half: int = 3,
    power: Power = "2/3",
    quantile: float = 0.975,
) -> Judged:
    """The classic rule of 1996. `series` float64[S, T] of counts, `times` int[n] positions to judge; results are float64[S, n].

    Baseline: the same `2 half + 1` weeks of each of the last `years` years. A log-linear quasi-Poisson trend, refitted with
    past outbreaks weighed down, is kept only when it is significant at 5 %, there are three years at least, and it does not
    predict more than the largest baseline count. Attention: above the limit, and at least five cases in the last four weeks.
    Raises BadRequest when the series begins too late.
    """
    series, times = np.atleast_2d(np.asarray(series, float)), np.asarray(times)
    if len(times) and times.min() < per_year * years + half:
        raise BadRequest(f"Farringtons regel kræver {years} hele år før den periode, der ses på.")
    where = _baseline(times, per_year, years, half)
    y = series[:, where].reshape(-1, where.shape[1])
    step = np.tile((where - times[:, None]).astype(float), (len(series), 1)) / per_year
    level = np.ones((*y.shape, 1))
    with_trend = _reweighted(y, np.concatenate([level, step[..., None]], axis=2), 1.0)
    alone = _reweighted(y, level, 1.0)
    mean, error = _ahead(with_trend, np.broadcast_to([1.0, 0.0], (len(y), 2)))
    flat, flat_error = _ahead(alone, np.ones((len(y), 1)))
    with np.errstate(invalid="ignore", divide="ignore"):
        t = np.abs(with_trend.beta[:, 1] / with_trend.error(1))
        sure = 2 * special.stdtr(y.shape[1] - 2, -t) < 0.05
        keep = with_trend.usable & sure & (mean <= y.max(axis=1)) & (years >= 3)
    mean, error = np.where(keep, mean, flat), np.where(keep, error, flat_error)
    phi = np.where(keep, with_trend.phi, alone.phi)
    return _judged(series, times, mean, error, phi, keep, power, quantile)


def _judged(
    series: Array,
    times: Array,
    mean: Array,
    error: Array,
    phi: Array,
    keep: Array,
    power: Power,
    quantile: float,
) -> Judged:
    """Limits and attention; a baseline without any case has limit 0."""
    shape = (len(series), len(times))
    count = series[:, times]
    never = np.isnan(mean)
    mean, error, phi = np.where(never, 0.0, mean), np.where(never, 0.0, error), np.where(never, 1.0, phi)
    found = limits(mean.reshape(shape), error.reshape(shape), phi.reshape(shape), count, power, quantile)
    empty = never.reshape(shape)
    upper, p = np.where(empty, 0.0, found.upper), np.where(empty, np.where(count > 0, 0.0, 1.0), found.p)
    recent = sum(series[:, np.maximum(times - back, 0)] for back in range(RECENT))
    return Judged(
        count,
        mean.reshape(shape),
        upper,
        p,
        (count > upper) & (np.asarray(recent) >= CASES),
        keep.reshape(shape),
    )


def noufaily(
    series: Any,
    times: Any,
    *,
    per_year: int = 52,
    years: int = 5,
    half: int = 3,
    levels: int = 10,
    quantile: float = 0.995,
    gap: int = 26,
) -> Judged:
    """The improved rule of 2013: all weeks of the last years with a seasonal factor of `levels` levels and a trend, the last
    `gap` weeks left out, residuals above 2.58 weighed down, limits from the negative binomial.

    For monthly figures: per_year=12, half=1, levels=4, gap=3. Arguments and result as in `farrington`.
    """
    series, times = np.atleast_2d(np.asarray(series, float)), np.asarray(times)
    if len(times) and times.min() < per_year * years + half:
        raise BadRequest(f"Noufailys regel kræver {years} hele år før den periode, der ses på.")
    back = np.arange(-per_year * years - half, -gap)
    where = times[:, None] + back[None, :]
    y = series[:, where].reshape(-1, len(back))
    design, ahead = _seasonal_levels(back, per_year, half, levels)
    found = _reweighted(y, design, 2.58)
    plain = _reweighted(y, design[:, [0, -1]], 2.58)
    mean, _ = _ahead(found, np.broadcast_to(ahead, (len(y), len(ahead))))
    flat, _ = _ahead(plain, np.broadcast_to([1.0, 0.0], (len(y), 2)))
    largest = np.nan_to_num(np.nanmax(np.where(np.isnan(y).all(axis=1)[:, None], 0.0, y), axis=1))
    mean = np.where(found.usable, mean, flat)
    mean = np.where(np.isnan(mean), 0.0, np.minimum(mean, np.maximum(largest, 1e-9)))
    phi = np.nan_to_num(np.where(found.usable, found.phi, plain.phi), nan=1.0)
    return _by_quantile(series, times, mean, phi, quantile)


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


def _by_quantile(series: Array, times: Array, mean: Array, phi: Array, quantile: float) -> Judged:
    from scipy import stats

    shape = (len(series), len(times))
    count, mean, phi = series[:, times], mean.reshape(shape), np.maximum(phi.reshape(shape), 1.0)
    over = phi > 1 + 1e-9
    size = np.where(over, mean / np.maximum(phi - 1, 1e-9), 1.0)
    chance = np.where(over, size / (size + mean), 0.5)
    upper = np.where(
        over, stats.nbinom.ppf(quantile, np.maximum(size, 1e-9), chance), stats.poisson.ppf(quantile, mean)
    )
    p = np.where(
        over, stats.nbinom.sf(count - 1, np.maximum(size, 1e-9), chance), stats.poisson.sf(count - 1, mean)
    )
    recent = sum(series[:, np.maximum(times - back, 0)] for back in range(RECENT))
    return Judged(
        count, mean, upper, p, (count > upper) & (np.asarray(recent) >= CASES), np.ones(shape, bool)
    )


def short_history(series: Any, times: Any, *, per_year: int, quantile: float = 0.975) -> Judged:
    """For quarters and short histories: the same quarter of the earlier years, negative-binomial predictive limit.

    With n earlier counts of sum s the next one is negative binomial with mean (s + 1/2) / n; at phi = 1 its probability is
    n / (n + 1), the predictive distribution under Jeffreys' prior, and over-dispersion phi among the earlier ones widens it.
    With three to five counts behind it
    the limit is wide: only large rises show. Needs at least three earlier years.
    """
    from scipy import stats

    series, times = np.atleast_2d(np.asarray(series, float)), np.asarray(times)
    if len(times) and times.min() < 3 * per_year:
        raise BadRequest("Der skal være mindst tre tidligere år at sammenligne med.")
    years = min(5, int(times.min() // per_year)) if len(times) else 3
    past = series[:, times[:, None] - per_year * np.arange(1, years + 1)[None, :]]
    n = np.maximum((~np.isnan(past)).sum(axis=2), 1)
    total = np.nansum(past, axis=2)
    mean = total / n
    with np.errstate(divide="ignore", invalid="ignore"):
        phi = np.nan_to_num(
            np.nansum((past - mean[..., None]) ** 2, axis=2) / np.maximum(n - 1, 1) / mean, nan=1.0
        )
    phi = np.maximum(phi, 1.0)
    chance = n / (phi * (n + 1))  # the variance of the next count: phi * mean * (1 + 1 / n)
    size = (total + 0.5) / n * chance / (1 - chance)
    count = series[:, times]
    upper = stats.nbinom.ppf(quantile, size, chance)
    with np.errstate(invalid="ignore"):
        attention = (count > upper) & (count >= CASES)
    return Judged(
        count, mean, upper, stats.nbinom.sf(count - 1, size, chance), attention, np.zeros(count.shape, bool)
    )


@dataclass(frozen=True)
class Seen:
    """A line of the attention list."""

    place: Place
    offence: str
    period: Period
    count: int
    expected: float
    upper: float
    p: float
    method: str


@dataclass(frozen=True)
class Attention:
    """The list, how many series were looked at, which lacked figures, and what the method can and cannot see, in words."""

    period: Period
    rows: tuple[Seen, ...]
    looked_at: int
    left_out: tuple[str, ...]
    method: str
    limits_da: str


SAID = {
    "farrington": "Reglen finder omkring hver femte virkelige stigning og peger på en ud af 40 almindelige uger. "
    "Det er værd at se på, ikke en alarm.",
    "noufaily": "Reglen sammenligner med fem års sæson og tendens. Det er værd at se på, ikke en alarm.",
    "short_history": "Der er kun få tidligere år at sammenligne med, så kun store stigninger ses, og først når perioden er gået. "
    "Det er værd at se på, ikke en alarm.",
}


FITS = {"farrington": "W", "noufaily": "WM", "short_history": "WMQY"}
FREQUENCIES = str.maketrans({"W": " ugetal", "M": " månedstal", "Q": " kvartalstal", "Y": " årstal"})


def attention(
    counts: Counts, where: list[Place], chosen: list[Choice], period: Period, method: str | None = None
) -> Attention:
    """What stands out in one period: every place and offence (a group is one series), with the method that the data's periods allow.

    Weekly figures take the classic rule, monthly ones Noufaily's, quarterly ones the short history; raises Unavailable when
    the history is too short for any of it.
    """
    method = method or {"W": "farrington", "M": "noufaily"}.get(counts.freq, "short_history")
    if method not in SAID:
        raise BadRequest(f"Metoden {method} kendes ikke. Vælg {', '.join(SAID)}.")
    if counts.freq not in FITS[method]:
        raise BadRequest(
            f"{method} er lavet til {FITS[method].translate(FREQUENCIES).strip()}. Udelad --method, så vælges en, der passer."
        )
    at = np.array([period.ordinal - counts.first.ordinal])
    if at[0] < 0 or at[0] >= counts.cube.shape[2]:
        raise Unavailable(
            f"{period.words()} er ikke i tallene, der går fra {counts.first} til {counts.latest}."
        )
    per_year = PER_YEAR[counts.freq]
    pairs = [(place, offence) for place in where for offence in chosen]
    series = np.array([counts.series(place, offence.codes) for place, offence in pairs])
    years = 3 if method == "short_history" else 5
    whole = ~np.isnan(series[:, max(0, at[0] - years * per_year) : at[0] + 1]).any(axis=1)
    rows = series[whole]
    if not len(rows):
        raise Unavailable(f"Ingen af serierne har tal for {period.words()} og årene før.")
    try:
        if method == "farrington":
            found = farrington(rows, at, per_year=per_year)
        elif method == "noufaily":
            months = {"half": 1, "levels": 4, "gap": 3} if counts.freq == "M" else {}
            found = noufaily(rows, at, per_year=per_year, **months)
        else:
            found = short_history(rows, at, per_year=per_year)
    except BadRequest as error:
        if "kræver" in str(error) or "mindst tre" in str(error):
            raise Unavailable(str(error)) from None
        raise
    listed = [
        Seen(place, offence.name, period, int(found.count[n, 0]), round(float(found.expected[n, 0]), 1), round(float(found.upper[n, 0]), 1),
             float(found.p[n, 0]), method)
        for n, (place, offence) in enumerate(pair for pair, good in zip(pairs, whole, strict=True) if good)
        if found.attention[n, 0]
    ]  # fmt: skip
    listed.sort(key=lambda row: row.p)
    gone = tuple(
        f"{offence.name} {place.at()}"
        for (place, offence), good in zip(pairs, whole, strict=True)
        if not good
    )
    return Attention(period, tuple(listed), int(whole.sum()), gone, method, SAID[method])
