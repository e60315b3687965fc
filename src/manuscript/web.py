"""HTML to lines: of a web page, and of what a Word file becomes on its way."""

import re
from html.parser import HTMLParser

from manuscript.line import Line

SKIPPED = frozenset(
    ["script", "style", "template", "noscript", "svg", "nav", "head", "button", "select"],
)
BLOCKS = frozenset(
    [
        *("p", "li", "div", "section", "article", "main", "header", "footer", "aside", "blockquote"),
        *("dt", "dd", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"),
    ]
)
CELLS = ("td", "th")
BLANKS = re.compile(r"\s+")


def lines_of_web(html: str) -> list[Line]:
    """A line and a blank one for each heading, paragraph, list item and row; menus are not text."""
    blocks = _Blocks()
    blocks.feed(html)
    blocks.close()
    out: list[Line] = []
    for text, heading in blocks.found:
        out += [Line(len(out) + 1, text, heading), Line(len(out) + 2, "")]
    return out


def _heading_level(tag: str) -> int:
    """The level of a heading's tag; 0 for any other block."""
    if tag[0] == "h" and tag[1:].isdigit():
        return int(tag[1])
    return 0


class _Blocks(HTMLParser):
    """Collects (text, heading level) for each paragraph, heading, list item and table row."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self._text: list[str] = []
        self._heading = 0
        self._row = False
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in SKIPPED:
            self._skipped += 1
        elif tag == "tr":
            self._flush()
            self._row = True
        elif tag in CELLS:
            self._begin_cell()
        elif self._row or tag == "br":
            self._text.append(" ")
        elif tag in BLOCKS:
            self._begin_block(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        if tag == "tr":
            self._row = False
            self._flush()
        elif tag in BLOCKS and not self._row:
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _begin_cell(self) -> None:
        if "".join(self._text).strip():
            self._text.append(" | ")

    def _begin_block(self, tag: str) -> None:
        self._flush()
        self._heading = _heading_level(tag)
        if tag == "li":
            self._text.append("- ")

    def _flush(self) -> None:
        text = BLANKS.sub(" ", "".join(self._text)).strip()
        if text and text not in "-|":
            self.found.append((text, self._heading))
        self._text, self._heading = [], 0
