"""A line of a text, and many lines as one text that can be searched at once."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

# What a list's items begin with: a mark, "1)", "a)".
MARKS = "-–•·*▪▫►▸●○◦■□☐☑☒✓✔✗➢➤→⇒\uf0b7\uf0a7"
ITEM = re.compile(rf"^\s*(?:[{re.escape(MARKS)}]\s*(?=\S)|o\s+|\(?(?:[a-z]|\d{{1,2}})\)\s+)")
# "04.8 Trygge aftener": a number of one to three parts, and a title.
NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})\.?\s+(\S.*)$")


class Line(NamedTuple):
    """One line of a text, as it stands there."""

    number: int  # from 1
    text: str  # without outer blanks
    heading: int = 0  # its level as a heading, when the file says so
    page: int = 0  # in a PDF
    title: bool = False  # the document's title, when the file says so


class Concordance:
    """Lines as one text in lower case, to find fast which of them hold a piece of text.

    >>> lines = [Line(1, "Infohuset"), Line(2, "SSP"), Line(3, "mini-Infohus")]
    >>> [line.number for line in Concordance(lines).lines_with("infohus")]
    [1, 3]
    """

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text for line in lines).replace("İ", "I").lower()
        self._starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))

    def lines_with(self, piece: str) -> Iterator[Line]:
        """The lines that hold a piece of text (in lower case), in order, each once."""
        at = self.text.find(piece)
        while at >= 0:
            place = self._place_of(at)
            yield self.lines[place]
            at = self.text.find(piece, self._starts[place + 1])

    def lines_where(self, pattern: re.Pattern[str]) -> Iterator[Line]:
        """The lines in which a pattern (in lower case) is found, in order, each as often as it is."""
        for found in pattern.finditer(self.text):
            yield self.lines[self._place_of(found.start())]

    def _place_of(self, at: int) -> int:
        return bisect_right(self._starts, at) - 1
