"""The clauses of a sentence: which is the main one, what hangs on it, and where it ends."""

import re
from collections.abc import Iterator

from manuscript.words import either

BETWEEN = re.compile(r", (?:og|men) ")
INSERTED = re.compile(r", (?:der|som) [^,]*(?=,)")
DEPENDENT = re.compile(r", (?:der|som|hvor\w*|hvad|hvem|hvilke\w*|så|når|fordi|inden)\b")
DEPENDENT_WORD = re.compile(r"\b(?:Hvis|Såfremt|at|som|der|hvis|når|hvad|hvordan|fordi|mens|hvor)\b")
PARTS = re.compile(r"(?<!\d),|;|–| - |\(")
RELATIVE = re.compile(
    r"^\s*(?:og |ligesom |men |eller )?(?:"
    + either(
        *("der", "som", "hvis", "hvilke[tn]?", "hvordan", "hvornår", "hvad", "hvem", "hvorfor"),
        *("om", "at", "når", "hvor(?:efter|ved|i|på|med|fra)?", "så", "for at", "idet", "fordi"),
    )
    + r")\b",
    re.IGNORECASE,
)
WHICH = re.compile(r"\b(?:der|som)\s*$")
INDIRECT = re.compile(r"\b(?:at|hvordan|hvornår)\b")


def statements(text: str) -> Iterator[tuple[int, str]]:
    """(where it begins, a main clause with what hangs on it): a sentence is parted at ", og" and ", men"."""
    start = 0
    for found in BETWEEN.finditer(text):
        if found.start() > start:
            yield start, text[start : found.start()]
        start = found.start() + 1
    yield start, text[start:]


def before_dependent(text: str) -> str:
    """A statement up to the first clause that hangs on it."""
    return DEPENDENT.split(text, maxsplit=1)[0]


def tail(text: str) -> str:
    """The last words of a text, for patterns that look at its end."""
    return " ".join(text.split(" ")[-5:])


def in_main_clause(text: str, at: int) -> bool:
    """Is the verb at `at` the sentence's own, and not of a clause that tells which, why or how?"""
    before = text[:at]
    clause = PARTS.split(before)[-1]
    if clause != before and RELATIVE.match(clause):
        return False
    if WHICH.search(clause) and clause.strip().lower() != "der":
        return False
    return INDIRECT.search(clause) is None
