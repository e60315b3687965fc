"""A list for attention: what it finds, what it leaves, and that it never calls itself an alarm."""

import numpy as np
import pytest

from evidens import offences, places, warning
from evidens.errors import BadRequest, Unavailable
from evidens.periods import Period
from evidens.sources.example import example
from tests.evidens.test_trend import counts


def weeks(level: float, seed: int) -> np.ndarray:  # type: ignore[type-arg]
    return np.random.default_rng(seed).poisson(level, 320).astype(float)


def test_it_lists_a_doubling_and_not_an_ordinary_week() -> None:
    series = weeks(20, 1)
    series[310] = 45
    found = warning.farrington(series, np.array([305, 310]))
    assert found.attention[0].tolist() == [False, True]
    assert found.expected[0, 1] == pytest.approx(20, rel=0.15)
    assert warning.noufaily(series, np.array([310])).attention[0, 0]


def test_it_is_quiet_about_a_series_that_never_had_a_case() -> None:
    series = np.zeros(320)
    assert not warning.farrington(series, np.array([310])).attention.any()
    series[307:311] = [1, 1, 2, 2]
    assert warning.farrington(series, np.array([310])).attention.all(), (
        "five in four weeks where there were none"
    )


def test_it_does_not_let_one_past_outbreak_hide_the_next() -> None:
    series = weeks(10, 2)
    series[310 - 52 * 2] = 90
    series[310] = 26
    assert warning.farrington(series, np.array([310])).attention[0, 0]


def test_it_points_to_few_of_many_ordinary_weeks() -> None:
    series = np.random.default_rng(3).poisson(15, (40, 330)).astype(float)
    times = np.arange(270, 330)
    assert warning.farrington(series, times).attention.mean() < 0.05
    assert warning.noufaily(series, times).attention.mean() < 0.03


def test_it_needs_five_years_and_says_so() -> None:
    with pytest.raises(BadRequest, match="5 hele år"):
        warning.farrington(weeks(5, 4), np.array([100]))


def test_it_follows_the_season_by_levels() -> None:
    year = 15 + 10 * np.sin(np.arange(320) / 52 * 2 * np.pi)
    series = np.random.default_rng(5).poisson(year).astype(float)
    found = warning.noufaily(series, np.array([286, 312]))
    assert found.expected[0, 1] - found.expected[0, 0] == pytest.approx(year[312] - year[286], abs=6)


def test_it_takes_quarters_with_a_wide_limit() -> None:
    table = counts({"851": [20, 22, 19, 21] * 5 + [60], "860": [20, 22, 19, 21] * 5 + [25]}, start="2014Q1")
    where = [places.place("municipality:851"), places.place("municipality:860")]
    found = warning.attention(table, where, [offences.choose("1320")], Period.parse("2019Q1"))
    assert [row.place.name for row in found.rows] == ["Aalborg"]
    assert (found.method, found.looked_at, found.left_out) == ("short_history", 2, ())
    assert "kun store stigninger" in found.limits_da


def test_it_lists_as_few_ordinary_quarters_as_it_says() -> None:
    random = np.random.default_rng(7)
    for phi in (1.0, 5.0):
        mean = 100.0
        draw = (
            random.poisson(mean, (3000, 24))
            if phi == 1
            else random.negative_binomial(mean / (phi - 1), 1 / phi, (3000, 24))
        )
        share = warning.short_history(
            draw.astype(float), np.array([20, 21, 22, 23]), per_year=4
        ).attention.mean()
        assert share < 0.07, (phi, share)


def test_it_does_not_lose_sight_of_a_series_with_a_gap() -> None:
    series = np.random.default_rng(8).poisson(12, 80).astype(float)
    series[20], series[71] = np.nan, 500
    assert warning.noufaily(series, np.array([71]), per_year=12, half=1, levels=4, gap=3).attention[0, 0]


@pytest.mark.parametrize("method", warning.SAID)
def test_it_never_says_alarm_but_to_say_that_it_is_none(method: str) -> None:
    assert warning.SAID[method].replace("ikke en alarm", "").count("alarm") == 0


def test_it_says_when_the_history_is_too_short() -> None:
    table = example()
    where = [places.place("municipality:851")]
    with pytest.raises(Unavailable):
        warning.attention(table, where, [offences.choose("1320")], Period.parse("2017Q2"))
    with pytest.raises(BadRequest, match="lavet til ugetal"):
        warning.attention(table, where, [offences.choose("1320")], Period.parse("2021Q4"), "farrington")
    with pytest.raises(Unavailable, match="er ikke i tallene"):
        warning.attention(table, where, [offences.choose("1320")], Period.parse("2023Q1"))
