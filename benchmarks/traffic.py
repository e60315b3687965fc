"""Linkage, dark figure and density: whether they are right on invented sets, and how fast.

    ./run bench traffic
    .venv/bin/python benchmarks/traffic.py --smallest    every part once, in the smallest size
    .venv/bin/python benchmarks/traffic.py --large       100,000 and a million rows, 200 worlds: some minutes

Printed: precision before one to one, precision, recall and F1 on registers that share whole accidents, on
those where membership is drawn person by person, in a town, and without places; the growth of time with rows;
how often the range of the dark figure holds the truth, with the linkage inside and without (wanted: .92 to
.98, and below .75); the density against scipy's.
"""

import os
import sys
import tempfile
from pathlib import Path

for library in ("OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from peers.timing import MISSED, Size, best, size, told

from evidens import rates
from evidens.capture.dark import several
from evidens.counts import Array
from evidens.hotspots.density import density
from evidens.linkage.linked import Linked
from evidens.linkage.linking import link
from tests.evidens.capture.worlds import RECALL, persons
from tests.evidens.linkage.worlds import Shape, write

LARGE = "--large" in sys.argv
CASUALTIES, JUDGED = 10_000, 412


def linked(shape: Shape) -> Linked:
    """A pair of invented registers, linked."""
    with tempfile.TemporaryDirectory() as folder:
        one, other = write(Path(folder), shape)
        return link(one, other, truth="cluster")


def row(name: str, found: Linked) -> None:
    """One line of the table."""
    if found.rates is None:
        return
    figures = (found.rates.precision_before, found.rates.precision, found.rates.recall, found.rates.f1)
    said = "  ".join(f"{figure:.4f}" for figure in figures)
    print(f"{name:<40} {said}  {found.removed:>7,} {found.waiting:>6,}  {found.seconds:6.1f} s", flush=True)


def linkage() -> None:
    """The bars: .97 before one to one and F1 .985 after, where there are places."""
    print(f"{'kobling':<40} {'før 1:1':>6}  {'rigtige':>6}  {'fundet':>6}  {'F1':>6}  fjernet venter")
    many = size(42_000, 2_000)
    row("hele uheld i begge", linked(Shape(persons=many)))
    row("person for person", linked(Shape(persons=many, overlap="person")))
    row("en by (20 gange tættere)", linked(Shape(persons=many, squeeze=20)))
    row("6 af 10 uden sted", linked(Shape(persons=many, placeless=0.6)))
    for seed in (5, 77):
        row(f"frø {seed}", linked(Shape(persons=size(14_000, 2_000), seed=seed)))
    for number in (14_000, 140_000, 1_400_000)[: 1 + size(1, 0) + LARGE]:
        row(f"vækst: {number:,} personer", linked(Shape(persons=size(number, 2_000))))


def dark_figure() -> None:
    """10,000 casualties on three lists by severity; the linkage finds 94 %, as 412 judged pairs tell."""
    random = np.random.default_rng(1)
    bare, mended, estimates = [], [], []
    for _ in range(size(40 + 160 * LARGE, 2)):
        strata = persons(random, CASUALTIES, RECALL)
        right = int(random.binomial(JUDGED, RECALL))
        low, high = (float(end) for end in rates.wilson(right, JUDGED))
        found = several(strata, (right / JUDGED, low, high))
        plain = several(strata)
        bare.append(plain.low <= CASUALTIES <= plain.high)
        mended.append(found.low <= CASUALTIES <= found.high)
        estimates.append((plain.estimate, found.estimate))
    means = np.mean(estimates, axis=0)
    print(f"\nmørketal, sandt {CASUALTIES:,} ({len(bare)} verdener)")
    print(f"uden koblingens fejl: {means[0]:,.0f}, dækning {np.mean(bare):.2f} (skal være under 0,75)")
    print(f"med koblingens fejl:  {means[1]:,.0f}, dækning {np.mean(mended):.2f}", flush=True)


def densities() -> None:
    """20,000 accidents at 2,000 cells: ours fills the whole map, the peer is timed on a part and scaled."""
    from scipy.stats import gaussian_kde

    random = np.random.default_rng(1)
    points = random.normal(0, 3000, (size(20_000, 200), 2))
    ours, found = best(lambda: density(points, 300))
    column = random.integers(0, found.values.shape[0], 200), random.integers(0, found.values.shape[1], 200)
    centres = np.column_stack(
        [found.x + (column[0] + 0.5) * found.cell, found.y + (column[1] + 0.5) * found.cell]
    )
    peer = gaussian_kde(points.T)
    peer.set_bandwidth(300 / float(np.sqrt(np.linalg.det(np.cov(points.T)) ** 0.5)))
    seconds, theirs = best(lambda: peer(centres.T), 1)
    exact = _exact(centres, points)
    gap = float(np.abs(found.values[column] - exact).max() / found.values.max())
    assert Size.smallest or gap < 0.01
    assert float(np.abs(theirs - exact).max() / exact.max()) < 0.1, "the peer's kernel is nearly ours"
    whole = seconds / len(centres) * found.values.size
    told(
        "tæthed over et helt kort",
        ours,
        whole,
        100,
        f"mod gaussian_kde (200 felter, skaleret); afstand {gap:.1e}",
    )


def _exact(centres: Array, points: Array) -> Array:
    from scipy.spatial.distance import cdist

    squares = cdist(centres, points) ** 2
    return np.asarray(np.exp(-squares / (2 * 300**2)).sum(axis=1) / (2 * np.pi * 300**2 * len(points)))


def main() -> None:
    """All of it."""
    Size.smallest = "--smallest" in sys.argv
    try:
        linkage()
    except ModuleNotFoundError as gone:
        print(f"kobling: springes over, for {gone.name} er ikke installeret")
    dark_figure()
    densities()
    if not Size.smallest:
        print(f"\nIkke nået: {', '.join(MISSED) or 'ingen'}.")


if __name__ == "__main__":
    main()
