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
        *("IT", "EU", "CPR", "CVR", "DK", "TV", "PDF", "GPS", "SMS", "AUB"),
        *("OK", "USA", "KL", "FN", "NY", "AM", "PM", "ID", "WWW", "SSP"),
        *("PSP", "DSB", "SKAT", "DR", "PC", "QR", "OBS", "NB", "MC", "HF"),
        *("VUC", "FGU", "EUD", "STX", "HTX", "HHX", "ADHD", "NGO", "LGBT", "VVS"),
        *("BMI", "KFUM", "KFUK", "FDF", "TLF", "NR", "KR", "KBH", "PS", "GDPR"),
        *("BUPL", "FOA", "DGI", "BBR", "LED"),
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


LIST_OF_NAMES = re.compile(r"[A-ZÆØÅ] (?:betyder|står for|er|=) ?[a-zæøå]{4,}")


def _in_a_list_of_names(word: str, text: str) -> bool:
    """Does a sentence explain several, this one too: "PD betyder direktøren, LPL lokalpolitilederen"?"""
    if not LIST_OF_NAMES.search(text):
        return False
    return (
        re.search(rf"\b{re.escape(word)} (?:(?:betyder|står for|er|=) ?)?[A-ZÆØÅa-zæøå]\w{{4,}}", text)
        is not None
    )


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
    if any(_in_a_list_of_names(word, text) for text in texts):
        return True
    after = re.compile(
        rf"\b{mark}\b[^.()]{{0,12}}\((?!{mark})[a-zæøå][^)]{{8,}}\)|"
        rf"{mark}(?:, [^,]{{0,12}})? (?:står for|betyder|dækker over|er en? forkortelse)|"
        rf"{mark} ?= ?\w|{mark} er (?:[a-zæøå]+(?:en|et|erne|ene)|den|det|en|et|vores|kommunens|politiets)\b|"
        rf"{mark}, (?:som|der|altså) |^{mark}\s*(?::|–|-|\|)\s*[\w ]{{6,}}|\w{{6,}} [–-] {mark}\b"
    )
    return any(text.find(f"({word}") > 8 or after.search(text) for text in texts)
