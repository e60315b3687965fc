"""One thing under two names: "socialbedrageri" and "socialt bedrageri", "udenfor" and "uden for"."""

import re
from collections.abc import Iterator
from itertools import pairwise

from manuscript.check.finding import Finding, Mend
from manuscript.check.text import WORD, Manuscript

JOINT = re.compile(r"(?<!\w)([A-Za-zÆØÅæøå]{4,})-([a-zæøå]{4,})(?!\w)")
STOPS = '.,;:)!?”"'
LONG = 10  # letters of a compound
DEFINITE = ("", "et", "en")
TWO_WAYS = [
    ("overfor", "over for"),
    ("udenfor", "uden for"),
    ("indenfor", "inden for"),
    ("udover", "ud over"),
]
SPACED_SIGN = re.compile(r"§ \d")
CLOSE_SIGN = re.compile(r"§(\d+)")


def two_names(m: Manuscript) -> Iterator[Finding]:
    """One thing under two names; a law's sign with and without a blank."""
    yield from _compounds(m)
    yield from _ways_to_write(m)
    yield from _signs(m)


def _compounds(m: Manuscript) -> Iterator[Finding]:
    told: set[str] = set()
    for line in m.whole:
        for said, joined in _apart(line.text):
            whole = _in_use(joined, m)
            if whole and whole not in told:
                told.add(whole)
                there = _first_line_with(whole, m)
                says = f"Her står “{said}”, på linje {there} “{whole}”. Vælg ét navn."
                yield Finding("spelling_variant", line.number, says, (there, line.number))


def _apart(text: str) -> Iterator[tuple[str, str]]:
    """(what stands apart, the same as one word): "socialt bedrageri", which may be a compound."""
    for one, two in pairwise(text.split()):
        if len(one) > 4 and one[-1] in "te" and one.isalpha() and two[0].islower():
            bare = two.rstrip(STOPS)
            if len(bare) >= 5 and bare.isalpha():
                yield f"{one} {bare}", (one[:-1] + bare).lower()
    if "-" in text:
        for found in JOINT.finditer(text):
            yield found[0], (found[1] + found[2]).lower()


def _in_use(joined: str, m: Manuscript) -> str:
    """A compound as the text writes it elsewhere; empty when it does not."""
    for ending in DEFINITE:
        whole = joined + ending
        if len(whole) >= LONG and whole in m.words:
            return whole
    return ""


def _first_line_with(word: str, m: Manuscript) -> int:
    """The first line with a word that stands somewhere in the text."""
    lines = m.concordance.lines_with(word)
    return next(line.number for line in lines if word in WORD.findall(line.text.lower()))


def _ways_to_write(m: Manuscript) -> Iterator[Finding]:
    for joined, apart in TWO_WAYS:
        one, two = _where(joined, m), _where(apart, m)
        if one and two:
            says = f"Her står “{joined}”, på linje {two} “{apart}”. Vælg én måde."
            yield Finding("spelling_variant", one, says, (one, two))


def _where(form: str, m: Manuscript) -> int:
    """The first line that holds a form as words of its own; 0 for none."""
    as_words = re.compile(rf"\b{form}\b", re.IGNORECASE)
    for line in m.concordance.lines_with(form):
        if as_words.search(line.text):
            return line.number
    return 0


def _signs(m: Manuscript) -> Iterator[Finding]:
    lines = m.lines_with("§")
    spaced = next((line.number for line in lines if SPACED_SIGN.search(line.text)), None)
    if spaced is None:
        return
    for line in lines:
        if sign := CLOSE_SIGN.search(line.text):
            says = f"“{sign[0]}” har intet mellemrum, men det har “§ …” på linje {spaced}."
            mend = Mend(sign[0], f"§ {sign[1]}")
            yield Finding("spelling_variant", line.number, says, (spaced, line.number), mend)
