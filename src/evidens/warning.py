"""A list for attention: counts above what the same weeks of earlier years lead one to expect. Never an alarm.

Farrington et al. 1996 and Noufaily et al. 2013, written from the papers. At the usual settings the classic
rule finds about a fifth of real outbreaks and points to one ordinary week in forty: what it lists is worth a
look.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np

from evidens.counts import Array, Counts
from evidens.ears import NEEDED, ears
from evidens.errors import BadRequest, Unavailable
from evidens.farrington import farrington
from evidens.judging import Judged, Limits, limits
from evidens.noufaily import noufaily
from evidens.offences import Choice
from evidens.periods import PER_YEAR, Freq, Period, Span, in_covid
from evidens.places import Place
from evidens.short_history import short_history

__all__ = [
    "Attention",
    "Judged",
    "Limits",
    "Seen",
    "attention",
    "farrington",
    "limits",
    "noufaily",
    "short_history",
]

SAID = {
    "farrington": "Reglen finder omkring hver femte virkelige stigning "
    "og peger på en ud af 40 almindelige uger. "
    "Det er værd at se på, ikke en alarm.",
    "noufaily": "Reglen sammenligner med fem års sæson og tendens. Det er værd at se på, ikke en alarm.",
    "short_history": "Der sammenlignes med sæson og tendens i tre til fem tidligere år, så kun store "
    "stigninger ses, og først når perioden er gået. "
    "Det er værd at se på, ikke en alarm.",
    "ears": "Reglen (EARS C2) ser på syv perioder i træk og hverken sæson eller tendens. "
    "Det er værd at se på, ikke en alarm.",
}
USUAL: dict[Freq, str] = {"W": "farrington", "M": "noufaily", "Q": "short_history", "Y": "short_history"}
FITS = {"farrington": "W", "noufaily": "WM", "short_history": "WMQY", "ears": "WM"}
FREQUENCIES = {"W": "ugetal", "M": "månedstal", "Q": "kvartalstal", "Y": "årstal"}
BY_CHANCE = {"farrington": 71 / 2708, "noufaily": 0.005, "short_history": 0.025, "ears": 0.015}
BASELINE = {"farrington": 5, "noufaily": 5, "short_history": 3}  # years; EARS takes nine periods


@dataclass(frozen=True)
class Seen:
    """A line of the attention list; no `p` by a rule that has none."""

    place: Place
    offence: str
    period: Period
    count: int
    expected: float
    upper: float
    p: float | None
    method: str


@dataclass(frozen=True)
class Attention:
    """The list, how many series were looked at and which lacked figures, and what the method can see.

    `by_chance` is how many of them chance alone would put on the list, by the rule's own rate.
    """

    period: Period
    rows: tuple[Seen, ...]
    looked_at: int
    by_chance: float
    left_out: tuple[str, ...]
    method: str
    limits_da: str


def attention(
    counts: Counts, where: list[Place], chosen: list[Choice], period: Period, method: str | None = None
) -> Attention:
    """What stands out in one period: every place and offence (a group is one series).

    Without a method, weekly figures take the classic rule, monthly ones Noufaily's, quarterly ones the short
    history. Raises BadRequest when a method does not fit the data, and Unavailable when the history is too
    short for it.
    """
    method = _method(counts, method)
    at = period.ordinal - counts.first.ordinal
    if at < 0 or at >= counts.cube.shape[2]:
        raise Unavailable(
            f"{period.words()} er ikke i tallene, der går fra {counts.first} til {counts.latest}."
        )
    pairs = list(product(where, chosen))
    begins = max(0, at - _needed(method, PER_YEAR[counts.freq]))
    known, gone, rows = [], [], []
    for place, offence in pairs:
        series = counts.series(place, offence.codes)
        if _changed(counts, offence, begins, period):
            gone.append(f"{offence.name} {place.at()} (ændret lov eller registrering)")
        elif np.isnan(series[begins : at + 1]).any():
            gone.append(f"{offence.name} {place.at()}")
        else:
            known.append((place, offence))
            if method != "ears":
                series = _without_corona(counts, series, at)
            rows.append(series)
    if not rows:
        raise Unavailable(f"Ingen af serierne har tal for {period.words()} og årene før.")
    found = _judge(method, np.array(rows), at, counts.freq)
    listed = []
    for n, (place, offence) in enumerate(known):
        if found.attention[n, 0]:
            listed.append(_seen(place, offence, period, found, n, method))
    listed.sort(key=_rarest)
    by_chance = round(BY_CHANCE[method] * len(rows), 1)
    return Attention(period, tuple(listed), len(rows), by_chance, tuple(gone), method, SAID[method])


def _rarest(row: Seen) -> tuple[float, float]:
    """The least likely first, and without a probability the farthest above the limit."""
    over = -row.count / max(row.upper, 1.0)
    if row.p is None:
        return 1.0, over
    return row.p, over


def _needed(method: str, per_year: int) -> int:
    """How many periods before the judged one a rule looks at."""
    if method == "ears":
        return NEEDED["C2"]
    return BASELINE[method] * per_year


def _without_corona(counts: Counts, series: Array, at: int) -> Array:
    """The series with the earlier periods under the corona restrictions as unknown."""
    found = series.copy()
    for step, period in enumerate(counts.axis()[:at]):
        if in_covid(Span(period, period)):
            found[step] = np.nan
    return found


def _changed(counts: Counts, offence: Choice, begins: int, period: Period) -> bool:
    """Whether a change of law or registration lies between the baseline and the period that is judged."""
    baseline = Span(counts.first.next(begins), period)
    return any(not change.part for change in offence.breaks_within(baseline, baseline))


def _method(counts: Counts, method: str | None) -> str:
    if not method:
        return USUAL[counts.freq]
    if method not in SAID:
        raise BadRequest(f"Metoden {method} kendes ikke. Vælg {', '.join(SAID)}.")
    if counts.freq not in FITS[method]:
        fitting = " ".join(FREQUENCIES[freq] for freq in FITS[method])
        raise BadRequest(f"{method} er lavet til {fitting}. Udelad --method, så vælges en, der passer.")
    return method


def _judge(method: str, rows: Array, at: int, freq: Freq) -> Judged:
    """The judgement of one period; raises Unavailable when the history is too short."""
    times, per_year = np.array([at]), PER_YEAR[freq]
    try:
        if method == "ears":
            return ears(rows, times)
        if method == "farrington":
            return farrington(rows, times, per_year=per_year)
        if method == "short_history":
            return short_history(rows, times, per_year=per_year)
        if freq == "M":
            return noufaily(rows, times, per_year=per_year, half=1, levels=4, gap=3)
        return noufaily(rows, times, per_year=per_year)
    except BadRequest as error:
        more = ""
        if freq in FITS["ears"] and method != "ears":
            more = " Med få perioder kan --method ears bruges."
        raise Unavailable(f"{error}{more}") from None


def _seen(place: Place, offence: Choice, period: Period, found: Judged, n: int, method: str) -> Seen:
    p: float | None = float(found.p[n, 0])
    if np.isnan(found.p[n, 0]):
        p = None
    return Seen(
        place,
        offence.name,
        period,
        int(found.count[n, 0]),
        round(float(found.expected[n, 0]), 1),
        round(float(found.upper[n, 0]), 1),
        p,
        method,
    )
