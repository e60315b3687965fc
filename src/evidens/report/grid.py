"""Columns in line, and numbers as they stand in a column."""

from collections.abc import Sequence

from evidens.sentence.words import PERCENT_SIGN, TO, signed

UPWARDS = {"da": "og opefter", "en": "and up"}
NOTHING = "-"


def grid(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns in line: the first to the left, the others to the right.

    >>> print(grid(["Sted", "n"], [["Læsø", "1"], ["Aalborg", "178"]]))
    Sted       n
    Læsø       1
    Aalborg  178
    """
    columns = zip(head, *rows, strict=True)
    first, *others = [max(map(len, column)) for column in columns]
    lines = []
    for row in (head, *rows):
        cells = [row[0].ljust(first)]
        for cell, width in zip(row[1:], others, strict=True):
            cells.append(cell.rjust(width))
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def per_cent(value: float | None, lang: str) -> str:
    """A change with one decimal; a dash for none."""
    if value is None:
        return NOTHING
    return signed(value, lang, 1) + PERCENT_SIGN[lang]


def between(low: float | None, high: float | None, lang: str) -> str:
    """An interval in per cent."""
    if high is None:
        return f"{per_cent(low, lang)} {UPWARDS[lang]}"
    return f"{per_cent(low, lang)} {TO[lang]} {per_cent(high, lang)}"
