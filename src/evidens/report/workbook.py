"""Answers as a workbook (.xlsx): numbers as numbers, text that nothing runs, the source on every sheet."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from evidens.answers import Answer, Change, Compared, Missing
from evidens.cells import safe
from evidens.counts import Counts
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.report.comparison import is_clear
from evidens.reservations import SMALL
from evidens.rolling import side_by_side, whole_years
from evidens.sentence.words import capital

Cell = str | float | int | None
MADE = datetime(2000, 1, 1)  # the same answer is the same bytes, whenever it is written
WIDEST, NAME = 60, 31  # letters of a column; of a sheet's name, as spreadsheets allow
UNKNOWN = "ikke kendt"
HEAD = [
    "Sted",
    "Overtrædelse",
    "Før",
    "Nu",
    "Ændring %",
    "Fra %",
    "Til %",
    "Klar",
    "phi",
    "p",
    "p i familien",
    "Bemærk",
]


@dataclass(frozen=True)
class Sheet:
    """A sheet: its name, columns, rows, and lines of text below."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    notes: Sequence[str] = ()


def write(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write the sheets to a file; formulas and addresses in texts stay texts."""
    path.write_bytes(as_bytes(sheets))


def as_bytes(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as the bytes of a file: the same sheets are the same bytes."""
    import xlsxwriter

    stream = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": MADE, "author": "evidens"})
        bold, note_form = book.add_format({"bold": True}), book.add_format({"text_wrap": False})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name[:NAME])
            page.freeze_panes(1, 1)
            for column, title in enumerate(sheet.head):
                page.write_string(0, column, safe(title), bold)
            for number, row in enumerate(sheet.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        page.write_string(number, column, safe(cell), wrapped)
                    elif cell is not None:
                        page.write_number(number, column, cell)
            for number, note in enumerate(sheet.notes, len(sheet.rows) + 2):
                page.write_string(number, 0, safe(note), note_form)
            for column, wide in enumerate(_widths(sheet)):
                page.set_column(column, column, wide)
    return stream.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    found = []
    for column, title in enumerate(sheet.head):
        longest = len(title)
        for row in sheet.rows:
            longest = max(longest, len(str(row[column])))
        found.append(min(WIDEST, longest + 2))
    return found


def changes(answers: Sequence[Answer], family: int) -> Sheet:
    """One line per place and offence, all of them one family; no percentage from small counts."""
    notes = [
        f"“Klar” er regnet samlet for {family} sammenligninger (Benjamini-Hochberg).",
        f"Under {SMALL} i en af perioderne gives antal og ingen procent.",
    ]
    texts = {}
    for answer in answers:
        for told in answer.reservations:
            texts[told.code] = told.text_da
    return Sheet(
        "Ændring", HEAD, [_line(answer) for answer in answers], [*notes, *texts.values(), *_credit(answers)]
    )


def _line(answer: Answer) -> list[Cell]:
    line: list[Cell] = [capital(answer.place.words()), capital(answer.offence.name)]
    if isinstance(answer, Missing):
        return [*line, None, None, None, None, None, None, None, None, None, answer.reason_da]
    before = None
    if isinstance(answer, Compared):
        before = answer.before
    line += [before, answer.after]
    if not isinstance(answer, Change):
        return [*line, None, None, None, None, None, None, None, "kan ikke sammenlignes"]
    size: list[Cell] = [None, None, None]
    if min(answer.before, answer.after) >= SMALL:
        size = [answer.change_pct, answer.low, answer.high]
    return [*line, *size, is_clear(answer, "da"), answer.phi, answer.p, answer.p_adjusted, None]


def _credit(answers: Sequence[Answer]) -> list[str]:
    return list(dict.fromkeys(answer.source.credit() for answer in answers))


def years(counts: Counts, offences: Sequence[Choice], where: Sequence[Place], span: Span, back: int) -> Sheet:
    """The same periods of several years beside each other."""
    head, rows, notes = ["Sted", "Overtrædelse"], [], []
    for offence in offences:
        for place in where:
            found = side_by_side(counts, offence, place, span, back)
            head[2:] = [one.words() for one in found.spans]
            rows.append([capital(place.words()), capital(offence.name), *map(_or_unknown, found.counts)])
            for year in found.redefined:
                notes.append(f"{capital(offence.name)}: {year} kan ikke sammenlignes med året før.")
    return Sheet("År for år", head, rows, [*dict.fromkeys(notes), counts.source.credit()])


def rolling(counts: Counts, offences: Sequence[Choice], where: Sequence[Place]) -> Sheet:
    """The last whole year at every period: a line per place and offence."""
    head, rows = ["Sted", "Overtrædelse"], []
    for offence in offences:
        for place in where:
            found = whole_years(counts, offence, place)
            head[2:] = [f"til og med {period.words()}" for period, _ in found]
            totals = [_or_unknown(total) for _, total in found]
            rows.append([capital(place.words()), capital(offence.name), *totals])
    return Sheet("Rullende år", head, rows, ["Hver kolonne er summen af et helt år.", counts.source.credit()])


def _or_unknown(count: int | None) -> Cell:
    if count is None:
        return UNKNOWN
    return count
