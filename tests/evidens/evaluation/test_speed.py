"""A speed trial: days by hand, the models with their sources, and accidents that are computed and not
counted.
"""

from pathlib import Path

import numpy as np
import pytest

from evidens.errors import BadRequest
from evidens.evaluation.speed import Readings, power_for, speed
from evidens.evaluation.speed_models import model
from tests.evidens.evaluation.worlds import readings


def test_it_counts_by_hand_what_one_can_count_by_hand() -> None:
    """Two days each, 50 and 52 before, 47 and 49 after; the comparison 60 and 62 both times: 3 km/h
    slower.
    """
    found = speed(
        Readings(
            ("A",) * 4 + ("B",) * 4,
            np.array([False, False, True, True] * 2),
            np.array([True] * 4 + [False] * 4),
            np.array([50.0, 52, 47, 49, 60, 62, 60, 62]),
        )
    )
    assert found.estimate == pytest.approx(-3)
    assert found.se == pytest.approx(2.0), "the variance between days is 2, four means of two days each"
    assert "ingen klar ændring" in found.sentence_da


def test_it_says_that_accidents_are_computed() -> None:
    found = speed(readings(), expected=3)
    assert found.clear
    assert found.power.enough
    assert found.has("computed")
    assert "talt er de ikke" in found.sentence_da
    worth = found.details["accidents"]
    assert isinstance(worth, dict)
    assert worth["fatal"]["ratio"] < worth["fatal_serious"]["ratio"] < worth["injury"]["ratio"] < 1


def test_it_covers_what_is_true() -> None:
    held = []
    for seed in range(400):
        found = speed(readings(seed=seed))
        held.append(found.low <= -3 <= found.high)
    assert 0.92 <= np.mean(held) <= 0.98


def test_it_sees_what_can_be_seen_from_the_days_before() -> None:
    one, other = power_for(readings(slower=0)), power_for(readings(slower=9))
    assert one.smallest == pytest.approx(other.smallest, rel=1e-9)
    assert one.unit == "km/t"


def test_one_day_alone_says_that_days_vary_more_than_cars() -> None:
    one = readings(days=1)
    with pytest.raises(BadRequest, match="kun målt én dag"):
        speed(one)
    cars = Readings(one.stretch, one.after, one.treated, one.mean, np.full(8, 8.0), np.full(8, 1500.0))
    assert speed(cars).has("one_day")


def test_it_refuses_stretches_that_do_not_fit() -> None:
    one = readings()
    with pytest.raises(BadRequest, match="både før og efter"):
        speed(Readings(one.stretch, np.zeros(40, bool), one.treated, one.mean))
    with pytest.raises(BadRequest, match="både som indsats"):
        speed(Readings(("A",) * 40, one.after, one.treated, one.mean))


def test_its_models_have_sources_and_those_that_nobody_read_are_refused(tmp_path: Path) -> None:
    assert model().figures == {"fatal": 4, "fatal_serious": 3, "injury": 2}
    for name in ("elvik-2009", "elvik-2014"):
        with pytest.raises(BadRequest, match="ikke læst i kilden"):
            model(name)
    with pytest.raises(BadRequest, match="kendes ikke"):
        model("findes ikke")
    own = tmp_path / "egne.toml"
    own.write_text(
        '[[model]]\nid = "egen"\nversion = 2\nkind = "exponential"\nsource = "opdigtet til en prøve"\n'
        "figures = { injury = 0.03 }\n",
        "utf-8",
    )
    assert model("egen", own).ratio(50, 40) == pytest.approx(np.exp(-0.3))
    own.write_text('[[model]]\nid = "egen"\nversion = 2\nkind = "power"\nfigures = { injury = 2 }\n', "utf-8")
    with pytest.raises(BadRequest, match="ingen kilde"):
        model("egen", own)


@pytest.mark.parametrize(
    ("outcome", "before", "said"), [("slight", 50, "intet tal"), ("injury", 0, "over 0")]
)
def test_it_refuses_what_a_model_does_not_hold(outcome: str, before: float, said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        model().ratio(before, 40, outcome)
