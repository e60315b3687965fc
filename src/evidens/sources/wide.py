"""A wide file, as people download by hand: one column per period, and heads before it that may be sparse."""

import csv
import io
from dataclasses import dataclass, field

import numpy as np

from evidens.errors import BadFile, Problem
from evidens.sources.columns import (
    HEADS,
    KINDS,
    Columns,
    Other,
    distinct,
    is_period,
    missing,
    offence_of,
    place_of,
)
from evidens.sources.opening import Opened

MOST = 0.5  # the share of a head column's words that must fit its role


@dataclass
class _Rows:
    """The rows read so far: heads filled down, cells, physical lines."""

    heads: list[list[str]] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)


def read_wide(opened: Opened, head: list[str]) -> Columns:
    """The columns of a wide file, one row per cell; raises BadFile."""
    first = next(number for number, title in enumerate(head) if is_period(title))
    for title in head[first:]:
        if not is_period(title):
            text = f"Overskriften “{title}” er ikke en periode."
            mend = "Ret den til fx 2021K3."
            raise BadFile(Problem("bad_period", text, mend, opened.before + 1, title, title))
    return _unrolled(_rows(opened, first, len(head)), head[:first], head[first:])


def _rows(opened: Opened, first: int, width: int) -> _Rows:
    found = _Rows()
    above = [""] * first
    reader = csv.reader(io.StringIO(opened.text), delimiter=opened.delimiter)
    for number, texts in enumerate(reader, opened.before + 1):
        if number == opened.before + 1 or not any(text.strip() for text in texts):
            continue
        if len(texts) != width:
            raise BadFile(_short(opened, number, len(texts), width))
        above = _filled(texts[:first], above)
        found.heads.append(above)
        found.cells.append(texts[first:])
        found.lines.append(number)
    return found


def _short(opened: Opened, number: int, have: int, width: int) -> Problem:
    code = "ragged_row"
    if not opened.ends_whole and number >= opened.before + opened.text.count("\n"):
        code = "truncated"
    return Problem(code, f"Linje {number} har {have} af {width} felter.", "Hent filen igen.", number)


def _filled(texts: list[str], above: list[str]) -> list[str]:
    """Heads where an empty one means the one above."""
    found = []
    for text, before in zip(texts, above, strict=True):
        found.append(text.strip() or before)
    return found


def _unrolled(table: _Rows, heads: list[str], periods: list[str]) -> Columns:
    words = {"period": periods}
    rows = {"period": np.tile(np.arange(len(periods)), len(table.heads))}
    titles = {"period": "TID", "count": "INDHOLD"}
    columns = list(zip(*table.heads, strict=True))
    others: dict[str, Other] = {}
    for number, column in enumerate(columns):
        role = _role_of(set(column))
        of_word, of_row = distinct(column)
        index = np.repeat(of_row, len(periods))
        if role and role not in words:
            words[role], rows[role] = of_word, index
            titles[role] = HEADS[role][0]
        else:
            name = heads[number]
            if not name:
                name = f"kolonne {number + 1}"
            others[name] = (of_word, index)
    words["count"], rows["count"] = distinct([cell for row in table.cells for cell in row])
    if "place" not in words:
        raise BadFile(missing("OMRÅDE", [column[0] for column in columns]))
    return Columns(words, rows, np.repeat(table.lines, len(periods)), titles, others)


def _role_of(words: set[str]) -> str | None:
    """What a head column is about, by what stands in it."""
    some = [word for word in words if word]
    if not some:
        return None
    fitting = {
        "kind": [word.lower() in KINDS for word in some],
        "place": [place_of(word) is not None for word in some],
        "offence": [offence_of(word) is not None for word in some],
    }
    best = max(fitting, key=lambda role: sum(fitting[role]))
    if sum(fitting[best]) / len(some) >= MOST:
        return best
    return None
