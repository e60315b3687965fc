"""`evidens trend` and `evidens table`: did it fall, for one place or for several?"""

import argparse
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from evidens.cli.answering import code, write_json
from evidens.cli.asking import Commands, add_question, counts, population

if TYPE_CHECKING:
    from evidens.answers import Answer
    from evidens.counts import Counts
    from evidens.offences import Choice
    from evidens.periods import Span
    from evidens.places import Place


def add(commands: Commands) -> None:
    """The commands and their arguments."""
    one = commands.add(
        "trend",
        trend,
        "er det faldet? To perioder sammenlignet for ét sted",
        "evidens trend example --offence 1320 --place district:1460 --span 2021Q1..2021Q3 --compare country",
    )
    add_question(one)
    one.add_argument(
        "--place", required=True, help="municipality:851, district:1460, region:081 eller country"
    )
    several = commands.add(
        "table",
        table,
        "samme spørgsmål for flere steder, som én familie",
        "evidens table example --offence 1320 --places district:1460/municipalities "
        "--span 2021 --against 2020",
    )
    add_question(several)
    several.add_argument(
        "--places", required=True, help="steder med komma; district:1460/municipalities er kredsens kommuner"
    )


def trend(arguments: argparse.Namespace) -> int:
    """`evidens trend`."""
    from evidens import places, record, sentence
    from evidens.report import comparison

    question = _question(arguments)
    if question.against is None:
        question = replace(question, against=years_before(question.span))
    result = question.answers([places.place(arguments.place)], population(arguments))[0]
    if arguments.json:
        write_json(record.change(result))
    else:
        print(sentence.change(result, arguments.lang), end="\n\n")
        print(comparison.change(result, arguments.lang))
    return code(result.available)


def table(arguments: argparse.Namespace) -> int:
    """`evidens table`."""
    from evidens import places, record
    from evidens.report import comparison

    question = _question(arguments)
    rows = question.answers(places.several(arguments.places), population(arguments))
    if arguments.json:
        write_json([record.change(row) for row in rows])
    else:
        print(comparison.table(rows, arguments.lang))
    return code(any(row.available for row in rows))


@dataclass(frozen=True)
class _Question:
    """What both commands ask, but for the places."""

    counts: "Counts"
    span: "Span"
    against: "Span | None"
    compare: "Place | None"
    offence: "Choice"

    def answers(self, where: "list[Place]", population: "Counts | None") -> "list[Answer]":
        """One answer per place, as one family."""
        from evidens import trend

        return trend.table(
            self.counts,
            self.offence,
            where,
            self.span,
            self.against,
            compare=self.compare,
            population=population,
        )


def _question(arguments: argparse.Namespace) -> _Question:
    from evidens import places, trend

    found = counts(arguments)
    span = found.span(arguments.span)
    against, compare = None, None
    if arguments.against:
        against = found.span(arguments.against)
    if arguments.compare:
        compare = places.place(arguments.compare)
    offence = trend.choose(arguments.offence, found, arguments.groups)
    return _Question(found, span, against, compare, offence)


def years_before(span: "Span") -> "Span":
    """The same periods as many whole years earlier as the span is long."""
    from evidens.periods import PER_YEAR

    return span.year_before(math.ceil(len(span) / PER_YEAR[span.first.freq]))
