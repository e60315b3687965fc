"""A place that stops delivering: where zeros are left out, its silence looks like a fall and is none."""

from dataclasses import replace

import numpy as np

from evidens import places
from evidens.counts import Array, Counts
from evidens.errors import Problem
from evidens.periods import PER_YEAR, Period

USUAL = 10  # cases in an ordinary period: from here on a period without any is not a zero by chance
LEAST = 3  # and in the quietest of them
AROUND, FEWEST, OFTEN = 12, 4, 0.75  # periods looked at on each side; how many, and which share, must be full
FEW = 6  # that are named


def told(counts: Counts) -> Counts:
    """The same counts, with periods that look as if they were not delivered as unknown, and said.

    A series is silent in periods without a row where three of four of the periods up to a year before and
    after have figures, none of them below 3 and their median at least 10: so not where zeros are usual, as of
    fireworks in summer. Extracts that write their zeros say themselves what is zero.
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
    """Which zeros of a series cannot well be zeros: runs of them among periods that are full."""
    found = np.zeros(len(series), bool)
    zero = series == 0
    if not zero.any() or zero.all():
        return found
    edges = np.flatnonzero(np.diff(np.concatenate([[False], zero, [False]])))
    for begin, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        near = np.concatenate([series[max(0, begin - AROUND) : begin], series[end : end + AROUND]])
        full = near[near > 0]
        if len(full) < max(FEWEST, OFTEN * len(near)):
            continue
        found[begin:end] = np.median(full) >= USUAL and full.min() >= LEAST
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
