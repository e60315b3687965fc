"""The way of cases from a pseudonymous log: what leaves is aggregated and protected."""

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from evidens import process
from evidens.errors import BadFile, BadRequest

LOG = [
    ("a", "anmeldt", 1),
    ("a", "oplyst", 5),
    ("a", "sigtet", 10),
    ("b", "anmeldt", 2),
    ("b", "oplyst", 3),
    ("b", "anmeldt", 4),
    ("b", "sigtet", 30),  # rework
    ("c", "anmeldt", 20),
    ("c", "oplyst", 20),  # open, two events at one time
]
ORDER = ("anmeldt", "oplyst", "sigtet")


def table(rows: list[tuple[str, str, int]]) -> pa.Table:
    times = [np.datetime64("2021-03-01") + np.timedelta64(day, "D") for _, _, day in rows]
    return pa.table(
        {
            "case": [case for case, _, _ in rows],
            "municipality": ["851"] * len(rows),
            "step": [step for _, step, _ in rows],
            "time": pa.array(np.array(times, "datetime64[us]")),
        }
    )


def test_it_counts_which_step_follows_which() -> None:
    log = process.from_arrow(table(LOG), ORDER)
    edges = {(edge.source, edge.target): (edge.count, edge.median_days) for edge in process.edges(log)}
    assert edges == {
        ("anmeldt", "oplyst"): (3, 1.0),
        ("oplyst", "sigtet"): (1, 5.0),
        ("oplyst", "anmeldt"): (1, 1.0),
        ("anmeldt", "sigtet"): (1, 26.0),
    }
    assert sum(count for count, _ in edges.values()) == len(log) - log.cases
    assert int(log.first.sum()) == log.cases
    assert process.variants(log)[0] == (("anmeldt", "oplyst"), 1)
    assert process.conformance(log, ORDER) == pytest.approx(2 / 3)
    taken = process.variants(log)[0][0]
    assert process.exact_fit(log, taken) == pytest.approx(1 / 3)
    assert process.exact_fit(log, ORDER[::-1]) == 0


def test_it_gives_the_same_whatever_the_order_of_rows() -> None:
    shuffled = [LOG[n] for n in np.random.default_rng(1).permutation(len(LOG))]
    assert process.edges(process.from_arrow(table(shuffled), ORDER)) == process.edges(
        process.from_arrow(table(LOG), ORDER)
    )


def test_it_refuses_two_steps_at_one_time_without_a_declared_order() -> None:
    with pytest.raises(BadFile, match="samme tid"):
        process.from_arrow(table(LOG))
    with pytest.raises(BadRequest, match="ikke i loggen"):
        process.from_arrow(table(LOG), ("lukket",))


def test_it_counts_open_cases_as_open() -> None:
    log = process.from_arrow(table(LOG), ORDER)
    found = process.throughput(log, ["sigtet"], date(2021, 4, 10))
    assert (found.closed, found.open, found.median_days) == (2, 1, 28.0)
    assert found.naive_mean_days == pytest.approx((9 + 28) / 2)
    assert found.p90_days == 28.0, "the open case had waited 21 days and then says no more"
    with pytest.raises(BadRequest, match="Skriv den dag"):
        process.throughput(log, ["sigtet"], date(2021, 3, 5))


def test_the_mean_of_closed_cases_is_too_low_in_a_young_pilot() -> None:
    random = np.random.default_rng(2)
    rows = []
    for case in range(400):
        begin, wait = int(random.integers(0, 100)), int(random.exponential(60)) + 1
        rows.append((str(case), "anmeldt", begin))
        if begin + wait <= 100:
            rows.append((str(case), "sigtet", begin + wait))
    found = process.throughput(process.from_arrow(table(rows)), ["sigtet"], date(2021, 6, 9))
    assert found.naive_mean_days is not None
    assert found.median_days is not None
    assert found.naive_mean_days < 40
    assert found.median_days == pytest.approx(60 * np.log(2), abs=8)


def log_of(courses: list[tuple[str, ...]], place: str = "851") -> process.Log:
    """A log in which case n takes the n-th course, a step a day."""
    rows = [(f"c{n}", step, day) for n, course in enumerate(courses) for day, step in enumerate(course)]
    return process.from_arrow(table(rows))


def test_it_reads_a_log_and_leaves_small_ways_out(tmp_path: Path) -> None:
    file = tmp_path / "sager.csv"
    rows = [
        f"c{n},851,{step},2021-03-{day:02d}T10:00\n"
        for n in range(8)
        for step, day in (("anmeldt", 1), ("sigtet", 2 + n))
    ]
    rows += ["x,860,anmeldt,2021-03-01\n", "x,860,opgivet,2021-03-09\n"]
    file.write_text("case,municipality,step,time\n" + "".join(rows), "utf-8")
    found = process.analyse(process.read(file), ["sigtet", "opgivet"], date(2021, 4, 1))
    assert [(edge.source, edge.target) for edge in found.edges] == [("anmeldt", "sigtet")]
    assert found.cases == 10
    assert dict(found.by_municipality) == {"851": 10, "860": None}


def test_one_case_that_loops_is_not_many() -> None:
    loops = [("modtaget", "psykiatri") * 6, *[("modtaget", "afgjort")] * 8]
    found = process.analyse(log_of(loops), ["afgjort"], date(2021, 5, 1))
    assert [(edge.source, edge.target, edge.cases) for edge in found.edges] == [("modtaget", "afgjort", 10)]


def test_nothing_small_is_left_over_when_what_is_shown_is_subtracted() -> None:
    found = process.analyse(log_of([("a", "b", "c")] * 10 + [("a", "c")] * 2), ["c"], date(2021, 5, 1))
    assert found.cases == sum(n or 0 for _, n in found.by_municipality), (
        "no total that the parts do not add up to"
    )
    assert all(n % 5 == 0 for n in [*(edge.count for edge in found.edges), *(n for _, n in found.variants)])
    assert (found.open_share, found.within_90) == (None, None), "of twelve cases a share would tell"
    assert all(edge.median_days == round(edge.median_days) for edge in found.edges)


def test_what_it_says_in_words_is_made_of_what_it_shows() -> None:
    """Two logs with the same shown numbers read the same, whatever the hidden ones are."""
    nobody_waits = process.analyse(log_of([("a", "b")] * 12), ["b"], date(2021, 5, 1))
    one_waits = process.analyse(log_of([("a", "b")] * 11 + [("a",)]), ["b"], date(2021, 5, 1))
    assert nobody_waits.notes_da == one_waits.notes_da


def test_it_says_nothing_of_the_time_of_a_few() -> None:
    found = process.analyse(log_of([("a", "b")] + [("a",)] * 9), ["b"], date(2021, 5, 1))
    assert (found.median_days, found.p90_days) == (None, None)
    assert "for få til at sige noget om tiden" in found.notes_da[0]
    with pytest.raises(BadRequest, match="under 5 sager"):
        process.analyse(log_of([("a", "b")] * 4), ["b"], date(2021, 5, 1))


def test_it_gives_shares_of_many() -> None:
    found = process.analyse(log_of([("a", "b")] * 60 + [("a",)] * 20), ["b"], date(2021, 8, 1))
    assert (found.open_share, found.cases) == (0.25, 80)
    assert found.within_90 is not None
    assert all(round(share * 20, 6) == round(share * 20) for share in found.within_90)


def test_it_promises_no_ninety_days_that_nobody_was_followed() -> None:
    found = process.throughput(log_of([("a", "b"), ("a",), ("a",)]), ["b"], date(2021, 3, 11))
    assert found.within_90 is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("c1,851,anmeldt,i går\n", "bad_time"),
        ("c1,999,anmeldt,2021-03-01\n", "unknown_area"),
        ("c1,851,,2021-03-01\n", "missing_value"),
        ("c1,851\n", "ragged_row"),
    ],
)
def test_it_names_the_line_of_a_bad_log(tmp_path: Path, row: str, code: str) -> None:
    file = tmp_path / "sager.csv"
    file.write_text("case,municipality,step,time\nc0,851,anmeldt,2021-03-01\n" + row, "utf-8")
    with pytest.raises(BadFile) as refused:
        process.read(file)
    assert (refused.value.problems[0].code, refused.value.problems[0].line) == (code, 3)


def test_it_sets_denominators_side_by_side() -> None:
    reports = {"851": 40, "860": 40, "810": 10}
    found = process.reporting_practice(
        reports,
        {
            "indbyggere": {"851": 2e5, "860": 6e4, "810": 3.5e4},
            "kontrolsager": {"851": 400, "860": 90, "810": 80},
        },
    )
    assert [one.denominator for one in found] == ["indbyggere", "kontrolsager"]
    with pytest.raises(BadRequest, match="mangler for 860"):
        process.reporting_practice(reports, {"indbyggere": {"851": 1, "810": 1}})
