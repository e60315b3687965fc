"""A speed trial: how much slower, and what that is worth in accidents by a model."""

from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest
from evidens.evaluation import threats
from evidens.evaluation.effect import OFTEN, Z95, Effect, Sight
from evidens.evaluation.speed_models import OUTCOMES, SpeedModel, model
from evidens.reservations import Reservation
from evidens.sentence.words import number

METHOD = (
    "difference in differences of mean speed, error between measuring days, Student's "
    "{free:.0f} degrees of freedom"
)
BY_CARS = "difference in differences of mean speed, error between cars of the day"
RESTS_ON = "måledagene før, lige så mange efter"
UNIT = "km/t"


@dataclass(frozen=True)
class Readings:
    """One row per stretch and measuring day: float64[N] `mean` in km/h, bool[N] `after` and `treated`.

    `stretch` are names. `sd` and `cars` (NaN: not known) are used where a stretch has one day only.
    """

    stretch: tuple[str, ...]
    after: Array
    treated: Array
    mean: Array
    sd: Array | None = None
    cars: Array | None = None


@dataclass(frozen=True)
class _Cells:
    """Per stretch: was it treated, mean speed before and after, and the variance of their difference."""

    treated: Array
    before: Array
    after: Array
    variance: Array
    free: float

    def weights(self) -> Array:
        """What each stretch counts: treated ones +, comparison ones -, each group as an average."""
        sign = np.where(self.treated, 1.0, -1.0)
        size = np.where(self.treated, self.treated.sum(), (~self.treated).sum())
        return np.asarray(sign / size)

    @property
    def quantile(self) -> float:
        """Student's 97.5 % point; the normal one where the error is that of cars."""
        if np.isinf(self.free):
            return Z95
        return float(special.stdtrit(self.free, 0.975))


def speed(readings: Readings, by: SpeedModel | None = None, expected: float | None = None) -> Effect:
    """The change of mean speed in km/h, more than on the comparison stretches.

    The error is that between days, pooled over stretches; of stretches with one day each it is that between
    cars, and said to be too small. `by` is the model that turns speed into accidents (Nilsson's without it).
    `expected` is how many km/h slower the trial hopes for. Raises BadRequest.
    """
    if by is None:
        by = model()
    cells = _cells(readings)
    weights = cells.weights()
    change = float((weights * (cells.after - cells.before)).sum())
    error = float(np.sqrt((weights**2 * cells.variance).sum()))
    low, high = change - cells.quantile * error, change + cells.quantile * error
    before = float(cells.before[cells.treated].mean())
    worth = accidents(before, (change, low, high), by)
    method = METHOD.format(free=cells.free)
    if np.isinf(cells.free):
        method = BY_CARS
    details: dict[str, object] = {
        "mean_before": before,
        "mean_after": float(cells.after[cells.treated].mean()),
        "stretches": int(cells.treated.sum()),
        "comparison": int((~cells.treated).sum()),
        "accidents": worth,
        "model": {"id": by.id, "version": by.version, "kind": by.kind, "source": by.source},
    }
    return Effect(
        "speed",
        "difference",
        change,
        error,
        low,
        high,
        f"{method}; {by.kind} model ({by.source})",
        power_for(readings, expected),
        _sentence(cells, change, low, high, by, worth),
        tuple(_needed(cells, by)),
        details,
    )


def accidents(
    before: float, change: tuple[float, float, float], by: SpeedModel
) -> dict[str, dict[str, float]]:
    """By outcome what accidents become (ratio, low, high) with that change in km/h and its limits."""
    found = {}
    for outcome in OUTCOMES:
        if outcome in by.figures:
            ratio, low, high = (by.ratio(before, max(before + part, 0.1), outcome) for part in change)
            found[outcome] = {"ratio": ratio, "low": low, "high": high}
    return found


def power_for(readings: Readings, expected: float | None = None) -> Sight:
    """The smallest change in km/h that would show, from the days before alone and as many after."""
    which = ~readings.after
    try:
        before = _spread(readings, which)
    except BadRequest:
        return Sight(None, UNIT, RESTS_ON, expected)
    weights = before.weights()
    error = float(np.sqrt((weights**2 * 2 * before.variance).sum()))
    return Sight((before.quantile + OFTEN) * error, UNIT, RESTS_ON, expected)


def _cells(readings: Readings) -> _Cells:
    before, after = _spread(readings, ~readings.after), _spread(readings, readings.after)
    free = before.free + after.free
    pooled_before, pooled_after = before.variance, after.variance
    if np.isfinite(free):
        scale = _pooled(readings)
        pooled_before = scale / _days(readings, ~readings.after)
        pooled_after = scale / _days(readings, readings.after)
    return _Cells(before.treated, before.before, after.before, pooled_before + pooled_after, free)


def _names(readings: Readings) -> list[str]:
    return list(dict.fromkeys(readings.stretch))


def _days(readings: Readings, which: Array) -> Array:
    return np.array([_rows(readings, name, which).sum() for name in _names(readings)])


def _rows(readings: Readings, name: str, which: Array) -> Array:
    return np.array([own == name for own in readings.stretch]) & which


def _spread(readings: Readings, which: Array) -> _Cells:
    """Each stretch's mean in that time, and its variance: between days, pooled, or between cars."""
    means, treated, squares, days = [], [], 0.0, []
    for name in _names(readings):
        rows = _rows(readings, name, which)
        if not rows.any():
            raise BadRequest(f"{name} er ikke målt både før og efter.")
        group = readings.treated[_rows(readings, name, np.ones(len(which), bool))]
        if group.any() != group.all():
            raise BadRequest(f"{name} står både som indsats og som sammenligning.")
        means.append(readings.mean[rows].mean())
        treated.append(bool(group[0]))
        squares += float(((readings.mean[rows] - readings.mean[rows].mean()) ** 2).sum())
        days.append(int(rows.sum()))
    if not any(treated):
        raise BadRequest("Ingen strækning har fået indsatsen.")
    counted, free = np.array(days), float(sum(days) - len(days))
    mean = np.array(means)
    if free > 0:
        return _Cells(np.array(treated), mean, mean, squares / free / counted, free)
    return _Cells(np.array(treated), mean, mean, _by_cars(readings, which), float("inf"))


def _pooled(readings: Readings) -> float:
    """The variance between days of one stretch in one time, pooled over all."""
    squares, free = 0.0, 0
    for which in (readings.after, ~readings.after):
        for name in _names(readings):
            means = readings.mean[_rows(readings, name, which)]
            squares += float(((means - means.mean()) ** 2).sum())
            free += len(means) - 1
    return squares / max(free, 1)


def _by_cars(readings: Readings, which: Array) -> Array:
    """The variance of a day's mean by its cars; raises BadRequest where number or spread is not given."""
    if readings.sd is None or readings.cars is None:
        raise BadRequest("En strækning er kun målt én dag. Giv mindst to dage, eller sd og cars.")
    found = []
    for name in _names(readings):
        row = int(np.argmax(_rows(readings, name, which)))
        found.append(readings.sd[row] ** 2 / readings.cars[row])
    variance = np.array(found)
    if not np.isfinite(variance).all():
        raise BadRequest("En strækning er kun målt én dag. Giv mindst to dage, eller sd og cars.")
    return variance


def _needed(cells: _Cells, by: SpeedModel) -> list[Reservation]:
    told = [threats.THESE_STRETCHES, threats.NOT_CAUSE, threats.SAME_TIME, threats.COMPUTED]
    if cells.treated.all():
        told = [threats.NO_COMPARISON, threats.THESE_STRETCHES, threats.SAME_TIME, threats.COMPUTED]
    if np.isinf(cells.free):
        told.append(threats.ONE_DAY)
    if by.kind == "power":
        told.append(threats.URBAN)
    return told


def _sentence(
    cells: _Cells, change: float, low: float, high: float, by: SpeedModel, worth: dict[str, dict[str, float]]
) -> str:
    before, after = float(cells.before[cells.treated].mean()), float(cells.after[cells.treated].mean())
    speeds = f"fra {number(before, 'da', 1)} til {number(after, 'da', 1)} km/t"
    beside = ""
    if not cells.treated.all():
        beside = " mere end på sammenligningen"
    if low <= 0 <= high:
        return f"Middelfarten gik {speeds}; ingen klar ændring{beside.replace('mere end', 'ud over den')}."
    word = "faldt"
    if change > 0:
        word = "steg"
    ends = sorted([abs(low), abs(high)])
    limits = f"95 %-interval {number(ends[0], 'da', 1)} til {number(ends[1], 'da', 1)}"
    text = f"Middelfarten {word} {number(abs(change), 'da', 1)} km/t{beside} ({limits}), {speeds}."
    if "injury" in worth:
        text += f" {computed(worth['injury']['ratio'], by)}"
    return text


def computed(ratio: float, by: SpeedModel) -> str:
    """What a model makes of a change of speed, said to be computed.

    >>> computed(0.874, model()).partition(" (")[0]
    'Regnet ud fra farten er det 13 % færre uheld med personskade'
    """
    word = "færre"
    if ratio > 1:
        word = "flere"
    share = number(100 * abs(ratio - 1))
    return (
        f"Regnet ud fra farten er det {share} % {word} uheld med personskade ({by.words()}); talt er de ikke."
    )
