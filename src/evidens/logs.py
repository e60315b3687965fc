"""A pseudonymous log of cases (case, municipality, step, time), read and put in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evidens import places
from evidens.counts import Array
from evidens.errors import BadFile, BadRequest, Problem
from evidens.sources.opening import Opened, open_text

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("case", "municipality", "step", "time")
CODED = COLUMNS[:3]
MICROSECONDS = 1_000_000
LARGEST_KEY = 2**62  # what fits into a 64-bit integer with room to spare
MOST = 20  # bad times that are told


@dataclass(frozen=True)
class Log:
    """Events sorted by case, time and the declared order of steps.

    `case`, `municipality`, `step` are int arrays into the tuples of names; `time` float64 seconds since 1970.
    """

    case: Array
    municipality: Array
    step: Array
    time: Array
    cases: int
    municipalities: tuple[str, ...]
    steps: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.case)

    @property
    def first(self) -> Array:
        """bool: the event begins its case."""
        begins = np.ones(len(self), bool)
        begins[1:] = self.case[1:] != self.case[:-1]
        return begins


def from_arrow(table: "pa.Table", order: Sequence[str] = ()) -> Log:
    """A log from an Arrow table with the columns case, municipality, step (strings) and time (timestamp).

    Events of one case at one time need a declared `order` of steps: with the time alone the graph is
    undefined. Raises BadFile naming the case when it is missing.
    """
    (cases, case), (municipalities, municipality), (steps, step) = (_coded(table, name) for name in CODED)
    for name in order:
        if name not in steps:
            raise BadRequest(f"Trinnet {name} er ikke i loggen. Den har {', '.join(steps)}.")
    place = _declared(order, steps)[step]
    moment = _microseconds(table)
    rows = _sorted(case, moment, place)
    case, municipality, step = case[rows], municipality[rows], step[rows]
    moment, place = moment[rows], place[rows]
    tied = (
        (case[1:] == case[:-1])
        & (moment[1:] == moment[:-1])
        & (step[1:] != step[:-1])
        & (place[1:] == place[:-1])
    )
    if tied.any():
        row = int(np.flatnonzero(tied)[0])
        raise BadFile(_tied(int(tied.sum()), f"{steps[step[row]]} og {steps[step[row + 1]]}"))
    return Log(case, municipality, step, moment / MICROSECONDS, len(cases), municipalities, steps)


def _coded(table: "pa.Table", name: str) -> tuple[tuple[str, ...], Array]:
    """The distinct texts of a column, and each row's number among them."""
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = pc.dictionary_encode(table[name].combine_chunks())
    if isinstance(coded, pa.ChunkedArray):
        coded = coded.combine_chunks()
    return tuple(map(str, coded.dictionary.to_pylist())), coded.indices.to_numpy().astype(np.int32)


def _declared(order: Sequence[str], steps: Sequence[str]) -> Array:
    """Each step's place in the declared order; those outside it come last."""
    place = np.full(len(steps), len(order), np.int16)
    for name in order:
        place[steps.index(name)] = order.index(name)
    return place


def _microseconds(table: "pa.Table") -> Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    moment = pc.cast(table["time"].combine_chunks(), pa.timestamp("us"))
    return moment.cast(pa.int64()).to_numpy()


def _tied(count: int, both: str) -> Problem:
    text = f"{count} steder har to trin på samme tid ({both}), så rækkefølgen er ikke kendt."
    return Problem("equal_times", text, "Angiv trinnenes rækkefølge (--order).", value=both)


def _sorted(case: Array, moment: Array, place: Array) -> Array:
    """Row order by case, time, declared place: one sort of a packed key where it fits into 64 bits."""
    if not len(case):
        return np.zeros(0, np.int64)
    since = moment - int(moment.min())
    if not (since % MICROSECONDS).any():
        since = since // MICROSECONDS
    span, places_, cases = int(since.max()) + 1, int(place.max()) + 1, int(case.max()) + 1
    if cases * span * places_ >= LARGEST_KEY:
        return np.lexsort((place, moment, case))
    key = (case.astype(np.int64) * span + since) * places_ + place
    return np.argsort(key, kind="stable")


def read(path: Path, order: Sequence[str] = ()) -> Log:
    """A log from CSV with the columns case, municipality, step, time (ISO).

    Raises BadFile with line, column and value.
    """
    opened = open_text(path)
    head = [title.strip().lower() for title in opened.header.split(opened.delimiter)]
    for name in COLUMNS:
        if name not in head:
            text = f"Kolonnen {name} mangler. Fundne kolonner: {', '.join(head)}."
            mend = "Loggen skal have case, municipality, step og time."
            raise BadFile(Problem("missing_column", text, mend, 1, name))
    if len(set(head)) < len(head):
        text = f"En kolonne står to gange: {', '.join(head)}."
        raise BadFile(Problem("double_column", text, "Behold den ene.", 1))
    return from_arrow(_checked(_parsed(opened, head)), order)


def _parsed(opened: Opened, head: list[str]) -> "pa.Table":
    """All columns as texts; raises BadFile with the first ragged line."""
    import pyarrow as pa
    from pyarrow import csv as arrow

    try:
        return arrow.read_csv(
            pa.py_buffer(opened.content),
            parse_options=arrow.ParseOptions(delimiter=opened.delimiter),
            read_options=arrow.ReadOptions(column_names=head, skip_rows=1),
            convert_options=arrow.ConvertOptions(
                column_types=dict.fromkeys(head, pa.string()), strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid:
        raise BadFile(_ragged(opened, len(head))) from None


def _ragged(opened: Opened, width: int) -> Problem:
    text = f"Linjen har ikke {width} felter."
    for number, line in enumerate(opened.text.splitlines(), 1):
        if line.strip() and line.count(opened.delimiter) != width - 1:
            return Problem("ragged_row", text, "Ret linjen.", number, value=line[:80])
    return Problem("ragged_row", text, "Ret linjen.", None, value="")


def _checked(table: "pa.Table") -> "pa.Table":
    """Times as timestamps; every faulty line is told."""
    import pyarrow as pa

    problems = [problem for name in COLUMNS for problem in _empty(table, name)]
    if problems:
        raise BadFile(*problems)
    written = table["time"].combine_chunks()
    try:
        times = written.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        raise BadFile(*_bad_times(written)[:MOST]) from None
    unknown = _unknown_areas(table["municipality"].combine_chunks())
    if unknown:
        raise BadFile(*unknown)
    return table.set_column(table.column_names.index("time"), "time", times)


def _empty(table: "pa.Table", name: str) -> list[Problem]:
    column = table[name].combine_chunks()
    if not column.null_count:
        return []
    row = int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
    text = f"{name} er tom ({column.null_count} linjer)."
    return [Problem("missing_value", text, "Udfyld feltet.", row + 2, name)]


def _bad_times(written: Any) -> list[Problem]:
    import pyarrow as pa

    problems = []
    for row, text in enumerate(written.to_pylist()):
        try:
            pa.scalar(text).cast(pa.timestamp("us"))
        except pa.ArrowInvalid:
            mend = "Skriv fx 2021-03-01 eller 2021-03-01T09:30."
            problems.append(Problem("bad_time", f"“{text}” er ikke en tid.", mend, row + 2, "time", text))
    return problems


def _unknown_areas(column: Any) -> list[Problem]:
    problems = []
    for code in column.unique().to_pylist():
        if code not in places.codes():
            line = column.index(code).as_py() + 2
            text = f"“{code}” er ikke en kommunes kode."
            problems.append(Problem("unknown_area", text, "Skriv fx 851.", line, "municipality", code))
    return problems
