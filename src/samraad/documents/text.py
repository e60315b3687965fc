"""The HTML subset of plans and minutes.

Cleaned on save, made from plain text, broken where Danish compounds may break.
"""

import html
import re
from collections import Counter

import nh3

from manuscript.text import CONTROLS, printable

TAGS = {"h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "br"} | {
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
}
ATTRIBUTES = {"a": {"href"}, "th": {"scope"}}
TAG = re.compile(r"<(/?)([a-z][^\s/<>]*)", re.IGNORECASE)
CLOSE_THEMSELVES = {
    "br",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "wbr",
    "col",
    "p",
    "li",
    "tr",
    "td",
    "th",
    "dd",
    "dt",
}
DEEPEST = 500  # tags inside each other; nobody writes so many, and a parser takes the square of it in time


def clean(text: str) -> str:
    """`text` with only the allowed tags; plain text gets its paragraphs.

    >>> clean("Et\\n\\nTo <script>x</script>")
    '<p>Et</p>\\n<p>To</p>'
    >>> clean('<p onclick="x()">Hej <strong>du</strong></p>')
    '<p>Hej <strong>du</strong></p>'
    """
    safe = well_formed(printable(text.replace("\r\n", "\n").replace("\x0b", "<br>")).strip())
    if CONTROLS.search(
        safe
    ):  # written as &#1;: a word that turns into an address when they go must be looked at again
        safe = well_formed(printable(safe).strip())
    if re.search(r"<(?:p|h[2-4]|ul|ol|table|blockquote)\b", safe):
        return _close_up_headings(safe)
    paragraphs = [part.strip() for part in re.split(r"\n\s*\n", safe) if part.strip()]
    return "\n".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in paragraphs)


def well_formed(text: str, tags: set[str] = TAGS) -> str:
    """`text` with only these tags, opened and closed in order; what is nested too deep to be read keeps none.

    >>> well_formed("<ul><li>Et<li>To")
    '<ul><li>Et</li><li>To</li></ul>'
    """
    if _nests_too_deep(text):
        return html.escape(text, quote=False)
    return nh3.clean(
        text, tags=tags, attributes=ATTRIBUTES, url_schemes={"http", "https", "mailto"}, link_rel="noopener"
    )


def _nests_too_deep(text: str) -> bool:
    """Stand more tags open inside each other than `DEEPEST`?"""
    if text.count("<") <= DEEPEST:
        return False
    still_open: Counter[str] = Counter()
    for slash, name in TAG.findall(text):
        tag = name.lower()
        if not slash and tag not in CLOSE_THEMSELVES:
            still_open[tag] += 1
        elif still_open[tag]:
            still_open[tag] -= 1
        if still_open.total() > DEEPEST:
            return True
    return False


def _close_up_headings(text: str) -> str:
    """The first heading inside a section is h3, and no level is skipped.

    h2 belongs to the section itself.
    """
    levels = sorted({int(level) for level in re.findall(r"<h([2-4])\b", text)})
    for new, old in zip(range(3, 5), levels, strict=False):
        text = re.sub(rf"<(/?)h{old}\b", rf"<\1H{new}", text)
    return re.sub(r"<(/?)H(\d)", r"<\1h\2", re.sub(r"<(/?)h2\b", r"<\1h4", text))


def from_lines(lines: list[str]) -> str:
    """HTML paragraphs of plain lines; a line that begins with a dash or a dot is a list item.

    >>> from_lines(["Et", "- to", "- tre"])
    '<p>Et</p>\\n<ul>\\n<li>to</li>\\n<li>tre</li>\\n</ul>'
    """
    out: list[str] = []
    in_list = False
    for line in (line.strip() for line in lines):
        item = re.match(r"[-•·–*]\s+(.*)", line)
        if bool(item) != in_list and (line or in_list):
            out.append("<ul>" if item else "</ul>")
            in_list = bool(item)
        if line:
            out.append(
                f"<li>{html.escape(item[1], quote=False)}</li>"
                if item
                else f"<p>{html.escape(line, quote=False)}</p>"
            )
    return "\n".join([*out, "</ul>"] if in_list else out)


# Compounds of the field and where they may break: dictionaries break Danish ones badly.
PARTS = (
    "nær|stationer",
    "social|bedrageri",
    "genop|dragelses|rejser",
    "ungdoms|krimina|litet",
    "vest|himmer|lands",
    "frederiks|havn",
    "brønders|lev",
    "jammer|bugt",
    "mariager|fjord",
    "trygheds|skabende",
)


def soft_hyphens(text: str) -> str:
    """`text` with soft hyphens where Danish compounds may break; only for showing.

    >>> soft_hyphens("Socialbedrageri").replace("\u00ad", "-")
    'Social-bedrageri'
    >>> soft_hyphens("Frederikshavn").replace("\u00ad", "-")
    'Frederiks-havn'
    """
    for parts in PARTS:
        word = parts.replace("|", "")
        for found in {match[0] for match in re.finditer(word, text, re.IGNORECASE)}:
            pieces, at = [], 0
            for part in parts.split("|"):
                pieces.append(found[at : at + len(part)])
                at += len(part)
            text = text.replace(found, "\u00ad".join(pieces))
    return text
