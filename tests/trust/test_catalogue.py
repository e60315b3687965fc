"""The catalogue of security, faults and proof says what is tried, and where nothing is."""

import tomllib
from pathlib import Path

from samraad.demo.reference import TRUST, trust_tests

ROOT = Path(__file__).parents[2]
ROWS = tomllib.loads((TRUST / "catalogue.toml").read_text("utf-8"))["row"]


def test_every_row_has_its_tests_or_says_what_is_missing() -> None:
    tests = trust_tests()
    bare = [row["id"] for row in ROWS if not (tests[row["id"]] or row.get("also") or row.get("gap"))]
    assert bare == []


def test_every_test_belongs_to_a_row_and_every_row_stands_once() -> None:
    ids = [row["id"] for row in ROWS]
    assert len(ids) == len(set(ids))
    assert set(trust_tests()) <= set(ids)


def test_what_is_named_elsewhere_is_there() -> None:
    named = {place for row in ROWS for place in row.get("also", [])}
    assert [place for place in sorted(named) if not (ROOT / place).exists()] == []
