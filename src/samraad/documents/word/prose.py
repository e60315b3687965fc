"""Texts of the HTML subset in a Word file."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from samraad.documents.model import Prose, Table
from samraad.documents.paragraphs import Paragraph, Run, taken_apart
from samraad.documents.word.page import add_paragraph
from samraad.documents.word.table import add_table

PLAIN = {"text": "Normal", "quote": "Quote", "more": "List Continue"}
LOOKS = {"": PLAIN, "quiet": PLAIN | {"text": "Oplysning"}, "boxed": PLAIN | {"text": "Beslutning"}}


def add_prose(file: Any, prose: Prose, level: int) -> None:
    """A text under a heading of a level (0: under none)."""
    numberings: dict[int, int] = {}
    for part in taken_apart(prose.html):
        if isinstance(part, Table):
            add_table(file, part)
        else:
            written = add_paragraph(file, _style(part, level, LOOKS[prose.look]))
            _add(written, part, numberings)


def _add(written: Any, part: Paragraph, numberings: dict[int, int]) -> None:
    """Fill a paragraph; `numberings` has the file's numbering of each numbered list of the text."""
    if part.numbering:
        if part.numbering not in numberings:
            numberings[part.numbering] = _new_numbering(written.part.document)
        number = written._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId()
        number.val = numberings[part.numbering]
    for run in part.runs:
        _add_run(written, run)


def _style(part: Paragraph, level: int, plain: dict[str, str]) -> str:
    """The name of a paragraph's style in Word."""
    if part.style == "heading":
        return f"Heading {min(level + part.level, 4)}"
    if part.style != "item":
        return plain[part.style]
    kind = "Bullet"
    if part.numbering:
        kind = "Number"
    if part.level < 2:
        return f"List {kind}"
    return f"List {kind} {part.level}"


def _add_run(written: Any, run: Run) -> None:
    if run.after_break:
        written.add_run().add_break()
    words = written.add_run(run.text)
    words.bold, words.italic = run.strong or None, run.emphasis or None
    if run.address:
        _link(written, words, run.address)


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
