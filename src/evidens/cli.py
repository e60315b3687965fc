"""`evidens …`: files in, a sentence, a table, JSON or SVG out.

Exit codes: 0 an answer, 2 a bad argument or a file that is refused, 3 not available in these data. Everything heavy is
imported by the command that needs it.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evidens.errors import BadFile, BadRequest, EvidensError, SourceDown, Unavailable

if TYPE_CHECKING:
    from datetime import date

    from evidens.counts import Counts
    from evidens.trend import Change

ANSWER, BAD, NOT_AVAILABLE = 0, 2, 3

ABOUT = """\
Tal, der kan forsvare sig selv: læs udtræk, sammenlign perioder, efterprøv påstande, tegn.

  evidens trend example --offence 1320 --place district:1460 --span 2021Q1..2021Q3 --compare country
  evidens table example --offence "vold §§ 244-245" --places district:1460/municipalities --span 2021
  evidens check example --claims paastande.toml
  evidens read udtræk.csv

FILE er et udtræk (.csv eller .csv.gz) fra statistikbanken.dk, dit eget udtræk med --mapping, eller ordet example:
de tal, der følger med. Steder: municipality:851, district:1460, region:081, country. Perioder: 2021Q1..2021Q3, 2021, 2021Q2.
Svar: 0, 2 ved en fejl i det, der er skrevet, 3 når tallet ikke findes i filen.
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code and never lets a traceback out for a fault in what was given."""
    arguments = parser().parse_args(argv)
    if not hasattr(arguments, "run"):
        parser().print_help()
        return BAD
    try:
        return int(arguments.run(arguments))
    except Unavailable as gone:
        if getattr(arguments, "json", False):
            _json(
                {"available": False, "reason": gone.reason, "reason_en": gone.reason_en, "known": gone.known}
            )
        else:
            print(gone.reason)
        return NOT_AVAILABLE
    except BrokenPipeError:
        return ANSWER
    except (OSError, UnicodeError, OverflowError) as error:
        print(f"Det gik ikke: {error}.", file=sys.stderr)
        return BAD
    except (BadFile, BadRequest, SourceDown) as error:
        if getattr(arguments, "json", False) and isinstance(error, BadFile):
            _json(
                {
                    "accepted": False,
                    "verdict": "refuse",
                    "problems": [problem.as_dict() for problem in error.problems],
                }
            )
        if getattr(arguments, "json", False) and not isinstance(error, BadFile):
            _json({"error": str(error)})
        print(error, file=sys.stderr)
        return BAD


def parser() -> argparse.ArgumentParser:
    """All commands and their arguments."""
    top = argparse.ArgumentParser(
        prog="evidens", description=ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = top.add_subparsers(metavar="kommando")

    def command(
        name: str, run: Callable[[argparse.Namespace], int], text: str, example: str
    ) -> argparse.ArgumentParser:
        one = commands.add_parser(
            name,
            help=text,
            description=text[0].upper() + text[1:],
            epilog=f"Eksempel:\n  {example}",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        one.set_defaults(run=run)
        return one

    _figures(command)
    _records(command)
    one = command(
        "fetch",
        fetch,
        "hent en tabel fra statistikbanken.dk",
        "evidens fetch STRAF11 OMRÅDE=851 OVERTRÆD=1320 Tid='*' --out a.csv",
    )
    one.add_argument("table", help="tabellens navn, fx STRAF11")
    one.add_argument("select", nargs="*", metavar="VARIABEL=VÆRDIER", help="fx OMRÅDE=851,860; * er alle")
    one.add_argument("--out", type=Path, help="gem svaret her")
    one.add_argument(
        "--cache", type=Path, help="mappe, hvor svar gemmes og genbruges, til tabellen opdateres"
    )
    one.add_argument("--server", default="https://api.statbank.dk/v1", help=argparse.SUPPRESS)
    one.add_argument("--info", action="store_true", help="vis kun, hvad tabellen har")
    return top


Maker = Callable[[str, Callable[[argparse.Namespace], int], str, str], argparse.ArgumentParser]


def _figures(command: Maker) -> None:
    def file(one: argparse.ArgumentParser) -> None:
        one.add_argument(
            "file",
            metavar="FILE",
            help="udtræk fra statistikbanken.dk, eget udtræk med --mapping, eller example",
        )
        one.add_argument("--mapping", type=Path, help="oversættelse af dit eget udtræk (TOML)")
        one.add_argument(
            "--kind",
            default="reported",
            choices=["reported", "charged"],
            help="anmeldelser eller sigtelser, hvor filen har begge",
        )
        one.add_argument("--file-offence", help="hvad alle tal gælder, hvor filen ikke har kolonnen, fx TOT")
        one.add_argument("--extracted", help="dagen, tallene er trukket, fx 2022-01-10")
        one.add_argument("--json", action="store_true", help="skriv JSON")

    def question(one: argparse.ArgumentParser) -> None:
        file(one)
        one.add_argument(
            "--offence",
            required=True,
            help="kode, flere med komma, eller en gruppes navn: 1320, 1252,1255, straffelov",
        )
        one.add_argument("--span", required=True, help="perioden: 2021Q1..2021Q3, 2021, 2021Q2")
        one.add_argument("--against", help="perioden, der sammenlignes med")
        one.add_argument("--compare", help="et andet sted ved siden af, fx country")
        one.add_argument(
            "--population",
            help="folketal (FOLK1A), giver tal pr. 1.000 indbyggere; example med de medfølgende tal",
        )
        one.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
        one.add_argument("--lang", default="da", choices=["da", "en"], help="sætningens sprog")

    one = command(
        "read", read_file, "læs et udtræk, og sig, hvad der er galt eller sært", "evidens read udtræk.csv"
    )
    file(one)
    one = command(
        "trend", trend_command, "er det faldet? To perioder sammenlignet for ét sted",
        "evidens trend example --offence 1320 --place district:1460 --span 2021Q1..2021Q3 --compare country",
    )  # fmt: skip
    question(one)
    one.add_argument(
        "--place", required=True, help="municipality:851, district:1460, region:081 eller country"
    )
    one = command(
        "table", table_command, "samme spørgsmål for flere steder, som én familie",
        "evidens table example --offence 1320 --places district:1460/municipalities --span 2021 --against 2020",
    )  # fmt: skip
    question(one)
    one.add_argument(
        "--places", required=True, help="steder med komma; district:1460/municipalities er kredsens kommuner"
    )
    one = command(
        "check",
        check_command,
        "efterprøv tal, som en tekst påstår",
        "evidens check example --claims paastande.toml",
    )
    file(one)
    one.add_argument("--claims", type=Path, required=True, help="påstande (TOML eller JSON)")
    one.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    one = command(
        "warn", warn_command, "hvad er værd at se på i den nyeste periode?",
        "evidens warn example --places district:1460/municipalities --offences 1320,1336 --period 2021Q4",
    )  # fmt: skip
    file(one)
    one.add_argument("--places", required=True)
    one.add_argument("--offences", required=True, help="koder med komma; hver for sig")
    one.add_argument("--period", help="perioden, der ses på; ellers den nyeste")
    one.add_argument(
        "--method", choices=["farrington", "noufaily", "short_history"], help="ellers efter tallenes slags"
    )
    one = command(
        "chart",
        chart_command,
        "tegn som SVG",
        "evidens chart trend example --offence 1320 --place district:1460 --out a.svg",
    )
    one.add_argument("sort", choices=["trend", "multiples", "funnel", "tiles", "map"], help="hvad der tegnes")
    file(one)
    one.add_argument("--offence", required=True)
    one.add_argument(
        "--place", default="district:1460", help="stedet; for kort og små billeder dets kommuner"
    )
    one.add_argument("--span", help="perioden; ellers alt, hvad filen har")
    one.add_argument("--population", help="folketal, til tal pr. 1.000 indbyggere (funnel, tiles, map)")
    one.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    one.add_argument("--boundaries", type=Path, help="grænser som GeoJSON (til map)")
    one.add_argument("--lang", default="da", choices=["da", "en"])
    one.add_argument("--out", type=Path, required=True, help="SVG-fil")


def _records(command: Maker) -> None:
    one = command(
        "youth",
        youth_command,
        "ungdomskriminalitet pr. kommune fra et udtræk i skabelonen",
        "evidens youth example --years 2019..2021",
    )
    one.add_argument(
        "file",
        metavar="FILE",
        help="udtræk i skabelonen (evidens youth template), eller example: opdigtede tal",
    )
    one.add_argument("--years", help="årene, fx 2019..2021; ellers de tre seneste")
    one.add_argument("--kind", default="sigtelse", help="mistanke, sigtelse eller afgørelse")
    one.add_argument("--threshold", type=int, default=5, help="mindste antal, der vises")
    one.add_argument("--json", action="store_true")
    one = command(
        "process",
        process_command,
        "sagers vej: trin, veje og tid, med åbne sager talt rigtigt",
        "evidens process sager.csv --end afsluttet --today 2022-01-28",
    )
    one.add_argument("file", metavar="FILE", help="CSV med kolonnerne case, municipality, step, time")
    one.add_argument("--end", required=True, help="trin, der afslutter en sag; flere med komma")
    one.add_argument("--order", help="trinnenes rækkefølge, når to står på samme tid; med komma")
    one.add_argument("--today", required=True, help="dagen, loggen er trukket, fx 2022-01-28")
    one.add_argument("--threshold", type=int, default=5, help="mindste antal, der vises")
    one.add_argument("--json", action="store_true")


def _json(content: Any) -> None:
    print(json.dumps(content, ensure_ascii=False, indent=1, default=str))


def _day(text: str) -> "date":
    from datetime import date

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadRequest(f"“{text}” er ikke en dato. Skriv fx 2022-01-28.") from None


def _counts(arguments: argparse.Namespace) -> "Counts":
    from evidens.sources import read
    from evidens.sources.example import example

    if arguments.file == "example":
        if arguments.kind != "reported" or arguments.mapping:
            raise BadRequest(
                "De medfølgende tal er anmeldelser og skal ikke oversættes. Udelad --kind og --mapping."
            )
        return example()
    day = _day(arguments.extracted) if arguments.extracted else None
    found = read(
        arguments.file,
        mapping=arguments.mapping,
        kind=arguments.kind,
        offence=arguments.file_offence,
        extracted_on=day,
    )
    for warning in found.warnings:
        print(warning.text(), file=sys.stderr)
    return found


def _population(arguments: argparse.Namespace) -> "Counts | None":
    from evidens.sources.example import example_population
    from evidens.sources.population import read_population

    if not arguments.population:
        return None
    return (
        example_population() if arguments.population == "example" else read_population(arguments.population)
    )


def read_file(arguments: argparse.Namespace) -> int:
    """`evidens read`."""
    found = _counts(arguments)
    outline = found.outline()
    if arguments.json:
        verdict = "accept_with_warning" if found.warnings else "accept"
        _json(
            {
                "accepted": True,
                "verdict": verdict,
                **outline,
                "warnings": [warning.as_dict() for warning in found.warnings],
            }
        )
        return ANSWER
    held = f"{outline['places']} steder, {outline['offences']} overtrædelser, {outline['first']} til {outline['last']}"
    print(f"{outline['rows']} tal læst: {held}.")
    missing = outline["all_cells"] - outline["known_cells"]
    if missing:
        print(
            f"{missing} af {outline['all_cells']} felter er ikke kendt i filen. Det er ikke det samme som nul."
        )
    print(
        f"Kilde: {outline['source']['publisher']}, {outline['source']['table']}. SHA-256 {outline['source']['sha256'][:16]}…"
    )
    return ANSWER


def _asked(arguments: argparse.Namespace, where: str) -> "list[Change]":
    from evidens import places, trend
    from evidens.periods import PER_YEAR

    counts = _counts(arguments)
    span = counts.span(arguments.span)
    against = counts.span(arguments.against) if arguments.against else None
    if against is None and arguments.run is trend_command:
        against = span.year_before(-(-len(span) // PER_YEAR[span.first.freq]))
    compare = places.place(arguments.compare) if arguments.compare else None
    offence = trend.choose(arguments.offence, counts, arguments.groups)
    asked = [places.place(where)] if arguments.run is trend_command else places.several(where)
    return trend.table(
        counts, offence, asked, span, against, compare=compare, population=_population(arguments)
    )


def trend_command(arguments: argparse.Namespace) -> int:
    """`evidens trend`."""
    from evidens import report, sentence

    result = _asked(arguments, arguments.place)[0]
    if arguments.json:
        _json(result.as_dict())
    else:
        print(sentence.change(result, arguments.lang), end="\n\n")
        print(report.change(result, arguments.lang))
    return ANSWER if result.available else NOT_AVAILABLE


def table_command(arguments: argparse.Namespace) -> int:
    """`evidens table`."""
    from evidens import report

    rows = _asked(arguments, arguments.places)
    if arguments.json:
        _json([row.as_dict() for row in rows])
    else:
        print(report.table(rows, arguments.lang))
    return ANSWER if any(row.available for row in rows) else NOT_AVAILABLE


def check_command(arguments: argparse.Namespace) -> int:
    """`evidens check`."""
    from evidens import claims

    checked = claims.check_all(_counts(arguments), claims.load(arguments.claims), arguments.groups)
    if arguments.json:
        _json([one.as_dict() for one in checked])
    else:
        print("\n\n".join(one.sentence() for one in checked))
    return ANSWER if any(one.verdict != "cannot_be_checked" for one in checked) else NOT_AVAILABLE


def warn_command(arguments: argparse.Namespace) -> int:
    """`evidens warn`."""
    from evidens import places, report, trend, warning
    from evidens.periods import Period

    counts = _counts(arguments)
    period = Period.parse(arguments.period) if arguments.period else counts.latest
    chosen = [trend.choose(part.strip(), counts) for part in arguments.offences.split(",")]
    found = warning.attention(counts, places.several(arguments.places), chosen, period, arguments.method)
    if arguments.json:
        _json(report.attention_dict(found, counts))
    else:
        print(report.attention(found, counts))
    return ANSWER


def youth_command(arguments: argparse.Namespace) -> int:
    """`evidens youth`."""
    from evidens import report, youth

    if arguments.file == "template":
        print(youth.TEMPLATE)
        return ANSWER
    extract = youth.example() if arguments.file == "example" else youth.read(Path(arguments.file))
    found = youth.analyse(
        extract, arguments.kind, youth.years(extract, arguments.years), threshold=arguments.threshold
    )
    if arguments.json:
        _json(found.as_dict())
    else:
        print(report.youth(found))
    return ANSWER


def process_command(arguments: argparse.Namespace) -> int:
    """`evidens process`."""
    from evidens import process, report

    order = tuple(part.strip() for part in arguments.order.split(",")) if arguments.order else ()
    log = process.read(Path(arguments.file), order)
    ends = tuple(part.strip() for part in arguments.end.split(","))
    found = process.analyse(log, ends, _day(arguments.today), threshold=arguments.threshold)
    if arguments.json:
        _json(found.as_dict())
    else:
        print(report.process(found))
    return ANSWER


def chart_command(arguments: argparse.Namespace) -> int:
    """`evidens chart`."""
    from evidens import charts

    counts = _counts(arguments)
    drawn = charts.by_name(
        arguments.sort, counts, arguments.offence, arguments.place, span=arguments.span,
        population=_population(arguments), boundaries=arguments.boundaries, groups=arguments.groups, lang=arguments.lang,
    )  # fmt: skip
    arguments.out.write_text(drawn.svg, "utf-8")
    if arguments.json:
        _json(
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


def fetch(arguments: argparse.Namespace) -> int:
    """`evidens fetch`."""
    from evidens.sources.statbank import StatBank

    def progress(text: str) -> None:
        print(text, file=sys.stderr)

    bank = StatBank(arguments.server, cache=arguments.cache, progress=progress)
    info = bank.tableinfo(arguments.table)
    if arguments.info or not arguments.select:
        print(info.text())
        return ANSWER
    chosen = {}
    for part in arguments.select:
        name, sign, values = part.partition("=")
        if not sign:
            raise BadRequest(f"“{part}” skal være VARIABEL=VÆRDIER, fx OMRÅDE=851,860.")
        chosen[name] = [value.strip() for value in values.split(",")]
    reply = bank.data(arguments.table, chosen)
    if arguments.out:
        arguments.out.write_bytes(reply.body)
        print(f"{reply.rows} rækker gemt i {arguments.out}.")
    else:
        print(reply.body.decode("utf-8-sig", errors="replace"), end="")
    return ANSWER


def entry() -> None:
    """The console script: what nobody foresaw is a sentence too, unless EVIDENS_DEBUG asks for the trace."""
    import os

    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit(130)
    except Exception as error:
        if os.environ.get("EVIDENS_DEBUG"):
            raise
        kind = "" if isinstance(error, EvidensError) else f" ({type(error).__name__})"
        print(
            f"Noget gik galt, som evidens ikke har ord for: {error}{kind}. Sæt EVIDENS_DEBUG=1, og meld det.",
            file=sys.stderr,
        )
        sys.exit(BAD)


if __name__ == "__main__":
    entry()
