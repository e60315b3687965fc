"""`manuscript …`: what a plan file holds, and what the check finds in it; nothing is kept.

Exit codes: 0 an answer, 2 a bad argument or a file that cannot be read.
"""

import argparse
import gc
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from manuscript import report
from manuscript.errors import Unreadable
from manuscript.reading import PlanText, read_file

ANSWER, BAD = 0, 2

ABOUT = """\
Læs en plan fra en fil (.txt, .md, .docx, .odt, .rtf, .html, .pdf), og se, hvad der er i den.
Intet bliver gemt.

  manuscript read plan.docx          # til at læse
  manuscript read plan.pdf --json    # til andre programmer
  manuscript check plan.docx         # det, der ser galt ud

Svar: 0, eller 2 ved en fejl i det, der er skrevet, og når filen ikke kan læses.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code. A file that cannot be read is a sentence."""
    arguments = parser().parse_args(argv)
    if "say" not in arguments:
        parser().print_help()
        return BAD
    try:
        found = read_file(arguments.file)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return BAD
    for line in arguments.say(found, arguments):
        print(line)
    return ANSWER


def parser() -> argparse.ArgumentParser:
    """The commands and their arguments."""
    top = argparse.ArgumentParser(
        prog="manuscript", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(metavar="kommando")
    reads = commands.add_parser("read", help="vis, hvad der er i filen")
    reads.set_defaults(say=_whole)
    checks = commands.add_parser("check", help="vis, hvad plantjekket finder i filen")
    checks.set_defaults(say=_findings)
    for command in (reads, checks):
        command.add_argument("file", type=Path, metavar="FIL")
    reads.add_argument("--json", action="store_true", dest="as_json", help="skriv JSON")
    return top


def _whole(found: PlanText, arguments: argparse.Namespace) -> Iterable[str]:
    if arguments.as_json:
        return [report.as_json(found)]
    return report.whole(found)


def _findings(found: PlanText, arguments: argparse.Namespace) -> Iterable[str]:
    return report.findings(report.findings_of(found))


def entry() -> None:
    """The console script: a process that reads one file and ends."""
    gc.disable()  # what a reading makes it needs to its end; to look for waste costs a tenth of the time
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(ANSWER)


if __name__ == "__main__":
    entry()
