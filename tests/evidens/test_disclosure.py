"""No small count of our own can be worked out from what is shown, not even by a linear programme."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidens import disclosure
from evidens.disclosure import Known, Tree
from evidens.errors import BadRequest

LAND = Tree({"land": ("nord", "syd"), "nord": ("a", "b", "c"), "syd": ("d", "e")})
YEAR = Tree({"2021": ("q1", "q2", "q3", "q4")})


def random_table(seed: int) -> disclosure.Linked:
    """Municipalities in two districts in a country, quarters in years, with many small counts."""
    random = np.random.default_rng(seed)
    names = tuple(f"m{n}" for n in range(int(random.integers(3, 10))))
    cut = int(random.integers(1, len(names)))
    land = Tree({"land": ("nord", "syd"), "nord": names[:cut], "syd": names[cut:]})
    years = {
        str(year): tuple(f"{year}q{n}" for n in range(1, 5))
        for year in range(2020, 2020 + int(random.integers(1, 3)))
    }
    time = Tree({"alle": tuple(years), **years} if len(years) > 1 else years)
    level = random.gamma(0.6, 12, len(names))
    return disclosure.linked(
        {(m, q): int(random.poisson(level[n])) for n, m in enumerate(names) for q in time.leaves}, land, time
    )


@given(st.integers(0, 10_000), st.sampled_from([3, 5]))
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_it_never_gives_up_a_protected_cell(seed: int, threshold: int) -> None:
    table = random_table(seed)
    found = disclosure.protect(table, threshold)
    assert found.broken == ()
    small = {cell for cell, value in zip(table.cells, table.value, strict=True) if 1 <= value < threshold}
    assert found.primary == small
    for one in disclosure.attack(table, found.withheld, targets=small):
        assert one.low <= 1e-6
        assert one.high >= threshold - 1e-6


def test_it_withholds_nothing_where_nothing_is_small() -> None:
    table = disclosure.linked({(m, q): 50 for m in LAND.leaves for q in YEAR.leaves}, LAND, YEAR)
    found = disclosure.protect(table, 5)
    assert found.withheld == frozenset()
    assert found.shown(("land", "2021")) == 1000


def test_it_protects_a_lone_small_cell_by_its_neighbours() -> None:
    leaves = {(m, q): 40.0 for m in LAND.leaves for q in YEAR.leaves} | {("a", "q1"): 2}
    table = disclosure.linked(leaves, LAND, YEAR)
    assert disclosure.attack(table, [("a", "q1")])[0].exact, "alone it is given away by the sums"
    found = disclosure.protect(table, 5)
    assert len(found.secondary) >= 3
    assert found.shown(("a", "q1")) is None
    assert found.shown(("land", "2021")) is not None


def test_it_can_protect_zeros_too() -> None:
    leaves = {(m, q): 40.0 for m in LAND.leaves for q in YEAR.leaves} | {("a", "q1"): 0}
    assert disclosure.protect(disclosure.linked(leaves, LAND, YEAR), 5).withheld == frozenset()
    assert disclosure.protect(disclosure.linked(leaves, LAND, YEAR), 5, zeros=True).primary == {("a", "q1")}


def test_it_respects_what_was_published_before() -> None:
    leaves = {(m, q): 40.0 for m in LAND.leaves for q in YEAR.leaves} | {("a", "q1"): 2}
    table = disclosure.linked(leaves, LAND, YEAR)
    told = Known((("a", "q1"), ("b", "q1")), 42.0)
    naive = disclosure.protect(table, 5)
    found = disclosure.protect(table, 5, earlier=[told])
    assert found.broken == ()
    assert ("b", "q1") in found.withheld, "else the earlier sum minus b gives a"
    assert all(
        one.low <= 1e-6
        for one in disclosure.attack(table, found.withheld, targets=[("a", "q1")], earlier=[told])
    )
    assert naive.withheld <= frozenset(table.cells)


def test_it_says_when_an_earlier_publication_has_already_given_a_cell_away() -> None:
    table = disclosure.linked({("a",): 2, ("b",): 40}, Tree({"alle": ("a", "b")}))
    with pytest.raises(BadRequest, match="allerede givet til kende"):
        disclosure.protect(table, 5, earlier=[Known((("a",),), 2.0)])


def test_it_keeps_what_should_be_shown_where_it_can() -> None:
    leaves = {(m,): 40.0 for m in "abcd"} | {("a",): 2}
    table = disclosure.linked(leaves, Tree({"alle": tuple("abcd")}))
    first = disclosure.protect(table, 5).secondary
    other = disclosure.protect(table, 5, keep=first).secondary
    assert first
    assert other
    assert not first & other


def test_it_refuses_half_a_table() -> None:
    with pytest.raises(BadRequest, match="mangler eller er negativ"):
        disclosure.linked({("a",): 2}, Tree({"alle": ("a", "b")}))
    table = disclosure.linked({("a",): 2, ("b",): 3}, Tree({"alle": ("a", "b")}))
    with pytest.raises(BadRequest, match="ikke i tabellen"):
        table.number(("x",))
    with pytest.raises(BadRequest, match="passer ikke"):
        disclosure.attack(table, [("a",), ("b",)], earlier=[Known((("a",),), 99.0)])


def test_it_takes_the_usual_case_in_one_call() -> None:
    counts = {(m, q): 30.0 for m in LAND.leaves for q in YEAR.leaves} | {("e", "q3"): 1}
    assert disclosure.by_place_and_period(counts, LAND, YEAR).broken == ()


def test_a_secret_varies_the_neighbours_and_protects_as_well() -> None:
    leaves = {(m, q): 40.0 + n for n, m in enumerate(LAND.leaves) for q in YEAR.leaves} | {("a", "q1"): 2}
    table = disclosure.linked(leaves, LAND, YEAR)
    found = [disclosure.protect(table, 5, secret=secret) for secret in range(8)]
    assert all(one.broken == () for one in found)
    assert len({one.secondary for one in found}) > 1


def test_it_gives_the_same_answer_in_every_process() -> None:
    """Two publications of one table that hide different cells would tell what either hides."""
    asked = (
        "from tests.evidens.test_disclosure import random_table; from evidens import disclosure;"
        "print([sorted(disclosure.protect(random_table(seed), 5).withheld) for seed in range(12)])"
    )
    root = Path(__file__).resolve().parents[2]
    answers = set()
    for order in ("1", "2", "3"):
        environment = {"PYTHONPATH": f"{root / 'src'}:{root}", "PYTHONHASHSEED": order}
        done = subprocess.run(
            [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment
        )
        answers.add(done.stdout)
    assert len(answers) == 1
