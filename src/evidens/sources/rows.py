"""A small table of named columns from CSV or Parquet: for cases, sites and readings."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evidens.counts import Array
from evidens.errors import BadFile, Problem
from evidens.sources.opening import open_text

YES, NO = {"1", "ja", "true", "sand", "x"}, {"0", "nej", "false", "falsk", ""}
MOST = 20  # faults that are told


@dataclass(frozen=True)
class Rows:
    """Columns by name, each a list of texts (empty: nothing there); row 0 stands on line 2 of a CSV."""

    file: str
    columns: dict[str, list[str]]
    lines: list[int]

    def __len__(self) -> int:
        return len(self.lines)

    def has(self, name: str) -> bool:
        """Whether there is such a column."""
        return name in self.columns

    def texts(self, name: str) -> list[str]:
        """A column as texts; raises BadFile where it is missing or a cell is empty."""
        self.need([name])
        empty = [line for line, text in zip(self.lines, self.columns[name], strict=True) if not text]
        self.refuse([Problem("missing_value", f"{name} er tom.", "Udfyld feltet.", n, name) for n in empty])
        return self.columns[name]

    def numbers(self, name: str, least: float | None = None, blank: bool = False) -> Array:
        """A column as float64; with `blank` an empty cell is NaN.

        Raises BadFile with line and value of each cell that is no number, or below `least`.
        """
        self.need([name])
        found, problems = np.full(len(self), np.nan), []
        for row, text in enumerate(self.columns[name]):
            if blank and not text:
                continue
            number = _number(text)
            if number is None:
                said = f"{name} er “{text}” og ikke et tal."
                problems.append(Problem("not_a_number", said, "Ret tallet.", self.lines[row], name, text))
            elif least is not None and number < least:
                said = f"{name} er {text}; det mindste er {least:g}."
                problems.append(Problem("too_small", said, "Ret tallet.", self.lines[row], name, text))
            else:
                found[row] = number
        self.refuse(problems)
        return found

    def flags(self, name: str) -> Array:
        """A column of ja/nej (1/0) as bool; raises BadFile on anything else."""
        self.need([name])
        found, problems = np.zeros(len(self), bool), []
        for row, text in enumerate(self.columns[name]):
            word = text.lower()
            found[row] = word in YES
            if word not in YES | NO:
                said = f"{name} er “{text}”."
                problems.append(
                    Problem("not_a_flag", said, "Skriv ja eller nej.", self.lines[row], name, text)
                )
        self.refuse(problems)
        return found

    def need(self, names: Sequence[str]) -> None:
        """Raises BadFile where a column is missing."""
        missing = [name for name in names if name not in self.columns]
        if missing:
            text = f"Kolonnen {', '.join(missing)} mangler. Fundne kolonner: {', '.join(self.columns)}."
            raise BadFile(Problem("missing_column", text, "Ret overskriften.", 1, missing[0]))

    def refuse(self, problems: Sequence[Problem]) -> None:
        """Raises BadFile where there is a problem; the first of them are told."""
        if problems:
            raise BadFile(*problems[:MOST])


def _number(text: str) -> float | None:
    """A number with decimal comma or point; None where it is none.

    >>> _number("46,2"), _number("1e3"), _number("fem"), _number("nan")
    (46.2, 1000.0, None, None)
    """
    try:
        number = float(text.replace(",", "."))
    except ValueError:
        return None
    if not np.isfinite(number):
        return None
    return number


def read(path: Path, needed: Sequence[str]) -> Rows:
    """The rows of a file; names of columns without regard to capitals.

    Raises BadFile on a ragged line, a double or missing column, and on no rows at all.
    """
    if path.suffix == ".parquet":
        found = _parquet(path)
    else:
        found = _csv(path)
    found.need(needed)
    if not len(found):
        raise BadFile(Problem("empty_file", f"{path.name} har ingen rækker.", "Hent filen igen."))
    return found


def _csv(path: Path) -> Rows:
    opened = open_text(path)
    reader = csv.reader(io.StringIO(opened.text), delimiter=opened.delimiter)
    head = [title.strip().lower() for title in next(reader, [])]
    if len(set(head)) < len(head):
        raise BadFile(
            Problem("double_column", f"En kolonne står to gange: {', '.join(head)}.", "Behold den ene.", 1)
        )
    columns: dict[str, list[str]] = {name: [] for name in head}
    lines: list[int] = []
    problems = []
    for record in reader:
        line = opened.before + reader.line_num
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(head):
            text = f"Der er {len(record)} felter og ikke {len(head)}."
            problems.append(Problem("ragged_row", text, "Ret linjen.", line))
            continue
        lines.append(line)
        for name, cell in zip(head, record, strict=True):
            columns[name].append(cell.strip())
    found = Rows(path.name, columns, lines)
    found.refuse(problems)
    return found


def _parquet(path: Path) -> Rows:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        table = parquet.read_table(path)
    except pa.ArrowInvalid:
        raise BadFile(Problem("not_parquet", f"{path.name} er ikke Parquet.", "Gem filen igen.")) from None
    columns = {}
    for name in table.column_names:
        columns[name.strip().lower()] = list(map(_text, table[name].to_pylist()))
    return Rows(path.name, columns, list(range(1, table.num_rows + 1)))


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return str(value).strip()
