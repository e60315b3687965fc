"""A paragraph to sentences: Danish abbreviations, dates and ordinals end no sentence."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from samraad.plan.reading.source import Line

SHORT = (
    "bl.a|f.eks|pr|m.v|m.m|mv|mm|jf|jfr|ca|dvs|evt|inkl|ekskl|kl|nr|pkt|stk|tlf|vedr|hhv|pga|iht|ift|mfl|m.fl|o.l|osv|"
    "afd|bem|kap|max|min|kvt|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec|ult|pri|ansv|mia|mio|kr|pct|fx|feks|bla|forts|orient|sst|ad|d|s|p"
)
END = re.compile(r"(?<=[.!?])[\"”»)]?\s+(?=[\"“”«(]?(?:[A-ZÆØÅ§]|\d))")
# A word before the full stop that does not end a sentence: an abbreviation, an ordinal, an initial.
OPEN_END = re.compile(rf"(?:^|[\s(])(?:(?:{SHORT})|\d{{1,3}}|[A-ZÆØÅ])\.$", re.IGNORECASE)
LONGEST = 14  # more letters than any abbreviation has
BULLET = re.compile(r"^\s*(?:[-–•·*►▪o]\s+|\(?[a-z]\)\s+)")


@dataclass(frozen=True)
class Sentence:
    """One sentence, the line it stands on, and whether it opens its paragraph."""

    text: str
    line: int
    first: bool = True


def split(text: str) -> list[str]:
    """The sentences of a paragraph.

    >>> split("Vi mødes bl.a. i 2. kvartal. Fristen er 1. februar 2022. Så er det gjort.")
    ['Vi mødes bl.a. i 2. kvartal.', 'Fristen er 1. februar 2022.', 'Så er det gjort.']
    """
    return list(_split(text))


@lru_cache(maxsize=4096)
def _split(text: str) -> tuple[str, ...]:
    """The same; a paragraph is split once, though several rules read it."""
    out: list[str] = []
    start = 0
    for found in END.finditer(text):
        if not OPEN_END.search(text[max(start, found.start() - LONGEST) : found.start()]):
            out.append(text[start : found.start()].strip())
            start = found.end()
    out.append(text[start:].strip())
    return tuple(part for part in out if part)


def sentences(lines: list[Line]) -> Iterator[Sentence]:
    """The sentences of body lines, with their line."""
    for line in lines:
        if line.heading or not line.text:
            continue
        for place, text in enumerate(split(BULLET.sub("", line.text))):
            yield Sentence(text, line.number, place == 0)


def paragraphs(lines: list[Line]) -> list[Line]:
    """Lines with a paragraph that was broken at the margin put together again, on its first line; no line is lost.

    >>> [line.text for line in paragraphs([Line(1, "Vi mødes hver"), Line(2, "måned."), Line(3, "")])]
    ['Vi mødes hver måned.', '', '']
    """
    out = list(lines)
    last: int | None = None
    for place, line in enumerate(lines):
        if not line.text:
            last = None
            continue
        before = out[last] if last is not None else None
        goes_on = line.text[0].islower() and not re.search(r"[.!?:|]$", before.text) if before else False
        if before is not None and last is not None and goes_on and not line.heading and not before.heading and " | " not in line.text:
            broken = before.text.endswith("-") and not re.match(r"(?:og|eller|samt)\b", line.text)
            out[last] = replace(before, text=before.text[:-1] + line.text if broken else f"{before.text} {line.text}")
            out[place] = replace(line, text="")
        else:
            last = place
    return out
