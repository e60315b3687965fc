"""Whether evaluations are right: invented worlds with a known truth, and the speed of the two-way fit.

    ./run bench evaluation
    .venv/bin/python benchmarks/evaluation.py --smallest    every part once, in the smallest size
    .venv/bin/python benchmarks/evaluation.py --large       ten times the worlds, about ten minutes

Printed for each design: what is true, what is read (geometric mean for ratios), and how often the 95 %
interval holds the truth (wanted: .92 to .98). Beside it what the usual mistake would have said: before and
after alone, a comparison alone, no neighbours, no landmark, a cluster-robust error of one place. Seeds are
fixed. Last the two-way Poisson fit against statsmodels with dummies: the same coefficient, at least 50x.
"""

import os
import sys
import warnings
from pathlib import Path

for library in ("OPENBLAS", "MKL"):
    os.environ[f"{library}_NUM_THREADS"] = "1"

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT)]

from peers.timing import MISSED, Size, best, size, told

from evidens.evaluation.cox import cox
from evidens.evaluation.did import Table, did
from evidens.evaluation.eb import eb
from evidens.evaluation.effect import Effect
from evidens.evaluation.followup import followup
from evidens.evaluation.its import its
from evidens.evaluation.placebo import Panel, placebo
from evidens.evaluation.speed import speed
from evidens.evaluation.twoway import two_way
from evidens.evaluation.wdd import Change, wdd
from tests.evidens.evaluation.worlds import persons, readings, roads, series, world

FALL = 0.8  # a true fall of 20 %


def worlds(usual: int) -> int:
    """How many worlds are drawn."""
    if Size.smallest:
        return 2
    if "--large" in sys.argv:
        return 10 * usual
    return usual


def line(what: str, truth: str, read: str, held: list[bool], note: str = "") -> None:
    """One line of the table."""
    print(f"{what:<44} {truth:>8} {read:>8}  {np.mean(held):6.3f} ({len(held)})  {note}", flush=True)


def per_cent(ratios: list[float]) -> str:
    """The geometric mean of ratios as a change in per cent."""
    return f"{100 * (np.exp(np.mean(np.log(ratios))) - 1):.1f} %"


def holds(found: list[Effect], truth: float) -> list[bool]:
    """Whether each interval holds the truth."""
    return [one.low <= truth <= one.high for one in found]


def regression_to_the_mean() -> None:
    """30 of 400 roads chosen for a bad period; the truth is -8 %."""
    found = [eb(roads(seed)) for seed in range(worlds(300))]
    naive = np.mean([float(str(one.details["naive_pct"])) for one in found])
    alone = np.mean([float(str(one.details["comparison_alone_pct"])) for one in found])
    note = f"før/efter alene {naive:.0f} %, sammenligning alene {alone:.0f} %"
    line("eb: de værste veje", "-8 %", per_cent([one.estimate for one in found]), holds(found, 0.92), note)


def displacement() -> None:
    """50 fewer here, of which 30 have moved next door: 20 won."""
    random = np.random.default_rng(1)
    means = [(200, 150), (300, 300), (150, 180), (150, 150)]
    found, near = [], []
    for _ in range(worlds(2000)):
        own, control, next_door, its_control = (Change(*random.poisson(pair).tolist()) for pair in means)
        found.append(wdd(own, control, next_door, its_control))
        near.append(wdd(own, control).estimate)
    mean = np.mean([one.estimate for one in found])
    note = f"uden naboområdet {np.mean(near):.0f}"
    line("wdd: 30 af 50 er flyttet", "-20", f"{mean:.1f}", holds(found, -20), note)


def one_place() -> None:
    """One of 90 places; places drift apart by themselves, and a cluster-robust error does not see it."""
    found, robust = [], []
    for seed in range(worlds(400)):
        drawn = world(1, FALL, seed, places=90, periods=10)
        found.append(did(drawn, least=0))
        robust.append(_falsely_robust(drawn))
    note = f"klyngerobust ville have dækket {np.mean(robust):.2f}"
    line(
        "did: én kommune mod placebo",
        "-20 %",
        per_cent([one.estimate for one in found]),
        holds(found, FALL),
        note,
    )


def _falsely_robust(drawn: Table) -> bool:
    """Whether the interval that is refused would have held the truth: the sandwich of one treated unit."""
    fit = two_way(drawn.counts, drawn.treatment)
    twice = Table(
        drawn.names,
        np.vstack([drawn.counts, drawn.counts[:1]]),
        np.vstack([drawn.treatment, drawn.treatment[:1]]),
    )
    error = two_way(twice.counts, twice.treatment, robust=True).cluster_se
    if error is None:
        return False
    return bool(abs(fit.beta - np.log(FALL)) <= 1.96 * error)


def several_places() -> None:
    """Four places by random placebos, twelve by clusters."""
    for treated, number in ((4, 30), (12, 300)):
        found = [did(world(treated, FALL, seed)) for seed in range(worlds(number))]
        read = per_cent([one.estimate for one in found])
        line(f"did: {treated} steder af 60", "-20 %", read, holds(found, FALL))


def nothing_at_all() -> None:
    """How often a place without treatment is called clear."""
    random = np.random.default_rng(3)
    clear = []
    for _ in range(worlds(1000)):
        before = random.poisson(400.0, 89).astype(float)
        after = random.poisson(300 * np.exp(random.normal(0, 0.2, 89))).astype(float)
        panel = Panel(tuple(map(str, range(89))), before, after)
        clear.append(placebo(panel, "0").clear)
    line("did: ingen virkning, kaldt klar", "0.05", f"{np.mean(clear):.3f}", [not one for one in clear])


def interrupted() -> None:
    """Seven years of quarters, the last two under treatment, without and with waves."""
    for rho, sd in ((0.0, 0.0), (0.5, 0.1), (0.8, 0.15)):
        found = [its(series(seed, FALL, 100, rho, sd)) for seed in range(worlds(300))]
        read = per_cent([one.estimate for one in found])
        line(f"its: bølger {rho}", "-20 %", read, holds(found, FALL))


def trials() -> None:
    """Three stretches 3 km/h slower, five days each."""
    found = [speed(readings(seed=seed)) for seed in range(worlds(1000))]
    line(
        "speed: tre strækninger",
        "-3 km/t",
        f"{np.mean([one.estimate for one in found]):.2f}",
        holds(found, -3),
    )


def immortal_time() -> None:
    """A course that does nothing, chosen by those at risk, begun late."""
    found, naive = [], []
    for seed in range(worlds(200)):
        drawn = persons(seed)
        began = (~np.isnan(drawn.began))[:, None].astype(float)
        naive.append(float(np.exp(cox(drawn.days, drawn.ended, began).beta[0])))
        found.append(followup(drawn, 90))
    read = f"{np.exp(np.mean([np.log(one.estimate) for one in found])):.2f}"
    note = f"uden begyndelsesdag {np.exp(np.mean(np.log(naive))):.2f}"
    line("cox: et forløb uden virkning", "1.00", read, holds(found, 1.0), note)


def two_way_speed() -> None:
    """98 places, 40 quarters: one fit, and the placebo of every place, against dummies."""
    import statsmodels.api as sm

    drawn = world(6, FALL, 1, places=98, periods=40)
    n, t = drawn.counts.shape
    dummies = [np.kron(np.eye(n), np.ones((t, 1))), np.kron(np.ones((n, 1)), np.eye(t)[:, 1:])]
    design = np.column_stack([*dummies, drawn.treatment.ravel()])
    ours, found = best(lambda: two_way(drawn.counts, drawn.treatment))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = sm.GLM(drawn.counts.ravel(), design, family=sm.families.Poisson())
        seconds, peer = best(lambda: model.fit(tol=1e-12))
    gap = abs(float(peer.params[-1]) - found.beta)
    assert gap < 1e-8
    told("to-vejs Poisson, 98 x 40", ours, seconds, 50, f"mod statsmodels med dummyer; afstand {gap:.1e}")
    on = drawn.treatment[0]

    def every() -> list[float]:
        betas = []
        for row in range(size(n, 2)):
            treatment = np.zeros((n, t))
            treatment[row] = on
            betas.append(two_way(drawn.counts, treatment).beta)
        return betas

    whole, betas = best(every)
    told(f"placebo for hver af {len(betas)}", whole, seconds * len(betas), 50, "den anden: ét fit, skaleret")


def main() -> None:
    """All worlds, then the speed."""
    Size.smallest = "--smallest" in sys.argv
    print(f"{'verden':<44} {'sandt':>8} {'læst':>8}  dækning (verdener)")
    regression_to_the_mean()
    displacement()
    one_place()
    several_places()
    nothing_at_all()
    interrupted()
    trials()
    immortal_time()
    try:
        two_way_speed()
    except ModuleNotFoundError as gone:
        print(f"to-vejs Poisson: springes over, for {gone.name} er ikke installeret")
    if not Size.smallest:
        print(f"\nIkke nået: {', '.join(MISSED) or 'ingen'}.")


if __name__ == "__main__":
    main()
