"""Published answers (shared/data/analysis/known_answers.json and its papers), to the stated digits."""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidens import changes, disclosure, places, power, rates, trend, warning
from evidens.counts import Counts


@pytest.fixture(scope="module")
def known(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "analysis" / "known_answers.json").read_text("utf-8")))


def test_it_gives_the_e_test_of_krishnamoorthy_and_thomson(known: dict[str, Any]) -> None:
    for case in known["T1_poisson_etest"]["cases"]:
        found = rates.etest(case["k1"], case["k2"], case["n1"], case["n2"], case.get("diff", 0.0))
        # Four digits are the paper's; the longer ones rest on how far the sum was carried.
        assert found == pytest.approx(case["p"], abs=5e-5 if len(str(case["p"])) < 8 else 5e-7)


def test_it_gives_garwoods_interval(known: dict[str, Any]) -> None:
    for count, (low, high) in known["T1_garwood_95"]["x"].items():
        found = rates.garwood(int(count))
        assert (round(float(found[0]), 3), round(float(found[1]), 3)) == (low, high)


def test_it_gives_one_and_two_sample_poisson_tests(known: dict[str, Any]) -> None:
    answers = known["T1_r_poisson_test"]
    one = rates.garwood(137, 24.19893)
    assert [round(float(x), 6) for x in one] == answers["one_sample_137_over_24.19893"]["ci"]
    two = answers["two_sample_11_800_vs_21_3011"]
    assert float(rates.exact_p(11, 21, 800, 3011)) == pytest.approx(two["p"], abs=5e-9)
    low, high = rates.exact_interval(11, 21, 800, 3011)
    assert (round(float(low), 7), round(float(high), 6)) == (two["ci"][0], two["ci"][1])
    assert pytest.approx(two["ratio"], abs=5e-7) == 11 / 800 / (21 / 3011)


def test_it_gives_the_two_sample_tests_of_gu(known: dict[str, Any]) -> None:
    case = known["T2_two_sample_gu2008"]
    given = case["k1"], case["k2"], case["n1"], case["n2"]
    names = {
        "score": "score",
        "wald": "wald",
        "exact": "exact_cond",
        "midp": "cond_midp",
        "sqrt": "sqrt",
        "etest-score": "etest",
    }
    for method, key in names.items():
        assert round(rates.two_sample_p(*given, method), 6) == case[key], method
    assert [round(float(x), 6) for x in rates.score_interval(*given)] == case["ratio_ci_score"]


def test_it_rejects_what_benjamini_and_hochberg_reject(known: dict[str, Any]) -> None:
    case = known["T3_benjamini_hochberg_1995"]
    found = {
        name: int(rates.family(case["p"], case["alpha"], name.lower()).reject.sum())
        for name in case["reject"]
    }
    assert found == case["reject"]


def test_it_finds_the_break_of_the_nile(known: dict[str, Any]) -> None:
    nile = pytest.importorskip("statsmodels.datasets.nile").load_pandas().data["volume"].to_numpy()
    found = changes.one_break(nile, permutations=199, seed=1)
    case = known["T5_nile_one_break"]
    assert found.index == case["index"]
    assert [round(found.before, 2), round(found.after, 2)] == case["means"]
    assert found.p is not None
    assert found.p <= 0.01


@pytest.mark.parametrize("power", ["none", "1/2", "2/3"])
def test_it_gives_farringtons_limits(known: dict[str, Any], power: Any) -> None:
    case = known["T6_farrington_threshold"]
    found = warning.limits(case["mu"], case["se"], case["phi"], case["y"], power, 0.95)
    assert [float(x) for x in (found.lower, found.upper, found.p, found.score)] == pytest.approx(
        case[power], abs=1e-6
    )
    classic = warning.limits(case["mu"], case["se"], case["phi"], case["y"], power, 0.975).upper
    assert float(classic) == pytest.approx(case["classic_1996_quantile_1-alpha/2_upper"][power], abs=1e-6)


def test_it_judges_fourteen_outbreak_series_exactly_as_published(known: dict[str, Any], shared: Path) -> None:
    rows = list(
        csv.DictReader((shared / "analysis" / "survstat_14_series.csv").read_text("utf-8").splitlines())
    )
    names = [name for name in rows[0] if name != "i" and not name.endswith("_state")]
    counts = np.array([[float(row[name]) for row in rows] for name in names])
    states = np.array([[int(row[f"{name}_state"]) for row in rows] for name in names])
    longer, outbreak = (np.concatenate([one[:, :208], one[:, :208], one], axis=1) for one in (counts, states))
    times = np.arange(416, 625)
    listed, real = warning.farrington(longer, times).attention, outbreak[:, times] == 1
    table = [int(part.sum()) for part in (listed & real, listed & ~real, ~listed & ~real, ~listed & real)]
    assert table == known["T6_farrington_14_series"]["farrington(w=3,reweight,b=5)"]


def test_it_breaks_the_table_that_two_suppressions_a_line_do_not_protect(known: dict[str, Any]) -> None:
    case = known["T9_sdctable"]
    leaves = {
        (r, c): case["table"][i][j] for i, r in enumerate(case["rows"]) for j, c in enumerate(case["cols"])
    }
    rows, columns = (
        disclosure.Tree({"alle": tuple(case["rows"])}),
        disclosure.Tree({"alle": tuple(case["cols"])}),
    )
    table = disclosure.linked(leaves, rows, columns)
    hidden = [(r, c) for r in case["rows"] for c in case["cols"] if r + c not in case["published"]]
    assert disclosure.attack(table, hidden, targets=[("w", "b")]) == [
        disclosure.Bounds(("w", "b"), 47.0, 47.0)
    ]
    after = disclosure.attack(table, [*hidden, ("x", "b")], targets=[("w", "b")])
    assert after == [disclosure.Bounds(("w", "b"), 0.0, 141.0)]


def test_it_says_how_small_a_fall_could_have_been_seen(known: dict[str, Any]) -> None:
    table = known["power_table_exact"]
    for before, largest in table["largest_significant_count"].items():
        found = power.power(int(before))
        assert found.largest_count == largest
        assert found.fall_pct_for_80 == table["fall_pct_for_80_power"][before]


NAMES = {
    "burglary 1320 district": ("1320", "district:1460"),
    "burglary 1320 country 000": ("1320", "country"),
    "violence 1252+1255 district": ("1252,1255", "district:1460"),
    "violence 12 district": ("12", "district:1460"),
    "violence 12 country 000": ("12", "country"),
    "penal code 1 district": ("1", "district:1460"),
}


@pytest.mark.parametrize("name", NAMES)
def test_it_counts_what_the_plan_of_2022_speaks_of(known: dict[str, Any], straf11: Counts, name: str) -> None:
    row, (offence, place) = known["plan_2022_check"]["rows"][name], NAMES[name]
    found = trend.change(
        straf11,
        trend.choose(offence, straf11),
        places.place(place),
        straf11.span("2021Q1..2021Q3"),
        straf11.span("2020Q1..2020Q3"),
    )
    assert (found.before, found.after, found.change_pct) == (row["before"], row["after"], row["pct"])
    low, high = (round(100 * (end - 1), 2) for end in row["ratio_ci95_exact"])
    assert found.exact == pytest.approx((low, high), abs=0.011)
    assert float(rates.exact_p(row["after"], row["before"])) == pytest.approx(row["p_exact"], rel=1e-3)
    assert place in known["plan_2022_check"] or set(places.place("district:1460").members) == set(
        known["plan_2022_check"]["district_codes"]
    )


@pytest.mark.parametrize(
    "name", ["burglary 1320 five regions", "violence 1252+1255 five regions", "penal code 1 five regions"]
)
def test_it_sums_five_regions_only_under_that_name(known: dict[str, Any], straf11: Counts, name: str) -> None:
    row = known["plan_2022_check"]["rows"][name]
    codes = {"b": ["1320"], "v": ["1252", "1255"], "p": ["1"]}[name[0]]
    regions = [places.place(f"region:{entry.code}") for entry in places.entries("region")]
    sums = [
        sum(straf11.count(region, codes, straf11.span(span)) for region in regions)
        for span in ("2020Q1..2020Q3", "2021Q1..2021Q3")
    ]
    assert sums == [row["before"], row["after"]]


def test_it_gives_the_ratio_of_ratios_against_the_rest_of_the_country(known: dict[str, Any]) -> None:
    case = known["plan_2022_check"]["burglary_ratio_of_ratios_vs_rest_of_country"]
    ratio, low, high, _ = rates.ratio_of_ratios(514, 885, 10380 - 514, 12814 - 885)
    assert round(float(ratio), 5) == case["ratio"]
    assert [round(float(low), 5), round(float(high), 5)] == case["ci95_wald_log"]
