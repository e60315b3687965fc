"""Youth crime by municipality from an aggregate extract: pooled years, rates, shrinkage, funnel, standardised ratio.

Reports hold no persons, so youth analysis rests on suspicions (mistanke: the young under 15), charges (sigtelse) and decisions
(afgørelse). Real counts by municipality and age are not public; the example's are invented and say so.
"""

import csv
import io
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evidens import disclosure, places, poisson, rates
from evidens.counts import Array
from evidens.errors import BadFile, BadRequest, Problem
from evidens.periods import Period
from evidens.sources.opening import open_text

BANDS = ("10-14", "15-17", "18-24")
KINDS = ("mistanke", "sigtelse", "afgørelse")
COLUMNS = ("municipality", "band", "year", "kind", "count", "population")
TEMPLATE = """municipality,band,year,kind,count,population
851,10-14,2021,mistanke,41,11100
851,15-17,2021,sigtelse,163,6700
851,18-24,2021,afgørelse,402,27900"""
POOLED, FEWEST = 3, 3


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
    if missing := [name for name in COLUMNS if name not in head]:
        text = f"Kolonnen {missing[0]} mangler. Fundne kolonner: {', '.join(head)}."
        raise BadFile([Problem("missing_column", text, f"Skabelonen er:\n{TEMPLATE}", 1, missing[0])])
    at = {name: head.index(name) for name in COLUMNS}
    problems: list[Problem] = []
    rows = []
    for line, record in enumerate(records[1:], 2):
        if not any(cell.strip() for cell in record):
            continue
        if len(record) != len(head):
            problems.append(
                Problem(
                    "ragged_row", f"Der er {len(record)} felter og ikke {len(head)}.", "Ret linjen.", line
                )
            )
            continue
        rows.append(_row({name: record[at[name]].strip() for name in COLUMNS}, line, problems))
    seen: dict[tuple[str, ...], int] = {}
    for line, row in enumerate(rows, 2):
        key = tuple(str(part) for part in row[:4])
        if key in seen:
            problems.append(
                Problem(
                    "duplicate_rows",
                    f"Samme kommune, alder, år og slags som linje {seen[key]}.",
                    "Behold én.",
                    line,
                )
            )
        seen.setdefault(key, line)
    if problems or not rows:
        raise BadFile(
            problems or [Problem("empty_file", f"{path.name} har ingen rækker.", "Hent udtrækket igen.")]
        )
    return _extract(rows, path.name)


def _extract(
    rows: list[tuple[str, str, int, str, int, float]], source: str, invented: bool = False
) -> YouthExtract:
    municipality, band, year, kind, count, population = (
        np.array(column) for column in zip(*rows, strict=True)
    )
    return YouthExtract(municipality, band, year, kind, count, population, source, invented)


def _row(record: dict[str, str], line: int, problems: list[Problem]) -> tuple[str, str, int, str, int, float]:
    code = record["municipality"]
    code = code if code in places.codes() else places.names().get(code.lower(), "")
    if not code or places.codes()[code].kind != "municipality":
        said = record["municipality"]
        problems.append(
            Problem(
                "unknown_area",
                f"“{said}” er ikke en kommune.",
                "Skriv koden, fx 851.",
                line,
                "municipality",
                said,
            )
        )
    if record["band"] not in BANDS:
        problems.append(
            Problem(
                "unknown_band",
                f"“{record['band']}” er ikke en aldersgruppe.",
                f"Skriv {', '.join(BANDS)}.",
                line,
                "band",
                record["band"],
            )
        )
    if record["kind"] not in KINDS:
        problems.append(
            Problem(
                "unknown_kind",
                f"“{record['kind']}” kendes ikke.",
                f"Skriv {', '.join(KINDS)}.",
                line,
                "kind",
                record["kind"],
            )
        )
    numbers = []
    for name in ("year", "count", "population"):
        whole = record[name].isdecimal()
        if not whole or (name == "population" and int(record[name]) == 0):
            problems.append(
                Problem(
                    "not_a_number",
                    f"{name} er “{record[name]}”.",
                    "Skriv et helt tal.",
                    line,
                    name,
                    record[name],
                )
            )
        numbers.append(int(record[name]) if whole else 0)
    return code, record["band"], numbers[0], record["kind"], numbers[1], float(numbers[2])


def example(seed: int = 2022) -> YouthExtract:
    """Invented counts for the nine municipalities of Nordjylland, 2017-2021, from round rates and the seed. Never show them as real."""
    random = np.random.default_rng(seed)
    people = {
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
    base = {
        "10-14": (2200, 2.5, "mistanke"),
        "15-17": (1300, 22.0, "sigtelse"),
        "18-24": (2500, 34.0, "sigtelse"),
    }
    rows: list[tuple[str, str, int, str, int, float]] = []
    for code, size in people.items():
        level = float(random.lognormal(0, 0.2))
        for band, (persons, rate, kind) in base.items():
            for year in range(2017, 2022):
                population = float(round(persons * size))
                count = int(random.poisson(population / 1000 * rate * level * 0.97 ** (year - 2017)))
                rows.append((code, band, year, kind, count, population))
                if kind == "sigtelse":
                    rows.append((code, band, year, "afgørelse", int(random.binomial(count, 0.8)), population))
    return _extract(rows, "opdigtede tal", invented=True)


def years(extract: YouthExtract, text: str | None) -> list[int]:
    """The years of "2019..2021"; the three newest when nothing is asked. Raises BadRequest on years the extract does not have."""
    known = sorted(set(extract.year.tolist()))
    if not text:
        text = f"{known[-1] - POOLED + 1}..{known[-1]}"
    first, _, last = text.partition("..")
    asked = list(range(Period.parse(first).year, Period.parse(last or first).year + 1))
    if len(asked) != POOLED:
        raise BadRequest(
            f"Vælg {POOLED} år i træk, fx {known[-1] - POOLED + 1}..{known[-1]}. Kortere eller længere rum ville røbe et enkelt år."
        )
    if missing := [year for year in asked if year not in known]:
        raise BadRequest(
            f"Udtrækket har ikke {', '.join(map(str, missing))}. Det har {', '.join(map(str, known))}."
        )
    return asked


@dataclass(frozen=True)
class YouthRow:
    """A municipality and age band over the pooled years; per 1,000 inhabitants of the age and year. None: withheld."""

    code: str
    name: str
    band: str
    count: int | None
    rate: float | None
    low: float | None
    high: float | None
    shrunk: float | None
    outside: bool | None


@dataclass(frozen=True)
class YouthRatio:
    """A municipality against the district at the same ages: observed over expected, and the age-standardised rate. None: withheld."""

    code: str
    name: str
    ratio: float | None
    low: float | None
    high: float | None
    standardised: tuple[float, float, float] | None
    change_pct_a_year: float | None


@dataclass(frozen=True)
class YouthAnalysis:
    """What may be shown: rows, ratios, and what must be said beside them."""

    kind: str
    years: tuple[int, ...]
    rows: tuple[YouthRow, ...]
    ratios: tuple[YouthRatio, ...]
    withheld: int
    threshold: int
    invented: bool
    notes_da: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def analyse(extract: YouthExtract, kind: str, over: Sequence[int], *, threshold: int = 5) -> YouthAnalysis:
    """Rates by municipality and age band over pooled years, protected against disclosure; raises BadRequest when there is nothing."""
    if kind not in KINDS:
        raise BadRequest(f"“{kind}” kendes ikke. Skriv {', '.join(KINDS)}.")
    if threshold < FEWEST:
        raise BadRequest(f"Grænsen er mindst {FEWEST}; under den kan en enkelt person kendes.")
    if list(over) != list(range(over[0], over[0] + POOLED)):
        raise BadRequest(
            f"Tal om unge lægges sammen over {POOLED} år i træk, så intet enkelt år kan regnes ud."
        )
    inside = (extract.kind == kind) & np.isin(extract.year, list(over))
    if not inside.any():
        raise BadRequest(f"Udtrækket har ingen {kind} i {', '.join(map(str, over))}.")
    codes = sorted(set(extract.municipality[inside].tolist()))
    bands = [band for band in BANDS if (extract.band[inside] == band).any()]
    count, people = np.zeros((len(codes), len(bands))), np.zeros((len(codes), len(bands)))
    row = np.array([codes.index(code) for code in extract.municipality[inside]])
    column = np.array([bands.index(band) for band in extract.band[inside]])
    np.add.at(count, (row, column), extract.count[inside])
    np.add.at(people, (row, column), extract.population[inside])
    rows_there = np.zeros(count.shape, int)
    np.add.at(rows_there, (row, column), 1)
    if (rows_there < len(over)).any():
        where = np.argwhere(rows_there < len(over))[0]
        name = places.codes()[codes[where[0]]].name
        raise BadRequest(
            f"{name} mangler {bands[where[1]]} i et af årene {over[0]}-{over[-1]}. Skriv en række, også når tallet er 0."
        )
    guarded = _guard(count, codes, bands, threshold)
    rows = [
        one
        for number, band in enumerate(bands)
        for one in _band(count[:, number], people[:, number], codes, band, guarded)
    ]
    ratios = _ratios(extract, kind, codes, bands, count, people, guarded)
    withheld = sum(row.count is None for row in rows)
    return YouthAnalysis(
        kind,
        tuple(over),
        tuple(rows),
        tuple(ratios),
        withheld,
        threshold,
        extract.invented,
        _notes(extract, kind, over, withheld, threshold),
    )


def _guard(count: Array, codes: list[str], bands: list[str], threshold: int) -> disclosure.Protected:
    leaves = {
        (code, band): float(count[i, j]) for i, code in enumerate(codes) for j, band in enumerate(bands)
    }
    return disclosure.protect(
        disclosure.linked(
            leaves, disclosure.Tree({"alle": tuple(codes)}), disclosure.Tree({"alle": tuple(bands)})
        ),
        threshold,
    )


def _band(
    count: Array, people: Array, codes: list[str], band: str, guarded: disclosure.Protected
) -> list[YouthRow]:
    """The rows of an age band. Level, shrinkage and funnel are made of the shown cells alone, so that nothing of the hidden
    ones is in them.
    """
    shown = np.array([guarded.shown((code, band)) is not None for code in codes])
    exposure = people[shown] / 1000
    low, high = rates.garwood(count[shown], exposure)
    some = bool(count[shown].sum() > 0)
    shrunk = rates.shrink(count[shown], exposure)[0] if some else np.zeros(int(shown.sum()))
    around = rates.funnel(count[shown], exposure) if some else None
    judged = around is not None and around.judged
    place = np.cumsum(shown) - 1
    found = []
    for n, code in enumerate(codes):
        name, k = places.codes()[code].name, place[n]
        if not shown[n]:
            found.append(YouthRow(code, name, band, None, None, None, None, None, None))
            continue
        rate, bottom, top, level = (
            round(float(x), 2) for x in (count[n] / exposure[k], low[k], high[k], shrunk[k])
        )
        outside = bool(around.outside[k]) if judged and around is not None else None
        found.append(YouthRow(code, name, band, int(count[n]), rate, bottom, top, level, outside))
    return found


def _ratios(
    extract: YouthExtract, kind: str, codes: list[str], bands: list[str], count: Array, people: Array, guarded: disclosure.Protected,
) -> list[YouthRatio]:  # fmt: skip
    """Ratios to the district's rates at the same ages: none at all where a band's total is hidden, since they would tell it."""
    names = [places.codes()[code].name for code in codes]
    open_bands = all(guarded.shown(("alle", band)) is not None for band in bands)
    if not open_bands or not count.sum():
        return [
            YouthRatio(code, name, None, None, None, None, None)
            for code, name in zip(codes, names, strict=True)
        ]
    expected = (people * (count.sum(axis=0) / people.sum(axis=0))).sum(axis=1)
    low, high = rates.garwood(count.sum(axis=1), expected)
    whole = [all(guarded.shown((code, band)) is not None for band in bands) for code in codes]
    slopes = _slopes(
        extract, kind, [code for code, shown in zip(codes, whole, strict=True) if shown], guarded.threshold
    )
    found = []
    for n, (code, name) in enumerate(zip(codes, names, strict=True)):
        if guarded.shown((code, "alle")) is None:
            found.append(YouthRatio(code, name, None, None, None, None, None))
            continue
        direct = rates.fay_feuer(count[n], people[n] / 1000, people.sum(axis=0)) if whole[n] else None
        ratio, bottom, top = (round(float(x), 3) for x in (count[n].sum() / expected[n], low[n], high[n]))
        standard = None if direct is None else (round(direct[0], 2), round(direct[1], 2), round(direct[2], 2))
        found.append(YouthRatio(code, name, ratio, bottom, top, standard, slopes.get(code)))
    return found


def _slopes(extract: YouthExtract, kind: str, codes: list[str], threshold: int) -> dict[str, float]:
    """Yearly change in whole per cent over all years of the municipalities that are shown whole and have no small year, shrunk
    towards their common one.

    Between-variance by the method of moments (DerSimonian & Laird 1986), cut at 0. Empty where there are too few years.
    """
    of_kind = extract.kind == kind
    known = sorted(set(extract.year[of_kind].tolist()))
    if len(known) < POOLED or not codes:
        return {}
    count, people = np.zeros((len(codes), len(known))), np.zeros((len(codes), len(known)))
    inside = of_kind & np.isin(extract.municipality, codes)
    row = np.array([codes.index(code) for code in extract.municipality[inside]])
    column = np.array([known.index(year) for year in extract.year[inside]])
    np.add.at(count, (row, column), extract.count[inside])
    np.add.at(people, (row, column), extract.population[inside])
    large: Array = np.asarray((count >= threshold).all(axis=1))
    codes, count, people = (
        [code for code, ok in zip(codes, large, strict=True) if ok],
        count[large],
        people[large],
    )
    if not codes:
        return {}
    found = poisson.fit_seasonal(
        np.where(people > 0, count, np.nan), 1, population=np.where(people > 0, people, np.nan)
    )
    slope, error = found.beta[:, 1], found.error(1)
    good = found.usable & (error > 0)
    if not good.any():
        return {}
    weight = 1 / error[good] ** 2
    mean = (weight * slope[good]).sum() / weight.sum()
    spread = (weight * (slope[good] - mean) ** 2).sum()
    between = (
        max(0.0, (spread - (good.sum() - 1)) / (weight.sum() - (weight**2).sum() / weight.sum()))
        if good.sum() > 1
        else 0.0
    )
    shrunk = mean + (slope - mean) * between / (between + error**2)
    return {
        code: round(100 * (float(np.exp(value)) - 1))
        for code, value, ok in zip(codes, shrunk, good, strict=True)
        if ok
    }


def _notes(
    extract: YouthExtract, kind: str, over: Sequence[int], withheld: int, threshold: int
) -> tuple[str, ...]:
    notes = []
    if extract.invented:
        notes.append("Opdigtede tal, kun til at vise formen.")
    notes.append(
        f"{kind.capitalize()}, {over[0]}-{over[-1]} lagt sammen, pr. 1.000 i alderen og år. Alder efter Danmarks Statistiks grupper."
    )
    if withheld:
        notes.append(
            f"{withheld} felter er skjult: under {threshold}, eller de ville røbe et felt under {threshold}."
        )
    notes.append(
        "Kommuner rangordnes ikke. En kommune uden for tragten er værd at se på; forskelle inden for den kan være tilfældige."
    )
    return tuple(notes)
