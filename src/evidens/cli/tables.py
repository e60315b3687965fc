"""`evidens workbook`, `evidens years` and `evidens compare`: tables to go on with, and what was revised."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.cli.answering import ANSWER, code, write_json
from evidens.cli.asking import Commands, add_file, counts, written_on
from evidens.cli.comparing import years_before
from evidens.errors import BadRequest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from evidens.counts import Counts
    from evidens.offences import Choice
    from evidens.revisions import Cell

SHOWN = 40  # revisions that are printed


def add(commands: Commands) -> None:
    """The commands and their arguments."""
    book = commands.add(
        "workbook",
        workbook,
        "alle kommuner og overtrædelser i én projektmappe, som én familie",
        "evidens workbook example --offences 1320,1390 --places district:1460/municipalities --span 2021 "
        "--out tal.xlsx",
    )
    add_file(book)
    book.add_argument("--offences", required=True, help="koder eller navne med semikolon eller komma")
    book.add_argument("--places", required=True)
    book.add_argument("--span", required=True)
    book.add_argument("--against", help="perioden, der sammenlignes med; ellers året før")
    book.add_argument("--years", type=int, default=5, help="år side om side")
    book.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    book.add_argument("--out", type=Path, required=True, help="projektmappe (.xlsx)")
    several = commands.add(
        "years",
        years,
        "flere år side om side, og det seneste hele år",
        "evidens years example --offence 1320 --places district:1460/municipalities --span 2021",
    )
    add_file(several)
    several.add_argument("--offence", required=True)
    several.add_argument("--places", required=True)
    several.add_argument("--span", required=True)
    several.add_argument("--years", type=int, default=5)
    several.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    revised = commands.add(
        "compare",
        compare,
        "hvad er rettet mellem to udtræk af samme tabel?",
        "evidens compare gammel.csv ny.csv",
    )
    revised.add_argument("old", type=Path, metavar="OLD", help="det ældre udtræk")
    revised.add_argument("new", type=Path, metavar="NEW", help="det nyere")
    revised.add_argument("--mapping", type=Path, help="oversættelse af egne udtræk (TOML)")
    revised.add_argument("--file-offence", help="hvad alle tal gælder, hvor filerne ikke har kolonnen")
    revised.add_argument("--json", action="store_true", help="skriv JSON")


def _chosen(text: str, data: "Counts", groups: Path | None) -> "list[Choice]":
    """The offences of a list: by semicolon where a name holds a comma, else each part by itself."""
    from evidens import trend

    sign = ","
    if ";" in text:
        sign = ";"
    return [trend.choose(part.strip(), data, groups) for part in text.split(sign)]


def workbook(arguments: argparse.Namespace) -> int:
    """`evidens workbook`."""
    from evidens import places, trend
    from evidens.report import workbook as book

    data = counts(arguments)
    span = data.span(arguments.span)
    against = years_before(span)
    if arguments.against:
        against = data.span(arguments.against)
    where = places.several(arguments.places)
    offences = _chosen(arguments.offences, data, arguments.groups)
    if arguments.out.suffix != ".xlsx":
        raise BadRequest("Projektmappen skal hedde noget, der slutter på .xlsx.")
    answers = []
    for offence in offences:
        for place in where:
            answers.append(trend.change(data, offence, place, span, against))
    answers = trend.in_family(answers)
    family = max([getattr(answer, "family", 1) for answer in answers])
    sheets = [
        book.changes(answers, family),
        book.years(data, offences, where, span, arguments.years),
        book.rolling(data, offences, where),
    ]
    book.write(arguments.out, sheets)
    if arguments.json:
        write_json({"out": str(arguments.out), "family": family, "rows": len(answers)})
    else:
        print(f"{len(answers)} sammenligninger som én familie. Gemt: {arguments.out}")
    return code(any(answer.available for answer in answers))


def years(arguments: argparse.Namespace) -> int:
    """`evidens years`."""
    from evidens import places
    from evidens.report import workbook as book
    from evidens.report.grid import grid

    data = counts(arguments)
    where = places.several(arguments.places)
    offences = _chosen(arguments.offence, data, arguments.groups)
    sheet = book.years(data, offences, where, data.span(arguments.span), arguments.years)
    rolled = book.rolling(data, offences, where)
    if arguments.json:
        write_json([{"head": one.head, "rows": one.rows, "notes": one.notes} for one in (sheet, rolled)])
        return ANSWER
    for one, kept in ((sheet, len(sheet.head)), (rolled, min(len(rolled.head), 2 + arguments.years))):
        head = [*one.head[:2], *one.head[len(one.head) - kept + 2 :]]
        rows = []
        for row in one.rows:
            cells = [*row[:2], *row[len(row) - kept + 2 :]]
            rows.append(list(map(str, cells)))
        print(f"{one.name}\n{grid(head, rows)}\n")
    print("\n".join(sheet.notes))
    return ANSWER


def compare(arguments: argparse.Namespace) -> int:
    """`evidens compare`."""
    from evidens import revisions
    from evidens.report import lists
    from evidens.sources import read

    pair = []
    for path in (arguments.old, arguments.new):
        pair.append(
            read(path, mapping=arguments.mapping, offence=arguments.file_offence, today=written_on(path))
        )
    found = revisions.between(*pair)
    if arguments.json:
        numbers = {"both": found.both, "added": found.added, "gone": found.gone}
        cells = {"changed": _as_records(found.changed), "gone_cells": _as_records(found.gone_cells)}
        codes = {"offences_gone": found.offences_gone, "places_gone": found.places_gone}
        write_json({**numbers, "difference": found.difference, **codes, **cells})
    else:
        print(lists.revisions(found, SHOWN))
    return ANSWER


def _as_records(cells: "Sequence[Cell]") -> list[dict[str, object]]:
    return [one.__dict__ | {"period": str(one.period)} for one in cells]
