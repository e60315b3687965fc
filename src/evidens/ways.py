"""Which steps of cases follow each other, the courses taken, and those that go back.

As in van der Aalst 2016, chapter 5.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evidens.counts import Array
from evidens.logs import Log

DAY = 86_400.0
SMALL_KEY = 180  # with fewer steps a pair of them fits into 16 bits


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
    if width < SMALL_KEY:
        key = key.astype(np.int16)
    days = ((log.time[1:] - log.time[:-1])[same] / DAY).astype(np.float64)
    counts = np.bincount(key, minlength=width * width)
    # Group by edge with one stable sort of small integers, then select the two percentiles within each group.
    order = np.argsort(key, kind="stable")
    grouped, whose = days[order], log.case[1:][same][order]
    stops = np.cumsum(counts)
    found = []
    for number in np.flatnonzero(counts).tolist():
        part = slice(stops[number] - counts[number], stops[number])
        # The sort is stable, so a case's events stand together.
        cases = 1 + int(np.count_nonzero(np.diff(whose[part])))
        source, target = divmod(number, width)
        median, p90 = _percentiles(grouped[part])
        found.append(Edge(log.steps[source], log.steps[target], int(counts[number]), median, p90, cases))
    return sorted(found, key=lambda edge: -edge.count)


def _percentiles(values: Array) -> tuple[float, float]:
    """The median and the 90th percentile, by selection and not by sorting."""
    last = len(values) - 1
    positions = (last * 0.5, last * 0.9)
    wanted = set()
    for position in positions:
        wanted |= {int(position), min(int(position) + 1, last)}
    part = np.partition(values, sorted(wanted))
    median, p90 = (_between(part, position, last) for position in positions)
    return median, p90


def _between(part: Array, position: float, last: int) -> float:
    """The value at a position that may lie between two."""
    below = int(position)
    gap = part[min(below + 1, last)] - part[below]
    return float(part[below] + (position - below) * gap)


def variants(log: Log) -> list[tuple[tuple[str, ...], int]]:
    """The courses that cases took, and how many took each, most frequent first."""
    starts = np.flatnonzero(log.first)
    courses: dict[bytes, int] = {}
    steps = np.ascontiguousarray(log.step.astype(np.int32))
    for begin, end in zip(starts, [*starts[1:], len(log)], strict=True):
        course = steps[begin:end].tobytes()
        courses[course] = courses.get(course, 0) + 1
    named = []
    for course, count in courses.items():
        way = tuple(log.steps[number] for number in np.frombuffer(course, np.int32))
        named.append((way, count))
    return sorted(named, key=lambda pair: (-pair[1], pair[0]))


def exact_fit(log: Log, order: Sequence[str]) -> float:
    """The share of cases whose course is exactly the declared one: each step once, in order, no other."""
    fitting = 0
    for way, count in variants(log):
        if way == tuple(order):
            fitting += count
    return fitting / log.cases


def conformance(log: Log, order: Sequence[str]) -> float:
    """The share of cases that never go back in a declared order of steps; steps outside it do not count."""
    rank_of = {name: order.index(name) for name in order}
    rank = np.array([rank_of.get(name, -1) for name in log.steps])[log.step]
    inside = rank >= 0
    case, rank = log.case[inside], rank[inside]
    back = (case[1:] == case[:-1]) & (rank[1:] < rank[:-1])
    return 1 - len(np.unique(case[1:][back])) / log.cases
