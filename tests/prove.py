"""`./run prove`: each folder of tests timed in one process, then the long tests on both databases.

What came of it is written to docs/reference/prove.md. The time on one core is what the processors worked
for the process and those it started, so that a machine with more to do makes no test slower.
"""

import ast
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "docs" / "reference" / "prove.md"
LIMIT = 60
WAYS = "50"  # in which each form is filled in, and each list of acts is tried, by what is generated
GENERATED = ["tests/trust/test_input.py", "tests/trust/test_life_of_a_plan.py"]
HEAD = "| | on one core, s | on the clock, s | passed | failed | skipped |\n|---|---|---|---|---|---|\n"


@dataclass(frozen=True)
class Result:
    """What one run of pytest came to."""

    what: str
    worked: float
    seconds: float
    passed: int
    failed: int
    skipped: int

    def row(self) -> str:
        """A line of a table."""
        counts = f"{self.passed} | {self.failed} | {self.skipped}"
        return f"| {self.what} | {self.worked:.0f} | {self.seconds:.0f} | {counts} |\n"


def long_in(code: str) -> Iterator[tuple[str, str]]:
    """Names of the tests that are marked long in a file, and what their docstrings say they prove."""
    tree = ast.parse(code)
    whole = any(_sets_long(node) for node in tree.body)
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        if whole or any(_is_long(mark) for mark in node.decorator_list):
            says = ast.get_docstring(node) or ""
            if not says:
                raise ValueError(f"{node.name} is marked long and does not say what it proves.")
            yield node.name, says.splitlines()[0]


def _sets_long(node: ast.stmt) -> bool:
    """Is it `pytestmark = …` with the mark?"""
    if not isinstance(node, ast.Assign) or ast.unparse(node.targets[0]) != "pytestmark":
        return False
    return any(_is_long(mark) for mark in ast.walk(node.value))


def _is_long(mark: ast.AST) -> bool:
    return isinstance(mark, ast.Attribute) and ast.unparse(mark) == "pytest.mark.long"


def long_tests() -> dict[str, str]:
    """All tests that are marked long: where they are -> what they prove."""
    return {
        f"{path.relative_to(ROOT).as_posix()}::{name}": says
        for path in sorted((ROOT / "tests").rglob("test_*.py"))
        for name, says in long_in(path.read_text("utf-8"))
    }


def rooms() -> list[str]:
    """The folders with tests."""
    found = {path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "tests").glob("*/test_*.py")}
    return sorted(found)


def run(what: str, arguments: list[str], database: str = "", ways: str = "") -> Result:
    """Let pytest run in a process of its own; its own words go to the screen."""
    print(f"\n{what}", flush=True)
    kept = {name: value for name, value in os.environ.items() if name != "SAMRAAD_DATABASE"}
    if ways:
        kept["SAMRAAD_EXAMPLES"] = ways
    begun, worked = time.monotonic(), _worked()
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.xml"
        command = [sys.executable, "-m", "pytest", f"--junitxml={told}", *arguments]
        done = subprocess.run(command, cwd=ROOT, env={**kept, "SAMRAAD_DATABASE": database}, check=False)
        seconds = time.monotonic() - begun
        if done.returncode not in (0, 1):
            sys.exit(f"pytest kunne ikke prøve {what} (kode {done.returncode}).")
        return counted(what, (_worked() - worked, seconds), told.read_text("utf-8"))


def _worked() -> float:
    """Seconds of processor that went to what was started and has ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def counted(what: str, times: tuple[float, float], told: str) -> Result:
    """The numbers of pytest's own report."""
    [suite] = ElementTree.fromstring(told)
    total, skipped, failed, errors = (
        int(suite.attrib[name]) for name in ("tests", "skipped", "failures", "errors")
    )
    bad = failed + errors
    return Result(what, *times, passed=total - skipped - bad, failed=bad, skipped=skipped)


def page(
    on: date, proved: list[Result], generated: list[Result], folders: list[Result], tests: dict[str, str]
) -> str:
    """The text of docs/reference/prove.md."""
    worked = _names([result for result in folders if result.worked > LIMIT])
    seconds = _names([result for result in folders if result.seconds > LIMIT])
    return (
        "<!-- Written by ./run prove. -->\n\n# What `./run prove` found\n\n"
        f"{on}, {os.cpu_count()} cores, Python {platform.python_version()}.\n\n"
        "## Long tests\n\nThey are marked `long`; `./run test` leaves them out.\n\n"
        f"{HEAD}{''.join(result.row() for result in proved)}\n"
        f"{''.join(f'- `{name}`: {says}{chr(10)}' for name, says in tests.items())}\n"
        f"## Generated input, {WAYS} ways of each\n\n"
        f"{HEAD}{''.join(result.row() for result in generated)}\n"
        "## The other tests, folder by folder\n\n"
        "SQLite, one process each, from the start of Python to its end. On one core: what the processors "
        "worked for it (and for most of the stories' browser). On the clock: with all the machine did.\n\n"
        f"{HEAD}{''.join(result.row() for result in folders)}\n"
        f"Above {LIMIT} seconds on one core: {worked}. On the clock: {seconds}.\n"
    )


def _names(results: list[Result]) -> str:
    return ", ".join(f"`{result.what}`" for result in results) or "none"


def main(postgres: str) -> int:
    """Run it all, write the page, and say whether anything failed."""
    tests = long_tests()
    folders = [run(folder, [folder]) for folder in rooms()]
    only_long = ["-m", "long", *tests]
    on = {"SQLite": "", "PostgreSQL": postgres}
    proved = [run(name, only_long, address) for name, address in on.items()]
    generated = [run(name, GENERATED, address, WAYS) for name, address in on.items()]
    FILE.write_text(page(datetime.now(UTC).date(), proved, generated, folders, tests), "utf-8")
    print(FILE.read_text("utf-8"))
    return int(any(result.failed for result in [*folders, *proved, *generated]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
