"""What is printed on a page, line by line: the text, where it stands, how large and how heavy it is."""

import ctypes
import re
from dataclasses import dataclass
from math import hypot

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from manuscript.pdf.joining import glued

BROKEN = re.compile("[\x02\ufffe]")  # what pdfium puts where a word goes on in the next line
BELOW_BASE, ABOVE_BASE = 0.15, 0.7  # of the letters' size: where every sign of a row has a part
LEADER = 6  # dots in a row, as in a contents list without pages
BULLET = "•"
Cell = tuple[float, str]  # its left edge and its text
Box = tuple[float, float, float, float]  # left, bottom, right, top


@dataclass(slots=True)
class Row:
    """One printed line; distances in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    base: float  # the line it stands on
    size: float  # of its letters
    page: int
    bold: bool = False  # all of it
    cells: tuple[Cell, ...] = ()


def rows_of_page(document: pdfium.PdfDocument, number: int) -> list[Row]:
    """The rows of a page (from 0), in the order they were drawn."""
    page = document[number]
    try:
        textpage = page.get_textpage()
        rows = _rows(Printed(textpage, number + 1))
        textpage.close()
        return rows
    finally:
        page.close()


def _rows(printed: "Printed") -> list[Row]:
    out: list[Row] = []
    start = 0
    for line in printed.textpage.get_text_range().split("\n"):
        begun = False
        for part in BROKEN.split(line):
            if part and not part.isspace():
                row = printed.row(part, start)
                if row.text:
                    _add(out, row, goes_on=begun)
                    begun = True
            start += len(part) + 1
    return out


def _add(out: list[Row], row: Row, *, goes_on: bool) -> None:
    """Add the next row of a page. What pdfium holds for the second part of a broken word is a line of its
    own, unless it stands beside the first."""
    if not goes_on:
        out.append(row)
        return
    before = out[-1]
    before.text += "-"
    if before.cells:
        left, text = before.cells[-1]
        before.cells = (*before.cells[:-1], (left, f"{text}-"))
    if _stands_beside(before, row):
        before.text, before.right, before.cells = glued(before.text, row.text), row.right, ()
    else:
        out.append(row)


def _stands_beside(before: Row, row: Row) -> bool:
    return abs(before.base - row.base) < row.size / 2 and row.left >= before.right - 1


class Printed:
    """A page's letters, and where they stand."""

    def __init__(self, textpage: pdfium.PdfTextPage, number: int) -> None:
        self.textpage = textpage
        self.raw = textpage.raw
        self.number = number
        # pdfium writes into these
        self.x, self.base, *self.box = (ctypes.c_double() for _ in range(6))
        self.matrix = raw.FS_MATRIX()
        self.font, self.flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def row(self, line: str, start: int) -> Row:
        """The row of a line whose letters begin at `start` in the page's text."""
        text = line.strip()
        first = start + len(line) - len(line.lstrip())
        last = first + len(text) - 1
        raw.FPDFText_GetCharOrigin(self.raw, first, self.x, self.base)
        raw.FPDFText_GetCharBox(self.raw, last, *self.box)
        left, base, right = self.x.value, self.base.value, self.box[1].value
        size = self._size(first)
        cells = self._cells(first, len(text), base, size)
        bold = self._is_bold(first) and self._is_bold(last)
        return Row(_tidy(text), left, max(right, left), base, round(size, 1), self.number, bold, cells)

    def _size(self, at: int) -> float:
        """The size of a letter as it is printed, in points."""
        raw.FPDFText_GetMatrix(self.raw, at, self.matrix)
        size: float = raw.FPDFText_GetFontSize(self.raw, at)
        return size * hypot(self.matrix.c, self.matrix.d)

    def _is_bold(self, at: int) -> bool:
        length = raw.FPDFText_GetFontInfo(self.raw, at, self.font, len(self.font), self.flags)
        return 0 < length <= len(self.font) and b"Bold" in self.font.value

    def _cells(self, first: int, count: int, base: float, size: float) -> tuple[Cell, ...]:
        """The pieces of a line that stand more than a letter apart; nothing for an ordinary line."""
        pieces = raw.FPDFText_CountRects(self.raw, first, count)
        if pieces < 2:
            return ()
        boxes = sorted(self.textpage.get_rect(piece) for piece in range(pieces))
        groups = [[boxes[0]]]
        for box in boxes[1:]:
            if box[0] - groups[-1][-1][2] > size:
                groups.append([box])
            else:
                groups[-1].append(box)
        if len(groups) < 2:
            return ()
        return tuple(self._cell(group, base, size) for group in groups)

    def _cell(self, boxes: list[Box], base: float, size: float) -> Cell:
        """What stands in the smallest box around some boxes, without what reaches in from the rows above and
        below."""
        lefts, bottoms, rights, tops = zip(*boxes, strict=True)
        bottom = max(min(bottoms), base - BELOW_BASE * size)
        top = min(max(tops), base + ABOVE_BASE * size)
        text = self.textpage.get_text_bounded(min(lefts), bottom, max(rights), top)
        return min(lefts), text.strip()


def _tidy(text: str) -> str:
    """A line's text without a leader of dots or soft hyphens, and with a list's mark as a dot."""
    if text.endswith("."):
        bare = text.rstrip(" .\xa0")
        if text.count(".", len(bare)) >= LEADER:
            text = bare
    if len(text) > 1 and "\ue000" <= text[0] <= "\uf8ff" and text[1] == " ":
        text = BULLET + text[1:]  # a mark in a font of signs
    return text.replace("\u00ad", "").replace("\x00", "-")
