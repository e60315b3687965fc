"""Judging a reading against what is expected of it: only the keys that are given, and these whole."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from manuscript.line import ITEM
from manuscript.reading import PlanText

Row = Mapping[str, Any]
Rows = Sequence[Row]


def wrong(expected: Row, found: PlanText) -> dict[str, str]:
    """key -> what is wrong, for each key given that does not hold."""
    out: dict[str, str] = {}
    for key, want in expected.items():
        faults = list(JUDGES.get(key, _plain)(key, want, found))
        if faults:
            out[key] = "; ".join(faults)
    return out


def _plain(key: str, want: Any, found: PlanText) -> Iterator[str]:
    got = getattr(found, key)
    if got != want:
        yield f"{got!r} i stedet for {want!r}"


def _not_a_plan(key: str, want: Any, found: PlanText) -> Iterator[str]:
    """True asks for a sentence, None for none."""
    if bool(found.not_a_plan) != bool(want):
        yield f"svaret er {found.not_a_plan!r}"


def _commitments(key: str, want: Rows, found: PlanText) -> Iterator[str]:
    """The same ones and no other, in any order, with the values given."""
    left = list(found.commitments)
    for row in want:
        same = [each for each in left if bare(each["text"]) == bare(row["text"])]
        if not same:
            yield f"mangler “{row['text']}”"
            continue
        left.remove(same[0])
        for name, value in row.items():
            if name != "text" and dict(same[0])[name] != value:
                yield f"“{row['text']}”: {name} er {dict(same[0])[name]!r}, ikke {value!r}"
    for each in left:
        yield f"for meget: “{each['text']}”"


def bare(text: str) -> str:
    """A commitment's text without the mark before it and the full stop after it."""
    return ITEM.sub("", text).rstrip(".")


def _titled(key: str, want: Rows, found: PlanText) -> Iterator[str]:
    """Sections and areas by number and title; "Indsats 1: Lys" is also number 1, "Lys"."""
    got = [(row["number"], row["title"]) for row in getattr(found, key)]
    for row in want:
        spellings = [title for number, title in got if row.get("number", number) == number]
        spellings += [f"{word} {number}: {title}" for number, title in got for word in AREAS]
        if row["title"] not in spellings:
            yield f"mangler “{row['title']}”"
    if len(got) != len(want):
        yield f"fandt {got}"


AREAS = ("Indsats", "Indsatsområde", "Fokusområde", "Tema", "Spor")


def _figures(key: str, want: Rows, found: PlanText) -> Iterator[str]:
    """Value and unit of each, and no other figure; a share of so many ("3 af 4") may be there or not."""
    left = [json.dumps([row["value"], row["unit"]]) for row in found.figures if not _is_share(row)]
    for row in want:
        spelt = json.dumps([row["value"], row["unit"]])
        if spelt in left:
            left.remove(spelt)
        else:
            yield f"mangler {row['value']} {row['unit']}"
    for spelt in left:
        yield f"for meget: {spelt}"


def _is_share(row: Row) -> bool:
    return bool(row["unit"] == "share")


def _findings(key: str, want: Rows, found: PlanText) -> Iterator[str]:
    """Of each code that is named just those lines."""
    for code in {row["code"] for row in want}:
        got = [row["line"] for row in found.findings if row["code"] == code]
        lines = [row["line"] for row in want if row["code"] == code]
        if got != lines:
            yield f"{code} på linje {got}, ikke {lines}"


def _absent(key: str, want: Sequence[str], found: PlanText) -> Iterator[str]:
    for row in found.findings:
        if row["code"] in want:
            yield f"{row['code']} på linje {row['line']}: {row['message']}"


JUDGES = {
    "not_a_plan": _not_a_plan,
    "commitments": _commitments,
    "sections": _titled,
    "focus_areas": _titled,
    "figures": _figures,
    "findings": _findings,
    "absent_findings": _absent,
}
