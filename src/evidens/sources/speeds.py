"""Speed readings of stretches: mean, 85th percentile, how many cars; one row per stretch and span of days."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from evidens.counts import Array
from evidens.errors import BadFile, Problem
from evidens.sources import rows as tables

NEEDED = ("stretch", "from", "to", "mean", "p85", "n")
FASTEST = 250.0


@dataclass(frozen=True)
class SpeedReading:
    """A stretch measured from one day to another: km/h, cars, the share above the limit (None: not given)."""

    stretch: str
    first: date
    last: date
    mean: float
    p85: float
    cars: int
    sd: float | None
    over: float | None


def read(path: Path, today: date) -> tuple[SpeedReading, ...]:
    """The readings of a CSV or Parquet file with stretch, from, to, mean, p85, n (and sd, over).

    Raises BadFile with line and column: days the wrong way round or after `today`, a mean above the 85th
    percentile, a speed that no car has, a share above 1, the same stretch and span twice.
    """
    found = tables.read(path, NEEDED)
    first, last = _days(found, "from", today), _days(found, "to", today)
    mean, p85, cars = (found.numbers(name, 0) for name in ("mean", "p85", "n"))
    beside = {}
    for name in ("sd", "over"):
        beside[name] = np.full(len(found), np.nan)
        if found.has(name):
            beside[name] = found.numbers(name, 0, blank=True)
    stretches = found.texts("stretch")
    problems: list[Problem] = []
    seen: dict[tuple[str, date, date], int] = {}
    readings = []
    for row, name in enumerate(stretches):
        line = found.lines[row]
        one = SpeedReading(
            name,
            first[row],
            last[row],
            float(mean[row]),
            float(p85[row]),
            int(cars[row]),
            _known(beside["sd"], row),
            _known(beside["over"], row),
        )
        problems += _faults(one, line)
        earlier = seen.setdefault((one.stretch, one.first, one.last), line)
        if earlier != line:
            said = f"{name} er målt på de samme dage på linje {earlier}."
            problems.append(Problem("duplicate_rows", said, "Behold én.", line, "stretch", name))
        readings.append(one)
    found.refuse(problems)
    return tuple(readings)


def _days(found: tables.Rows, name: str, today: date) -> list[date]:
    days, problems = [], []
    for line, text in zip(found.lines, found.texts(name), strict=True):
        try:
            day = date.fromisoformat(text)
        except ValueError:
            said = f"“{text}” er ikke en dato."
            problems.append(Problem("bad_day", said, "Skriv fx 2021-11-08.", line, name, text))
            continue
        if day > today:
            said = f"{text} ligger i fremtiden."
            problems.append(Problem("future", said, f"I dag er {today.isoformat()}.", line, name, text))
        days.append(day)
    if problems:
        raise BadFile(*problems[: tables.MOST])
    return days


def _faults(one: SpeedReading, line: int) -> list[Problem]:
    told = []
    if one.last < one.first:
        told.append(
            Problem("backwards", "Målingen slutter, før den begynder.", "Byt de to dage.", line, "to")
        )
    if one.p85 < one.mean:
        said = f"85 % kører under {one.p85:g}, men middelfarten er {one.mean:g}."
        told.append(Problem("p85_under_mean", said, "Ret den ene.", line, "p85", str(one.p85)))
    if not 0 < one.mean <= FASTEST:
        told.append(Problem("no_speed", f"Middelfarten er {one.mean:g} km/t.", "Ret tallet.", line, "mean"))
    if one.over is not None and one.over > 1:
        told.append(
            Problem("no_share", f"Andelen er {one.over:g}.", "Skriv den mellem 0 og 1.", line, "over")
        )
    return told


def _known(values: Array, row: int) -> float | None:
    if np.isnan(values[row]):
        return None
    return float(values[row])
