"""What an evaluation gives: an effect with its interval, what could have been seen, and what may deceive."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from evidens.reservations import Reservation

Scale = Literal["difference", "ratio"]
Z95 = 1.959963984540054
OFTEN = 0.8416212335729143  # the normal quantile of .8: what is found four times in five
REACH = Z95 + OFTEN  # so many standard errors must an effect be, to be found four times in five
NEUTRAL: dict[Scale, float] = {"difference": 0.0, "ratio": 1.0}


@dataclass(frozen=True)
class Sight:
    """What the data can show, said before the effect is looked at.

    `smallest` is the smallest effect that is found four times in five at 5 % two-sided, in `unit` ("%": a
    fall in per cent); None where no effect would be. `rests_on` says of what that is computed, in Danish.
    `expected` is what the study hopes for, in the same unit; None where nothing was said.
    """

    smallest: float | None
    unit: str
    rests_on: str
    expected: float | None = None

    @property
    def enough(self) -> bool | None:
        """Whether the expected effect can be seen; None where no effect was said to be expected.

        >>> Sight(48.2, "%", "", 20.0).enough, Sight(None, "%", "", 20.0).enough, Sight(48.2, "%", "").enough
        (False, False, None)
        """
        if self.expected is None:
            return None
        return self.smallest is not None and self.smallest <= self.expected

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        smallest = self.smallest
        if smallest is not None:
            smallest = round(smallest, 2)
        return {
            "smallest_seen_80": smallest,
            "unit": self.unit,
            "rests_on": self.rests_on,
            "expected": self.expected,
            "enough": self.enough,
        }


@dataclass(frozen=True)
class Effect:
    """An estimated effect.

    `estimate`, `low` and `high` (95 %) are a difference in the outcome's own unit, or a ratio (1: none); `se`
    is the standard error, of the logarithm for a ratio. `method` names what was done and where it is from,
    `power` what could have been seen, `reservations` what may deceive. `details` are the figures on the way.
    """

    design: str
    scale: Scale
    estimate: float
    se: float
    low: float
    high: float
    method: str
    power: Sight
    sentence_da: str
    reservations: tuple[Reservation, ...]
    details: dict[str, object] = field(default_factory=dict)

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out "no effect"."""
        return not self.low <= NEUTRAL[self.scale] <= self.high

    def has(self, code: str) -> bool:
        """Whether a reservation of that code is attached."""
        return any(reservation.code == code for reservation in self.reservations)

    def as_dict(self) -> dict[str, object]:
        """For JSON: the eight fields that every design has, then the design, its scale and its details."""
        told = [{"code": one.code, "text_da": one.text_da} for one in self.reservations]
        return {
            "estimate": self.estimate,
            "se": self.se,
            "low": self.low,
            "high": self.high,
            "method": self.method,
            "power": self.power.as_dict(),
            "sentence_da": self.sentence_da,
            "reservations": told,
            "design": self.design,
            "scale": self.scale,
            "details": self.details,
        }


def ratio_limits(log: float, error: float, quantile: float = Z95) -> tuple[float, float, float]:
    """(ratio, low, high) from a logarithm and its standard error.

    >>> [round(x, 2) for x in ratio_limits(float(np.log(0.5)), 0.2)]
    [0.5, 0.34, 0.74]
    """
    return float(np.exp(log)), float(np.exp(log - quantile * error)), float(np.exp(log + quantile * error))


def smallest_fall(error: float) -> float | None:
    """The smallest fall in per cent that a ratio with that error (of the logarithm) shows four times in five.

    None where it would be all but everything (above 99.5 %).

    >>> round(smallest_fall(0.235), 1)
    48.2
    """
    fall = 100 * (1 - float(np.exp(-REACH * error)))
    if not fall <= 99.5:
        return None
    return fall
