"""Invented casualties on three lists, linked with misses; the truth is how many there are."""

import numpy as np

from evidens.capture.dark import from_rows
from evidens.counts import Array

RECALL = 0.94
FOUND = {"let": (0.12, 0.30, 0.25), "alvorlig": (0.55, 0.80, 0.60)}
OF = {"let": 0.7, "alvorlig": 0.3}
Strata = list[tuple[str, Array, Array]]


def persons(random: np.random.Generator, number: int, recall: float) -> Strata:
    """Invented casualties by severity on three lists, linked with misses."""
    strata = []
    for name, chances in FOUND.items():
        on = random.random((round(number * OF[name]), 3)) < chances
        rows = []
        for row in on[on.any(axis=1)]:
            rows += linked(random, np.flatnonzero(row).tolist(), recall)
        strata.append((name, *from_rows(np.array(rows))))
    return strata


def linked(random: np.random.Generator, on: list[int], recall: float) -> list[list[int]]:
    """What the linkage makes of one person's records."""
    part = {number: number for number in on}
    for at, one in enumerate(on):
        for other in on[at + 1 :]:
            if random.random() < recall:
                keep, gone = part[one], part[other]
                part = {number: keep if own == gone else own for number, own in part.items()}
    return [[int(part.get(number) == group) for number in range(3)] for group in set(part.values())]
