"""A PDF to lines: text with its place on the page, columns in reading order, paragraphs joined, headings by size.

pdfium gives the text in the order it was drawn; what belongs together is told from where it stands.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import chain, pairwise
from math import hypot

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from manuscript.source import Line, Unreadable
from manuscript.structure import NUMBERED, TOC_ENTRY, TOC_HEAD

PAGES_LIMIT = 400
DIGITS = re.compile(r"\d+")
HYPHENED = re.compile(r"(?<!\w)\w+-\w+")
ENDS_WITH, BEGINS_WITH = re.compile(r"\w+-$"), re.compile(r"\w+")
LONG_WORD = 60
SAME_PLACE = 4  # points
LEADER = 6  # dots in a row, as in a contents list without pages
BROKEN = re.compile("[\x02\ufffe]")  # what pdfium puts where a word goes on in the next line
BULLETS = ("•", "-", "–", "·", "▪", "►", "*")


Mark = tuple[str, int] | None  # a row's text without its digits, and how high it stands


@dataclass(slots=True)
class Row:
    """One printed line: its text, where it begins and ends and the line it stands on (points from the lower left corner), the size of its
    letters, its page, whether it is all in bold, its cells."""

    text: str
    left: float
    right: float
    base: float
    size: float
    page: int
    bold: bool = False
    cells: tuple[tuple[float, str], ...] = ()


def lines_of_pdf(content: bytes) -> list[Line]:
    """The paragraphs of a PDF as lines with their page; raises Unreadable for a locked, broken, scanned or endless one."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise Unreadable(
            "Filen er låst med adgangskode. Gem den uden kode, og prøv igen."
            if locked
            else "PDF-filen er gået i stykker og kan ikke læses. Find originalen, og gem den igen."
        ) from error
    try:
        if len(document) > PAGES_LIMIT:
            raise Unreadable(f"PDF-filen har {len(document)} sider. En plan har højst {PAGES_LIMIT}.")
        pages = [_rows(document, number) for number in range(len(document))]
    finally:
        document.close()
    rows = _without_furniture([_in_reading_order(page) for page in pages])
    if sum(len(row.text) for row in rows) < 20:
        raise Unreadable(
            "Filen kunne ikke læses. Den er skannet og har ingen tekst. Find originalen, eller kør tekstgenkendelse først."
        )
    return _paragraphs(rows)


def _rows(document: pdfium.PdfDocument, number: int) -> list[Row]:
    page = document[number]
    try:
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        printed = Printed(textpage, number + 1)
        out: list[Row] = []
        start = 0
        for line in text.split("\n"):
            begun = False
            for part in BROKEN.split(line):
                if part and not part.isspace() and (row := printed.row(part, start)).text:
                    _add(out, row, goes_on=begun)
                    begun = True
                start += len(part) + 1
        textpage.close()
        return out
    finally:
        page.close()


def _add(out: list[Row], row: Row, *, goes_on: bool) -> None:
    """The next row of a page. What pdfium holds for the second part of a broken word is a line of its own, unless it stands beside the first."""
    if goes_on:
        before = out[-1]
        before.text += "-"
        if before.cells:
            left, text = before.cells[-1]
            before.cells = (*before.cells[:-1], (left, f"{text}-"))
        if abs(before.base - row.base) < row.size / 2 and row.left >= before.right - 1:
            before.text, before.right, before.cells = _glue(before.text, row.text), row.right, ()
            return
    out.append(row)


class Printed:
    """A page's letters, and where they stand."""

    def __init__(self, textpage: pdfium.PdfTextPage, number: int) -> None:
        self.textpage = textpage
        self.raw = textpage.raw
        self.number = number
        self.x, self.base, *self.box = (ctypes.c_double() for _ in range(6))  # pdfium writes into these
        self.matrix = raw.FS_MATRIX()
        self.font, self.flags = ctypes.create_string_buffer(128), ctypes.c_int()

    def row(self, line: str, start: int) -> Row:
        """The row of a line whose letters begin at `start` in the page's text."""
        text = line.strip()
        first = start + len(line) - len(line.lstrip())
        raw.FPDFText_GetCharOrigin(self.raw, first, self.x, self.base)
        last = first + len(text) - 1
        raw.FPDFText_GetCharBox(self.raw, last, *self.box)
        raw.FPDFText_GetMatrix(self.raw, first, self.matrix)
        size = raw.FPDFText_GetFontSize(self.raw, first) * hypot(self.matrix.c, self.matrix.d)  # in points
        x, base, right = self.x.value, self.base.value, self.box[1].value
        cells = self._cells(first, len(text), size)
        if text.endswith("."):
            bare = text.rstrip(" .\xa0")
            text = bare if text.count(".", len(bare)) >= LEADER else text
        if len(text) > 1 and "\ue000" <= text[0] <= "\uf8ff" and text[1] == " ":
            text = BULLETS[0] + text[1:]  # a list's mark in a font of signs
        text = text.replace("\u00ad", "").replace("\x00", "-")
        bold = self._bold(first) and self._bold(last)
        return Row(text, x, max(right, x), base, round(size, 1), self.number, bold, cells)

    def _bold(self, at: int) -> bool:
        length = raw.FPDFText_GetFontInfo(self.raw, at, self.font, len(self.font), self.flags)
        return 0 < length <= len(self.font) and b"Bold" in self.font.value

    def _cells(self, first: int, count: int, size: float) -> tuple[tuple[float, str], ...]:
        """(left edge, text) of the pieces of a line that stand more than a letter apart; nothing for an ordinary line."""
        pieces = raw.FPDFText_CountRects(self.raw, first, count)
        if pieces < 2:
            return ()
        boxes = sorted(self.textpage.get_rect(i) for i in range(pieces))
        groups = [[boxes[0]]]
        for box in boxes[1:]:
            if box[0] - groups[-1][-1][2] > size:
                groups.append([box])
            else:
                groups[-1].append(box)
        if len(groups) < 2:
            return ()
        whole = [
            (min(b[0] for b in g), min(b[1] for b in g), max(b[2] for b in g), max(b[3] for b in g))
            for g in groups
        ]
        return tuple(
            (left, self.textpage.get_text_bounded(left, low, right, top).strip())
            for left, low, right, top in whole
        )


def _in_reading_order(rows: list[Row]) -> list[Row]:
    """Rows of a page top to bottom; on a page in two columns the left one first, between the lines that cross both."""
    if len(rows) < 10:
        return rows
    edge = max(row.right for row in rows) + min(row.left for row in rows)
    for middle in (edge / 2 + step for step in (0, -12, 12, -24, 24)):
        left = [row for row in rows if row.right <= middle]
        right = [row for row in rows if row.left >= middle]
        if min(len(left), len(right)) >= 0.2 * len(rows) and len(left) + len(right) >= 0.75 * len(rows):
            return _two_columns(rows, middle)
    return rows


def _two_columns(rows: list[Row], middle: float) -> list[Row]:
    out: list[Row] = []
    band: list[Row] = []

    def close() -> None:
        out.extend(_line_by_line([r for r in band if r.right <= middle]))
        out.extend(_line_by_line([r for r in band if r.right > middle]))
        band.clear()

    for row in sorted(rows, key=lambda r: -r.base):
        if row.left < middle < row.right:
            close()
            out.append(row)
        else:
            band.append(row)
    close()
    return out


def _line_by_line(rows: list[Row]) -> list[Row]:
    """Rows from the top, those of one line (the cells of a table) from the left."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda r: -r.base):
        if lines and lines[-1][0].base - row.base < row.size / 2:
            lines[-1].append(row)
        else:
            lines.append([row])
    return [row for line in lines for row in sorted(line, key=lambda r: r.left)]


def _without_furniture(pages: list[list[Row]]) -> list[Row]:
    """All rows but page numbers and what stands at the same place on most pages."""
    places = [[(row.text.lstrip("0123456789 \t\xa0")[:1], round(row.base)) for row in page] for page in pages]
    likely = _on_most(places)  # the first letter alone leaves few rows to look at whole
    marks = [
        [
            (DIGITS.sub("", row.text).strip(), place[1]) if place in likely else None
            for row, place in zip(page, own, strict=True)
        ]
        for page, own in zip(pages, places, strict=True)
    ]
    furniture = _on_most(marks) - {None}
    rows = zip(chain.from_iterable(pages), chain.from_iterable(marks), strict=True)
    return [
        row for row, mark in rows if mark not in furniture and not (row.text.isdigit() and len(row.text) < 4)
    ]


def _on_most(pages: Sequence[Sequence[Mark]]) -> set[Mark]:
    """What half of the pages have, and at least three."""
    times = Counter(chain.from_iterable(set(page) for page in pages))
    return {mark for mark, count in times.items() if count >= max(3, len(pages) // 2)}


def _paragraphs(rows: list[Row]) -> list[Line]:
    letters: Counter[float] = Counter()
    for row in rows:
        letters[row.size] += len(row.text)
    body = letters.most_common(1)[0][0]
    sizes = sorted(
        {row.size for row in rows if row.size >= body * 1.12 and len(row.text) < 200}, reverse=True
    )
    if len(sizes) > 1 and sum(row.size == sizes[0] for row in rows) <= 3:
        sizes = sizes[1:]  # the title's own size
    pitch = _pitch(rows, body)
    out: list[Line] = []
    contents = False
    before: Row | None = None
    hyphened = {word.lower() for row in rows if "-" in row.text for word in HYPHENED.findall(row.text)}
    for row in _joined_tables(rows, hyphened):
        contents = bool(TOC_HEAD.match(row.text)) or (contents and bool(TOC_ENTRY.match(row.text)))
        level = sizes.index(row.size) + 1 if row.size in sizes else 0
        if before is not None and out and not contents and _goes_on(before, row, out[-2].text, pitch, body):
            last = out[-2]
            out[-2] = Line(last.number, _glue(last.text, row.text, hyphened), last.heading, last.page)
        else:
            out += [Line(len(out) + 1, row.text, level, row.page), Line(len(out) + 2, "", 0, row.page)]
        before = row
    return out


def _pitch(rows: list[Row], body: float) -> float:
    """The usual distance from one line of body text to the next: to one that goes on with a small letter."""
    pairs = [(a, b) for a, b in pairwise(rows) if a.size == b.size == body and 0 < a.base - b.base < 4 * body]
    within = [(a, b) for a, b in pairs if b.text[0].islower()]
    steps = Counter(round(a.base - b.base) for a, b in within or pairs)
    return steps.most_common(1)[0][0] if steps else body * 1.4


def _goes_on(before: Row, row: Row, text: str, pitch: float, body: float) -> bool:
    """Is `row` the next line of the paragraph that ends in `before`?"""
    if (
        before.size != row.size
        or before.bold != row.bold
        or row.text.startswith(BULLETS)
        or " | " in row.text
        or " | " in before.text
    ):
        return False
    step = before.base - row.base
    below = before.page == row.page and abs(step) < 6 * pitch and step > 0
    if below:
        close = step <= pitch * 1.3 * max(1.0, row.size / body)
        return close and not (NUMBERED.match(row.text) and text.endswith((".", ":")))
    # the top of the next column or page: the same paragraph only if the sentence is not finished
    return row.text[0].islower() and not text.endswith((".", ":", "!", "?"))


def _glue(text: str, more: str, hyphened: Container[str] = ()) -> str:
    """Two lines as one. A hyphen at the end of the first breaks a word, unless it is the word's own: after capitals or a digit, before a
    capital, a digit or "og", and where the text has the word `hyphened` elsewhere.

    >>> _glue("trafik-", "sikkerhed"), _glue("SSP-", "læreren"), _glue("by-", "og landområder"), _glue("en", "skole")
    ('trafiksikkerhed', 'SSP-læreren', 'by- og landområder', 'en skole')
    >>> _glue("i exit-", "enheden.", {"exit-enheden"}), _glue("Pre-", "Exit"), _glue("KRIMINALITETSFORE-", "BYGGENDE"), _glue("§ 115-", "sager")
    ('i exit-enheden.', 'Pre-Exit', 'KRIMINALITETSFOREBYGGENDE', '§ 115-sager')
    """
    if (
        len(text) < 2
        or not text.endswith("-")
        or not text[-2].isalnum()
        or more.startswith(("og ", "eller ", "samt "))
    ):
        return f"{text} {more}"
    begun, rest = ENDS_WITH.search(text[-LONG_WORD:]), BEGINS_WITH.match(more)
    if begun is None or rest is None:
        return f"{text} {more}"
    capitals = begun[0].isupper() and len(begun[0]) > 5
    broken = rest[0].isupper() if capitals else rest[0][0].islower() and begun[0][-2].islower()
    own = (begun[0] + rest[0]).lower() in hyphened
    return text[:-1] + more if broken and not own else text + more


def _joined_tables(rows: list[Row], hyphened: Container[str]) -> list[Row]:
    """Tables as one row per record, its cells between bars. A head of three or more cells tells where the columns stand; what
    follows at those columns belongs to it, also a cell that runs over several lines."""
    out: list[Row] = []
    columns: list[float] = []
    size = 0.0
    record: list[list[str]] = []
    last: Row | None = None

    def close() -> None:
        if record and last is not None:
            cells = (
                reduce(lambda text, more: _glue(text, more, hyphened), cell, "").strip() for cell in record
            )
            out.append(replace(last, text=" | ".join(cells), cells=()))
        record.clear()

    for row in rows:
        pieces = row.cells or [(row.left, row.text)]
        if not columns and len(pieces) >= 3:
            columns, size = [left for left, _ in pieces], row.size
            out.append(replace(row, text=" | ".join(text for _, text in pieces), cells=()))
            continue
        places = [
            next((n for n, left in enumerate(columns) if abs(left - x) < SAME_PLACE), None) for x, _ in pieces
        ]
        crosses = len(pieces) == 1 and any(
            row.left + SAME_PLACE < left < row.right - row.size for left in columns
        )
        if (
            not columns or None in places or crosses or row.size > size
        ):  # a heading, or running text below the table
            close()
            columns, last = [], None
            out.append(row)
            continue
        below = last is not None and last.base - row.base > 1.45 * row.size
        over = (
            last is not None and last.page != row.page and not row.text[0].islower()
        )  # a record may go on on the next page
        begins = places[0] == 0 and (last is None or below or over)
        if begins:
            close()
            record.extend([] for _ in columns)
        for place, (_, text) in zip(places, pieces, strict=True):
            if record and place is not None:
                record[place].append(text)
        if places[0] == 0:
            last = row
    close()
    return out
