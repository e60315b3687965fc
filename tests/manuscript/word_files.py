"""Word files as offices save them: paragraphs and tables with the marks that python-docx has no words for."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


def content_of(document: Document) -> bytes:
    """The file."""
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table(document: Document, rows: Sequence[Sequence[str]]) -> Table:
    """A table with these cells."""
    made = document.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    return made


def merge_down(made: Table, column: int, first: int, last: int) -> None:
    """Merge cells of a column; the text is that of the first."""
    text = made.cell(first, column).text
    made.cell(first, column).merge(made.cell(last, column)).text = text


def hide(paragraph: Paragraph, text: str) -> None:
    """Add text that Word does not show."""
    paragraph.add_run(text).font.hidden = True


def field(paragraph: Paragraph, shown: str) -> None:
    """Add a simple field, as Word writes a date or a document's property."""
    made = OxmlElement("w:fldSimple")
    made.set(qn("w:instr"), "DOCPROPERTY Aar")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = shown
    run.append(words)
    made.append(run)
    paragraph._p.append(made)


def outlined(paragraph: Paragraph, level: int) -> Paragraph:
    """Give a paragraph an outline level of its own (from 1)."""
    made = OxmlElement("w:outlineLvl")
    made.set(qn("w:val"), str(level - 1))
    paragraph._p.get_or_add_pPr().append(made)
    return paragraph


def new() -> Document:
    """An empty document."""
    return docx.Document()
