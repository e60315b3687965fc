"""Claims without a number of their own: "lavest i fem år", "mere end i resten af landet"."""

from dataclasses import dataclass

from evidens import sentence
from evidens.answers import Change
from evidens.beside import Beside
from evidens.counts import Counts
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.rolling import side_by_side
from evidens.sentence.words import number

LOWEST, HIGHEST = -1.0, 1.0
MORE, LESS = 1.0, -1.0
UNKNOWN = {
    "da": "Tallet er ikke kendt i alle {years} år.",
    "en": "The figure is not known in all {years} years.",
}
REDEFINED = {
    "da": "Lov eller registrering er ændret i {year}, så årene kan ikke sammenlignes.",
    "en": "Law or registration changed in {year}, so the years cannot be compared.",
}
NO_TEST = {
    "da": "De to steder kan ikke prøves mod hinanden.",
    "en": "The two places cannot be tested against each other.",
}


@dataclass(frozen=True)
class Comparative:
    """Whether a claim holds (None: the figures cannot decide it), and what they say, by language."""

    holds: bool | None
    said: dict[str, str]


def extreme(counts: Counts, offence: Choice, place: Place, span: Span, years: int, end: float) -> Comparative:
    """Whether a span has the lowest (or highest) count in so many years of the same periods."""
    found = side_by_side(counts, offence, place, span, years)
    if found.redefined:
        return Comparative(None, _both(REDEFINED, year=found.redefined[-1]))
    known = []
    for count in found.counts:
        if count is None:
            return Comparative(None, _both(UNKNOWN, years=years))
        known.append(count)
    own, others = known[-1] * end, [count * end for count in known[:-1]]
    said = {}
    for lang in ("da", "en"):
        parts = []
        for one, count in zip(found.spans, known, strict=True):
            parts.append(f"{one.words(lang)}: {number(count, lang)}")
        said[lang] = f"{'; '.join(parts)}."
    return Comparative(all(own > other for other in others), said)


def against_the_rest(result: Change, wanted: float) -> Comparative:
    """Whether the place changed more (or less) than the rest of the other one, by one test of the two."""
    other = result.compare
    if not isinstance(other, Beside) or other.test is None:
        return Comparative(None, NO_TEST)
    said = {}
    for lang in ("da", "en"):
        said[lang] = sentence.against_rest(result, other, lang)
    if not other.test.differs:
        return Comparative(None, said)
    before, after = other.test.rest
    same_way = (result.after - result.before) * (after - before) > 0
    larger = (other.test.ratio < 1) == (result.after < result.before)
    if not (result.clear and same_way):
        return Comparative(False, said)
    return Comparative(larger == (wanted == MORE), said)


def _both(text: dict[str, str], **words: int) -> dict[str, str]:
    found = {}
    for lang, template in text.items():
        found[lang] = template.format(**words)
    return found
