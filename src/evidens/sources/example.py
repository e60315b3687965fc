"""Official counts that come with the package, so that every example runs.

Nordjylland 2017-2021, and the country where published.
"""

import csv
from importlib.resources import files

import numpy as np

from evidens.counts import Counts, Source
from evidens.periods import Period
from evidens.sources.columns import distinct


def example() -> Counts:
    """STRAF11 for the nine municipalities, the five regions and the country where published, 2017Q1-2021Q4.

    The offences are those that the plan of 2022 speaks of.

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
    place_codes, place = distinct([row[0] for row in rows])
    offence_codes, offence = distinct([row[1] for row in rows])
    written = np.array([row[2:] for row in rows])
    row, period = np.nonzero(written != "")
    return Counts(
        tuple(place_codes),
        tuple(offence_codes),
        tuple(Period.parse(title) for title in head[2:]),
        place[row],
        offence[row],
        period,
        written[row, period].astype(np.int64),
        Source("Danmarks Statistik", table, name, "", None),
    )
