"""Error rates from pairs that readers judged."""

import sys

import numpy as np
import pytest

from evidens.errors import BadRequest
from evidens.linkage import needed
from evidens.linkage.rates import against_truth, error_rates


def test_it_weighs_each_zone_by_its_size() -> None:
    """1,000 links, 98 of 100 judged right; 500 others, 4 of 100 judged the same: 980 found, 20 missed."""
    found = error_rates([(True, 1000, 98, 2, 0), (False, 500, 4, 96, 3)])
    assert (found.precision, found.recall) == (0.98, 0.98)
    assert found.precision_low < 0.98 < found.precision_high
    assert found.recall_low < 0.98 < found.recall_high
    assert (found.judged, found.unsure) == (200, 3)


def test_it_refuses_too_few_answers_and_a_zone_without_any() -> None:
    with pytest.raises(BadRequest, match="34 af mindst 100"):
        error_rates([(True, 1000, 30, 4, 0)])
    with pytest.raises(BadRequest, match="har et svar"):
        error_rates([(True, 1000, 100, 4, 0), (False, 50, 0, 0, 7)])


def test_its_limits_hold_the_truth() -> None:
    """400 samples of 412 pairs: true precision .97, recall .95."""
    random = np.random.default_rng(1)
    precise, found = [], []
    for _ in range(400):
        right, missed = random.binomial(300, 0.97), random.binomial(112, 0.1)
        answer = error_rates([(True, 2000, right, 300 - right, 0), (False, 1021, missed, 112 - missed, 0)])
        precise.append(answer.precision_low <= 0.97 <= answer.precision_high)
        found.append(answer.recall_low <= 0.95 <= answer.recall_high)
    assert np.mean(precise) >= 0.92
    assert np.mean(found) >= 0.92


def test_it_needs_a_truth_with_pairs() -> None:
    with pytest.raises(BadRequest, match="ingen par"):
        against_truth((0, 1), (0, 1), 0)
    assert against_truth((0, 0), (0, 0), 5).f1 == 0


def test_it_says_what_to_do_without_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(needed, "ANALYSIS", ("en_pakke_der_ikke_findes",))
    with pytest.raises(BadRequest, match="tilvalget analysis"):
        needed.analysis()


def test_importing_linkage_loads_nothing_heavy() -> None:
    import subprocess

    code = (
        "import sys, evidens.linkage.linking, evidens.cli; print('splink' in sys.modules or "
        "'duckdb' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
