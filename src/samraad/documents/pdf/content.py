"""A document as what the template asks for: JSON of runs, lists, tables; never markup.

Headings are closed up (a level that is skipped is refused by PDF/UA), empty ones go, compounds get their soft
hyphens, columns their widths. Beside the content stands every text with where it stands.
"""

import re
from dataclasses import dataclass, field

from manuscript.text import printable
from samraad.documents.columns import DATE, Try, fitted
from samraad.documents.model import Document, Front, Heading, Prose, Table
from samraad.documents.paragraphs import Paragraph, Run, taken_apart
from samraad.documents.pdf.letters import is_seen, printed
from samraad.documents.text import soft_hyphens

Part = dict[str, object]  # what the template asks for, by its names
Place = tuple[str, str]  # (what stands above it, a text)

COLUMN, PAGE, LYING = 140, 162, 249  # millimetres across: of running text, of the page, of one that lies down
# What is tried in turn, until the words fit: the table stands out to the left, short cells may break, the
# letters get smaller, the page lies down.
TRIES = (
    Try(9.6, COLUMN, DATE),
    Try(9.6, PAGE, DATE),
    Try(9.6, COLUMN),
    Try(9.6, PAGE),
    Try(8.4, PAGE),
    Try(8.4, LYING, len("10 af 10")),
    Try(8.4, LYING),
)
DEEPEST, LISTED = 4, 2  # levels of headings, and of those in the contents
KEPT_WHOLE = 6  # rows: a table of so few is not broken over two pages
LONG = 900  # letters: what has more may be broken over two pages
LONG_WORD = 40  # letters: an address, which may be broken after one of these
MONTHS = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
TOGETHER = re.compile(
    rf"(§§?|\b(?:kl|nr|stk|s)\.|\b\d{{1,2}}\.(?= (?:{MONTHS})\b)|\b(?:{MONTHS})(?= \d{{4}}\b)) (?=\w)"
)
LETTERED = re.compile(r"(§§? \d+) (?=[a-zæøå]\b)")
BREAKS = re.compile(r"([/?&=_.\-])")


def content_of(document: Document) -> tuple[Part, list[Place]]:
    """The content of a document for the template, and all its texts with where they stand."""
    writer = _Writer(document.title)
    content = {
        "title": writer.text(document.title),
        "kind": writer.text(document.kind),
        "state": writer.text(document.state),
        "footer": writer.text(document.footer or document.title),
        "facts": [list(map(writer.text, fact)) for fact in document.facts],
        "front": _front(document.front, writer),
    }
    for block in document.blocks:
        if isinstance(block, Heading):
            writer.heading(block.text, block.level, block.number)
            writer.level = block.level
        elif isinstance(block, Table):
            writer.table(block)
        else:
            writer.prose(block)
    made = {"entries": writer.entries, "blocks": _kept_together(writer.blocks)}
    return content | made, writer.places


def _kept_together(blocks: list[Part]) -> list[Part]:
    """The blocks, a heading below the first level together with what is under it where that is short."""
    kept: list[Part] = []
    group: list[Part] = []
    for block in blocks:
        if block["is"] in ("heading", "lying"):
            kept += _one(group)
            group = []
        group.append(block)
    return kept + _one(group)


def _one(group: list[Part]) -> list[Part]:
    """What stands under a heading as one block that is not broken; as it was when it is long."""
    if len(group) < 2 or group[0]["is"] != "heading" or group[0]["level"] == 1:
        return group
    if _letters(group) > LONG or any(block.get("whole") is False for block in group):
        return group
    return [{"is": "kept", "level": group[0]["level"], "blocks": group}]


def _letters(part: object) -> int:
    """How many letters are in a part, and in those inside it."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, dict):
        return sum(map(_letters, part.values()))
    if isinstance(part, list):
        return sum(map(_letters, part))
    return 0


def _front(front: Front | None, writer: "_Writer") -> Part | None:
    if front is None:
        return None
    return {
        "publisher": writer.text(front.publisher),
        "places": list(map(writer.text, front.places)),
        "notes": list(map(writer.text, front.notes)),
    }


@dataclass
class _Writer:
    """Writes blocks one after another, and knows under what heading it is."""

    above: str
    blocks: list[Part] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    level: int = 0  # of the document's own heading above
    entries: int = 0  # headings that the contents list
    last: int = 0  # the level of the heading written last, as it was closed up

    def text(self, text: str) -> str:
        """A text as it is printed; it is kept with where it stands."""
        ready = printed(printable(text))
        self.places.append((self.above, ready))
        return _breakable(_together(soft_hyphens(ready)))

    def heading(self, text: str, level: int, number: str = "") -> None:
        """A heading, of no level that skips one; none without words."""
        words = " ".join(text.split())
        if not is_seen(printed(printable(words))):
            return
        self.above = words
        self.last = min(level, self.last + 1, DEEPEST)
        self.entries += self.last <= LISTED
        # no soft hyphens: they would stand in the bookmarks
        shown = self.text(words).replace("\u00ad", "")
        self.blocks.append({"is": "heading", "level": self.last, "number": number, "text": shown})

    def table(self, table: Table) -> None:
        """A table with its head, and what leads up to it when the page has to lie down."""
        rows = []
        for row in [table.head, *table.rows]:
            rows.append(list(map(_lines, row)))
        fit = fitted(rows, TRIES)
        letters = [sum(map(len, row)) for row in rows]
        made: Part = {
            "is": "table",
            "caption": self.text(table.caption),
            "head": list(map(self.text, rows[0])),
            "rows": [list(map(self.text, row)) for row in rows[1:]],
            "long": [count > LONG for count in letters[1:]],
            "widths": fit.widths,
            "size": fit.size,
            "whole": len(table.rows) <= KEPT_WHOLE and sum(letters) < LONG,
            "hangs": fit.across == PAGE,
        }
        if fit.across == LYING:
            made = {"is": "lying", "blocks": [*self._leading(), made]}
        self.blocks.append(made)

    def _leading(self) -> list[Part]:
        """The headings that stand last, taken off: they go along to the page that lies down."""
        taken: list[Part] = []
        while self.blocks and self.blocks[-1]["is"] == "heading":
            taken.insert(0, self.blocks.pop())
        return taken

    def prose(self, prose: Prose) -> None:
        """A text of the HTML subset, in a box or in quiet letters where it looks so and has words alone."""
        parts = list(taken_apart(prose.html))
        if prose.look and all(map(_is_words, parts)):
            inside = _Writer(self.above, places=self.places)
            inside.parts(parts)
            self.blocks.append({"is": prose.look, "blocks": inside.blocks})
        else:
            self.parts(parts)

    def parts(self, parts: list[Paragraph | Table]) -> None:
        """Paragraphs and tables one after another; neighbouring items are one list."""
        items: list[Paragraph] = []
        for part in parts:
            if isinstance(part, Paragraph) and part.style in ("item", "more"):
                items.append(part)
                continue
            self._list(items)
            items = []
            if isinstance(part, Table):
                self.table(part)
            elif part.style == "heading":
                self.heading("".join(run.text for run in part.runs), self.level + part.level)
            else:
                self.blocks.append(self._paragraph(part))
        self._list(items)

    def _paragraph(self, part: Paragraph) -> Part:
        return {"is": "paragraph", "style": part.style, "runs": [self._run(run) for run in part.runs]}

    def _run(self, run: Run) -> Part:
        made: Part = {"text": self.text(run.text)}
        for name in ("strong", "emphasis", "address", "after_break"):
            if getattr(run, name):
                made[name] = getattr(run, name)
        return made

    def _list(self, items: list[Paragraph]) -> None:
        """Items as lists, a new one where the numbering is another; deeper ones stand in the item before."""
        while items:
            size = _first_list(items)
            self.blocks.append(self._nested(items[:size], items[0].level))
            items = items[size:]

    def _nested(self, items: list[Paragraph], level: int) -> Part:
        made: list[list[Part]] = []
        numbered = items[0].numbering > 0
        while items:
            size = 1
            while size < len(items) and not _begins(items[size], level):
                size += 1
            own, deeper = items[:1], items[1:size]
            while deeper and deeper[0].style == "more":
                own.append(deeper.pop(0))
            inside = [self._paragraph(each) for each in own]
            while deeper:
                count = _first_list(deeper)
                inside.append(self._nested(deeper[:count], deeper[0].level))
                deeper = deeper[count:]
            made.append(inside)
            items = items[size:]
        return {"is": "list", "numbered": numbered, "items": made}


def _is_words(part: Paragraph | Table) -> bool:
    """Is it a paragraph of words, neither a heading nor a table?"""
    return isinstance(part, Paragraph) and part.style != "heading"


def _begins(part: Paragraph, level: int) -> bool:
    """Does a new item of the list at this level begin?"""
    return part.style == "item" and part.level <= level


def _first_list(items: list[Paragraph]) -> int:
    """How many of the items belong to the first list."""
    first = items[0]
    for place, item in enumerate(items[1:], 1):
        if item.style != "item" or item.level > first.level:
            continue
        if item.level < first.level or item.numbering != first.numbering:
            return place
    return len(items)


def _lines(cell: str) -> str:
    """The lines of a cell that are not blank."""
    return "\n".join(line.strip() for line in cell.split("\n") if line.strip())


def _together(text: str) -> str:
    """`text` with blanks that no line ends at: in a date, between a paragraph of a law and its number.

    >>> _together("§ 215 a, kl. 13, 6. december 2021").replace("\u00a0", "_")
    '§_215_a, kl._13, 6._december_2021'
    """
    return TOGETHER.sub("\\1\u00a0", LETTERED.sub("\\1\u00a0", text))


def _breakable(text: str) -> str:
    """`text` with places to break inside words as long as addresses are.

    >>> _breakable("se www.samraad.example") == "se www.samraad.example"
    True
    >>> "\u200b" in _breakable("https://samraad.example/nordjylland/planer/2022/udgave-1")
    True
    """
    words = []
    for word in text.split(" "):
        if len(word) > LONG_WORD:
            word = BREAKS.sub("\\1\u200b", word)
        words.append(word)
    return " ".join(words)
