"""From counts by municipality and quarter to what difference in differences compares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evidens import offences, places
from evidens.counts import Array, Counts
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation.placebo import Panel
from evidens.periods import Span, in_covid
from evidens.reservations import CORONA, Reservation

JUMP = 3.0  # standard errors between two years, from which on they differ by more than chance


@dataclass(frozen=True)
class Asked:
    """An offence by municipality in some spans before and some after."""

    counts: Counts
    offence: offences.Choice
    before: tuple[Span, ...]
    after: tuple[Span, ...]

    def reservations(self, treated: places.Place) -> list[Reservation]:
        """What must be known beside the figures: corona, small changes of definition, a series that jumps."""
        told = self._jumps(treated)
        for change in self._breaks():
            told.append(Reservation("definition_part", change.text_da, change.text_en))
        if any(in_covid(span) for span in (*self.before, *self.after)):
            told.append(CORONA)
        return told

    def _jumps(self, treated: places.Place) -> list[Reservation]:
        """Whether the years before differ more than by chance: a high one falls by itself."""
        each = [self.counts.count(treated, self.offence.codes, span) for span in self.before]
        low, high = min(each), max(each)
        if high - low <= JUMP * np.sqrt(high + low):
            return []
        return [
            Reservation(
                "jumps",
                f"Årene før går fra {low} til {high}. Et højt år falder af sig selv.",
                f"The years before run from {low} to {high}. A high year falls by itself.",
            )
        ]

    def _breaks(self) -> list[offences.Break]:
        return self.offence.breaks_within(self.after[-1], self.before[0])


@dataclass(frozen=True)
class Paths:
    """The way of the treated place beside the others, year by year: 100 is the average of the time before.

    `years` are names of spans, `own` and `rest` float64[Y], `low` and `high` hold 95 of 100 of the placebos;
    `counts` the treated place's own.
    """

    years: tuple[str, ...]
    counts: Array
    own: Array
    rest: Array
    low: Array
    high: Array


def spans(counts: Counts, years: str, quarters: Sequence[int] = ()) -> tuple[Span, ...]:
    """One span per year: whole years, or the quarters of each.

    Raises BadRequest on anything but years ("2016..2019") and on quarters that do not follow each other.

    >>> from evidens.sources.example import example
    >>> [str(span) for span in spans(example(), "2018..2019", (1, 2, 3))]
    ['2018Q1..2018Q3', '2019Q1..2019Q3']
    """
    asked = Span.parse(years)
    if asked.first.freq != "Y":
        raise BadRequest(f"{years} skal være år, fx 2016..2019.")
    found = []
    for period in asked.periods():
        text = str(period)
        if quarters:
            if (
                list(quarters) != list(range(quarters[0], quarters[-1] + 1))
                or not 1 <= quarters[0] <= quarters[-1] <= 4
            ):
                raise BadRequest("Kvartalerne skal følge hinanden, fx 1-3.")
            text = f"{period}Q{quarters[0]}..{period}Q{quarters[-1]}"
        found.append(counts.span(text))
    return tuple(found)


def panel(asked: Asked, treated: places.Place) -> Panel:
    """Municipalities with every cell known, before and after.

    Raises BadRequest where the treated place is no municipality or the offence was defined anew on the way,
    and Unavailable where the treated place is not known.
    """
    if treated.kind != "municipality":
        raise BadRequest("Stedet skal være en kommune, fx municipality:860.")
    if asked.before[-1].last.ordinal >= asked.after[0].first.ordinal:
        raise BadRequest("Tiden før skal ligge før tiden efter.")
    for change in asked.offence.breaks_within(asked.after[-1], asked.before[0]):
        if not change.part:
            raise BadRequest(f"Tallene kan ikke sammenlignes: {change.text_da}")
    names, before, after = [], [], []
    for entry in places.entries("municipality"):
        place = places.place(f"municipality:{entry.code}")
        try:
            first, second = (_sum(asked, place, part) for part in (asked.before, asked.after))
        except Unavailable:
            if place.code == treated.code:
                raise
            continue
        names.append(entry.name)
        before.append(first)
        after.append(second)
    years = [sum(span.years for span in part) for part in (asked.before, asked.after)]
    return Panel(tuple(names), np.array(before, float), np.array(after, float), years[0], years[1])


def _sum(asked: Asked, place: places.Place, part: tuple[Span, ...]) -> int:
    total = 0
    for span in part:
        total += asked.counts.count(place, asked.offence.codes, span)
    return total


def paths(asked: Asked, treated: places.Place, years: tuple[Span, ...], least: float) -> Paths:
    """How the treated place and the others went, year by year; others have at least `least` before."""
    whole = panel(asked, treated)
    codes = {entry.name: entry.code for entry in places.entries("municipality")}
    table = []
    for name in whole.names:
        place = places.place(f"municipality:{codes[name]}")
        table.append([asked.counts.count(place, asked.offence.codes, span) for span in years])
    counts = np.array(table, float)
    rates = counts / np.array([span.years for span in years])
    level = (whole.before / whole.years_before)[:, None]
    own = np.array([codes[name] == treated.code for name in whole.names])
    low, high = np.quantile((100 * rates / level)[(whole.before >= least) & ~own], [0.025, 0.975], axis=0)
    return Paths(
        tuple(map(str, years)),
        counts[own][0],
        (100 * rates / level)[own][0],
        100 * rates[~own].sum(axis=0) / level[~own].sum(),
        low,
        high,
    )
