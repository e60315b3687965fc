"""The tables of a PDF: a row of text per record, its cells between bars."""

from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from manuscript.pdf.joining import glued
from manuscript.pdf.letters import Cell, Row

SAME_PLACE = 4  # points
LEAST_COLUMNS = 3
BELOW = 1.45  # of the letters' size: a new record, not the next line of the last one


def joined_tables(rows: list[Row], hyphened: Container[str]) -> list[Row]:
    """Rows with each table as one row per record. A head of three or more cells tells where the columns
    stand; what follows at those columns belongs to it, also a cell that runs over several lines."""
    out: list[Row] = []
    table: _Table | None = None
    for row in rows:
        pieces = row.cells or ((row.left, row.text),)
        if table is not None:
            if table.holds(row, pieces):
                out += table.add(row, pieces)
                continue
            out += table.close()
            table = None
            out.append(row)
        elif len(pieces) >= LEAST_COLUMNS:
            table = _Table(row, pieces, hyphened)
            out.append(_as_record(row, [text for _, text in pieces]))
        else:
            out.append(row)
    if table is not None:
        out += table.close()
    return out


def _as_record(row: Row, cells: Sequence[str]) -> Row:
    return replace(row, text=" | ".join(cells), cells=())


class _Table:
    """A table being read: where its columns stand, and the record begun."""

    def __init__(self, head: Row, pieces: Sequence[Cell], hyphened: Container[str]) -> None:
        self.columns = [left for left, _ in pieces]
        self.size = head.size
        self.hyphened = hyphened
        self.last: Row | None = None  # the last row with a first cell
        self.record: list[list[str]] = []  # for each column the lines of its cell

    def holds(self, row: Row, pieces: Sequence[Cell]) -> bool:
        """Is a row part of the table, and no heading or running text below it?"""
        if row.size > self.size or None in self._places(pieces):
            return False
        return len(pieces) > 1 or not self._crosses(row)

    def _crosses(self, row: Row) -> bool:
        """Does a row in one piece run over where a column begins?"""
        first, last = row.left + SAME_PLACE, row.right - row.size
        return any(first < left < last for left in self.columns)

    def _places(self, pieces: Sequence[Cell]) -> list[int | None]:
        return [self._column_at(left) for left, _ in pieces]

    def _column_at(self, x: float) -> int | None:
        for column, left in enumerate(self.columns):
            if abs(left - x) < SAME_PLACE:
                return column
        return None

    def add(self, row: Row, pieces: Sequence[Cell]) -> Iterator[Row]:
        """Take a row in; gives the record before it, when the row begins a new one."""
        places = self._places(pieces)
        if self._begins_anew(pieces) or (places[0] == 0 and self._begins(row)):
            yield from self.close()
            self.record = [[] for _ in self.columns]
        for place, (_, text) in zip(places, pieces, strict=True):
            if self.record and place is not None:
                self.record[place].append(text)
        if places[0] == 0:
            self.last = row

    def _begins_anew(self, pieces: Sequence[Cell]) -> bool:
        """Does every column begin with a capital or a number, as no cell that goes on does in all of them?"""
        if len(pieces) < len(self.columns):
            return False
        return not any(text[0].islower() for _, text in pieces)

    def _begins(self, row: Row) -> bool:
        """Does a row with a first cell begin a record? One may go on on the next page."""
        if self.last is None or self.last.base - row.base > BELOW * row.size:
            return True
        return self.last.page != row.page and not row.text[0].islower()

    def close(self) -> Iterator[Row]:
        """The record that was begun, if any."""
        if self.record and self.last is not None:
            yield _as_record(self.last, list(map(self._whole, self.record)))
        self.record = []

    def _whole(self, cell: list[str]) -> str:
        """The lines of a cell as one."""
        return reduce(self._glued, cell, "").strip()

    def _glued(self, text: str, more: str) -> str:
        return glued(text, more, self.hyphened)
