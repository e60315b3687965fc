"""Courses and new cases: immortal time, overlap weights, and the fit against its peers."""

import numpy as np
import pytest

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation.cox import cox
from evidens.evaluation.followup import Followed, followup
from evidens.evaluation.overlap import overlap
from tests.evidens.evaluation.worlds import persons


def geometric(ratios: list[float]) -> float:
    return float(np.exp(np.mean(np.log(ratios))))


def test_a_course_that_does_nothing_shows_nothing() -> None:
    """60 worlds: counted from the first day it looks like a cure; with a landmark it is about 1."""
    naive, fair, held = [], [], []
    for seed in range(60):
        world = persons(seed)
        began = (~np.isnan(world.began))[:, None].astype(float)
        naive.append(float(np.exp(cox(world.days, world.ended, began).beta[0])))
        found = followup(world, 90)
        fair.append(found.estimate)
        held.append(found.low <= 1 <= found.high)
    assert geometric(naive) < 0.75
    assert geometric(fair) == pytest.approx(1, abs=0.06)
    assert np.mean(held) >= 0.88


def test_a_course_that_works_is_seen() -> None:
    found = geometric([followup(persons(seed, 0.5), 90).estimate for seed in range(30)])
    assert 0.45 < found < 0.75, "those who begin later count as the others, and thin the effect out"


def test_it_refuses_without_a_landmark() -> None:
    with pytest.raises(BadRequest, match="ventetiden"):
        followup(persons(1), None)


def test_it_says_whom_it_left_out() -> None:
    found = followup(persons(1), 90)
    assert int(str(found.details["gone_before"])) > 0
    assert int(str(found.details["began_later"])) > 0
    assert {"landmark", "competing", "choosers"} <= {one.code for one in found.reservations}
    world = persons(1)
    assert followup(Followed(world.days, world.ended, world.began), 90).has("unweighted")


def test_overlap_weights_make_the_groups_alike() -> None:
    world = persons(2)
    assert world.columns is not None
    found = overlap(~np.isnan(world.began), world.columns)
    assert abs(found.before[0]) > 0.2
    assert abs(found.after[0]) < 1e-9
    with pytest.raises(BadRequest, match="både nogle"):
        overlap(np.ones(5, bool), np.ones((5, 1)))
    with pytest.raises(Unavailable, match="siger helt"):
        overlap(np.arange(10) < 5, np.arange(10.0)[:, None])


def sample(seed: int, ties: bool) -> tuple[Array, Array, Array, Array]:
    random = np.random.default_rng(seed)
    time = random.exponential(1, 200)
    if ties:
        time = np.ceil(time * 8)
    return time, random.random(200) < 0.7, random.normal(size=(200, 2)), random.uniform(0.3, 2, 200)


@pytest.mark.parametrize("ties", [False, True])
def test_it_gives_what_lifelines_gives(ties: bool) -> None:
    lifelines = pytest.importorskip("lifelines", reason="lifelines er ikke installeret")
    pandas = pytest.importorskip("pandas")
    time, ended, columns, weight = sample(1, ties)
    table = pandas.DataFrame(columns, columns=["a", "b"]).assign(t=time, e=ended, w=weight)
    peer = lifelines.CoxPHFitter().fit(table, "t", "e", weights_col="w", robust=True)
    found = cox(time, ended, columns, weight)
    assert found.beta == pytest.approx(peer.params_.to_numpy(), abs=1e-6)
    assert found.loglik == pytest.approx(peer.log_likelihood_)
    if not ties:  # with ties the peer takes Breslow's form for the robust error
        assert found.robust_se == pytest.approx(peer.standard_errors_.to_numpy(), rel=1e-6)


def test_it_says_when_the_ratio_has_no_end() -> None:
    time = np.arange(1.0, 41)
    group = np.arange(40) % 2
    with pytest.raises(Unavailable, match="uendeligt"):
        cox(time, group == 1, group[:, None].astype(float))
    with pytest.raises(Unavailable, match="Ingen har haft"):
        cox(time, np.zeros(40, bool), group[:, None].astype(float))


@pytest.mark.parametrize(
    ("days", "began", "said"),
    [([0.0, 1], [np.nan, 0], "mere end 0 dage"), ([1.0, 1], [np.nan, 2], "kan ikke begynde")],
)
def test_it_refuses_impossible_days(days: list[float], began: list[float], said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        followup(Followed(np.array(days), np.ones(2, bool), np.array(began)), 0.5)
