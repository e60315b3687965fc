"""What is written in a count's field, read as a count or explained."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from evidens.counts import Array
from evidens.errors import Problem, in_order

UNKNOWN = {"..", "...", "…", "", "."}
NOUGHT = "-"
# Statistics Denmark's own signs, and what each means.
SIGNS = {
    "-": "nul",
    ".": "kan ikke forekomme",
    "..": "foreligger ikke",
    "*": "foreløbigt tal",
}
SEPARATORS = {".": "punktum", " ": "mellemrum", "\u00a0": "mellemrum", "'": "apostrof"}
LONGEST = 15  # digits that a float holds
MOST = 50  # problems of one sort that are told
_THOUSANDS = re.compile(r"\d{1,3}(?:([. \u00a0'])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+,\d+")
_NEGATIVE = re.compile(r"[-\u2212]\d+")
NOT_WHOLE = "det er ikke et helt tal"


@dataclass(frozen=True)
class Read:
    """Counts float64 per row (NaN: not known), which are provisional, and what refuses or is told."""

    values: Array
    provisional: Array
    refused: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """The fields of a column: distinct texts, an index into them per row, and each row's physical line."""

    words: Sequence[str]
    rows: Array
    lines: Array
    column: str

    def lines_with(self, words: list[int]) -> Array:
        """The lines where any of the words stands."""
        return self.lines[np.isin(self.rows, words)]

    def told(self, words: list[int], code: str, why: str, mend: str) -> list[Problem]:
        """A problem per word, with its lines."""
        found = []
        for number in words:
            text = self.words[number]
            at = tuple(self.lines_with([number]).tolist())
            message = f"{self.column} er “{text}”, og {why}."
            found.append(Problem(code, message, mend, at[0], self.column, text, at))
        return in_order(found)[:MOST]


def counts(words: Sequence[str], rows: Array, lines: Array, column: str) -> Read:
    """Fields to counts.

    `words` are the distinct texts, `rows` an index into them per row, `lines` the physical line of each row.
    Thousands points are read as such when every number of 1,000 and more is written so; a decimal comma or a
    negative count refuses.
    """
    if _plain(words):
        return Read(np.array(list(map(int, words)), float)[rows], np.zeros(len(rows), bool))
    value = np.full(len(words), np.nan)
    starred = np.zeros(len(words), bool)
    sorts: dict[str, list[int]] = {"whole": [], "negative": [], "decimal": [], "thousands": [], "other": []}
    for number, word in enumerate(words):
        text = word.strip().rstrip("*").rstrip()
        starred[number] = word.strip().endswith("*")
        sort = _sort(text)
        sorts.setdefault(sort, []).append(number)
        if text == NOUGHT:
            value[number] = 0
        elif sort == "whole":
            value[number] = int(text)
        elif sort == "thousands":
            value[number] = int(re.sub(r"\D", "", text))
    written = Written(words, rows, lines, column)
    found = Read(value[rows], starred[rows], _refused(written, sorts), _signs(written))
    if sorts["thousands"]:
        mixed = any(value[number] >= 1000 for number in sorts["whole"])
        problem = _pointed(written, sorts["thousands"], mixed)
        if mixed:
            found.refused.append(problem)
        else:
            found.warnings.append(problem)
    return found


def _plain(words: Sequence[str]) -> bool:
    """Whether all is written as StatBank does: nothing to explain."""
    return all(map(str.isdecimal, words)) and max(map(len, words), default=0) <= LONGEST


def _sort(text: str) -> str:
    if text.isdecimal() and len(text) <= LONGEST:
        return "whole"
    if text in UNKNOWN or text == NOUGHT:
        return "sign"
    if _NEGATIVE.fullmatch(text):
        return "negative"
    if _THOUSANDS.fullmatch(text):
        return "thousands"
    if _DECIMAL.fullmatch(text):
        return "decimal"
    return "other"


def _refused(written: Written, sorts: dict[str, list[int]]) -> list[Problem]:
    negative = written.told(
        sorts["negative"], "negative_count", "et antal kan ikke være negativt", "Ret tallet ved kilden."
    )
    other = written.told(sorts["other"], "not_a_number", NOT_WHOLE, "Skriv et helt tal, eller .. for ukendt.")
    return [*negative, *_decimals(written, sorts["decimal"]), *other]


def _pointed(written: Written, words: list[int], mixed: bool) -> Problem:
    """Thousands points: read as such where every large number has one.

    With some without, nobody knows which is meant.
    """
    example = written.words[words[0]]
    sign = next(name for mark, name in SEPARATORS.items() if mark in example.strip())
    at = tuple(written.lines_with(words).tolist())
    said = f"{len(at)} tal på 1.000 og mere er skrevet med {sign}, fx {example}."
    mend = "De er læst som tusinder."
    if mixed:
        said = f"Nogle tal er skrevet med {sign} for tusinder ({example}), andre på mindst 1.000 uden."
        mend = f"Skriv alle tal uden {sign}."
    return Problem("thousands_separator", said, mend, at[0], written.column, example, at)


def _fields(number: int) -> str:
    if number == 1:
        return "1 felt"
    return f"{number} felter"


def _signs(written: Written) -> list[Problem]:
    """What Statistics Denmark's signs were read as; ".." alone needs no telling."""
    at: dict[str, list[int]] = {}
    for number, word in enumerate(written.words):
        text = word.strip()
        sign = text
        if text.endswith("*"):
            sign = "*"
        if sign in SIGNS:
            at.setdefault(sign, []).append(number)
    if not set(at) - {".."}:
        return []
    found = []
    for sign in sorted(at, key=list(SIGNS).index):
        lines = tuple(written.lines_with(at[sign]).tolist())
        said = f"“{sign}” er Danmarks Statistiks tegn for: {SIGNS[sign]} ({_fields(len(lines))})."
        found.append(Problem("sign", said, "Det er læst sådan.", lines[0], written.column, sign, lines))
    return found


def _decimals(written: Written, words: list[int]) -> list[Problem]:
    """Decimal commas: told once for all, and each number that is not whole by itself."""
    if not words:
        return []
    at = tuple(written.lines_with(words).tolist())
    first = written.words[written.rows[np.isin(written.rows, words)][0]]
    message = f"Linje {at[0]}-{at[-1]} har decimalkomma ({len(at)} tal, fx {first}); et antal er et helt tal."
    mend = "Hent tallene uden decimaler."
    found = [Problem("not_integer", message, mend, at[0], written.column, first, at)]
    broken = []
    for number in words:
        decimals = written.words[number].strip().partition(",")[2]
        if decimals.strip("0"):
            broken.append(number)
    return found + written.told(broken, "not_integer", NOT_WHOLE, "Ret tallet ved kilden.")
