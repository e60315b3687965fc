"""What Danish sentences say of reported crime: a change with its offence, place and periods, as they stand.

Only what the text itself says is read: the offence by a name of the register, the place in the clause of the
number, the periods in the sentence or before it in the same paragraph. What is not said is not guessed.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from evidens import offences, relations
from evidens.places import Entry, register
from evidens.stated import Claim, claim_from

PERCENT = re.compile(r"(?<![\d.,])([-−]?\d{1,3}(?:[.,]\d+)?)\s?(?:%|procent\b|pct\b)", re.IGNORECASE)
LEVEL = re.compile(r"på samme niveau|på uændret niveau|\buændret\b|status quo", re.IGNORECASE)
CLAUSES = re.compile(r"\s+mod\s+(?=\d)|;\s+|,\s+mens\s+", re.IGNORECASE)
COUNTRY = re.compile(r"på landsplan|hele landet|landsgennemsnit|i Danmark|nationalt", re.IGNORECASE)
REGISTER = re.compile(r"\bdisse\b|\bdenne\b|\bfaldet\b|\bstigningen\b|\bdem\b", re.IGNORECASE)
YEAR = re.compile(r"\b(20\d\d)\b")
FROM_TO = re.compile(r"\bfra\s+\d[\d.]*\b.*?\btil\s+\d", re.IGNORECASE)
MOVED = re.compile(r"\b(faldet|faldt|steget|steg)\b", re.IGNORECASE)
VAGUE = re.compile(
    r"\b(indbrud|vold|tyveri|kriminalitet)(?:det|dene|en|erne|erier|erierne)?\b", re.IGNORECASE
)
WHICH = "hvilken slags {word} det er (for eksempel indbrud i private hjem)"
WHOLE = re.compile(r"hele året|hele 20\d\d|i alt i", re.IGNORECASE)
QUARTERS = [
    (re.compile(pattern, re.IGNORECASE), quarters)
    for pattern, quarters in [
        (r"(?:tre første|første tre) kvartaler|1\.\s?[-–]\s?3\. kvartal", (1, 3)),
        (r"(?:to første|første to) kvartaler|1\.\s?[-–]\s?2\. kvartal|(?:1\.|første) halvår", (1, 2)),
        (r"(?:2\.|andet) halvår|3\.\s?[-–]\s?4\. kvartal", (3, 4)),
        (r"(?:1\.|første) kvartal\b", (1, 1)),
        (r"(?:2\.|andet) kvartal\b", (2, 2)),
        (r"(?:3\.|tredje) kvartal\b", (3, 3)),
        (r"(?:4\.|fjerde) kvartal\b", (4, 4)),
    ]
]
Quarters = tuple[int, int] | None


@dataclass(frozen=True)
class Said:
    """A change that a sentence states: the number as written, and the claim (None: not enough is said).

    `lacks` says what is lacking, in Danish.
    """

    line: int
    text: str
    shown: str
    claim: Claim | None
    lacks: str = ""


@dataclass(frozen=True)
class _Told:
    """What the sentences of a paragraph have told so far."""

    offence: str = ""
    place: str = ""
    year: int = 0
    against: int = 0
    quarters: Quarters = None
    change: str = ""


def said(sentences: Iterable[tuple[int, str]], home: str) -> list[Said]:
    """The changes of reported crime in sentences with their lines; `home` is the place the text is about.

    >>> text = "I 1. kvartal 2021 var der i Aalborg 12 % færre indbrud i beboelser end i 2020."
    >>> [one] = said([(7, text)], "district:1460")
    >>> one.claim.value, one.claim.place, one.claim.span, one.claim.against
    (-12.0, 'municipality:851', '2021Q1', '2020Q1')
    """
    found: list[Said] = []
    told, paragraph = _Told(), None
    for line, sentence in sentences:
        if line != paragraph:
            told, paragraph = _Told(), line
        text = sentence.replace("*", "")
        told = _told(text, told)
        here = _changes(line, text, told, home)
        if here:
            told = replace(told, change=here[-1].shown)
        found += here
    return found


def _told(text: str, before: _Told) -> _Told:
    """What is known after a sentence: its own offence, place and time, else those told before it."""
    told = before
    if name := _offence(text):
        told = replace(told, offence=name)
    first = CLAUSES.split(text)[0]
    if place := _place(first):
        told = replace(told, place=place)
    years = sorted(set(map(int, YEAR.findall(text))))
    quarters = _quarters(text)
    if years:
        same = years[-1] == before.year and not WHOLE.search(text)
        if quarters is None and same:
            quarters = before.quarters
        against = years[-1] - 1
        if len(years) > 1:
            against = years[0]
        return replace(told, year=years[-1], against=against, quarters=quarters)
    if quarters is not None:
        return replace(told, quarters=quarters)
    return told


def _changes(line: int, text: str, told: _Told, home: str) -> list[Said]:
    """The changes that one sentence states."""
    if not _offence(text) and not (told.offence and REGISTER.search(text)):
        return _vague(line, text)
    found = []
    direction = relations.direction(text)
    for clause in CLAUSES.split(text):
        place = _place(clause) or told.place or home
        for number in PERCENT.finditer(clause):
            written = number[1].replace("−", "-")
            if not direction and not written.startswith("-"):
                continue  # a share, not a change
            value = written
            if direction < 0 and not written.startswith("-"):
                value = f"-{written}"
            found.append(_said(line, clause, number[0], "change_pct", value, told, place))
        if not PERCENT.search(clause) and (word := _in_words(clause)):
            found.append(_said(line, clause, word, "change_pct", word, told, place))
        if LEVEL.search(clause):
            found.append(
                _said(line, clause, LEVEL.findall(clause)[0], "same_as", _level(text, told), told, place)
            )
    return found


def _in_words(clause: str) -> str:
    """A change that a clause states without a number: "halveret", "faldet"; nothing where it does not."""
    sized = relations.spoken(clause, relations.CHANGES)
    if sized is not None:
        return next(word for word in relations.CHANGES if word in clause.lower())
    moved = MOVED.search(clause)
    if moved is None or FROM_TO.search(clause) or LEVEL.search(clause):
        return ""
    return moved[1].lower()


def _vague(line: int, text: str) -> list[Said]:
    """A change of something that the register knows under several names: the text must say which."""
    vague = VAGUE.search(text)
    if vague is None:
        return []
    number = PERCENT.search(text)
    shown = ""
    if number is not None and relations.direction(text):
        shown = number[0]
    elif relations.spoken(text, relations.CHANGES):
        shown = _in_words(text)
    if not shown:
        return []
    return [Said(line, text.strip(" .,"), shown, None, WHICH.format(word=vague[1].lower()))]


def _level(text: str, told: _Told) -> str:
    """What something is level with: the change told before it, else the earlier period."""
    if told.change and REGISTER.search(text):
        number = PERCENT.search(told.change)
        if number is not None and number[1].startswith(("-", "−")):
            return number[1].replace("−", "-")
        if number is not None and relations.direction(text) < 0:
            return f"-{number[1]}"
    return "0"


def _said(line: int, clause: str, shown: str, kind: str, value: str, told: _Told, place: str) -> Said:
    text = clause.strip(" .,")
    if not told.year:
        return Said(line, text, shown, None, "hvilken periode tallet gælder")
    row = {
        "text": text,
        "offence": told.offence,
        "place": place,
        "span": _span(told.year, told.quarters),
        "against": _span(told.against, told.quarters),
        kind: value.replace(",", "."),
        "line": line,
    }
    return Said(line, text, shown, claim_from(row))


def _span(year: int, quarters: Quarters) -> str:
    """ "2021", "2021Q1..2021Q3"."""
    if quarters is None:
        return str(year)
    first, last = quarters
    if first == last:
        return f"{year}Q{first}"
    return f"{year}Q{first}..{year}Q{last}"


def _quarters(text: str) -> Quarters:
    for pattern, quarters in QUARTERS:
        if pattern.search(text):
            return quarters
    return None


@cache
def _names() -> list[tuple[re.Pattern[str], str]]:
    """How offences are called in texts, the longest name first, each with the group it means."""
    names: list[tuple[str, str]] = []
    for one in offences.groups():
        for name in (one.name, *one.also):
            names.append((name, one.name))
    names.sort(key=lambda pair: len(pair[0]), reverse=True)
    found = []
    for name, group in names:
        pattern = rf"\b{re.escape(name)}(?:n|en|ne|r|er|erne|sager)?\b"
        found.append((re.compile(pattern, re.IGNORECASE), group))
    return found


def _offence(text: str) -> str:
    """The first offence that a sentence names; of two at the same word the longer name."""
    best, found = len(text) + 1, ""
    for pattern, group in _names():
        if (match := pattern.search(text)) and match.start() < best:
            best, found = match.start(), group
    return found


@cache
def _towns() -> list[tuple[re.Pattern[str], str]]:
    """Municipalities and police districts by name."""
    found = []
    for row in register():
        if row.valid_to is None and row.kind in ("municipality", "district"):
            found.append((re.compile(rf"\b{re.escape(_said_name(row))}s?\b"), f"{row.kind}:{row.code}"))
    return found


def _said_name(row: Entry) -> str:
    """How a text calls it: "Nordjylland", "Hjørring"."""
    if row.kind == "municipality":
        return row.short_name.removesuffix("s")
    return row.short_name


def _place(clause: str) -> str:
    """The place that a clause names; nothing where it names none."""
    if COUNTRY.search(clause):
        return "country"
    for pattern, key in _towns():
        if pattern.search(clause):
            return key
    return ""
