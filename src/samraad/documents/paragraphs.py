"""A text of the HTML subset taken apart, once for every kind of file: paragraphs of runs, and tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from samraad.documents.model import Table

BLOCK = re.compile(r"<(?:p|h[2-4]|ul|ol|table|blockquote)\b")
DEEPEST = 3  # lists inside each other that look different


@dataclass(frozen=True)
class Run:
    """Words that look the same; `after_break`: they begin a new line of their paragraph."""

    text: str
    strong: bool = False
    emphasis: bool = False
    address: str = ""
    after_break: bool = False


@dataclass(frozen=True)
class Paragraph:
    """Runs under one style.

    style      "text", "heading", "quote", "item" or "more" (what follows in the item before)
    level      of a heading: 1 is the first inside its section; of an item: how many lists it stands in
    numbering  which numbered list of the text an item belongs to, counted from 1; 0 for one with bullets
    """

    style: str
    level: int = 0
    numbering: int = 0
    runs: list[Run] = field(default_factory=list)


def taken_apart(text: str) -> Iterator[Paragraph | Table]:
    """The paragraphs and tables of a text; one without tags has a paragraph between empty lines.

    >>> [(part.style, part.runs[0].text) for part in taken_apart("<h3>Mål</h3><ul><li>Lys</li></ul>")]
    [('heading', 'Mål'), ('item', 'Lys')]
    """
    if BLOCK.search(text):
        reader = _Reader()
        reader.feed(text)
        reader.close()
        yield from reader.parts
        return
    for words in re.split(r"\n\s*\n", text):
        if words.strip():
            yield Paragraph("text", runs=[Run(words.strip())])


class _Reader(HTMLParser):
    """Reads the HTML subset. A paragraph is begun by its first word, so an empty one leaves no gap."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[Paragraph | Table] = []
        self.paragraph: Paragraph | None = None
        self.style, self.level = "text", 0
        self.broken = False
        self.quoted = False
        self.lists: list[int] = []  # for each list around: its number among the numbered, 0 for bullets
        self.numbered = 0
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
            self._begin_list(tag)
        elif tag == "blockquote":
            self.quoted = True
            self._begin("quote")
        elif tag == "li":
            self._begin("item", max(1, min(len(self.lists), DEEPEST)))
        elif tag == "p" and not (self.lists and self.style != "text"):
            self._begin(self._plain_style())
        elif re.fullmatch("h[2-4]", tag):  # h3 is the first inside a section (see text.clean)
            self._begin("heading", max(int(tag[1]) - 2, 1))

    def _begin_list(self, tag: str) -> None:
        number = 0
        if tag == "ol":
            self.numbered += 1
            number = self.numbered
        self.lists.append(number)

    def _plain_style(self) -> str:
        if self.quoted:
            return "quote"
        return "text"

    def _in_table(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.rows[-1].append("")
        elif tag in ("p", "br", "li") and self.rows[-1]:
            self.rows[-1][-1] += "\n"

    def _begin(self, style: str, level: int = 0) -> None:
        self.paragraph, self.style, self.level, self.broken = None, style, level, False

    def handle_endtag(self, tag: str) -> None:
        if tag == "table" and self.rows:
            self._end_table()
        elif self.rows:
            return
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self._begin("text")
        elif tag in ("strong", "em") and tag in self.marks:
            self.marks.remove(tag)
        elif tag == "a":
            self.address = ""
        elif tag == "blockquote":
            self.quoted = False
            self._begin("text")
        elif tag in ("p", "li") or re.fullmatch("h[2-4]", tag):
            self._end_paragraph()

    def _end_table(self) -> None:
        width = max(len(row) for row in self.rows)
        rows = [row + [""] * (width - len(row)) for row in self.rows]
        self.rows = []
        if width:
            self.parts.append(Table(rows[0], rows[1:]))
        self._begin("text")

    def _end_paragraph(self) -> None:
        if self.lists:
            self._begin("more", min(len(self.lists), DEEPEST))
        else:
            self._begin("text")

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
            self._first_words()
        assert self.paragraph is not None
        self.paragraph.runs.append(
            Run(words, "strong" in self.marks, "em" in self.marks, self._link(), self.broken)
        )
        self.broken = False

    def _first_words(self) -> None:
        """Begin the paragraph that was waited for."""
        number = 0
        if self.style == "item" and self.lists:
            number = self.lists[-1]
        self.paragraph = Paragraph(self.style, self.level, number)
        self.parts.append(self.paragraph)

    def _link(self) -> str:
        """Where the words lead, when that is an address of the net or a mail."""
        if self.address.startswith(("https://", "http://", "mailto:")):
            return self.address
        return ""
