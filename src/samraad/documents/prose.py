"""How a text is written in a plain field: signs a person can type, to and from the HTML subset that is kept.

An empty line ends a paragraph. `## ` and `### ` begin a heading, `- ` and `1. ` an item, `> ` a quotation,
`| a | b |` a table's row (the first is its head). `**fed**`, `*kursiv*`, `[tekst](adresse)`.

This is the only place that knows the signs: the preview of a field asks the server. Both ways take time in
proportion to the length of the text, whatever was typed: nothing here looks a second time for an end that is
not there.
"""

import html
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import groupby

from samraad.documents.text import TAGS, well_formed

BLOCK = re.compile(r"</?(?:p|h[2-4]|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|br|div)\b", re.IGNORECASE)
SIGN = re.compile(
    r"""
    (?P<h4> [#]{3}[ ] [# ]* )
    | (?P<h3> [#]{2}[ ] [# ]* )
    | (?P<ol> \d{1,2}\. \s+ )
    | (?P<ul> [-•–] \s+ )
    | (?P<blockquote> >[ ] )
    | (?P<table> \| (?=.*\|$) )
    """,
    re.VERBOSE,
)
RULE = re.compile(r"[|\s:-]+")  # the line that some write under a table's head
STRONG = re.compile(r"\*\*(?=\S)")
STRONG_END = re.compile(r"(?<=\S)\*\*")
EMPHASIS = re.compile(
    r"""
    (?<![\w*]) \* (?=[^\s*])   # a star before a word
    ([^*]+?)
    (?<=[^\s*]) \* (?![\w*])   # and one after a word
    """,
    re.VERBOSE,
)
LINK = re.compile(r"\]\((?=https?://|mailto:)")  # between the words of a link and its address
SCHEME = re.compile(r"https?://|mailto:")
ADDRESS_END = re.compile(r"[\s)]|$")

MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
WRITTEN = TAGS | set(MARKS)
SIGNS = {"h2": "## ", "h3": "## ", "h4": "### ", "blockquote": "> ", "table": ""}


def is_html(text: str) -> bool:
    """Was it written, or pasted, with tags?

    >>> is_html("<p>Vi mødes.</p>"), is_html("Vi mødes, når < 5 kommer.")
    (True, False)
    """
    return bool(BLOCK.search(text))


def to_html(text: str) -> str:
    """What was typed as HTML of the subset; it is cleaned afterwards like everything.

    >>> to_html("Vi mødes **ofte**.\\n\\n- Maj\\n- Juni")
    '<p>Vi mødes <strong>ofte</strong>.</p>\\n<ul>\\n<li>Maj</li>\\n<li>Juni</li>\\n</ul>'
    """
    lines = [line.strip() for line in text.replace("\r\n", "\n").split("\n")]
    runs = groupby(lines, _kind)
    return "\n".join(_block(kind, list(run)) for kind, run in runs if kind)


def _kind(line: str) -> str:
    """The tag of the block that a line belongs to; none for an empty line, which ends a block."""
    sign = SIGN.match(line)
    if sign:
        return str(sign.lastgroup)
    return "p" if line else ""


def _block(kind: str, lines: list[str]) -> str:
    """Neighbouring lines of one kind as a block; each heading stands alone."""
    if kind == "table":
        return _table(lines)
    words = [_inline(_without_sign(line)) for line in lines]
    if kind in ("h3", "h4"):
        return "\n".join(f"<{kind}>{each}</{kind}>" for each in words)
    if kind in ("ul", "ol"):
        items = "\n".join(f"<li>{each}</li>" for each in words)
        return f"<{kind}>\n{items}\n</{kind}>"
    paragraph = f"<p>{'<br>'.join(words)}</p>"
    if kind == "blockquote":
        return f"<blockquote>{paragraph}</blockquote>"
    return paragraph


def _without_sign(line: str) -> str:
    sign = SIGN.match(line)
    return line[sign.end() :] if sign else line


def _table(lines: list[str]) -> str:
    rows = [line.strip("|").split("|") for line in lines if not RULE.fullmatch(line)]
    head = _row("th", rows[0]) if rows else "<tr></tr>"
    body = "".join(_row("td", row) for row in rows[1:])
    return f"<table><thead>{head}</thead><tbody>{body}</tbody></table>"


def _row(tag: str, cells: list[str]) -> str:
    told = "".join(f"<{tag}>{_inline(cell.strip())}</{tag}>" for cell in cells)
    return f"<tr>{told}</tr>"


def _inline(text: str) -> str:
    """A line's words with the signs inside it."""
    safe = html.escape(text, quote=False)
    safe = "".join(_strong(safe))
    safe = EMPHASIS.sub(r"<em>\1</em>", safe)
    return "".join(_links(safe))


def _strong(text: str) -> Iterator[str]:
    """The pieces of a text with `**fed**` as tags; an end missing once is missing for all that follows."""
    at = 0
    while start := STRONG.search(text, at):
        end = STRONG_END.search(text, start.end() + 1)
        if end is None:
            break
        yield text[at : start.start()]
        yield f"<strong>{text[start.end() : end.start()]}</strong>"
        at = end.end()
    yield text[at:]


def _links(text: str) -> Iterator[str]:
    """The pieces of a text with `[words](address)` as links; where an address ends is looked for once."""
    at = end = 0
    for link in LINK.finditer(text):
        first = text.find("[", max(at, text.rfind("]", at, link.start())), link.start())
        words = text[first + 1 : link.start()]
        if first < 0 or not words:
            continue
        if end < link.end():
            end = ADDRESS_END.search(text, link.end()).start()  # type: ignore[union-attr]
        address = text[link.end() : end]
        if not text.startswith(")", end) or SCHEME.fullmatch(address):
            continue
        yield text[at:first]
        yield f'<a href="{address}">{words}</a>'
        at = end + 1
    yield text[at:]


def to_text(body: str) -> str:
    r"""A kept text as it is typed; a text without tags as it is.

    >>> to_text("<h3>Møder</h3>\n<p>Vi <em>mødes</em>.</p><ul><li>Maj</li></ul>")
    '## Møder\n\nVi *mødes*.\n\n- Maj'
    """
    if not is_html(body):
        return body
    # Python's own parser gets slow, or stops, on tags that are not closed
    writer = _Writer()
    writer.feed(well_formed(body, WRITTEN))
    writer.close()
    lines = "".join(writer.out).split("\n")
    text = "\n".join(line.rstrip(" \t") for line in lines)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


class _Writer(HTMLParser):
    """Writes the signs for each tag of the subset."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.end = ""  # the last two letters
        self.fresh = False  # was the sign of an item or a quotation written, and nothing after it?
        self.numbers: list[int] = []  # of the lists one is in: the next item's, 0 for one without numbers
        self.address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SIGNS:
            self._begin_block(SIGNS[tag])
            self.fresh = tag == "blockquote"
        elif tag in MARKS:
            self._write(MARKS[tag])
        elif tag in ("ul", "ol"):
            self.numbers.append(int(tag == "ol"))
            self._begin_block("")
        elif tag == "li":
            self._begin_item()
        elif tag == "p" and not self.fresh:
            self._begin_block("")
        elif tag == "tr":
            self._begin_line("| ")
        elif tag == "br":
            self._write("\n")
        elif tag == "a":
            self._begin_link(dict(attrs).get("href"))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._write(" | ")
        elif tag == "tr":
            self._end_row()
        elif tag in MARKS:
            self._write(MARKS[tag])
        elif tag in ("ul", "ol"):
            self.numbers.pop()
            self._begin_block("")
        elif tag == "a" and self.address:
            self._write(f"]({self.address})")
            self.address = ""

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if self._after("\n"):
            words = words.lstrip()
        if words.strip() or not self._after("\n", " "):
            self._write(words)

    def _begin_item(self) -> None:
        if not self.numbers or not self.numbers[-1]:
            self._begin_line("- ")
        else:
            self._begin_line(f"{self.numbers[-1]}. ")
            self.numbers[-1] += 1
        self.fresh = True

    def _begin_link(self, address: str | None) -> None:
        self.address = address or ""
        if self.address:
            self._write("[")

    def _begin_block(self, sign: str) -> None:
        self._write(f"\n\n{sign}" if self.out else sign)

    def _begin_line(self, sign: str) -> None:
        self._write(sign if self._after("\n") else f"\n{sign}")

    def _end_row(self) -> None:
        self.out[-1] = self.out[-1].rstrip()
        self.end = self.out[-1][-2:]

    def _after(self, *ends: str) -> bool:
        """Does what is written end so, or is nothing written yet?"""
        return not self.end or self.end.endswith(ends)

    def _write(self, text: str) -> None:
        self.out.append(text)
        self.end = (self.end + text)[-2:]
        self.fresh = False
