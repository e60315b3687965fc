"""What all designs ask for, and how they answer."""

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from evidens.cli.answering import ANSWER, write_json

if TYPE_CHECKING:
    from evidens.evaluation.effect import Effect
    from evidens.reservations import Reservation

DIRECTIONS = ("fall", "rise")


def add_study(command: argparse.ArgumentParser) -> None:
    """What the study hopes for, and whether it was registered."""
    command.add_argument(
        "--expected", type=float, help="den ventede virkning, i procent (wdd: antal, speed: km/t)"
    )
    command.add_argument(
        "--smallest", type=float, help="den mindste virkning, der er værd at få: giver en dom"
    )
    command.add_argument(
        "--direction", choices=DIRECTIONS, default="fall", help="fall: færre er godt (ellers rise)"
    )
    command.add_argument(
        "--registered",
        action="store_true",
        help="undersøgelsen blev registreret, før nogen så tallene; ellers kan dommen kun være: "
        "kan ikke afgøres",
    )
    command.add_argument("--json", action="store_true", help="skriv JSON")


def answer(arguments: argparse.Namespace, found: "Effect", told: "Sequence[Reservation]" = ()) -> int:
    """Print the effect, with its verdict where one was asked for; `told` are reservations of the data."""
    from evidens.evaluation.verdict import verdict
    from evidens.report import effect as report

    said = None
    if arguments.smallest is not None:
        said = verdict(found, arguments.smallest, arguments.direction, arguments.registered)
    if not arguments.json:
        print(report.effect(found, said, told))
        return ANSWER
    content = found.as_dict()
    content["reservations"] = [
        {"code": one.code, "text_da": one.text_da} for one in (*found.reservations, *told)
    ]
    if said is not None:
        content["verdict"] = said.__dict__
    write_json(content)
    return ANSWER
