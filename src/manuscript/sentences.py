"""A paragraph to sentences: Danish abbreviations, dates and ordinals end no sentence."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from manuscript.line import ITEM, Line
from manuscript.words import words

SHORT = frozenset(words("abbreviations").split("|"))
UNITS = ("kr.", "pct.")  # "2 mio. kr." may end a sentence: before a capital it does
END = re.compile(r"[.!?][\"”»)]?\s+(?=[\"“”«(]?(?:[A-ZÆØÅ§]|\d))")
LONGEST = 14  # more letters than any abbreviation has


class Sentence(NamedTuple):
    """One sentence, the line it stands on, and whether it opens its paragraph."""

    text: str
    line: int
    first: bool = True


def split(text: str) -> list[str]:
    """The sentences of a paragraph.

    >>> split("Vi mødes bl.a. i 2. kvartal. Fristen er 1. februar 2022.")
    ['Vi mødes bl.a. i 2. kvartal.', 'Fristen er 1. februar 2022.']
    >>> split("Det koster 2 mio. kr. Så er det gjort.")
    ['Det koster 2 mio. kr.', 'Så er det gjort.']
    >>> split("Vi søger om kr. 25.000. Tallet faldt 12 pct. (2021: 15 pct.) i året.")
    ['Vi søger om kr. 25.000.', 'Tallet faldt 12 pct. (2021: 15 pct.) i året.']
    """
    return list(_split(text))


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    """The same; a paragraph is split once, though several rules read it."""
    out: list[str] = []
    start = 0
    for found in END.finditer(text):
        end = found.start() + 1
        ends = text.endswith(UNITS, start, end) and text[found.end()].isupper()
        if (
            ends
            or _ends_with_number(text, start, found)
            or not _goes_on(text[max(start, end - LONGEST) : end])
        ):
            out.append(text[start:end].strip())
            start = found.end()
    out.append(text[start:].strip())
    return tuple(filter(None, out))


A_NUMBER = re.compile(
    r"\b(?:[Uu]ge|[Nn]r\.|[Kk]l\.|§|[Ll]inje|[Ll]okale|[Ss]ide|[-–])\s?\d{1,3}(?:[-–]\d{1,3})?\.$"
)


def _ends_with_number(text: str, start: int, found: re.Match[str]) -> bool:
    """Does a sentence end with a number that is no ordinal: "i uge 14. Kommunen ..."?"""
    end = found.start() + 1
    return text[found.end()].isupper() and A_NUMBER.search(text[max(start, end - LONGEST) : end]) is not None


def _goes_on(text: str) -> bool:
    """Does the last word before a full stop end no sentence: an abbreviation, an ordinal, an initial?

    >>> _goes_on("den 2."), _goes_on("møde (bl.a."), _goes_on("i 2022.")
    (True, True, False)
    """
    last = text.replace("(", " ").rsplit(None, 1)[-1:]
    if not last or not text.endswith("."):
        return False
    word = last[0][:-1].lower()
    if word.isdigit():
        return len(word) <= 3
    return word in SHORT or (len(word) == 1 and word.isalpha())


def sentences(lines: list[Line]) -> Iterator[Sentence]:
    """The sentences of body lines, with their line."""
    for line in lines:
        if line.heading or not line.text:
            continue
        for place, text in enumerate(split(ITEM.sub("", line.text))):
            yield Sentence(text, line.number, place == 0)


def paragraphs(lines: list[Line]) -> list[Line]:
    """Lines with the paragraphs that were broken at the margin whole again; no line is lost.

    >>> [line.text for line in paragraphs([Line(1, "Vi mødes hver"), Line(2, "måned."), Line(3, "")])]
    ['Vi mødes hver måned.', '', '']
    """
    out = list(lines)
    begun: int | None = None  # the place of the paragraph that may go on
    for place, line in enumerate(lines):
        if not line.text:
            begun = None
        elif begun is not None and _belongs_to(out[begun], line):
            out[begun] = out[begun]._replace(text=_joined(out[begun].text, line.text))
            out[place] = line._replace(text="")
        else:
            begun = place
    return out


ENDED = (".", "!", "?", ":", "|")
GOES_ON_AFTER_HYPHEN = re.compile(r"(?:og|eller|samt)\b")


def _belongs_to(before: Line, line: Line) -> bool:
    """Does a line go on with the paragraph above it: with a small letter, after no full stop?"""
    if line.heading or before.heading or " | " in line.text:
        return False
    return line.text[0].islower() and not before.text.endswith(ENDED)


def _joined(text: str, more: str) -> str:
    """Two lines as one; a hyphen at the end of the first breaks a word, unless "og" follows."""
    if text.endswith("-") and not GOES_ON_AFTER_HYPHEN.match(more):
        return text[:-1] + more
    return f"{text} {more}"
