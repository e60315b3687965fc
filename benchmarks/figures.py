"""The analysis package against its peers, each pair in one run on the same data with equal results asserted.

    ./run bench figures

Prints a ratio per job with its target, then the growth of reading at 1, 10 and 100 times the rows, and the time of whole
commands. Best of three (reading: of seven, since the first runs only
warm the memory); a slow peer is timed on a part that is named, and scaled. Jobs that need shared/data say so.
"""

import csv
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))
SHARED = Path(os.environ.get("SAMRAAD_SHARED_DATA", ROOT.parent / "shared" / "data"))
STRAF11 = SHARED / "straf11" / "straf11_2007K1_2021K4.csv.gz"

from scipy import stats

from evidens import changes, disclosure, grid, poisson, process, rates, warning
from evidens.counts import Counts
from evidens.sources import read

MISSED: list[str] = []


def best(run: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """Seconds of the fastest of some runs, and the last result."""
    seconds = []
    for _ in range(times):
        begun = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - begun)
    return min(seconds), result


def told(job: str, ours: float, peer: float, target: float, note: str = "") -> None:
    """One line of the table."""
    ratio = peer / ours
    if ratio < target:
        MISSED.append(job)
    mark = "" if ratio >= target else "  MÅL IKKE NÅET"
    print(
        f"{job:<58} {ours * 1000:>10.1f} ms {peer * 1000:>12.1f} ms  {ratio:>9,.1f}x  mål {target:g}x{mark}  {note}",
        flush=True,
    )


def crime_like(places: int = 98, offences: int = 90, periods: int = 84, seed: int = 1) -> np.ndarray:
    """Counts with the spread of STRAF11: many small cells, some of hundreds."""
    random = np.random.default_rng(seed)
    level = np.exp(random.normal(0, 1.1, (places, 1, 1)) + random.normal(0.6, 1.8, (1, offences, 1)))
    season = 1 + 0.15 * np.sin(np.arange(periods) * np.pi / 2)
    return random.poisson(level * season * random.gamma(20, 1 / 20, (places, offences, periods))).astype(
        float
    )


def table_with_intervals(cube: np.ndarray) -> None:
    ours, found = best(lambda: grid.compare(cube))
    cells = found.p.size
    sample = np.random.default_rng(2).choice(cells, 1500, replace=False)
    after, before = found.after.ravel()[sample].astype(int), found.before.ravel()[sample].astype(int)

    def loop() -> list[tuple[float, float, float]]:
        rows = []
        for a, b in zip(after, before, strict=True):
            if a + b == 0:
                rows.append((1.0, 0.0, np.inf))
                continue
            test = stats.binomtest(int(a), int(a + b), 0.5)
            ends = test.proportion_ci(method="exact")
            rows.append(
                (
                    test.pvalue,
                    ends.low / (1 - ends.low),
                    ends.high / (1 - ends.high) if ends.high < 1 else np.inf,
                )
            )
        return rows

    seconds, rows = best(loop)
    p, low, high = (np.array(part) for part in zip(*rows, strict=True))
    assert np.allclose(p, found.p.ravel()[sample], atol=1e-10)
    assert np.allclose(low, found.low.ravel()[sample], rtol=1e-6)
    finite = np.isfinite(high)
    assert np.allclose(high[finite], found.high.ravel()[sample][finite], rtol=1e-4)
    told(
        f"ændringer med interval, {cells:,} felter",
        ours,
        seconds / len(sample) * cells,
        500,
        "mod scipy pr. felt (1.500 felter, skaleret)",
    )


def garwood(cube: np.ndarray) -> None:
    from statsmodels.stats.rates import confint_poisson

    counts = cube[:, :, 4:].astype(np.int64).ravel()
    ours, (low, high) = best(lambda: rates.garwood(counts))
    sample = counts[:3000]
    seconds, rows = best(lambda: [confint_poisson(int(n), 1, method="exact-c") for n in sample])
    ends = np.array(rows)
    assert np.allclose(np.nan_to_num(ends[:, 0]), low[:3000])
    assert np.allclose(ends[:, 1], high[:3000])
    told(
        f"Garwood, {len(counts):,} felter",
        ours,
        seconds / len(sample) * len(counts),
        1000,
        "mod statsmodels pr. felt (3.000, skaleret)",
    )

    def vectorised() -> tuple[np.ndarray, np.ndarray]:
        return np.where(counts > 0, stats.chi2.ppf(0.025, 2 * counts) / 2, 0), stats.chi2.ppf(
            0.975, 2 * counts + 2
        ) / 2

    seconds, (left, right) = best(vectorised)
    assert np.allclose(left, low)
    assert np.allclose(right, high)
    told(f"Garwood, {len(counts):,} felter", ours, seconds, 20, "mod scipy.stats.chi2.ppf på hele rækken")


def two_period_test() -> None:
    random = np.random.default_rng(3)
    after, before = random.poisson(20, 20_000), random.poisson(20, 20_000)
    ours, p = best(lambda: rates.exact_p(after, before))
    seconds, _ = best(
        lambda: [
            stats.poisson_means_test(int(a), 1, int(b), 1).pvalue
            for a, b in zip(after[:150], before[:150], strict=True)
        ]
    )
    theirs = [
        stats.binomtest(int(a), int(a + b), 0.5).pvalue
        for a, b in zip(after[:2000], before[:2000], strict=True)
    ]
    assert np.abs(np.array(theirs) - p[:2000]).max() < 1e-12
    told(
        "eksakt prøve af to perioder, lige lange",
        ours,
        seconds / 150 * len(after),
        500,
        "mod scipy.poisson_means_test (150, skaleret)",
    )
    unequal, _ = best(lambda: rates.exact_p(after, before, 0.75, 1.0))
    told("det samme, ulige lange", unequal, seconds / 150 * len(after), 1, "til sammenligning")


def seasonal(cube: np.ndarray) -> None:
    import statsmodels.api as sm

    series = cube[:, :, 4:].reshape(-1, 80)
    ours, found = best(lambda: poisson.fit_seasonal(series, 4))
    design = poisson.seasonal(80, 4)
    rows = np.flatnonzero(found.usable)[:150]
    theirs = [
        sm.GLM(series[row], design, family=sm.families.Poisson())
        .fit(tol=1e-12, tol_criterion="params")
        .params
        for row in rows
    ]
    gap = np.abs(np.array(theirs) - found.beta[rows]).max()
    assert gap < 1e-8
    seconds, _ = best(
        lambda: [sm.GLM(series[row], design, family=sm.families.Poisson()).fit() for row in rows]
    )
    told(
        f"sæson-Poisson, {len(series):,} serier à 80",
        ours,
        seconds / len(rows) * len(series),
        50,
        f"mod statsmodels GLM (150, skaleret); afstand {gap:.1e}",
    )


def farrington() -> None:
    import statsmodels.api as sm

    file = SHARED / "analysis" / "survstat_14_series.csv"
    if not file.exists():
        print("farrington: kræver shared/data")
        return
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    names = [name for name in rows[0] if name != "i" and not name.endswith("_state")]
    counts = np.array([[float(row[name]) for row in rows] for name in names])
    states = np.array([[int(row[f"{name}_state"]) for row in rows] for name in names])
    counts, states = (np.concatenate([one[:, :208], one[:, :208], one], axis=1) for one in (counts, states))
    times = np.arange(416, 625)
    ours, found = best(lambda: warning.farrington(counts, times))

    def fitted(y: np.ndarray, design: np.ndarray) -> tuple[Any, float]:
        def one(weights: np.ndarray) -> tuple[Any, float]:
            fit = sm.GLM(y, design, family=sm.families.Poisson(), freq_weights=weights).fit()
            return fit, max(
                1.0, float((weights * (y - fit.mu) ** 2 / fit.mu).sum() / (len(y) - design.shape[1]))
            )

        fit, phi = one(np.ones(len(y)))
        leverage = fit.mu * np.einsum("tp,pq,tq->t", design, fit.cov_params(scale=1.0), design)
        s = (
            1.5
            * (y ** (2 / 3) - fit.mu ** (2 / 3))
            / (fit.mu ** (1 / 6) * np.sqrt(phi * np.maximum(1 - leverage, 1e-10)))
        )
        weights = np.where(s > 1, 1 / np.maximum(s, 1e-10) ** 2, 1.0)
        return one(weights * len(y) / weights.sum())

    def judge(series: np.ndarray, now: int) -> bool:
        back = np.array([-52 * year + step for year in range(5, 0, -1) for step in range(-3, 4)])
        y = series[now + back]
        if not y.sum():
            return bool(series[now] > 0 and series[now - 3 : now + 1].sum() >= 5)
        try:
            fit, phi = fitted(y, np.column_stack([np.ones(35), back / 52]))
            t = abs(fit.params[1] / np.sqrt(fit.cov_params(scale=phi)[1, 1]))
            keep = (
                2 * stats.t.sf(t, 33) < 0.05
                and np.exp(fit.params[0]) <= y.max()
                and np.abs(fit.params).max() < 20
            )
        except (ValueError, np.linalg.LinAlgError):
            keep = False
        if not keep:
            fit, phi = fitted(y, np.ones((35, 1)))
        mean = float(np.exp(fit.params[0]))
        error = mean * float(np.sqrt(fit.cov_params(scale=phi)[0, 0]))
        upper = mean * (1 + 2 / 3 * 1.959963984540054 * np.sqrt((phi + error**2 / mean) / mean)) ** 1.5
        return bool(series[now] > upper and series[now - 3 : now + 1].sum() >= 5)

    def peer() -> np.ndarray:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return np.array([[judge(series, now) for now in times] for series in counts])

    seconds, theirs = best(peer, 1)
    real = states[:, times] == 1

    def confusion(listed: np.ndarray) -> list[int]:
        return [int(part.sum()) for part in (listed & real, listed & ~real, ~listed & ~real, ~listed & real)]

    assert confusion(found.attention) == confusion(theirs) == [43, 71, 2637, 175], (
        confusion(found.attention),
        confusion(theirs),
    )
    told(
        "Farrington, 2.926 prøver",
        ours,
        seconds,
        50,
        "mod de samme regler på statsmodels GLM; 43/71/2637/175 hos begge",
    )


def one_break() -> None:
    import ruptures
    from ruptures.base import BaseCost

    class PoissonCost(BaseCost):  # type: ignore[misc]
        model, min_size = "poisson", 2

        def fit(self, signal: np.ndarray) -> "PoissonCost":
            self.signal = signal
            return self

        def error(self, start: int, end: int) -> float:
            part = self.signal[start:end]
            return float(-2 * part.sum() * np.log(part.mean())) if part.sum() else 0.0

    series = np.random.default_rng(5).poisson(np.r_[np.full(45, 30), np.full(35, 20)]).astype(float)
    ours, found = best(lambda: [changes.one_break(series) for _ in range(100)])
    seconds, theirs = best(
        lambda: (
            ruptures.Pelt(custom_cost=PoissonCost(), jump=1, min_size=2)
            .fit(series)
            .predict(pen=2 * np.log(80))
        )
    )
    assert found[0].index == theirs[0]
    told("ét brud i 80 kvartaler", ours / 100, seconds, 50, "mod ruptures PELT, Poisson, jump=1; samme sted")
    ours, several = best(lambda: changes.breaks(series))
    assert several == theirs[:-1]
    told("alle brud i 80 kvartaler", ours, seconds, 1, "til sammenligning")


def process_map() -> None:
    import pandas as pd
    import pyarrow as pa

    random = np.random.default_rng(6)
    cases = 200_000
    lengths = random.integers(3, 8, cases)
    case = np.repeat(np.arange(cases), lengths)
    step = random.integers(0, 12, len(case))
    begun = np.repeat(random.integers(0, 600 * 86_400, cases), lengths)
    moment = begun + np.concatenate([np.sort(random.integers(0, 200 * 86_400, n)) for n in lengths])
    shuffled = random.permutation(len(case))
    names = np.array([f"trin {n:02d}" for n in range(12)])
    table = pa.table(
        {"case": case[shuffled].astype(str), "municipality": np.full(len(case), "851"), "step": names[step[shuffled]],
         "time": pa.array((moment[shuffled] * 1_000_000).astype("datetime64[us]"))}
    )  # fmt: skip
    order = tuple(names)
    frame = table.to_pandas()

    def peer() -> Any:
        rows = frame.sort_values(["case", "time", "step"], kind="stable")
        ahead = rows.groupby("case", sort=False)[["step", "time"]].shift(-1)
        rows = rows.assign(
            to=ahead["step"], days=(ahead["time"] - rows["time"]).dt.total_seconds() / 86_400
        ).dropna(subset=["to"])
        found = rows.groupby(["step", "to"])["days"]
        return pd.DataFrame({"n": found.size(), "median": found.median(), "p90": found.quantile(0.9)})

    ours, edges = best(lambda: process.edges(process.from_arrow(table, order)))
    seconds, theirs = best(peer)
    assert len(edges) == len(theirs)
    assert sum(edge.count for edge in edges) == len(case) - cases
    for edge in edges:
        row = theirs.loc[(edge.source, edge.target)]
        assert edge.count == row["n"]
        assert abs(edge.median_days - row["median"]) + abs(edge.p90_days - row["p90"]) < 1e-6
    told(f"proceskort, {len(case):,} hændelser", ours, seconds, 2.5, "mod pandas sort + groupby-shift")


def reading() -> None:
    import pandas as pd

    if not STRAF11.exists():
        print("læsning: kræver shared/data")
        return
    ours, found = best(lambda: _cube(STRAF11), 7)

    def peer() -> Any:
        frame = pd.read_csv(
            STRAF11, sep=";", encoding="utf-8-sig", dtype={"OMRÅDE": str, "OVERTRÆD": str, "TID": str}
        )
        return frame.pivot_table(index=["OMRÅDE", "OVERTRÆD"], columns="TID", values="INDHOLD")

    seconds, theirs = best(peer, 7)
    for row, place in enumerate(found.places):
        for column, offence in enumerate(found.offences):
            if (place, offence) in theirs.index:
                assert np.array_equal(
                    theirs.loc[(place, offence)].to_numpy(float), found.cube[row, column], equal_nan=True
                )
    told(
        f"læs hele STRAF11, {len(found):,} rækker, til tabel",
        ours,
        seconds,
        3,
        "mod pandas.read_csv + pivot_table; alle felter ens",
    )
    simple, _ = best(lambda: _pivot(pd), 7)
    told("det samme mod pandas' hurtigste vej", ours, simple, 1, "read_csv + set_index.unstack")


def _cube(path: Path) -> Counts:
    found = read(path)
    assert found.cube.size
    return found


def _pivot(pd: Any) -> Any:
    frame = pd.read_csv(
        STRAF11, sep=";", encoding="utf-8-sig", dtype={"OMRÅDE": str, "OVERTRÆD": str, "TID": str}
    )
    return frame.set_index(["OMRÅDE", "OVERTRÆD", "TID"])["INDHOLD"].unstack()


def events_to_table() -> None:
    import pyarrow as pa

    random = np.random.default_rng(8)
    n = 5_000_000
    shape = (98, 90, 80)
    weight = random.gamma(0.4, 1, shape[1])
    place, offence, period = (
        random.integers(0, 98, n),
        random.choice(90, n, p=weight / weight.sum()),
        random.integers(0, 80, n),
    )
    words = [
        np.array([f"{start + k}" for k in range(size)]) for start, size in ((101, 98), (1100, 90), (2000, 80))
    ]
    columns = [
        pa.DictionaryArray.from_arrays(pa.array(part.astype(np.int32)), pa.array(names))
        for part, names in zip((place, offence, period), words, strict=True)
    ]
    table = pa.table(dict(zip(("place", "offence", "period"), columns, strict=True)))
    frame = table.to_pandas()

    def ours_() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        index = [table[name].combine_chunks().indices.to_numpy() for name in ("place", "offence", "period")]
        cube = np.bincount(
            (index[0] * shape[1] + index[1]) * shape[2] + index[2], minlength=int(np.prod(shape))
        ).reshape(shape)
        before = np.zeros_like(cube)
        before[:, :, 4:] = cube[:, :, :-4]
        low, high = rates.garwood(cube, exposure=2.5)
        return cube, before, np.stack([low, high])

    def peer() -> Any:
        counts = frame.groupby(["place", "offence", "period"], observed=False).size()
        rows = counts.rename("n").to_frame()
        rows["before"] = counts.groupby(level=[0, 1], observed=False).shift(4, fill_value=0)
        rows["rate"] = rows["n"] / 2.5
        rows["low"] = np.where(rows["n"] > 0, stats.chi2.ppf(0.025, 2 * rows["n"]) / 2, 0) / 2.5
        rows["high"] = stats.chi2.ppf(0.975, 2 * rows["n"] + 2) / 2 / 2.5
        return rows

    ours, (cube, before, limits) = best(ours_)
    seconds, rows = best(peer)
    assert np.array_equal(rows["n"].to_numpy(), cube.ravel())
    assert np.array_equal(rows["before"].to_numpy(), before.ravel())
    assert np.allclose(rows[["low", "high"]].to_numpy().T, limits.reshape(2, -1))
    told("5 mio. hændelser til 98 x 90 x 80 med lag og Garwood", ours, seconds, 1.2, "mod pandas groupby")


def growth() -> None:
    """Seconds of reading at 1, 10 and 100 times a year of one district (about 3,000 rows)."""
    print("\nVækst, læsning af 3.000, 30.000 og 300.000 rækker:")
    import tempfile

    from evidens import offences, places

    codes = [row.code for row in places.entries("municipality")]
    kinds = [code for code in offences.tree() if code[0] in "13T"]
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        for times in (1, 10, 100):
            rows = [
                f"{p};{o};{y}K{q};{(hash((p, o)) + y * q) % 50}"
                for p in codes
                for o in kinds[:85]
                for y in range(2000, 2010)
                for q in (1, 2, 3, 4)
            ]
            path = Path(folder) / "a.csv"
            path.write_text(
                "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n" + "\r\n".join(rows[: 3000 * times]) + "\r\n", "utf-8-sig"
            )
            taken, found = best(lambda path=path: read(path))
            assert len(found) == 3000 * times
            seconds.append(taken)
    print(
        "  ".join(
            f"{n:,} rækker {s * 1000:.1f} ms" for n, s in zip((3000, 30_000, 300_000), seconds, strict=True)
        )
    )
    print(
        f"10 gange rækkerne tager {seconds[1] / seconds[0]:.1f} gange tiden, 100 gange {seconds[2] / seconds[0]:.1f}."
    )


def protection() -> None:
    """1,000 random linked tables, attacked; none may give a protected cell up."""
    from tests.evidens.test_disclosure import random_table

    begun = time.perf_counter()
    tables = cells = extra = broken = 0
    for seed in range(20_000, 21_000):
        found = disclosure.protect(random_table(seed), 5)
        broken += len(found.broken)
        tables, cells, extra = tables + 1, cells + len(found.primary), extra + len(found.secondary)
    seconds = time.perf_counter() - begun
    print(
        f"\nSmå tal: {tables} tilfældige tabeller, {cells} små felter, {extra} skjult for deres skyld ({seconds:.0f} s)."
    )
    print(f"Angrebet fandt {broken}.")
    assert not broken


def commands() -> None:
    """Whole processes, as an analyst waits for them."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src")}
    plan = [
        "--offence",
        "1320",
        "--place",
        "district:1460",
        "--span",
        "2021Q1..2021Q3",
        "--compare",
        "country",
        "--json",
    ]
    rows = [(["--help"], 0.3), (["trend", "example", *plan], 2.0)]
    if STRAF11.exists():
        rows.append((["trend", str(STRAF11), *plan], 2.0))
    print("\nHele kommandoer (bedste af tre):")
    for arguments, target in rows:
        seconds, _ = best(
            lambda a=arguments: subprocess.run(
                [sys.executable, "-m", "evidens.cli", *a], env=environment, capture_output=True, check=True
            )
        )
        name = " ".join(part if len(part) < 30 else "STRAF11" for part in arguments[:2])
        print(
            f"evidens {name:<20} {seconds:.2f} s  mål {target} s{'' if seconds <= target else '  MÅL IKKE NÅET'}"
        )


def main() -> None:
    """All jobs."""
    cube = crime_like()
    sys.path.insert(0, str(ROOT))
    print(f"{'opgave':<58} {'evidens':>13} {'den anden':>15}  {'forhold':>10}")
    table_with_intervals(cube)
    garwood(cube)
    two_period_test()
    seasonal(cube)
    farrington()
    one_break()
    process_map()
    reading()
    events_to_table()
    growth()
    protection()
    commands()
    print(f"\nIkke nået: {', '.join(MISSED) or 'ingen'}.")


if __name__ == "__main__":
    main()
