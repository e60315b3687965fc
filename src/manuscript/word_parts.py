"""A Word file made ready for reading.

What is hidden is gone, fields are text, and what looks like a heading is one.
"""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring

from manuscript.web import TITLE

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
DRAWN = re.compile(rb'"http://schemas\.openxmlformats\.org/drawingml/2006/diagram"')
TEXTS = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
OFF = ("0", "false", "off", "none")
LEVELS = 6
OWN_STYLE = "SamraadHeading"  # the style that a paragraph of a level gets
TITLE_STYLE = "SamraadTitle"  # the one that the document's title gets
LONG_HEADING = 110  # letters
FEW = 3  # headings that a file marks itself: with so many no other are sought
STOPPED = (".", ",", ";", ":", "!", "?", "|")


def style_map() -> str:
    """The headings that `prepared` marks, for mammoth."""
    rows = [f"p.{OWN_STYLE}{level} => h{level}:fresh" for level in range(1, LEVELS + 1)]
    return "\n".join([*rows, f"p.{TITLE_STYLE} => p.{TITLE}:fresh"])


def has_diagrams(content: bytes) -> bool:
    """Does the file hold a SmartArt diagram, whose words are not read?"""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(name.startswith("word/diagrams/data") for name in archive.namelist())


def prepared(content: bytes) -> bytes:
    """The same file with its text as a reader sees it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as copy:
        styles = _Styles(archive)
        for name in archive.namelist():
            part = archive.read(name)
            if name in TEXTS and STRICT[1:-1].encode() not in part:
                part = _as_seen(part, styles)
            copy.writestr(name, part)
    return out.getvalue()


def _as_seen(part: bytes, styles: "_Styles") -> bytes:
    root = fromstring(part)
    for paragraph in root.iter(f"{W}p"):
        if styles.hides_paragraph(paragraph):
            paragraph[:] = paragraph.findall(f"{W}pPr")
    for parent in root.iter():
        _without_hidden(parent, styles)
    _mark_headings(root, styles)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True))


def _without_hidden(parent: Element, styles: "_Styles") -> None:
    """Take hidden runs out of an element, and put what a simple field shows in its place."""
    children: list[Element] = []
    changed = False
    for child in parent:
        if child.tag == f"{W}fldSimple":
            children += list(child)
            changed = True
        elif child.tag == f"{W}r" and styles.hides(child):
            changed = True
        else:
            children.append(child)
    if changed:
        parent[:] = children


def _mark_headings(root: Element, styles: "_Styles") -> None:
    """Give each paragraph that is a heading by its style or its outline a style that says so; where a file
    has next to none, those that are in bold alone."""
    in_tables: set[int] = set()
    for table in root.iter(f"{W}tbl"):
        in_tables.update(map(id, table.iter(f"{W}p")))
    free = [each for each in root.iter(f"{W}p") if id(each) not in in_tables]
    marked = 0
    for paragraph in free:
        level = styles.level(paragraph)
        if level:
            marked += 1
            _set_style(paragraph, f"{OWN_STYLE}{level}")
        elif styles.is_title(paragraph):
            _set_style(paragraph, TITLE_STYLE)
    if marked < FEW:
        _mark_bold(free, styles)


def _mark_bold(paragraphs: list[Element], styles: "_Styles") -> None:
    bold: list[tuple[Element, int]] = []
    for paragraph in paragraphs:
        if styles.level(paragraph) or _value(paragraph.find(f"{W}pPr/{W}pStyle")) == TITLE_STYLE:
            continue
        if styles.is_bold(paragraph) and _may_be_a_heading(_text(paragraph)):
            bold.append((paragraph, styles.size(paragraph)))
    if len(bold) < FEW or 2 * len(bold) > sum(1 for each in paragraphs if _text(each)):
        return
    times = Counter(size for _, size in bold)
    sizes = sorted(times, reverse=True)
    if len(sizes) > 1 and bold[0][1] == sizes[0] and times[sizes[0]] == 1:
        bold, sizes = bold[1:], sizes[1:]  # the title
    for paragraph, size in bold:
        _set_style(paragraph, f"{OWN_STYLE}{min(sizes.index(size) + 1, LEVELS)}")


def _may_be_a_heading(text: str) -> bool:
    return 1 < len(text) <= LONG_HEADING and not text.endswith(STOPPED) and text[0].isalnum()


def _text(paragraph: Element) -> str:
    return "".join(each.text or "" for each in paragraph.iter(f"{W}t")).strip()


def _set_style(paragraph: Element, name: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = Element(f"{W}pPr")
        paragraph.insert(0, properties)
    style = properties.find(f"{W}pStyle")
    if style is None:
        style = Element(f"{W}pStyle")
        properties.insert(0, style)
    style.set(f"{W}val", name)
    for numbers in properties.findall(f"{W}numPr"):
        properties.remove(numbers)  # a numbered heading is no list


class _Styles:
    """What the styles of a file say of its paragraphs and runs."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._styles: dict[str, Element] = {}
        if STYLES in archive.namelist():
            for style in fromstring(archive.read(STYLES)).iter(f"{W}style"):
                self._styles[style.get(f"{W}styleId", "")] = style

    def _chain(self, name: str) -> Iterator[Element]:
        """A style and those it builds on, the nearest first."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            name = _value(style.find(f"{W}basedOn"))

    def _property(self, element: Element, kind: str, path: str) -> Element | None:
        """A property of a paragraph or a run: its own, or its style's."""
        own = element.find(f"{W}{kind}Pr/{path}")
        if own is not None:
            return own
        for style in self._chain(_value(element.find(f"{W}{kind}Pr/{W}{kind}Style"))):
            found = style.find(path)
            if found is None:
                found = style.find(f"{W}{kind}Pr/{path}")
            if found is not None:
                return found
        return None

    def hides(self, run: Element) -> bool:
        """Is a run hidden text?"""
        return _is_on(self._property(run, "r", f"{W}vanish"))

    def hides_paragraph(self, paragraph: Element) -> bool:
        """Is a paragraph hidden by its style?"""
        return _is_on(self._of_style(paragraph, f"{W}rPr/{W}vanish"))

    def level(self, paragraph: Element) -> int:
        """A paragraph's level as a heading; 0 for running text."""
        for style in self._chain(_value(paragraph.find(f"{W}pPr/{W}pStyle"))):
            name = _value(style.find(f"{W}name")).lower()
            if name == "title":
                return 0
            kind, _, number = name.rpartition(" ")
            if kind in ("heading", "overskrift") and number.isdecimal():
                return min(int(number), LEVELS)
        outline = _value(self._property(paragraph, "p", f"{W}outlineLvl"))
        if outline.isdecimal() and int(outline) < LEVELS:
            return int(outline) + 1
        return 0

    def is_title(self, paragraph: Element) -> bool:
        """Is a paragraph the document's title by its style?"""
        for style in self._chain(_value(paragraph.find(f"{W}pPr/{W}pStyle"))):
            if _value(style.find(f"{W}name")).lower() in ("title", "titel"):
                return True
        return False

    def is_bold(self, paragraph: Element) -> bool:
        """Is all that a paragraph says in bold?"""
        runs = [run for run in paragraph.iter(f"{W}r") if _text(run)]
        if not runs:
            return False
        whole = self._of_style(paragraph, f"{W}rPr/{W}b")
        for run in runs:
            own = self._property(run, "r", f"{W}b")
            if own is None:
                own = whole
            if not _is_on(own):
                return False
        return True

    def size(self, paragraph: Element) -> int:
        """The size of a paragraph's letters in half points; 0 where nothing tells."""
        for run in paragraph.iter(f"{W}r"):
            own = self._property(run, "r", f"{W}sz")
            if own is None:
                own = self._of_style(paragraph, f"{W}rPr/{W}sz")
            if _value(own).isdecimal():
                return int(_value(own))
        return 0

    def _of_style(self, paragraph: Element, path: str) -> Element | None:
        for style in self._chain(_value(paragraph.find(f"{W}pPr/{W}pStyle"))):
            found = style.find(path)
            if found is not None:
                return found
        return None


def _value(element: Element | None) -> str:
    if element is None:
        return ""
    return element.get(f"{W}val", "")


def _is_on(element: Element | None) -> bool:
    return element is not None and _value(element) not in OFF
