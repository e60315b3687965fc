"""Text as it is: the words of HTML, a long line cut after a word, no control signs."""

import html
import re

# What XML, and so a Word file, cannot hold.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
BLOCK = re.compile(r"</(?:p|h[2-4]|li|tr|blockquote)>|<br ?/?>", re.IGNORECASE)
CELL = re.compile(r"</t[dh]>\s*(?=<t[dh]\b)", re.IGNORECASE)
TAG = re.compile(r"<[^<>]+>")


def printable(text: str) -> str:
    """`text` without control signs; Word's soft line break (a vertical tab) becomes a line break.

    >>> printable("Et\\x0bto\\x01")
    'Et\\nto'
    """
    return CONTROLS.sub("", text.replace("\x0b", "\n"))


def plain(text: str) -> str:
    """The words of an HTML text, a line per block, a bar between the cells of a table.

    >>> plain("<p>Et &amp; to</p><ul><li>tre</li></ul>")
    'Et & to\\ntre'
    >>> plain("<table><tr><th>Emne</th><th>Behandlet</th></tr></table>")
    'Emne | Behandlet'
    """
    return without_tags(CELL.sub(" | ", text))


def without_tags(text: str) -> str:
    """The text of HTML: its blocks are lines, its tags are gone, its entities are letters."""
    return html.unescape(TAG.sub("", BLOCK.sub("\n", text))).strip()


def shortened(text: str, length: int) -> str:
    """`text` on one line in at most `length` letters: what is longer is cut after a word and ends with dots.

    >>> shortened("Der afholdes en temadag", 20), shortened("Der afholdes en temadag", 23)
    ('Der afholdes en …', 'Der afholdes en temadag')
    """
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    head = line[: length - 1]  # with the blank after its last word, when that is whole
    whole = head.rpartition(" ")[0] or head[:-1]
    return whole.rstrip(" ,;:|–-(“") + " …"
