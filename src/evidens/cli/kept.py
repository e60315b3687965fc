"""`evidens ask`: questions kept in a file and asked again, to the same bytes from the same figures."""

import argparse
import contextlib
import io
import shlex
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

from evidens.cli.answering import ANSWER
from evidens.cli.asking import Commands
from evidens.errors import BadRequest

Main = Callable[[Sequence[str]], int]
EXAMPLE = """[[question]]
title = "Indbrud i kredsen"
ask = "trend example --offence 1320 --place district:1460 --span 2021"
out = "indbrud.txt"      # kan udelades; så skrives svaret på skærmen
"""


def add(commands: Commands, main: Main) -> None:
    """The command and its arguments; `main` runs one command line."""

    def run(arguments: argparse.Namespace) -> int:
        return ask(arguments.file, main)

    command = commands.add(
        "ask", run, "stil de spørgsmål igen, som en fil gemmer", "evidens ask spørgsmål.toml"
    )
    command.add_argument("file", type=Path, metavar="FILE", help="spørgsmål (TOML)")


def ask(path: Path, main: Main) -> int:
    """Ask each question of a file; the worst exit code of them.

    Raises BadRequest with what a question lacks.
    """
    worst = ANSWER
    for number, (title, line, out) in enumerate(_questions(path), 1):
        if line[:1] == ["ask"]:
            raise BadRequest(f"Spørgsmål {number} ({title}) stiller selv spørgsmål fra en fil. Skriv dem ud.")
        if out is None:
            print(f"{title}\n")
            worst = max(worst, main(line))
            print()
            continue
        answer = io.StringIO()
        with contextlib.redirect_stdout(answer):
            worst = max(worst, main(line))
        out.write_text(answer.getvalue(), "utf-8")
        print(f"{title}: {out}")
    return worst


def _questions(path: Path) -> list[tuple[str, list[str], Path | None]]:
    """Title, command line and file of each question."""
    found: list[tuple[str, list[str], Path | None]] = []
    try:
        for row in tomllib.loads(path.read_text("utf-8"))["question"]:
            out = None
            if "out" in row:
                out = path.parent / row["out"]
            found.append((str(row["title"]), shlex.split(row["ask"]), out))
    except OSError as error:
        raise BadRequest(f"{path} kan ikke læses: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError) as error:
        text = f"{path} er ikke en hel fil med spørgsmål ({error}). Den skal se sådan ud:\n\n{EXAMPLE}"
        raise BadRequest(text) from None
    return found
