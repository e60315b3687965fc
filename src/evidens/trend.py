"""Did it fall? Two spans compared, and the place against the rest of the country.

With interval, dispersion and reservations.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from evidens import beside, offences, places, rates, reservations
from evidens.answers import Answer, Change, Earlier, Level, Missing, Rate, Redefined
from evidens.beside import Beside, Comparison
from evidens.counts import Counts, Source
from evidens.dispersion import Spread, dispersion, interval
from evidens.errors import BadRequest, Unavailable
from evidens.periods import Span, in_covid
from evidens.population import how, inhabitants, rate
from evidens.power import Power, power
from evidens.reservations import Reservation

__all__ = ["Answer", "Change", "change", "choose", "dispersion", "in_family", "inhabitants", "table"]

CALM = 2019  # the last year before corona
MANY, WILD = 1000, 1.5  # from these on what could have been seen needs no telling


About = tuple[places.Place, offences.Choice, Span, Source, dict[str, str], tuple[Reservation, ...]]


@dataclass(frozen=True)
class _Question:
    """What is asked, and of which data."""

    counts: Counts
    offence: offences.Choice
    place: places.Place
    span: Span
    compare: places.Place | None
    population: Counts | None

    def about(self, told: list[Reservation]) -> About:
        """What every answer begins with."""
        return self.place, self.offence, self.span, self.counts.source, self.counts.noun, tuple(told)

    def needed(
        self, against: Span | None, found: tuple[int, ...] = (), spread: Spread | None = None
    ) -> list[Reservation]:
        """The reservations to make (see reservations.needed)."""
        return reservations.needed(self.counts, self.offence, self.span, against, found, spread)

    def count(self, span: Span) -> int:
        """The place's reports in a span; raises Unavailable."""
        return self.counts.count(self.place, self.offence.codes, span)

    def beside(self, against: Span | None, comparable: bool = True) -> Comparison | None:
        """The other place, where one was asked for."""
        if self.compare is None or against is None:
            return None
        return beside.compare(
            self.counts, self.offence, self.place, self.span, against, self.compare, comparable
        )

    def rate(self, count: int, span: Span, phi: float = 1.0) -> tuple[Rate | None, list[Reservation]]:
        """The count per inhabitant, and the reservation to make where the population is not known."""
        if self.population is None:
            return None, []
        try:
            found = rate(count, self.population, self.place, span, phi)
            told = how(self.population, span)
            if told is None:
                return found, []
            return found, [told]
        except Unavailable as gone:
            return None, [Reservation("population", gone.reason, gone.reason_en)]


def change(
    counts: Counts,
    offence: offences.Choice,
    place: places.Place,
    span: Span,
    against: Span | None,
    *,
    compare: places.Place | None = None,
    population: Counts | None = None,
) -> Answer:
    """Compare a place's counts in two spans; without `against` give the level of one.

    What the data do not hold gives Missing with the reason; across a change of definition the counts are
    given and no change (Redefined). `population` is a table of inhabitants by place and quarter
    (sources.population). Raises BadRequest when the spans are not equally long, overlap, or stand in the
    wrong order.
    """
    asked = _Question(counts, offence, place, span, compare, population)
    if against is not None:
        _comparable(span, against)
    try:
        after = asked.count(span)
        if against is None:
            return _level(asked, after)
        before = asked.count(against)
    except Unavailable as gone:
        return _missing(asked, against, gone)
    breaks = offence.breaks_within(span, against)
    if all(found.part for found in breaks):
        return _changed(asked, against, before, after)
    return _redefined(asked, against, before, after)


def _missing(asked: _Question, against: Span | None, gone: Unavailable) -> Missing:
    known = beside.part_known(asked.counts, asked.place, asked.offence, asked.span, against)
    return Missing(
        *asked.about(asked.needed(against)),
        against=against,
        reason_da=gone.reason,
        reason_en=gone.reason_en,
        known=gone.known | known,
        compare=asked.beside(against),
    )


def _level(asked: _Question, after: int) -> Level:
    spread = dispersion(asked.counts, asked.place, asked.offence.codes, asked.span)
    now, lacking = asked.rate(after, asked.span, spread.alone)
    return Level(
        *asked.about(lacking + asked.needed(None, (after,))),
        after=after,
        rate_after=now,
    )


def _redefined(asked: _Question, against: Span, before: int, after: int) -> Redefined:
    now, lacking = asked.rate(after, asked.span)
    _, lacking_then = asked.rate(before, against)
    needed = asked.needed(against, (before, after))
    return Redefined(
        *asked.about(_once(lacking, lacking_then) + needed),
        against=against,
        before=before,
        after=after,
        rate_after=now,
        compare=asked.beside(against, comparable=False),
    )


def _changed(asked: _Question, against: Span, before: int, after: int) -> Change:
    spread = dispersion(asked.counts, asked.place, asked.offence.codes, against, span=asked.span)
    now, lacking = asked.rate(after, asked.span, spread.alone)
    then, lacking_then = asked.rate(before, against, spread.alone)
    needed = asked.needed(against, (before, after), spread)
    limits = interval(after, before, spread)
    return Change(
        *asked.about(_once(lacking, lacking_then) + needed),
        against=against,
        before=before,
        after=after,
        change_pct=limits.change_pct,
        low=limits.low,
        high=limits.high,
        exact=limits.exact,
        p=limits.p,
        phi=round(spread.phi, 3),
        free=spread.free,
        method=limits.method,
        rate_before=then,
        rate_after=now,
        earlier=_earlier(asked, against, after, spread),
        power=_power(before, spread),
        compare=asked.beside(against),
    )


def _once(lacking: list[Reservation], lacking_then: list[Reservation]) -> list[Reservation]:
    """A population that is missing in both spans is told once, of the later one."""
    if lacking:
        return lacking
    return lacking_then


def _power(before: int, spread: Spread) -> Power | None:
    if before < MANY and spread.phi < WILD:
        return power(before)
    return None


def _comparable(span: Span, against: Span) -> None:
    if len(span) != len(against):
        raise BadRequest(
            f"{span.words()} og {against.words()} er ikke lige lange, "
            "så antallene kan ikke sammenlignes. Vælg to lige lange."
        )
    if against.first.ordinal > span.first.ordinal:
        raise BadRequest(
            f"{against.words()} ligger efter {span.words()}. "
            "Skriv den tidligere periode som den, der sammenlignes med."
        )
    if span.overlaps(against):
        raise BadRequest(
            f"{span.words()} og {against.words()} dækker delvis samme tid. Vælg to, der ikke overlapper."
        )


def _earlier(asked: _Question, against: Span, after: int, spread: Spread) -> Earlier | None:
    """The same periods of 2019 where corona lies over the comparison.

    With the comparison's spread where 2019 has no history.
    """
    calm = _calm(asked, against)
    if calm is None:
        return None
    try:
        count = asked.count(calm)
    except Unavailable:
        return None
    own = dispersion(asked.counts, asked.place, asked.offence.codes, calm, span=asked.span)
    if not own.periods:
        own = spread
    limits = interval(after, count, own)
    return Earlier(calm, count, limits.change_pct, limits.low, limits.high)


def _calm(asked: _Question, against: Span) -> Span | None:
    """The span in 2019 that can stand beside.

    None where corona is not in the comparison, or where 2019 is asked for already.
    """
    if not (in_covid(asked.span) or in_covid(against)):
        return None
    back = asked.span.first.year - CALM
    if back <= 0:
        return None
    calm = asked.span.year_before(back)
    if calm == against or in_covid(calm):
        return None
    if asked.offence.breaks_within(asked.span, calm):
        return None
    return calm


def table(
    counts: Counts,
    offence: offences.Choice,
    where: Sequence[places.Place],
    span: Span,
    against: Span | None,
    *,
    compare: places.Place | None = None,
    population: Counts | None = None,
) -> list[Answer]:
    """One answer per place, as one declared family (Benjamini-Hochberg)."""
    rows = []
    for place in where:
        rows.append(change(counts, offence, place, span, against, compare=compare, population=population))
    return in_family(rows)


def in_family(rows: Sequence[Answer]) -> list[Answer]:
    """The same answers with the p-values of the changes adjusted as one family.

    The tests against another place as another.
    """
    found = list(rows)
    changed = {n: row for n, row in enumerate(rows) if isinstance(row, Change)}
    if len(changed) > 1:
        adjusted = _adjusted([row.p for row in changed.values()])
        for (n, row), p in zip(changed.items(), adjusted, strict=True):
            found[n] = replace(row, p_adjusted=p, family=len(changed))
    tested = _tested(found)
    if not tested or len(rows) == 1:
        return found
    adjusted = _adjusted([other.test.p for _, other in tested if other.test])
    for (n, other), p in zip(tested, adjusted, strict=True):
        found[n] = _with_test(found[n], other, p)
    return found


def _tested(rows: Sequence[Answer]) -> list[tuple[int, Beside]]:
    """The rows that were tested against another place."""
    found = []
    for n, row in enumerate(rows):
        if isinstance(row, Change) and isinstance(row.compare, Beside) and row.compare.test:
            found.append((n, row.compare))
    return found


def _with_test(row: Answer, other: Beside, p: float) -> Answer:
    if not isinstance(row, Change) or other.test is None:
        return row
    return replace(row, compare=replace(other, test=replace(other.test, p_adjusted=p)))


def _adjusted(p: list[float]) -> list[float]:
    return [float(value) for value in rates.family(np.array(p)).adjusted]


def choose(text: str, counts: Counts, groups: Path | None = None) -> offences.Choice:
    """The offence that a text names; codes of an own extract count too."""
    if text in counts.offences and text not in offences.tree():
        return offences.Choice((text,), text, text)
    return offences.choose(text, groups)
