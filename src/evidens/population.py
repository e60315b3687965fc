"""Inhabitants of a place in the middle of a span, and the rates that they bear."""

from dataclasses import replace

import numpy as np

from evidens import rates
from evidens.answers import Rate
from evidens.counts import Counts
from evidens.errors import Unavailable
from evidens.periods import PER_YEAR, Span
from evidens.places import Place


def inhabitants(population: Counts, place: Place, span: Span) -> float:
    """Inhabitants in the middle of a span, on a straight line between the first days of two quarters.

    Raises Unavailable.

    The country is the sum of the municipalities and Christiansø where the table has no row of its own.
    """
    row = place
    if place.code not in population.places:
        row = replace(place, kind="sum", code=None)
    quarters = population.series(row, population.offences[:1])
    theirs, ours = PER_YEAR[population.freq], PER_YEAR[span.first.freq]
    first = span.first.ordinal * theirs / ours
    middle = first + len(span) * theirs / ours / 2 - population.first.ordinal
    left = int(np.floor(middle))
    right = left
    if middle != left:
        right = left + 1
    if left < 0 or right >= len(quarters) or np.isnan(quarters[[left, right]]).any():
        raise Unavailable(
            f"Folketallet for {place.words()} midt i {span.words()} er ikke i filen.",
            f"No population for {place.name}, {span}.",
        )
    return float(quarters[left] + (middle - left) * (quarters[right] - quarters[left]))


def rate(count: int, population: Counts, place: Place, span: Span) -> Rate | None:
    """The rate of a count; None where nobody lives in the place.

    Raises Unavailable where the population is not known.
    """
    people = inhabitants(population, place, span)
    if not people:
        return None
    low, high = rates.garwood(count, people * span.years / 1000)
    value = round(1000 * count / people / span.years, 3)
    return Rate(value, round(float(low), 3), round(float(high), 3))
