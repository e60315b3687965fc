"""What may be said of another place beside the first, and of the difference between the two."""

from typing import Any

from evidens.answers import Change, Compared
from evidens.beside import Beside, Comparison, NotThere, Tested
from evidens.places import inside
from evidens.reservations import SMALL
from evidens.sentence.words import TO, capital, limits, number, percent

WIDEST_BAND = 30  # per cent points: a wider band of what the country's figure may be tells nobody anything
NOT_THERE = {
    "da": "Tallet for {place} foreligger ikke på denne afgrænsning.",
    "en": "The figure for {place} is not available on this definition.",
}
FIVE_REGIONS = {
    "da": "De fem regioner tilsammen, uden sager med uoplyst kommune, gik fra {before} til {after} ({size}), "
    "men det er ikke hele landet",
    "en": "The five regions together, without reports of unknown place, "
    "went from {before} to {after} ({size}), which is not the country",
}
POSSIBLE = {"da": "; mellem {low} og {high} er muligt", "en": "; between {low} and {high} is possible"}
NOT_CLEAR = {
    "da": "Forskellen til udviklingen {rest} er ikke klar.",
    "en": "The difference from the trend {rest} is not clear.",
}
ANOTHER = {
    "da": "Det er klart en anden udvikling end {rest} ({before} til {after}).",
    "en": "It is clearly another development than {rest} ({before} to {after}).",
}
MORE_OR_LESS = {"da": "{thing} er {size} end {rest}.", "en": "{thing} is {size} than {rest}."}
FALL = {"da": "Faldet", "en": "The fall"}
RISE = {"da": "Stigningen", "en": "The rise"}
LARGER = {"da": "større", "en": "larger"}
SMALLER = {"da": "mindre", "en": "smaller"}
REST_OF_THE_COUNTRY = {"da": "i resten af landet", "en": "in the rest of the country"}
REST_OF = {"da": "i resten af {place}", "en": "in the rest of {place}"}


def beside(result: Compared, other: Comparison, lang: str) -> str:
    """The other place's counts and change, and what one test allows to say of the difference."""
    if isinstance(other, NotThere):
        return _not_there(other, lang)
    counts = f"{number(other.before, lang)} {TO[lang]} {number(other.after, lang)}"
    text = f"{capital(other.place.at(lang))}: {counts}"
    moved = other.moved
    if moved and moved.change_pct is not None and min(other.before, other.after) >= SMALL:
        size = percent(moved.change_pct, lang, sign=True)
        text += f", {size} ({limits(moved.low, moved.high, lang, sign=True)})"
    return f"{text}. {against_rest(result, other, lang)}".strip()


def against_rest(result: Compared, other: Beside, lang: str) -> str:
    """What one test of the two together allows: larger, smaller, another, or not clear."""
    if other.test is None:
        return other.reason(lang)
    rest = _rest(result, other, lang)
    if not other.test.differs:
        return NOT_CLEAR[lang].format(rest=rest)
    if isinstance(result, Change) and result.clear and _same_way(result, other.test):
        return _larger_or_smaller(result, other.test, rest, lang)
    before, after = (number(count, lang) for count in other.test.rest)
    return ANOTHER[lang].format(rest=rest, before=before, after=after)


def _same_way(result: Change, test: Tested) -> bool:
    """Whether the place and the rest both fell, or both rose."""
    return (result.after - result.before) * (test.rest[1] - test.rest[0]) > 0


def _larger_or_smaller(result: Change, test: Tested, rest: str, lang: str) -> str:
    fell = result.after < result.before
    thing, size = RISE[lang], SMALLER[lang]
    if fell:
        thing = FALL[lang]
    if (test.ratio < 1) == fell:
        size = LARGER[lang]
    return MORE_OR_LESS[lang].format(thing=thing, size=size, rest=rest)


def _rest(result: Compared, other: Beside, lang: str) -> str:
    if not inside(result.place, other.place):
        return other.place.at(lang)
    if other.place.kind == "country":
        return REST_OF_THE_COUNTRY[lang]
    return REST_OF[lang].format(place=other.place.words(lang))


def _not_there(other: NotThere, lang: str) -> str:
    text = NOT_THERE[lang].format(place=other.place.words(lang))
    five = other.known.get("five_regions")
    if not five or five["change_pct"] is None:
        return text
    regions = FIVE_REGIONS[lang].format(
        before=number(five["before"], lang),
        after=number(five["after"], lang),
        size=percent(five["change_pct"], lang, sign=True),
    )
    return f"{text} {regions}{_possible(other.known, lang)}."


def _possible(known: dict[str, Any], lang: str) -> str:
    """The band that the country's change lies in, where it is narrow enough to say anything."""
    low, high = known.get("bounds_pct") or (None, None)
    if low is None or high is None or high - low > WIDEST_BAND:
        return ""
    return POSSIBLE[lang].format(
        low=percent(low, lang, sign=True),
        high=percent(high, lang, sign=True),
    )
