"""Figures in a text: value, unit, what, period, place; also a claim without a number, such as "på samme
niveau".

Values: a number (a fall is negative), a day "2022-02-01", a month "2021-09", a quarter "2022-Q2", a year
"2019", a span [2021, 2023], an age band [10, 17] (None where it is open), a paragraph "215 a"; None for a
claim without a number.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from manuscript.finders.ages import AGES
from manuscript.finders.counts import COUNTS
from manuscript.finders.days import DAYS
from manuscript.finders.finder import A_YEAR, Match, Value
from manuscript.finders.measures import MEASURES
from manuscript.finders.years import YEARS
from manuscript.sentences import Sentence
from manuscript.words import Sign, Signs, either, lowered

# Of two that match the same words the first counts.
FINDERS = [*AGES, *DAYS, *MEASURES, *YEARS, *COUNTS]
SIGNS = Signs(*(finder.sign for finder in FINDERS))


class Figure(NamedTuple):
    """One figure: see the module for the shapes of `value`."""

    line: int
    value: Value
    unit: str
    text: str
    period: str
    place: str


def figures(found: list[Sentence], year: int | None, place: str) -> list[Figure]:
    """The figures of the sentences in order; `place` is where they hold when the sentence names none."""
    out: list[Figure] = []
    told: dict[int, list[str]] = {}  # line -> the periods that its last sentence with any named
    for sentence in found:
        text = sentence.text
        periods = _periods(text)
        if periods:
            told[sentence.line] = periods
        period = ", ".join(told.get(sentence.line, []))
        for value, unit, match in _found(text, year):
            where = _place(text, match.start(), place)
            out.append(Figure(sentence.line, value, unit, match[0].strip(), period, where))
    return sorted(out, key=lambda figure: figure.line)


YEARS_OR_ONE = rf"{A_YEAR}(?:\s?[-–]\s?20\d\d)?\b"
WHICH_QUARTER = either(
    r"\d\.", r"(?:de )?(?:tre |to )?første(?: tre| to)?", "første", "andet", "tredje", "fjerde"
)
QUARTERS = Sign(
    rf"(?:{WHICH_QUARTER}) kvartal(?:er)?(?: (?:af |i )?20\d\d)?|{YEARS_OR_ONE}",
    "kvartal kvartaler",
)
ONLY_YEARS = re.compile(YEARS_OR_ONE)


def _periods(text: str) -> list[str]:
    """The periods that a sentence names, each once."""
    found = ONLY_YEARS.finditer(text)
    if QUARTERS.may_stand_in(text):
        found = QUARTERS.finditer(text)
    out: dict[str, None] = {}
    for match in found:
        out[match[0].strip()] = None
    return list(out)


def _found(text: str, year: int | None) -> Iterator[tuple[Value, str, Match]]:
    """What the finders find, each stretch of the sentence once."""
    taken: list[Match] = []
    low = lowered(text)
    for place in SIGNS.worth_trying(text):
        finder = FINDERS[place]
        for match in finder.sign.places(text, low):
            if any(_overlap(match, other) for other in taken):
                continue
            found = finder.worth(match, year)
            if found is not None:
                taken.append(match)
                yield *found, match


def _overlap(one: Match, other: Match) -> bool:
    return one.start() < other.end() and other.start() < one.end()


COUNTRY = Sign(
    r"\b(?:"
    + either(
        *("på landsplan", "i hele landet", "hele landet", "nationalt"),
        *("landsdækkende", "i Danmark", "hele Danmark"),
    )
    + r")\b",
    "landsplan landet nationalt landsdækkende danmark",
)
CLAUSE = re.compile(r"[^,;.]{0,60}")
BEFORE = re.compile(r"[,;]| mod ")
TOWN = re.compile(r"(?:i(?<!\wi)|f(?<!\wf)or) ([A-ZÆØÅ][\wæøå-]+)(?: Kommune| og [A-ZÆØÅ][\wæøå-]+ Kommune)?")


def _place(text: str, at: int, district: str) -> str:
    """Where the figure at `at` holds: named in its clause; else the document's own place."""
    if _is_of_the_country(text, at):
        return "Danmark"
    town = TOWN.search(text, max(0, at - 80))
    if town is None:
        return district
    return town[1]


def _is_of_the_country(text: str, at: int) -> bool:
    """Does the clause around `at` say that it speaks of the whole country?"""
    if not COUNTRY.may_stand_in(text):
        return False
    after = CLAUSE.match(text, at)
    if after and COUNTRY.pattern.search(after[0]):
        return True
    return COUNTRY.pattern.search(BEFORE.split(text[:at])[-1]) is not None
