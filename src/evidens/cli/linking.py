"""`evidens link` and `evidens capture`: one accident, many witnesses."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import Commands
from evidens.errors import BadRequest

if TYPE_CHECKING:
    from evidens.counts import Array

FORMS = (".csv", ".parquet")


def add(commands: Commands) -> None:
    """The commands and their arguments."""
    _add_link(commands)
    command = commands.add(
        "capture",
        capture,
        "mørketal: hvor mange er på ingen liste?",
        "evidens capture lister.csv --recall 0,95 --recall-limits 0,92 0,97",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help="CSV eller Parquet: en kolonne pr. liste (0/1), count (uden: én række pr. person), "
        "stratum (valgfri)",
    )
    command.add_argument("--recall", type=share, help="andelen af gengangere, som koblingen finder")
    command.add_argument(
        "--recall-limits", nargs=2, type=share, metavar=("LAV", "HØJ"), help="grænser for den"
    )
    command.add_argument("--json", action="store_true", help="skriv JSON")


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
        "--engine", default="duckdb", choices=["duckdb", "spark"], help="spark kræver pyspark og Java 17"
    )
    command.add_argument("--out", type=Path, help="gem parrene (.csv eller .parquet)")
    command.add_argument("--json", action="store_true", help="skriv JSON")


def share(text: str) -> float:
    """A share with decimal comma or point."""
    return float(text.replace(",", "."))


def capture(arguments: argparse.Namespace) -> int:
    """`evidens capture`."""
    import numpy as np

    from evidens.capture import dark
    from evidens.report import effect as report
    from evidens.sources import rows

    found = rows.read(arguments.file, ())
    lists = [name for name in found.columns if name not in ("count", "stratum")]
    histories = np.column_stack([found.flags(name).astype(int) for name in lists])
    counts = np.ones(len(found))
    if found.has("count"):
        counts = found.numbers("count", 0)
    recall = None
    if arguments.recall is not None:
        if arguments.recall_limits is None:
            raise BadRequest("Giv også grænserne for koblingens andel: --recall-limits 0,92 0,97.")
        recall = (arguments.recall, *arguments.recall_limits)
    if found.has("stratum"):
        told = dark.several(_strata(found.texts("stratum"), histories, counts), recall)
    else:
        told = dark.capture(*dark.from_rows(histories, counts), recall)
    if arguments.json:
        write_json(told.as_dict())
    else:
        print("\n".join([told.sentence(), "", *report.threats(told.reservations)]))
    return ANSWER


def _strata(names: list[str], histories: "Array", counts: "Array") -> "list[tuple[str, Array, Array]]":
    """The rows of each stratum by itself."""
    import numpy as np

    from evidens.capture import dark

    found = []
    for name in sorted(set(names)):
        which = np.array([own == name for own in names])
        found.append((name, *dark.from_rows(histories[which], counts[which])))
    return found


def link(arguments: argparse.Namespace) -> int:
    """`evidens link`."""
    from evidens.linkage.linking import link as run
    from evidens.report import effect as report

    if arguments.out is not None and arguments.out.suffix not in FORMS:
        raise BadRequest("Parrene gemmes som .csv eller .parquet.")
    free = [side for side in ("A", "B") if side not in arguments.duplicates]
    found = run(arguments.left, arguments.right, arguments.truth, free, arguments.engine)
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
