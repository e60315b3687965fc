"""Does the plan agree with itself: contents and headings, years, what stands twice, what contradicts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import chain, pairwise

from manuscript.check.text import Finding, Manuscript, Mend
from manuscript.figures import number
from manuscript.sentences import split
from manuscript.source import Line
from manuscript.words import WORD, Seldom

QUOTES = str.maketrans(dict.fromkeys("“”„»«″", '"') | dict.fromkeys("’‘´`", "'") | dict.fromkeys("–—", "-"))
BLANKS = "\t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
ODD = re.compile(f"[{''.join(map(chr, QUOTES))}{BLANKS}]")
WORDS = re.compile(r"\w+").findall
YEAR = re.compile(r"\b20[0-4]\d\b")
AHEAD = re.compile(
    r"indsatsområde|fokusområde|indsatser|mål for|plan for|handleplan|det vil vi|vil vi i|vi optaget af|prioriter|opfølgning i|milepæl|tema(?:er)?\b|årshjul",
    re.IGNORECASE,
)
BACK = re.compile(
    r"tendens|udvikling|status|resultat|evaluering|året der gik|opfølgning på|opsamling|siden|redegørelse|nåede|gik det",
    re.IGNORECASE,
)
LAW = re.compile(r"\b\w+lov(?:ens?)?s? § ?\d+|^§ ?\d+(?![\w-]*[- ]\w*(?:udvalg|gruppe))", re.IGNORECASE)


@lru_cache(maxsize=8192)
def same(text: str) -> str:
    """A title or paragraph without what is no difference: kind of quotes and dashes, case, blanks.

    >>> same("Behovet for “ro”") == same('behovet  for "ro"')
    True
    """
    if "  " in text or ODD.search(text):  # seldom, and quicker asked than done
        text = " ".join(text.translate(QUOTES).split())
    return text.strip(" .:").lower()


def contents_against_headings(m: Manuscript) -> Iterator[Finding]:
    """ "02 Udviklingen i 2020" in the contents over "02 Udviklingen i 2021" in the text."""
    by_number = {heading.number: heading for heading in m.headings if heading.number}
    titles = {same(line.text): line for line in m.titles}
    if not m.headings:
        return
    for entry in m.toc:
        heading = by_number.get(entry.number)
        if heading is not None and same(heading.title) != same(entry.title):
            yield Finding(
                "toc_heading_mismatch",
                entry.line,
                f"Indholdet skriver “{entry.title}”, overskriften på linje {heading.line} “{heading.title}”. Ret det ene.",
                (entry.line, heading.line),
            )
        elif heading is None and same(entry.title) not in titles:
            near = max(
                titles, key=lambda title: SequenceMatcher(None, title, same(entry.title)).ratio(), default=""
            )
            if near and SequenceMatcher(None, near, same(entry.title)).ratio() > 0.8:
                there = titles[near]
                text = f"Indholdet skriver “{entry.title}”, overskriften på linje {there.number} “{there.text}”. Ret det ene."
                yield Finding("toc_heading_mismatch", entry.line, text, (entry.line, there.number))
            else:
                text = f"“{entry.title}” står i indholdet, men er ingen overskrift i teksten."
                yield Finding("toc_heading_mismatch", entry.line, text, (entry.line,))


def stale_years(m: Manuscript) -> Iterator[Finding]:
    """ "Indsatsområder i 2021" in the plan for 2022: a heading that looks ahead names another year than the plan's."""
    if m.year is None:
        return
    for line in m.titles:
        years = {int(year) for year in YEAR.findall(line.text)}
        if (
            years
            and AHEAD.search(line.text)
            and not BACK.search(line.text)
            and m.year not in years
            and max(years) < m.year
        ):
            stale = max(years)
            contents = tuple(
                entry.line
                for entry in m.toc
                if same(entry.title) == same(re.sub(r"^\d[\d.]*\s+", "", line.text))
            )
            text = f"Overskriften siger {stale}, men planen er for {m.year}. Skulle der stå {m.year}?"
            lines = (*contents, line.number, *([m.title_line] if m.title_line else []))
            yield Finding("year_mismatch", line.number, text, lines, Mend(str(stale), str(m.year)))


def doubled_headings(m: Manuscript) -> Iterator[Finding]:
    """The same heading twice: under one chapter, or, when it is no mere label such as "Mål", anywhere. One that stands under every area is
    the plan's own pattern."""
    chapters = _chapter_of(m)
    titles = [(same(line.text), line) for line in m.titles if line.text]
    often = Counter(key for key, _ in titles)
    first: dict[tuple[str, int], int] = {}
    for key, line in titles:
        own = (key, chapters.get(line.number, -1))
        there = first.get(own) if own[1] >= 0 else None
        if there is None and len(key) >= LONG_TITLE and often[key] == 2:
            there = first.get((key, ANYWHERE))
        if there is not None:
            text = f"Overskriften “{line.text}” står også på linje {there}. Skal den ene væk?"
            yield Finding("duplicate_heading", line.number, text, (there, line.number), Mend("", ""))
        first.setdefault(own, line.number)
        first.setdefault((key, ANYWHERE), line.number)


ANYWHERE = -2
LONG_TITLE = 12


def _chapter_of(m: Manuscript) -> dict[int, int]:
    """The line of the heading that each heading stands under; -1 for those at the top."""
    out: dict[int, int] = {}
    above: list[tuple[int, int]] = []
    for heading in m.headings:
        above = [(level, line) for level, line in above if level < heading.level]
        out[heading.line] = above[-1][1] if above else -1
        above.append((heading.level, heading.line))
    return out


LONG_PARAGRAPH = 60


def doubled_paragraphs(m: Manuscript) -> Iterator[Finding]:
    """A paragraph that stands again, alone or glued to another one."""
    said: dict[str, list[tuple[int, bool]]] = defaultdict(
        list
    )  # sentence or paragraph -> where, and is it the whole paragraph
    told: set[tuple[int, int]] = set()
    for line in m.body:
        if " | " in line.text:
            continue
        parts = [part for part in split(line.text) if len(part) >= LONG_PARAGRAPH]
        keys = {same(line.text): True} if len(line.text) >= LONG_PARAGRAPH else {}
        for key, whole in (keys | {same(part): part == line.text for part in parts}).items():
            if len(key) < LONG_PARAGRAPH:
                continue
            for where, was_whole in said[key]:
                if where != line.number and (whole or was_whole) and (where, line.number) not in told:
                    told.add((where, line.number))
                    how = (
                        "står også"
                        if whole and was_whole
                        else "er en del af afsnittet"
                        if whole
                        else "indeholder afsnittet"
                    )
                    text = f"Afsnittet {how} på linje {where}. Skal det ene væk?"
                    yield Finding(
                        "duplicate_paragraph",
                        line.number,
                        text,
                        (where, line.number),
                        Mend("", "") if whole else None,
                    )
            said[key].append((line.number, whole))


RUN = 3  # words in a row
COPIED = 0.5  # of the shorter paragraph's runs; what was copied and changed keeps 0.7, two texts on one thing share 0.2


def nearly_doubled_paragraphs(m: Manuscript) -> Iterator[Finding]:
    """Two long paragraphs that share most of their runs of three words: one of them was copied and changed.

    The measure is the containment of word shingles (Broder 1997, On the resemblance and containment of documents).
    """
    body = [line for line in m.body if len(line.text) >= 100 and " | " not in line.text]
    runs = [_runs(line.text) for line in body]
    again = {run for run, times in Counter(chain.from_iterable(runs)).items() if times > 1}
    holders: dict[int, list[int]] = defaultdict(list)
    for place, own in enumerate(runs):
        twice = own & again
        shared = Counter(chain.from_iterable(holders[run] for run in twice))
        for run in twice:
            holders[run].append(place)
        for other in sorted(shared):
            if shared[other] >= COPIED * min(len(own), len(runs[other])) and not _one_holds_the_other(
                body[place].text, body[other].text
            ):
                text = f"Afsnittet siger næsten det samme som linje {body[other].number}. Er det med vilje?"
                yield Finding(
                    "near_duplicate", body[place].number, text, (body[other].number, body[place].number)
                )


def _runs(text: str) -> set[int]:
    """The runs of words of a paragraph, each as one number."""
    words = WORDS(text.lower())
    return set(map(hash, zip(*(words[start:] for start in range(RUN)), strict=False)))


def _one_holds_the_other(one: str, other: str) -> bool:
    here, there = same(one), same(other)
    return here in there or there in here


def law_headings(m: Manuscript) -> Iterator[Finding]:
    """A heading that names a law over words that are not the law's: no "Stk." and no paragraph sign begins it."""
    after = {line.number: text for line, text in _heads_with_text(m)}
    for line in m.titles:
        text = after.get(line.number, "")
        if (
            LAW.search(line.text)
            and len(line.text) < 60
            and text
            and not re.match(r"[»”\"“]?§|Stk\.|Retsplejelovens", text)
            and "Stk." not in text
        ):
            says = f"Overskriften nævner “{line.text}”, men teksten under den er ikke lovens ord. Skriv lovens ord, eller skift overskrift."
            yield Finding("law_heading", line.number, says, (line.number,))


def _heads_with_text(m: Manuscript) -> Iterator[tuple[Line, str]]:
    titles = {line.number for line in m.titles}
    rows = [
        line
        for heading in m.headings
        for line in [Line(heading.line, heading.title), *heading.lines]
        if line.text
    ]
    for row, following in pairwise(rows):
        if row.number in titles and following.number not in titles:
            yield row, following.text


NUMBERS = r"\d+|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve|tolv"
OF_ALL = Seldom(
    rf"\bde ({NUMBERS}) (?:nord|syd|øst|vest|midt|sjæl|fyn)\w* (?:kommuner|borgmestre|lokalråd)|"
    rf"\b(?:kredsens|de i alt) ({NUMBERS}) kommuner\b",
    *("kommuner", "borgmestre", "lokalråd"),
)
COVERS = Seldom(
    r"\b(?:dække[rt]?|omfatter|gælder|indført i|kører i|bruges i)\b[^.]*\balle\b[^.]{0,40}\b(kommuner\w*|skoler\w*|lokalråd\w*)",
    " alle",
)
SPREADS = Seldom(
    r"\b(?:udbred\w+|udrul\w+|udvides?)\b[^.]{0,40}\b(kommuner\w*|skoler\w*|lokalråd\w*)",
    "udbred",
    "udrul",
    "udvide",
)


def contradictions(m: Manuscript) -> Iterator[Finding]:
    """ "Dækker alle kommuner" and "skal udbredes i kommunerne" in one section; "de otte kommuner" in a plan that lists nine."""
    spreads = [line for line in m.body_with(*SPREADS.parts) if SPREADS.search(line.text)]
    covers = [line for line in m.body_with(*COVERS.parts) if COVERS.search(line.text)] if spreads else []
    if covers:
        yield from _covered_yet_spread(m, {line.number for line in covers}, {line.number for line in spreads})
        yield from _covered_here_spread_there(m, covers, spreads)
    listed = len(m.municipalities)
    for line in m.body_with(*OF_ALL.parts) if listed > 2 else []:
        for found in OF_ALL.finditer(line.text):
            word = found[1] or found[2]
            if number(word) != listed:
                text = f"Her står “{found[0]}”, men planen nævner {listed} kommuner. Hvad er rigtigt?"
                yield Finding("contradiction", line.number, text, (line.number,))


def _covered_yet_spread(m: Manuscript, covers: set[int], spreads: set[int]) -> Iterator[Finding]:
    """The two statements between the same two headings."""
    for heading in m.headings:
        titles = {line.number for line in heading.subheadings}
        part: list[int] = []
        for line in [*heading.lines, None]:
            if line is not None and line.number not in titles:
                part.append(line.number)
                continue
            first, last = (
                next((n for n in part if n in covers), None),
                next((n for n in part if n in spreads), None),
            )
            if first and last and first != last:
                text = f"Linje {first} siger, at alle er med; her skal det udbredes. Hvem mangler?"
                yield Finding("contradiction", last, text, (first, last))
            part = []


def _covered_here_spread_there(m: Manuscript, covers: list[Line], spreads: list[Line]) -> Iterator[Finding]:
    """The same two statements about one thing in two sections: they share at least two of its longer words."""
    where = {line.number: heading.line for heading in m.headings for line in heading.lines}
    for one in covers:
        for other in spreads:
            if where[one.number] != where[other.number] and len(_longer(one) & _longer(other)) >= 2:
                first, last = sorted((one.number, other.number))
                text = f"Linje {one.number} siger, at alle er med; linje {other.number}, at det skal udbredes. Hvad er rigtigt?"
                yield Finding("contradiction", last, text, (first, last))


def _longer(line: Line) -> set[str]:
    return {word for word in WORD.findall(line.text.lower()) if len(word) >= 8}
