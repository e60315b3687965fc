"""The same change in another place, and whether the first place changed more."""

from dataclasses import dataclass, field, replace
from typing import Any

from evidens import offences, places, rates
from evidens.counts import Counts
from evidens.dispersion import dispersion, interval, percent
from evidens.errors import BadRequest, Unavailable
from evidens.periods import Span


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
    rest: tuple[int, int] | None = None
    ratio_of_ratios: tuple[float, float, float, float] | None = None
    ratio_p_adjusted: float | None = None
    ratio_phi: float = 1.0
    ratio_poisson: tuple[float, float] | None = None
    reason_da: str = ""
    reason_en: str = ""
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def differs(self) -> bool:
        """Whether the ratio of ratios leaves out 1, and survives its family."""
        if self.ratio_of_ratios is None:
            return False
        _, low, high, p = self.ratio_of_ratios
        return (
            not low <= 1 <= high and (p if self.ratio_p_adjusted is None else self.ratio_p_adjusted) <= 0.05
        )

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
            found["rest"] = dict(zip(("before", "after"), self.rest, strict=True)) if self.rest else None
            found["ratio_of_ratios"] = dict(zip(names, self.ratio_of_ratios, strict=True)) | {
                "p_adjusted": self.ratio_p_adjusted, "phi": self.ratio_phi, "poisson": list(self.ratio_poisson or ()),
            }  # fmt: skip
        elif self.reason_da:
            found |= {"reason_da": self.reason_da, "reason_en": self.reason_en}
        return found


def compare(
    counts: Counts,
    offence: offences.Choice,
    place: places.Place,
    span: Span,
    against: Span,
    other: places.Place,
    comparable: bool = True,
) -> Comparison:
    """The change in `other`, and against what of it `place` is not part of. With `comparable` False (a definition changed) counts only."""
    try:
        after, before = counts.count(other, offence.codes, span), counts.count(other, offence.codes, against)
    except Unavailable as gone:
        return Comparison(
            other, False, reason_da=gone.reason, reason_en=gone.reason_en,
            known=gone.known | part_known(counts, other, offence, span, against),
        )  # fmt: skip
    if place.key == other.key:
        raise BadRequest(f"{place.name} kan ikke stilles over for sig selv. Vælg et andet sted, fx country.")
    if not comparable:
        return Comparison(other, True, before, after)
    spread = dispersion(counts, other, offence.codes, against)
    answer = {
        key: value
        for key, value in interval(after, before, spread).items()
        if key in ("change_pct", "low", "high", "p")
    }
    found = Comparison(other, True, before, after, **answer)
    inside = set(place.members) <= set(other.members)
    if not inside and set(place.members) & set(other.members):
        text = f"{place.name} og {other.name} deler kommuner, så forskellen mellem dem kan ikke prøves."
        english = f"{place.words('en')} and {other.words('en')} share municipalities, so the difference cannot be tested."
        return replace(found, reason_da=text, reason_en=english[0].upper() + english[1:])
    try:
        mine = counts.count(place, offence.codes, span), counts.count(place, offence.codes, against)
    except Unavailable:
        return found
    rest = (after - mine[0], before - mine[1]) if inside else (after, before)
    if min(*mine, *rest) <= 0:
        return found
    shared = dispersion(counts, place, offence.codes, against, beside=other)
    numbers = rates.ratio_of_ratios(*mine, *rest, phi=shared.phi, free=shared.free)
    ratio, low, high = (round(float(x), 5) for x in numbers[:3])
    bare = rates.ratio_of_ratios(*mine, *rest)
    exact = (round(float(bare[1]), 5), round(float(bare[2]), 5))
    return replace(
        found,
        ratio_of_ratios=(ratio, low, high, float(numbers[3])),
        rest=(rest[1], rest[0]),
        ratio_phi=round(shared.phi, 3),
        ratio_poisson=exact,
    )


def part_known(
    counts: Counts, place: places.Place, offence: offences.Choice, span: Span, against: Span | None
) -> dict[str, Any]:
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
    found["five_regions"] = {
        "before": before,
        "after": after,
        "change_pct": percent(after, before) if before else None,
    }
    unknown = places.Place("unknown", "unknown", "Uoplyst kommune", (places.UNKNOWN,), places.UNKNOWN)
    for group in _groups_above(offence.codes):
        try:
            most_after = counts.count(unknown, [group], span)
            most_before = counts.count(unknown, [group], against) if against else 0
        except Unavailable:
            continue
        if before:
            found["bounds_pct"] = [percent(after, before + most_before), percent(after + most_after, before)]
            found["bounded_by"] = {
                "offence": group,
                "unknown_place_before": most_before,
                "unknown_place_after": most_after,
            }
        return found
    return found


def _groups_above(codes: tuple[str, ...]) -> list[str]:
    """The groups that hold all the codes, the nearest first; none for codes of an own extract."""
    if any(code not in offences.tree() for code in codes):
        return []
    return [
        parent
        for parent in offences.ancestors(codes[0])
        if all(parent in offences.ancestors(code) for code in codes)
    ]
