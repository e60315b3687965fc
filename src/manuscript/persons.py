"""Persons in a text: numbers like a CPR number, and what looks like somebody's name."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from manuscript.text import without_tags
from manuscript.words import either

# The last two are what a PDF has at the end of a line.
HYPHENS = r"[-\u00ad\u2010-\u2015\u2212\u200b\x02\ufffe]"
CPR = re.compile(
    rf"(?<!\d)(?<!\d{HYPHENS})(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d"
    rf"(?:\s?{HYPHENS}{{1,2}}\s{{0,2}}|[^\S\r\n\t]{{0,3}}|[.)])\d{{4}}(?!{HYPHENS}?\d)"
)
# With signs between day, month and year the last four follow a hyphen: 01.01.22 1400 is an hour.
DOTTED = re.compile(
    rf"(?<!\d)(?<!\d[./-])(0[1-9]|[12]\d|3[01])([./-])(0[1-9]|1[0-2])\2\d\d\s?{HYPHENS}\s?\d{{4}}(?!\d)"
)
SIX = re.compile(r"\d\d\d\d\d\d|\d\d[./-]\d\d[./-]\d\d")  # quicker found than \d{6}
MARKS: dict[int, None] = dict.fromkeys(map(ord, "*_"))  # which make letters bold or slanted
NO_DIGIT = re.compile(r"[^0-9]")
MASK = "••••••-••••"


def cpr_like(text: str) -> str:
    """The first run of digits in `text` that looks like a CPR number, masked; else the empty string.

    Ten digits whose first four are a day and a month; the check digit is not used, since numbers issued from
    2007 need not satisfy it (CPR-kontoret). It is sought both with and without what could be tags, as it is
    written and as it is read: without the marks of bold letters, and with broad digits as digits.

    >>> cpr_like("ring 9630 1448, sag 010190-1234")
    '010190-••••'
    >>> cpr_like("cpr-010190 - 1234"), cpr_like("født 01.01.90-1234"), cpr_like("**010190**-**1234**")
    ('010190-••••', '010190-••••', '010190-••••')
    >>> cpr_like("j.nr. 2024-32-0283, uge 3112")
    ''
    """
    for each in dict.fromkeys([text, normalize("NFKC", text).translate(MARKS)]):
        if not (SIX.search(each) or "<" in each or "&" in each):
            continue
        for words in (without_tags(each), each):
            found = CPR.search(words) or DOTTED.search(words)
            if found:
                return f"{NO_DIGIT.sub('', found[0])[:6]}-••••"
    return ""


def hidden(text: str) -> str:
    """`text` with all that looks like a CPR number masked, for what is kept before somebody has looked at it.

    >>> hidden("sag 010190-1234, ring 9630 1448")
    'sag ••••••-••••, ring 9630 1448'
    """
    if not SIX.search(text):
        return text
    return DOTTED.sub(MASK, CPR.sub(MASK, text))


def _word_lists() -> dict[str, frozenset[str]]:
    lists = tomllib.loads(Path(__file__).with_name("names.toml").read_text("utf-8"))
    return {kind: frozenset(words.split()) for kind, words in lists.items()}


NAMES = _word_lists()
BLANKS = r"[ \u00a0\u202f]{1,2}"
CAPITAL = r"[A-ZÀ-ÖØ-Þ]"
SMALL_LETTERS = rf"[^\W\d_]+(?:-{CAPITAL}[^\W\d_]+)*(?!-?\w)"
WORD = CAPITAL + SMALL_LETTERS
PARTICLE = rf"(?:(?:von|van|de|der|af|el|al){BLANKS})?"
# Words with capitals in a row; the last may be a mere letter.
RUN = re.compile(rf"{CAPITAL}(?<![\w-].){SMALL_LETTERS}(?:{BLANKS}{PARTICLE}(?:{WORD}|{CAPITAL}\.))+")
SEN = re.compile(r"sen(?!\w)")
SMALL = re.compile(rf"(?<![\w-])([a-zæøå]+){BLANKS}[a-zæøå]{{2,}}sen$")
LONG_NAME = 60  # letters of a given name and a surname
LONGEST = 6  # words of a name
ROADS = either("gade", "vej", "plads", "allé", "alle", "stræde", "torv", "boulevard", "vænge")
HOUSES = either("skole", "skolen", "kirke", "kirken", "park", "parken")
STREET = re.compile(rf"\s*(?:{ROADS})\b")
NAMED_AFTER = re.compile(rf".+(?:{ROADS}|{HOUSES})")
OF_A_KING = re.compile(r"[IVX]{2,}|X\.?")


def person_names(text: str) -> list[str]:
    """What in `text` looks like names of persons, each once: a given name with a surname or its first letter,
    an office with a name.

    Streets, squares, schools and kings with a person's name are none.

    >>> person_names("Kontaktperson Peter Hansen og Mette J. bor på Hans Broges Gade, ved Peter Bangs Vej.")
    ['Peter Hansen', 'Mette J.']
    """
    found = [*_names_in_small_letters(text), *_names_with_capitals(text)]
    return list(dict.fromkeys(found))


def _names_in_small_letters(text: str) -> Iterator[str]:
    """ "peter hansen": only with a surname that ends in -sen."""
    for end in SEN.finditer(text):
        match = SMALL.search(text, max(0, end.start() - LONG_NAME), end.end())
        if match and match[1] in NAMES["given"] and match[1] not in NAMES["words_too"]:
            yield " ".join(match[0].split())


def _names_with_capitals(text: str) -> Iterator[str]:
    for run in RUN.finditer(text):
        if STREET.match(text, run.end()):
            continue
        before = text[max(0, run.start() - 40) : run.start()].split()[-1:]
        yield from _names_in_run(run[0].split(), "".join(before))


def _names_in_run(words: list[str], before: str) -> Iterator[str]:
    """The names in a row of words with capitals; `before` is the word in front of it."""
    at = 0
    while at < len(words) - 1:
        length = _length_of_name(words[at : at + LONGEST], before.lower().strip("(:"))
        if length:
            yield " ".join(words[at : at + length])
        at += length or 1
        before = words[at - 1]


def _length_of_name(words: list[str], before: str) -> int:
    """How many of the words are a person's name, beginning with the first; 0 when none."""
    if before in NAMES["before"] or not _may_begin(words, before):
        return 0
    taken = 1
    for word in words[1:]:
        low = word.lower()
        named_after = NAMED_AFTER.fullmatch(low)
        if low in NAMES["places"] or (named_after and _are_given(words[:taken])):
            return 0
        if low in NAMES["others"] or named_after or OF_A_KING.fullmatch(word):
            break
        taken += 1
    if taken == 1:
        return 0
    return taken


def _may_begin(words: list[str], before: str) -> bool:
    """Does a name begin with the first word: a given name, or whatever follows an office?"""
    if _is_given(words[0], words[1]):
        return True
    return before in NAMES["offices"] and words[0].lower() not in NAMES["others"]


def _are_given(words: list[str]) -> bool:
    return all(_is_given(word, "x") for word in words)


def _is_given(word: str, following: str) -> bool:
    low = word.lower()
    if NAMES["given"].isdisjoint(low.split("-")):
        return False
    if word.isupper():
        return following.isupper() and (low not in NAMES["words_too"] or following.endswith("SEN"))
    return not following.isupper() or len(following) > 3 or following.endswith(".")
