"""What a reading says of each promise of our own plans: who, when, and what the check remarks; against the
truth, which names people and times in words of its own."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from manuscript.reading import PlanText
from manuscript.rows import CommitmentRow
from tests.manuscript.plans.truth import OwnPlan, Pair, same

Truth = dict[str, Any]
APART = re.compile(r",| og | and |/|\+| samt | i forening med ")
BESIDE = re.compile(r"\b(?:i|fra|under|ved|for|of|in)\b.*")
ENDING = re.compile(r"(?:ernes|enes|erne|ene|ens|ets|en|et|er|ne|e|s|n)$")
NAMELESS = frozenset(["de", "den", "det", "hver", "hvert", "i", "to", "tre", "fire", "ni", "the", "alle"])
# The truth's own words for no time at all.
NO_TIME = frozenset(["", "standing", "stående", "not stated", "see the bullets", "senere"])
ONLY_A_YEAR = re.compile(r"(?:i )?20\d\d")
FACT = re.compile(
    r"20\d\d|\d+|jan|feb|mar[tc]|apr|ma[jy]\b|jun|jul[iy]|aug|sep|o[kc]t|nov|de[ck]|påske|easter|jul\b|christmas"
    r"|forår|spring|sommer|summer|efterår|autumn|vinter|winter|kvartal|quarter"
)
IN_DANISH = {
    "easter": "påske",
    "christmas": "jul",
    "spring": "forår",
    "summer": "sommer",
    "autumn": "efterår",
    "winter": "vinter",
    "quarter": "kvartal",
    "mart": "mar",
    "marc": "mar",
    "may": "maj",
    "july": "juli",
    "oct": "okt",
    "dec": "dec",
    "dek": "dec",
}


def particulars(plan: OwnPlan, found: PlanText) -> dict[str, Pair]:
    """How many of each kind are right, of how many."""
    pairs = list(_met(plan, found))
    names = [(_names(", ".join(row["who"])), _names(want.get("who", ""))) for row, want in pairs]
    true, told = _remarks(plan, found, pairs)
    timed = [(row["when"], want.get("when", "")) for row, want in pairs if _says_a_time(want)]
    return {
        "ansvarlig som i facit": (sum(own == theirs for own, theirs in names), len(names)),
        "ansvarlig rigtig": (sum(len(own & theirs) for own, theirs in names), sum(len(n) for n, _ in names)),
        "ansvarlig fundet": (sum(len(own & theirs) for own, theirs in names), sum(len(n) for _, n in names)),
        "frist rigtig": (sum(_is_the_time(*pair) for pair in timed), len(timed)),
        "uden frist": _untimed(pairs),
        "bemærkninger": (true, told),
        "titel og slags": (int(_is_called(found, plan)), 1),
    }


def _met(plan: OwnPlan, found: PlanText) -> Iterator[tuple[CommitmentRow, Truth]]:
    """The promises that were found, each with its truth."""
    truths = [promise for block in plan.blocks for promise in block.get("promises", [])]
    for row in found.commitments:
        said = same(row["text"])
        want = next((each for each in truths if said.startswith(same(each["anchor"]))), None)
        if want is not None:
            yield row, want


def _names(text: str) -> frozenset[str]:
    """Who is named, each by the stem of its noun: "de tre kommuner i øst" is "kommunerne"."""
    out = []
    for part in APART.split(text.lower()):
        said = [word for word in re.findall(r"[\w§-]+", BESIDE.sub("", part)) if word not in NAMELESS]
        if said:
            out.append(ENDING.sub("", ENDING.sub("", said[-1])))
    return frozenset(out)


def _says_a_time(want: Truth) -> bool:
    return want.get("when", "").lower() not in NO_TIME


def _is_the_time(found: str, want: str) -> bool:
    """Does what was found name a day, a month, a year or a season that the truth does (where it does)?"""
    if not found:
        return False
    wanted = _facts(want)
    return not wanted or not wanted.isdisjoint(_facts(found))


def _facts(text: str) -> frozenset[str]:
    found = FACT.findall(re.sub(r"\b0(?=\d)", "", text.lower()))
    return frozenset(IN_DANISH.get(each, each) for each in found)


def _untimed(pairs: Sequence[tuple[CommitmentRow, Truth]]) -> Pair:
    """How many of those without a time get none."""
    bare = [row for row, want in pairs if not _says_a_time(want)]
    return sum(not row["when"] for row in bare), len(bare)


def _remarks(plan: OwnPlan, found: PlanText, pairs: Sequence[tuple[CommitmentRow, Truth]]) -> tuple[int, int]:
    """How many remarks on missing owners, dates and promises are true, of how many."""
    by_line: dict[int, list[Truth]] = {}
    for row, want in pairs:
        by_line.setdefault(row["line"], []).append(want)
    true = told = 0
    for told_of in found.findings:
        wants = by_line.get(told_of["line"], [])
        judge = JUDGES.get(told_of["code"])
        if judge is not None:
            told += 1
            true += any(map(judge, wants))
        elif told_of["code"] == "area_without_promise":
            told += 1
            true += not _has_promises(plan, told_of["message"])
    return true, told


def _has_no_owner(want: Truth) -> bool:
    return not _names(want.get("who", ""))


def _has_no_date(want: Truth) -> bool:
    return not _says_a_time(want) or ONLY_A_YEAR.fullmatch(want["when"]) is not None


JUDGES = {"promise_without_owner": _has_no_owner, "promise_without_date": _has_no_date}


def _has_promises(plan: OwnPlan, message: str) -> bool:
    """Does an area of the plan hold promises?"""
    inside: str | None = None
    for block in plan.blocks:
        if inside is not None and block.get("promises"):
            return True
        if block["kind"] in ("title", "h1", "h2", "h3") and (inside is None or block["kind"] <= inside):
            inside = None
            if same(block["text"]) in same(message):
                inside = block["kind"]
    return False


def _is_called(found: PlanText, plan: OwnPlan) -> bool:
    return found.kind == plan.data["kind"] and same(found.title) == same(plan.data["title"])
