"""The commands together, and how a fault in what was given becomes a sentence."""

import os
import sys
from collections.abc import Sequence

from evidens.cli import (
    charts,
    checking,
    comparing,
    evaluate,
    fetching,
    kept,
    linking,
    reading,
    records,
    sites,
    tables,
)
from evidens.cli.answering import ANSWER, BAD, NOT_AVAILABLE, write_json
from evidens.cli.asking import Commands
from evidens.cli.danish import Parser
from evidens.errors import BadFile, BadRequest, EvidensError, SourceDown, Unavailable

INTERRUPTED = 130
ABOUT = """\
Tal, der kan forsvare sig selv: læs udtræk, sammenlign perioder, efterprøv påstande, tegn.

  evidens trend example --offence 1320 --place district:1460 --span 2021Q1..2021Q3 --compare country
  evidens table example --offence "vold §§ 244-245" --places district:1460/municipalities --span 2021
  evidens check example --claims paastande.toml
  evidens read udtræk.csv

FILE er et udtræk (.csv, .csv.gz, .xlsx, .xls, .ods) fra statistikbanken.dk, dit eget udtræk med --mapping, \
eller ordet example:
de tal, der følger med. Steder: municipality:851, district:1460, region:081, country, unknown. \
Perioder: 2021Q1..2021Q3, 2021, 2021Q2.
Svar: 0, 2 ved en fejl i det, der er skrevet, 3 når tallet ikke findes i filen.
"""


def parser() -> Parser:
    """All commands and their arguments."""
    top = Parser(prog="evidens", description=ABOUT)
    commands = Commands(top.add_subparsers(metavar="kommando", title="kommandoer"))
    reading.add(commands)
    comparing.add(commands)
    tables.add(commands)
    checking.add(commands)
    charts.add(commands)
    records.add(commands)
    evaluate.add(commands)
    linking.add(commands)
    sites.add(commands)
    fetching.add(commands)
    kept.add(commands, main)
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code and never lets a traceback out for a fault in what was given."""
    arguments = parser().parse_args(argv)
    if not hasattr(arguments, "run"):
        parser().print_help()
        return BAD
    wants_json = getattr(arguments, "json", False)
    try:
        return int(arguments.run(arguments))
    except Unavailable as gone:
        _not_available(gone, wants_json)
        return NOT_AVAILABLE
    except BrokenPipeError:
        return ANSWER
    except (OSError, UnicodeError, OverflowError) as error:
        print(f"Det gik ikke: {error}.", file=sys.stderr)
        return BAD
    except (BadFile, BadRequest, SourceDown) as error:
        if wants_json:
            write_json(_fault(error))
        print(error, file=sys.stderr)
        return BAD


def _not_available(gone: Unavailable, wants_json: bool) -> None:
    if not wants_json:
        print(gone.reason)
        return
    write_json({"available": False, "reason": gone.reason, "reason_en": gone.reason_en, "known": gone.known})


def _fault(error: EvidensError) -> dict[str, object]:
    if not isinstance(error, BadFile):
        return {"error": str(error)}
    problems = [problem.as_dict() for problem in error.problems]
    return {"accepted": False, "verdict": "refuse", "problems": problems}


def entry() -> None:
    """The console script: what nobody foresaw is a sentence too, unless EVIDENS_DEBUG asks for the trace."""
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as error:
        if os.environ.get("EVIDENS_DEBUG"):
            raise
        kind = f" ({type(error).__name__})"
        if isinstance(error, EvidensError):
            kind = ""
        print(
            f"Noget gik galt, som evidens ikke har ord for: {error}{kind}. Sæt EVIDENS_DEBUG=1, og meld det.",
            file=sys.stderr,
        )
        sys.exit(BAD)
