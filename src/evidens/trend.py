"""Did it fall? Two spans compared, the place against the rest of the country, with interval, dispersion and reservations."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from evidens import offences, places, poisson, rates, reservations
from evidens.counts import Counts
from evidens.errors import BadRequest, Unavailable
from evidens.periods import PER_YEAR, Span, in_covid
from evidens.reservations import Reservation

HISTORY_YEARS = {"Y": 10, "Q": 5, "M": 5, "W": 5}


@dataclass(frozen=True)
class Comparison:
    """The same change in another place, and whether the first place changed more (ratio of ratios against the *rest* of it)."""

    place: places.Place
    available: bool
    before: int | None = None
    after: int | None = None
    change_pct: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    ratio_of_ratios: tuple[float, float, float, float] | None = None
    ratio_phi: float = 1.0
    ratio_poisson: tuple[float, float] | None = None
    reason_da: str = ""
    reason_en: str = ""
    known: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        found: dict[str, Any] = {"place": self.place.key, "available": self.available}
        if not self.available:
            return found | {"reason_da": self.reason_da, "reason_en": self.reason_en, "known": self.known}
        found |= {
            "before": self.before,
            "after": self.after,
            "change_pct": self.change_pct,
            "low": self.low,
            "high": self.high,
            "p": self.p,
        }
        if self.ratio_of_ratios:
            names = ("ratio", "low", "high", "p")
            found["ratio_of_ratios"] = dict(zip(names, self.ratio_of_ratios, strict=True)) | {
                "phi": self.ratio_phi, "poisson": list(self.ratio_poisson or ()),
            }  # fmt: skip
        elif self.reason_da:
            found["reason_da"] = self.reason_da
        return found


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
    method: str = ""
    rate_before: float | None = None
    rate_after: float | None = None
    rate_after_interval: tuple[float, float] | None = None
    compare: Comparison | None = None
    earlier: tuple[Span, int, float | None] | None = None
    power: rates.Power | None = None
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
                "p": self.p, "p_adjusted": self.p_adjusted, "family": self.family, "phi": self.phi, "method": self.method,
                "exact_low": self.exact[0] if self.exact else None, "exact_high": self.exact[1] if self.exact else None,
                "rate_before": self.rate_before, "rate_after": self.rate_after, "rate_after_interval": self.rate_after_interval,
                "rate_unit": "per 1,000 inhabitants and year" if self.rate_after is not None else None,
            }  # fmt: skip
            if self.earlier:
                found["earlier"] = {"span": str(self.earlier[0]), "count": self.earlier[1], "change_pct": self.earlier[2]}
            if self.power:
                found["power"] = self.power.__dict__
        else:
            found |= {"reason": self.reason_da, "reason_en": self.reason_en, "known": self.known}
        if self.compare:
            found["compare"] = self.compare.as_dict()
        found["reservations"] = [{"code": r.code, "text_da": r.text_da, "text_en": r.text_en} for r in self.reservations]
        found["sentence_da"], found["sentence_en"] = sentence.change(self, "da"), sentence.change(self, "en")
        return found | {"source": self.credit, "provenance": self.source}


def dispersion(
    counts: Counts, place: places.Place, codes: Sequence[str], until: Span, beside: places.Place | None = None
) -> tuple[float, int]:
    """Over-dispersion of a place's series before `until` begins: (phi >= 1, periods used).

    Pearson's statistic per degree of freedom of a Poisson fit with seasons and linear trend over the last five years
    (ten for yearly figures). With `beside` the fit is of the place's share: that of the rest of `beside` (or of all of it,
    where the place is not inside) is the offset, so that what moves both does not count. (1.0, 0) where the history is too
    short or holds a season without events.
    """
    end = until.first.ordinal - counts.first.ordinal
    begin = max(0, end - HISTORY_YEARS[counts.freq] * PER_YEAR[counts.freq])
    if end <= 0:
        return 1.0, 0
    series, rest = counts.series(place, codes), None
    if beside is not None:
        rest = counts.series(beside, codes) - (series if set(place.members) <= set(beside.members) else 0)
        rest = np.where(rest > 0, rest, np.nan)[begin:end]
    history, per_year = series[begin:end], PER_YEAR[counts.freq]
    known = int((~np.isnan(history if rest is None else history + rest)).sum())
    if known < (6 if per_year == 1 else per_year + 8):
        return 1.0, 0
    start = (counts.first.ordinal + begin) % per_year
    found = poisson.fit_seasonal(history, per_year, start, rest)
    return (float(found.phi[0]), known) if found.usable[0] else (1.0, 0)


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

    `population` is a table of inhabitants by place and quarter (sources.population). Raises BadRequest when the spans are
    not equally long or overlap.
    """
    if against is not None:
        _comparable(span, against)
    bare = Change(place, offence, span, against, False, counts.source.as_dict(), counts.source.credit())
    try:
        after = counts.count(place, offence.codes, span)
        before = counts.count(place, offence.codes, against) if against else None
    except Unavailable as gone:
        known = gone.known | _part_known(counts, place, offence, span, against)
        reserved = tuple(reservations.needed(counts, offence, span, against, None, 1.0, 1))
        lone = replace(bare, reason_da=gone.reason, reason_en=gone.reason_en, known=known, reservations=reserved)
        return replace(lone, compare=_compare(counts, offence, place, span, against, compare)) if compare and against else lone
    found = replace(bare, available=True, before=before, after=after)
    found = _with_rates(found, population)
    if against is None or before is None:
        return replace(found, reservations=tuple(reservations.needed(counts, offence, span, None, after, 1.0, 1)), method="garwood")
    phi, used = dispersion(counts, place, offence.codes, against)
    found = replace(found, phi=round(phi, 3), power=rates.power(before) if before < 1000 else None, **_interval(after, before, phi))
    found = replace(found, reservations=tuple(reservations.needed(counts, offence, span, against, min(before, after), phi, used)))
    found = replace(found, earlier=_earlier(counts, offence, place, span, against, after))
    return replace(found, compare=_compare(counts, offence, place, span, against, compare)) if compare else found


def _comparable(span: Span, against: Span) -> None:
    if len(span) != len(against):
        raise BadRequest(f"{span} og {against} er ikke lige lange, så antallene kan ikke sammenlignes. Vælg to lige lange.")
    if span.overlaps(against):
        raise BadRequest(f"{span} og {against} dækker delvis samme tid. Vælg to, der ikke overlapper.")


def percent(after: float, before: float) -> float | None:
    """Change in per cent to two decimals; None from 0."""
    return round(100 * (after / before - 1), 2) if before else None


def _interval(after: int, before: int, phi: float) -> dict[str, Any]:
    def pair(scale: float) -> tuple[float | None, float | None]:
        low, high = rates.exact_interval(after, before, phi=scale)
        return round(100 * (float(low) - 1), 2), round(100 * (float(high) - 1), 2) if np.isfinite(high) else None

    low, high = pair(phi)
    method = "exact conditional, minlike" if phi == 1 else "exact conditional on effective counts; quasi-Poisson score p"
    p = float(rates.quasi_p(after, before, 1.0, 1.0, phi))
    return {"change_pct": percent(after, before), "low": low, "high": high, "exact": pair(1.0), "p": p, "method": method}


def _with_rates(found: Change, population: Counts | None) -> Change:
    if population is None or found.after is None:
        return found
    try:
        people = inhabitants(population, found.place, found.span)
        earlier = inhabitants(population, found.place, found.against) if found.against else None
    except Unavailable as gone:
        return replace(found, known={"population": gone.reason})
    years = found.span.years
    low, high = rates.garwood(found.after, people * years / 1000)
    before = None if earlier is None or found.before is None else round(1000 * found.before / earlier / years, 3)
    return replace(
        found,
        rate_after=round(1000 * found.after / people / years, 3),
        rate_before=before,
        rate_after_interval=(round(float(low), 3), round(float(high), 3)),
    )


def inhabitants(population: Counts, place: places.Place, span: Span) -> float:
    """Inhabitants in the middle of a span, on a straight line between the first days of two quarters; raises Unavailable.

    The country is the sum of the municipalities and Christiansø where the table has no row of its own.
    """
    row = places.Place(place.key, "sum", place.name, place.members, None) if place.code not in population.places else place
    quarters = population.series(row, population.offences[:1])
    first = span.first.ordinal * PER_YEAR[population.freq] / PER_YEAR[span.first.freq]
    middle = first + len(span) * PER_YEAR[population.freq] / PER_YEAR[span.first.freq] / 2 - population.first.ordinal
    left = int(np.floor(middle))
    right = left if middle == left else left + 1
    if left < 0 or right >= len(quarters) or np.isnan(quarters[[left, right]]).any():
        raise Unavailable(
            f"Folketallet for {place.words()} midt i {span.words()} er ikke i filen.", f"No population for {place.name}, {span}."
        )
    return float(quarters[left] + (middle - left) * (quarters[right] - quarters[left]))


def _earlier(
    counts: Counts, offence: offences.Choice, place: places.Place, span: Span, against: Span, after: int
) -> tuple[Span, int, float | None] | None:
    """The same periods of 2019 where corona lies over the comparison."""
    if not (in_covid(span) or in_covid(against)):
        return None
    back = span.first.year - 2019
    calm = span.year_before(back) if back > 0 else None
    if calm is None or calm == against or in_covid(calm):
        return None
    try:
        count = counts.count(place, offence.codes, calm)
    except Unavailable:
        return None
    return calm, count, percent(after, count)


def _compare(counts: Counts, offence: offences.Choice, place: places.Place, span: Span, against: Span, other: places.Place) -> Comparison:
    try:
        after, before = counts.count(other, offence.codes, span), counts.count(other, offence.codes, against)
    except Unavailable as gone:
        return Comparison(
            other, False, reason_da=gone.reason, reason_en=gone.reason_en,
            known=gone.known | _part_known(counts, other, offence, span, against),
        )  # fmt: skip
    own_phi, _ = dispersion(counts, other, offence.codes, against)
    answer = {key: value for key, value in _interval(after, before, own_phi).items() if key in ("change_pct", "low", "high", "p")}
    found = Comparison(other, True, before, after, **answer)
    inside = set(place.members) <= set(other.members)
    if not inside and set(place.members) & set(other.members):
        return replace(found, reason_da=f"{place.name} og {other.name} deler nogle kommuner, så de kan ikke stilles over for hinanden.")
    try:
        mine = counts.count(place, offence.codes, span), counts.count(place, offence.codes, against)
    except Unavailable:
        return found
    rest = (after - mine[0], before - mine[1]) if inside else (after, before)
    if place.key == other.key or 0 in (*mine, *rest):
        return found
    shared, _ = dispersion(counts, place, offence.codes, against, beside=other)
    numbers = rates.ratio_of_ratios(*mine, *rest, phi=shared)
    ratio, low, high = (round(float(x), 5) for x in numbers[:3])
    bare = rates.ratio_of_ratios(*mine, *rest)
    exact = (round(float(bare[1]), 5), round(float(bare[2]), 5))
    return replace(found, ratio_of_ratios=(ratio, low, high, float(numbers[3])), ratio_phi=round(shared, 3), ratio_poisson=exact)


def _part_known(counts: Counts, place: places.Place, offence: offences.Choice, span: Span, against: Span | None) -> dict[str, Any]:
    """For a country that is not published: the five regions (labelled so), and what reports of unknown place allow at most.

    The unknown-place part of a code is bounded by that of the nearest group above it which is published. Nothing is known of
    the country's own figure beyond that band.
    """
    if place.kind != "country":
        return {}
    regions = [places.place(f"region:{row.code}") for row in places.entries("region")]
    found: dict[str, Any] = {}
    try:
        after = sum(counts.count(region, offence.codes, span) for region in regions)
        before = sum(counts.count(region, offence.codes, against) for region in regions) if against else None
    except Unavailable:
        return found
    found["five_regions"] = {"before": before, "after": after, "change_pct": percent(after, before) if before else None}
    unknown = places.Place("unknown", "unknown", "Uoplyst kommune", (places.UNKNOWN,), places.UNKNOWN)
    for group in (parent for parent in offences.ancestors(offence.codes[0]) if all(parent in offences.ancestors(c) for c in offence.codes)):
        try:
            most_after = counts.count(unknown, [group], span)
            most_before = counts.count(unknown, [group], against) if against else 0
        except Unavailable:
            continue
        if before:
            found["bounds_pct"] = [percent(after, before + most_before), percent(after + most_after, before)]
            found["bounded_by"] = {"offence": group, "unknown_place_before": most_before, "unknown_place_after": most_after}
        return found
    return found


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
    rows = [change(counts, offence, place, span, against, compare=compare, population=population) for place in where]
    return in_family(rows)


def in_family(rows: Sequence[Change]) -> list[Change]:
    """The same changes with p-values adjusted as one family of those that have one."""
    tested = [row for row in rows if row.p is not None]
    if len(tested) < 2:
        return list(rows)
    adjusted = iter(rates.family([row.p for row in tested]).adjusted)
    return [replace(row, p_adjusted=float(next(adjusted)), family=len(tested)) if row.p is not None else row for row in rows]


def choose(text: str, counts: Counts, groups: Path | None = None) -> offences.Choice:
    """The offence that a text names; codes of an own extract count too."""
    if text in counts.offences and text not in offences.tree():
        return offences.Choice((text,), text, text)
    return offences.choose(text, groups)
