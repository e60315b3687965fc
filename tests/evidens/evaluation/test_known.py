"""Published answers of evaluations, to the stated digits (shared/data/analysis/known_answers.json, T7, T11,
T12).
"""

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidens import places
from evidens.counts import Counts
from evidens.evaluation import bayes, followup
from evidens.evaluation.cox import cox, log_rank
from evidens.evaluation.panels import Asked, panel, paths, spans
from evidens.evaluation.placebo import placebo
from evidens.evaluation.verdict import verdict
from evidens.evaluation.wdd import Change, wdd
from evidens.offences import choose
from evidens.survival import kaplan_meier

NEIGHBOURS = ("Brønderslev", "Frederikshavn", "Jammerbugt")
HJORRING = places.place("municipality:860")
FIRST_THREE = (1, 2, 3)


@pytest.fixture(scope="module")
def known(shared: Path) -> dict[str, Any]:
    return dict(json.loads((shared / "analysis" / "known_answers.json").read_text("utf-8")))


def test_it_gives_hauers_weight_and_expected_accidents(known: dict[str, Any]) -> None:
    """T7. mu and k are both per kilometre in the weight; for the whole section it is the same."""
    case = known["T7_hauer_2002_one_year"]
    assert round(0.0224 * case["ADT"] ** 0.564, 2) == case["mu"]
    length = case["L_km"]
    assert round(float(bayes.weight(case["mu"], case["phi_per_km"])), 2) == case["w"]
    mean, sd = bayes.site(case["x"], case["mu"] * length, case["phi_per_km"] * length)
    assert round(float(mean), 2) == case["est"]
    assert round(float(mean) / length, 2) == case["per_km_yr"]
    assert round(float(sd) / length, 2) == case["sd_per_km_yr"]


def test_it_gives_rossis_cox_regression(known: dict[str, Any], shared: Path) -> None:
    """T11, with Efron's ties."""
    case = known["T11_rossi_cox_efron"]
    rows = list(csv.DictReader((shared / "analysis" / "rossi.csv").read_text("utf-8").splitlines()))
    columns = np.array([[float(row[name]) for name in case["coef"]] for row in rows])
    weeks = np.array([float(row["week"]) for row in rows])
    arrested = np.array([row["arrest"] == "1" for row in rows])
    found = cox(weeks, arrested, columns)
    assert [round(float(b), 4) for b in found.beta] == list(case["coef"].values())
    assert [round(float(b), 4) for b in found.se] == list(case["se"].values())
    assert round(found.loglik, 5) == case["loglik"]
    assert round(found.likelihood_ratio, 3) == case["LR_7df"]
    assert round(found.concordance, 4) == case["concordance"]
    square, p = log_rank(weeks, arrested, columns[:, 0] == 1)
    assert [round(square, 5), round(p, 6)] == case["logrank_fin"]
    kept = kaplan_meier(weeks, arrested)
    assert round(kept.at(26)[0], 4) == case["S26"]
    assert round(kept.at(52)[0], 6) == case["S52"]


def test_it_gives_the_weighted_displacement_difference(known: dict[str, Any]) -> None:
    """T12. The paper's limits are whole numbers."""
    case = known["T12_wdd_unweighted"]
    areas = [Change(*case[name]) for name in ("treated", "control", "disp_treated", "disp_control")]
    found = wdd(*areas)
    assert found.estimate == case["est"]
    assert round(found.se, 5) == case["se"]
    assert round(found.estimate / found.se, 2) == case["z"]
    assert [round(found.low), round(found.high)] == case["ci95"]


def test_it_says_what_a_course_could_show() -> None:
    """200 who consent against 400 who do not, 30 % with a new case: a hazard ratio of about .64."""
    smallest = followup.power_for(180, 1 / 3).smallest
    assert smallest is not None
    assert round(1 - smallest / 100, 2) == 0.64


def test_it_cannot_tell_whether_fri_for_indbrud_worked(straf11: Counts) -> None:
    """The design's worked example: 1st-3rd quarter, 2016-19 against 2020-21, 88 placebo municipalities."""
    asked = _burglary(straf11, "2016..2019")
    found = placebo(panel(asked, HJORRING), "Hjørring", neighbours=NEIGHBOURS)
    details = found.details
    assert (details["before"], details["after"]) == (932, 159)
    assert (round(float(str(details["change_pct"]))), round(float(str(details["others_pct"])))) == (-66, -41)
    assert [round(x, 2) for x in (found.estimate, found.low, found.high)] == [0.57, 0.36, 0.90]
    assert (details["rank"], details["of"]) == (2, 89)
    assert details["p"] == 3 / 89
    assert round(float(str(details["poisson_se"])), 3) == 0.086
    assert found.power.smallest is not None
    assert round(found.power.smallest) == 48
    moved = details["neighbours"]
    assert isinstance(moved, dict)
    assert (moved["seen"], round(moved["expected"]), round(moved["more"])) == (388, 504, -116)
    said = verdict(found, smallest=20)
    assert (said.finding, said.word) == ("cannot_tell", "Kan ikke afgøres")
    assert found.sentence_da == (
        "Hjørring: 932 før og 159 efter. Det er 57 % af det, de andres udvikling ville have givet "
        "(95 %-interval 36 til 90 %). 1 af 88 andre faldt mere."
    )
    assert {"jumps", "covid"} <= {one.code for one in asked.reservations(HJORRING)}


@pytest.mark.parametrize(
    ("before", "ratio", "low", "high"),
    [("2017..2019", 0.55, 0.35, 0.88), ("2018..2019", 0.65, 0.40, 1.05), ("2014..2019", 0.67, 0.40, 1.11)],
)
def test_it_answers_otherwise_with_other_years_before(
    straf11: Counts, before: str, ratio: float, low: float, high: float
) -> None:
    """The design's figures to .015: it took the country, with unknown municipality, for the rest."""
    found = placebo(panel(_burglary(straf11, before), HJORRING), "Hjørring")
    assert [found.estimate, found.low, found.high] == pytest.approx([ratio, low, high], abs=0.015)


def test_it_shows_the_path_of_hjorring_beside_the_others(straf11: Counts) -> None:
    years = spans(straf11, "2011..2021", FIRST_THREE)
    found = paths(_burglary(straf11, "2016..2019"), HJORRING, years, least=150)
    assert found.counts.tolist() == [255, 164, 250, 88, 231, 236, 311, 193, 192, 105, 54]
    assert found.own.round().tolist() == [109, 70, 107, 38, 99, 101, 133, 83, 82, 45, 23]
    assert found.rest.round().tolist() == [154, 153, 145, 131, 111, 113, 99, 101, 87, 65, 53]
    assert found.low.round().tolist() == [81, 92, 78, 57, 71, 72, 72, 65, 53, 40, 31]
    assert found.high.round().tolist() == [241, 245, 234, 216, 171, 152, 135, 139, 129, 114, 100]


def _burglary(straf11: Counts, before: str) -> Asked:
    return Asked(
        straf11,
        choose("1320"),
        spans(straf11, before, FIRST_THREE),
        spans(straf11, "2020..2021", FIRST_THREE),
    )
