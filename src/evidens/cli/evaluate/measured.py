"""`evidens evaluate speed`: how much slower, and what that is worth."""

import argparse
from pathlib import Path

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import Commands
from evidens.cli.evaluate.asking import add_study, answer
from evidens.errors import BadRequest


def add(designs: Commands) -> None:
    """The command and its arguments."""
    command = designs.add(
        "speed",
        speed,
        "middelfarten før og efter, og hvad det giver i uheld",
        "evidens evaluate speed fart.csv\n  evidens evaluate speed --from 46,2 --to 43,2",
    )
    command.add_argument(
        "file",
        metavar="FILE",
        nargs="?",
        type=Path,
        help="CSV eller Parquet: én række pr. strækning og måledag med stretch, treated, after, "
        "mean (og sd, cars)",
    )
    command.add_argument("--from", dest="before", type=_km, help="middelfart før, uden fil: kun udregningen")
    command.add_argument("--to", dest="after", type=_km, help="middelfart efter")
    command.add_argument("--model", default="nilsson-2004", help="model fra fart til uheld")
    command.add_argument("--models", type=Path, help="egne modeller med kilde (TOML)")
    add_study(command)


def _km(text: str) -> float:
    """A speed with decimal comma or point."""
    return float(text.replace(",", "."))


def speed(arguments: argparse.Namespace) -> int:
    """`evidens evaluate speed`."""
    import numpy as np

    from evidens.evaluation import speed as design
    from evidens.evaluation.speed_models import model
    from evidens.sources import rows

    by = model(arguments.model, arguments.models)
    if arguments.file is None:
        return _computed(arguments)
    found = rows.read(arguments.file, ("stretch", "treated", "after", "mean"))
    beside = {}
    for name in ("sd", "cars"):
        beside[name] = np.full(len(found), np.nan)
        if found.has(name):
            beside[name] = found.numbers(name, 0, blank=True)
    readings = design.Readings(
        tuple(found.texts("stretch")),
        found.flags("after"),
        found.flags("treated"),
        found.numbers("mean", 1),
        beside["sd"],
        beside["cars"],
    )
    return answer(arguments, design.speed(readings, by, arguments.expected))


def _computed(arguments: argparse.Namespace) -> int:
    """What the model alone makes of two speeds: no estimate of an effect."""
    from evidens.evaluation import speed as design
    from evidens.evaluation import threats
    from evidens.evaluation.speed_models import model

    if arguments.before is None or arguments.after is None:
        raise BadRequest("Giv en fil med målinger, eller --from og --to.")
    if arguments.smallest is not None:
        raise BadRequest("En udregning er ikke en virkning og får ingen dom. Giv målingerne som fil.")
    by = model(arguments.model, arguments.models)
    ratio = by.ratio(arguments.before, arguments.after)
    sentence = design.computed(ratio, by)
    told = [threats.COMPUTED]
    if by.kind == "power":
        told.append(threats.URBAN)
    if arguments.json:
        write_json(
            {
                "estimate": ratio,
                "se": None,
                "low": None,
                "high": None,
                "method": f"{by.kind} model ({by.source})",
                "power": None,
                "sentence_da": sentence,
                "reservations": [{"code": one.code, "text_da": one.text_da} for one in told],
                "design": "speed",
                "scale": "ratio",
                "details": {"before": arguments.before, "after": arguments.after},
            }
        )
    else:
        print(sentence)
        print("\n".join(f"- {one.text_da}" for one in told))
    return ANSWER
