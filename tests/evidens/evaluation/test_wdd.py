"""The weighted displacement difference: counted by hand, its bad input, and what its sentence may say."""

import numpy as np
import pytest

from evidens.errors import BadRequest
from evidens.evaluation.wdd import Change, power_for, wdd


def test_it_counts_by_hand_what_one_can_count_by_hand() -> None:
    """100 -> 60 where the comparison went 80 -> 90: 50 fewer, variance 330."""
    found = wdd(Change(100, 60), Change(80, 90))
    assert (found.estimate, found.se**2) == (-50, pytest.approx(330))
    assert found.details["expected_after"] == 110


def test_it_brings_two_years_before_to_the_length_of_one_after() -> None:
    """200 in two years are 100 a year, with variance 200 / 4."""
    found = wdd(Change(200, 60, 2, 1), Change(160, 90, 2, 1))
    assert (found.estimate, found.se**2) == (-50, pytest.approx(60 + 50 + 90 + 40))


def test_it_sees_displacement() -> None:
    """50 fewer here and 50 more next door are nothing won."""
    found = wdd(Change(100, 50), Change(100, 100), Change(100, 150), Change(100, 100))
    assert found.estimate == 0
    assert (found.details["local"], found.details["displaced"]) == (-50, 50)
    assert "ingen klar forskel" in found.sentence_da


def test_it_is_wider_where_the_counts_vary_more() -> None:
    areas = Change(207, 110), Change(308, 318)
    calm, wild = wdd(*areas), wdd(*areas, phi=4)
    assert wild.se == pytest.approx(2 * calm.se)
    assert calm.has("poisson_only")
    assert not wild.has("poisson_only")
    assert "ved ren tilfældighed" in calm.sentence_da
    assert "færre" not in wdd(Change(20, 12), Change(30, 31), phi=4).sentence_da


def test_it_says_what_could_be_seen_from_the_counts_before_alone() -> None:
    one, other = (power_for(Change(207, after), Change(308, 300), expected=100) for after in (1, 999))
    assert one == other
    assert one.enough
    assert not power_for(Change(207, 0), Change(308, 0), expected=50).enough


@pytest.mark.parametrize(
    ("areas", "phi", "said"),
    [
        ((Change(-1, 2), Change(3, 4)), 1, "negativt"),
        ((Change(1, 2, 0), Change(3, 4)), 1, "længere end 0"),
        ((Change(0, 0), Change(0, 0)), 1, "Alle antal er 0"),
        ((Change(1, 2), Change(3, 4)), 0.5, "phi er mindst 1"),
        ((Change(1, 2), Change(3, 4), Change(1, 1)), 1, "Naboområdet"),
    ],
)
def test_it_refuses_with_a_sentence(areas: tuple[Change, ...], phi: float, said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        wdd(*areas, phi=phi)


def test_it_covers_what_is_true() -> None:
    """A true effect of -40 among Poisson counts: .92 to .98 of 2,000 worlds."""
    random = np.random.default_rng(1)
    means = [(200, 160), (300, 300), (150, 150), (150, 150)]
    held = []
    for _ in range(2000):
        found = wdd(*(Change(*random.poisson(pair).astype(float)) for pair in means))
        held.append(found.low <= -40 <= found.high)
    assert 0.92 <= np.mean(held) <= 0.98
