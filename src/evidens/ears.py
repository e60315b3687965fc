"""Rules for very short histories: EARS C1, C2 and C3 (Hutwagner et al. 2003; as in Fricker et al. 2008).

Each compares a count with the mean and standard deviation of seven earlier ones, without season or trend: a
week against the last two months. What they list is worth a look when nothing longer is there to go by.
"""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from evidens.counts import Array
from evidens.judging import Judged, series_of

Rule = Literal["C1", "C2", "C3"]
BASE, LAG, MEMORY = 7, 2, 3  # periods behind the mean, left out before the count, and added up by C3
LIMIT: dict[Rule, float] = {"C1": 3.0, "C2": 3.0, "C3": 2.0}
NEEDED: dict[Rule, int] = {"C1": BASE, "C2": BASE + LAG, "C3": BASE + LAG + MEMORY - 1}
LEAST = 0.5  # the smallest standard deviation: seven equal counts do not make the next one a wonder


def ears(series: ArrayLike, times: ArrayLike, rule: Rule = "C2") -> Judged:
    """The statistic of a rule against its limit, for counts float64[S, T] at the positions `times`.

    C1 takes the seven periods just before, C2 leaves out two between, so that a slow rise does not raise its
    own limit; C3 adds up what C2 exceeds 1 by over three periods. `upper` is the count at which the rule
    lists, `p` is NaN: the rules have none. Raises BadRequest where the history is too short for the rule.
    """
    data = series_of(
        series, times, NEEDED[rule], f"EARS {rule} kræver {NEEDED[rule]} perioder før den, der ses på."
    )
    lag = 0
    if rule != "C1":
        lag = LAG
    mean, deviation = _baseline(data.counts, data.times, lag)
    statistic = (data.judged - mean) / deviation
    earlier = np.zeros(data.shape)
    if rule == "C3":
        for back in range(1, MEMORY):
            before = data.times - back
            usual, spread = _baseline(data.counts, before, lag)
            earlier += np.maximum(0, (data.counts[:, before] - usual) / spread - 1)
        statistic = np.maximum(0, statistic - 1) + earlier
    upper = mean + deviation * (LIMIT[rule] - earlier + float(rule == "C3"))
    with np.errstate(invalid="ignore"):
        attention = statistic > LIMIT[rule]
    nothing = np.full(data.shape, np.nan)
    return Judged(data.judged, mean, upper, nothing, attention, np.zeros(data.shape, bool))


def _baseline(counts: Array, times: Array, lag: int) -> tuple[Array, Array]:
    """Mean and standard deviation (n - 1) of the seven periods that end `lag` before each time."""
    past = counts[:, times[:, None] - lag - np.arange(1, BASE + 1)[None, :]]
    return past.mean(axis=2), np.maximum(past.std(axis=2, ddof=1), LEAST)
