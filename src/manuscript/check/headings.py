"""Headings: do they agree with the contents, the plan's year, each other and the law they name?"""

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

from manuscript.check.finding import TAKE_OUT, Finding, Mend
from manuscript.check.sameness import same
from manuscript.check.text import Manuscript
from manuscript.contents import TocEntry
from manuscript.line import Line
from manuscript.words import either

NEAR = 0.8  # of their letters: two titles that mean the same


def contents_against_headings(m: Manuscript) -> Iterator[Finding]:
    """ "02 Udviklingen i 2020" in the contents over "02 Udviklingen i 2021" in the text."""
    if not m.headings:
        return
    numbered = {heading.number: heading for heading in m.headings if heading.number}
    titles = {same(line.text): line for line in m.titles}
    for entry in m.toc:
        heading = numbered.get(entry.number)
        if heading is not None:
            if same(heading.title) != same(entry.title):
                yield _differs(entry, Line(heading.line, heading.title))
        elif same(entry.title) not in titles:
            yield _not_there(entry, titles)


def _differs(entry: TocEntry, there: Line) -> Finding:
    says = (
        f"Indholdet skriver “{entry.title}”, overskriften på linje {there.number} “{there.text}”. "
        "Ret det ene."
    )
    return Finding("toc_heading_mismatch", entry.line, says, (entry.line, there.number))


def _not_there(entry: TocEntry, titles: dict[str, Line]) -> Finding:
    """What to say of an entry that is no heading: the heading that is nearly it, if there is one."""
    title = same(entry.title)
    likeness = {each: SequenceMatcher(None, each, title).ratio() for each in titles}
    near = max(likeness, key=likeness.__getitem__, default="")
    if near and likeness[near] > NEAR:
        return _differs(entry, titles[near])
    says = f"“{entry.title}” står i indholdet, men er ingen overskrift i teksten."
    return Finding("toc_heading_mismatch", entry.line, says, (entry.line,))


YEAR = re.compile(r"\b20[0-4]\d\b")
NUMBER = re.compile(r"^\d[\d.]*\s+")
# Headings that look ahead, and those that look back: these may name another year.
AHEAD = re.compile(
    either(
        *("indsatsområde", "fokusområde", "indsatser", "mål for", "plan for", "handleplan", "det vil vi"),
        *("vil vi i", "vi optaget af", "prioriter", "opfølgning i", "milepæl", r"tema(?:er)?\b", "årshjul"),
    ),
    re.IGNORECASE,
)
BACK = re.compile(
    either(
        *("tendens", "udvikling", "status", "resultat", "evaluering", "året der gik", "opfølgning på"),
        *("opsamling", "siden", "redegørelse", "nåede", "gik det"),
    ),
    re.IGNORECASE,
)

LOOK_BACK = re.compile(
    r"\b(?:kriminaliteten|udviklingen|status|året der gik|resultater|tendenser)\b[^.]* i ", re.IGNORECASE
)


def stale_years(m: Manuscript) -> Iterator[Finding]:
    """ "Indsatsområder i 2021" in the plan for 2022: what looks ahead names an earlier year."""
    if m.year is None:
        return
    for line in m.titles:
        stale = max(map(int, YEAR.findall(line.text)), default=m.year)
        if LOOK_BACK.search(line.text) and stale < m.year - 1:
            yield _long_ago(line, stale, m.year)
        if not AHEAD.search(line.text) or BACK.search(line.text):
            continue
        if stale < m.year:
            says = f"Overskriften siger {stale}, men planen er for {m.year}. Skulle der stå {m.year}?"
            lines = tuple(_lines_of_title(m, line))
            yield Finding("year_mismatch", line.number, says, lines, Mend(str(stale), str(m.year)))


def _long_ago(line: Line, stale: int, year: int) -> Finding:
    """ "Kriminaliteten i 2021" in the plan for 2023: a plan looks back at the year before its own."""
    says = (
        f"Overskriften ser tilbage på {stale}, men planen er for {year}. "
        f"Skulle den handle om {year - 1}, eller er teksten fra en tidligere plan?"
    )
    return Finding("year_mismatch", line.number, says, (line.number,))


def _lines_of_title(m: Manuscript, line: Line) -> Iterator[int]:
    """Where a heading stands in the contents and in the text; last the plan's own title."""
    title = same(NUMBER.sub("", line.text))
    for entry in m.toc:
        if same(entry.title) == title:
            yield entry.line
    yield line.number
    if m.title_line:
        yield m.title_line


ANYWHERE, AT_THE_TOP = -2, -1  # in place of the line of a chapter
LONG_TITLE = 12  # letters: no mere label


def doubled_headings(m: Manuscript) -> Iterator[Finding]:
    """The same heading twice: under one chapter, or, when it is no mere label such as "Mål", anywhere. One
    that stands under every area is the plan's own pattern."""
    chapters = _chapters(m)
    titles = [(same(line.text), line) for line in m.titles if line.text]
    often = Counter(key for key, _ in titles)
    first: dict[tuple[str, int], int] = {}
    for key, line in titles:
        chapter = chapters.get(line.number, AT_THE_TOP)
        there = None
        if chapter != AT_THE_TOP:
            there = first.get((key, chapter))
        if there is None and len(key) >= LONG_TITLE and often[key] == 2:
            there = first.get((key, ANYWHERE))
        if there is not None:
            says = f"Overskriften “{line.text}” står også på linje {there}. Skal den ene væk?"
            yield Finding("duplicate_heading", line.number, says, (there, line.number), TAKE_OUT)
        first.setdefault((key, chapter), line.number)
        first.setdefault((key, ANYWHERE), line.number)


def _chapters(m: Manuscript) -> dict[int, int]:
    """The line of the heading that each heading stands under."""
    out: dict[int, int] = {}
    above: list[tuple[int, int]] = []  # (level, line)
    for heading in m.headings:
        while above and above[-1][0] >= heading.level:
            above.pop()
        out[heading.line] = AT_THE_TOP
        if above:
            out[heading.line] = above[-1][1]
        above.append((heading.level, heading.line))
    return out


LAW = re.compile(r"\b\w+lov(?:ens?)?s? § ?\d+|^§ ?\d+(?![\w-]*[- ]\w*(?:udvalg|gruppe))", re.IGNORECASE)
LAWS_WORDS = re.compile(r"[»”\"“]?§|Stk\.|Retsplejelovens")


def law_headings(m: Manuscript) -> Iterator[Finding]:
    """A heading that names a law over words that are not the law's: with neither "Stk." nor "§"."""
    after = dict(_heads_with_text(m))
    for line in m.titles:
        text = after.get(line.number, "")
        if not text or "Stk." in text or LAWS_WORDS.match(text):
            continue
        if len(line.text) < 60 and LAW.search(line.text):
            says = (
                f"Overskriften nævner “{line.text}”, men teksten under den er ikke lovens ord. "
                "Skriv lovens ord, eller skift overskrift."
            )
            yield Finding("law_heading", line.number, says, (line.number,))


def _heads_with_text(m: Manuscript) -> Iterator[tuple[int, str]]:
    """(the line of a heading, the first paragraph below it)."""
    titles = {line.number for line in m.titles}
    rows: list[Line] = []
    for heading in m.headings:
        rows.append(Line(heading.line, heading.title))
        rows += heading.lines
    rows = [row for row in rows if row.text]
    for row, following in pairwise(rows):
        if row.number in titles and following.number not in titles:
            yield row.number, following.text
