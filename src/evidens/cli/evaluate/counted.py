"""`evidens evaluate wdd|eb|its`: counts of an area, of sites, of one series."""

import argparse
import itertools
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.cli.asking import Commands, words
from evidens.cli.evaluate.asking import add_study, answer
from evidens.errors import BadFile, BadRequest, Problem

if TYPE_CHECKING:
    from evidens.counts import Array
    from evidens.evaluation.wdd import Change
    from evidens.periods import Period
    from evidens.sources.rows import Rows


def add(designs: Commands) -> None:
    """The commands and their arguments."""
    _add_wdd(designs)
    _add_eb(designs)
    _add_its(designs)


def _add_wdd(designs: Commands) -> None:
    command = designs.add(
        "wdd",
        wdd,
        "et område mod et andet, med naboområder, hvor noget kan være flyttet hen",
        "evidens evaluate wdd --treated 207 110 --control 308 318 --displaced 178 157 "
        "--displaced-control 150 140",
    )
    for name, text in (
        ("--treated", "antal før og efter i området"),
        ("--control", "antal før og efter i sammenligningen"),
        ("--displaced", "antal før og efter i naboområdet"),
        ("--displaced-control", "antal før og efter i naboområdets sammenligning"),
    ):
        command.add_argument(
            name,
            nargs=2,
            type=float,
            metavar=("FØR", "EFTER"),
            help=text,
            required=name in ("--treated", "--control"),
        )
    command.add_argument(
        "--years", nargs=2, type=float, metavar=("FØR", "EFTER"), default=[1.0, 1.0], help="år"
    )
    command.add_argument(
        "--phi", type=float, default=1.0, help="hvor meget mere tallene svinger end tilfældighed"
    )
    add_study(command)


def _add_eb(designs: Commands) -> None:
    command = designs.add(
        "eb",
        eb,
        "uheld på steder, der blev valgt, fordi de var slemme, med sammenligning",
        "evidens evaluate eb steder.csv --years 3 3",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="CSV eller Parquet med site, treated, before, after (og expected)",
    )
    command.add_argument(
        "--years", nargs=2, type=float, metavar=("FØR", "EFTER"), default=[1.0, 1.0], help="år"
    )
    command.add_argument(
        "--by", help="kolonner, som det ventede antal hænger på, fx trafik,km; logaritmen bruges"
    )
    command.add_argument(
        "--k", type=float, help="spredningen (k), når kolonnen expected er fra en kendt model"
    )
    command.add_argument("--bootstrap", type=int, default=0, help="så mange træk af steder")
    command.add_argument("--seed", type=int, default=1)
    add_study(command)


def _add_its(designs: Commands) -> None:
    command = designs.add(
        "its",
        its,
        "én serie før og efter en dag",
        "evidens evaluate its serie.csv --start 2020Q1",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="CSV eller Parquet med period, count (og comparison, population)",
    )
    command.add_argument("--start", required=True, help="første periode efter, fx 2020Q1")
    command.add_argument(
        "--slope", action="store_true", help="også en ændret hældning (mindst 8 perioder efter)"
    )
    add_study(command)


def wdd(arguments: argparse.Namespace) -> int:
    """`evidens evaluate wdd`."""
    from evidens.evaluation import wdd as design

    found = design.wdd(
        _change(arguments.treated, arguments.years),
        _change(arguments.control, arguments.years),
        _optional(arguments.displaced, arguments.years),
        _optional(arguments.displaced_control, arguments.years),
        arguments.phi,
        arguments.expected,
    )
    return answer(arguments, found)


def _change(pair: list[float], years: list[float]) -> "Change":
    from evidens.evaluation.wdd import Change

    return Change(pair[0], pair[1], years[0], years[1])


def _optional(pair: list[float] | None, years: list[float]) -> "Change | None":
    if pair is None:
        return None
    return _change(pair, years)


def eb(arguments: argparse.Namespace) -> int:
    """`evidens evaluate eb`."""
    import numpy as np

    from evidens.evaluation import eb as design
    from evidens.sources import rows

    found = rows.read(arguments.file, ("site", "treated", "before", "after"))
    columns, expected = None, None
    if arguments.by:
        columns = np.column_stack([_logs(found, name) for name in words(arguments.by)])
    if found.has("expected"):
        expected = found.numbers("expected", 1e-9)
    sites = design.Sites(
        found.numbers("before", 0),
        found.numbers("after", 0),
        found.flags("treated"),
        arguments.years[0],
        arguments.years[1],
        columns,
        expected,
        arguments.k,
    )
    return answer(arguments, design.eb(sites, arguments.expected, arguments.bootstrap, arguments.seed))


def _logs(found: "Rows", name: str) -> "Array":
    import numpy as np

    return np.log(found.numbers(name, 1e-9))


def its(arguments: argparse.Namespace) -> int:
    """`evidens evaluate its`."""
    import numpy as np

    from evidens.evaluation import its as design
    from evidens.periods import PER_YEAR, Period
    from evidens.sources import rows

    found = rows.read(arguments.file, ("period", "count"))
    periods = [Period.parse(text) for text in found.texts("period")]
    start = Period.parse(arguments.start)
    order = np.argsort([period.ordinal for period in periods], kind="stable")
    _whole(found, periods, order)
    if start not in periods:
        raise BadRequest(
            f"{start} er ikke i serien. Den går fra {periods[order[0]]} til {periods[order[-1]]}."
        )
    per_year = PER_YEAR[start.freq]
    beside = {}
    for name in ("comparison", "population"):
        if found.has(name):
            beside[name] = found.numbers(name, 1e-9)[order]
    series = design.Series(
        found.numbers("count", 0)[order],
        start.ordinal - periods[order[0]].ordinal,
        per_year,
        periods[order[0]].ordinal % per_year,
        beside.get("comparison"),
        beside.get("population"),
    )
    return answer(arguments, design.its(series, arguments.slope, arguments.expected))


def _whole(found: "Rows", periods: "list[Period]", order: "Array") -> None:
    """Raises BadFile where a period is missing, stands twice, or is of another kind."""
    kinds = {period.freq for period in periods}
    if len(kinds) > 1:
        raise BadFile(Problem("mixed_periods", "Perioderne er af flere slags.", "Vælg én, fx kvartaler."))
    for one, other in itertools.pairwise(order):
        gap = periods[other].ordinal - periods[one].ordinal
        if gap != 1:
            text = f"Efter {periods[one]} kommer {periods[other]}."
            raise BadFile(
                Problem("gap", text, "Hver periode skal stå én gang.", found.lines[other], "period")
            )
