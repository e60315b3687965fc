"""What commands ask for: the file, the question, the day; and the data that the answers name."""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidens.errors import BadRequest

if TYPE_CHECKING:
    from evidens.counts import Counts

Run = Callable[[argparse.Namespace], int]
LANGUAGES = ["da", "en"]
NO_DAY = 2000  # files from before then were not written on that day


@dataclass(frozen=True)
class Commands:
    """Where commands are added; each has a text, an example, and a function that runs it."""

    parsers: Any  # argparse keeps the type of this to itself

    def add(self, name: str, run: Run, text: str, example: str) -> argparse.ArgumentParser:
        """A new command, ready for its arguments."""
        command: argparse.ArgumentParser = self.parsers.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:],
            epilog=f"Eksempel:\n  {example}",
        )
        command.set_defaults(run=run)
        return command


def add_file(command: argparse.ArgumentParser) -> None:
    """The file of counts, how it is to be read, and --json."""
    command.add_argument(
        "file",
        metavar="FILE",
        help="udtræk fra statistikbanken.dk, eget udtræk med --mapping, eller example",
    )
    command.add_argument("--mapping", type=Path, help="oversættelse af dit eget udtræk (TOML)")
    command.add_argument(
        "--kind",
        default="reported",
        choices=["reported", "charged"],
        help="anmeldelser eller sigtelser, hvor filen har begge",
    )
    command.add_argument("--file-offence", help="hvad alle tal gælder, hvor filen ikke har kolonnen, fx TOT")
    command.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="KOLONNE=VÆRDI",
        help="vælg i en kolonne, der ellers ikke er med, fx KØN=M",
    )
    command.add_argument("--extracted", help="dagen, tallene er trukket, fx 2022-01-10")
    command.add_argument("--json", action="store_true", help="skriv JSON")


def add_question(command: argparse.ArgumentParser) -> None:
    """The file, and what is asked of it."""
    add_file(command)
    command.add_argument(
        "--offence",
        required=True,
        help="kode, flere med komma, eller en gruppes navn: 1320, 1252,1255, straffelov",
    )
    command.add_argument("--span", required=True, help="perioden: 2021Q1..2021Q3, 2021, 2021Q2")
    command.add_argument("--against", help="perioden, der sammenlignes med")
    command.add_argument("--compare", help="et andet sted ved siden af, fx country")
    command.add_argument(
        "--population",
        help="folketal (FOLK1A), giver tal pr. 1.000 indbyggere; example med de medfølgende tal",
    )
    command.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    command.add_argument("--lang", default="da", choices=LANGUAGES, help="sætningens sprog")


def day(text: str) -> date:
    """A day as written; raises BadRequest."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"“{text}” er ikke en dato. Skriv fx 2022-01-28.") from None


def words(text: str) -> list[str]:
    """The parts of a list joined by commas."""
    return [part.strip() for part in text.split(",")]


def written_on(path: Path) -> date | None:
    """The day a file was last written: it holds no figures of later periods.

    None where it is not there, or where a program left the day out and put one long ago.
    """
    try:
        day = date.fromtimestamp(path.stat().st_mtime)
    except OSError:
        return None
    if day.year < NO_DAY:
        return None
    return day


def chosen(only: list[str]) -> dict[str, str]:
    """What --only says, by column; raises BadRequest."""
    found = {}
    for text in only:
        title, sign, value = text.partition("=")
        if not sign:
            raise BadRequest(f"“{text}” skal være KOLONNE=VÆRDI, fx KØN=M.")
        found[title.strip()] = value.strip()
    return found


def counts(arguments: argparse.Namespace) -> "Counts":
    """The counts of the file that was named; what was odd in it is told beside the answer."""
    from evidens.sources import read
    from evidens.sources.example import example

    if arguments.file == "example":
        if arguments.kind != "reported" or arguments.mapping:
            raise BadRequest(
                "De medfølgende tal er anmeldelser og skal ikke oversættes. Udelad --kind og --mapping."
            )
        return example()
    extracted_on = None
    if arguments.extracted:
        extracted_on = day(arguments.extracted)
    found = read(
        arguments.file,
        mapping=arguments.mapping,
        kind=arguments.kind,
        offence=arguments.file_offence,
        extracted_on=extracted_on,
        only=chosen(arguments.only),
        today=written_on(Path(arguments.file)),
    )
    for warning in found.warnings:
        print(warning.text(), file=sys.stderr)
    return found


def population(arguments: argparse.Namespace) -> "Counts | None":
    """The inhabitants, where they were asked for."""
    from evidens.sources.example import example_population
    from evidens.sources.population import read_population

    if not arguments.population:
        return None
    if arguments.population == "example":
        return example_population()
    return read_population(arguments.population)
