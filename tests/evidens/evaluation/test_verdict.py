"""The verdict by arithmetic, over a grid, and what it may never say."""

import itertools

import pytest

from evidens.errors import BadRequest
from evidens.evaluation.effect import Effect, Sight
from evidens.evaluation.threats import FEW_PLACEBOS, NO_COMPARISON
from evidens.evaluation.verdict import WORDS, finding, verdict
from evidens.reservations import Reservation

GRID = [-30.0, -20.0, -10.0, 0.0, 10.0, 20.0, 30.0]


def effect(low: float, high: float, *told: Reservation) -> Effect:
    return Effect(
        "x", "difference", (low + high) / 2, 1.0, low, high, "m", Sight(None, "antal", ""), "", tuple(told)
    )


def test_it_follows_the_rule_over_a_grid_with_equality() -> None:
    """hi < d: did not work; else lo > 0: worked; else cannot be told. In that order."""
    for low, high, smallest in itertools.product(GRID, GRID, (10.0, 20.0)):
        if low > high:
            continue
        wanted = "cannot_tell"
        if high < smallest:
            wanted = "did_not"
        elif low > 0:
            wanted = "worked"
        assert finding(low, high, smallest) == wanted
        assert verdict(effect(-high, -low), smallest, registered=True).finding == wanted
        assert verdict(effect(low, high), smallest, "rise", registered=True).finding == wanted


def test_it_reads_a_ratio_in_per_cent() -> None:
    found = Effect("x", "ratio", 0.7, 0.1, 0.6, 0.8, "m", Sight(None, "%", ""), "", ())
    said = verdict(found, 10, registered=True)
    assert (round(said.low), round(said.high), said.word) == (20, 40, "Virkede")
    assert verdict(found, 45, registered=True).word == "Virkede ikke"


@pytest.mark.parametrize("low", GRID)
def test_it_never_says_worked_of_a_study_made_afterwards(low: float) -> None:
    said = verdict(effect(low, low + 5), 10, "rise")
    assert said.word == WORDS["cannot_tell"]
    assert "registreret" in said.why


@pytest.mark.parametrize("told", [NO_COMPARISON, FEW_PLACEBOS])
def test_it_never_decides_without_enough_to_compare_with(told: Reservation) -> None:
    said = verdict(effect(20, 40, told), 10, "rise", registered=True)
    assert said.finding == "cannot_tell"
    assert "sammenligne" in said.why


def test_it_refuses_a_smallest_effect_of_nothing_and_an_unknown_direction() -> None:
    with pytest.raises(BadRequest, match="over 0"):
        finding(1, 2, 0)
    with pytest.raises(BadRequest, match="fall"):
        verdict(effect(1, 2), 1, "sideways")
