"""The yearly change of small places, each shrunk towards the common one."""

from collections.abc import Sequence
from itertools import compress

import numpy as np

from evidens import poisson
from evidens.counts import Array
from evidens.sources.young import YouthExtract


def yearly_changes(
    extract: YouthExtract, kind: str, codes: Sequence[str], fewest: int, threshold: int
) -> dict[str, float]:
    """Yearly change in whole per cent of the municipalities that have no year below `threshold`.

    Over all years of the extract.

    Empty where there are fewer than `fewest` years.
    """
    of_kind = extract.kind == kind
    years = sorted(set(extract.year[of_kind].tolist()))
    if len(years) < fewest or not codes:
        return {}
    count, people = _by_year(extract, of_kind & np.isin(extract.municipality, codes), codes, years)
    large: Array = np.asarray((count >= threshold).all(axis=1))
    codes, count, people = list(compress(codes, large)), count[large], people[large]
    if not codes:
        return {}
    lived = people > 0
    population = np.where(lived, people, np.nan)
    found = poisson.fit_seasonal(np.where(lived, count, np.nan), 1, population=population)
    slope, error = found.beta[:, 1], found.error(1)
    good = found.usable & (error > 0)
    if not good.any():
        return {}
    changes: dict[str, float] = {}
    for code, value in zip(compress(codes, good), _shrunk(slope[good], error[good]), strict=True):
        changes[code] = round(100 * (float(np.exp(value)) - 1))
    return changes


def _by_year(
    extract: YouthExtract, inside: Array, codes: Sequence[str], years: list[int]
) -> tuple[Array, Array]:
    """Counts and inhabitants of all ages, float64[municipality, year]."""
    row = [codes.index(code) for code in extract.municipality[inside].tolist()]
    column = [years.index(year) for year in extract.year[inside].tolist()]
    count, people = np.zeros((len(codes), len(years))), np.zeros((len(codes), len(years)))
    np.add.at(count, (row, column), extract.count[inside])
    np.add.at(people, (row, column), extract.population[inside])
    return count, people


def _shrunk(slope: Array, error: Array) -> Array:
    """Each slope moved towards the common one, by the variance between them.

    DerSimonian & Laird 1986, cut at 0.
    """
    weight = 1 / error**2
    mean = (weight * slope).sum() / weight.sum()
    between = 0.0
    if len(slope) > 1:
        spread = (weight * (slope - mean) ** 2).sum()
        scale = weight.sum() - (weight**2).sum() / weight.sum()
        between = max(0.0, (spread - (len(slope) - 1)) / scale)
    return mean + (slope - mean) * between / (between + error**2)
