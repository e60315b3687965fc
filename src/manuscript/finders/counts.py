"""Counts: a number before what it counts, and numbers that stand alone in a comparison or a table."""

import re

from manuscript.dates import MONTHS, NAMES
from manuscript.finders.finder import NUMBER, Finders, Match, Worth, number
from manuscript.words import either

COUNTS = Finders()
NO_COUNT = re.compile(
    r"(?:§|kl\.|nr\.|kapitel|afsnit|bilag|fase|del|punkt|side|uge|tlf\.?|telefon:?|(?<!\d)\d\d)\s*$",
    re.IGNORECASE,
)
OF_AN_ADDRESS = re.compile(r"\d{4} [A-ZÆØÅ]")
A_PHONE = re.compile(r"\d\d(?: \d\d){2,}")
# A word before the noun that is counted.
ADJECTIVE = re.compile(
    r"\w+(?:ige|ske|ede|ende|ale|elle|ive|ære|iske)|nye|store|små|faste|andre|hele|gode|unge|flere|"
    r"fælles|gamle|korte|lange|åbne|større|mindre|forskellige|de|af|ekstra",
    re.IGNORECASE,
)
NOT_COUNTED = {"%", "pct", "procent", "mio", "kr", "og", "til", "gange", "gang", "første", "sidste", *MONTHS}
ABOUT = either(
    *("næsten ", "knap ", "godt ", r"ca\. ", "cirka ", "omkring ", "over ", "mindst ", "højst ", "op til "),
)
# What is counted ends before one of these.
STOP = either(
    *("i", "på", "til", "fra", "under", "over", "mod", "med", "af", "for", "om", "og", "der", "som"),
    *("mellem", "hver", "ved", "har", "er", "blev", "kommer", "hvert", "inden", "efter"),
)
NO_YEAR = r"(?!20\d\d\b)"
COUNTED_WORDS = rf"(?: (?!(?:{STOP})\b)[\wæøå][\wæøå-]*){{1,3}}"


@COUNTS.finds(
    r"\b(?:en|et) (?:\w+ ){1,2}?\w+(?:, (?:en|et) (?:\w+ )?\w+)+ og (?:en|et) \w+", "", ", en ", ", et "
)
def one_of_each(found: Match, year: int | None) -> Worth:
    """ "en betjent, en psykolog og en pædagog"."""
    low = found[0].lower()
    return low.count(", en ") + low.count(", et ") + 2, "people"


@COUNTS.finds(rf"\b({NUMBER}) ud af ({NUMBER})\b(?: \w+)?", "ud", needs="#")
def share(found: Match, year: int | None) -> Worth:
    """ "tre ud af fire elever"."""
    part, whole = number(found[1]), number(found[2])
    return [int(part), int(whole)], "share"


@COUNTS.finds(rf"\b{NO_YEAR}(\d{{1,4}})\s?[-–]\s?(\d{{1,4}})(?![-–.]?\d)({COUNTED_WORDS})", "#")
def between(found: Match, year: int | None) -> Worth:
    """ "20-25 unge"."""
    least, most = int(found[1]), int(found[2])
    if least >= most or NO_COUNT.search(found.string, max(0, found.start() - 12), found.start()):
        return None
    return [least, most], _noun(found[3].split())


def _noun(after: list[str]) -> str:
    """What is counted: the first word that stands before no other as an adjective does."""
    for word in after[:-1]:
        if not ADJECTIVE.fullmatch(word):
            return word
    return after[-1]


@COUNTS.finds(
    rf"\b({ABOUT})?{NO_YEAR}({NUMBER})(?! ?[%§]|\.\w)({COUNTED_WORDS}|(?= ?[-–] ))",
    "#",
)
def count(found: Match, year: int | None) -> Worth:
    """A number before what it counts, up to three words on; or before a dash in the middle of a phrase."""
    if NO_COUNT.search(found.string, max(0, found.start() - 12), found.start()):
        return None
    after = found[3].split()
    if not after:
        return number(found[2]), ""
    if after[0].lower() in NOT_COUNTED or "kvartal" in found[3]:
        return None
    at = found.start(2)
    if OF_AN_ADDRESS.match(found.string, at) or A_PHONE.match(found.string, at):
        return None
    return number(found[2]), _noun(after)


@COUNTS.finds(
    rf"\b(?:fra|til|mod) {NO_YEAR}({NUMBER})"
    rf"(?! ?%| pct|\.\s?(?:{NAMES}|kvartal|klasse)|-årig)(?= i 20| til |,|\.|$| i )",
    "fra til mod",
    needs="#",
)
def change(found: Match, year: int | None) -> Worth:
    """The second number of a comparison, without its noun: "fra 48 i 2019 til 31", "mod 1.190 i 2022"."""
    return number(found[1]), ""


@COUNTS.finds(rf"\b({NUMBER}) af (?:dem|disse|\w+(?:ne|er))\b", "af", needs="#")
def some_of(found: Match, year: int | None) -> Worth:
    """ "ni af dem"."""
    return number(found[1]), ""


@COUNTS.finds(
    rf"(?:(?<=[:|] )|\b(?:på|under|over|i alt|udgjorde|var|heraf|efter) ){NO_YEAR}({NUMBER})"
    r"(?=[,.;]? |[.,;]?$)"
    rf"(?! ?(?:%|pct|procent|mio|kr\b|år\b|-)|\.\s?(?:{NAMES}|kvartal|klasse|\d))",
    "på under over alt udgjorde var heraf efter",
    *(": ", "| "),
    needs="#",
)
def bare(found: Match, year: int | None) -> Worth:
    """A number without its noun, at a colon or in a table's cell: "Indbrud: 118 mod 151"."""
    return number(found[1]), ""


@COUNTS.finds(
    rf"\b(?:mindst|højst|op til) ({NUMBER})\b(?= (?:fra|af|i|på|om)\b)", "mindst højst op", needs="#"
)
def limit(found: Match, year: int | None) -> Worth:
    """ "højst tre fra hver"."""
    return number(found[1]), ""
