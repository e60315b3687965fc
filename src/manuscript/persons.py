"""Persons in a text: numbers like a CPR number, and what looks like somebody's name."""

import re
import tomllib
from pathlib import Path

from manuscript.text import without_tags

HYPHENS = (
    r"[-\u00ad\u2010-\u2015\u2212\u200b\x02\ufffe]"  # the last two are what a PDF has at the end of a line
)
CPR = re.compile(
    rf"(?<!\d)(?<!\d{HYPHENS})(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d"
    rf"(?:\s?{HYPHENS}{{1,2}}\s{{0,2}}|[^\S\r\n\t]{{0,3}})\d{{4}}(?!{HYPHENS}?\d)"
)

SIX = re.compile(r"\d\d\d\d\d\d")  # quicker found than \d{6}

NAMES = {
    kind: frozenset(words.split())
    for kind, words in tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8")).items()
}
BLANKS = r"[ \u00a0\u202f]{1,2}"
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
SMALL_LETTERS = rf"[^\W\d_]+(?:-{CAPITAL}[^\W\d_]+)*(?!-?\w)"
WORD = CAPITAL + SMALL_LETTERS
RUN = re.compile(
    rf"{CAPITAL}(?<![\w-].){SMALL_LETTERS}(?:{BLANKS}(?:(?:von|van|de|der|af|el|al){BLANKS})?(?:{WORD}|{CAPITAL}\.))+"
)
SEN = re.compile(r"sen(?!\w)")
SMALL = re.compile(rf"(?<![\w-])([a-zæøå]+){BLANKS}[a-zæøå]{{2,}}sen$")
LONG_NAME = 60  # letters of a given name and a surname
STREET = re.compile(r"\s*(?:gade|vej|plads|allé|alle|stræde|torv|boulevard|vænge)\b")
NAMED_AFTER = re.compile(
    r".+(?:gade|vej|plads|allé|alle|stræde|torv|boulevard|vænge|skole|skolen|kirke|kirken|park|parken)"
)


def cpr_like(text: str) -> str:
    """The first run of digits in `text` that looks like a CPR number, masked; else the empty string.

    Ten digits whose first four are a day and a month; the check digit is not used, since numbers issued from
    2007 need not satisfy it (CPR-kontoret). It is sought both with and without what could be tags.

    >>> cpr_like("ring 9630 1448, sag 010190-1234")
    '010190-••••'
    >>> cpr_like("cpr-010190 - 1234")
    '010190-••••'
    >>> cpr_like("j.nr. 2024-32-0283, uge 3112")
    ''
    """
    if not (SIX.search(text) or "<" in text or "&" in text):
        return ""
    found = CPR.search(without_tags(text)) or CPR.search(text)
    return f"{re.sub(r'[^0-9]', '', found[0])[:6]}-••••" if found else ""


MASK = "••••••-••••"


def hidden(text: str) -> str:
    """`text` with every run of digits that looks like a CPR number masked, for what is kept before somebody has looked at it.

    >>> hidden("sag 010190-1234, ring 9630 1448")
    'sag ••••••-••••, ring 9630 1448'
    """
    return CPR.sub(MASK, text) if SIX.search(text) else text


def person_names(text: str) -> list[str]:
    """What in `text` looks like names of persons, each once: a given name with a surname or its first letter, an office with a name.

    Streets, squares, schools and kings with a person's name are none.

    >>> person_names("Kontaktperson Peter Hansen og Mette J. bor på Hans Broges Gade, ved Peter Bangs Vej.")
    ['Peter Hansen', 'Mette J.']
    """
    small = (SMALL.search(text, max(0, end.start() - LONG_NAME), end.end()) for end in SEN.finditer(text))
    found = [
        " ".join(match[0].split())
        for match in small
        if match and match[1] in NAMES["given"] and match[1] not in NAMES["words_too"]
    ]
    for run in RUN.finditer(text):
        if STREET.match(text, run.end()):
            continue
        words, before = run[0].split(), text[max(0, run.start() - 40) : run.start()].split()[-1:]
        at = 0
        while at < len(words) - 1:
            last = words[at - 1] if at else "".join(before)
            length = _length_of_name(words[at : at + 6], last.lower().strip("(:"))
            if length:
                found.append(" ".join(words[at : at + length]))
            at += length or 1
    return list(dict.fromkeys(found))


def _length_of_name(words: list[str], before: str) -> int:
    """How many of the words are a person's name, beginning with the first; 0 when none."""
    given = _is_given(words[0], words[1])
    if before in NAMES["before"] or not (
        given or (before in NAMES["offices"] and words[0].lower() not in NAMES["others"])
    ):
        return 0
    taken = 1
    for word in words[1:]:
        low = word.lower()
        named_after = NAMED_AFTER.fullmatch(low)
        if low in NAMES["places"] or (named_after and all(_is_given(each, "x") for each in words[:taken])):
            return 0
        if low in NAMES["others"] or named_after or re.fullmatch(r"[IVX]{2,}|X\.?", word):
            break
        taken += 1
    return taken if taken > 1 else 0


def _is_given(word: str, following: str) -> bool:
    low = word.lower()
    if NAMES["given"].isdisjoint(low.split("-")):
        return False
    if word.isupper():
        return following.isupper() and (low not in NAMES["words_too"] or following.endswith("SEN"))
    return not following.isupper() or len(following) > 3 or following.endswith(".")
