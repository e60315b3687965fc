"""The benchmark of the reader runs: everything once, in the smallest size."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_it_runs_the_benchmark_in_its_smallest_size() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/read_plan.py", "--smallest"],
        cwd=ROOT,
        env={"PYTHONPATH": "src", "PATH": "", "SAMRAAD_SHARED_DATA": "/findes/ikke"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "sider" in done.stdout
    assert "hukommelse" in done.stdout


def test_it_measures_the_texts_that_no_rule_was_mended_on() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/unseen.py"],
        cwd=ROOT,
        env={"PYTHONPATH": "src", "PATH": ""},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert "alle otte" in done.stdout
