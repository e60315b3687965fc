"""`evidens link`, `evidens capture` and `evidens sites`: one accident, many witnesses."""

import argparse
from pathlib import Path

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import Commands
from evidens.errors import BadRequest

FORMS = (".csv", ".parquet")


def add(commands: Commands) -> None:
    """The commands and their arguments."""
    _add_link(commands)


def _add_link(commands: Commands) -> None:
    command = commands.add(
        "link",
        link,
        "kobl to lister over tilskadekomne: hvem er samme person i samme uheld?",
        "evidens link politi.csv skadestue.csv --truth cluster",
    )
    command.add_argument(
        "left", metavar="A", type=Path, help="CSV eller Parquet, én række pr. tilskadekommen"
    )
    command.add_argument("right", metavar="B", type=Path, help="den anden liste, samme kolonner")
    command.add_argument(
        "--truth", metavar="COLUMN", help="facit, ens for samme person i begge filer: giver fejl"
    )
    command.add_argument(
        "--duplicates",
        action="append",
        default=[],
        choices=["A", "B"],
        help="filen kan have samme person flere gange",
    )
    command.add_argument(
        "--engine", default="duckdb", choices=["duckdb", "spark"], help="spark kræver Java 17"
    )
    command.add_argument("--out", type=Path, help="gem parrene (.csv eller .parquet)")
    command.add_argument("--json", action="store_true", help="skriv JSON")


def link(arguments: argparse.Namespace) -> int:
    """`evidens link`."""
    from evidens.linkage.linking import link as run
    from evidens.report import effect as report

    if arguments.out is not None and arguments.out.suffix not in FORMS:
        raise BadRequest("Parrene gemmes som .csv eller .parquet.")
    free = [side for side in ("A", "B") if side not in arguments.duplicates]
    found = run(arguments.left, arguments.right, arguments.truth, free)
    if arguments.out is not None:
        _write(found.pairs, arguments.out)
    if arguments.json:
        write_json(found.as_dict())
        return ANSWER
    print(found.sentence())
    if found.reservations:
        print("\n".join(["", *report.threats(found.reservations)]))
    if arguments.out is not None:
        print(f"Gemt: {arguments.out}")
    return ANSWER


def _write(pairs: object, out: Path) -> None:
    from pyarrow import csv, parquet

    if out.suffix == ".csv":
        csv.write_csv(pairs, out)
    else:
        parquet.write_table(pairs, out)
