"""The order in which a page is read, column by column; what stands on every page is left out."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from manuscript.pdf.letters import Row

DIGITS = re.compile(r"\d+")
FEW_ROWS = 10
OFF_THE_MIDDLE = (0, -12, 12, -24, 24)  # points that the gap between two columns may stand off it
SHARE_OF_ONE, SHARE_OF_BOTH = 0.2, 0.75  # of a page's rows, in each column at least
LEAST_PAGES, OF_TWO = 3, 2
MERE_NUMBER = 3  # letters
Mark = tuple[str, int] | None  # a row's text without its digits, and how high it stands


def in_reading_order(rows: list[Row]) -> list[Row]:
    """Rows of a page top to bottom; of two columns the left one first, between lines that cross both."""
    if len(rows) < FEW_ROWS:
        return rows
    edge = max(row.right for row in rows) + min(row.left for row in rows)
    for off in OFF_THE_MIDDLE:
        middle = edge / 2 + off
        if _parts(rows, middle):
            return list(_two_columns(rows, middle))
    return rows


def _parts(rows: list[Row], middle: float) -> bool:
    """Do most rows stand on one side of a line down the page, and enough of them on each?"""
    left = sum(row.right <= middle for row in rows)
    right = sum(row.left >= middle for row in rows)
    return min(left, right) >= SHARE_OF_ONE * len(rows) and left + right >= SHARE_OF_BOTH * len(rows)


def _two_columns(rows: list[Row], middle: float) -> Iterator[Row]:
    band: list[Row] = []
    for row in sorted(rows, key=lambda row: -row.base):
        if row.left < middle < row.right:
            yield from _band(band, middle)
            yield row
            band = []
        else:
            band.append(row)
    yield from _band(band, middle)


def _band(rows: list[Row], middle: float) -> Iterator[Row]:
    """The rows between two that cross the page: the left column, then the right."""
    yield from _line_by_line([row for row in rows if row.right <= middle])
    yield from _line_by_line([row for row in rows if row.right > middle])


def _line_by_line(rows: list[Row]) -> Iterator[Row]:
    """Rows from the top, those of one line (the cells of a table) from the left."""
    lines: list[list[Row]] = []
    for row in sorted(rows, key=lambda row: -row.base):
        if lines and lines[-1][0].base - row.base < row.size / 2:
            lines[-1].append(row)
        else:
            lines.append([row])
    for line in lines:
        yield from sorted(line, key=lambda row: row.left)


def without_furniture(pages: list[list[Row]]) -> list[Row]:
    """All rows but page numbers and what stands at the same place on most pages."""
    # The first letter alone leaves few rows to look at whole.
    places = [list(map(_place, page)) for page in pages]
    likely = _on_most(places)
    if len(pages) == OF_TWO:
        likely = set(chain.from_iterable(places))
    marks: list[list[Mark]] = []
    for page, own in zip(pages, places, strict=True):
        marks.append([_mark(row) if place in likely else None for row, place in zip(page, own, strict=True)])
    furniture = (_on_most(marks) | _at_both_edges(pages)) - {None}
    edges = {page[0].page: _edges(page) for page in pages if page}
    out: list[Row] = []
    for row, mark in zip(chain.from_iterable(pages), chain.from_iterable(marks), strict=True):
        if mark not in furniture and not (_is_page_number(row) and row.base in edges[row.page]):
            out.append(row)
    return out


def _edges(page: list[Row]) -> set[float]:
    """How high the topmost and the lowest rows of a page stand."""
    heights = [row.base for row in page]
    return {
        row.base for row in page if row.base < min(heights) + row.size or row.base > max(heights) - row.size
    }


def _at_both_edges(pages: list[list[Row]]) -> set[Mark]:
    """Of two pages, what stands on both at the top or at the foot."""
    if len(pages) != OF_TWO or not all(pages):
        return set()
    first, second = (
        {_mark(row) for row in page if row.base in _edges(page) and len(row.text) > MERE_NUMBER}
        for page in pages
    )
    return first & second


def _place(row: Row) -> Mark:
    """A row's first letter, and how high it stands."""
    return row.text.lstrip("0123456789 \t\xa0")[:1], round(row.base)


def _mark(row: Row) -> Mark:
    return DIGITS.sub("", row.text).strip(), round(row.base)


def _is_page_number(row: Row) -> bool:
    return len(row.text) < 4 and row.text.isdigit()


def _on_most(pages: Sequence[Sequence[Mark]]) -> set[Mark]:
    """What half of the pages have, and at least three."""
    times: Counter[Mark] = Counter()
    for page in pages:
        times.update(set(page))
    least = max(LEAST_PAGES, len(pages) // 2)
    return {mark for mark, count in times.items() if count >= least}
