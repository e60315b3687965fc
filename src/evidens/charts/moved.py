"""The rows of a picture of changes: what each place changed, or why there is no percentage."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidens.answers import Answer, Change, Level, Redefined
from evidens.beside import Beside, NotThere
from evidens.places import Place
from evidens.reservations import SMALL
from evidens.sentence.words import capital, percent

FEW = {"da": "for få til en procent", "en": "too few for a percentage"}
GONE = {"da": "ikke opgjort", "en": "not available"}
NEW_DEFINITION = {"da": "ny afgrænsning", "en": "new definition"}
DISTRICT = {"da": "Kredsen", "en": "The district"}
COUNTRY = {"da": "Hele landet", "en": "The whole country"}


@dataclass(frozen=True)
class Moved:
    """A place's two counts and its change in per cent with limits, or `why` there is none.

    `clear`: the finding of the answer; `outside`: the limits leave out "no change", clear or not.
    """

    place: Place
    name: str
    own: bool
    before: int | None
    after: int | None
    change: float | None
    low: float
    high: float | None
    clear: bool
    why: str

    @property
    def outside(self) -> bool:
        """Whether the band does not reach no change."""
        if self.change is None:
            return False
        return self.low > 0 or (self.high is not None and self.high < 0)

    @property
    def rose(self) -> bool:
        """Whether it went up."""
        return self.before is not None and self.after is not None and self.after > self.before


def moved(answers: Sequence[Answer], own: Place | None, lang: str) -> list[Moved]:
    """A row per answer; where there is one answer, the place beside it too."""
    found = [_of(answer, own == answer.place, lang) for answer in answers]
    if len(answers) == 1:
        found += _beside(answers[0], lang)
    return found


def named(place: Place, lang: str) -> str:
    """A place as the name of a row."""
    if place.kind == "district":
        return DISTRICT[lang]
    if place.kind == "country":
        return COUNTRY[lang]
    return capital(place.words(lang))


def with_sign(value: float, lang: str) -> str:
    """A change in per cent with its sign, plus too.

    >>> with_sign(41.5, "da"), with_sign(-6.12, "da")
    ('+42 %', '−6,1 %')
    """
    text = percent(value, lang, sign=True)
    if value > 0 and text[0] != "0":
        return f"+{text}"
    return text


def _of(answer: Answer, own: bool, lang: str) -> Moved:
    if isinstance(answer, Change):
        figures = (answer.change_pct, answer.low, answer.high)
        return _counted(answer.place, own, (answer.before, answer.after), figures, _clear(answer), lang)
    if isinstance(answer, Redefined):
        return _without(answer.place, own, NEW_DEFINITION[lang], (answer.before, answer.after), lang)
    if isinstance(answer, Level):
        return _without(answer.place, own, GONE[lang], (None, answer.after), lang)
    return _without(answer.place, own, GONE[lang], (None, None), lang)


def _clear(answer: Change) -> bool:
    """Without a history nothing is called clear."""
    return answer.clear and not answer.has("no_history")


def _beside(answer: Answer, lang: str) -> list[Moved]:
    if isinstance(answer, Level) or answer.compare is None:
        return []
    other = answer.compare
    if isinstance(other, NotThere):
        return [_without(other.place, False, GONE[lang], (None, None), lang)]
    return [_other(other, lang)]


def _other(other: Beside, lang: str) -> Moved:
    counts = other.before, other.after
    found = other.moved
    if found is None:
        return _without(other.place, False, NEW_DEFINITION[lang], counts, lang)
    figures = found.change_pct, found.low, found.high
    return _counted(other.place, False, counts, figures, found.clear, lang)


def _counted(
    place: Place,
    own: bool,
    counts: tuple[int, int],
    figures: tuple[float | None, float, float | None],
    clear: bool,
    lang: str,
) -> Moved:
    """Two counts with a percentage where they are large enough for one."""
    change, low, high = figures
    if change is None or min(counts) < SMALL:
        return _without(place, own, FEW[lang], counts, lang, clear)
    return Moved(place, named(place, lang), own, *counts, change, low, high, clear, "")


def _without(
    place: Place,
    own: bool,
    why: str,
    counts: tuple[int | None, int | None],
    lang: str,
    clear: bool = False,
) -> Moved:
    return Moved(place, named(place, lang), own, *counts, None, 0.0, None, clear, why)
