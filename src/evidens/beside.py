"""The same change in another place, and whether the first place changed more."""

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from evidens import offences, places, rates
from evidens.counts import Counts
from evidens.dispersion import dispersion, interval, percent
from evidens.errors import BadRequest, Unavailable
from evidens.periods import Span

SURE = 0.05


@dataclass(frozen=True)
class NotThere:
    """The other place's figure is not in the data: why, and what is known of it."""

    available: ClassVar[bool] = False

    place: places.Place
    reason_da: str
    reason_en: str
    known: dict[str, Any]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "place": self.place.key,
            "available": False,
            "reason_da": self.reason_da,
            "reason_en": self.reason_en,
            "known": self.known,
        }


@dataclass(frozen=True)
class Moved:
    """The other place's own change, with its interval (None: from 0; no upper limit) and p-value."""

    change_pct: float | None
    low: float
    high: float | None
    p: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out "no change", by a test of this place alone."""
        fell = self.high is not None and self.high < 0
        return self.p <= SURE and (fell or self.low > 0)


@dataclass(frozen=True)
class Tested:
    """One test of the two together: the ratio of ratios against the *rest* of the other place.

    `rest` are the counts of that, before and after.

    `low`/`high` hold the dispersion `phi` of the place's share, `poisson` the limits at phi = 1. `p_adjusted`
    is the p-value in its family, None where the test stands alone.
    """

    rest: tuple[int, int]
    ratio: float
    low: float
    high: float
    p: float
    phi: float
    poisson: tuple[float, float]
    p_adjusted: float | None = None

    @property
    def differs(self) -> bool:
        """Whether the ratio leaves out 1, and survives its family."""
        p = self.p_adjusted
        if p is None:
            p = self.p
        outside = self.low > 1 or self.high < 1
        return outside and p <= SURE

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "rest": dict(zip(("before", "after"), self.rest, strict=True)),
            "ratio_of_ratios": {
                "ratio": self.ratio,
                "low": self.low,
                "high": self.high,
                "p": self.p,
                "p_adjusted": self.p_adjusted,
                "phi": self.phi,
                "poisson": list(self.poisson),
            },
        }


@dataclass(frozen=True)
class Beside:
    """The other place's two counts; `moved` is None across a change of definition.

    `test` is None where the two cannot be tested together; where there is something to say about it,
    `reason_da` and `reason_en` say it.
    """

    available: ClassVar[bool] = True

    place: places.Place
    before: int
    after: int
    moved: Moved | None = None
    test: Tested | None = None
    reason_da: str = ""
    reason_en: str = ""

    @property
    def differs(self) -> bool:
        """Whether the first place changed otherwise, by one test of the two."""
        return self.test is not None and self.test.differs

    def reason(self, lang: str) -> str:
        """Why there is no test, in a language."""
        return {"da": self.reason_da, "en": self.reason_en}[lang]

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        found: dict[str, object] = {
            "place": self.place.key,
            "available": True,
            "before": self.before,
            "after": self.after,
        }
        found |= dict.fromkeys(("change_pct", "low", "high", "p"))
        if self.moved:
            found |= self.moved.__dict__
        if self.test:
            found |= self.test.as_dict()
        elif self.reason_da:
            found |= {"reason_da": self.reason_da, "reason_en": self.reason_en}
        return found


Comparison = NotThere | Beside


def compare(
    counts: Counts,
    offence: offences.Choice,
    place: places.Place,
    span: Span,
    against: Span,
    other: places.Place,
    comparable: bool = True,
) -> Comparison:
    """The change in `other`, and against what of it `place` is not part of.

    With `comparable` False (a definition changed) counts only. Raises BadRequest when the two are one place.
    """
    try:
        after = counts.count(other, offence.codes, span)
        before = counts.count(other, offence.codes, against)
    except Unavailable as gone:
        known = gone.known | part_known(counts, other, offence, span, against)
        return NotThere(other, gone.reason, gone.reason_en, known)
    if place.key == other.key:
        raise BadRequest(f"{place.name} kan ikke stilles over for sig selv. Vælg et andet sted, fx country.")
    if not comparable:
        return Beside(other, before, after)
    limits = interval(after, before, dispersion(counts, other, offence.codes, against, span=span))
    found = Beside(other, before, after, Moved(limits.change_pct, limits.low, limits.high, limits.p))
    inside = places.inside(place, other)
    if not inside and set(place.members) & set(other.members):
        return _overlapping(found, place)
    return replace(found, test=_test(counts, offence, place, span, against, found, inside))


def _overlapping(found: Beside, place: places.Place) -> Beside:
    other = found.place
    english = (
        f"{place.words('en')} and {other.words('en')} share municipalities, "
        "so the difference cannot be tested."
    )
    return replace(
        found,
        reason_da=f"{place.name} og {other.name} deler kommuner, så forskellen mellem dem kan ikke prøves.",
        reason_en=english[0].upper() + english[1:],
    )


def _test(
    counts: Counts,
    offence: offences.Choice,
    place: places.Place,
    span: Span,
    against: Span,
    other: Beside,
    inside: bool,
) -> Tested | None:
    """The ratio of the place's ratio to that of the rest; None where a count is not known or is 0."""
    try:
        mine = counts.count(place, offence.codes, span), counts.count(place, offence.codes, against)
    except Unavailable:
        return None
    rest = (other.after, other.before)
    if inside:
        rest = (other.after - mine[0], other.before - mine[1])
    if min(*mine, *rest) <= 0:
        return None
    shared = dispersion(counts, place, offence.codes, against, other.place, span)
    ratio, low, high, p = rates.ratio_of_ratios(*mine, *rest, phi=shared.phi, free=shared.freedom)
    _, bare_low, bare_high, _ = rates.ratio_of_ratios(*mine, *rest)
    return Tested(
        rest=(rest[1], rest[0]),
        ratio=round(float(ratio), 5),
        low=round(float(low), 5),
        high=round(float(high), 5),
        p=float(p),
        phi=round(shared.phi, 3),
        poisson=(round(float(bare_low), 5), round(float(bare_high), 5)),
    )


def part_known(
    counts: Counts, place: places.Place, offence: offences.Choice, span: Span, against: Span | None
) -> dict[str, Any]:
    """For a country that is not published: the five regions, and what reports of unknown place allow at most.

    The unknown-place part of a code is bounded by that of the nearest group above it which is published.
    Nothing is known of the country's own figure beyond that band.
    """
    if place.kind != "country":
        return {}
    try:
        after = _five_regions(counts, offence, span)
        before = None
        if against:
            before = _five_regions(counts, offence, against)
    except Unavailable:
        return {}
    five: dict[str, Any] = {"before": before, "after": after, "change_pct": None}
    found = {"five_regions": five}
    if not before:
        return found
    five["change_pct"] = percent(after, before)
    return found | _bounds(counts, offence, span, against, before, after)


def _five_regions(counts: Counts, offence: offences.Choice, span: Span) -> int:
    regions = [places.place(f"region:{row.code}") for row in places.entries("region")]
    return sum(counts.count(region, offence.codes, span) for region in regions)


def _bounds(
    counts: Counts, offence: offences.Choice, span: Span, against: Span | None, before: int, after: int
) -> dict[str, Any]:
    """The lowest and highest change that the country can have had, by the nearest published group above."""
    unknown = places.place("unknown")
    for group in _groups_above(offence.codes):
        try:
            most_after = counts.count(unknown, [group], span)
            most_before = 0
            if against:
                most_before = counts.count(unknown, [group], against)
        except Unavailable:
            continue
        return {
            "bounds_pct": [percent(after, before + most_before), percent(after + most_after, before)],
            "bounded_by": {
                "offence": group,
                "unknown_place_before": most_before,
                "unknown_place_after": most_after,
            },
        }
    return {}


def _groups_above(codes: tuple[str, ...]) -> list[str]:
    """The groups that hold all the codes, the nearest first; none for codes of an own extract."""
    if any(code not in offences.tree() for code in codes):
        return []
    found = offences.ancestors(codes[0])
    for code in codes[1:]:
        above = offences.ancestors(code)
        found = [parent for parent in found if parent in above]
    return found
