"""A PDF to lines: text with its place on the page, columns in reading order, paragraphs joined, headings by size.

pdfium gives the text in the order it was drawn; what belongs together is told from where it stands.
"""

import ctypes
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from samraad.plan.reading.source import Line, Unreadable
from samraad.plan.reading.structure import NUMBERED, TOC_ENTRY, TOC_HEAD

PAGES_LIMIT = 400
DIGITS = re.compile(r"\d+")
ODD = re.compile("[\x00\x02\ufffe\u00ad]")
BROKEN = re.compile(r"[\x02\ufffe\u00ad](?=\w)")
BULLETS = ("•", "-", "–", "·", "▪", "►", "*")


Mark = tuple[str, int] | None  # a row's text without its digits, and how high it stands


@dataclass(slots=True)
class Row:
    """One printed line: its text, its box in points from the lower left corner, the size of its letters, and the foot of its first
    letter (pdfium puts the two lines of a hyphenated word together)."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    page: int
    base: float
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
        raise Unreadable("Filen kunne ikke læses. Den er skannet og har ingen tekst. Find originalen, eller kør tekstgenkendelse først.")
    return _paragraphs(rows)


def _rows(document: pdfium.PdfDocument, number: int) -> list[Row]:
    page = document[number]
    try:
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        out, start = [], 0
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        odd = bool(ODD.search(text))
        for line in text.split("\n"):
            bare = _mended(line.strip()) if odd else line.strip()
            if bare:
                first = start + len(line) - len(line.lstrip())
                last = start + len(line.rstrip()) - 1
                raw.FPDFText_GetCharBox(textpage.raw, first, left, right, bottom, top)
                x, low, high = left.value, bottom.value, top.value
                raw.FPDFText_GetCharBox(textpage.raw, last, left, right, bottom, top)
                size = raw.FPDFText_GetFontSize(textpage.raw, first)
                wraps = bottom.value < low - size * 0.6
                foot = bottom.value if wraps else min(low, bottom.value)
                cells = () if wraps else _cells(textpage, first, last + 1 - first, size)
                out.append(Row(bare, x, max(right.value, x), foot, high, round(size, 1), number + 1, low, cells))
            start += len(line) + 1
        textpage.close()
        return out
    finally:
        page.close()


def _mended(line: str) -> str:
    """A line whose words are whole: what pdfium puts where a word was broken is no sign of the text.

    >>> _mended("trafik\\x02sikkerhed, by\\ufffe og\\x00")
    'trafiksikkerhed, by- og'
    """
    return BROKEN.sub("", line).replace("\x02", "-").replace("\ufffe", "-").replace("\x00", "")


def _cells(textpage: pdfium.PdfTextPage, first: int, count: int, size: float) -> tuple[tuple[float, str], ...]:
    """(left edge, text) of the pieces of a line that stand more than a letter apart; nothing for an ordinary line."""
    pieces = raw.FPDFText_CountRects(textpage.raw, first, count)
    if pieces < 2:
        return ()
    boxes = sorted(textpage.get_rect(i) for i in range(pieces))
    groups = [[boxes[0]]]
    for box in boxes[1:]:
        if box[0] - groups[-1][-1][2] > size:
            groups.append([box])
        else:
            groups[-1].append(box)
    if len(groups) < 2:
        return ()
    whole = [(min(b[0] for b in g), min(b[1] for b in g), max(b[2] for b in g), max(b[3] for b in g)) for g in groups]
    return tuple((left, textpage.get_text_bounded(left, low, right, top).strip()) for left, low, right, top in whole)


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
        out.extend(sorted((r for r in band if r.right <= middle), key=lambda r: -r.top))
        out.extend(sorted((r for r in band if r.right > middle), key=lambda r: -r.top))
        band.clear()

    for row in sorted(rows, key=lambda r: -r.top):
        if row.left < middle < row.right:
            close()
            out.append(row)
        else:
            band.append(row)
    close()
    return out


def _without_furniture(pages: list[list[Row]]) -> list[Row]:
    """All rows but page numbers and what stands at the same place on most pages."""
    places = [[(row.text.lstrip("0123456789 \t\xa0")[:1], round(row.bottom)) for row in page] for page in pages]
    likely = _on_most(places)  # the first letter alone leaves few rows to look at whole
    marks = [
        [(DIGITS.sub("", row.text).strip(), place[1]) if place in likely else None for row, place in zip(page, own, strict=True)]
        for page, own in zip(pages, places, strict=True)
    ]
    furniture = _on_most(marks) - {None}
    rows = zip(chain.from_iterable(pages), chain.from_iterable(marks), strict=True)
    return [row for row, mark in rows if mark not in furniture and not (row.text.isdigit() and len(row.text) < 4)]


def _on_most(pages: Sequence[Sequence[Mark]]) -> set[Mark]:
    """What half of the pages have, and at least three."""
    times = Counter(chain.from_iterable(set(page) for page in pages))
    return {mark for mark, count in times.items() if count >= max(3, len(pages) // 2)}


def _paragraphs(rows: list[Row]) -> list[Line]:
    letters: Counter[float] = Counter()
    for row in rows:
        letters[row.size] += len(row.text)
    body = letters.most_common(1)[0][0]
    sizes = sorted({row.size for row in rows if row.size >= body * 1.12 and len(row.text) < 200}, reverse=True)
    if len(sizes) > 1 and sum(row.size == sizes[0] for row in rows) <= 3:
        sizes = sizes[1:]  # the title's own size
    pitch = _pitch(rows, body)
    out: list[Line] = []
    contents = False
    before: Row | None = None
    for row in _joined_tables(rows):
        contents = bool(TOC_HEAD.match(row.text)) or (contents and bool(TOC_ENTRY.match(row.text)))
        level = sizes.index(row.size) + 1 if row.size in sizes else 0
        if before is not None and out and not contents and _goes_on(before, row, out[-2].text, pitch, body):
            last = out[-2]
            out[-2] = Line(last.number, _glue(last.text, row.text), last.heading, last.page)
        else:
            out += [Line(len(out) + 1, row.text, level, row.page), Line(len(out) + 2, "", 0, row.page)]
        before = row
    return out


def _pitch(rows: list[Row], body: float) -> float:
    """The usual distance from one line of body text to the next."""
    steps = Counter(
        round(a.bottom - b.bottom) for a, b in pairwise(rows) if a.size == b.size == body and 0 < a.bottom - b.bottom < 4 * body
    )
    return steps.most_common(1)[0][0] if steps else body * 1.4


def _goes_on(before: Row, row: Row, text: str, pitch: float, body: float) -> bool:
    """Is `row` the next line of the paragraph that ends in `before`?"""
    if before.size != row.size or row.text.startswith(BULLETS) or " | " in row.text or " | " in before.text:
        return False
    step = before.bottom - row.base
    below = before.page == row.page and abs(step) < 6 * pitch and step > 0
    if below:
        close = step <= pitch * 1.3 * max(1.0, row.size / body)
        return close and not (NUMBERED.match(row.text) and text.endswith((".", ":")))
    # the top of the next column or page: the same paragraph only if the sentence is not finished
    return row.text[0].islower() and not text.endswith((".", ":", "!", "?"))


def _glue(text: str, more: str) -> str:
    if text.endswith("-") and more[0].islower() and not more.startswith(("og ", "eller ", "samt ")):
        return text[:-1] + more
    return f"{text} {more}"


def _joined_tables(rows: list[Row]) -> list[Row]:
    """Tables as one row per record, its cells between bars. A head of three or more cells tells where the columns stand; what
    follows at those columns belongs to it, also a cell that runs over several lines."""
    out: list[Row] = []
    columns: list[float] = []
    record: list[list[str]] = []
    last: Row | None = None

    def close() -> None:
        if record and last is not None:
            text = " | ".join(" ".join(cell) for cell in record)
            out.append(Row(text, last.left, last.right, last.bottom, last.top, last.size, last.page, last.base))
        record.clear()

    for row in rows:
        pieces = row.cells or [(row.left, row.text)]
        if not columns and len(pieces) >= 3:
            columns = [left for left, _ in pieces]
            out.append(Row(" | ".join(text for _, text in pieces), row.left, row.right, row.bottom, row.top, row.size, row.page, row.base))
            continue
        places = [next((n for n, left in enumerate(columns) if abs(left - x) < 4), None) for x, _ in pieces]
        if not columns or None in places:
            close()
            columns, last = [], None
            out.append(row)
            continue
        begins = places[0] == 0 and (last is None or last.page != row.page or last.base - row.base > 1.45 * row.size)
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
