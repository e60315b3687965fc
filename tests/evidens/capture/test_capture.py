"""The dark figure: the hares, two lists, the linkage inside, and what bears no estimate."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidens import rates
from evidens.capture.dark import Dark, capture, from_rows, several
from evidens.capture.mending import corrected
from evidens.capture.models import chapman, fitted, models, table
from evidens.cli import main
from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from tests.evidens.capture.worlds import RECALL, persons


@pytest.fixture(scope="module")
def hares(shared: Path) -> tuple[Array, Array]:
    rows = np.loadtxt(shared / "analysis" / "hare.csv", delimiter=",", skiprows=1)
    return from_rows(rows)


def test_it_gives_the_hares(shared: Path, hares: tuple[Array, Array]) -> None:
    """T10: N, standard error, deviance and degrees of freedom to the stated digits."""
    known = json.loads((shared / "analysis" / "known_answers.json").read_text("utf-8"))["T10_hare"]
    found = {model.name: model for model in models(*hares)}
    for name, key in (
        ("M0", "M0"),
        ("Mt", "Mt"),
        ("Mth Poisson2", "Mth_Poisson2"),
        ("Mth Darroch", "Mth_Darroch"),
    ):
        model, wanted = found[name], known[key]
        assert round(model.n, 1) == wanted[0]
        assert round(model.se, len(str(wanted[1]).split(".")[1])) == wanted[1]
        assert (round(model.deviance, 3), model.df) == (wanted[2], wanted[3])
    assert round(found["Mth Poisson2"].aic, 3) == known["Mth_Poisson2"][4]
    cells, seen = table(*hares)
    every = (cells.sum(axis=1) == 6).astype(float)
    without = fitted("Mt uden 111111", seen, np.column_stack([np.ones(len(cells)), cells, every]))
    assert without is not None
    assert [round(without.n, 1), round(without.se, 1), round(without.aic, 2)] == [
        known["Mt_without_111111"][at] for at in (0, 1, 4)
    ]


def test_it_gives_chapmans_two_lists(shared: Path) -> None:
    known = json.loads((shared / "analysis" / "known_answers.json").read_text("utf-8"))
    found = chapman(200, 150, 30)
    assert (round(found.n, 4), round(found.se, 4)) == tuple(known["T10_chapman_200_150_30"].values())


def test_it_says_a_range_and_never_one_number_alone(hares: tuple[Array, Array]) -> None:
    found = capture(*hares)
    assert found.seen == 68
    assert found.low < found.estimate < found.high
    assert found.sentence().startswith("Mellem ")
    assert {"no_linkage", "no_strata", "never"} <= {one.code for one in found.reservations}
    assert sum(found.weights) == pytest.approx(1, abs=1e-3)


def test_two_lists_say_that_independence_cannot_be_tested() -> None:
    found = capture(np.array([[1, 0], [0, 1], [1, 1]]), np.array([170.0, 120, 30]))
    assert found.models[0].name == "Chapman"
    assert {"independence"} <= {one.code for one in found.reservations}


@pytest.mark.parametrize("recall", [1.0, 0.94, 0.7])
def test_it_undoes_what_a_linkage_misses(recall: float) -> None:
    """Three lists, the expected combinations mixed by hand: pairs come back, and nobody is lost."""
    cells, _ = table(np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), np.ones(3))
    true = np.array([100.0, 80, 60, 90, 50, 40, 30])
    from evidens.capture.mending import _mixing

    seen = _mixing(tuple(map(tuple, cells.astype(int).tolist())), recall) @ true
    assert corrected(cells, seen, recall) == pytest.approx(true)
    assert seen.sum() >= true.sum() - 1e-9


def holds(found: Dark, number: int) -> bool:
    return found.low <= number <= found.high


def test_the_range_holds_the_truth_with_the_linkage_and_not_without() -> None:
    """15 worlds of 10,000: corrected by 412 judged pairs nearly all, uncorrected less than three in four."""
    random = np.random.default_rng(1)
    bare, mended = [], []
    for _ in range(15):
        strata = persons(random, 10_000, RECALL)
        right = int(random.binomial(412, RECALL))
        low, high = (float(end) for end in rates.wilson(right, 412))
        bare.append(holds(several(strata), 10_000))
        mended.append(holds(several(strata, (right / 412, low, high)), 10_000))
    assert np.mean(mended) >= 0.86
    assert np.mean(bare) < 0.75


def test_what_bears_no_estimate_is_said_and_never_0() -> None:
    few = np.array([[1, 0], [0, 1], [1, 1]]), np.array([40.0, 30, 7])
    with pytest.raises(Unavailable, match="7 gengangere, mindst 10 kræves"):
        capture(*few)
    many = np.array([[1, 0], [0, 1], [1, 1]]), np.array([170.0, 120, 30])
    found = several([("cyklister", *few), ("bilister", *many)])
    assert found.details["bear_no_estimate"] == ["cyklister"]
    assert found.seen == 77 + 320
    assert found.low >= found.seen


@pytest.mark.parametrize(
    ("rows", "counts", "said"),
    [
        ([[1], [0]], [1, 1], "2 til 12"),
        ([[1, 2], [0, 1]], [1, 1], "0 .* eller 1"),
        ([[1, 0], [0, 0]], [1, 1], "ingen liste"),
        ([[1, 0], [0, 1]], [1, -1], "negativt"),
    ],
)
def test_it_refuses_with_a_sentence(rows: list[list[int]], counts: list[float], said: str) -> None:
    with pytest.raises(BadRequest, match=said):
        capture(np.array(rows), np.array(counts, float))
    with pytest.raises(BadRequest, match="Gengangerne"):
        chapman(10, 5, 6)


def test_the_command_gives_the_promised_json(tmp_path: Path, capsys: Any) -> None:
    file = tmp_path / "lister.csv"
    file.write_text(
        "a,b,c,count\n1,0,0,90\n0,1,0,70\n0,0,1,60\n1,1,0,30\n1,0,1,25\n0,1,1,20\n1,1,1,9\n", "utf-8"
    )
    assert main(["capture", str(file), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert {"models", "estimate", "low", "high", "sentence_da"} <= set(found)
    assert {"name", "n", "se", "low", "high", "deviance", "df", "aic"} == set(found["models"][0])
    wide = ["capture", str(file), "--recall", "0,94", "--recall-limits", "0,91", "0,96", "--json"]
    assert main(wide) == 0
    mended = json.loads(capsys.readouterr().out)
    assert mended["estimate"] < found["estimate"]
    assert "med fejl i koblingen" in mended["sentence_da"]
    assert main(["capture", str(file), "--recall", "0,94"]) == 2
    file.write_text("a,b,count\n1,0,4\n0,1,3\n1,1,2\n", "utf-8")
    assert main(["capture", str(file)]) == 3
    assert "kan ikke bære et skøn" in capsys.readouterr().out
