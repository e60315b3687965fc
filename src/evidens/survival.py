"""How long until something happens, when some are still waiting: the Kaplan-Meier estimate."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Z_95 = 1.959963984540054  # the normal quantile of 0.975


@dataclass(frozen=True)
class Survival:
    """The share that still waits after each time at which something ended, with a 95 % interval.

    All four arrays have one entry per time, in order; before the first time everybody waits.
    """

    times: Array
    share: Array
    low: Array
    high: Array

    def at(self, time: float) -> tuple[float, float, float]:
        """(share, low, high) of those that still wait at a time."""
        step = int(np.searchsorted(self.times, time, side="right")) - 1
        if step < 0:
            return 1.0, 1.0, 1.0
        return float(self.share[step]), float(self.low[step]), float(self.high[step])

    def until(self, share: float) -> float | None:
        """The first time at which at most `share` still wait; None when it never comes that far."""
        reached = self.share <= share
        if not reached.any():
            return None
        return float(self.times[int(np.argmax(reached))])


def kaplan_meier(times: Array, ended: Array) -> Survival:
    """The product-limit estimate with exponential Greenwood intervals.

    Kaplan & Meier 1958; the intervals are those of Kalbfleisch & Prentice 1980.

    `times` is how long each was followed, `ended` whether it ended then; one that had not is counted as at
    risk until its own time. Where everybody has ended the interval has no upper end of its own and keeps
    the last one.

    >>> found = kaplan_meier(np.array([1.0, 2.0, 2.0, 3.0]), np.array([True, True, False, True]))
    >>> found.times.tolist(), found.share.tolist()
    ([1.0, 2.0, 3.0], [0.75, 0.5, 0.0])
    """
    moments, ends = np.unique(times[ended], return_counts=True)
    at_risk = len(times) - np.searchsorted(np.sort(times), moments, side="left")
    share = np.cumprod(1 - ends / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(ends / (at_risk * (at_risk - ends)))
        logged = np.log(share)
        width = Z_95 * np.sqrt(greenwood) / logged
        low = np.exp(-np.exp(np.log(-logged) - width))
        high = np.exp(-np.exp(np.log(-logged) + width))
    nobody_waits = share <= 0
    low[nobody_waits] = 0.0
    high[nobody_waits] = np.min(high[~nobody_waits], initial=1.0)
    return Survival(moments, share, low, high)
