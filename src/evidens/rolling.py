"""The same periods of several years side by side, and the last whole year at every period."""

from dataclasses import dataclass

import numpy as np

from evidens.counts import Counts
from evidens.errors import Unavailable
from evidens.offences import Choice
from evidens.periods import PER_YEAR, Period, Span
from evidens.places import Place


@dataclass(frozen=True)
class YearsOf:
    """A place's counts in the same periods of several years; None where not known.

    `redefined` are the years that a change of law or registration parts from the year before.
    """

    place: Place
    spans: tuple[Span, ...]
    counts: tuple[int | None, ...]
    redefined: tuple[int, ...]


def side_by_side(counts: Counts, offence: Choice, place: Place, span: Span, years: int) -> YearsOf:
    """The periods of `span` in that year and the years before it, the oldest first."""
    spans = [span.year_before(back) for back in range(years - 1, -1, -1)]
    found: list[int | None] = []
    redefined = []
    for one in spans:
        found.append(_known(counts, offence, place, one))
        changes = offence.breaks_within(one, one.year_before())
        if one is not spans[0] and any(not change.part for change in changes):
            redefined.append(one.first.year)
    return YearsOf(place, tuple(spans), tuple(found), tuple(redefined))


def _known(counts: Counts, offence: Choice, place: Place, span: Span) -> int | None:
    try:
        return counts.count(place, offence.codes, span)
    except Unavailable:
        return None


def whole_years(counts: Counts, offence: Choice, place: Place) -> list[tuple[Period, int | None]]:
    """At each period the sum of the year that ends with it, as four quarters; None where not known."""
    per_year = PER_YEAR[counts.freq]
    series = counts.series(place, offence.codes)
    if len(series) < per_year:
        return []
    sums = np.convolve(series, np.ones(per_year), "valid")
    found: list[tuple[Period, int | None]] = []
    for period, total in zip(counts.axis()[per_year - 1 :], sums.tolist(), strict=True):
        if np.isfinite(total):
            found.append((period, round(total)))
        else:
            found.append((period, None))
    return found
