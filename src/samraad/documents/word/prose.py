"""Texts of the HTML subset in a Word file."""

import re
from html.parser import HTMLParser
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from samraad.documents.model import Prose, Table
from samraad.documents.word.page import add_paragraph
from samraad.documents.word.table import add_table


def add_prose(file: Any, prose: Prose, level: int) -> None:
    """A text under a heading of a level (0: under none); an empty line between paragraphs is no paragraph."""
    if not re.search(r"<(?:p|h[2-4]|ul|ol|table|blockquote)\b", prose.html):
        for part in re.split(r"\n\s*\n", prose.html):
            if part.strip():
                add_paragraph(file, "Normal", part.strip())
        return
    writer = _Writer(file, level)
    writer.feed(prose.html)
    writer.close()


class _Writer(HTMLParser):
    """Writes the HTML subset into a Word file.

    A paragraph is begun by its first word, so an empty one leaves no gap.
    """

    def __init__(self, file: Any, level: int) -> None:
        super().__init__()
        self.file = file
        self.level = level
        self.paragraph: Any = None
        self.style = "Normal"
        self.broken = False
        self.quoted = False
        self.lists: list[int] = []  # for each list around: the number of its numbering, 0 for bullets
        self.marks: list[str] = []
        self.address = ""
        self.rows: list[list[str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif self.rows:
            self._in_table(tag)
        elif tag == "br":
            self.broken = self.paragraph is not None
        elif tag in ("strong", "em"):
            self.marks.append(tag)
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
        elif tag in ("ul", "ol"):
            self.lists.append(_new_numbering(self.file) if tag == "ol" else 0)
        elif tag == "blockquote":
            self.quoted = True
            self._begin("Quote")
        elif tag == "li":
            depth = "" if len(self.lists) < 2 else f" {min(len(self.lists), 3)}"
            self._begin(f"List {'Number' if self.lists and self.lists[-1] else 'Bullet'}{depth}")
        elif tag == "p" and not (self.lists and self.style != "Normal"):
            self._begin("Quote" if self.quoted else "Normal")
        elif re.fullmatch("h[2-4]", tag):  # h3 is the first inside a section (see text.clean)
            self._begin(f"Heading {min(self.level + max(int(tag[1]) - 2, 1), 4)}")

    def _in_table(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag in ("p", "br", "li") and self.rows[-1]:
            self.rows[-1][-1] += "\n"

    def _begin(self, style: str) -> None:
        self.paragraph, self.style, self.broken = None, style, False

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.rows:
            width = max(len(row) for row in self.rows)
            rows = [row + [""] * (width - len(row)) for row in self.rows]
            self.rows = []
            if width:
                add_table(self.file, Table(rows[0], rows[1:]))
            self._begin("Normal")
        elif self.rows:
            return
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self._begin("Normal")
        elif tag in ("strong", "em") and tag in self.marks:
            self.marks.remove(tag)
        elif tag == "a":
            self.address = ""
        elif tag == "blockquote":
            self.quoted = False
            self._begin("Normal")
        elif tag in ("p", "li") or re.fullmatch("h[2-4]", tag):
            self._begin("List Continue" if self.lists else "Normal")

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if self.rows:
            if self.rows[-1]:
                self.rows[-1][-1] += words
            return
        if self.paragraph is None or self.broken:
            words = words.lstrip()
        if not words:
            return
        if self.paragraph is None:
            self.paragraph = add_paragraph(self.file, self.style)
            if self.lists and self.lists[-1] and self.style.startswith("List Number"):
                self.paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = self.lists[-1]
        elif self.broken:
            self.paragraph.add_run().add_break()
        self.broken = False
        run = self.paragraph.add_run(words)
        run.bold, run.italic = "strong" in self.marks or None, "em" in self.marks or None
        if self.address.startswith(("https://", "http://", "mailto:")):
            _link(self.paragraph, run, self.address)


def _link(paragraph: Any, run: Any, address: str) -> None:
    """Make a run a link."""
    run.underline = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run._r.addprevious(link)
    link.append(run._r)


def _new_numbering(file: Any) -> int:
    """The number of a numbering that begins at 1.

    Without one of its own a list goes on where the one before ended.
    """
    known = file.part.numbering_part.element
    usual = known.num_having_numId(file.styles["List Number"].element.pPr.numPr.numId.val)
    numbering = known.add_num(usual.abstractNumId.val)
    numbering.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(numbering.numId)
