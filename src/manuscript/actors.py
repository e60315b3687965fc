"""Who a sentence names: bodies of the cooperation, offices, places with an authority, and bodies outside it.

A word is judged once for the whole text; only where a word belongs to a body is the sentence read for the
whole name.
"""

import re
from functools import cache, lru_cache

from manuscript.words import either, holds, words

NAME = r"[A-ZÆØÅ][\wæøåÆØÅ-]+(?:(?:,| og|-) ?[A-ZÆØÅ][\wæøåÆØÅ-]+)*"
AUTHORITIES = ("ministeriet", "direktoratet", "styrelsen", "fonden")
OUTSIDE = (
    "(?:"
    + either(
        r"\w*ministeriet",
        r"\w*direktoratet",
        r"\w*styrelsen",
        "Rigspolitiet",
        "regeringen",
        "Folketinget",
        "Kommunernes Landsforening",
        "KL",
        "Det Kriminalpræventive Råd",
        "TrygFonden",
        r"\w*fonden",
    )
    + ")"
)
KINDS = words("bodies")
ENDINGS = words("endings")
BODY = rf"[\wæøåÆØÅ-]*(?:(?<!om){KINDS})(?:{ENDINGS})?"
INSIDE = (
    "(?:"
    + either(
        rf"(?:hvert |hver |det (?:nye )?|de (?:\w+ )?)?{BODY}",
        "parterne",
        "natteravnene?",
        "brandvæsenet",
        r"politiets \w+",
        r"SSP(?:\+|-\w+)?",
        r"PSP(?:-\w+)?",
        "KSP",
        r"RUG-\w+",
        "Pre-Exit",
    )
    + ")"
)
POLICE = rf"{NAME}s? (?:Politi|politi)\b"
BEFORE_A_NAME = either(f"Region {NAME}", f"Lokalråd(?:et)? (?:i |for )?{NAME}", f"Børnehus {NAME}")
PLACE = either(f"{NAME} Kommune", BEFORE_A_NAME, f"{NAME}s? Lokalråd", "Aalborg Universitet", POLICE)
CAPITALS = r"(?!(?:IT|TV|EU|DK|AM|PM|OK|NB|OBS|CPR|CVR|PDF|GPS|SMS|NR|KL|KR|FN|MC|HF|VUC)\b)[A-ZÆØÅ]{2,4}"
ACTOR = re.compile(rf"(?<![\w-])(?:{CAPITALS}|{PLACE}|{OUTSIDE}|(?i:{INSIDE}))(?![\w-])")
# The same, quicker, where no name stands before its kind.
WITHOUT_THESE = re.compile(rf"(?:{CAPITALS}|{BEFORE_A_NAME}|{OUTSIDE}|(?i:{INSIDE}))(?![\w-])")
AFTER_A_NAME = (" Kommune", " Lokalråd", " Politi", " politi", " Universitet")
US = re.compile(r"\b[Vv]i\b")

WORD = re.compile(r"[\w-]+")
A_WORD = re.compile(r"(?<![\w-])[\w-]+")


def _backwards(parts: list[str]) -> str:
    """Words as the inside of a pattern, each from its end, the longest first."""
    return either(*sorted((part[::-1] for part in parts), key=len, reverse=True))


LEADING = ("hver", "hvert", "de", "det")  # "de lokale råd": only before a body's own word
OPENING = frozenset(
    [
        *("parterne", "natteravne", "natteravnene", "brandvæsenet", "politiets", "regeringen"),
        *("folketinget", *LEADING),
    ]
)
OPENING_LETTERS = ("ssp", "psp", "ksp", "rug-", "pre-exit")
# A body's word read from its end, where its kind stands: quick to tell from other words.
FROM_THE_END = re.compile(
    rf"(?:{_backwards(ENDINGS.split('|'))})?(?:{_backwards(KINDS.split('|'))})|{_backwards([*AUTHORITIES])}"
)
NO, ALONE, LEADS, OPENING_OF_MORE = range(4)


@cache
def _opens(word: str) -> int:
    """May the name of a body begin with this word, and is the word the whole name?"""
    low = word.lower()
    if not _may_open(word, low):
        return NO
    if low in LEADING:
        return LEADS
    if low == "politiets" or word[0].isupper():
        return OPENING_OF_MORE
    if ACTOR.fullmatch(word):
        return ALONE
    return NO


def _may_open(word: str, low: str) -> bool:
    if low in OPENING or word.isupper() or low.startswith(OPENING_LETTERS):
        return True
    return FROM_THE_END.match(low[::-1]) is not None


@lru_cache(maxsize=4096)
def actors(text: str) -> tuple[re.Match[str], ...]:
    """Who is named, in order; several rules ask about one sentence."""
    out: list[re.Match[str]] = []
    at = end = 0
    named_places = holds(text, AFTER_A_NAME)  # "Rebild Kommune": then any name may open
    whole_name = WITHOUT_THESE
    if named_places:
        whole_name = ACTOR
    said = WORD.findall(text)
    kinds = list(map(_opens, said))
    for n, opens in enumerate(kinds):
        is_name = named_places and said[n][0].isupper()
        if opens == NO and not is_name:
            continue
        word = _next(said[n], text, at)
        at = word.end()
        if word.start() < end:
            continue
        if is_name or opens == OPENING_OF_MORE:
            found = whole_name.match(text, word.start())
        elif opens == ALONE:
            found = word
        elif any(kinds[n + 1 : n + 3]):  # one that leads, before the word of a body
            found = whole_name.match(text, word.start())
        else:
            continue
        if found:
            out.append(found)
            end = found.end()
    return tuple(out)


def _next(word: str, text: str, at: int) -> re.Match[str]:
    """Where a word stands next, as a word of its own."""
    while True:
        at = text.index(word, at)
        found = A_WORD.match(text, at)
        if found and found[0] == word:
            return found
        at += 1
