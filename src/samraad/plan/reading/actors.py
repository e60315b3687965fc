"""Who a sentence names: bodies of the cooperation, offices, places with an authority, and bodies outside it.

A word is judged once for the whole text; only where a word belongs to a body is the sentence read for the whole name.
"""

import re
from functools import cache, lru_cache

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
ENDING = r"(?:et|en|er|erne|ene|ne|re|ren|rene|e|ets|ens|r|rne|rnes|ernes|enes)?"
BODY = rf"[\wæøåÆØÅ-]*(?:{KINDS}){ENDING}"
INSIDE = (
    rf"(?:(?:hvert |hver |det (?:nye )?|de (?:\w+ )?)?{BODY}|parterne|natteravnene?|brandvæsenet|politiets \w+|SSP(?:\+|-\w+)?|PSP(?:-\w+)?|KSP|"
    r"RUG-\w+|Pre-Exit)"
)
POLICE = rf"{NAME}s? (?:Politi|politi)\b"
PLACE = rf"(?:{NAME} Kommune|Region {NAME}|Lokalråd(?:et)? (?:i |for )?{NAME}|{NAME}s? Lokalråd|Børnehus {NAME}|Aalborg Universitet)"
ACTOR = re.compile(rf"(?<![\w-])(?:[A-ZÆØÅ]{{3,4}}|{PLACE}|{POLICE}|{OUTSIDE}|(?i:{INSIDE}))(?![\w-])")
US = re.compile(r"\b[Vv]i\b")

WORD = re.compile(r"[\w-]+")
OPENS = re.compile(rf"{BODY}|parterne|natteravnene?|brandvæsenet|politiets|hvert?|de|det|(?-i:[A-ZÆØÅ]).*|\w*(?:ministeriet|direktoratet|styrelsen|fonden)|"
    r"regeringen|ssp.*|psp.*|ksp|rug-\w+|pre-exit", re.IGNORECASE)  # fmt: skip


@cache
def _opens(word: str) -> bool:
    """May the name of a body begin with this word?"""
    return bool(OPENS.fullmatch(word))


@lru_cache(maxsize=256)
def actors(text: str) -> tuple[re.Match[str], ...]:
    """Who is named, in order; several rules ask about one sentence."""
    out: list[re.Match[str]] = []
    end = 0
    for word in WORD.finditer(text):
        if word.start() >= end and _opens(word[0]) and (found := ACTOR.match(text, word.start())):
            out.append(found)
            end = found.end()
    return tuple(out)


def who(text: str) -> tuple[str, ...]:
    """Who acts, as the sentence names them: those of the main clause, else all.

    >>> who("Kredsrådet drøfter planen, når politiet har skrevet den."), who("Vi mødes.")
    (('Kredsrådet',), ('vi',))
    """
    main = DEPENDENT.split(text, maxsplit=1)[0]
    found = [match[0] for match in actors(main)] or [match[0] for match in actors(text)]
    found = [name for name in found if not NOBODY.search(name)]
    if not found and US.search(text):
        found = ["vi"]
    return tuple(dict.fromkeys(name[0].upper() + name[1:] if name != "vi" else name for name in found))


NOBODY = re.compile(r"(?:projekt|cent(?:er|re)|samarbejd)\w*$", re.IGNORECASE)  # what is done, and where, but not by whom
DEPENDENT = re.compile(r", (?:der|som|hvor|ligesom|så|når|at|hvilket)\b")
