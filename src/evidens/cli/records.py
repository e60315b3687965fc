"""`evidens youth` and `evidens process`: the young by municipality, and the way of cases."""

import argparse
from pathlib import Path

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import Commands, day, words


def add(commands: Commands) -> None:
    """The commands and their arguments."""
    _add_youth(commands)
    _add_process(commands)


def _add_youth(commands: Commands) -> None:
    command = commands.add(
        "youth",
        youth,
        "ungdomskriminalitet pr. kommune fra et udtræk i skabelonen",
        "evidens youth example --years 2019..2021",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        help="udtræk i skabelonen (evidens youth template), eller example: opdigtede tal",
    )
    command.add_argument("--years", help="årene, fx 2019..2021; ellers de tre seneste")
    command.add_argument("--kind", default="sigtelse", help="mistanke, sigtelse eller afgørelse")
    command.add_argument("--threshold", type=int, default=5, help="mindste antal, der vises")
    command.add_argument("--json", action="store_true")


def _add_process(commands: Commands) -> None:
    command = commands.add(
        "process",
        process,
        "sagers vej: trin, veje og tid, med åbne sager talt rigtigt",
        "evidens process sager.csv --end afsluttet --today 2022-01-28",
    )
    command.add_argument("file", metavar="FILE", help="CSV med kolonnerne case, municipality, step, time")
    command.add_argument("--end", required=True, help="trin, der afslutter en sag; flere med komma")
    command.add_argument("--order", help="trinnenes rækkefølge, når to står på samme tid; med komma")
    command.add_argument("--today", required=True, help="dagen, loggen er trukket, fx 2022-01-28")
    command.add_argument("--threshold", type=int, default=5, help="mindste antal, der vises")
    command.add_argument("--json", action="store_true")


def youth(arguments: argparse.Namespace) -> int:
    """`evidens youth`."""
    from evidens import youth as young
    from evidens.report import lists

    if arguments.file == "template":
        print(young.TEMPLATE)
        return ANSWER
    if arguments.file == "example":
        extract = young.example()
    else:
        extract = young.read(Path(arguments.file))
    years = young.years(extract, arguments.years)
    found = young.analyse(extract, arguments.kind, years, threshold=arguments.threshold)
    if arguments.json:
        write_json(found.as_dict())
    else:
        print(lists.youth(found))
    return ANSWER


def process(arguments: argparse.Namespace) -> int:
    """`evidens process`."""
    from evidens import process as ways
    from evidens.report import lists

    order: list[str] = []
    if arguments.order:
        order = words(arguments.order)
    log = ways.read(Path(arguments.file), order)
    found = ways.analyse(log, words(arguments.end), day(arguments.today), threshold=arguments.threshold)
    if arguments.json:
        write_json(found.as_dict())
    else:
        print(lists.process(found))
    return ANSWER
