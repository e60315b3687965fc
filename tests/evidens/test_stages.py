"""The steps of a hand-over: open cases are neither a yes nor a no."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidens.errors import BadRequest
from evidens.stages import stages

NAMES = ["spurgt", "ja", "mødt", "begyndt"]
CASES = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=60)


def test_it_counts_by_hand_what_one_can_count_by_hand() -> None:
    """Ten asked: four said no, one has not answered, five said yes; of those three met and two wait."""
    reached = [0, 0, 0, 0, 0, 1, 1, 2, 2, 3]
    closed = [True, True, True, True, False, False, False, False, True, False]
    found = stages(NAMES, reached, closed)
    yes, met, begun = found.stages
    assert (yes.of, yes.reached, yes.stopped, yes.open, yes.share) == (10, 5, 4, 1, 5 / 9)
    assert (yes.least, yes.most) == (0.5, 0.6)
    assert (met.of, met.reached, met.stopped, met.open, met.share) == (5, 3, 0, 2, 1.0)
    assert (begun.of, begun.reached, begun.stopped, begun.open) == (3, 1, 1, 1)
    assert (found.whole.reached, found.whole.stopped, found.whole.open) == (1, 5, 4)
    assert {one.code for one in found.reservations} == {"not_effect", "open", "young", "small"}
    assert "stadig på vej" in found.sentence()
    assert "%" not in found.sentence(), "of so few no percentage is said"


def test_it_gives_wilsons_interval_and_a_percentage_of_many() -> None:
    found = stages(["spurgt", "ja"], [1] * 80 + [0] * 20, [True] * 100)
    assert found.stages[0].low == pytest.approx(0.7111, abs=1e-4)
    assert found.stages[0].high == pytest.approx(0.8666, abs=1e-4)
    assert "80 %" in found.sentence()


@given(CASES)
def test_nobody_is_lost_and_the_band_holds_what_can_come(cases: list[tuple[int, bool]]) -> None:
    found = stages(NAMES, [step for step, _ in cases], [end for _, end in cases])
    of = len(cases)
    for stage in found.stages:
        assert stage.of == of
        assert stage.reached + stage.stopped + stage.open == stage.of
        assert 0 <= stage.least <= stage.most <= 1
        if stage.share is not None:
            assert stage.least - 1e-12 <= stage.share <= stage.most + 1e-12
        of = stage.reached


def test_no_decided_case_gives_no_share() -> None:
    found = stages(["spurgt", "ja"], [0, 0], [False, False])
    assert found.stages[0].share is None
    assert found.as_dict()["estimate"] is None


def test_it_refuses_with_a_sentence() -> None:
    for names, reached, closed, said in [
        (["a"], [0], [True], "to trin"),
        (["a", "a"], [0], [True], "eget navn"),
        (["a", "b"], [2], [True], "fra 0 til 1"),
        (["a", "b"], [0, 1], [True], "svar på"),
        (["a", "b"], [], [], "svar på"),
    ]:
        with pytest.raises(BadRequest, match=said):
            stages(names, np.array(reached, int), np.array(closed, bool))
