"""Sites worth a look: three rules side by side, what is not stated, and regression to the mean."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from evidens.cli import main
from evidens.errors import BadRequest
from evidens.hotspots.density import FINE, density
from evidens.hotspots.sites import Rules, Site, counted, sentence, sites

ROAD = Rules(minimum=4, level=0.05, source="opdigtet til en prøve")


def test_it_gives_hauers_section_of_road(shared: Path) -> None:
    """T7: 12 accidents in one year on 1.8 km where 2.41 per km were expected: 8.48, that is 4.71 +/- 1.19."""
    case = json.loads((shared / "analysis" / "known_answers.json").read_text("utf-8"))[
        "T7_hauer_2002_one_year"
    ]
    length = case["L_km"]
    [found] = sites([Site("vej", "landevej", case["x"], case["mu"] * length, case["phi_per_km"] * length)])
    assert found.bayes is not None
    assert found.sd is not None
    assert round(found.bayes, 2) == case["est"]
    assert round(found.bayes / length, 2) == case["per_km_yr"]
    assert round(found.sd / length, 2) == case["sd_per_km_yr"]
    assert found.by_bayes


def test_a_rule_that_cannot_be_asked_is_not_a_no() -> None:
    """Without an expected number rules 1 and 3 read "ikke opgjort"; the count is still a count."""
    [found] = sites([Site("kryds", "by", 7)], ROAD)
    said = found.as_dict()
    assert (said["by_bayes"], said["by_test"], said["by_count"]) == ("ikke opgjort", "ikke opgjort", "ja")
    assert "ikke opgjort" in found.means
    [known] = sites([Site("kryds", "by", 7, 5.0, 3.0)])
    assert known.by_test is None, (
        "the Road Directorate's figures are blank until somebody gives them with a source"
    )


def test_it_says_what_a_disagreement_means() -> None:
    busy, small = sites([Site("travlt", "by", 9, 9.0, 6.0), Site("lille", "land", 4, 0.6, 2.0)], ROAD)
    assert (busy.by_count, busy.by_bayes, busy.by_test) == (True, False, False)
    assert "meget trafik, eller et højt år" in busy.means
    assert (small.by_count, small.by_test) == (False, True)
    assert "ikke mange i tal" in small.means
    assert "ikke en rangorden" in sentence([busy, small])


def test_the_municipal_rule_is_five_in_five_years() -> None:
    three = Rules(years=3)
    assert [one.by_count for one in sites([Site("a", "by", 3), Site("b", "by", 2)], three)] == [True, False]
    assert [one.by_count for one in sites([Site("a", "by", 5), Site("b", "by", 4)])] == [True, False]


def test_empirical_bayes_lists_fewer_that_fall_by_themselves() -> None:
    """400 invented junctions: of those with five or more many were only unlucky; of those listed few."""
    random = np.random.default_rng(3)
    mean = random.gamma(2, 1, 400)
    counts = random.poisson(mean)
    found = sites([Site(f"kryds {n}", "by", int(count)) for n, count in enumerate(counts)])
    listed = np.array([bool(one.by_bayes) for one in found])
    many = counts >= 5
    later = random.poisson(mean)
    assert 0 < listed.sum() < many.sum()
    assert later[many].mean() < 0.85 * counts[many].mean(), "the highest get lower"
    expected = np.array([one.bayes for one in found], float)
    assert expected[many].mean() == pytest.approx(later[many].mean(), rel=0.12)


def test_it_learns_by_kind_and_only_from_enough() -> None:
    random = np.random.default_rng(1)
    many = [Site(f"by {n}", "by", int(random.poisson(2))) for n in range(60)]
    few = [Site(f"land {n}", "land", 3) for n in range(5)]
    found = sites([*many, *few])
    assert found[0].expected == pytest.approx(np.mean([site.count for site in many]))
    assert found[-1].expected is None
    assert sites(many, learn=False)[0].expected is None


@pytest.mark.parametrize(
    ("given", "rules", "said"),
    [
        ([Site("a", "by", 1), Site("a", "by", 2)], Rules(), "samme navn"),
        ([Site("a", "by", -1)], Rules(), "negativt"),
        ([Site("a", "by", 1)], Rules(minimum=4), "både mindste antal"),
        ([Site("a", "by", 1)], Rules(minimum=4, level=0.05), "kilde"),
        ([Site("a", "by", 1)], Rules(minimum=4, level=5, source="x"), "mellem 0 og 1"),
        ([Site("a", "by", 1)], Rules(years=0), "længere end 0"),
    ],
)
def test_it_refuses_with_a_sentence(given: list[Site], rules: Rules, said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        sites(given, rules)


def test_each_accident_belongs_to_the_nearest_site_or_to_none() -> None:
    where = np.array([[0.0, 0], [60, 0]])
    counts, none = counted(where, np.array([[29.0, 0], [31, 0], [0, 49], [0, 51]]), 50)
    assert (counts.tolist(), none) == ([2, 1], 1)


def test_its_density_is_within_one_per_cent_of_the_peak() -> None:
    random = np.random.default_rng(1)
    points = random.normal(0, 2000, (2000, 2))
    found = density(points, 400)
    assert found.cell == 400 / FINE
    rows = random.integers(0, found.values.shape[0], 400), random.integers(0, found.values.shape[1], 400)
    centres = np.column_stack(
        [found.x + (rows[0] + 0.5) * found.cell, found.y + (rows[1] + 0.5) * found.cell]
    )
    exact = np.exp(-(cdist(centres, points) ** 2) / (2 * 400**2)).sum(axis=1) / (2 * np.pi * 400**2 * 2000)
    peak = found.values.max()
    assert np.abs(found.values[rows] - exact).max() < 0.01 * peak
    for wrong, said in ((points[:0], "ingen uheld"), (points * 1e4, "for stort")):
        with pytest.raises(BadRequest, match=said):
            density(wrong, 400)


def test_the_command_gives_the_rules_side_by_side(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "steder.csv"
    rows = "".join(f"kryds {n};by;{n % 7}\n" for n in range(40))
    file.write_text(f"site;kind;count\n{rows}", "utf-8")
    assert main(["sites", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["sites"][0]["by_test"] == "ikke opgjort"
    assert "rangorden" in found["sentence_da"]
    words = ["--minimum", "4", "--level", "0,05", "--source", "opdigtet"]
    assert main(["sites", str(file), *words]) == 0
    assert "kryds 6" in capsys.readouterr().out
    assert main(["sites", str(file), "--minimum", "4"]) == 2
    file.write_text("site;count\na;1,5\n", "utf-8")
    assert main(["sites", str(file)]) == 2
    assert "helt tal" in capsys.readouterr().err
