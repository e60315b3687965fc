"""A list for attention: what it finds, what it leaves, and that it never calls itself an alarm."""

import numpy as np
import pytest

from evidens import ears, offences, places, warning
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


# EARS by hand: the baseline 2, 4, 4, 4, 5, 5, 4 has mean 4 and standard deviation 1.
BASE = [2.0, 4, 4, 4, 5, 5, 4]


def test_c1_compares_with_the_seven_periods_before() -> None:
    found = ears.ears([*BASE, 7.0], np.array([7]), "C1")
    assert (found.expected[0, 0], found.upper[0, 0]) == (4.0, 7.0)
    assert not found.attention[0, 0], "at the limit is not above it"
    assert ears.ears([*BASE, 8.0], np.array([7]), "C1").attention[0, 0]


def test_c2_does_not_let_a_slow_rise_raise_its_own_limit() -> None:
    rising = [*BASE, 7.0, 7.0, 8.0]
    assert ears.ears(rising, np.array([9]), "C2").attention[0, 0]
    assert not ears.ears(rising, np.array([9]), "C1").attention[0, 0]


def test_c3_adds_up_what_was_a_little_high() -> None:
    """C2 is (6-4)/1 = 2 three times, so C3 is 1 + 1 + 1 = 3 where each baseline is the same seven counts."""
    steady = [4.0, 4, 2, 4, 5, 5, 4]
    counts_ = [*steady, *steady[:4], 6.0, 6.0, 6.0]
    found = ears.ears(counts_, np.array([13]), "C3")
    statistic = 0.0
    for at in (11, 12, 13):
        past = np.array(counts_[at - 9 : at - 2])
        statistic += max(0.0, (counts_[at] - past.mean()) / past.std(ddof=1) - 1)
    assert found.attention[0, 0] == (statistic > 2)
    assert not ears.ears([*BASE, 4.0, 4, 4, 4, 5], np.array([11]), "C3").attention[0, 0]


def test_ears_says_how_much_it_needs() -> None:
    with pytest.raises(BadRequest, match="C3 kræver 11"):
        ears.ears([4.0] * 11, np.array([10]), "C3")


def test_it_offers_ears_where_five_years_are_not_there() -> None:
    from evidens.counts import Counts, Source

    periods = tuple(Period.parse("2022U1").next(step) for step in range(20))
    values = np.array([6, 5, 7, 6, 5, 6, 7, 6, 5, 6, 7, 5, 6, 6, 5, 7, 6, 5, 6, 30])
    nothing = np.zeros(20, int)
    source = Source("prøve", "", "", "", official=False)
    table = Counts(("851",), ("1320",), periods, nothing, nothing, np.arange(20), values, source)
    where, what = [places.place("municipality:851")], [offences.choose("1320")]
    with pytest.raises(Unavailable, match="ears"):
        warning.attention(table, where, what, periods[-1])
    found = warning.attention(table, where, what, periods[-1], "ears")
    assert [row.count for row in found.rows] == [30]
    assert "ikke en alarm" in found.limits_da
