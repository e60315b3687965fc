"""The reader against known truth and against a peer, in one run.

    ./run bench read_plan
    .venv/bin/python benchmarks/read_plan.py --smallest    (everything once, in the smallest size)
    .venv/bin/python benchmarks/read_plan.py --totals      (the own plans alone, summed per group and form)

Prints, per file and class, recall and precision: on the shared plans (`expected.json`, see its SOURCE.md)
and on the project's own plans (tests/manuscript/plans), these as text, Word, web page and PDF. Then the
whole reading of a PDF as a ratio to the bare text extraction of the same PDF (pypdfium2; target at most
5), and the memory for 200 pages (target at most 300 MB).
"""

import gc
import inspect
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import pypdfium2

from manuscript.reading import PlanText, read
from tests.manuscript.plans import truth
from tests.manuscript.plans.particulars import particulars

SHARED = Path(os.environ.get("SAMRAAD_SHARED_DATA", ROOT.parent / "shared" / "data")) / "plans"
Row = Mapping[str, Any]
Rows = Sequence[Row]


def same(text: str) -> str:
    """A title or anchor without what is no difference."""
    return re.sub(r"[^\wæøå§]+", " ", text.lower()).strip()


def share(hits: int, of: int) -> str:
    """ "52 af 58 (0,90)"."""
    part = 1.0
    if of:
        part = hits / of
    return f"{hits} af {of} ({part:.2f})".replace(".", ",")


def values(value: Any) -> str:
    """A figure's absolute value as one word, to compare by."""
    if isinstance(value, int | float):
        value = abs(value)
    return json.dumps(value)


def _is_the_same(row: Row, want: Row) -> bool:
    """Is a found promise the expected one: on its line, and with its first words?"""
    lines = {want["line"], want.get("also_line")}
    if lines.isdisjoint({row["line"], *row["also"]}):
        return False
    anchor = same(want["anchor"])
    return same(row["text"]).startswith(anchor[: max(12, len(anchor) - 8)])


def commitments(found: Rows, expected: Rows) -> tuple[int, int, int]:
    """(hits among those that count, how many count, how many found ones match any)."""
    counted = [want for want in expected if not want.get("weak")]
    hits = sum(any(_is_the_same(row, want) for row in found) for want in counted)
    right = sum(any(_is_the_same(row, want) for want in expected) for row in found)
    return hits, len(counted), right


def show(name: str, rows: list[tuple[str, str]]) -> None:
    """Print a file's figures."""
    print(f"\n{name}")
    for what, text in rows:
        print(f"  {what:<28}{text}")


def nordjylland(expected: Row) -> None:
    """The plan of 2022, every class."""
    found, _ = read((SHARED / "nordjylland_2022.txt").read_bytes(), "nordjylland_2022.txt")
    sections = {(row["number"], same(row["title"]), row["line"]) for row in found.sections}
    chapters = [(row["number"], same(row["body_title"]), row["body_line"]) for row in expected["chapters"]]
    areas = {row["line"] for row in found.focus_areas}
    towns = zip(found.municipalities, expected["municipalities"], strict=False)
    hits, counted, right = commitments(found.commitments, expected["commitments"])
    figures = {(row["line"], values(row["value"])) for row in found.figures}
    missed = [row for row in expected["figures"] if (row["line"], values(row["value"])) not in figures]
    fora = {row["name"] for row in found.fora}
    defects = _Defects(found.findings, expected["defects"])
    rows = [
        ("afsnit", share(sum(chapter in sections for chapter in chapters), len(chapters))),
        ("indsatsområder", _among(areas, expected["focus_areas"], "line")),
        (
            "kommuner i rækkefølge",
            share(sum(a == b["name"] for a, b in towns), len(expected["municipalities"])),
        ),
        ("løfter, fundet", share(hits, counted) + "  mål 0,90"),
        ("løfter, rigtige", share(right, len(found.commitments)) + "  mål 0,85"),
        (
            "tal, fundet",
            share(len(expected["figures"]) - len(missed), len(expected["figures"])) + "  mål 0,95",
        ),
        ("fora", _among(fora, expected["fora_of_annex_06"], "name")),
        ("fejl: skal findes", defects.share("must")),
        ("fejl: må findes", defects.share("may")),
        ("fejl: må ikke findes", f"{len(defects.met('must_not'))} fundet"),
    ]
    show("nordjylland_2022.txt", rows)
    if "-v" in sys.argv:
        print("  oversete tal:", [(row["line"], row["text"]) for row in missed])
        print("  oversete fejl:", [(row["lines"], row["kind"]) for row in defects.overlooked()])
        _explain(found.commitments, expected["commitments"])


def _among(found: set[Any], expected: Rows, key: str) -> str:
    """How many of the expected rows have their key among what was found."""
    return share(sum(row[key] in found for row in expected), len(expected))


class _Defects:
    """The expected defects by level (must, may, must_not), and which of them were told."""

    def __init__(self, findings: Rows, expected: Rows) -> None:
        self.expected = expected
        self.told = {(line, row["code"]) for row in findings for line in (row["line"], *row["lines"])}

    def of(self, level: str) -> Rows:
        return [row for row in self.expected if row["level"] == level]

    def met(self, level: str) -> Rows:
        return [row for row in self.of(level) if (row["lines"][0], row["kind"]) in self.told]

    def overlooked(self) -> Rows:
        met = self.met("must")
        return [row for row in self.of("must") if row not in met]

    def share(self, level: str) -> str:
        return share(len(self.met(level)), len(self.of(level)))


def _explain(found: Rows, expected: Rows) -> None:
    """Print the promises that are too many, and those that were overlooked."""
    for row in found:
        if not any(_is_the_same(row, want) for want in expected):
            print("  for meget:", row["line"], row["text"][:80])
    for want in expected:
        if not any(_is_the_same(row, want) for row in found):
            weak = "(weak)" if want.get("weak") else ""
            print("  overset:", want["line"], want["anchor"], weak)


KINDS = {
    "samarbejdsplan": "cooperation_plan",
    "samarbejdsplan (web)": "cooperation_plan",
    "handleplan lokalråd": "action_plan",
    "referat lokalråd": "minutes",
    "referat kredsråd": "minutes",
    "indsatsark": "sheet",
    "tryghedsplan": "action_plan",
    "udmøntningsplan": "action_plan",
    "PSP-aftale": "agreement",
    "effektrapport": "report",
    "regler lokalråd": "rules",
}
AMONG_THE_FIGURES = ("meetings_min", "new_initiatives", "max_municipal", "max_community", "term_years")


def fixture(entry: Row) -> list[tuple[str, bool]]:
    """What the JSON can say of a fixture, and whether it says it."""
    found, _ = read((SHARED / entry["file"]).read_bytes(), entry["file"])
    expect, kind = entry["expect"], entry["type"]
    is_plan = "plan" in kind and "PSP" not in kind
    asked: list[tuple[str, bool]] = [
        ("slags", found.kind == KINDS[kind]),
        ("er det en plan", (found.not_a_plan is None) == is_plan),
    ]
    if "year" in entry:
        asked.append(("år", found.year == entry["year"]))
    if "date" in entry:
        asked.append(("år", str(found.year) == entry["date"][:4]))
    asked += _counted(found, expect)
    if "fora" in expect:
        names = {same(forum["name"]) for forum in found.fora}
        asked.append(("fora", names.issuperset(map(same, expect["fora"]))))
    if "lettered_chapters" in expect:
        letters = [row["number"] for row in found.sections if row["number"]]
        asked.append(("bogstaver", letters == expect["lettered_chapters"]))
    numbers = {row["value"] for row in found.figures if isinstance(row["value"], int | float)}
    for key in AMONG_THE_FIGURES:
        if key in expect:
            asked.append((key, expect[key] in numbers))
    if "activities" in expect and kind == "effektrapport":
        asked.append(("activities", expect["activities"] in numbers))
    if isinstance(expect.get("figures"), dict):
        asked.append(("tal", numbers.issuperset(expect["figures"].values())))
    return asked


def _counted(found: PlanText, expect: Row) -> list[tuple[str, bool]]:
    """Whether there are as many of each as expected."""
    counts = {
        "focus_areas": len(found.focus_areas),
        "focus_areas_named": len(found.focus_areas),
        "municipalities": len(found.municipalities),
        "agenda_items": len(found.sections),
        "sections": len(found.sections),
        "toc_entries": len(found.sections),
    }
    return [(key, counts[key] == want) for key, want in expect.items() if key in counts]


def own_plans(groups: tuple[str, ...], most: int | None) -> None:
    """The project's own plans (at most so many of a group): every class, every form."""
    for folder in groups:
        for plan in truth.plans(folder)[:most]:
            rows = []
            for form, content in plan.forms():
                found, lines = read(content, f"{plan.name}.{form}")
                score = plan.score(found, lines)
                rows.append((form, "  ".join(f"{what} {share(*pair)}" for what, pair in score.items())))
            show(f"{folder}/{plan.name}".lstrip("/"), rows)


def totals(forms: tuple[str, ...]) -> None:
    """The own plans summed per group and form, with who and when of each promise: what a change of a rule
    does to plans that it was made on, and to those that it was not."""
    for folder in ("", "later", "unseen"):
        for form in forms:
            sums: dict[str, list[int]] = {}
            for plan in truth.plans(folder):
                found, lines = read(dict(plan.forms())[form], f"{plan.name}.{form}")
                for what, pair in {**plan.score(found, lines), **particulars(plan, found)}.items():
                    total = sums.setdefault(what, [0, 0])
                    total[0], total[1] = total[0] + pair[0], total[1] + pair[1]
            show(f"{folder or 'plans'}, {form}", [(what, share(*pair)) for what, pair in sums.items()])


def forget() -> None:
    """Every reading is of a new file: what was remembered of the last one's sentences is emptied (the word
    lists stay)."""
    for name, module in list(sys.modules.items()):
        if name.startswith("manuscript."):
            for thing in vars(module).values():
                if hasattr(thing, "cache_clear") and inspect.signature(thing).parameters:
                    thing.cache_clear()


def bare(content: bytes) -> int:
    """The peer: the letters of a PDF, taken out page by page."""
    document = pypdfium2.PdfDocument(content)
    return sum(len(page.get_textpage().get_text_range()) for page in document)


def seconds(run: Callable[[], Any]) -> float:
    """How long it takes in a process of its own, as the reader has: Python looks for no waste meanwhile."""
    forget()
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    run()
    passed = time.perf_counter() - start
    gc.enable()
    return passed


def peer(sizes: tuple[int, ...], runs: int) -> None:
    """Time and memory on PDFs of some pages, against bare extraction; the two by turns, the best of each."""
    print(f"\nMod ren udtrækning af teksten (pypdfium2), bedste af {runs}")
    for pages in sizes:
        content = truth.long_pdf(pages)
        times = [
            (seconds(partial(bare, content)), seconds(partial(read, content, "lang.pdf")))
            for _ in range(runs)
        ]
        raw, whole = (min(each) for each in zip(*times, strict=True))
        row = f"  {pages:>3} sider  {raw * 1000:7.0f} ms  {whole * 1000:7.0f} ms  forhold {whole / raw:.1f}"
        print(row.replace(".", ",") + "  mål 5")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        out = subprocess.run(
            [sys.executable, __file__, "--memory", file.name],
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
        )
    print(f"  hukommelse ved {pages} sider: {out.stdout.strip().splitlines()[-1]} MB  mål 300")


def shared_plans() -> None:
    """The plans that lie beside the project, with what is true of them."""
    entries = json.loads((SHARED / "expected.json").read_text("utf-8"))["files"]
    nordjylland(next(e["expect"] for e in entries if e["file"] == "nordjylland_2022.txt"))
    for entry in entries:
        if entry["file"] == "nordjylland_2022.txt":
            continue
        asked = fixture(entry)
        wrong = [name for name, right in asked if not right]
        answers = share(sum(right for _, right in asked), len(asked))
        if wrong:
            answers += f"  forkert: {', '.join(wrong)}"
        show(entry["file"], [("svar", answers)])


def memory(file: str) -> None:
    """Print the megabytes that a reading takes at most, in a process that has made no PDF."""
    read(Path(file).read_bytes(), "lang.pdf")
    status = Path("/proc/self/status").read_text()  # ru_maxrss would remember the parent's
    peak = re.search(r"VmHWM:\s+(\d+)", status)
    print(int(peak[1]) // 1024 if peak else 0)


def main() -> None:
    """Everything; with `--smallest` once and in the smallest size, to see that it runs."""
    if "--memory" in sys.argv:
        memory(sys.argv[-1])
        return
    if "--totals" in sys.argv:
        shared_plans()
        totals(("txt", "docx"))
        return
    if (SHARED / "expected.json").is_file():
        shared_plans()
    else:
        print("De delte planer ligger ikke i SAMRAAD_SHARED_DATA; her er projektets egne.")
    if "--smallest" in sys.argv:
        own_plans(("",), most=1)
        peer((1,), runs=1)
    else:
        own_plans(("", "later", "unseen"), most=None)
        peer((10, 40, 200), runs=9)


if __name__ == "__main__":
    main()
