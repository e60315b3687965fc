"""How a text is written in a plain field: signs a person can type and read, to and from the HTML subset that is kept.

An empty line ends a paragraph. `## ` and `### ` begin a heading, `- ` and `1. ` an item, `> ` a quotation, `| a | b |` a table's row
(the first is its head). `**fed**`, `*kursiv*`, `[tekst](adresse)`.
"""

import html
import re
from html.parser import HTMLParser

BLOCK = re.compile(r"</?(?:p|h[2-4]|ul|ol|li|table|thead|tbody|tr|td|th|blockquote|br|div)\b", re.IGNORECASE)
MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
INLINE = [
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*"), r"<strong>\1</strong>"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*(?![\w*])"), r"<em>\1</em>"),
    (re.compile(r"\[([^\]\n]+)\]\(((?:https?://|mailto:)[^\s)]+)\)"), r'<a href="\2">\1</a>'),
]
ITEM = re.compile(r"([-•–]|\d{1,2}\.)\s+(.*)")


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
    blocks = re.split(r"\n[ \t]*\n", text.replace("\r\n", "\n").strip("\n"))
    return "\n".join(part for block in blocks if block.strip() for part in _blocks(block.strip().split("\n")))


def _blocks(lines: list[str]) -> list[str]:
    """The blocks of lines without an empty one between: runs of items, rows, quoted or plain lines."""
    out: list[str] = []
    run: list[str] = []
    kind = ""
    for line in [*(line.strip() for line in lines), ""]:
        found = _kind(line) if line else "end"
        if run and found != kind:
            out.append(_run(kind, run))
            run = []
        if line:
            kind, run = found, [*run, line]
    return out


def _kind(line: str) -> str:
    if line.startswith(("## ", "### ")):
        return line  # each heading stands alone
    if item := ITEM.match(line):
        return "ol" if item[1][0].isdigit() else "ul"
    return (
        "table"
        if line.startswith("|") and line.endswith("|") and len(line) > 1
        else "quote"
        if line.startswith("> ")
        else "p"
    )


def _run(kind: str, lines: list[str]) -> str:
    if kind.startswith("#"):
        level = "h4" if kind.startswith("### ") else "h3"
        return f"<{level}>{_inline(kind.lstrip('# '))}</{level}>"
    if kind in ("ul", "ol"):
        items = "\n".join(f"<li>{_inline(ITEM.match(line)[2])}</li>" for line in lines)  # type: ignore[index]
        return f"<{kind}>\n{items}\n</{kind}>"
    if kind == "table":
        rows = [
            [cell.strip() for cell in line.strip("|").split("|")]
            for line in lines
            if not re.fullmatch(r"[|\s:-]+", line)
        ]
        head = "".join(f"<th>{_inline(cell)}</th>" for cell in rows[0]) if rows else ""
        body = "".join(
            "<tr>" + "".join(f"<td>{_inline(cell)}</td>" for cell in row) + "</tr>" for row in rows[1:]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    if kind == "quote":
        return "<blockquote><p>" + "<br>".join(_inline(line[2:]) for line in lines) + "</p></blockquote>"
    return "<p>" + "<br>".join(_inline(line) for line in lines) + "</p>"


def _inline(text: str) -> str:
    safe = html.escape(text, quote=False)
    for pattern, put in INLINE:
        safe = pattern.sub(put, safe)
    return safe


def to_text(body: str) -> str:
    r"""A kept text as it is typed; a text without tags as it is.

    >>> to_text("<h3>Møder</h3>\n<p>Vi <em>mødes</em>.</p><ul><li>Maj</li></ul>")
    '## Møder\n\nVi *mødes*.\n\n- Maj'
    """
    if not is_html(body):
        return body
    writer = _Writer()
    writer.feed(body)
    writer.close()
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", "".join(writer.out))).strip()


class _Writer(HTMLParser):
    """Writes the signs for each tag of the subset."""

    def __init__(self) -> None:
        super().__init__()
        self.out: list[str] = []
        self.lists: list[int] = []
        self.address = ""
        self.cells: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "h3", "h4"):
            self._new("### " if tag == "h4" else "## ")
        elif tag in ("ul", "ol"):
            self.lists.append(0 if tag == "ul" else 1)
            self._new("")
        elif tag == "li":
            number = self.lists[-1] if self.lists else 0
            self._line(f"{number}. " if number else "- ")
            if number:
                self.lists[-1] += 1
        elif tag == "blockquote":
            self._new("> ")
        elif tag == "p" and not self._after("> ", "- ", ". "):
            self._new("")
        elif tag == "tr":
            self._line("| ")
        elif tag == "table":
            self._new("")
        elif tag == "br":
            self.out.append("\n")
        elif tag == "a":
            self.address = dict(attrs).get("href") or ""
            self.out.append("[" if self.address else "")
        elif tag in MARKS:
            self.out.append(MARKS[tag])

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.out.append(" | ")
        elif tag == "tr":
            self.out[-1] = self.out[-1].rstrip() if self.out else ""
        elif tag in ("ul", "ol"):
            if self.lists:
                self.lists.pop()
            self._new("")
        elif tag == "a" and self.address:
            self.out.append(f"]({self.address})")
            self.address = ""
        elif tag in MARKS:
            self.out.append(MARKS[tag])

    def handle_data(self, data: str) -> None:
        words = re.sub(r"\s+", " ", data)
        if words.strip() or (self.out and not self.out[-1].endswith(("\n", " "))):
            self.out.append(words if not self._after("\n") else words.lstrip())

    def _after(self, *ends: str) -> bool:
        text = "".join(self.out[-2:])
        return not text or text.endswith(ends)

    def _new(self, sign: str) -> None:
        """Begin a block."""
        self.out.append(("\n\n" if self.out else "") + sign)

    def _line(self, sign: str) -> None:
        """Begin a line of a block."""
        self.out.append(("" if self._after("\n") else "\n") + sign)
