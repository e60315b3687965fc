"""Abbreviations that nobody explains."""

import re
from collections.abc import Iterator

from manuscript.check.finding import Finding
from manuscript.check.text import Manuscript

SHORT = re.compile(r"([A-ZÆØÅ](?<![\w-].)[A-ZÆØÅ]{1,4})(?![A-ZÆØÅa-zæøå])")
ROMAN = re.compile(r"[IVX]+")
# What everybody knows.
KNOWN = frozenset(
    [
        *("IT", "EU", "CPR", "CVR", "DK", "TV", "PDF", "GPS", "SMS", "AUB", "OK", "USA", "KL", "FN"),
        *("NY", "AM", "PM", "ID", "WWW"),
    ]
)


def unexplained_abbreviations(m: Manuscript) -> Iterator[Finding]:
    """Capitals that no sentence explains, the first place they stand: "KSP" with neither its words before
    nor after in brackets."""
    texts = [line.text for line in m.whole]
    for word, line in _first_places(m).items():
        if word in KNOWN or ROMAN.fullmatch(word):
            continue
        if not _explained(word, [text for text in texts if word in text]):
            says = f"“{word}” bliver ikke forklaret. Skriv ordene ud første gang."
            yield Finding("abbreviation", line, says, (line,))


def _first_places(m: Manuscript) -> dict[str, int]:
    """Abbreviation -> the first line it stands on, but for lines in capitals."""
    first: dict[str, int] = {}
    for line in m.whole:
        if not line.text.isupper():
            for found in SHORT.finditer(line.text):
                first.setdefault(found[1], line.number)
    return first


def _explained(word: str, texts: list[str]) -> bool:
    """Does one of the texts say it in words: before it in brackets, in brackets after it, or "står for"?

    >>> _explained("KSP", ["samarbejdet om prøveløsladte (KSP)"]), _explained("KSP", ["KSP mødes"])
    (True, False)
    """
    mark = re.escape(word)
    after = re.compile(
        rf"\b{mark}\b[^.()]{{0,12}}\((?!{mark})[a-zæøå][^)]{{8,}}\)|"
        rf"{mark}(?:, [^,]{{0,12}})? (?:står for|betyder)|"
        rf"{mark}, (?:som|der|altså) "
    )
    return any(text.find(f"({word}") > 8 or after.search(text) for text in texts)
