"""Tables of a Word file.

Columns that fit their words, the head repeated on each page, no row broken over two.
"""

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from samraad.documents.model import Table
from samraad.documents.word.page import HEIGHT, MARGIN, STYLES, WIDTH, add_paragraph, turn


def add_facts(file: Any, facts: list[tuple[str, str]]) -> None:
    """Names and values beside each other, without lines."""
    names = max(_length(name, 10) for name, _ in facts) * 1.1 + PADDING
    shown = _grid(file, [names, WIDTH - 2 * MARGIN - names], "Normal Table")
    for name, value in facts:
        _row(shown, [name, value], ["Tabelhoved", "Tabeltekst"])
    add_paragraph(file, "Efter tabel")


def add_table(file: Any, table: Table) -> None:
    """A table with its head."""
    rows = [table.head, *table.rows]
    widths, size, broad = _fitted(rows)
    turn(file, broad=broad)
    shown = _grid(file, widths, "Table Grid")
    for place, row in enumerate(rows):
        properties = _row(shown, row, ["Tabeltekst" if place else "Tabelhoved"] * len(row), size)
        if place == 0:
            properties.append(_flag("w:tblHeader"))
    _quiet_borders(shown)
    file.add_paragraph(style="Efter tabel")


def _grid(file: Any, widths: list[float], style: str) -> Any:
    """A table without rows, its columns of fixed widths."""
    shown = file.add_table(rows=0, cols=len(widths))
    shown.autofit = False
    shown.style = style
    for column, width in zip(shown.columns, widths, strict=True):
        column.width = Mm(width)
    return shown


def _row(shown: Any, cells: list[str], styles: list[str], size: float = 0) -> Any:
    """Add a row, a paragraph for each line of a cell that is not blank; its properties."""
    added = shown.add_row()
    for cell, text, style in zip(added.cells, cells, styles, strict=True):
        lines = [line.strip() for line in text.split("\n") if line.strip()] or [""]
        for place, line in enumerate(lines):
            paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
            paragraph.style = style
            run = paragraph.add_run(line)
            if size and size != STYLES["Tabeltekst"][0]:
                run.font.size = Pt(size)
    properties = added._tr.get_or_add_trPr()
    properties.append(_flag("w:cantSplit"))
    return properties


PADDING = 5  # millimetres beside the text of a cell, with something to spare
LONGEST = 40  # letters: what is longer is an address, and may break
DATE = len("30. september 2022")  # a cell so short stands on one line where there is room
# What is tried in turn, until the words fit:
# short cells may break, the letters get smaller, the page lies down.
TRIES: tuple[tuple[float, int, int], ...] = (
    (10, WIDTH, DATE),
    (10, WIDTH, 0),
    (8.5, WIDTH, 0),
    (8.5, HEIGHT, 0),
)


def _fitted(rows: list[list[str]]) -> tuple[list[float], float, bool]:
    """(the columns' widths, the size of the letters, must the page lie down?) for a table."""
    for size, page, whole in TRIES:
        widths = _widths(rows, page - 2 * MARGIN, size, whole)
        if widths:
            break
    widths = widths or [(page - 2 * MARGIN) / len(rows[0])] * len(rows[0])
    return widths, size, page == HEIGHT


def _widths(rows: list[list[str]], across: float, size: float, whole: int) -> list[float]:
    """Widths of columns that fill `across`, none narrower than its longest word.

    What is left is shared out after how long its cells usually are, the one that needs least first. A cell
    of up to `whole` letters is one word. Empty when the words alone are too broad.

    >>> rows = [["Nr.", "Punkt"], ["1", "Samarbejdet om en sag"], ["12", "Natteliv"]]
    >>> [round(width) for width in _widths(rows, 100, 10, 0)]
    [18, 82]
    >>> _widths([["Trafiksikkerhedsudvalget"] * 4], 100, 10, 0)
    []
    """
    columns = list(zip(*rows, strict=True))
    lengths = [
        [max(_length(line, size) for line in cell.split("\n")) for cell in column] for column in columns
    ]
    widths = [
        max(_length(word[:LONGEST], size) for cell in column for word in _words(cell, whole)) + PADDING
        for column in columns
    ]
    left = across - sum(widths)
    if left < 0:
        return []
    usual = [sum(column) / len(column) + 1 for column in lengths]
    needs = [max(column) + PADDING - width for column, width in zip(lengths, widths, strict=True)]
    waiting = sorted(range(len(columns)), key=lambda place: needs[place])
    while waiting:
        share = left * usual[waiting[0]] / sum(usual[place] for place in waiting)
        given = max(0.0, min(needs[waiting[0]], share))
        widths[waiting.pop(0)] += given
        left -= given
    return [width + left * often / sum(usual) for width, often in zip(widths, usual, strict=True)]


def _words(cell: str, whole: int) -> list[str]:
    """What of a cell must stand on one line."""
    return [cell] if len(cell) <= whole and "\n" not in cell else re.split(r"\s+|(?<=\w-)(?=\w)", cell)


def _length(text: str, size: float) -> float:
    """How broad a text is in millimetres, bold, near enough.

    Letters of Arial are a third, a half, or nearly a whole of their size.
    """
    small = sum(sign in "iíjlftrI.,:;'|!()[]-/ " for sign in text)
    broad = sum(sign in "mwMWÆæ@%—…" for sign in text)
    capital = sum(sign.isupper() and sign not in "IMWÆ" for sign in text)
    return (
        (0.34 * small + 0.9 * broad + 0.74 * capital + 0.6 * (len(text) - small - broad - capital))
        * size
        * 0.353
    )


def _flag(name: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    return element


def _quiet_borders(shown: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        seen = (
            (("val", "single"), ("sz", "4"), ("color", "9AA5AB"))
            if side in ("top", "bottom", "insideH")
            else (("val", "nil"),)
        )
        for name, value in seen:
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    shown._tbl.tblPr.append(borders)
