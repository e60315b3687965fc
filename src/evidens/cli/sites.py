"""`evidens sites`: which sites are worth a look, by three rules side by side."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import Commands
from evidens.errors import Problem

if TYPE_CHECKING:
    from evidens.counts import Array
    from evidens.hotspots.sites import Judged, Site
    from evidens.sources.rows import Rows

HEAD = ["sted", "slags", "antal", "ventet", "ventet her", "EB", "Vejdirektoratet", "antal", "det betyder"]


def add(commands: Commands) -> None:
    """The command and its arguments."""
    command = commands.add(
        "sites",
        sites,
        "steder, der er værd at se på, efter tre regler ved siden af hinanden",
        "evidens sites kryds.csv --years 5",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="CSV eller Parquet med site, count (og kind, expected, k: ventet antal i hele perioden)",
    )
    command.add_argument("--years", type=float, default=5.0, help="år, der er talt over")
    command.add_argument("--minimum", type=int, help="Vejdirektoratets mindste antal")
    command.add_argument("--level", type=_share, help="Vejdirektoratets niveau, fx 0,05")
    command.add_argument("--source", default="", help="kilden, de to tal står i")
    command.add_argument("--json", action="store_true", help="skriv JSON")


def _share(text: str) -> float:
    """A share with decimal comma or point."""
    return float(text.replace(",", "."))


def sites(arguments: argparse.Namespace) -> int:
    """`evidens sites`."""
    from evidens.hotspots import sites as hotspots
    from evidens.report.grid import grid
    from evidens.sources import rows

    given = _given(rows.read(arguments.file, ("site", "count")))
    rules = hotspots.Rules(
        years=arguments.years, minimum=arguments.minimum, level=arguments.level, source=arguments.source
    )
    found = hotspots.sites(given, rules)
    if arguments.json:
        write_json({"sites": [one.as_dict() for one in found], "sentence_da": hotspots.sentence(found)})
        return ANSWER
    looked = [_line(one) for one in found if one.worth_a_look]
    if looked:
        print(grid(HEAD, looked), end="\n\n")
    print(hotspots.sentence(found))
    return ANSWER


def _given(found: "Rows") -> "list[Site]":
    import numpy as np

    from evidens.hotspots.sites import Site

    counts = found.numbers("count", 0)
    broken = np.flatnonzero(counts != np.floor(counts))
    found.refuse([_broken(found.lines[row]) for row in broken])
    kinds = ["alle"] * len(found)
    if found.has("kind"):
        kinds = found.texts("kind")
    beside = {}
    for name in ("expected", "k"):
        beside[name] = np.full(len(found), np.nan)
        if found.has(name):
            beside[name] = found.numbers(name, 1e-9, blank=True)
    given = []
    for row, name in enumerate(found.texts("site")):
        expected, k = _known(beside["expected"], row), _known(beside["k"], row)
        given.append(Site(name, kinds[row], int(counts[row]), expected, k))
    return given


def _broken(line: int) -> Problem:
    return Problem("not_whole", "count skal være et helt tal.", "Ret tallet.", line, "count")


def _known(values: "Array", row: int) -> float | None:
    import numpy as np

    if np.isnan(values[row]):
        return None
    return float(values[row])


def _line(one: "Judged") -> list[str]:
    from evidens.hotspots.sites import NOT_STATED
    from evidens.sentence.words import number

    told = one.as_dict()
    numbers = []
    for value in (one.expected, one.bayes):
        if value is None:
            numbers.append(NOT_STATED)
        else:
            numbers.append(number(value, "da", 1))
    rules = [str(told[rule]) for rule in ("by_bayes", "by_test", "by_count")]
    return [one.name, one.kind, str(one.count), *numbers, *rules, one.means]
