"""Statements that do not fit together: everybody is in, and yet it shall be spread; eight municipalities,
and nine are listed."""

import re
from collections.abc import Iterator
from datetime import date

from manuscript.check.finding import Finding
from manuscript.check.text import Manuscript
from manuscript.dates import MONTHS, NAMES, WEEKDAY, WEEKDAYS
from manuscript.finders.finder import number
from manuscript.headings import Heading
from manuscript.line import Line
from manuscript.words import WORD, Seldom

NUMBERS = r"\d+|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv"
WHOM = r"(kommuner\w*|skoler\w*|lokalråd\w*)"
OF_ALL = Seldom(
    rf"\bde ({NUMBERS}) (?:nord|syd|øst|vest|midt|sjæl|fyn)\w* (?:kommuner|borgmestre|lokalråd)|"
    rf"\b(?:kredsens|de i alt) ({NUMBERS}) kommuner\b",
    *("kommuner", "borgmestre", "lokalråd"),
)
COVERS = Seldom(
    rf"\b(?:dække[rt]?|omfatter|gælder|indført i|kører i|bruges i)\b[^.]*\balle\b[^.]{{0,40}}\b{WHOM}",
    " alle",
)
SPREADS = Seldom(
    rf"\b(?:udbred\w+|udrul\w+|udvides?)\b[^.]{{0,40}}\b{WHOM}",
    *("udbred", "udrul", "udvide"),
)
DATED = re.compile(rf"\b({WEEKDAY}) (?:den |d\. )?(\d{{1,2}})\. ({NAMES}) (20\d\d)\b", re.IGNORECASE)
LEAST_LISTED = 3  # municipalities
LONG_WORD = 8  # letters


def contradictions(m: Manuscript) -> Iterator[Finding]:
    """ "Dækker alle kommuner" and "skal udbredes i kommunerne" in one section; "de otte kommuner" in a
    plan that lists nine; "mandag den 4. maj 2021", which was a Tuesday."""
    yield from _covered_and_spread(m)
    yield from _wrong_weekdays(m)
    listed = len(m.municipalities)
    if listed >= LEAST_LISTED:
        yield from _wrong_numbers(m, listed)


def _wrong_weekdays(m: Manuscript) -> Iterator[Finding]:
    """A weekday and a date that do not go together, or a date that is no day at all."""
    for line in m.lines_with("dag"):
        for found in DATED.finditer(line.text):
            month = MONTHS.index(found[3].lower()) + 1
            try:
                own = WEEKDAYS.split()[date(int(found[4]), month, int(found[2])).weekday()]
            except ValueError:
                says = f"“{found[0]}”: den dag findes ikke. Hvilken dag er det?"
                yield Finding("contradiction", line.number, says, (line.number,))
                continue
            if own != found[1].lower():
                says = f"Her står “{found[0]}”, men den dag er en {own}. Hvad er rigtigt?"
                yield Finding("contradiction", line.number, says, (line.number,))


def _wrong_numbers(m: Manuscript, listed: int) -> Iterator[Finding]:
    for line in m.body_with(*OF_ALL.parts):
        for found in OF_ALL.finditer(line.text):
            if number(found[1] or found[2]) != listed:
                says = f"Her står “{found[0]}”, men planen nævner {listed} kommuner. Hvad er rigtigt?"
                yield Finding("contradiction", line.number, says, (line.number,))


def _saying(m: Manuscript, pattern: Seldom) -> list[Line]:
    return [line for line in m.body_with(*pattern.parts) if pattern.search(line.text)]


def _covered_and_spread(m: Manuscript) -> Iterator[Finding]:
    spreads = _saying(m, SPREADS)
    if not spreads:
        return
    covers = _saying(m, COVERS)
    if covers:
        yield from _in_one_part(m, covers, spreads)
        yield from _in_two_sections(m, covers, spreads)


def _in_one_part(m: Manuscript, covers: list[Line], spreads: list[Line]) -> Iterator[Finding]:
    """The two statements between the same two headings."""
    for heading in m.headings:
        for part in _parts(heading):
            first = _first_of(covers, part)
            last = _first_of(spreads, part)
            if first and last and first != last:
                says = f"Linje {first} siger, at alle er med; her skal det udbredes. Hvem mangler?"
                yield Finding("contradiction", last, says, (first, last))


def _parts(heading: Heading) -> Iterator[set[int]]:
    """The numbers of the lines between two sub-headings."""
    titles = {line.number for line in heading.subheadings}
    part: set[int] = set()
    for line in heading.lines:
        if line.number in titles:
            yield part
            part = set()
        else:
            part.add(line.number)
    yield part


def _first_of(lines: list[Line], part: set[int]) -> int:
    """The first of some lines that stands in a part; 0 for none."""
    return next((line.number for line in lines if line.number in part), 0)


def _in_two_sections(m: Manuscript, covers: list[Line], spreads: list[Line]) -> Iterator[Finding]:
    """The same two statements about one thing in two sections: they share two longer words or more."""
    section: dict[int, int] = {}
    for heading in m.headings:
        section.update((line.number, heading.line) for line in heading.lines)
    for one in covers:
        for other in spreads:
            if section[one.number] == section[other.number] or len(_longer(one) & _longer(other)) < 2:
                continue
            first, last = sorted((one.number, other.number))
            says = (
                f"Linje {one.number} siger, at alle er med; linje {other.number}, at det skal udbredes. "
                "Hvad er rigtigt?"
            )
            yield Finding("contradiction", last, says, (first, last))


def _longer(line: Line) -> set[str]:
    return {word for word in WORD.findall(line.text.lower()) if len(word) >= LONG_WORD}
