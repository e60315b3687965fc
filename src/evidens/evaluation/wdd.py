"""Weighted displacement difference: fewer than if the area had followed its comparison, with neighbours."""

from dataclasses import dataclass

import numpy as np

from evidens.errors import BadRequest
from evidens.evaluation import threats
from evidens.evaluation.effect import REACH, Z95, Effect, Sight
from evidens.reservations import SMALL, Reservation
from evidens.sentence.words import number, signed

METHOD = "weighted displacement difference (Wheeler & Ratcliffe 2018), normal limits, phi {phi:.2f}"
RESTS_ON = "antallene før, med samme forventning efter"


@dataclass(frozen=True)
class Change:
    """Counts of an area before and after, each over `years_before` and `years_after`.

    The counts are brought to the length of the time after; they must be 0 or more.
    """

    before: float
    after: float
    years_before: float = 1.0
    years_after: float = 1.0

    @property
    def weight(self) -> float:
        """What makes a count before as long as one after."""
        return self.years_after / self.years_before

    @property
    def moved(self) -> float:
        """The change, at the length of the time after."""
        return self.after - self.before * self.weight

    @property
    def variance(self) -> float:
        """That of the change, where counts are Poisson."""
        return self.after + self.before * self.weight**2

    @property
    def foreseen(self) -> float:
        """The variance where nothing happens: known before the counts after are looked at."""
        return self.before * self.weight + self.before * self.weight**2


def wdd(
    treated: Change,
    control: Change,
    displaced: Change | None = None,
    displaced_control: Change | None = None,
    phi: float = 1.0,
    expected: float | None = None,
) -> Effect:
    """The difference in counts, in the time after: (treated - control) + (displaced - its control).

    Wheeler & Ratcliffe 2018 (Crime Science 7:11). The variance is that of Poisson counts times `phi`, the
    over-dispersion of earlier years (`evidens.dispersion`); at 1 the reservation says that it is too small.
    `displaced` is the area where crime could have moved to, `displaced_control` its comparison; both or
    none. `expected` is how many fewer the study hopes for. Raises BadRequest.

    >>> found = wdd(Change(207, 110), Change(308, 318), Change(178, 157), Change(150, 140))
    >>> found.estimate, round(found.se, 3), round(found.low), round(found.high)
    (-118.0, 39.598, -196, -40)
    """
    areas = _areas(treated, control, displaced, displaced_control)
    _check(areas, phi)
    signs = np.array([1.0, -1.0, 1.0, -1.0])[: len(areas)]
    moved = np.array([area.moved for area in areas]) * signs
    variance = phi * np.array([area.variance for area in areas])
    estimate, error = float(moved.sum()), float(np.sqrt(variance.sum()))
    low, high = estimate - Z95 * error, estimate + Z95 * error
    would_be = treated.before * treated.weight + control.moved
    details: dict[str, object] = {
        "local": float(moved[:2].sum()),
        "local_se": float(np.sqrt(variance[:2].sum())),
        "expected_after": would_be,
        "z": _ratio(estimate, error),
        "phi": phi,
    }
    if displaced is not None:
        details["displaced"] = float(moved[2:].sum())
        details["displaced_se"] = float(np.sqrt(variance[2:].sum()))
    return Effect(
        "wdd",
        "difference",
        estimate,
        error,
        low,
        high,
        METHOD.format(phi=phi),
        power_for(treated, control, displaced, displaced_control, phi, expected),
        _sentence(treated, estimate, (low, high), phi, displaced is not None),
        tuple(_needed(areas, phi)),
        details,
    )


def power_for(
    treated: Change,
    control: Change,
    displaced: Change | None = None,
    displaced_control: Change | None = None,
    phi: float = 1.0,
    expected: float | None = None,
) -> Sight:
    """How many fewer would show, from the counts before alone.

    >>> round(power_for(Change(207, 0), Change(308, 0)).smallest)
    90
    """
    areas = _areas(treated, control, displaced, displaced_control)
    foreseen = phi * np.sum([area.foreseen for area in areas])
    return Sight(float(REACH * np.sqrt(foreseen)), "antal", RESTS_ON, expected)


def _areas(
    treated: Change, control: Change, displaced: Change | None, displaced_control: Change | None
) -> list[Change]:
    if (displaced is None) != (displaced_control is None):
        raise BadRequest("Naboområdet skal have sin egen sammenligning: giv begge eller ingen.")
    areas = [treated, control]
    if displaced is not None and displaced_control is not None:
        areas += [displaced, displaced_control]
    return areas


def _check(areas: list[Change], phi: float) -> None:
    for area in areas:
        if min(area.before, area.after) < 0:
            raise BadRequest("Et antal kan ikke være negativt.")
        if min(area.years_before, area.years_after) <= 0:
            raise BadRequest("En periode skal være længere end 0 år.")
    if phi < 1:
        raise BadRequest("phi er mindst 1.")
    if not sum(area.variance for area in areas):
        raise BadRequest("Alle antal er 0. Der er intet at regne på.")


def _ratio(value: float, by: float) -> float:
    return round(value / by, 4)


def _needed(areas: list[Change], phi: float) -> list[Reservation]:
    told = [threats.NOT_CAUSE, threats.PATHS_UNSEEN, threats.SAME_TIME]
    if phi == 1:
        told.append(threats.POISSON_ONLY)
    if len(areas) == 2:
        told.append(threats.NO_DISPLACEMENT)
    if min(min(area.before, area.after) for area in areas) < SMALL:
        told.append(threats.SMALL_COUNTS)
    return told


def _sentence(
    treated: Change, estimate: float, limits: tuple[float, float], phi: float, displaced: bool
) -> str:
    low, high = limits
    where, chance = "området", ""
    if displaced:
        where = "området og naboområdet tilsammen"
    if phi == 1:
        chance = " ved ren tilfældighed"
    counts = f"{number(treated.before)} før og {number(treated.after)} efter i området"
    if low <= 0 <= high:
        ends = f"{signed(low)} til {signed(high)}"
        return f"{counts}; ingen klar forskel fra sammenligningen (95 %-interval {ends} for {where}{chance})."
    word, least, most = "færre", -high, -low
    if estimate > 0:
        word, least, most = "flere", low, high
    return (
        f"{counts}. Det er {number(abs(estimate))} {word} i {where}, end hvis sammenligningen var fulgt "
        f"(95 %-interval {number(least)} til {number(most)}{chance})."
    )
