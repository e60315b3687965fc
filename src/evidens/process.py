"""The way of cases: which steps follow each other, how long it takes, and what may be shown of it.

From a pseudonymous log (case, municipality, step, time). The directly-follows graph, variants and conformance are those of
van der Aalst 2016, chapter 5; throughput is Kaplan & Meier's, with open cases censored: the mean of closed cases is too low in
a young pilot. What leaves is aggregated.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from evidens import places, rates
from evidens.counts import Array
from evidens.errors import BadFile, BadRequest, Problem
from evidens.sources.opening import open_text

if TYPE_CHECKING:
    import pyarrow as pa

COLUMNS = ("case", "municipality", "step", "time")
DAY = 86_400.0
FEWEST = 3  # no threshold below this protects anybody


@dataclass(frozen=True)
class Log:
    """Events sorted by case, time and the declared order of steps.

    `case`, `municipality`, `step` are int arrays into the tuples of names; `time` float64 seconds since 1970.
    """

    case: Array
    municipality: Array
    step: Array
    time: Array
    cases: int
    municipalities: tuple[str, ...]
    steps: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.case)

    @property
    def first(self) -> Array:
        """bool: the event begins its case."""
        return np.concatenate([[True], self.case[1:] != self.case[:-1]]) if len(self) else np.zeros(0, bool)


def from_arrow(table: "pa.Table", order: Sequence[str] = ()) -> Log:
    """A log from an Arrow table with the columns case, municipality, step (strings) and time (timestamp).

    Events of one case at one time need a declared `order` of steps: with the time alone the graph is undefined. Raises
    BadFile naming the case when it is missing.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    coded = {name: pc.dictionary_encode(table[name].combine_chunks()) for name in COLUMNS[:3]}
    coded = {
        name: one.combine_chunks() if isinstance(one, pa.ChunkedArray) else one for name, one in coded.items()
    }
    case, municipality, step = (coded[name].indices.to_numpy().astype(np.int32) for name in COLUMNS[:3])
    steps = tuple(str(name) for name in coded["step"].dictionary.to_pylist())
    if unknown := [name for name in order if name not in steps]:
        raise BadRequest(f"Trinnet {unknown[0]} er ikke i loggen. Den har {', '.join(steps)}.")
    place = np.array([order.index(name) if name in order else len(order) for name in steps], np.int16)[step]
    moment = pc.cast(table["time"].combine_chunks(), pa.timestamp("us")).cast(pa.int64()).to_numpy()
    sorted_rows = _sorted(case, moment, place)
    case, municipality, step, moment, place = (
        part[sorted_rows] for part in (case, municipality, step, moment, place)
    )
    tied = (
        (case[1:] == case[:-1])
        & (moment[1:] == moment[:-1])
        & (step[1:] != step[:-1])
        & (place[1:] == place[:-1])
    )
    if tied.any():
        row = int(np.flatnonzero(tied)[0])
        both = f"{steps[step[row]]} og {steps[step[row + 1]]}"
        text = f"{int(tied.sum())} steder har to trin på samme tid ({both}), så rækkefølgen er ikke kendt."
        raise BadFile([Problem("equal_times", text, "Angiv trinnenes rækkefølge (--order).", value=both)])
    names = tuple(str(name) for name in coded["municipality"].dictionary.to_pylist())
    return Log(case, municipality, step, moment / 1e6, len(coded["case"].dictionary), names, steps)


def _sorted(case: Array, moment: Array, place: Array) -> Array:
    """Row order by case, time, declared place: one sort of a packed key where it fits into 64 bits."""
    if not len(case):
        return np.zeros(0, np.int64)
    start = int(moment.min())
    span, places_, cases = int(moment.max()) - start + 1, int(place.max()) + 1, int(case.max()) + 1
    scale = 1_000_000 if not ((moment - start) % 1_000_000).any() else 1
    span = (span - 1) // scale + 1
    if cases * span * places_ < 2**62:
        return np.argsort(
            (case.astype(np.int64) * span + (moment - start) // scale) * places_ + place, kind="stable"
        )
    return np.lexsort((place, moment, case))


def read(path: Path, order: Sequence[str] = ()) -> Log:
    """A log from CSV with the columns case, municipality, step, time (ISO); raises BadFile with line, column and value."""

    import pyarrow as pa
    from pyarrow import csv as arrow

    opened = open_text(path)
    head = [title.strip().lower() for title in opened.header.split(opened.delimiter)]
    if missing := [name for name in COLUMNS if name not in head]:
        text = f"Kolonnen {missing[0]} mangler. Fundne kolonner: {', '.join(head)}."
        raise BadFile(
            [
                Problem(
                    "missing_column",
                    text,
                    "Loggen skal have case, municipality, step og time.",
                    1,
                    missing[0],
                )
            ]
        )
    if len(set(head)) < len(head):
        raise BadFile(
            [Problem("double_column", f"En kolonne står to gange: {', '.join(head)}.", "Behold den ene.", 1)]
        )
    try:
        table = arrow.read_csv(
            pa.py_buffer(opened.content),
            parse_options=arrow.ParseOptions(delimiter=opened.delimiter),
            read_options=arrow.ReadOptions(column_names=head, skip_rows=1),
            convert_options=arrow.ConvertOptions(
                column_types={name: pa.string() for name in head}, strings_can_be_null=True, null_values=[""]
            ),
        )
    except pa.ArrowInvalid:
        lines = enumerate(opened.text.splitlines(), 1)
        bad = next(
            (
                (n, line)
                for n, line in lines
                if line.strip() and line.count(opened.delimiter) != len(head) - 1
            ),
            (None, ""),
        )
        raise BadFile(
            [
                Problem(
                    "ragged_row",
                    f"Linjen har ikke {len(head)} felter.",
                    "Ret linjen.",
                    bad[0],
                    value=bad[1][:80],
                )
            ]
        ) from None
    return from_arrow(_checked(table), order)


def _checked(table: "pa.Table") -> "pa.Table":
    """Times as timestamps; every faulty line is told."""
    import pyarrow as pa

    problems: list[Problem] = []
    for name in COLUMNS:
        column = table[name].combine_chunks()
        if column.null_count:
            row = int(np.flatnonzero(column.is_null().to_numpy(zero_copy_only=False))[0])
            problems.append(
                Problem(
                    "missing_value",
                    f"{name} er tom ({column.null_count} linjer).",
                    "Udfyld feltet.",
                    row + 2,
                    name,
                )
            )
    if problems:
        raise BadFile(problems)
    written = table["time"].combine_chunks()
    try:
        times = written.cast(pa.timestamp("us"))
    except pa.ArrowInvalid:
        for row, text in enumerate(written.to_pylist()):
            try:
                pa.scalar(text).cast(pa.timestamp("us"))
            except pa.ArrowInvalid:
                problems.append(
                    Problem(
                        "bad_time",
                        f"“{text}” er ikke en tid.",
                        "Skriv fx 2021-03-01 eller 2021-03-01T09:30.",
                        row + 2,
                        "time",
                        text,
                    )
                )
        raise BadFile(problems[:20]) from None
    known = places.codes()
    for code in table["municipality"].combine_chunks().unique().to_pylist():
        if code not in known:
            row = table["municipality"].combine_chunks().index(code).as_py()
            problems.append(
                Problem(
                    "unknown_area",
                    f"“{code}” er ikke en kommunes kode.",
                    "Skriv fx 851.",
                    row + 2,
                    "municipality",
                    code,
                )
            )
    if problems:
        raise BadFile(problems)
    return table.set_column(table.column_names.index("time"), "time", times)


@dataclass(frozen=True)
class Edge:
    """One step directly after another: how many times, in how many cases, and the days between."""

    source: str
    target: str
    count: int
    median_days: float
    p90_days: float
    cases: int = 0


def edges(log: Log) -> list[Edge]:
    """The directly-follows graph with median and 90th percentile of the days between, most frequent first.

    Percentiles are interpolated linearly between order statistics (Hyndman & Fan type 7).
    """
    if len(log) < 2:
        return []
    same = log.case[1:] == log.case[:-1]
    width = len(log.steps)
    key = (log.step[:-1].astype(np.int32) * width + log.step[1:])[same]
    days = ((log.time[1:] - log.time[:-1])[same] / DAY).astype(np.float64)
    counts = np.bincount(key, minlength=width * width)
    # Group by edge with one stable sort of small integers, then select the two percentiles within each group.
    order = np.argsort(key.astype(np.int16) if width < 180 else key, kind="stable")
    grouped, whose = days[order], log.case[1:][same][order]
    stops = np.cumsum(counts)
    found = []
    for number in np.flatnonzero(counts):
        part = slice(stops[number] - counts[number], stops[number])
        median, p90 = _percentiles(grouped[part])
        cases = 1 + int(
            np.count_nonzero(np.diff(whose[part]))
        )  # the sort is stable, so a case's events stand together
        found.append(
            Edge(
                log.steps[number // width], log.steps[number % width], int(counts[number]), median, p90, cases
            )
        )
    return sorted(found, key=lambda edge: -edge.count)


def _percentiles(values: Array) -> tuple[float, float]:
    positions = [(len(values) - 1) * share for share in (0.5, 0.9)]
    wanted = sorted({int(p) for p in positions} | {min(int(p) + 1, len(values) - 1) for p in positions})
    part = np.partition(values, wanted)
    found = [
        float(part[int(p)] + (p - int(p)) * (part[min(int(p) + 1, len(values) - 1)] - part[int(p)]))
        for p in positions
    ]
    return found[0], found[1]


def variants(log: Log) -> list[tuple[tuple[str, ...], int]]:
    """The courses that cases took, and how many took each, most frequent first."""
    starts = np.flatnonzero(log.first)
    courses: dict[bytes, int] = {}
    steps = np.ascontiguousarray(log.step.astype(np.int32))
    for begin, end in zip(starts, [*starts[1:], len(log)], strict=True):
        course = steps[begin:end].tobytes()
        courses[course] = courses.get(course, 0) + 1
    named = [
        (tuple(log.steps[n] for n in np.frombuffer(course, np.int32)), count)
        for course, count in courses.items()
    ]
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))


def conformance(log: Log, order: Sequence[str]) -> float:
    """The share of cases that never go back in a declared order of steps; steps outside it do not count."""
    rank = np.array([order.index(name) if name in order else -1 for name in log.steps])[log.step]
    inside = rank >= 0
    case, rank = log.case[inside], rank[inside]
    back = (case[1:] == case[:-1]) & (rank[1:] < rank[:-1])
    return 1 - len(np.unique(case[1:][back])) / log.cases


@dataclass(frozen=True)
class Throughput:
    """Days from a case's first event to its end, open cases censored at the day of the extract. None: not reached, or nobody was
    followed for 90 days.

    `naive_mean_days` is the mean of the closed cases alone, shown to say how much it misleads.
    """

    median_days: float | None
    p90_days: float | None
    within_90: float | None
    within_90_low: float | None
    within_90_high: float | None
    closed: int
    open: int
    naive_mean_days: float | None


def throughput(log: Log, ends: Sequence[str], today: date, horizon: float = 90.0) -> Throughput:
    """Kaplan-Meier time to the first of the `ends` (lifelines); raises BadRequest when a step is unknown or `today` is too early."""
    from lifelines import KaplanMeierFitter
    from lifelines.utils import qth_survival_time

    days, closed = durations(log, ends, today)
    if not days.max(initial=0.0) > 0:
        raise BadRequest(
            "Alle sager slutter i samme øjeblik, som de begynder. Vælg et senere trin som afslutning (--end)."
        )
    fitted = KaplanMeierFitter().fit(days, closed)
    low, high = 1 - fitted.confidence_interval_survival_function_.asof(horizon)
    low, high = min(low, high), max(low, high)

    def reached(share: float) -> float | None:
        value = float(qth_survival_time(1 - share, fitted.survival_function_))
        return round(value, 1) if np.isfinite(value) else None

    naive = round(float(days[closed].mean()), 1) if closed.any() else None
    within = 1 - float(fitted.predict(horizon))
    followed = days.max() >= horizon
    shares = [round(float(x), 3) if followed else None for x in (within, low, high)]
    return Throughput(
        reached(0.5),
        reached(0.9),
        shares[0],
        shares[1],
        shares[2],
        int(closed.sum()),
        int((~closed).sum()),
        naive,
    )


def durations(log: Log, ends: Sequence[str], today: date) -> tuple[Array, Array]:
    """Days and whether closed, one per case, in the order of the cases' first events."""
    if unknown := [name for name in ends if name not in log.steps]:
        raise BadRequest(f"Trinnet {unknown[0]} er ikke i loggen. Den har {', '.join(log.steps)}.")
    stop = (today.toordinal() + 1 - date(1970, 1, 1).toordinal()) * DAY
    if len(log) and log.time.max() > stop:
        raise BadRequest(f"Loggen har hændelser efter {today}. Skriv den dag, den er trukket.")
    starts = np.flatnonzero(log.first)
    ending = np.isin(log.step, [log.steps.index(name) for name in ends])
    end_time = np.where(ending, log.time, np.inf)
    first_end = np.minimum.reduceat(end_time, starts) if len(starts) else np.zeros(0)
    closed = np.isfinite(first_end)
    return (np.where(closed, first_end, stop) - log.time[starts]) / DAY, closed


@dataclass(frozen=True)
class ProcessMap:
    """What may be shown of a log. Counts are rounded to the nearest `base`; ways, courses and municipalities of fewer than `base`
    cases are left out (None). No total is given that the parts do not add up to, days are whole, and shares are rounded to a
    twentieth: what is hidden cannot be found by taking the shown from a sum.
    """

    cases: int
    base: int
    today: date
    by_municipality: tuple[tuple[str, int | None], ...]
    edges: tuple[Edge, ...]
    variants: tuple[tuple[tuple[str, ...], int], ...]
    open_share: float | None
    median_days: int | None
    p90_days: int | None
    within_90: tuple[float, float, float] | None
    notes_da: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


MANY = 50  # cases: below this a share tells the counts behind it


def analyse(log: Log, ends: Sequence[str], today: date, *, threshold: int = 5) -> ProcessMap:
    """The map of a log, protected by leaving out and rounding; raises BadRequest when the log holds fewer than `threshold` cases."""
    if threshold < FEWEST:
        raise BadRequest(f"Grænsen er mindst {FEWEST}; under den kan en enkelt sag kendes.")
    if log.cases < threshold:
        raise BadRequest(f"Loggen har under {threshold} sager. Det er for få til at vise noget.")
    time = throughput(log, ends, today)
    per_place = np.bincount(log.municipality[log.first], minlength=len(log.municipalities)).tolist()
    volumes = tuple(
        (code, rounded(n, threshold) if n >= threshold else None)
        for code, n in zip(log.municipalities, per_place, strict=True)
    )
    said = time.closed >= threshold
    many = log.cases >= MANY and said
    shares = (time.within_90, time.within_90_low, time.within_90_high)
    within = tuple(_twentieth(share) for share in shares if share is not None) if many else ()
    found = ProcessMap(
        sum(n or 0 for _, n in volumes), threshold, today, volumes,
        tuple(_shown(edge, threshold) for edge in edges(log) if edge.cases >= threshold),
        tuple((way, rounded(n, threshold)) for way, n in variants(log) if n >= threshold),
        _twentieth(time.open / log.cases) if many else None,
        round(time.median_days) if said and time.median_days is not None else None,
        round(time.p90_days) if said and time.p90_days is not None else None,
        within if len(within) == 3 else None, (),
    )  # fmt: skip
    return replace(found, notes_da=_notes(found, said))


def _twentieth(share: float) -> float:
    return round(round(share * 20) / 20, 2)


def _shown(edge: Edge, threshold: int) -> Edge:
    days = [
        float(round(day)) if edge.count < MANY else round(day, 1) for day in (edge.median_days, edge.p90_days)
    ]
    return replace(
        edge,
        count=rounded(edge.count, threshold),
        cases=rounded(edge.cases, threshold),
        median_days=days[0],
        p90_days=days[1],
    )


def _notes(found: ProcessMap, said: bool) -> tuple[str, ...]:
    """What must be said beside the map, made of what is shown alone."""
    if not said:
        time = f"Under {found.base} sager er afsluttet; det er for få til at sige noget om tiden."
    elif found.median_days is None:
        time = "Under halvdelen er afsluttet endnu, når åbne sager regnes med."
    else:
        time = f"Halvdelen er afsluttet inden {found.median_days} dage, når åbne sager regnes med."
    return (
        time,
        f"Antal er afrundet til nærmeste {found.base}; veje, forløb og kommuner med under {found.base} sager er udeladt.",
        "Gennemsnittet af afsluttede sager alene vises ikke: i et ungt forsøg er det altid for lavt.",
    )


def rounded(n: int, base: int) -> int:
    """To the nearest multiple of `base`, halves up.

    >>> rounded(12, 5), rounded(13, 5), rounded(2, 5)
    (10, 15, 0)
    """
    return (2 * n + base) // (2 * base) * base


@dataclass(frozen=True)
class Practice:
    """One denominator's funnel of reports per municipality: codes, rates per 1,000 of the denominator and which lie outside."""

    denominator: str
    codes: tuple[str, ...]
    funnel: rates.Funnel


def reporting_practice(reports: dict[str, int], denominators: dict[str, dict[str, float]]) -> list[Practice]:
    """How much municipalities report, seen against several denominators side by side (control cases, recipients, inhabitants).

    A place outside under all of them is worth a talk; outside under one alone may be the denominator. Raises BadRequest when
    a denominator lacks a municipality.
    """
    codes = tuple(sorted(reports))
    found = []
    for name, values in denominators.items():
        if missing := [code for code in codes if not values.get(code)]:
            raise BadRequest(f"{name} mangler for {', '.join(missing)}.")
        exposure = np.array([values[code] for code in codes]) / 1000
        found.append(Practice(name, codes, rates.funnel([reports[code] for code in codes], exposure)))
    return found
