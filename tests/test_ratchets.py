"""What is counted in docs/reference/ratchets.toml may fall and never rise."""

import ast
import tomllib

import pytest

from samraad.demo import ratchets


def test_it_lets_no_figure_rise() -> None:
    assert ratchets.risen(ratchets.stored(), ratchets.measured()) == []


def test_it_writes_down_nothing_of_a_package_that_is_gone() -> None:
    assert set(ratchets.stored()) == set(ratchets.packages())


def test_it_writes_the_lower_of_two_figures() -> None:
    low, high = {"choices": 1.0, "lines": 10.0}, {"choices": 5.0, "lines": 70.0}
    before, now = {"evidens": low}, {"evidens": high}
    assert tomllib.loads(ratchets.lowered(before, now)) == {"evidens": {"choices": 1.0, "lines": 70.0}}
    assert tomllib.loads(ratchets.lowered(now, before)) == {"evidens": {"choices": 1.0, "lines": 10.0}}
    assert ratchets.risen(before, now) == ["evidens: choices er steget fra 1.0 til 5.0"]
    assert ratchets.risen(now, before) == []


def test_it_says_what_is_not_written_down() -> None:
    [words] = ratchets.risen({}, {"evidens": {"choices": 1.0}})
    assert "./run docs" in words


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("name = short or long", 1),
        ("return_ = f(a and b)", 1),
        ("def f() -> str:\n    return a or b", 1),
        ("def f() -> bool:\n    return a or b", 0),
        ("while a and b: pass", 0),
        ("assert a and b", 0),
        ("x = 1 if a and b else 2", 0),
        ("x = [y for y in z if a and b]", 0),
        ("x = not (a and b)", 0),
        ("if f(a or b): pass", 0),
    ],
)
def test_it_counts_and_or_only_where_they_are_values(code: str, number: int) -> None:
    assert ratchets.values_in(ast.parse(code)) == number
