"""`evidens fetch`: a table from statistikbanken.dk."""

import argparse
import sys
from pathlib import Path

from evidens.cli.answering import ANSWER
from evidens.cli.asking import Commands, words
from evidens.errors import BadRequest


def add(commands: Commands) -> None:
    """The command and its arguments."""
    command = commands.add(
        "fetch",
        fetch,
        "hent en tabel fra statistikbanken.dk",
        "evidens fetch STRAF11 OMRÅDE=851 OVERTRÆD=1320 Tid='*' --out a.csv",
    )
    command.add_argument("table", help="tabellens navn, fx STRAF11")
    command.add_argument("select", nargs="*", metavar="VARIABEL=VÆRDIER", help="fx OMRÅDE=851,860; * er alle")
    command.add_argument("--out", type=Path, help="gem svaret her")
    command.add_argument(
        "--cache", type=Path, help="mappe, hvor svar gemmes og genbruges, til tabellen opdateres"
    )
    command.add_argument("--server", default="https://api.statbank.dk/v1", help=argparse.SUPPRESS)
    command.add_argument("--info", action="store_true", help="vis kun, hvad tabellen har")


def fetch(arguments: argparse.Namespace) -> int:
    """`evidens fetch`."""
    from evidens.sources.statbank import StatBank

    bank = StatBank(arguments.server, cache=arguments.cache, progress=_tell)
    info = bank.tableinfo(arguments.table)
    if arguments.info or not arguments.select:
        print(info.text())
        return ANSWER
    reply = bank.data(arguments.table, _chosen(arguments.select))
    if arguments.out:
        arguments.out.write_bytes(reply.body)
        print(f"{reply.rows} rækker gemt i {arguments.out}.")
    else:
        print(reply.body.decode("utf-8-sig", errors="replace"), end="")
    return ANSWER


def _tell(text: str) -> None:
    print(text, file=sys.stderr)


def _chosen(select: list[str]) -> dict[str, list[str]]:
    chosen = {}
    for part in select:
        name, sign, values = part.partition("=")
        if not sign:
            raise BadRequest(f"“{part}” skal være VARIABEL=VÆRDIER, fx OMRÅDE=851,860.")
        chosen[name] = words(values)
    return chosen
