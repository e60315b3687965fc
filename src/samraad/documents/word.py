"""A document as .docx: real styles and headings, repeated table heads, page numbers, language da-DK."""

import io
import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from samraad.documents.model import Document, Heading, Prose, Table
from samraad.documents.text import printable

WIDTH = 162  # millimetres between the margins
FONT = "Arial"  # what every office machine has
INK = RGBColor(0x0B, 0x3C, 0x49)
FIXED = datetime(2000, 1, 1)  # the file's own dates: the same document gives the same bytes


def to_docx(document: Document) -> bytes:
    """The document as a Word file."""
    document = _printable(document)
    file = docx.Document()
    _styles(file)
    if document.kind:
        file.add_paragraph(document.kind, style="Subtitle")
    file.add_paragraph(document.title, style="Title")
    if document.facts:
        _table(file, Table(["", ""], [list(pair) for pair in document.facts]), head=False)
    for block in document.blocks:
        if isinstance(block, Heading):
            file.add_heading(block.text, block.level)
        elif isinstance(block, Table):
            if block.caption:
                file.add_paragraph(block.caption)
            _table(file, block)
        else:
            _prose(file, block)
    _footer(file, document.footer or document.title)
    core = file.core_properties
    core.title, core.language, core.author, core.comments = document.title, "da-DK", "Samråd", ""
    core.created = core.modified = FIXED
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _printable(part: Any) -> Any:
    """A document, or a part of one, without the signs that a Word file cannot hold: what was kept before the forms took them out."""
    if isinstance(part, str):
        return printable(part)
    if isinstance(part, list | tuple):
        return type(part)(_printable(each) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: _printable(getattr(part, each.name)) for each in fields(part)})
    return part


def _styles(file: Any) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(24)
    section.top_margin, section.bottom_margin = Mm(22), Mm(20)
    for name, size, bold, before in (
        ("Normal", 11, False, 0), ("Title", 24, True, 0), ("Subtitle", 11, False, 0),
        ("Heading 1", 15, True, 16), ("Heading 2", 12.5, True, 12), ("Heading 3", 11, True, 8),
    ):  # fmt: skip
        style = file.styles[name]
        style.font.size, style.font.bold, style.font.name = Pt(size), bold, FONT
        style.font.italic = False
        properties = style.element.get_or_add_rPr()
        fonts = properties.get_or_add_rFonts()
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            if fonts.get(qn(theme)) is not None:
                del fonts.attrib[qn(theme)]
        language = properties.find(qn("w:lang"))
        if language is None:
            language = OxmlElement("w:lang")
            properties.append(language)
        language.set(qn("w:val"), "da-DK")
        language.set(qn("w:eastAsia"), "da-DK")
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
        if name != "Normal":
            style.font.color.rgb = INK
    file.styles["Normal"].paragraph_format.line_spacing = 1.2
    border = file.styles["Title"].element.find(".//" + qn("w:pBdr"))
    if border is not None:
        border.getparent().remove(border)
    for language in file.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "da-DK")


def _table(file: Any, table: Table, head: bool = True) -> None:
    shown = file.add_table(rows=0, cols=len(table.head))
    shown.autofit = False
    shown.style = "Table Grid" if head else "Normal Table"
    rows = [table.head, *table.rows] if head else table.rows
    widths = _widths(rows) if head else [40, WIDTH - 40]
    for column, width in zip(shown.columns, widths, strict=True):
        column.width = Mm(width)
    for place, row in enumerate(rows):
        added = shown.add_row()
        properties = added._tr.get_or_add_trPr()
        properties.append(_flag("w:cantSplit"))
        if head and place == 0:
            properties.append(_flag("w:tblHeader"))
        for column, (cell, text) in enumerate(zip(added.cells, row, strict=True)):
            cell.width = Mm(widths[column])
            cell.paragraphs[0].paragraph_format.space_after = Pt(2)
            cell.paragraphs[0].add_run(text).bold = place == 0 if head else column == 0
    if head:
        _quiet_borders(shown)
    file.add_paragraph().paragraph_format.space_after = Pt(2)


def _widths(rows: list[list[str]]) -> list[int]:
    """Columns as wide as their words need, within the page."""
    needs = [min(max(len(row[column]) for row in rows), 60) + 4 for column in range(len(rows[0]))]
    return [max(14, WIDTH * need // sum(needs)) for need in needs]


def _flag(name: str) -> Any:
    element = OxmlElement(name)
    element.set(qn("w:val"), "true")
    return element


def _quiet_borders(shown: Any) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "9AA5AB")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    for side in ("left", "right", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "nil")
        borders.append(line)
    shown._tbl.tblPr.append(borders)


def _footer(file: Any, text: str) -> None:
    paragraph = file.sections[0].footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph.add_run(f"{text}  ·  side ").font.size = Pt(8.5)
    run = paragraph.add_run()
    run.font.size = Pt(8.5)
    for kind, content in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = content
        run._r.append(element)


def _prose(file: Any, prose: Prose) -> None:
    if not re.search(r"<(?:p|h[2-4]|ul|ol|table|blockquote)\b", prose.html):
        for part in re.split(r"\n\s*\n", prose.html):
            if part.strip():
                file.add_paragraph(part.strip())
        return
    writer = _Writer(file)
    writer.feed(prose.html)
    writer.close()


class _Writer(HTMLParser):
    """Writes the HTML subset into a Word file."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self.file = file
        self.paragraph: Any = None
        self.lists: list[str] = []
        self.marks: list[str] = []
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        start: dict[str, Callable[[], Any]] = {
            "p": lambda: self.file.add_paragraph(),
            "blockquote": lambda: self.file.add_paragraph(style="Quote"),
            "li": lambda: self.file.add_paragraph(style="List Number" if self.lists[-1:] == ["ol"] else "List Bullet"),
        }
        if self.rows and tag not in ("tr", "td", "th"):
            return
        if tag in start:
            inside = tag == "p" and self.paragraph is not None and self.lists
            self.paragraph = self.paragraph if inside else start[tag]()
        elif re.fullmatch("h[2-4]", tag):
            self.paragraph = self.file.add_heading(level=min(int(tag[1]), 3))
        elif tag in ("ul", "ol"):
            self.lists.append(tag)
        elif tag in ("strong", "em"):
            self.marks.append(tag)
        elif tag == "br" and self.paragraph is not None:
            self.paragraph.add_run().add_break()
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th") and self.rows:
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.rows:
            width = max(len(row) for row in self.rows)
            rows = [row + [""] * (width - len(row)) for row in self.rows]
            _table(self.file, Table(rows[0], rows[1:]))
            self.rows = []
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("strong", "em") and tag in self.marks:
            self.marks.remove(tag)
        elif tag in ("p", "li", "blockquote") or re.fullmatch("h[2-4]", tag):
            self.paragraph = None

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += re.sub(r"\s+", " ", data)
        elif data.strip() or (self.paragraph is not None and data):
            self.paragraph = self.paragraph or self.file.add_paragraph()
            run = self.paragraph.add_run(re.sub(r"\s+", " ", data))
            run.bold, run.italic = "strong" in self.marks or None, "em" in self.marks or None
