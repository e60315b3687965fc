"""A place that stops delivering: where zeros are left out, its silence looks like a fall and is none."""

from dataclasses import replace

import numpy as np

from evidens import places
from evidens.counts import Array, Counts
from evidens.errors import Problem
from evidens.periods import PER_YEAR, Period

USUAL = 10  # cases in an ordinary period: from here on a period without any is not a zero by chance
LEAST = 3  # and in the quietest of them
FEW = 6  # that are named


def told(counts: Counts) -> Counts:
    """The same counts, with periods that look as if they were not delivered as unknown, and said.

    A series is silent in a period without a row where each of the (up to) twelve nearest periods with figures
    has at least 3 cases and their median is at least 10. Extracts that write their zeros say themselves what
    is zero.
    """
    if not counts.complete:
        return counts
    silent: list[tuple[int, int, Period]] = []
    warnings = list(counts.warnings)
    axis = counts.axis()
    for place in range(len(counts.places)):
        whole = np.flatnonzero(_silent(counts.cube[place].sum(axis=0)))
        for offence in range(len(counts.offences)):
            series = counts.cube[place, offence]
            own = np.flatnonzero(_silent(series) | (np.isin(np.arange(len(series)), whole) & (series == 0)))
            for time in own.tolist():
                silent.append((place, offence, axis[time]))
            if len(own) and (offence == 0 or not len(whole)):
                warnings.append(_said(counts, place, offence, own, series))
    if not silent:
        return counts
    return replace(counts, warnings=tuple(warnings), silent=tuple(silent))


def _silent(series: Array) -> Array:
    """Which zeros of a series cannot well be zeros."""
    filled = np.flatnonzero(series > 0)
    found = np.zeros(len(series), bool)
    if not len(filled):
        return found
    for at in np.flatnonzero(series == 0).tolist():
        near = series[filled[np.argsort(np.abs(filled - at))[:12]]]
        found[at] = np.median(near) >= USUAL and near.min() >= LEAST
    return found


def _said(counts: Counts, place: int, offence: int, at: Array, series: Array) -> Problem:
    axis = counts.axis()
    when = [axis[time].words() for time in at.tolist()]
    shown = ", ".join(when[:FEW])
    if len(when) > FEW:
        shown += f" og {len(when) - FEW} til"
    per_year = PER_YEAR[counts.freq]
    usual = series[series > 0][-3 * per_year :]
    name = places.codes()[counts.places[place]].name
    text = (
        f"{name} har ingen række for {counts.offences[offence]} i {shown}, "
        f"men plejer at have {usual.min():.0f}-{usual.max():.0f}: det er næppe leveret."
    )
    mend = "Perioderne regnes som ukendte og ikke som nul. Hent dem igen."
    return Problem("not_delivered", text, mend, column="TID", value=when[0])
