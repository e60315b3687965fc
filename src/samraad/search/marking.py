"""The place in a text where the sought words stand, with the words marked."""

import re
from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

BEFORE, LENGTH = 80, 220  # letters of a snippet: before the first hit, and in all
AS_TYPED = {
    "å": "(?:å|aa)",
    "ø": "(?:ø|oe|ö)",
    "æ": "(?:æ|ae|ä)",
    "e": "[eéèêë]",
    "o": "[oóô]",
    "a": "[aáà]",
    "u": "[uú]",
    "i": "[ií]",
    "y": "[yü]",
}


def pattern_of(words: Iterable[str]) -> re.Pattern[str]:
    """Whole words that hold one of the stems, however they are spelt."""
    parts = "|".join(map(_as_typed, words))
    return re.compile(rf"[\w§]*(?:{parts})[\w§]*", re.IGNORECASE)


def _as_typed(word: str) -> str:
    """A stem in every way that it is spelt."""
    spelt = ""
    for letter in word:
        spelt += AS_TYPED.get(letter, re.escape(letter))
    return spelt


def marked(text: str, pattern: re.Pattern[str]) -> SafeString:
    """A text with every hit marked, all of it escaped.

    >>> marked("Indbruddene <i>nu</i>", pattern_of(["indbrud"]))
    '<mark>Indbruddene</mark> &lt;i&gt;nu&lt;/i&gt;'
    """
    out, last = [], 0
    for hit in pattern.finditer(text):
        out.append(f"{escape(text[last : hit.start()])}<mark>{escape(hit[0])}</mark>")
        last = hit.end()
    out.append(escape(text[last:]))
    return mark_safe("".join(out))  # noqa: S308 - every part is escaped


def snippet(text: str, pattern: re.Pattern[str]) -> SafeString:
    """The piece of a text around its first hit, cut between words; its beginning when it has no hit."""
    hit = pattern.search(text)
    begins = 0
    if hit is not None and hit.start() > BEFORE:
        begins = text.find(" ", hit.start() - BEFORE) + 1
    piece = text[begins : begins + LENGTH]
    if begins + LENGTH < len(text):
        piece = f"{piece.rpartition(' ')[0]} …"
    if begins:
        piece = f"… {piece}"
    return marked(piece, pattern)
