"""Where a number that does not reproduce would fit: another place or another span, named and never chosen."""

from dataclasses import dataclass

from evidens import places, relations
from evidens.answers import Change
from evidens.counts import Counts
from evidens.errors import BadRequest, Unavailable
from evidens.periods import Span
from evidens.places import Place
from evidens.stated import Claim

BACK = (1, 2)  # years
FITS = {
    "da": "Tallet passer på {place} i {span} mod {against}; det er ikke det, teksten siger.",
    "en": "The number fits {place} in {span} against {against}, which is not what the text says.",
}


@dataclass(frozen=True)
class Fit:
    """A place and two spans of which a claim would be true."""

    place: Place
    span: Span
    against: Span

    def text(self, lang: str) -> str:
        """The fit as a sentence."""
        return FITS[lang].format(
            place=self.place.words(lang), span=self.span.words(lang), against=self.against.words(lang)
        )


def elsewhere(counts: Counts, claim: Claim, result: Change) -> tuple[Fit, ...]:
    """The places around the claim's, and the spans before its own, of which its number is true."""
    asked = Fit(result.place, result.span, result.against)
    tried = []
    for place in _around(asked.place):
        tried.append(Fit(place, asked.span, asked.against))
    for years in BACK:
        tried.append(Fit(asked.place, asked.span.year_before(years), asked.against.year_before(years)))
        if asked.against.year_before(years).first.ordinal >= counts.first.ordinal:
            tried.append(Fit(asked.place, asked.span, asked.against.year_before(years)))
    return tuple(fit for fit in tried if _true(counts, claim, result, fit))


def _around(place: Place) -> list[Place]:
    """The district, the region and the country that a place lies in."""
    found = []
    for kind in ("district", "region"):
        for row in places.entries(kind):
            other = places.place(f"{kind}:{row.code}")
            if other.key != place.key and set(place.members) & set(other.members):
                found.append(other)
    if place.kind == "country":
        return []
    return [*found, places.place("country")]


def _true(counts: Counts, claim: Claim, result: Change, fit: Fit) -> bool:
    codes = result.offence.codes
    try:
        after = counts.count(fit.place, codes, fit.span)
        before = counts.count(fit.place, codes, fit.against)
    except (Unavailable, BadRequest):
        return False
    if not before or result.offence.breaks_within(fit.span, fit.against):
        return False
    return relations.holds(claim.relation, claim.value, 100 * (after / before - 1), claim.decimals)
