"""`evidens read`: what a file holds, and what is wrong or odd in it."""

import argparse

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import Commands, add_file, counts


def add(commands: Commands) -> None:
    """The command and its arguments."""
    command = commands.add(
        "read",
        read,
        "læs et udtræk, og sig, hvad der er galt eller sært",
        "evidens read udtræk.csv",
    )
    add_file(command)


def read(arguments: argparse.Namespace) -> int:
    """`evidens read`."""
    found = counts(arguments)
    outline = found.outline()
    if arguments.json:
        verdict = "accept"
        if found.warnings:
            verdict = "accept_with_warning"
        warnings = [warning.as_dict() for warning in found.warnings]
        write_json({"accepted": True, "verdict": verdict, **outline, "warnings": warnings})
        return ANSWER
    places = _many(outline["places"], "sted", "steder")
    offences = _many(outline["offences"], "overtrædelse", "overtrædelser")
    time = f"{outline['first']} til {outline['last']}"
    print(f"{outline['rows']} tal læst: {places}, {offences}, {time}.")
    cells = outline["all_cells"]
    missing = cells - outline["known_cells"]
    if missing:
        print(f"{missing} af {cells} felter er ikke kendt i filen. Det er ikke det samme som nul.")
    source = found.source
    print(f"{source.credit(computed=False)}. SHA-256 {source.sha256[:16]}…")
    return ANSWER


def _many(number: int, one: str, several: str) -> str:
    if number == 1:
        return f"1 {one}"
    return f"{number} {several}"
