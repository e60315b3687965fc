"""A workbook (.xlsx, .xls, .ods) as the text that the rest of the reading understands."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from evidens.errors import BadFile, Problem
from evidens.sources.framing import MOST_TITLES, IsHead

ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
Rows = list[list[str]]


def is_workbook(content: bytes) -> bool:
    """Whether the bytes begin as a workbook's do."""
    return content[:4] in (ZIP, OLD)


def as_csv(content: bytes, name: str, is_head: IsHead | None = None) -> bytes:
    """The one sheet that holds a table, as text with a line per row, so that a line's number is the row's.

    Raises BadFile where no sheet or several do.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {}
        for title in book.sheet_names:
            sheets[title] = _rows(book.get_sheet_by_name(title).to_python(skip_empty_area=False))
    except (CalamineError, OSError, ValueError) as error:
        text = f"{name} kan ikke læses som projektmappe ({error})."
        raise BadFile(Problem("not_csv", text, "Gem den igen som .xlsx eller som CSV.")) from None
    return _text(_chosen(sheets, name, is_head))


def _chosen(sheets: dict[str, Rows], name: str, is_head: IsHead | None) -> Rows:
    filled, fitting = [], []
    for title, rows in sheets.items():
        if rows:
            filled.append(title)
        if rows and (is_head is None or any(map(is_head, rows[:MOST_TITLES]))):
            fitting.append(title)
    if not filled:
        raise BadFile(Problem("empty_file", f"{name} er tom.", "Hent filen igen."))
    if len(filled) == 1:
        return sheets[filled[0]]
    if len(fitting) == 1:
        return sheets[fitting[0]]
    if not fitting:
        fitting = filled
    named = ", ".join(fitting)
    text = f"{name} har flere ark, og det kan ikke ses, hvilket der er ment: {named}."
    raise BadFile(Problem("several_sheets", text, "Gem det ene ark i sin egen fil."))


def _rows(values: Sequence[Sequence[object]]) -> Rows:
    """The rows from the first of the sheet on; none where nothing is filled in."""
    rows = [list(map(_cell, row)) for row in values]
    if not any(map(any, rows)):
        return []
    return rows


def _cell(value: object) -> str:
    """A cell as a Dane would write it: whole numbers whole, dates as 2021-01-31."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, float):
        return repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value).strip()


def _text(rows: Rows) -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue().encode()
