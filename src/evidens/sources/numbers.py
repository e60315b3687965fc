"""What is written in a count's field, read as a count or explained."""

import re
from collections.abc import Sequence

import numpy as np

from evidens.counts import Array
from evidens.errors import Problem

UNKNOWN = {"..", "...", "…", ""}
_THOUSANDS = re.compile(r"\d{1,3}(?:([. \u00a0])\d{3})(?:\1\d{3})*")
_DECIMAL = re.compile(r"\d+,\d+")
_NEGATIVE = re.compile(r"[-\u2212]\d+")


def counts(
    words: Sequence[str], rows: Array, lines: Array, column: str
) -> tuple[Array, list[Problem], list[Problem]]:
    """Fields to counts: float64 per row (NaN: not known), refusals and warnings.

    `words` are the distinct texts, `rows` an index into them per row, `lines` the physical line of each row. Thousands
    points are read as such when every number of 1,000 and more is written so; a decimal comma or a negative count refuses.
    """
    if (
        all(map(str.isdecimal, words)) and max(map(len, words), default=0) < 16
    ):  # as StatBank writes: nothing to explain
        return np.array(list(map(int, words)), float)[rows], [], []
    value = np.full(len(words), np.nan)
    sorts: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        text = word.strip()
        sort = _sort(text)
        sorts.setdefault(sort, []).append(number)
        if sort == "whole":
            value[number] = int(text)
        elif sort == "thousands":
            value[number] = int(re.sub(r"\D", "", text))
    refused = [
        *_told(
            sorts.get("negative"),
            words,
            rows,
            lines,
            column,
            "negative_count",
            "et antal kan ikke være negativt",
            "Ret tallet ved kilden.",
        ),
        *_decimals(sorts.get("decimal"), words, rows, lines, column),
        *_told(
            sorts.get("other"),
            words,
            rows,
            lines,
            column,
            "not_a_number",
            "det er ikke et helt tal",
            "Skriv et helt tal, eller .. for ukendt.",
        ),
    ]
    warnings: list[Problem] = []
    if pointed := sorts.get("thousands"):
        mixed = any(value[number] >= 1000 for number in sorts.get("whole", ()))
        (refused if mixed else warnings).append(
            _pointed(words[pointed[0]], lines[np.isin(rows, pointed)], column, mixed)
        )
    return value[rows], refused, warnings


def _pointed(example: str, lines: Array, column: str, mixed: bool) -> Problem:
    """Thousands points: read as such where every large number has one; with some without, nobody knows which is meant."""
    said = f"{len(lines)} tal på 1.000 og mere er skrevet med punktum, fx {example}."
    mend = "De er læst som tusinder."
    if mixed:
        said = f"Nogle tal er skrevet med punktum for tusinder ({example}), andre på mindst 1.000 uden."
        mend = "Skriv alle tal uden punktum."
    return Problem(
        "thousands_separator", said, mend, int(lines[0]), column, example, tuple(int(line) for line in lines)
    )


def _sort(text: str) -> str:
    if text.isdecimal() and len(text) < 16:
        return "whole"
    if text in UNKNOWN:
        return "unknown"
    if _NEGATIVE.fullmatch(text):
        return "negative"
    if _THOUSANDS.fullmatch(text):
        return "thousands"
    return "decimal" if _DECIMAL.fullmatch(text) else "other"


def _told(
    bad: list[int] | None,
    words: Sequence[str],
    rows: Array,
    lines: Array,
    column: str,
    code: str,
    why: str,
    mend: str,
) -> list[Problem]:
    found = []
    for number in bad or ():
        at = lines[rows == number]
        found.append(
            Problem(
                code,
                f"{column} er “{words[number]}”, og {why}.",
                mend,
                int(at[0]),
                column,
                words[number],
                tuple(int(line) for line in at),
            )
        )
    return sorted(found, key=lambda problem: problem.line or 0)[:50]


def _decimals(
    bad: list[int] | None, words: Sequence[str], rows: Array, lines: Array, column: str
) -> list[Problem]:
    if not bad:
        return []
    at = lines[np.isin(rows, bad)]
    broken = [number for number in bad if words[number].strip().partition(",")[2].strip("0")]
    first = words[rows[np.isin(rows, bad)][0]]
    found = [
        Problem(
            "not_integer",
            f"Linje {at[0]}-{at[-1]} har decimalkomma ({len(at)} tal, fx {first}); et antal er et helt tal.",
            "Hent tallene uden decimaler.",
            int(at[0]),
            column,
            first,
            tuple(int(line) for line in at),
        )
    ]
    return found + _told(
        broken, words, rows, lines, column, "not_integer", "det er ikke et helt tal", "Ret tallet ved kilden."
    )
