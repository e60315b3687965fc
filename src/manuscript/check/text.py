"""What the check reads: a plan as lines, whether it came from a file or is written here."""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from manuscript.contents import TocEntry
from manuscript.headings import Heading
from manuscript.line import Concordance, Line
from manuscript.promise import Promise

NEAR = 40  # lines
WORD = re.compile(r"[A-Za-zÆØÅæøåéÉ]{4,}")


@dataclass(frozen=True)
class Area:
    """A focus area: where it stands, and what the plan knows of it (None where only a text is known)."""

    title: str
    line: int
    promises: int
    addressees: int | None = None


@dataclass(frozen=True)
class Manuscript:
    """A plan to be checked. `today` is the day it is to be released; None when only the text is known."""

    title: str
    year: int | None
    lines: list[Line]
    headings: list[Heading]
    toc: list[TocEntry] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    municipalities: list[str] = field(default_factory=list)
    title_line: int = 0
    today: date | None = None

    @cached_property
    def titles(self) -> list[Line]:
        """Headings and sub-headings of the text, in order."""
        out: list[Line] = []
        for heading in self.headings:
            out.append(Line(heading.line, heading.title))
        for heading in self.headings:
            out += heading.subheadings
        return sorted(out, key=_number)

    @cached_property
    def body(self) -> list[Line]:
        """The paragraphs under the headings."""
        titles = {line.number for line in self.titles}
        out: list[Line] = []
        for heading in self.headings:
            out += [line for line in heading.lines if line.text and line.number not in titles]
        return out

    @cached_property
    def whole(self) -> list[Line]:
        """Titles and paragraphs in order."""
        return sorted([*self.titles, *self.body], key=_number)

    @cached_property
    def words(self) -> Counter[str]:
        """How often each word of four letters and more stands in titles and paragraphs, in lower case."""
        return Counter(WORD.findall(self.concordance.text))

    @cached_property
    def concordance(self) -> Concordance:
        """Which titles and paragraphs hold a piece of text."""
        return Concordance(self.whole)

    def lines_of(self, number: int) -> list[Line]:
        """The line with a number, if the text has it."""
        place = bisect_left(self._numbers, number)
        if place < len(self.lines) and self._numbers[place] == number:
            return [self.lines[place]]
        return []

    def lines_before(self, number: int) -> list[Line]:
        """The lines before a number, the nearest last; as many as a list is long."""
        place = bisect_left(self._numbers, number)
        return self.lines[max(0, place - NEAR) : place]

    @cached_property
    def _numbers(self) -> list[int]:
        return list(map(_number, self.lines))

    def lines_with(self, *pieces: str) -> list[Line]:
        """The titles and paragraphs that hold one of some pieces of text (in lower case), in order."""
        numbers: set[int] = set()
        for piece in pieces:
            numbers.update(map(_number, self.concordance.lines_with(piece)))
        return [line for line in self.whole if line.number in numbers]

    def body_with(self, *pieces: str) -> list[Line]:
        """The paragraphs that hold one of some pieces of text (in lower case), in order."""
        body = set(map(_number, self.body))
        return [line for line in self.lines_with(*pieces) if line.number in body]


def _number(line: Line) -> int:
    return line.number
