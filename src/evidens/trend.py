"""Did it fall? Two spans compared, the place against the rest of the country, with interval, dispersion and reservations."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from evidens import beside, offences, places, rates, reservations
from evidens.beside import Comparison
from evidens.counts import Counts
from evidens.dispersion import Spread, dispersion, interval, percent
from evidens.errors import BadRequest, Unavailable
from evidens.periods import PER_YEAR, Span, in_covid
from evidens.power import Power
from evidens.power import power as power_of
from evidens.reservations import Reservation


@dataclass(frozen=True)
class Change:
    """The answer. Percentages are of the earlier count; `low`/`high` hold the dispersion `phi`, `exact` the interval at phi = 1.

    `before` is None where only one span was asked. Rates are per 1,000 inhabitants and year. `family` is how many
    comparisons were declared together; `p_adjusted` is Benjamini-Hochberg's.
    """

    place: places.Place
    offence: offences.Choice
    span: Span
    against: Span | None
    available: bool
    source: dict[str, Any]
    credit: str
    credit_en: str = ""
    noun: tuple[str, str] = ("anmeldelser", "reports")
    before: int | None = None
    after: int | None = None
    change_pct: float | None = None
    low: float | None = None
    high: float | None = None
    exact: tuple[float | None, float | None] | None = None
    p: float | None = None
    p_adjusted: float | None = None
    family: int = 1
    phi: float = 1.0
    free: int = 0
    method: str = ""
    rate_before: float | None = None
    rate_after: float | None = None
    rate_after_interval: tuple[float, float] | None = None
    compare: Comparison | None = None
    earlier: "Earlier | None" = None
    power: Power | None = None
    reservations: tuple[Reservation, ...] = ()
    reason_da: str = ""
    reason_en: str = ""
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out "no change" and the finding survives its family."""
        if self.low is None or self.p is None:
            return False
        adjusted = self.p if self.p_adjusted is None else self.p_adjusted
        return adjusted <= 0.05 and (self.low > 0 or (self.high is not None and self.high < 0))

    def has(self, code: str) -> bool:
        """Whether a reservation of that code is attached."""
        return any(reservation.code == code for reservation in self.reservations)

    def as_dict(self) -> dict[str, Any]:
        """For JSON: the fields that the command promises, and the method behind them."""
        from evidens import sentence

        found: dict[str, Any] = {
            "available": self.available, "place": self.place.key, "place_name": self.place.name, "offence": list(self.offence.codes),
            "offence_name": self.offence.name, "span": str(self.span), "against": str(self.against) if self.against else None,
        }  # fmt: skip
        if self.available:
            found |= {
                "before": self.before, "after": self.after, "change_pct": self.change_pct, "low": self.low, "high": self.high,
                "p": self.p, "p_adjusted": self.p_adjusted, "family": self.family, "phi": self.phi, "degrees_of_freedom": self.free,
                "method": self.method,
                "exact_low": self.exact[0] if self.exact else None, "exact_high": self.exact[1] if self.exact else None,
                "rate_before": self.rate_before, "rate_after": self.rate_after, "rate_after_interval": self.rate_after_interval,
                "rate_unit": "per 1,000 inhabitants and year" if self.rate_after is not None else None,
            }  # fmt: skip
            if self.earlier:
                found["earlier"] = self.earlier.__dict__ | {"span": str(self.earlier.span)}
            if self.power:
                found["power"] = self.power.__dict__
        else:
            found |= {"reason": self.reason_da, "reason_en": self.reason_en, "known": self.known}
        if self.compare:
            found["compare"] = self.compare.as_dict()
        found["reservations"] = [
            {"code": r.code, "text_da": r.text_da, "text_en": r.text_en} for r in self.reservations
        ]
        found["sentence_da"], found["sentence_en"] = sentence.change(self, "da"), sentence.change(self, "en")
        return found | {"source": self.credit, "provenance": self.source}


@dataclass(frozen=True)
class Earlier:
    """The calm year before corona: its span and count, and the change from there to now, with interval."""

    span: Span
    count: int
    change_pct: float | None
    low: float | None
    high: float | None


def change(
    counts: Counts,
    offence: offences.Choice,
    place: places.Place,
    span: Span,
    against: Span | None,
    *,
    compare: places.Place | None = None,
    population: Counts | None = None,
) -> Change:
    """Compare a place's counts in two spans. What the data do not hold gives a Change with available = False and the reason.

    `population` is a table of inhabitants by place and quarter (sources.population). Across a change of definition the
    counts are given and no change. Raises BadRequest when the spans are not equally long, overlap, or stand in the wrong order.
    """
    if against is not None:
        _comparable(span, against)
    source = counts.source
    bare = Change(
        place,
        offence,
        span,
        against,
        False,
        source.as_dict(),
        source.credit(),
        source.credit("en"),
        counts.noun,
    )
    try:
        after = counts.count(place, offence.codes, span)
        before = counts.count(place, offence.codes, against) if against else None
    except Unavailable as gone:
        known = gone.known | beside.part_known(counts, place, offence, span, against)
        reserved = tuple(reservations.needed(counts, offence, span, against))
        lone = replace(
            bare, reason_da=gone.reason, reason_en=gone.reason_en, known=known, reservations=reserved
        )
        return (
            replace(lone, compare=beside.compare(counts, offence, place, span, against, compare))
            if compare and against
            else lone
        )
    found = _with_rates(replace(bare, available=True, before=before, after=after), population)
    if against is None or before is None:
        return _reserved(found, reservations.needed(counts, offence, span, None, (after,)), method="garwood")
    spread = dispersion(counts, place, offence.codes, against)
    comparable = not any(not change.part for change in offences.breaks_within(offence.codes, span, against))
    found = _reserved(
        found,
        reservations.needed(counts, offence, span, against, (before, after), spread if comparable else None),
    )
    if not comparable:
        found = replace(found, rate_before=None)
    else:
        power = power_of(before) if before < 1000 and spread.phi < 1.5 else None
        found = replace(
            found, phi=round(spread.phi, 3), free=spread.free, power=power, **interval(after, before, spread)
        )
        found = replace(found, earlier=_earlier(counts, offence, place, span, against, after, spread))
    if compare is None:
        return found
    return replace(found, compare=beside.compare(counts, offence, place, span, against, compare, comparable))


def _reserved(found: Change, more: list[Reservation], **fields: Any) -> Change:
    return replace(found, reservations=(*found.reservations, *more), **fields)


def _comparable(span: Span, against: Span) -> None:
    if len(span) != len(against):
        raise BadRequest(
            f"{span} og {against} er ikke lige lange, så antallene kan ikke sammenlignes. Vælg to lige lange."
        )
    if against.first.ordinal > span.first.ordinal:
        raise BadRequest(
            f"{against} ligger efter {span}. Skriv den tidligere periode som den, der sammenlignes med."
        )
    if span.overlaps(against):
        raise BadRequest(f"{span} og {against} dækker delvis samme tid. Vælg to, der ikke overlapper.")


def _with_rates(found: Change, population: Counts | None) -> Change:
    if population is None or found.after is None:
        return found
    years = found.span.years
    people, gone = _people(population, found.place, found.span)
    if people:
        low, high = rates.garwood(found.after, people * years / 1000)
        rate = round(1000 * found.after / people / years, 3)
        found = replace(
            found, rate_after=rate, rate_after_interval=(round(float(low), 3), round(float(high), 3))
        )
    if found.against and found.before is not None:
        earlier, reason = _people(population, found.place, found.against)
        gone = gone or reason
        if earlier:
            found = replace(found, rate_before=round(1000 * found.before / earlier / years, 3))
    return _reserved(found, [Reservation("population", gone.reason, gone.reason_en)]) if gone else found


def _people(population: Counts, place: places.Place, span: Span) -> tuple[float, Unavailable | None]:
    try:
        return inhabitants(population, place, span), None
    except Unavailable as gone:
        return 0.0, gone


def inhabitants(population: Counts, place: places.Place, span: Span) -> float:
    """Inhabitants in the middle of a span, on a straight line between the first days of two quarters; raises Unavailable.

    The country is the sum of the municipalities and Christiansø where the table has no row of its own.
    """
    row = (
        places.Place(place.key, "sum", place.name, place.members, None)
        if place.code not in population.places
        else place
    )
    quarters = population.series(row, population.offences[:1])
    first = span.first.ordinal * PER_YEAR[population.freq] / PER_YEAR[span.first.freq]
    middle = (
        first
        + len(span) * PER_YEAR[population.freq] / PER_YEAR[span.first.freq] / 2
        - population.first.ordinal
    )
    left = int(np.floor(middle))
    right = left if middle == left else left + 1
    if left < 0 or right >= len(quarters) or np.isnan(quarters[[left, right]]).any():
        raise Unavailable(
            f"Folketallet for {place.words()} midt i {span.words()} er ikke i filen.",
            f"No population for {place.name}, {span}.",
        )
    return float(quarters[left] + (middle - left) * (quarters[right] - quarters[left]))


def _earlier(
    counts: Counts,
    offence: offences.Choice,
    place: places.Place,
    span: Span,
    against: Span,
    after: int,
    spread: Spread,
) -> Earlier | None:
    """The same periods of 2019 where corona lies over the comparison; with the comparison's spread where 2019 has no history."""
    if not (in_covid(span) or in_covid(against)):
        return None
    back = span.first.year - 2019
    calm = span.year_before(back) if back > 0 else None
    if calm is None or calm == against or in_covid(calm) or offences.breaks_within(offence.codes, span, calm):
        return None
    try:
        count = counts.count(place, offence.codes, calm)
    except Unavailable:
        return None
    own = dispersion(counts, place, offence.codes, calm)
    limits = interval(after, count, own if own.periods else spread)
    return Earlier(calm, count, percent(after, count), limits["low"], limits["high"])


def table(
    counts: Counts,
    offence: offences.Choice,
    where: Sequence[places.Place],
    span: Span,
    against: Span | None,
    *,
    compare: places.Place | None = None,
    population: Counts | None = None,
) -> list[Change]:
    """One change per place, as one declared family (Benjamini-Hochberg)."""
    rows = [
        change(counts, offence, place, span, against, compare=compare, population=population)
        for place in where
    ]
    return in_family(rows)


def in_family(rows: Sequence[Change]) -> list[Change]:
    """The same changes with p-values adjusted as one family of those that have one; the comparisons with another place as another."""
    adjusted = _adjusted([row.p for row in rows])
    ratios = _adjusted(
        [
            row.compare.ratio_of_ratios[3] if row.compare and row.compare.ratio_of_ratios else None
            for row in rows
        ]
    )
    size = sum(row.p is not None for row in rows)
    found = []
    for row, p, ratio_p in zip(rows, adjusted, ratios, strict=True):
        if p is not None and size > 1:
            row = replace(row, p_adjusted=p, family=size)
        if ratio_p is not None and row.compare is not None and len(rows) > 1:
            row = replace(row, compare=replace(row.compare, ratio_p_adjusted=ratio_p))
        found.append(row)
    return found


def _adjusted(p: list[float | None]) -> list[float | None]:
    values = rates.family([np.nan if one is None else one for one in p]).adjusted
    return [None if np.isnan(value) else float(value) for value in values]


def choose(text: str, counts: Counts, groups: Path | None = None) -> offences.Choice:
    """The offence that a text names; codes of an own extract count too."""
    if text in counts.offences and text not in offences.tree():
        return offences.Choice((text,), text, text)
    return offences.choose(text, groups)
