"""The reader on eight invented texts that no rule was made or mended on, against what another hand marked.

    ./run bench unseen
    .venv/bin/python benchmarks/unseen.py --remarks    (each remark of the check with its judgement)

The texts lie in tests/manuscript/unseen, N.json says what is true of N. They are read here alone: whoever
mends a rule writes texts of her own. A commitment is met by a found one whose words are the same as its
quote's; marks that are not sure count neither as missed nor as wrong.
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from manuscript.due import day_of, recurrence_of
from manuscript.reading import PlanText, read
from manuscript.rows import CommitmentRow, FindingRow

TEXTS = ROOT / "tests" / "manuscript" / "unseen"
Row = Mapping[str, Any]
Pair = tuple[int, int]
# The markers' word for a kind of paper -> what the reader may call it.
KINDS = {
    "ssp_plan": ("action_plan",),
    "web_page": ("cooperation_plan", "action_plan", "other"),
    "strategy": ("other", "cooperation_plan", "action_plan"),
}
# A remark of the check -> the kinds of problem that it may tell of.
TELLS_OF = {
    "promise_without_owner": ("no_owner",),
    "promise_without_date": ("no_deadline",),
    "stray_markup": ("placeholder", "other"),
    "year_mismatch": ("stale_year", "contradiction", "other"),
    "date_past": ("stale_year", "contradiction", "other"),
}
OTHERWISE = ("contradiction", "other", "stale_year")
ENOUGH, FEW = 0.75, 3  # of the shorter text's words, and how many at least
STEM = 6  # letters of a name's words that are compared
NAMELESS = frozenset(
    ["de", "den", "det", "i", "for", "og", "ved", "fra", "hver", "hvert", "alle", "the", "vores"]
)


class Marked(NamedTuple):
    """A text with what is true of it."""

    file: Path
    truth: Row

    @property
    def rendered(self) -> list[str]:
        """Its lines as the markers saw them."""
        return self.file.with_suffix(".txt").read_text("utf-8").split("\n")


def texts() -> Iterator[Marked]:
    """The eight, in order."""
    for truth in sorted(TEXTS.glob("*.json")):
        file = next(each for each in TEXTS.glob(f"{truth.stem}.*") if each.suffix not in (".json", ".txt"))
        yield Marked(file, json.loads(truth.read_text("utf-8")))


def words(text: str) -> list[str]:
    """A text's words in lower case."""
    return re.findall(r"[\wæøå§]+", text.lower())


def alike(one: str, other: str) -> float:
    """How much of the shorter of two texts stands in the other; 0 where that is too little to tell."""
    left, right = Counter(words(one)), Counter(words(other))
    least = min(left.total(), right.total())
    shared = (left & right).total()
    if not least or shared < min(FEW, least) or shared < ENOUGH * least:
        return 0.0
    return shared / least + shared / max(left.total(), right.total())


def _met(row: CommitmentRow, want: Row, rendered: Sequence[str]) -> float:
    """How surely a found commitment is a marked one: by its quote, or a line where it is said again."""
    likeness = alike(row["text"], want["quote"])
    for line in want.get("also_lines", []):
        again = rendered[line - 1]
        if alike(row["text"], again) and len(set(words(again)) & set(words(want["quote"]))) >= FEW:
            likeness = max(likeness, 1.0)
    if likeness:
        likeness += alike(row["text"], want["what"]) / 10
    return likeness


def pairs(found: PlanText, text: Marked) -> list[tuple[int, int]]:
    """(place of a found commitment, place of its truth), the surest first; each has one, but of several
    marked on one line or found in one quote all may."""
    wanted = text.truth["commitments"]
    likely = []
    for place, row in enumerate(found.commitments):
        for truth, want in enumerate(wanted):
            likeness = _met(row, want, text.rendered)
            if likeness:
                likely.append((-likeness, place, truth))
    out: list[tuple[int, int]] = []
    line_of: dict[int, int] = {}  # a found one -> the line of its truth
    taken: set[int] = set()
    for _, place, truth in sorted(likely):
        line = wanted[truth]["line"]
        if truth in taken or line_of.setdefault(place, line) != line:
            continue
        taken.add(truth)
        out.append((place, truth))
    return out


def _right(found: PlanText, text: Marked, met: list[tuple[int, int]]) -> Pair:
    """How many found ones are commitments, of those that can be told: a second find of a truth is right."""
    wanted = text.truth["commitments"]
    right = told = 0
    own = dict(met)
    for place, row in enumerate(found.commitments):
        sure = [want["sure"] for want in wanted if _met(row, want, text.rendered)]
        if place in own:
            sure = [wanted[own[place]]["sure"]]
        if sure and not any(sure):
            continue
        told += 1
        right += bool(sure)
    return right, told


def _stems(name: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words(name) if word not in NAMELESS)


def _is_named(name: str, among: Sequence[str]) -> bool:
    """Is a name, by the beginnings of its words, one of some, or a part of it, or has one as a part?"""
    own = _stems(name)
    return any(own and _stems(other) and (own <= _stems(other) or own >= _stems(other)) for other in among)


def owner_is_right(row: CommitmentRow, want: Row) -> bool:
    """Are all owners named, and none that is neither owner nor partner?"""
    allowed = [*want["owners"], *want.get("partners", [])]
    if not want["owners"] and row["who"]:
        return False
    return all(_is_named(each, row["who"]) for each in want["owners"]) and all(
        _is_named(each, allowed) for each in row["who"]
    )


def _day(row: CommitmentRow, year: int | None) -> str:
    found: date | None = day_of(row["when"], year or 0) if year else None
    return str(found or "")


def deadline_is_right(row: CommitmentRow, want: Row, year: int | None) -> bool:
    """Is the day the marked one (or one that may stand there), or the rhythm told where one is marked?"""
    day = _day(row, year)
    if want["deadline"] is None and not day:
        return not want["recurs"] or row["recurring"] or recurrence_of(row["when"]) != ""
    if want.get("deadline_null_ok") and not day:
        return True
    return day in (want["deadline"], *want.get("deadline_alt", []))


def judged(finding: FindingRow, found: PlanText, lines: Sequence[str], text: Marked) -> str:
    """ "sand", "falsk" or "usikker": what the markers say of a remark."""
    said = [lines[line - 1] for line in {finding["line"], *finding["lines"]} if line]
    said += re.findall("“([^”]+)”", finding["message"])
    kinds = TELLS_OF.get(finding["code"], OTHERWISE)
    problems = [p for p in text.truth["problems"] if p["kind"] in kinds]
    sure = [p["sure"] for p in problems if any(alike(each, p["quote"]) for each in said)]
    if any(sure) or _lacks(finding, found, text):
        return "sand"
    return "usikker" if sure else "falsk"


def _lacks(finding: FindingRow, found: PlanText, text: Marked) -> bool:
    """Has the commitment that a remark is about no owner or no time by its truth?"""
    for place, truth in pairs(found, text):
        want = text.truth["commitments"][truth]
        if found.commitments[place]["line"] != finding["line"]:
            continue
        if finding["code"] == "promise_without_owner" and not want["owners"]:
            return True
        timeless = want["deadline"] is None or want.get("deadline_null_ok")
        if finding["code"] == "promise_without_date" and timeless and not want["recurs"]:
            return True
    return False


def _title_is_right(found: PlanText, truth: Row) -> bool:
    said = " ".join(words(found.title))
    return any(said == " ".join(words(each)) for each in [truth["title"], *truth.get("title_alt", [])])


def _year_is_right(found: PlanText, truth: Row) -> bool:
    if truth["year"] is None:
        return found.year is None or str(found.year) == truth["meeting_date"][:4]
    return found.year in (truth["year"], *(truth["years"] or [])[:1])


def score(text: Marked, *, remarks: bool = False) -> dict[str, Pair]:
    """What is right of a text, of how much."""
    truth = text.truth
    found, lines = read(text.file.read_bytes(), text.file.name)
    met = pairs(found, text)
    rows = [(found.commitments[place], truth["commitments"][want]) for place, want in met]
    sure = [want for want in truth["commitments"] if want["sure"]]
    timed = [(row, want) for row, want in rows if want["deadline"] or want["recurs"]]
    dated = [(row, want) for row, want in rows if want["deadline"]]
    untimed = [(row, want) for row, want in rows if not want["deadline"]]
    judgements = Counter(judged(each, found, lines, text) for each in found.findings)
    if remarks:
        for each in found.findings:
            print(" ", judged(each, found, lines, text), each["code"], each["message"])
    return {
        "slags": (int(found.kind in KINDS.get(truth["kind"], (truth["kind"],))), 1),
        "titel": (int(_title_is_right(found, truth)), 1),
        "år": (int(_year_is_right(found, truth)), 1),
        "løfter fundet": (sum(want["sure"] for _, want in rows), len(sure)),
        "rigtige": _right(found, text, met),
        "ansvarlig": (sum(owner_is_right(*pair) for pair in rows), len(rows)),
        "frist": (sum(deadline_is_right(*pair, found.year) for pair in dated), len(dated)),
        "frist eller rytme": (sum(deadline_is_right(*pair, found.year) for pair in timed), len(timed)),
        "ingen opfundet frist": (sum(not _wrong_day(*pair, found.year) for pair in untimed), len(untimed)),
        "bemærkninger": (judgements["sand"], judgements["sand"] + judgements["falsk"]),
    }


def _wrong_day(row: CommitmentRow, want: Row, year: int | None) -> bool:
    """Is a day told where the truth has none?"""
    return _day(row, year) not in ("", *want.get("deadline_alt", []))


def share(hits: int, of: int) -> str:
    """ "52/58 0,90"."""
    part = hits / of if of else 1.0
    return f"{hits}/{of} {part:.2f}".replace(".", ",")


def main() -> None:
    """Every text, and the sum."""
    sums: dict[str, list[int]] = {}
    for text in texts():
        print(f"\n{text.file.name} ({text.truth['kind']})")
        for what, (hits, of) in score(text, remarks="--remarks" in sys.argv).items():
            total = sums.setdefault(what, [0, 0])
            total[0], total[1] = total[0] + hits, total[1] + of
            print(f"  {what:<22}{share(hits, of)}")
    print("\nalle otte")
    for what, (hits, of) in sums.items():
        print(f"  {what:<22}{share(hits, of)}")


if __name__ == "__main__":
    main()
