"""Difference in differences: the two-way fit against its peer, placebos, and the one thing that is
refused.
"""

import numpy as np
import pytest

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation.did import Table, did
from evidens.evaluation.placebo import Panel, placebo
from evidens.evaluation.twoway import ONE_TREATED, two_way
from tests.evidens.evaluation.worlds import world


def panel(placebos: int, fall: float) -> Panel:
    """One place that fell by so much more than the others, which spread a little."""
    spread = np.exp(np.linspace(-0.3, 0.3, placebos))
    before = np.full(placebos + 1, 400.0)
    after = np.round(np.append(400 * (1 - fall), 400 * spread))
    return Panel(("her", *(f"sted {n}" for n in range(placebos))), before, after)


def test_it_gives_the_coefficient_that_dummies_give() -> None:
    models = pytest.importorskip("statsmodels.api", reason="statsmodels er ikke installeret")
    table = world(6, 0.8, 3)
    n, t = table.counts.shape
    dummies = np.column_stack(
        [
            np.kron(np.eye(n), np.ones((t, 1))),
            np.kron(np.ones((n, 1)), np.eye(t)[:, 1:]),
            table.treatment.ravel(),
        ]
    )
    peer = models.GLM(table.counts.ravel(), dummies, family=models.families.Poisson()).fit(tol=1e-12)
    found = two_way(table.counts, table.treatment)
    assert found.beta == pytest.approx(peer.params[-1], abs=1e-8)
    assert found.se == pytest.approx(peer.bse[-1], rel=1e-6)
    assert found.phi == pytest.approx(peer.pearson_chi2 / peer.df_resid)


def test_it_refuses_a_cluster_robust_error_with_one_treated_place() -> None:
    """The trap: p = 1e-93 where 3 of 89 placebo municipalities moved as far."""
    table = world(1, 0.8, 1)
    with pytest.raises(BadRequest, match=ONE_TREATED):
        two_way(table.counts, table.treatment, robust=True)
    assert two_way(table.counts, table.treatment).cluster_se is None
    assert "no cluster-robust" in did(table).method


def test_it_leaves_out_empty_places_and_says_when_the_effect_has_no_end() -> None:
    table = world(3, 0.8, 2)
    empty = np.vstack([table.counts, np.zeros(16)])
    more = np.vstack([table.treatment, np.zeros(16)])
    assert two_way(empty, more).beta == pytest.approx(two_way(table.counts, table.treatment).beta)
    gone = table.counts.copy()
    gone[:3, 8:] = 0
    with pytest.raises(Unavailable, match="ingen hændelser under"):
        two_way(gone, table.treatment)
    gone = table.counts.copy()
    gone[:3, :8] = 0
    with pytest.raises(Unavailable, match="0 før"):
        two_way(gone, table.treatment)
    with pytest.raises(Unavailable, match="skilles"):
        two_way(table.counts, np.repeat((np.arange(16) > 8)[None, :] * 1.0, 60, axis=0))


def test_it_ranks_the_treated_place_among_its_placebos() -> None:
    found = placebo(panel(60, 0.5), "her")
    assert (found.details["rank"], found.details["of"], found.details["p"]) == (1, 61, 1 / 61)
    assert 0.4 < found.estimate < 0.6
    assert "Ingen af 60 andre faldt mere." in found.sentence_da


def test_it_says_when_there_are_too_few_to_compare_with() -> None:
    """With 8 placebos a two-sided test cannot give less than 2 of 9."""
    found = placebo(panel(8, 0.5), "her")
    assert found.has("few_placebos")
    assert "for få andre steder (8)" in found.sentence_da
    with pytest.raises(BadRequest, match="Kun 2 andre"):
        placebo(panel(2, 0.5), "her")


def test_it_is_wider_for_a_place_smaller_than_its_placebos() -> None:
    large, small = panel(60, 0.5), panel(60, 0.5)
    small.before[0], small.after[0] = 40, 20
    wide, usual = placebo(small, "her"), placebo(large, "her")
    assert wide.se > usual.se
    assert wide.estimate == pytest.approx(usual.estimate, rel=0.02)
    assert "tallene er for små til en procent" in wide.sentence_da or "ingen klar" in wide.sentence_da


def test_it_gives_no_ratio_from_nothing_or_to_nothing() -> None:
    none, gone = panel(60, 0.5), panel(60, 0.5)
    none.before[0] = 0
    gone.after[0] = 0
    with pytest.raises(Unavailable, match="0 før"):
        placebo(none, "her")
    with pytest.raises(Unavailable, match="0 efter"):
        placebo(gone, "her")


def test_it_says_when_places_moved_apart_before() -> None:
    calm = did(world(12, 0.7, 5))
    assert calm.has("paths_alike")
    drifting = world(12, 1.0, 5)
    drift = np.exp(-0.12 * np.arange(16))
    counts = drifting.counts.copy()
    counts[:12] = np.round(counts[:12] * drift)
    assert did(Table(drifting.names, counts, drifting.treatment)).has("paths_apart")


@pytest.mark.parametrize(("treated", "worlds"), [(4, 15), (12, 120)])
def test_it_covers_what_is_true(treated: int, worlds: int) -> None:
    """True effect -20 %, few places by random placebos, many by clusters; the bound leaves room for
    chance.
    """
    held = []
    for seed in range(worlds):
        found = did(world(treated, 0.8, seed))
        held.append(found.low <= 0.8 <= found.high)
    assert np.mean(held) >= 0.86


def test_it_needs_a_whole_table() -> None:
    holes: Array = np.array([[1.0, np.nan], [2.0, 3.0]])
    with pytest.raises(BadRequest, match="uden huller"):
        two_way(holes, np.zeros((2, 2)))
    with pytest.raises(BadRequest, match="Intet sted"):
        did(Table(("a", "b"), np.ones((2, 4)), np.zeros((2, 4))))
