"""HTML to lines: of a web page, and of what a Word file becomes on its way."""

import re
from html.parser import HTMLParser

from manuscript.grid import Cell, Grid, line_of
from manuscript.line import Line

Attributes = list[tuple[str, str | None]]
SKIPPED = frozenset(
    ["script", "style", "template", "noscript", "svg", "nav", "head", "button", "select", "footer", "dialog"],
)
BLOCKS = frozenset(
    [
        *("p", "li", "div", "section", "article", "main", "header", "footer", "aside", "blockquote"),
        *("dt", "dd", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
    ]
)
CELLS = ("td", "th")
PARTS_OF_A_CELL = ("p", "li", "div", "br")
PART = "\x00"  # between two of them
LONG_PART = 100  # letters
STOPPED = (".", ",", ":", ";", "-")
LONGEST_SPAN = 4  # digits
A_TITLE = -1  # in place of a heading's level
BLANKS = re.compile(r"\s+")
TITLE = "document-title"  # the class of the paragraph that an office program marks as the title


def lines_of_web(html: str) -> list[Line]:
    """A line and a blank one for each heading, paragraph, list item and row; menus are not text."""
    blocks = _Blocks()
    blocks.feed(html)
    blocks.close()
    out: list[Line] = []
    for text, heading in blocks.found:
        line = Line(len(out) + 1, text, heading)
        if heading == A_TITLE:
            line = line._replace(heading=0, title=True)
        out += [line, Line(len(out) + 2, "")]
    return out


def _heading_level(tag: str) -> int:
    """The level of a heading's tag; 0 for any other block."""
    if tag[0] == "h" and tag[1:].isdigit():
        return int(tag[1])
    return 0


def _span(attrs: Attributes, name: str) -> int:
    """How many rows or columns a cell says that it reaches over."""
    value = str(dict(attrs).get(name, ""))
    if value.isdecimal() and len(value) <= LONGEST_SPAN:
        return max(1, int(value))
    return 1


def _told_in_parts(text: str) -> str:
    """The text of a cell on one line: several short parts that each begin anew are a list.

    >>> _told_in_parts("Åbne klubben\\x00Holde kursus"), _told_in_parts("1. maj\\x002026")
    ('Åbne klubben • Holde kursus', '1. maj 2026')
    """
    parts = list(filter(None, map(_squeezed, text.split(PART))))
    if all(map(_is_a_part, parts)) or (len(parts) > 1 and all(map(_is_a_sentence, parts))):
        return " • ".join(parts)
    return " ".join(parts)


def _squeezed(text: str) -> str:
    return BLANKS.sub(" ", text).strip()


def _is_a_part(text: str) -> bool:
    return text[0].isupper() and len(text) < LONG_PART and not text.endswith(STOPPED)


def _is_a_sentence(text: str) -> bool:
    return text[0].isupper() and text.endswith(".") and len(text.split()) > 2


class _Blocks(HTMLParser):
    """Collects (text, heading level) for each paragraph, heading, list item and table row."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self._text: list[str] = []
        self._heading = 0
        self._skipped = 0
        self._tables: list[Grid] = []  # the open ones, the innermost last
        self._row: list[Cell] | None = None  # the cells of the open row
        self._cell: Cell | None = None  # how far the open cell reaches

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        if tag in SKIPPED:
            self._skipped += 1
        elif tag == "table":
            self._end_row()
            self._flush()
            self._tables.append(Grid())
        elif tag == "tr":
            self._end_row()
            self._flush()
            self._row = []
        elif tag in CELLS:
            self._begin_cell()
            self._cell = Cell("", _span(attrs, "rowspan"), _span(attrs, "colspan"))
        elif self._row is not None or tag == "br":
            self._part(tag)
        elif tag in BLOCKS:
            self._begin_block(tag)
            if dict(attrs).get("class") == TITLE:
                self._heading = A_TITLE

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        if tag in ("tr", "table"):
            self._end_row()
        elif tag in CELLS and self._row is not None:
            self._end_cell()
        elif self._row is not None and tag in PARTS_OF_A_CELL:
            self._text.append(PART)
        elif tag in BLOCKS and self._row is None:
            self._flush()
        if tag == "table" and self._tables:
            self._tables.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()
        self._flush()

    def _part(self, tag: str) -> None:
        """Inside a cell a paragraph or a list item begins or ends."""
        if tag in PARTS_OF_A_CELL:
            self._text.append(PART)
        else:
            self._text.append(" ")

    def _begin_cell(self) -> None:
        """A cell begins; one outside any row begins a row."""
        if self._row is None:
            self._flush()
            self._row = []
        self._end_cell()

    def _end_cell(self) -> None:
        text = _told_in_parts("".join(self._text))
        if self._row is not None and (text or self._cell is not None):
            cell = self._cell or Cell("")
            self._row.append(cell._replace(text=text))
        self._text, self._cell = [], None

    def _end_row(self) -> None:
        if self._row is None:
            return
        self._end_cell()
        grid = Grid()
        if self._tables:
            grid = self._tables[-1]
        text = line_of(grid.row(self._row))
        if text and text not in "-|":
            self.found.append((text, 0))
        self._row = None

    def _begin_block(self, tag: str) -> None:
        if tag in PARTS_OF_A_CELL and "".join(self._text).strip() == "-":
            return  # the first paragraph of a list item
        self._flush()
        self._heading = _heading_level(tag)
        if tag == "li":
            self._text.append("- ")

    def _flush(self) -> None:
        text = BLANKS.sub(" ", "".join(self._text).replace(PART, " ")).strip()
        if text and text not in "-|":
            self.found.append((text, self._heading))
        self._text, self._heading = [], 0
