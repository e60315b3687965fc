"""`evidens evaluate did`: places against other places, before and after."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.cli.asking import Commands, counts, words
from evidens.cli.evaluate.asking import add_study, answer
from evidens.errors import BadFile, BadRequest, Problem

if TYPE_CHECKING:
    from evidens.evaluation.did import Table

LINES = ("place", "period", "count", "treatment")


def add(designs: Commands) -> None:
    """The command and its arguments."""
    command = designs.add(
        "did",
        did,
        "en kommune (eller flere steder) mod de andre, med placebo",
        "evidens evaluate did example --offence 1320 --treated municipality:860 --before 2017..2019 "
        "--after 2020..2021 --quarters 1-3 --least 40",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        help="udtræk fra statistikbanken.dk (med --offence), example, eller CSV med place, "
        "period, count, treatment",
    )
    command.add_argument("--mapping", type=Path, help="oversættelse af dit eget udtræk (TOML)")
    command.add_argument("--kind", default="reported", choices=["reported", "charged"])
    command.add_argument("--file-offence", help="hvad alle tal gælder, hvor filen ikke har kolonnen")
    command.add_argument("--only", action="append", default=[], metavar="KOLONNE=VÆRDI")
    command.add_argument("--extracted", help="dagen, tallene er trukket")
    command.add_argument("--offence", help="kode, flere med komma, eller en gruppes navn")
    command.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    command.add_argument("--treated", help="kommunen, fx municipality:860")
    command.add_argument("--before", help="årene før, fx 2016..2019")
    command.add_argument("--after", help="årene efter, fx 2020..2021")
    command.add_argument("--quarters", help="kun disse kvartaler af hvert år, fx 1-3")
    command.add_argument("--least", type=float, help="mindste antal før for en kommune, der sammenlignes med")
    command.add_argument("--neighbours", help="nabokommuners koder med komma: er noget flyttet dertil?")
    command.add_argument("--leave-out", help="kommuner, der ikke sammenlignes med; koder med komma")
    command.add_argument(
        "--cluster", action="store_true", help="klyngerobust usikkerhed (flere behandlede steder)"
    )
    command.add_argument("--seed", type=int, default=1)
    add_study(command)


def did(arguments: argparse.Namespace) -> int:
    """`evidens evaluate did`."""
    if arguments.offence:
        return _of_municipality(arguments)
    from evidens.evaluation import did as design
    from evidens.evaluation.placebo import LEAST
    from evidens.evaluation.twoway import ONE_TREATED

    table = _table(Path(arguments.file))
    if arguments.cluster and table.treated.sum() == 1:
        raise BadRequest(ONE_TREATED)
    least = LEAST
    if arguments.least is not None:
        least = arguments.least
    return answer(arguments, design.did(table, arguments.seed, least, arguments.expected))


def _of_municipality(arguments: argparse.Namespace) -> int:
    from evidens import places, trend
    from evidens.evaluation import panels, placebo
    from evidens.evaluation.twoway import ONE_TREATED

    if arguments.cluster:
        raise BadRequest(ONE_TREATED)
    missing = [f"--{name}" for name in ("treated", "before", "after") if not getattr(arguments, name)]
    if missing:
        raise BadRequest(f"Der mangler: {', '.join(missing)}.")
    data = counts(arguments)
    quarters = _quarters(arguments.quarters)
    where = places.place(arguments.treated)
    asked = panels.Asked(
        data,
        trend.choose(arguments.offence, data, arguments.groups),
        panels.spans(data, arguments.before, quarters),
        panels.spans(data, arguments.after, quarters),
    )
    least = arguments.least
    if least is None:
        least = placebo.LEAST
    found = placebo.placebo(
        panels.panel(asked, where),
        _name(str(where.code)),
        least,
        _names(arguments.leave_out),
        _names(arguments.neighbours),
        arguments.expected,
    )
    return answer(arguments, found, asked.reservations(where))


def _quarters(text: str | None) -> tuple[int, ...]:
    """The quarters of "1-3"; none where nothing was said."""
    if not text:
        return ()
    first, _, last = text.partition("-")
    if not (first.isdecimal() and (not last or last.isdecimal())):
        raise BadRequest(f"“{text}” er ikke kvartaler. Skriv fx 1-3.")
    if not last:
        last = first
    if int(last) < int(first):
        raise BadRequest("Kvartalerne skal følge hinanden, fx 1-3.")
    return tuple(range(int(first), int(last) + 1))


def _names(text: str | None) -> list[str]:
    if not text:
        return []
    return list(map(_name, words(text)))


def _name(code: str) -> str:
    """A municipality's name by its code (with or without "municipality:")."""
    from evidens import places

    found = places.codes().get(code.removeprefix("municipality:"))
    if found is None or found.kind != "municipality":
        raise BadRequest(f"“{code}” er ikke en kommunes kode. Skriv fx 860.")
    return found.name


def _table(path: Path) -> "Table":
    """A table of places and periods; every place has every period once."""
    import numpy as np

    from evidens.evaluation.did import Table
    from evidens.sources import rows

    found = rows.read(path, LINES)
    names, periods = found.texts("place"), found.texts("period")
    where, when = sorted(set(names)), sorted(set(periods))
    counts_, treatment = found.numbers("count", 0), found.flags("treatment")
    seen = np.full((len(where), len(when)), np.nan)
    on = np.zeros(seen.shape)
    for row, (name, period) in enumerate(zip(names, periods, strict=True)):
        at = where.index(name), when.index(period)
        if not np.isnan(seen[at]):
            text = f"{name} står to gange i {period}."
            raise BadFile(Problem("duplicate_rows", text, "Behold én.", found.lines[row], "place", name))
        seen[at], on[at] = counts_[row], treatment[row]
    if np.isnan(seen).any():
        row, column = np.argwhere(np.isnan(seen))[0]
        text = f"{where[row]} har intet tal i {when[column]}."
        raise BadFile(Problem("gap", text, "Hvert sted skal have et tal i hver periode; nul skrives 0."))
    return Table(tuple(where), seen, on)
