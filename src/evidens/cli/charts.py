"""`evidens chart`: a picture as SVG, PNG or PDF."""

import argparse
from pathlib import Path

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import LANGUAGES, Commands, add_file, counts, population


def add(commands: Commands) -> None:
    """The command and its arguments."""
    command = commands.add(
        "chart",
        chart,
        "tegn som SVG, PNG eller PDF",
        "evidens chart trend example --offence 1320 --place district:1460 --out a.svg",
    )
    command.add_argument(
        "sort",
        choices=["trend", "multiples", "columns", "changes", "family", "funnel", "tiles", "map"],
        help="hvad der tegnes",
    )
    add_file(command)
    command.add_argument("--offence", required=True)
    command.add_argument(
        "--place", default="district:1460", help="stedet; for kort og små billeder dets kommuner"
    )
    command.add_argument("--span", help="perioden; ellers alt, hvad filen har")
    command.add_argument("--population", help="folketal, til tal pr. 1.000 indbyggere (funnel, tiles, map)")
    command.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    command.add_argument("--boundaries", type=Path, help="grænser som GeoJSON (til map)")
    command.add_argument("--lang", default="da", choices=LANGUAGES)
    command.add_argument("--out", type=Path, required=True, help="fil på .svg, .png eller .pdf")


def chart(arguments: argparse.Namespace) -> int:
    """`evidens chart`."""
    from evidens import charts
    from evidens.charts.drawing import as_file

    drawn = charts.by_name(
        arguments.sort,
        counts(arguments),
        arguments.offence,
        arguments.place,
        span=arguments.span,
        population=population(arguments),
        boundaries=arguments.boundaries,
        groups=arguments.groups,
        lang=arguments.lang,
    )
    arguments.out.write_bytes(as_file(drawn.svg, arguments.out.suffix.lower()))
    if arguments.json:
        write_json(
            {
                "out": str(arguments.out),
                "title": drawn.title,
                "description": drawn.description,
                "table": drawn.table,
            }
        )
    else:
        print(f"{drawn.title}\n{drawn.description}\nGemt: {arguments.out}")
    return ANSWER
