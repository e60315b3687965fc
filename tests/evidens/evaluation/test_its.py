"""An interrupted series: by hand where it can be, its coverage, and what it may not be called."""

import numpy as np
import pytest

from evidens.errors import BadRequest, Unavailable
from evidens.evaluation.its import Series, its, power_for
from evidens.evaluation.waving import measured
from tests.evidens.evaluation.worlds import SEASON, series


def test_it_finds_a_level_without_noise() -> None:
    time = np.arange(28)
    counts = 1000 * SEASON[time % 4] * np.exp(0.05 * time / 4) * np.where(time >= 20, 0.7, 1)
    assert its(Series(counts, 20)).estimate == pytest.approx(0.7, abs=1e-6)
    sloping = its(Series(counts * np.where(time >= 20, np.exp(-0.1 * (time - 23.5) / 4), 1), 20), slope=True)
    assert sloping.estimate == pytest.approx(0.7, abs=1e-6)


def test_it_never_calls_a_change_without_comparison_an_effect() -> None:
    found = its(series(1, 0.6))
    assert found.has("no_comparison")
    assert "ikke en virkning" in found.sentence_da


def test_it_takes_out_what_moved_both() -> None:
    """Both fall by 40 %: alone it looks like a finding, beside the comparison it is none."""
    time = np.arange(28)
    moved = np.where(time >= 20, 0.6, 1.0)
    random = np.random.default_rng(3)
    counts = random.poisson(200 * moved).astype(float)
    other = random.poisson(8000 * moved).astype(float)
    assert its(Series(counts, 20)).clear
    compared = its(Series(counts, 20, comparison=other))
    assert not compared.clear
    assert not compared.has("no_comparison")


@pytest.mark.parametrize(("rho", "sd"), [(0.0, 0.0), (0.5, 0.1)])
def test_it_covers_what_is_true(rho: float, sd: float) -> None:
    held = []
    for seed in range(200):
        found = its(series(seed, 0.8, rho=rho, sd=sd))
        held.append(found.low <= 0.8 <= found.high)
    assert 0.9 <= np.mean(held) <= 1.0


def test_waves_widen_the_interval_and_are_said() -> None:
    wide = [its(series(seed, 0.8, 300, 0.8, 0.15)) for seed in range(30)]
    calm = [its(series(seed, 0.8, 300)) for seed in range(30)]
    assert np.median([one.se for one in wide]) > 1.5 * np.median([one.se for one in calm])
    assert np.mean([one.has("waves") for one in wide]) > 0.7


def test_it_sees_what_can_be_seen_from_the_time_before() -> None:
    whole = series(1, 0.8)
    other = Series(np.append(whole.counts[:20], np.full(8, 5.0)), 20)
    assert power_for(whole) == power_for(other)


def test_it_refuses_with_a_sentence() -> None:
    whole = series(1, 0.8).counts
    for given, slope, said in [
        (Series(whole, 5), False, "perioder før"),
        (Series(whole, 27), False, "perioder efter"),
        (Series(whole, 22), True, "hældning"),
        (Series(np.append(whole, np.nan), 20), False, "hel"),
        (Series(whole, 20, comparison=np.zeros(28)), False, "over 0"),
    ]:
        with pytest.raises(BadRequest, match=said):
            its(given, slope)
    gone = whole.copy()
    gone[::4] = 0
    with pytest.raises(Unavailable, match="årstid"):
        its(Series(gone, 20))


def test_it_finds_no_wave_in_chance() -> None:
    random = np.random.default_rng(2)
    found = [
        measured(random.poisson(50.0, 40).astype(float), np.full(40, 50.0), np.ones((40, 1))).rho
        for _ in range(60)
    ]
    assert np.median(found) < 0.2
