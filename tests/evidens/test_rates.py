"""Intervals and tests against the libraries that have them one at a time, and by their properties."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidens import grid, poisson, power, rates
from evidens.dispersion import Spread, interval
from evidens.errors import BadRequest

counts = st.integers(0, 400)


@given(counts, counts, st.sampled_from([1.0, 0.25, 1.7, 3.0]))
@settings(deadline=None, max_examples=200)
def test_it_gives_the_binomial_tests_p_value(after: int, before: int, time: float) -> None:
    theirs = stats.binomtest(after, after + before, time / (time + 1)).pvalue if after + before else 1.0
    assert float(rates.exact_p(after, before, time)) == pytest.approx(theirs, abs=1e-12)


@given(st.integers(0, 200), st.integers(0, 200))
@settings(deadline=None, max_examples=100)
def test_it_gives_clopper_pearsons_limits(after: int, before: int) -> None:
    low, high = rates.exact_interval(after, before)
    if after + before == 0:
        assert (float(low), float(high)) == (0.0, np.inf)
        return
    theirs = stats.binomtest(after, after + before, 0.5).proportion_ci(method="exact")
    assert float(low) == pytest.approx(theirs.low / (1 - theirs.low), rel=1e-9)
    assert float(high) == (
        pytest.approx(theirs.high / (1 - theirs.high), rel=1e-7) if theirs.high < 1 else np.inf
    )


def test_it_widens_by_about_the_root_of_the_dispersion() -> None:
    low, high = rates.exact_interval(500, 500, phi=4.0)
    plain = rates.exact_interval(500, 500)
    assert np.log(high / low) / np.log(plain[1] / plain[0]) == pytest.approx(2, rel=0.02)
    wild, tame = interval(514, 885, Spread(4.0, 20, 15)), interval(514, 885, Spread())
    assert wild.p > tame.p
    assert wild.low < tame.low < tame.high < wild.high
    for after in range(20, 120):
        found = interval(after, 100, Spread(3.0, 20, 15))
        assert (found.p < 0.05) == (found.low > 0 or (found.high is not None and found.high < 0)), (
            "limits and p agree"
        )
    few = interval(514, 885, Spread(4.0, 12, 7))
    assert few.low < wild.low, "a dispersion from few periods is itself uncertain"


def test_it_covers_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(4)
    after, before = random.poisson(40 * 0.8, 4000), random.poisson(40, 4000)
    low, high = rates.exact_interval(after, before)
    assert 0.95 <= ((low <= 0.8) & (high >= 0.8)).mean() <= 0.985


def test_it_computes_a_whole_table_as_it_does_one_cell() -> None:
    cube = np.random.default_rng(1).poisson(6, (5, 4, 12)).astype(float)
    cube[1, 2, 5] = np.nan
    found = grid.compare(cube, lag=4)
    assert np.isnan(found.p[1, 2, 1])
    assert np.isnan(found.p[1, 2, 5])
    for cell in ((0, 0, 0), (4, 3, 7), (2, 1, 3)):
        after, before = found.after[cell], found.before[cell]
        assert found.low[cell] == pytest.approx(float(rates.exact_interval(after, before)[0]))
        assert found.p[cell] == pytest.approx(float(rates.exact_p(after, before)))


def test_it_gives_garwood_the_same_from_many_and_from_one() -> None:
    many = np.random.default_rng(2).poisson(9, 5000)
    low, high = rates.garwood(many, exposure=2.0)
    assert low[17] == pytest.approx(float(rates.garwood(int(many[17]), 2.0)[0]))
    assert (high > low).all()
    with pytest.raises(BadRequest):
        rates.garwood([-1])


def test_it_shrinks_towards_the_mean_and_trusts_the_large() -> None:
    count, people = np.array([2, 8, 300, 40]), np.array([100, 300, 10_000, 2_000])
    shrunk, weight = rates.shrink(count, people)
    mean, own = count.sum() / people.sum(), count / people
    assert (np.abs(shrunk - mean) <= np.abs(own - mean) + 1e-12).all()
    assert (np.diff(weight[np.argsort(people)]) >= 0).all()
    even, none = rates.shrink([10, 100], [100, 1000])
    assert none.tolist() == [0.0, 0.0], "no variance between the places"
    assert even[0] == pytest.approx(even[1])


def test_it_finds_the_place_outside_the_funnel_and_only_that() -> None:
    people = np.linspace(5, 100, 12)
    count = np.round(people * 4)
    count[3] *= 3
    found = rates.funnel(count, people)
    assert np.flatnonzero(found.outside).tolist() == [3]
    for places in (5, 9):
        hidden = rates.funnel([20_000] + [20] * (places - 1), [10] * places)
        assert hidden.outside.tolist() == [True] + [False] * (places - 1), "a place cannot hide itself"
    assert rates.funnel([20] * 7 + [2000] * 2, [10] * 9).outside.tolist() == [False] * 7 + [True] * 2
    small = rates.funnel([0, 100, 110, 90, 105, 95, 100, 104], [1.5, *[100] * 7])
    assert not small.outside.any(), "none where one or two are expected is nothing odd"
    assert not rates.funnel([20, 2000], [10, 10]).judged, "of two nobody can say which is odd"
    noisy = rates.funnel(
        np.random.default_rng(3).poisson(people * np.random.default_rng(5).gamma(4, 1, 12)), people
    )
    assert noisy.phi > 1
    assert noisy.outside.sum() <= 2


def test_it_standardises_by_age() -> None:
    rate, low, high = rates.fay_feuer([10, 20], [1000, 500], [1, 1])
    assert rate == pytest.approx((10 / 1000 + 20 / 500) / 2)
    assert low < rate < high
    one = rates.fay_feuer([10], [1.0], [1.0])
    assert one[1:] == pytest.approx(tuple(float(x) for x in rates.garwood(10))), (
        "one band is Garwood's interval"
    )


def test_it_leaves_what_is_unknown_out_of_the_family() -> None:
    found = rates.family([0.001, float("nan"), 0.9])
    assert found.reject.tolist() == [True, False, False]
    assert found.adjusted[0] == pytest.approx(0.002)
    with pytest.raises(BadRequest, match="kendes ikke"):
        rates.family([0.1], method="sidak")


def test_it_says_that_no_fall_from_four_could_be_seen() -> None:
    assert power.power(4).smallest_fall_pct is None


def test_it_fits_many_poisson_trends_as_statsmodels_fits_one() -> None:
    sm = pytest.importorskip("statsmodels.api")
    random = np.random.default_rng(6)
    y = random.poisson(
        np.exp(1.5 + 0.4 * np.sin(np.arange(40) * np.pi / 2) - 0.01 * np.arange(40)), (6, 40)
    ).astype(float)
    found = poisson.fit_seasonal(y, 4)
    design = poisson.seasonal(40, 4)
    for row in range(6):
        theirs = sm.GLM(y[row], design, family=sm.families.Poisson()).fit(tol=1e-12, tol_criterion="params")
        assert np.abs(theirs.params - found.beta[row]).max() < 1e-8
        assert np.sqrt(np.diag(theirs.cov_params())) == pytest.approx(np.sqrt(np.diag(found.covariance[row])))
        assert found.deviance[row] == pytest.approx(theirs.deviance)
        assert found.phi[row] == pytest.approx(max(1.0, theirs.pearson_chi2 / theirs.df_resid))


def test_it_says_when_an_effect_is_infinite_instead_of_clipping() -> None:
    y = np.tile([3.0, 2.0, 0.0, 4.0], 5)[None, :]
    found = poisson.fit_seasonal(np.concatenate([y, np.zeros((1, 20)), y + 1]), 4)
    assert found.usable.tolist() == [False, False, True]
    assert np.isnan(found.beta[0]).all()


def test_it_leaves_unknown_periods_out_of_a_fit() -> None:
    y = np.array([[5.0, 6, 7, 8, 5, 6, np.nan, 8, 5, 6, 7, 8]])
    found = poisson.fit_seasonal(y, 4)
    assert found.mean[0, 6] == pytest.approx(7, abs=0.3)
