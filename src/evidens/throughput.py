"""How long cases take, with open ones counted rightly.

The mean of closed cases alone is too low in a young pilot.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.logs import Log
from evidens.ways import DAY


@dataclass(frozen=True)
class Throughput:
    """Days from a case's first event to its end, open cases censored at the day of the extract.

    None: not reached, or nobody was followed for 90 days. `naive_mean_days` is the mean of the closed cases
    alone, shown to say how much it misleads.
    """

    median_days: float | None
    p90_days: float | None
    within_90: float | None
    within_90_low: float | None
    within_90_high: float | None
    closed: int
    open: int
    naive_mean_days: float | None


def throughput(log: Log, ends: Sequence[str], today: date, horizon: float = 90.0) -> Throughput:
    """Kaplan-Meier time to the first of the `ends` (lifelines).

    Raises BadRequest when a step is unknown or `today` is too early.
    """
    from lifelines import KaplanMeierFitter
    from lifelines.utils import qth_survival_time

    days, closed = durations(log, ends, today)
    if not days.max(initial=0.0) > 0:
        raise BadRequest(
            "Alle sager slutter i samme øjeblik, som de begynder. Vælg et senere trin som afslutning (--end)."
        )
    fitted = KaplanMeierFitter().fit(days, closed)

    def reached(share: float) -> float | None:
        value = float(qth_survival_time(1 - share, fitted.survival_function_))
        if not np.isfinite(value):
            return None
        return round(value, 1)

    within, low, high = None, None, None
    if days.max() >= horizon:
        limits = 1 - fitted.confidence_interval_survival_function_.asof(horizon)
        within = round(1 - float(fitted.predict(horizon)), 3)
        low, high = round(float(min(limits)), 3), round(float(max(limits)), 3)
    naive = None
    if closed.any():
        naive = round(float(days[closed].mean()), 1)
    return Throughput(
        median_days=reached(0.5),
        p90_days=reached(0.9),
        within_90=within,
        within_90_low=low,
        within_90_high=high,
        closed=int(closed.sum()),
        open=int((~closed).sum()),
        naive_mean_days=naive,
    )


def durations(log: Log, ends: Sequence[str], today: date) -> tuple[Array, Array]:
    """Days and whether closed, one per case, in the order of the cases' first events."""
    for name in ends:
        if name not in log.steps:
            raise BadRequest(f"Trinnet {name} er ikke i loggen. Den har {', '.join(log.steps)}.")
    stop = (today.toordinal() + 1 - date(1970, 1, 1).toordinal()) * DAY
    if len(log) and log.time.max() > stop:
        raise BadRequest(f"Loggen har hændelser efter {today}. Skriv den dag, den er trukket.")
    starts = np.flatnonzero(log.first)
    if not len(starts):
        return np.zeros(0), np.zeros(0, bool)
    ending = np.isin(log.step, [log.steps.index(name) for name in ends])
    first_end = np.minimum.reduceat(np.where(ending, log.time, np.inf), starts)
    closed = np.isfinite(first_end)
    return (np.where(closed, first_end, stop) - log.time[starts]) / DAY, closed
