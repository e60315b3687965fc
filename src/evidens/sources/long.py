"""A long file: one row per figure, a column per variable.

Arrow reads it; only one with faults is gone through by line.
"""

from typing import Any

import numpy as np

from evidens.counts import Array
from evidens.errors import BadFile, Problem
from evidens.sources.columns import HEADS, Columns, fields, missing, roles, titled
from evidens.sources.opening import Opened

NEEDED = ("place", "period", "count")  # a file without offences may be about one
MOST = 20  # ragged lines that are told


def read_long(opened: Opened, head: list[str]) -> Columns:
    """The columns of a long file; raises BadFile."""
    at = roles(head)
    for names in HEADS.values():
        twice = [head[number] for number in titled(head, names)]
        if len(twice) > 1:
            text = f"Kolonnerne {' og '.join(twice)} siger det samme."
            raise BadFile(Problem("double_column", text, "Behold den ene.", opened.before + 1, twice[1]))
    table, blank = _table(opened, head)
    for role in NEEDED:
        if role not in at:
            raise BadFile(missing(HEADS[role][0], head, opened.before + 1))
    words, rows, titles = {}, {}, {}
    for role, number in at.items():
        column = table.column(number).combine_chunks()
        words[role] = column.dictionary.to_pylist()
        rows[role] = column.indices.to_numpy()
        titles[role] = head[number]
    others = {}
    for number, title in enumerate(head):
        if number not in at.values():
            column = table.column(number).combine_chunks()
            name = title
            if not title:
                name = f"kolonne {number + 1}"
            others[name] = (column.dictionary.to_pylist(), column.indices.to_numpy())
    return Columns(words, rows, _lines(opened, len(table), blank), titles, others)


def _table(opened: Opened, head: list[str]) -> tuple[Any, bool]:
    """The Arrow table, and whether blank lines had to be left out."""
    import pyarrow as pa

    for blank in (False, True):
        try:
            return _parsed(opened, len(head), blank), blank
        except pa.ArrowInvalid:
            continue
    raise BadFile(*_ragged(opened, head))


def _parsed(opened: Opened, width: int, blank_lines: bool) -> Any:
    import pyarrow as pa
    from pyarrow import csv as arrow

    names = [str(number) for number in range(width)]
    text = pa.dictionary(pa.int32(), pa.string())
    return arrow.read_csv(
        pa.py_buffer(opened.content),
        parse_options=arrow.ParseOptions(delimiter=opened.delimiter, ignore_empty_lines=blank_lines),
        read_options=arrow.ReadOptions(column_names=names, skip_rows=1),
        convert_options=arrow.ConvertOptions(column_types=dict.fromkeys(names, text)),
    ).unify_dictionaries()


def _lines(opened: Opened, count: int, blank: bool) -> Array:
    """The physical line of each row; blank lines are counted only where there are any."""
    if not blank:
        return np.arange(2, count + 2) + opened.before
    lines = enumerate(opened.text.split("\n"), opened.before + 1)
    numbers = [number for number, line in lines if line.strip()]
    return np.array(numbers[1:])


def _ragged(opened: Opened, head: list[str]) -> list[Problem]:
    """Which lines do not have the header's number of fields.

    The last one of a file without line break is a cut-off file.
    """
    lines = opened.text.split("\n")
    wanted = len(head)
    found = []
    for number, line in enumerate(lines[1:], opened.before + 2):
        have = len(fields(line.rstrip("\r"), opened.delimiter))
        if not line.strip() or have == wanted:
            continue
        if number == opened.before + len(lines):
            text = f"Der er {have} af {wanted} felter, og filen slutter uden linjeskift: den er skåret over."
            return [Problem("truncated", text, "Hent filen igen; slutningen mangler.", number, value=line)]
        text = f"Der er {have} felter og ikke {wanted}."
        found.append(Problem("ragged_row", text, "Ret linjen.", number, value=line[:80]))
    if not found:
        text = f"{opened.name} kan ikke læses som tabel."
        return [Problem("not_csv", text, "Hent tabellen som CSV.")]
    return found[:MOST]
