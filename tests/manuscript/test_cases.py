"""Small files with one difficulty each, and what a right reading of them says; they lie beside the shared
plans."""

import json
from typing import Any

import pytest

from benchmarks.read_plan import SHARED
from manuscript.reading import read
from tests.manuscript.cases import wrong

FOLDER = SHARED.parents[1] / "cases" / "reader"
ENTRIES: list[dict[str, Any]] = []
if (FOLDER / "expected.json").is_file():
    ENTRIES = json.loads((FOLDER / "expected.json").read_text("utf-8"))["files"]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry["file"]))
def test_it_reads_each_right(entry: dict[str, Any]) -> None:
    expected = dict(entry["expect"])
    if "absent_findings" in entry:
        expected["absent_findings"] = entry["absent_findings"]
    found, _ = read((FOLDER / entry["file"]).read_bytes(), entry["file"])
    assert wrong(expected, found) == {}
