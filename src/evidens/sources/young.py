"""Youth crime by municipality, age band and year, in the columns of a template; and an invented example.

Reports hold no persons, so youth analysis rests on suspicions (mistanke: the young under 15), charges
(sigtelse) and decisions (afgørelse). Real counts by municipality and age are not public; the example's are
invented and say so.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evidens import places
from evidens.counts import Array
from evidens.errors import BadFile, Problem
from evidens.sources.opening import open_text

BANDS = ("10-14", "15-17", "18-24")
KINDS = ("mistanke", "sigtelse", "afgørelse")
COLUMNS = ("municipality", "band", "year", "kind", "count", "population")
TEMPLATE = """municipality,band,year,kind,count,population
851,10-14,2021,mistanke,41,11100
851,15-17,2021,sigtelse,163,6700
851,18-24,2021,afgørelse,402,27900"""
Row = tuple[str, str, int, str, int, float]

# The example: how large municipalities are, and by age band the young of a municipality of size 1, how many
# of a thousand are counted in a year, and as what.
SIZES = {
    "810": 1.0,
    "813": 1.6,
    "820": 1.0,
    "825": 0.05,
    "840": 0.9,
    "846": 1.2,
    "849": 1.1,
    "851": 6.5,
    "860": 1.8,
}
RATES = {
    "10-14": (2200, 2.5, "mistanke"),
    "15-17": (1300, 22.0, "sigtelse"),
    "18-24": (2500, 34.0, "sigtelse"),
}
YEARS = range(2017, 2022)


@dataclass(frozen=True)
class YouthExtract:
    """Rows of the template. `count` events, `population` inhabitants of that age on 1 January of the year."""

    municipality: Array
    band: Array
    year: Array
    kind: Array
    count: Array
    population: Array
    source: str
    invented: bool = False


def read(path: Path) -> YouthExtract:
    """An extract in the template's columns; raises BadFile with line, column and value of every fault."""
    opened = open_text(path)
    records = list(csv.reader(io.StringIO(opened.text), delimiter=opened.delimiter))
    head = [title.strip().lower() for title in records[0]]
    for name in COLUMNS:
        if name not in head:
            text = f"Kolonnen {name} mangler. Fundne kolonner: {', '.join(head)}."
            raise BadFile(Problem("missing_column", text, f"Skabelonen er:\n{TEMPLATE}", 1, name))
    problems: list[Problem] = []
    rows = []
    for line, record in enumerate(records[1:], 2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(head):
            text = f"Der er {len(record)} felter og ikke {len(head)}."
            problems.append(Problem("ragged_row", text, "Ret linjen.", line))
            continue
        cells = {name: record[head.index(name)].strip() for name in COLUMNS}
        rows.append(_row(cells, line, problems))
    problems += _twice(rows)
    if not rows and not problems:
        problems.append(Problem("empty_file", f"{path.name} har ingen rækker.", "Hent udtrækket igen."))
    if problems:
        raise BadFile(*problems)
    return _extract(rows, path.name)


def _twice(rows: list[Row]) -> list[Problem]:
    """The rows that stand twice, counted as lines of a file without gaps."""
    problems = []
    seen: dict[tuple[object, ...], int] = {}
    for line, row in enumerate(rows, 2):
        first = seen.setdefault(row[:4], line)
        if first != line:
            text = f"Samme kommune, alder, år og slags som linje {first}."
            problems.append(Problem("duplicate_rows", text, "Behold én.", line))
    return problems


def _extract(rows: list[Row], source: str, invented: bool = False) -> YouthExtract:
    municipality, band, year, kind, count, population = map(np.array, zip(*rows, strict=True))
    return YouthExtract(municipality, band, year, kind, count, population, source, invented)


def _row(cells: dict[str, str], line: int, problems: list[Problem]) -> Row:
    """A row's values; what is wrong with it is added to the problems."""

    def wrong(code: str, name: str, text: str, mend: str) -> None:
        problems.append(Problem(code, text, mend, line, name, cells[name]))

    written = cells["municipality"]
    code = written
    if code not in places.codes():
        code = places.names().get(written.lower(), "")
    if not code or places.codes()[code].kind != "municipality":
        wrong("unknown_area", "municipality", f"“{written}” er ikke en kommune.", "Skriv koden, fx 851.")
    band, kind = cells["band"], cells["kind"]
    if band not in BANDS:
        wrong("unknown_band", "band", f"“{band}” er ikke en aldersgruppe.", f"Skriv {', '.join(BANDS)}.")
    if kind not in KINDS:
        wrong("unknown_kind", "kind", f"“{kind}” kendes ikke.", f"Skriv {', '.join(KINDS)}.")
    numbers = dict.fromkeys(("year", "count", "population"), 0)
    for name in numbers:
        if cells[name].isdecimal():
            numbers[name] = int(cells[name])
        if not cells[name].isdecimal() or (name == "population" and not numbers[name]):
            wrong("not_a_number", name, f"{name} er “{cells[name]}”.", "Skriv et helt tal.")
    return code, band, numbers["year"], kind, numbers["count"], float(numbers["population"])


def example(seed: int = 2022) -> YouthExtract:
    """Invented counts for the nine municipalities of Nordjylland, 2017-2021, from round rates and the seed.

    Never show them as real.
    """
    random = np.random.default_rng(seed)
    rows: list[Row] = []
    for code, size in SIZES.items():
        level = float(random.lognormal(0, 0.2))
        for band, (persons, rate, kind) in RATES.items():
            for year in YEARS:
                population = float(round(persons * size))
                expected = population / 1000 * rate * level * 0.97 ** (year - YEARS[0])
                count = int(random.poisson(expected))
                rows.append((code, band, year, kind, count, population))
                if kind == "sigtelse":
                    rows.append((code, band, year, "afgørelse", int(random.binomial(count, 0.8)), population))
    return _extract(rows, "opdigtede tal", invented=True)
