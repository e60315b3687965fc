"""How much sums vary: waves, steps and dips in the history, and what places have in common."""

import numpy as np
import pytest

from evidens import offences, places, trend, warning, waves
from evidens.answers import Change
from evidens.counts import Array, Counts, Source
from evidens.dispersion import dispersion
from evidens.funnel import funnel
from evidens.periods import Period
from evidens.short_history import short_history
from tests.evidens.test_trend import counts

FORTY = [entry.code for entry in places.entries("municipality")][:40]
SEASON = np.array([0.9, 1.2, 1.0, 0.9])[np.arange(28) % 4]


def drawn(level: Array, seed: int) -> Counts:
    values = np.random.default_rng(seed).poisson(level)
    row, column = np.indices(values.shape).reshape(2, -1)
    periods = tuple(Period.parse("2007Q1").next(step) for step in range(values.shape[1]))
    source = Source("prøve", "", "", "", official=False)
    return Counts(
        tuple(FORTY), ("1390",), periods, row, np.zeros(len(row), int), column, values.reshape(-1), source
    )


def answers(table: Counts) -> list[Change]:
    found = []
    for code in FORTY:
        place = places.place(f"municipality:{code}")
        answer = trend.change(table, offences.choose("1390"), place, table.span("2013"), table.span("2012"))
        assert isinstance(answer, Change)
        found.append(answer)
    return found


def wavy(level: float, seed: int) -> Array:
    random = np.random.default_rng(seed)
    wave = np.zeros((40, 28))
    wave[:, 0] = random.normal(size=40)
    for time in range(1, 28):
        wave[:, time] = 0.8 * wave[:, time - 1] + 0.6 * random.normal(size=40)
    return level * SEASON * np.exp(0.2 * wave)


def wide(found: list[Change]) -> float:
    return float(np.median([(answer.high or np.inf) - answer.low for answer in found]))


def test_it_calls_few_waves_a_change() -> None:
    clear = [answer.p <= 0.05 for seed in range(4) for answer in answers(drawn(wavy(250, seed), 10 + seed))]
    assert np.mean(clear) <= 0.1


def test_it_is_not_wide_after_a_dip() -> None:
    level = np.broadcast_to(250 * SEASON, (40, 28)).copy()
    calm = wide(answers(drawn(level, 3)))
    level[:, 12:18] *= 0.6
    assert wide(answers(drawn(level, 4))) <= 1.5 * calm


def test_it_finds_one_places_own_step_when_it_is_large() -> None:
    level = np.broadcast_to(400 * SEASON, (40, 28)).copy()
    level[0, 9:] *= 0.5
    table = drawn(level, 5)
    place = places.place(f"municipality:{FORTY[0]}")
    assert dispersion(table, place, ["1390"], table.span("2012")).phi < 2


def test_it_knows_that_waves_grow_in_sums() -> None:
    assert waves.Sums(4, 4).growth(0.0) == 1
    assert waves.Sums(1, 1).growth(0.8) == pytest.approx(1 - 0.8)
    # The variance of a difference of two means of four, by adding the sixteen covariances of each by hand.
    gap = np.abs(np.subtract.outer(np.arange(8), np.arange(8)))
    side = np.array([-1] * 4 + [1] * 4) / 4
    by_hand = side @ 0.6**gap @ side / (2 / 4)
    assert waves.Sums(4, 4).growth(0.6) == pytest.approx(by_hand)


def test_it_takes_a_step_and_a_wave_apart_only_in_a_long_enough_history() -> None:
    short = counts({"851": [100, 120, 90, 110, 104, 118, 93, 60, 55, 70, 50, 58, 60, 66]}, start="2014Q1")
    place = places.place("municipality:851")
    found = dispersion(short, place, ["1320"], short.span("2017Q1"))
    assert found.free == found.periods - 5
    assert found.phi > 1


def test_it_takes_a_change_of_law_in_the_history_as_a_step() -> None:
    """The offence counts three times as much from 2016 on (administrative changes); the rest is chance."""
    random = np.random.default_rng(8)
    series = [*random.poisson(60, 8), *random.poisson(180, 16)]
    table = counts({"851": [int(value) for value in series]}, start="2014Q1", code="1252")
    found = dispersion(table, places.place("municipality:851"), ["1252"], table.span("2018Q3"))
    assert found.phi < 3
    assert found.free == found.periods - 6


def test_it_leaves_the_corona_quarters_out_of_the_history() -> None:
    random = np.random.default_rng(9)
    level = np.full(32, 200.0)
    level[8:14] = 80  # 2020Q1-2021Q2
    table = counts({"851": [int(value) for value in random.poisson(level)]}, start="2018Q1")
    found = dispersion(table, places.place("municipality:851"), ["1320"], table.span("2023"))
    assert found.periods == 14
    assert found.phi < 2.5


@pytest.mark.parametrize("spread", [0.1, 0.3])
def test_it_puts_no_more_large_places_outside_the_funnel_than_small_ones(spread: float) -> None:
    random = np.random.default_rng(6)
    people = np.geomspace(3, 500, 60)
    outside = np.zeros((150, 60))
    for turn in range(150):
        real = np.exp(random.normal(size=60) * spread)
        outside[turn] = funnel(random.poisson(8 * people * real), people).outside
    for part in np.array_split(outside.mean(axis=0), 3):
        assert part.mean() <= 0.06


@pytest.mark.parametrize("growth", [0.9, 1.1])
def test_it_follows_a_trend_of_quarters(growth: float) -> None:
    random = np.random.default_rng(7)
    level = 60 * SEASON[:21] * growth ** (np.arange(-20, 1) / 4)
    ordinary = random.poisson(level, (800, 21)).astype(float)
    assert short_history(ordinary, np.array([20]), per_year=4).attention.mean() <= 0.07
    level[-1] *= 2
    doubled = random.poisson(level, (800, 21)).astype(float)
    assert short_history(doubled, np.array([20]), per_year=4).attention.mean() >= 0.7


def test_it_says_how_many_chance_alone_would_list() -> None:
    table = counts({code: [40, 44, 38, 42] * 6 for code in FORTY[:8]}, start="2007Q1")
    where = [places.place(f"municipality:{code}") for code in FORTY[:8]]
    found = warning.attention(table, where, [offences.choose("1320")], Period.parse("2012Q4"))
    assert found.by_chance == 0.2


def test_it_does_not_warn_across_a_change_of_law() -> None:
    table = counts({"851": [40] * 24}, start="2017Q1", code="1120")
    where = [places.place("municipality:851")]
    both = [offences.choose("1120")]
    with pytest.raises(warning.Unavailable):
        warning.attention(table, where, both, Period.parse("2022Q1"))
