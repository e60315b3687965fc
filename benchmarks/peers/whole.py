"""What has no peer: the protection of small counts under attack, and whole commands."""

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

from evidens import disclosure
from peers.timing import Size, best, size

QUESTION = ["--offence", "1320", "--place", "district:1460", "--span", "2021Q1..2021Q3"]
PLAN = [*QUESTION, "--compare", "country", "--json"]


def protection() -> None:
    """1,000 random linked tables, attacked; none may give a protected cell up."""
    from tests.evidens.test_disclosure import random_table

    begun = time.perf_counter()
    tables = size(1000, 10)
    cells = extra = broken = 0
    for seed in range(20_000, 20_000 + tables):
        found = disclosure.protect(random_table(seed), 5)
        broken += len(found.broken)
        cells += len(found.primary)
        extra += len(found.secondary)
    seconds = time.perf_counter() - begun
    print(
        f"\nSmå tal: {tables} tilfældige tabeller, {cells} små felter, "
        f"{extra} skjult for deres skyld ({seconds:.0f} s)."
    )
    print(f"Angrebet fandt {broken}.")
    assert not broken


def commands(source: Path, file: Path) -> None:
    """Whole processes: help, a question of the example, a question of the whole file."""
    environment = os.environ | {"PYTHONPATH": str(source)}
    rows = [(["--help"], 0.3)]
    if not Size.smallest:
        rows.append((["trend", "example", *PLAN], 2.0))
    if not Size.smallest and file.exists():
        rows.append((["trend", str(file), *PLAN], 2.0))
    print("\nHele kommandoer (bedste af tre):")
    for arguments, target in rows:
        command = [sys.executable, "-m", "evidens.cli", *arguments]
        run = partial(subprocess.run, command, env=environment, capture_output=True, check=True)
        seconds, _ = best(run)
        name = " ".join(arguments[:2]).replace(str(file), "STRAF11")
        missed = ""
        if seconds > target and not Size.smallest:
            missed = "  MÅL IKKE NÅET"
        print(f"evidens {name:<20} {seconds:.2f} s  mål {target} s{missed}")
