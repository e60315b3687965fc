"""Official counts that come with the package, so that every example runs: Nordjylland 2017-2021 and the country where published."""

import csv
from importlib.resources import files

import numpy as np

from evidens.counts import Counts, Source
from evidens.periods import Period


def example() -> Counts:
    """STRAF11 for the nine municipalities, the five regions and the country, the offences that the plan of 2022 speaks of, 2017Q1-2021Q4.

    >>> counts = example()
    >>> len(counts.places), str(counts.latest)
    (16, '2021Q4')
    """
    return _load("example.csv", "STRAF11")


def example_population() -> Counts:
    """FOLK1A for the same places, first day of each quarter 2017Q1-2022Q1."""
    return _load("example_population.csv", "FOLK1A")


def _load(name: str, table: str) -> Counts:
    lines = files("evidens").joinpath(f"data/{name}").read_text("utf-8").splitlines()
    head, *rows = list(csv.reader(lines[1:]))
    periods = tuple(Period.parse(title) for title in head[2:])
    place_codes = tuple(dict.fromkeys(row[0] for row in rows))
    offence_codes = tuple(dict.fromkeys(row[1] for row in rows))
    cells = [
        (place_codes.index(row[0]), offence_codes.index(row[1]), column, int(value))
        for row in rows
        for column, value in enumerate(row[2:])
        if value
    ]
    place, offence, period, count = (np.array(part) for part in zip(*cells, strict=True))
    source = Source("Danmarks Statistik", table, name, "", None)
    return Counts(place_codes, offence_codes, periods, place, offence, period, count, source)
