"""The analysis package against its peers, each pair in one run on the same data with equal results asserted.

    ./run bench figures
    .venv/bin/python benchmarks/figures.py --smallest    every job once in its smallest size

Prints a ratio per job with its target, then the growth of reading at 1, 10 and 100 times the rows, and the
time of whole commands. Best of three (reading: of seven, since the first runs only warm the memory); a slow
peer is timed on a part that is named, and scaled. The linear algebra of both sides has one thread, so that a
ratio does not hang on what else the machine does. Jobs that need shared/data say so, as do jobs whose peer is
not installed.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

# Before numpy is loaded, which looks here once. Arrow keeps its threads: they are a part of how it reads.
for library in ("OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src"
sys.path[:0] = [str(SOURCE), str(ROOT)]
SHARED = Path(os.environ.get("SAMRAAD_SHARED_DATA", ROOT.parent / "shared" / "data"))
STRAF11 = SHARED / "straf11" / "straf11_2007K1_2021K4.csv.gz"

from peers import intervals, models, tables, whole
from peers.timing import HEAD, MISSED, Size, size

Job = Callable[[], None]


def jobs() -> dict[str, Job]:
    """All jobs by name."""
    cube = intervals.crime_like(size(98, 6), size(90, 10))
    return {
        "table_with_intervals": partial(intervals.table_with_intervals, cube),
        "garwood": partial(intervals.garwood, cube),
        "two_period_test": intervals.two_period_test,
        "seasonal": partial(models.seasonal, cube),
        "farrington": partial(models.farrington, SHARED),
        "one_break": models.one_break,
        "process_map": tables.process_map,
        "reading": partial(tables.reading, STRAF11),
        "events_to_table": tables.events_to_table,
        "growth": tables.growth,
        "protection": whole.protection,
        "insiders": whole.insiders_too,
        "commands": partial(whole.commands, SOURCE, STRAF11),
    }


def main(arguments: list[str]) -> None:
    """All jobs, or those that are named."""
    Size.smallest = "--smallest" in arguments
    named = [argument for argument in arguments if not argument.startswith("-")]
    print(HEAD)
    for name, job in jobs().items():
        if named and name not in named:
            continue
        try:
            job()
        except ModuleNotFoundError as gone:
            print(f"{name}: springes over, for {gone.name} er ikke installeret")
    if not Size.smallest:
        print(f"\nIkke nået: {', '.join(MISSED) or 'ingen'}.")


if __name__ == "__main__":
    main(sys.argv[1:])
