"""Files and logs to tables, against pandas."""

import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from scipy import stats

from evidens import offences, places, process, rates
from evidens.counts import Counts
from evidens.sources import read
from peers.timing import best, size, told

Array = np.ndarray
CODES = {"OMRÅDE": str, "OVERTRÆD": str, "TID": str}
AXES = ("place", "offence", "period")
SHAPE = (98, 90, 80)


def process_map() -> None:
    """Which step follows which, with median and 90th percentile."""
    import pandas as pd

    cases = size(200_000, 500)
    table, events = _log(cases)
    frame = table.to_pandas()
    order = _steps()

    def peer() -> Any:
        rows = frame.sort_values(["case", "time", "step"], kind="stable")
        ahead = rows.groupby("case", sort=False)[["step", "time"]].shift(-1)
        days = (ahead["time"] - rows["time"]).dt.total_seconds() / 86_400
        rows = rows.assign(to=ahead["step"], days=days).dropna(subset=["to"])
        found = rows.groupby(["step", "to"])["days"]
        return pd.DataFrame({"n": found.size(), "median": found.median(), "p90": found.quantile(0.9)})

    ours, edges = best(lambda: process.edges(process.from_arrow(table, order)))
    seconds, theirs = best(peer)
    assert len(edges) == len(theirs)
    assert sum(edge.count for edge in edges) == events - cases
    for edge in edges:
        row = theirs.loc[(edge.source, edge.target)]
        assert edge.count == row["n"]
        assert abs(edge.median_days - row["median"]) + abs(edge.p90_days - row["p90"]) < 1e-6
    told(f"proceskort, {events:,} hændelser", ours, seconds, 2.5, "mod pandas sort + groupby-shift")


def _steps() -> tuple[str, ...]:
    return tuple(f"trin {n:02d}" for n in range(12))


def _log(cases: int) -> tuple[Any, int]:
    """A shuffled log of cases with three to seven steps, and its number of events."""
    import pyarrow as pa

    random = np.random.default_rng(6)
    lengths = random.integers(3, 8, cases)
    case = np.repeat(np.arange(cases), lengths)
    step = random.integers(0, 12, len(case))
    begun = np.repeat(random.integers(0, 600 * 86_400, cases), lengths)
    passed = [np.sort(random.integers(0, 200 * 86_400, n)) for n in lengths]
    moment = begun + np.concatenate(passed)
    shuffled = random.permutation(len(case))
    time = (moment[shuffled] * 1_000_000).astype("datetime64[us]")
    columns = {
        "case": case[shuffled].astype(str),
        "municipality": np.full(len(case), "851"),
        "step": np.array(_steps())[step[shuffled]],
        "time": pa.array(time),
    }
    return pa.table(columns), len(case)


def reading(file: Path) -> None:
    """The whole of STRAF11 to a table, with every check."""
    import pandas as pd

    if not file.exists():
        print("læsning: kræver shared/data")
        return

    def frame() -> Any:
        return pd.read_csv(file, sep=";", encoding="utf-8-sig", dtype=CODES)

    def pivot() -> Any:
        return frame().pivot_table(index=["OMRÅDE", "OVERTRÆD"], columns="TID", values="INDHOLD")

    ours, found = best(lambda: _cube(file), 7)
    seconds, theirs = best(pivot, 7)
    for row, place in enumerate(found.places):
        for column, offence in enumerate(found.offences):
            if (place, offence) in theirs.index:
                series = theirs.loc[(place, offence)].to_numpy(float)
                assert np.array_equal(series, found.cube[row, column], equal_nan=True)
    job = f"læs hele STRAF11, {len(found):,} rækker, til tabel"
    told(job, ours, seconds, 3, "mod pandas.read_csv + pivot_table; alle felter ens")
    simple, _ = best(lambda: frame().set_index(["OMRÅDE", "OVERTRÆD", "TID"])["INDHOLD"].unstack(), 7)
    told("det samme mod pandas' hurtigste vej", ours, simple, 1, "read_csv + set_index.unstack")


def _cube(path: Path) -> Counts:
    found = read(path)
    assert found.cube.size
    return found


def events_to_table() -> None:
    """Single events to a table of counts with the year before and Garwood's interval."""
    events = size(5_000_000, 20_000)
    table = _events(events)
    frame = table.to_pandas()

    def run() -> tuple[Array, Array, Array]:
        place, offence, period = (table[name].combine_chunks().indices.to_numpy() for name in AXES)
        key = (place * SHAPE[1] + offence) * SHAPE[2] + period
        cube = np.bincount(key, minlength=int(np.prod(SHAPE))).reshape(SHAPE)
        before = np.zeros_like(cube)
        before[:, :, 4:] = cube[:, :, :-4]
        return cube, before, np.stack(rates.garwood(cube, exposure=2.5))

    def peer() -> Any:
        counts = frame.groupby(list(AXES), observed=False).size()
        rows = counts.rename("n").to_frame()
        rows["before"] = counts.groupby(level=[0, 1], observed=False).shift(4, fill_value=0)
        rows["rate"] = rows["n"] / 2.5
        rows["low"] = np.where(rows["n"] > 0, stats.chi2.ppf(0.025, 2 * rows["n"]) / 2, 0) / 2.5
        rows["high"] = stats.chi2.ppf(0.975, 2 * rows["n"] + 2) / 2 / 2.5
        return rows

    ours, (cube, before, limits) = best(run)
    seconds, rows = best(peer)
    assert np.array_equal(rows["n"].to_numpy(), cube.ravel())
    assert np.array_equal(rows["before"].to_numpy(), before.ravel())
    assert np.allclose(rows[["low", "high"]].to_numpy().T, limits.reshape(2, -1))
    job = f"{events:,} hændelser til 98 x 90 x 80 med lag og Garwood".replace(",", ".")
    told(job, ours, seconds, 1.2, "mod pandas groupby")


def _events(events: int) -> Any:
    """Events by place, offence (some far more frequent than others) and period."""
    import pyarrow as pa

    random = np.random.default_rng(8)
    weight = random.gamma(0.4, 1, SHAPE[1])
    rows = {
        "place": (101, random.integers(0, SHAPE[0], events)),
        "offence": (1100, random.choice(SHAPE[1], events, p=weight / weight.sum())),
        "period": (2000, random.integers(0, SHAPE[2], events)),
    }
    columns = {}
    for (name, (start, index)), length in zip(rows.items(), SHAPE, strict=True):
        words = pa.array([str(start + n) for n in range(length)])
        columns[name] = pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), words)
    return pa.table(columns)


def growth() -> None:
    """Seconds of reading at 1, 10 and 100 times a year of one district (about 3,000 rows)."""
    lengths = [3000, 30_000, 300_000][: size(3, 2)]
    print("\nVækst i tid af læsning:")
    rows = _rows()
    seconds = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        for length in lengths:
            text = "\r\n".join(["OMRÅDE;OVERTRÆD;TID;INDHOLD", *rows[:length], ""])
            path.write_text(text, "utf-8-sig")
            taken, found = best(lambda: read(path))
            assert len(found) == length
            seconds.append(taken)
            print(f"{length:,} rækker: {taken * 1000:.1f} ms, {taken / seconds[0]:.1f} gange tiden")


def _rows() -> list[str]:
    """Lines of StatBank's CSV: all municipalities, 85 offences, ten years of quarters."""
    kinds = [code for code in offences.tree() if code[0] in "13T"][:85]
    quarters = [(year, quarter) for year in range(2000, 2010) for quarter in (1, 2, 3, 4)]
    rows = []
    for place in places.entries("municipality"):
        for number, offence in enumerate(kinds):
            level = int(place.code) * 31 + number * 7
            for year, quarter in quarters:
                rows.append(f"{place.code};{offence};{year}K{quarter};{(level + year * quarter) % 50}")
    return rows
