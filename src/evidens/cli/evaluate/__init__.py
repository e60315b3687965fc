"""`evidens evaluate …`: did it work? One command per design."""

import argparse

from evidens.cli.answering import BAD
from evidens.cli.asking import Commands
from evidens.cli.evaluate import counted, measured, places, steps

TEXT = "virkede det? Forskellen fra sammenligningen, hvad der kunne ses, og hvad der kan snyde"
EXAMPLE = "evidens evaluate wdd --treated 207 110 --control 308 318"


def add(commands: Commands) -> None:
    """The command and the designs below it."""
    command = commands.add("evaluate", _none, TEXT, EXAMPLE)
    designs = Commands(
        command.add_subparsers(metavar="form", title="undersøgelsens form", required=True, dest="form")
    )
    counted.add(designs)
    places.add(designs)
    measured.add(designs)
    steps.add(designs)


def _none(arguments: argparse.Namespace) -> int:
    """Without a design there is nothing to do; the parser says so first."""
    return BAD
