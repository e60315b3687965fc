"""Youth crime by municipality from an aggregate extract.

Years are pooled; rates, shrinkage, funnel and standardised ratio.

Everything is made of the cells that may be shown, so that nothing of the hidden ones is in it.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np

from evidens import disclosure, places, rates
from evidens.counts import Array
from evidens.disclosure import Protected, Tree
from evidens.errors import BadRequest
from evidens.periods import Period
from evidens.sources.young import BANDS, KINDS, TEMPLATE, YouthExtract, example, read
from evidens.yearly import yearly_changes

__all__ = [
    "TEMPLATE",
    "YouthAnalysis",
    "YouthExtract",
    "YouthRatio",
    "YouthRow",
    "analyse",
    "example",
    "read",
    "years",
]

POOLED, FEWEST = 3, 3
ALL = "alle"


def years(extract: YouthExtract, text: str | None) -> list[int]:
    """The years of "2019..2021"; the three newest when nothing is asked.

    Raises BadRequest on years the extract does not have.
    """
    known = sorted(set(extract.year.tolist()))
    newest = f"{known[-1] - POOLED + 1}..{known[-1]}"
    if not text:
        text = newest
    first, _, last = text.partition("..")
    asked = list(range(Period.parse(first).year, Period.parse(last or first).year + 1))
    if len(asked) != POOLED:
        raise BadRequest(
            f"Vælg {POOLED} år i træk, fx {newest}. Kortere eller længere rum ville røbe et enkelt år."
        )
    missing = [year for year in asked if year not in known]
    if missing:
        raise BadRequest(f"Udtrækket har ikke {_listed(missing)}. Det har {_listed(known)}.")
    return asked


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(str, numbers))


@dataclass(frozen=True)
class YouthRow:
    """A municipality and age band over the pooled years; per 1,000 inhabitants of the age and year.

    None: withheld.
    """

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
    """A municipality against the district at the same ages.

    Observed over expected, and the age-standardised rate.

    None: withheld.
    """

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

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class _Pooled:
    """Counts and person-years float64[municipality, band] over the years, and which cells may be shown."""

    codes: list[str]
    bands: list[str]
    count: Array
    people: Array
    guarded: Protected

    def shown(self, code: str, band: str) -> bool:
        """Whether a cell (or a total, "alle") may be shown."""
        return self.guarded.shown((code, band)) is not None

    def whole(self, code: str) -> bool:
        """Whether every age band of the municipality may be shown."""
        return all(self.shown(code, band) for band in self.bands)

    @property
    def totals_shown(self) -> bool:
        """Whether the total of every age band may be shown."""
        return all(self.shown(ALL, band) for band in self.bands)


def analyse(extract: YouthExtract, kind: str, over: Sequence[int], *, threshold: int = 5) -> YouthAnalysis:
    """Rates by municipality and age band over pooled years, protected against disclosure.

    Raises BadRequest when there is nothing.
    """
    if kind not in KINDS:
        raise BadRequest(f"“{kind}” kendes ikke. Skriv {', '.join(KINDS)}.")
    if threshold < FEWEST:
        raise BadRequest(f"Grænsen er mindst {FEWEST}; under den kan en enkelt person kendes.")
    if list(over) != list(range(over[0], over[0] + POOLED)):
        raise BadRequest(
            f"Tal om unge lægges sammen over {POOLED} år i træk, så intet enkelt år kan regnes ud."
        )
    pooled = _pooled(extract, kind, over, threshold)
    rows = [row for number in range(len(pooled.bands)) for row in _band(pooled, number)]
    withheld = sum(row.count is None for row in rows)
    return YouthAnalysis(
        kind=kind,
        years=tuple(over),
        rows=tuple(rows),
        ratios=tuple(_ratios(pooled, extract, kind)),
        withheld=withheld,
        threshold=threshold,
        invented=extract.invented,
        notes_da=_notes(extract, kind, over, withheld, threshold),
    )


def _pooled(extract: YouthExtract, kind: str, over: Sequence[int], threshold: int) -> _Pooled:
    """The years added up; raises BadRequest when there are none, or when a cell lacks one of them."""
    inside = (extract.kind == kind) & np.isin(extract.year, list(over))
    if not inside.any():
        raise BadRequest(f"Udtrækket har ingen {kind} i {_listed(over)}.")
    municipality, band = extract.municipality[inside].tolist(), extract.band[inside].tolist()
    codes = sorted(set(municipality))
    bands = [name for name in BANDS if name in band]
    at = ([codes.index(code) for code in municipality], [bands.index(name) for name in band])
    shape = (len(codes), len(bands))
    count, people, there = np.zeros(shape), np.zeros(shape), np.zeros(shape, int)
    np.add.at(count, at, extract.count[inside])
    np.add.at(people, at, extract.population[inside])
    np.add.at(there, at, 1)
    lacking = np.argwhere(there < len(over))
    if len(lacking):
        row, column = lacking[0]
        name = places.codes()[codes[row]].name
        raise BadRequest(
            f"{name} mangler {bands[column]} i et af årene {over[0]}-{over[-1]}. "
            "Skriv en række, også når tallet er 0."
        )
    return _Pooled(codes, bands, count, people, _guard(count, codes, bands, threshold))


def _guard(count: Array, codes: list[str], bands: list[str], threshold: int) -> Protected:
    leaves = {}
    for code, row in zip(codes, count.tolist(), strict=True):
        for band, value in zip(bands, row, strict=True):
            leaves[code, band] = value
    table = disclosure.linked(leaves, Tree({ALL: tuple(codes)}), Tree({ALL: tuple(bands)}))
    return disclosure.protect(table, threshold)


def _band(pooled: _Pooled, number: int) -> list[YouthRow]:
    """The rows of an age band. Level, shrinkage and funnel are made of the shown cells alone."""
    band = pooled.bands[number]
    shown = np.array([pooled.shown(code, band) for code in pooled.codes])
    count, exposure = pooled.count[shown, number], pooled.people[shown, number] / 1000
    low, high = rates.garwood(count, exposure)
    shrunk = np.zeros(len(count))
    outside: list[bool | None] = [None] * len(count)
    if count.sum() > 0:
        shrunk, _ = rates.shrink(count, exposure)
        around = rates.funnel(count, exposure)
        if around.judged:
            outside = around.outside.tolist()
    found = []
    position = iter(range(len(count)))
    for code, seen in zip(pooled.codes, shown, strict=True):
        name = places.codes()[code].name
        if not seen:
            found.append(YouthRow(code, name, band, None, None, None, None, None, None))
            continue
        k = next(position)
        rate, least, most, level = (
            round(float(x), 2) for x in (count[k] / exposure[k], low[k], high[k], shrunk[k])
        )
        found.append(YouthRow(code, name, band, int(count[k]), rate, least, most, level, outside[k]))
    return found


def _ratios(pooled: _Pooled, extract: YouthExtract, kind: str) -> list[YouthRatio]:
    """Ratios to the district's rates at the same ages.

    None at all where a band's total is hidden, since they would tell it.
    """
    if not pooled.totals_shown or not pooled.count.sum():
        return [_no_ratio(code) for code in pooled.codes]
    count, people = pooled.count, pooled.people
    expected = (people * (count.sum(axis=0) / people.sum(axis=0))).sum(axis=1)
    seen = count.sum(axis=1)
    low, high = rates.garwood(seen, expected)
    whole = [code for code in pooled.codes if pooled.whole(code)]
    changes = yearly_changes(extract, kind, whole, POOLED, pooled.guarded.threshold)
    found = []
    for n, code in enumerate(pooled.codes):
        if not pooled.shown(code, ALL):
            found.append(_no_ratio(code))
            continue
        ratio, least, most = (round(float(x), 3) for x in (seen[n] / expected[n], low[n], high[n]))
        standard = None
        if code in whole:
            standard = _standardised(count[n], people[n], people.sum(axis=0))
        name = places.codes()[code].name
        found.append(YouthRatio(code, name, ratio, least, most, standard, changes.get(code)))
    return found


def _no_ratio(code: str) -> YouthRatio:
    return YouthRatio(code, places.codes()[code].name, None, None, None, None, None)


def _standardised(count: Array, people: Array, standard: Array) -> tuple[float, float, float]:
    rate, low, high = rates.fay_feuer(count, people / 1000, standard)
    return round(rate, 2), round(low, 2), round(high, 2)


def _notes(
    extract: YouthExtract, kind: str, over: Sequence[int], withheld: int, threshold: int
) -> tuple[str, ...]:
    notes = []
    if extract.invented:
        notes.append("Opdigtede tal, kun til at vise formen.")
    notes.append(
        f"{kind.capitalize()}, {over[0]}-{over[-1]} lagt sammen, pr. 1.000 i alderen og år. "
        "Alder efter Danmarks Statistiks grupper."
    )
    if withheld:
        notes.append(
            f"{withheld} felter er skjult: under {threshold}, eller de ville røbe et felt under {threshold}."
        )
    notes.append(
        "Kommuner rangordnes ikke. En kommune uden for tragten er værd at se på; "
        "forskelle inden for den kan være tilfældige."
    )
    return tuple(notes)
