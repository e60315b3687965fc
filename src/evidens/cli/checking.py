"""`evidens check` and `evidens warn`: what a text claims, and what is worth a look."""

import argparse
from pathlib import Path

from evidens.cli.answering import ANSWER, code, write_json
from evidens.cli.asking import Commands, add_file, counts, population, words


def add(commands: Commands) -> None:
    """The commands and their arguments."""
    claimed = commands.add(
        "check",
        check,
        "efterprøv tal, som en tekst påstår",
        "evidens check example --claims paastande.toml",
    )
    add_file(claimed)
    claimed.add_argument("--claims", type=Path, required=True, help="påstande (TOML eller JSON)")
    claimed.add_argument("--population", help="folketal (FOLK1A), til tal pr. 1.000 indbyggere")
    claimed.add_argument("--groups", type=Path, help="egne navne for koder (TOML)")
    newest = commands.add(
        "warn",
        warn,
        "hvad er værd at se på i den nyeste periode?",
        "evidens warn example --places district:1460/municipalities --offences 1320,1336 --period 2021Q4",
    )
    add_file(newest)
    newest.add_argument("--places", required=True)
    newest.add_argument("--offences", required=True, help="koder med komma; hver for sig")
    newest.add_argument("--period", help="perioden, der ses på; ellers den nyeste")
    newest.add_argument(
        "--method",
        choices=["farrington", "noufaily", "short_history", "ears"],
        help="ellers efter tallenes slags",
    )


def check(arguments: argparse.Namespace) -> int:
    """`evidens check`."""
    from evidens import claims

    people = population(arguments)
    checked = claims.check_all(counts(arguments), claims.load(arguments.claims), arguments.groups, people)
    if arguments.json:
        write_json([one.as_dict() for one in checked])
    else:
        print("\n\n".join(one.sentence() for one in checked))
    return code(any(one.verdict != "cannot_be_checked" for one in checked))


def warn(arguments: argparse.Namespace) -> int:
    """`evidens warn`."""
    from evidens import places, record, trend, warning
    from evidens.periods import Period
    from evidens.report import lists

    data = counts(arguments)
    period = data.latest
    if arguments.period:
        period = Period.parse(arguments.period)
    chosen = [trend.choose(word, data) for word in words(arguments.offences)]
    found = warning.attention(data, places.several(arguments.places), chosen, period, arguments.method)
    if arguments.json:
        write_json(record.attention(found, data))
    else:
        print(lists.attention(found, data))
    return ANSWER
