"""A table for a spreadsheet: CSV in two dialects and XLSX; what would run as a formula is harmless."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import repeat

import xlsxwriter

from evidens.cells import safe

__all__ = ["DANISH", "RFC", "Sheet", "safe", "to_csv", "to_xlsx"]

Cell = str | int | float | date | None
DANISH, RFC = "csv", "rfc"  # Danish Excel's: semicolon, comma in numbers, a mark of UTF-8; and RFC 4180


@dataclass(frozen=True)
class Sheet:
    """A table with its title and its heads; a cell is a text, a number, a day or nothing."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def to_csv(sheet: Sheet, dialect: str = DANISH) -> bytes:
    """The table as CSV: `DANISH` opens rightly in a Danish Excel, `RFC` in everything else.

    >>> table = Sheet("x", ["Løfte", "Andel"], [["=1+1", 2.5], ["a;b", None]])
    >>> to_csv(table).decode("utf-8-sig").splitlines()
    ['Løfte;Andel', "'=1+1;2,5", '"a;b";']
    >>> to_csv(table, RFC).decode().splitlines()
    ['Løfte,Andel', "'=1+1,2.5", 'a;b,']
    """
    out = io.StringIO()
    between = {DANISH: ";", RFC: ","}[dialect]
    writer = csv.writer(out, delimiter=between, lineterminator="\r\n")
    writer.writerow(map(safe, sheet.heads))
    for row in sheet.rows:
        writer.writerow(map(_told, row, repeat(dialect)))
    if dialect == DANISH:
        return out.getvalue().encode("utf-8-sig")
    return out.getvalue().encode()


def _told(cell: Cell, dialect: str) -> str:
    """A cell in words: a day as the dialect writes it, a text that is no formula."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        if dialect == DANISH:
            return f"{cell:%d-%m-%Y}"
        return cell.isoformat()
    if isinstance(cell, str):
        return safe(cell)
    if dialect == DANISH:
        return str(cell).replace(".", ",")
    return str(cell)


def to_xlsx(sheet: Sheet) -> bytes:
    """The table as a workbook: a head that stays, a filter, days as days; every text is a text."""
    out = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **never}) as book:
        page = book.add_worksheet(sheet.title[:31])
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd-mm-yyyy"})
        for column, head in enumerate(sheet.heads):
            page.write_string(0, column, head, bold)
            page.set_column(column, column, 24)
        for number, row in enumerate(sheet.rows, start=1):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    page.write_datetime(number, column, cell, day)
                elif isinstance(cell, str):
                    page.write_string(number, column, cell)
                elif cell is not None:
                    page.write_number(number, column, cell)
        page.freeze_panes(1, 0)
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.heads) - 1)
    return out.getvalue()
