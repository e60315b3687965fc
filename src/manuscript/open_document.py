"""An OpenDocument text (.odt, as LibreOffice saves it) to lines: its own XML to HTML, and that to lines."""

import html
import io
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from manuscript.archive import check_zip
from manuscript.errors import Unreadable
from manuscript.line import Line
from manuscript.web import TITLE, lines_of_web

NAMES = "{urn:oasis:names:tc:opendocument:xmlns:"
TEXT, TABLE, OFFICE = f"{NAMES}text:1.0}}", f"{NAMES}table:1.0}}", f"{NAMES}office:1.0}}"
STYLE = f"{NAMES}style:1.0}}"
CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
# Not to be read: what was deleted, what somebody remarked, what is hidden.
LEFT_OUT = frozenset(
    [
        *(f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"),
        *(f"{TEXT}note-citation", f"{OFFICE}forms", f"{TEXT}sequence-decls"),
    ]
)
ROW_SPAN, COLUMN_SPAN = f"{TABLE}number-rows-spanned", f"{TABLE}number-columns-spanned"
STYLE_NAME, TITLE_STYLE = f"{TEXT}style-name", "Title"
LEVELS = 6


def lines_of_open_document(content: bytes) -> list[Line]:
    """The lines of an .odt file, with its headings; raises Unreadable."""
    problem = check_zip(io.BytesIO(content), CONTENT)
    if problem:
        raise Unreadable(problem)
    lines = lines_of_web(f"<body>{_as_html(content)}</body>")
    if not any(line.text for line in lines):
        raise Unreadable(
            "Filen har ingen tekst, måske kun et billede. Find originalen, eller kør tekstgenkendelse først."
        )
    return lines


def _as_html(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if MANIFEST in archive.namelist() and b"encryption-data" in archive.read(MANIFEST):
                raise Unreadable("Filen er låst med adgangskode. Gem den uden kode, og prøv igen.")
            root = fromstring(archive.read(CONTENT))
            body = root.find(f"{OFFICE}body")
            if body is None:
                return ""
            if STYLES in archive.namelist():
                _mark_title(body, [root, fromstring(archive.read(STYLES))])
            else:
                _mark_title(body, [root])
        return "".join(_children(body))
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            "Filen er gået i stykker og kan ikke læses. Find originalen, og gem den igen."
        ) from error


def _mark_title(body: Element, parts: list[Element]) -> None:
    """Give the paragraphs that are the title by their style that style itself."""
    parents: dict[str, str] = {}
    for part in parts:
        for style in part.iter(f"{STYLE}style"):
            parents[style.get(f"{STYLE}name", "")] = style.get(f"{STYLE}parent-style-name", "")
    for paragraph in body.iter(f"{TEXT}p"):
        name = paragraph.get(STYLE_NAME, "")
        if TITLE_STYLE in (name, parents.get(name)):
            paragraph.set(STYLE_NAME, TITLE_STYLE)


def _children(element: Element) -> Iterator[str]:
    """What stands inside an element, as HTML."""
    yield html.escape(element.text or "")
    for child in element:
        yield from _element(child)
        yield html.escape(child.tail or "")


def _element(element: Element) -> Iterator[str]:
    if element.tag in LEFT_OUT:
        return
    if element.tag in SIGNS:
        yield SIGNS[element.tag]
        return
    tag = _tag(element)
    if tag:
        yield f"<{tag}{_spans(element)}{_mark(element)}>"
    yield from _children(element)
    if tag:
        yield f"</{tag}>"


SIGNS = {f"{TEXT}s": " ", f"{TEXT}tab": " ", f"{TEXT}line-break": "<br>"}
TAGS = {
    f"{TEXT}p": "p",
    f"{TEXT}list-item": "li",
    f"{TABLE}table": "table",
    f"{TABLE}table-row": "tr",
    f"{TABLE}table-cell": "td",
}


def _tag(element: Element) -> str:
    """The tag of HTML for an element; "" for one that only holds others."""
    if element.tag == f"{TEXT}h":
        level = element.get(f"{TEXT}outline-level", "1")
        if level.isdecimal():
            return f"h{min(int(level), LEVELS)}"
        return "h1"
    return TAGS.get(element.tag, "")


def _mark(element: Element) -> str:
    """What says that a paragraph is the document's title."""
    if element.tag == f"{TEXT}p" and element.get(STYLE_NAME) == TITLE_STYLE:
        return f' class="{TITLE}"'
    return ""


def _spans(element: Element) -> str:
    """How far a cell reaches."""
    if element.tag != f"{TABLE}table-cell":
        return ""
    rows, columns = element.get(ROW_SPAN, "1"), element.get(COLUMN_SPAN, "1")
    return f' rowspan="{html.escape(rows)}" colspan="{html.escape(columns)}"'
