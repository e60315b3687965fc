"""Tables of a Word file.

Columns that fit their words, the head repeated on each page, no row broken over two.
"""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from samraad.documents.columns import DATE, PADDING, Try, fitted, length
from samraad.documents.model import Table
from samraad.documents.word.page import HEIGHT, MARGIN, STYLES, WIDTH, add_paragraph, put_style, turn

STANDING, LYING = WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN  # millimetres across
# What is tried in turn, until the words fit:
# short cells may break, the letters get smaller, the page lies down.
TRIES = (Try(10, STANDING, DATE), Try(10, STANDING), Try(8.5, STANDING), Try(8.5, LYING))


def add_facts(file: Any, facts: list[tuple[str, str]]) -> None:
    """Names and values beside each other, without lines."""
    names = max(length(name, 10) for name, _ in facts) * 1.1 + PADDING
    shown = _grid(file, [names, STANDING - names], "Normal Table")
    for name, value in facts:
        _row(shown, [name, value], ["Tabelhoved", "Tabeltekst"])
    add_paragraph(file, "Efter tabel")


def add_table(file: Any, table: Table) -> None:
    """A table with its head."""
    rows = [table.head, *table.rows]
    widths, size, across = fitted(rows, TRIES)
    turn(file, broad=across == LYING)
    shown = _grid(file, widths, "Table Grid")
    for place, row in enumerate(rows):
        properties = _row(shown, row, ["Tabeltekst" if place else "Tabelhoved"] * len(row), size)
        if place == 0:
            properties.append(_flag("w:tblHeader"))
    _quiet_borders(shown)
    put_style(file.add_paragraph(), "Efter tabel")


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
            put_style(paragraph, style)
            run = paragraph.add_run(line)
            if size and size != STYLES["Tabeltekst"][0]:
                run.font.size = Pt(size)
    properties = added._tr.get_or_add_trPr()
    properties.append(_flag("w:cantSplit"))
    return properties


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
