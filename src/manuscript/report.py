"""What was found in a file, in Danish lines for people: the same words from every command."""

import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from manuscript.check.rules import FAULTS, RULES
from manuscript.reading import PlanText
from manuscript.text import shortened

KINDS = {
    "cooperation_plan": "samarbejdsplan",
    "action_plan": "handleplan",
    "minutes": "referat",
    "rules": "regler",
    "agreement": "aftale",
    "report": "rapport",
    "sheet": "indsatsark",
    "other": "andet",
}
QUOTED = 90  # letters of a promise


class Told(NamedTuple):
    """A finding of the check to be told: the rule's code, where in the text, and the sentence."""

    code: str
    where: str
    message: str


def as_json(found: PlanText) -> str:
    """What was found, as JSON for other programs."""
    return json.dumps(found.as_json(), ensure_ascii=False, indent=1)


def whole(found: PlanText) -> Iterator[str]:
    """What was found, line by line: what the file is, its sections, its promises, what to look at."""
    yield _what_it_is(found)
    yield f"Kommuner: {', '.join(found.municipalities) or 'ingen fundet'}"
    for section in found.sections:
        yield f"  linje {section['line']:>4}  {section['number']:<6} {section['title']}"
    for promise in found.commitments:
        who = ", ".join(promise["who"]) or "ingen ansvarlig"
        when = promise["when"] or "uden frist"
        yield f"  linje {promise['line']:>4}  løfte: {shortened(promise['text'], QUOTED)} ({who}; {when})"
    for finding in found.findings:
        yield f"  linje {finding['line']:>4}  {RULES[finding['code']][1]}: {finding['message']}"
    yield (
        f"{len(found.sections)} afsnit, {len(found.focus_areas)} indsatsområder, "
        f"{len(found.commitments)} løfter, {len(found.figures)} tal, {len(found.fora)} fora, "
        f"{len(found.findings)} steder at se på."
    )
    if found.not_a_plan:
        yield found.not_a_plan


def _what_it_is(found: PlanText) -> str:
    place = found.forum or "ukendt"
    if found.district:
        place = found.district["name"]
    return f"{found.title} ({KINDS[found.kind]}, {found.year or 'uden år'}, {place})"


def findings_of(found: PlanText) -> list[Told]:
    """What the check found in a file, by its lines."""
    return [Told(row["code"], f"linje {row['line']:>4}", row["message"]) for row in found.findings]


def findings(rows: Sequence[Told]) -> Iterator[str]:
    """A line per finding, "!" before what stops a release; at last how many there are."""
    for row in rows:
        mark = "!" if row.code in FAULTS else " "
        yield f"{mark} {row.where}  {RULES[row.code][1]}: {row.message}"
    stops = sum(row.code in FAULTS for row in rows)
    yield f"{len(rows)} steder at se på, {stops} af dem skal rettes eller forklares før offentliggørelse."
