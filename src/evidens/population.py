"""Inhabitants of a place in the middle of a span, and the rates that they bear."""

from dataclasses import replace

import numpy as np

from evidens import rates
from evidens.answers import Rate
from evidens.counts import Array, Counts
from evidens.errors import Unavailable
from evidens.periods import PER_YEAR, Span
from evidens.places import Place
from evidens.reservations import Reservation

YEAR = 1 + 1e-9
STRAIGHT_LINE = Reservation(
    "population",
    "Folketallet er kendt 1. januar; midt i perioden er det en ret linje mellem to 1. januar.",
    "The population is known on 1 January; in the middle of the span it is on a straight line between two.",
)
LAST_KNOWN = Reservation(
    "population",
    "Folketallet er det seneste, filen har; der er ikke noget nyere at regne med.",
    "The population is the latest that the file holds; there is no newer one to go by.",
)


def inhabitants(population: Counts, place: Place, span: Span) -> float:
    """Inhabitants in the middle of a span, on a straight line between the days that the table holds.

    Those days are the first ones of quarters, or 1 Januaries. Up to a year after the last of them its figure
    stands. Raises Unavailable where two days lie more than a year apart, or before the first.

    The country is the sum of the municipalities and Christiansø where the table has no row of its own.
    """
    row = place
    if place.code not in population.places:
        row = replace(place, kind="sum", code=None)
    people = population.series(row, population.offences[:1])
    known = np.flatnonzero(~np.isnan(people))
    per_year = PER_YEAR[population.freq]
    days = (population.first.ordinal + known) / per_year
    middle = span.first.ordinal / PER_YEAR[span.first.freq] + span.years / 2
    after = int(np.searchsorted(days, middle))
    exact = after < len(days) and days[after] == middle
    if not len(days) or middle < days[0] or not (exact or _near(days, after, middle)):
        raise Unavailable(
            f"Folketallet for {place.words()} midt i {span.words()} er ikke i filen.",
            f"No population for {place.name}, {span}.",
        )
    return float(np.interp(middle, days, people[known]))


def _near(days: Array, after: int, middle: float) -> bool:
    """Whether the days before and after are at most a year apart, or the last one at most a year ago."""
    if after == len(days):
        return middle - float(days[-1]) <= YEAR
    return float(days[after] - days[after - 1]) <= YEAR


def how(population: Counts, span: Span) -> Reservation | None:
    """What must be said of a population that is known once a year only, or not up to the span; None else."""
    middle = span.first.ordinal / PER_YEAR[span.first.freq] + span.years / 2
    last = population.latest.ordinal / PER_YEAR[population.freq]
    if middle > last:
        return LAST_KNOWN
    if len({period.number for period in population.periods}) > 1:
        return None
    return STRAIGHT_LINE


def rate(count: int, population: Counts, place: Place, span: Span, phi: float = 1.0) -> Rate | None:
    """The rate of a count; None where nobody lives in the place.

    With over-dispersion `phi` the count enters as an effective count, count/phi, so that the interval is
    about the root of phi wider and goes over into Garwood's at 1. Raises Unavailable where the population is
    not known.
    """
    people = inhabitants(population, place, span)
    if not people:
        return None
    low, high = rates.garwood(count / phi, people * span.years / 1000 / phi)
    value = round(1000 * count / people / span.years, 3)
    return Rate(value, round(float(low), 3), round(float(high), 3))
