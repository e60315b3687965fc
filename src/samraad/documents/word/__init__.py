"""A document as .docx: real styles and headings, repeated table heads, page numbers, language da-DK."""

import io
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from typing import Any

import docx

from manuscript.text import printable
from samraad.documents.model import Document, Heading, Table
from samraad.documents.word.page import add_paragraph, set_footer, set_page, set_styles
from samraad.documents.word.prose import add_prose
from samraad.documents.word.table import add_facts, add_table

__all__ = ["to_docx"]

FIXED = datetime(2000, 1, 1)  # the file's own dates: the same document gives the same bytes


def to_docx(document: Document) -> bytes:
    """The document as a Word file."""
    document = _printable(document)
    file = docx.Document()
    set_page(file)
    set_styles(file)
    if document.kind:
        add_paragraph(file, "Subtitle", document.kind)
    add_paragraph(file, "Title", document.title)
    if document.state:
        add_paragraph(file, "Tilstand", document.state)
    if document.facts:
        add_facts(file, document.facts)
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            level = block.level
            add_paragraph(file, f"Heading {level}", block.words)
        elif isinstance(block, Table):
            if block.caption:
                add_paragraph(file, "Caption", block.caption)
            add_table(file, block)
        else:
            add_prose(file, block, level)
    set_footer(file, document.footer or document.title)
    core = file.core_properties
    core.title, core.language, core.author, core.comments = document.title, "da-DK", "Samråd", ""
    core.created = core.modified = FIXED
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _printable(part: Any) -> Any:
    """A document, or a part of one, without the signs that a Word file cannot hold.

    What was kept before the forms took them out may have some.
    """
    if isinstance(part, str):
        return printable(part)
    if isinstance(part, list | tuple):
        return type(part)(_printable(each) for each in part)
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{each.name: _printable(getattr(part, each.name)) for each in fields(part)})
    return part
