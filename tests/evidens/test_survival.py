"""The Kaplan-Meier estimate, by hand, against lifelines, and in its properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidens.survival import kaplan_meier

FOLLOWED = st.lists(st.tuples(st.integers(1, 40), st.booleans()), min_size=1, max_size=60)


def test_it_counts_by_hand_what_one_can_count_by_hand() -> None:
    """Six cases.

    One ends on day 2 (of six), on day 3 (of five), on day 5 (of three); one left on day 3, two wait
    on day 9.
    """
    found = kaplan_meier(np.array([2.0, 3, 3, 5, 9, 9]), np.array([True, True, False, True, False, False]))
    assert found.share == pytest.approx([5 / 6, 5 / 6 * 4 / 5, 5 / 6 * 4 / 5 * 2 / 3])
    assert found.at(1) == (1.0, 1.0, 1.0)
    assert found.until(0.5) == 5
    assert found.until(0.1) is None


@settings(deadline=None, max_examples=40)  # the peer is slow to load
@given(FOLLOWED)
def test_it_gives_what_lifelines_gives(followed: list[tuple[int, bool]]) -> None:
    lifelines = pytest.importorskip("lifelines", reason="lifelines er ikke installeret")
    times, ended = np.array([float(time) for time, _ in followed]), np.array([end for _, end in followed])
    if not ended.any():
        return
    found = kaplan_meier(times, ended)
    peer = lifelines.KaplanMeierFitter().fit(times, ended)
    limits = peer.confidence_interval_survival_function_
    for time in (1, 7, 20, 40):
        share, low, high = found.at(time)
        assert share == pytest.approx(float(peer.predict(time)))
        if 0 < share < 1:  # where nobody waits the peer has no interval
            assert sorted([low, high]) == pytest.approx(sorted(limits.asof(time).tolist()))


@given(FOLLOWED)
def test_it_only_falls_and_stays_inside_its_interval(followed: list[tuple[int, bool]]) -> None:
    times, ended = np.array([float(time) for time, _ in followed]), np.array([end for _, end in followed])
    found = kaplan_meier(times, ended)
    assert np.all(np.diff(found.share) <= 0)
    assert np.all((found.low <= found.share + 1e-12) & (found.share <= found.high + 1e-12))
