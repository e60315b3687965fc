"""What a body of the cooperation is for, as a chapter of fora tells it: a rule without a date."""

import re

from manuscript.clauses import in_main_clause
from manuscript.verbs import VERB
from manuscript.words import Seldom, Sign, either, words

CHAPTER = re.compile(r"samarbejdsfora|\bfora\b|råd og nævn|her mødes|hvem mødes", re.IGNORECASE)
BODY = Seldom(
    either(
        *("samarbejd", "infohus", "netværk", "udvalg", r"råd(?:et)?\b", r"nævn(?:et)?\b", "enhed"),
        *("koordiner", "rådgivning", "børnehus", "ssp", "psp", "ksp", "rug", "exit", "kriminalforsorg"),
        *("kommune", "gruppe"),
    ),
    *words("standing").split("|"),
)
ABOUT_ITSELF = re.compile(r"(?:Bilaget|Afsnittet|Kapitlet|Listen|Oversigten|Her)\b")
SOME_PLACES = re.compile(r"I nogle\b|Udgangspunktet\b")
SINCE = Sign(r"\b(?-i:blev|siden) \w+", "blev siden")
A_COOPERATION = Sign(r"\ber der\b[^.]* samarbejde\b", "samarbejde")
ANY_VERB = re.compile(rf"\b{VERB}\b")
NO_ACT = frozenset(["er", "indsatser", "år", "gange", "personer", "indgår", "forudsætter"])


def stands_for(text: str) -> int | None:
    """Where the sentence says what a body does; None when it does not."""
    if ABOUT_ITSELF.match(text) or SINCE.search(text):
        return None
    if A_COOPERATION.search(text):
        return 0
    if SOME_PLACES.match(text) or not BODY.search(text):
        return None
    for verb in ANY_VERB.finditer(text):
        if verb[0] not in NO_ACT and in_main_clause(text, verb.start()):
            return verb.start()
    return None
