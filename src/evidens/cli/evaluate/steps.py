"""`evidens evaluate stages|cox`: who came along, and whether it delays a new case."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from evidens.cli.answering import ANSWER, write_json
from evidens.cli.asking import Commands, words
from evidens.cli.evaluate.asking import add_study, answer
from evidens.errors import Problem

if TYPE_CHECKING:
    from evidens.sources.rows import Rows


def add(designs: Commands) -> None:
    """The commands and their arguments."""
    command = designs.add(
        "stages",
        stages,
        "trin for trin: hvor mange kom med, hvor mange stoppede, hvem er stadig på vej",
        "evidens evaluate stages forloeb.csv --steps spurgt,ja,begyndt,gennemført",
    )
    command.add_argument(
        "file", metavar="FILE", type=Path, help="CSV eller Parquet med case, step, closed (ja/nej)"
    )
    command.add_argument("--steps", required=True, help="trinnene i rækkefølge, med komma")
    command.add_argument("--json", action="store_true", help="skriv JSON")
    followed = designs.add(
        "cox",
        cox,
        "får de, der begyndte, senere en ny sag? Med begyndelsesdag mod ventetid, der ligner hjælp",
        "evidens evaluate cox fulgt.csv --landmark 90 --by alder,tidligere",
    )
    followed.add_argument(
        "file", metavar="FILE", type=Path, help="CSV eller Parquet med days, ended, began (tom: aldrig)"
    )
    followed.add_argument("--landmark", type=float, help="begyndelsesdagen, fx 90")
    followed.add_argument("--by", help="kolonner, som grupperne gøres ens på, med komma")
    add_study(followed)


def stages(arguments: argparse.Namespace) -> int:
    """`evidens evaluate stages`."""
    import numpy as np

    from evidens import stages as steps
    from evidens.report import effect as report
    from evidens.sources import rows

    found = rows.read(arguments.file, ("case", "step", "closed"))
    names = words(arguments.steps)
    _once(found)
    result = steps.stages(names, np.array(_numbers(found, names)), found.flags("closed"))
    if arguments.json:
        write_json(result.as_dict())
    else:
        print(report.stages(result))
    return ANSWER


def _once(found: "Rows") -> None:
    """Raises BadFile where a case stands twice."""
    seen: dict[str, int] = {}
    problems = []
    for line, case in zip(found.lines, found.texts("case"), strict=True):
        if seen.setdefault(case, line) != line:
            text = f"Sag {case} står også på linje {seen[case]}."
            problems.append(
                Problem("duplicate_rows", text, "Behold én: det længste trin.", line, "case", case)
            )
    found.refuse(problems)


def _numbers(found: "Rows", names: list[str]) -> list[int]:
    """The number of each case's last step; raises BadFile on one that was not named."""
    numbers, problems = [], []
    for line, step in zip(found.lines, found.texts("step"), strict=True):
        if step in names:
            numbers.append(names.index(step))
        else:
            text = f"“{step}” er ikke et af trinnene {', '.join(names)}."
            problems.append(Problem("unknown_step", text, "Ret trinnet, eller --steps.", line, "step", step))
    found.refuse(problems)
    return numbers


def cox(arguments: argparse.Namespace) -> int:
    """`evidens evaluate cox`."""
    import numpy as np

    from evidens.evaluation import followup
    from evidens.sources import rows

    found = rows.read(arguments.file, ("days", "ended", "began"))
    columns = None
    if arguments.by:
        columns = np.column_stack([found.numbers(name.lower()) for name in words(arguments.by)])
    followed = followup.Followed(
        found.numbers("days", 1e-9), found.flags("ended"), found.numbers("began", 0, blank=True), columns
    )
    return answer(arguments, followup.followup(followed, arguments.landmark, arguments.expected))
