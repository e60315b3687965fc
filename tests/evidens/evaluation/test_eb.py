"""Empirical Bayes before and after: regression to the mean is taken out, the function against its peer."""

import numpy as np
import pytest

from evidens.errors import BadRequest, Unavailable
from evidens.evaluation import nb2
from evidens.evaluation.eb import Sites, comparability, eb, power_for
from tests.evidens.evaluation.worlds import roads


def test_it_reads_a_fall_of_eight_per_cent_as_eight() -> None:
    """200 worlds: a plain before/after says more than 30 %, a comparison group alone more still."""
    found = [eb(roads(seed)) for seed in range(200)]
    fall = 100 * (np.exp(np.mean([np.log(one.estimate) for one in found])) - 1)
    assert fall == pytest.approx(-8, abs=1.5)
    assert np.mean([float(str(one.details["naive_pct"])) for one in found]) < -30
    assert np.mean([float(str(one.details["comparison_alone_pct"])) for one in found]) < -30
    held = np.mean([one.low <= 0.92 <= one.high for one in found])
    assert 0.91 <= held <= 0.98
    assert found[0].power.smallest is not None
    assert found[0].power.smallest > 8, "30 roads cannot decide it, and that is said"


def test_it_fits_what_statsmodels_fits() -> None:
    peer = pytest.importorskip(
        "statsmodels.discrete.discrete_model", reason="statsmodels er ikke installeret"
    )
    random = np.random.default_rng(3)
    traffic = random.normal(8, 1, 300)
    mean = np.exp(-4 + 0.6 * traffic)
    counts = random.poisson(mean * random.gamma(2, 0.5, 300)).astype(float)
    columns = np.column_stack([np.ones(300), traffic])
    found = nb2.fit(counts, columns, np.ones(300))
    other = peer.NegativeBinomial(counts, columns).fit(disp=0, maxiter=200)
    assert found.beta == pytest.approx(other.params[:2], abs=1e-3)
    assert 1 / found.k == pytest.approx(other.params[2], rel=1e-3)
    assert found.loglik == pytest.approx(other.llf, abs=1e-5)


def test_it_takes_all_sites_alike_where_they_vary_no_more_than_chance() -> None:
    random = np.random.default_rng(1)
    before = np.tile([4.0, 5, 5, 6], 20)
    found = eb(Sites(before, random.poisson(5.0, 80).astype(float), np.arange(80) < 20))
    assert found.has("no_spread")
    assert found.details["regression_pct"] == pytest.approx(0)


def test_it_calls_a_change_without_comparison_no_effect() -> None:
    sites = roads(1)
    alone = Sites(sites.before, sites.after, np.ones(400, bool), 3, 3)
    found = eb(alone)
    assert found.has("no_comparison")
    assert "virkning" not in found.sentence_da or "ikke en virkning" in found.sentence_da


def test_it_uses_a_known_function_where_one_is_given() -> None:
    """Two sites by hand: 12 and 4 seen where 4 were expected with k = 4: weight a half, 8 and 4 expected."""
    sites = Sites(
        np.array([12.0, 4.0]),
        np.array([6.0, 4.0]),
        np.array([True, False]),
        expected=np.array([4.0, 4.0]),
        k=4.0,
    )
    found = eb(sites)
    assert found.details["expected_after"] == 8
    assert "tallene er for små til en procent" in found.sentence_da or "ingen klar" in found.sentence_da


def test_it_draws_sites_anew_where_asked_and_alike_with_the_same_seed() -> None:
    one, other = eb(roads(1), bootstrap=200, seed=5), eb(roads(1), bootstrap=200, seed=5)
    assert one.details["bootstrap"] == other.details["bootstrap"]
    low, high = np.array(one.details["bootstrap"])
    assert low < one.estimate < high


def test_it_sees_what_can_be_seen_without_looking_after() -> None:
    sites = roads(1)
    other = Sites(sites.before, sites.after * 5, sites.treated, 3, 3)
    assert power_for(sites) == power_for(other)


def test_it_says_when_treated_and_comparison_do_not_move_together() -> None:
    mean, variance = comparability(np.array([400.0, 100, 420, 90]), np.array([4000.0, 3900, 4100, 4000]))
    assert variance > 1
    assert mean != pytest.approx(1, abs=0.2)
    with pytest.raises(BadRequest, match="tre år"):
        comparability(np.array([1.0, 2]), np.array([1.0, 2]))


def test_it_refuses_with_a_sentence() -> None:
    few = np.ones(5)
    for sites, said in [
        (Sites(few, few, np.zeros(5, bool)), "Ingen steder"),
        (Sites(few, few, few > 0), "for få til at lære"),
        (Sites(few, few[:2], few > 0), "hvert sted"),
        (Sites(-few, few, few > 0), "negativt"),
        (Sites(few, few, few > 0, 0), "længere end 0"),
        (Sites(few, few, few > 0, expected=few), "hører sammen"),
    ]:
        with pytest.raises(BadRequest, match=said):
            eb(sites)
    nothing = roads(1)
    with pytest.raises(Unavailable, match="ingen uheld efter"):
        eb(Sites(nothing.before, np.where(nothing.treated, 0, nothing.after), nothing.treated))
