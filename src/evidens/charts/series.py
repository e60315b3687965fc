"""A place's counts over time, with what season and trend lead one to expect."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evidens import poisson
from evidens.charts.drawing import Row
from evidens.counts import Array, Counts
from evidens.errors import Unavailable
from evidens.offences import Choice
from evidens.periods import PER_YEAR, Period, Span
from evidens.places import Place

YEARS = 5  # of history behind an expectation
QUARTER = {"da": "{number}. kv. {year}", "en": "Q{number} {year}"}


@dataclass(frozen=True)
class Expected:
    """float64[time] each: the mean, and where 95 of 100 single periods would lie."""

    mean: Array
    low: Array
    high: Array


def series(counts: Counts, place: Place, codes: Sequence[str], span: Span) -> Array:
    """float64[time] of a span, NaN where not known; raises Unavailable outside the data."""
    where = counts.positions(span)
    if where[0] < 0 or where[-1] >= counts.cube.shape[2]:
        raise Unavailable(
            f"Tallene går fra {counts.first} til {counts.latest}, så {span.words()} er ikke med."
        )
    return counts.series(place, codes)[where]


def expected(series: Array, span: Span) -> Expected | None:
    """What season and linear trend lead one to expect; None when the series is too short.

    Quantiles of the Poisson, or of the negative binomial with the fit's dispersion.
    """
    from scipy import stats

    per_year = PER_YEAR[span.first.freq]
    if (~np.isnan(series)).sum() < 2 * per_year + 2:
        return None
    found = poisson.fit_seasonal(series, per_year, span.first.ordinal % per_year)
    if not found.usable[0]:
        return None
    mean, phi = found.mean[0], float(found.phi[0])
    if phi > 1 + 1e-9:
        around = stats.nbinom(mean / (phi - 1), 1 / phi)
    else:
        around = stats.poisson(mean)
    return Expected(mean, around.ppf(0.025), around.ppf(0.975))


def rows(counts: Counts, place: Place, offence: Choice, span: Span, lang: str) -> list[Row]:
    """A row per period, with the expectation and whether the count lies outside it where there is one.

    `past_year` is the sum of the year that ends with the period, where all of it is known and in the span.
    """
    shown = series(counts, place, offence.codes, span)
    per_year = PER_YEAR[span.first.freq]
    band, since = _band(counts, place, offence, span)
    found = []
    for n, period in enumerate(span.periods()):
        row: Row = {"n": n, "period": label(period, lang), "count": None, "past_year": None}
        if not np.isnan(shown[n]):
            row["count"] = int(shown[n])
        year = shown[max(0, n + 1 - per_year) : n + 1]
        if len(year) == per_year and not np.isnan(year).any():
            row["past_year"] = int(year.sum())
        if band is not None and n >= since:
            row["expected"] = round(float(band.mean[n]), 1)
            row["low"] = round(float(band.low[n]), 1)
            row["high"] = round(float(band.high[n]), 1)
            row["outside"] = row["count"] is not None and not row["low"] <= row["count"] <= row["high"]
        found.append(row)
    return found


def _band(counts: Counts, place: Place, offence: Choice, span: Span) -> tuple[Expected | None, int]:
    """The expectation over a span, and the first period that has one.

    It rests on the span, or on the five years up to its end where the span is shorter. Nothing is expected
    across a change of definition.
    """
    freq = span.first.freq
    earlier = max(0, YEARS * PER_YEAR[freq] - len(span))
    whole = Span(Period(freq, max(counts.first.ordinal, span.first.ordinal - earlier)), span.last)
    fitted = series(counts, place, offence.codes, whole).copy()
    for change in offence.breaks_within(whole, whole):
        if not change.part:
            old = [period.first_day() < change.at.first_day() for period in whole.periods()]
            fitted[old] = np.nan
    band = expected(fitted, whole)
    if band is None:
        return None, 0
    before = len(whole) - len(span)
    since = int(np.flatnonzero(~np.isnan(fitted))[0]) - before
    return Expected(band.mean[before:], band.low[before:], band.high[before:]), since


def label(period: Period, lang: str) -> str:
    """A period's short name."""
    if period.freq == "Q":
        return QUARTER[lang].format(number=period.number, year=period.year)
    return period.words(lang)
