"""Rows to paragraphs: which row goes on with the one above it, and which is a heading, by its size."""

import re
from collections import Counter
from itertools import pairwise

from manuscript.contents import ENTRY, HEAD
from manuscript.line import NUMBERED, Line
from manuscript.pdf.joining import glued
from manuscript.pdf.letters import Row
from manuscript.pdf.tables import joined_tables

HYPHENED = re.compile(r"(?<!\w)\w+-\w+")
BULLETS = ("•", "-", "–", "·", "▪", "►", "*")
HEADING = 1.12  # of the body's size, at least
LONG_HEADING = 200  # letters
OF_THE_TITLE = 3  # rows at most in a size of its own
LOOSER = 1.3  # of the usual distance: still the next line
USUAL_PITCH = 1.4  # of the body's size, where nothing else tells


def paragraphs(rows: list[Row]) -> list[Line]:
    """The paragraphs of a document, each followed by a blank line, headings with their level."""
    letters = Letters(rows)
    hyphened = _hyphened(rows)
    out: list[Line] = []
    contents = False
    before: Row | None = None
    for row in joined_tables(rows, hyphened):
        contents = _is_contents(row.text, contents)
        if before is not None and not contents and letters.goes_on(before, row, out[-2].text):
            last = out[-2]
            out[-2] = last._replace(text=glued(last.text, row.text, hyphened))
        else:
            out.append(Line(len(out) + 1, row.text, letters.level(row), row.page))
            out.append(Line(len(out) + 1, "", 0, row.page))
        before = row
    return out


def _is_contents(text: str, before: bool) -> bool:
    """Is a row the head of the contents list, or one more of its entries?"""
    if HEAD.match(text):
        return True
    return before and ENTRY.match(text) is not None


def _hyphened(rows: list[Row]) -> set[str]:
    """The words that the text writes with a hyphen inside a line."""
    out: set[str] = set()
    for row in rows:
        if "-" in row.text:
            out.update(map(str.lower, HYPHENED.findall(row.text)))
    return out


class Letters:
    """The sizes of a document's letters, and the usual distance between its lines."""

    def __init__(self, rows: list[Row]) -> None:
        letters: Counter[float] = Counter()
        for row in rows:
            letters[row.size] += len(row.text)
        self.body = letters.most_common(1)[0][0]
        self.sizes = self._heading_sizes(rows)
        self.pitch = self._pitch(rows)

    def level(self, row: Row) -> int:
        """A row's level as a heading; 0 for running text."""
        if row.size not in self.sizes:
            return 0
        return self.sizes.index(row.size) + 1

    def _heading_sizes(self, rows: list[Row]) -> list[float]:
        """The sizes of headings, the largest first; without one that only the title has."""
        large = [row.size for row in rows if row.size >= self.body * HEADING and len(row.text) < LONG_HEADING]
        sizes = sorted(set(large), reverse=True)
        if len(sizes) > 1 and sum(row.size == sizes[0] for row in rows) <= OF_THE_TITLE:
            return sizes[1:]
        return sizes

    def _pitch(self, rows: list[Row]) -> float:
        """The usual distance from one line to the next: to one that goes on with a small letter."""
        steps: Counter[int] = Counter()
        steps_within: Counter[int] = Counter()
        for above, below in pairwise(rows):
            step = above.base - below.base
            if above.size == below.size == self.body and 0 < step < 4 * self.body:
                steps[round(step)] += 1
                if below.text[0].islower():
                    steps_within[round(step)] += 1
        usual = (steps_within or steps).most_common(1)
        if not usual:
            return self.body * USUAL_PITCH
        return usual[0][0]

    def goes_on(self, before: Row, row: Row, text: str) -> bool:
        """Is `row` the next line of the paragraph that ends in `before` and says `text`?"""
        if before.size != row.size or before.bold != row.bold or row.text.startswith(BULLETS):
            return False
        if " | " in row.text or " | " in before.text:
            return False
        step = before.base - row.base
        if before.page == row.page and 0 < step < 6 * self.pitch:
            close = step <= self.pitch * LOOSER * max(1.0, row.size / self.body)
            return close and not (NUMBERED.match(row.text) and text.endswith((".", ":")))
        # the top of the next column or page: the same paragraph only if the sentence is not finished
        return row.text[0].islower() and not text.endswith((".", ":", "!", "?"))
