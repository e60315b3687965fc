"""The words of the command line itself in Danish: what Python's argparse says in English."""

import argparse
import re
import sys
from collections.abc import Iterable
from typing import NoReturn

HEADINGS = {"positional arguments": "skal stå der", "options": "kan stå der"}
HELP = "vis denne hjælp"
USAGE = "brug: "
# What argparse says of a command line that it cannot read, and the same in Danish.
SAID = [
    (r"the following arguments are required: (.+)", r"Der mangler: \1."),
    (r"argument (.+?): expected one argument", r"\1 skal have en værdi."),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 kan ikke være \2. Vælg \3."),
    (r"argument (.+?): expected 2 arguments", r"\1 skal have to tal: før og efter."),
    (r"argument (.+?): invalid (?:float|_km|_?share) value: (.+)", r"\1 skal være et tal og ikke \2."),
    (r"argument (.+?): invalid int value: (.+)", r"\1 skal være et helt tal og ikke \2."),
    (r"unrecognized arguments: (.+)", r"Det her kendes ikke: \1."),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 kan være flere: \2. Skriv det helt ud."),
]
BAD = 2


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Help texts with Danish headings."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """The line that shows how a command is written."""
        if prefix is None:
            prefix = USAGE
        super().add_usage(usage, actions, groups, prefix)

    def start_section(self, heading: str | None) -> None:
        """A heading, in Danish where it is one of argparse's own."""
        super().start_section(HEADINGS.get(str(heading), heading))


class Parser(argparse.ArgumentParser):
    """A parser that speaks Danish of itself."""

    def __init__(self, prog: str | None = None, **more: object) -> None:
        description, epilog = more.get("description"), more.get("epilog")
        super().__init__(
            prog=prog,
            description=_text(description),
            epilog=_text(epilog),
            formatter_class=_Formatter,
            add_help=False,
            allow_abbrev=False,
        )
        self.add_argument("-h", "--help", action="help", help=HELP)

    def error(self, message: str) -> NoReturn:
        """Say what cannot be read, with the line that shows how, and leave."""
        self.print_usage(sys.stderr)
        self.exit(BAD, f"{danish(message)}\n")


def _text(value: object) -> str | None:
    if value is None:
        return None
    return str(value)


def danish(message: str) -> str:
    """What argparse says, in Danish where it is known.

    >>> danish("the following arguments are required: --offence, --span")
    'Der mangler: --offence, --span.'
    """
    for pattern, words in SAID:
        if re.fullmatch(pattern, message):
            return re.sub(pattern, words, message)
    return message
