"""Who a sentence names: bodies of the cooperation, offices, places with an authority, and bodies outside it.

A word is judged once for the whole text; only where a word belongs to a body is the sentence read for the whole name.
"""

import re
from functools import cache, lru_cache

from manuscript.words import holds

NAME = r"[A-ZÆØÅ][\wæøåÆØÅ-]+(?:(?:,| og|-) ?[A-ZÆØÅ][\wæøåÆØÅ-]+)*"
OUTSIDE = (
    r"(?:\w*ministeriet|\w*direktoratet|\w*styrelsen|Rigspolitiet|regeringen|Folketinget|Kommunernes Landsforening|KL|"
    r"Det Kriminalpræventive Råd|TrygFonden|\w*fonden)"
)
# How the word of a body or an office ends: "kontaktudvalget", "SSP-konsulenten", "lokalbetjentene".
KINDS = (
    r"(?<!om)råd|udvalg|nævn|gruppe|enhed|team|netværk|sekretariat|politi|politikreds|forsorg|"
    r"direktør|inspektør|leder|betjent|konsulent|koordinator|vejleder|rådgiver|borgmester|borgmestr|forvaltning|afdeling|kommune|region|"
    r"skole|hospital|center|centr|forening|selskab|partnerskab|projekt|beredskab|infohus|børnehus|klub|universitet|bibliotek"
)
ENDINGS = "et|en|er|erne|ene|ne|re|ren|rene|e|ets|ens|r|rne|rnes|ernes|enes"
ENDING = rf"(?:{ENDINGS})?"
BODY = rf"[\wæøåÆØÅ-]*(?:{KINDS}){ENDING}"
INSIDE = (
    rf"(?:(?:hvert |hver |det (?:nye )?|de (?:\w+ )?)?{BODY}|parterne|natteravnene?|brandvæsenet|politiets \w+|SSP(?:\+|-\w+)?|PSP(?:-\w+)?|KSP|"
    r"RUG-\w+|Pre-Exit)"
)
POLICE = rf"{NAME}s? (?:Politi|politi)\b"
BEFORE_A_NAME = rf"Region {NAME}|Lokalråd(?:et)? (?:i |for )?{NAME}|Børnehus {NAME}"
PLACE = rf"{NAME} Kommune|{BEFORE_A_NAME}|{NAME}s? Lokalråd|Aalborg Universitet|{POLICE}"
ACTOR = re.compile(rf"(?<![\w-])(?:[A-ZÆØÅ]{{3,4}}|{PLACE}|{OUTSIDE}|(?i:{INSIDE}))(?![\w-])")
US = re.compile(r"\b[Vv]i\b")

WORD = re.compile(r"[\w-]+")
A_WORD = re.compile(r"(?<![\w-])[\w-]+")


def _backwards(words: str) -> list[str]:
    """Words between bars, each from its end, the longest first."""
    return sorted((word[::-1] for word in words.split("|")), key=len, reverse=True)


OPENING = frozenset(
    [
        "parterne",
        "natteravne",
        "natteravnene",
        "brandvæsenet",
        "politiets",
        "hver",
        "hvert",
        "de",
        "det",
        "regeringen",
        "folketinget",
    ]
)
OPENING_LETTERS = ("ssp", "psp", "ksp", "rug-", "pre-exit")
AUTHORITIES = "ministeriet|direktoratet|styrelsen|fonden"
# A body's word read from its end, where its kind stands: quick to tell from other words.
FROM_THE_END = re.compile(
    rf"(?:{'|'.join(_backwards(ENDINGS))})?(?:{'|'.join(_backwards(KINDS.removeprefix('(?<!om)')))})|{'|'.join(_backwards(AUTHORITIES))}"
)
LEADING = ("hver", "hvert", "de", "det")  # "de lokale råd": only before a body's own word
AFTER_A_NAME = (" Kommune", " Lokalråd", " Politi", " politi", " Universitet")
WITHOUT_THESE = re.compile(
    rf"(?:[A-ZÆØÅ]{{3,4}}|{BEFORE_A_NAME}|{OUTSIDE}|(?i:{INSIDE}))(?![\w-])"
)  # the same, quicker


NO, ALONE, LEADS, OPENING_OF_MORE = range(4)


@cache
def _opens(word: str) -> int:
    """May the name of a body begin with this word, and is the word the whole name?"""
    low = word.lower()
    if not (
        low in OPENING or word.isupper() or low.startswith(OPENING_LETTERS) or FROM_THE_END.match(low[::-1])
    ):
        return NO
    if low in LEADING:
        return LEADS
    if low == "politiets" or word[0].isupper():
        return OPENING_OF_MORE
    return ALONE if ACTOR.fullmatch(word) else NO


@lru_cache(maxsize=4096)
def actors(text: str) -> tuple[re.Match[str], ...]:
    """Who is named, in order; several rules ask about one sentence."""
    out: list[re.Match[str]] = []
    at = end = 0
    place = holds(text, AFTER_A_NAME)  # "Rebild Kommune": then any name may open
    whole_name = ACTOR if place else WITHOUT_THESE
    words = WORD.findall(text)
    kinds = list(map(_opens, words))
    for n, opens in enumerate(kinds):
        name = place and words[n][0].isupper()
        if not (opens or name):
            continue
        word = _next(words[n], text, at)
        at = word.end()
        if word.start() < end or (opens == LEADS and not name and not any(kinds[n + 1 : n + 3])):
            continue
        found = word if opens == ALONE and not name else whole_name.match(text, word.start())
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


def who(text: str) -> tuple[str, ...]:
    """Who acts, as the sentence names them: those of the main clause, else all.

    >>> who("Kredsrådet drøfter planen, når politiet har skrevet den."), who("Vi mødes.")
    (('Kredsrådet',), ('vi',))
    """
    dependent = DEPENDENT.search(text)
    everybody = actors(text)
    main = [match for match in everybody if match.end() <= dependent.start()] if dependent else everybody
    found = [match[0] for match in main or everybody if not NOBODY.search(match[0])]
    if not found and US.search(text):
        found = ["vi"]
    return tuple(dict.fromkeys(name[0].upper() + name[1:] if name != "vi" else name for name in found))


NOBODY = re.compile(
    r"(?:projekt|cent(?:er|re)|samarbejd)\w*$", re.IGNORECASE
)  # what is done, and where, but not by whom
DEPENDENT = re.compile(r", (?:der|som|hvor|ligesom|så|når|at|hvilket)\b")
