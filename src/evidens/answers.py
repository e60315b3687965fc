"""What an answer may be: a change, a level, counts that cannot be compared, or no figure.

Every answer carries what was asked and of which data. Which of the four it is decides which numbers it has,
so that none of them must be guessed at.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from evidens.beside import Comparison
from evidens.counts import Source
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.power import Power
from evidens.reservations import Reservation

SURE = 0.05


@dataclass(frozen=True)
class Meaning:
    """What a sentence about an answer rests on; when one of the four turns, it must be looked at again.

    `direction` is "fell", "rose" or "same", None where no change is given. `comparable`: no change of
    definition lies between the two periods. `available`: the data hold the figure.
    """

    direction: str | None = None
    clear: bool = False
    comparable: bool = True
    available: bool = True

    def turned(self, earlier: "Meaning") -> tuple[str, ...]:
        """Which of the four are otherwise than in an earlier release.

        >>> Meaning("fell", clear=True).turned(Meaning("fell"))
        ('clear',)
        """
        found = []
        for part in ("direction", "clear", "comparable", "available"):
            if getattr(self, part) != getattr(earlier, part):
                found.append(part)
        return tuple(found)


@dataclass(frozen=True)
class Rate:
    """Reports per 1,000 inhabitants and year, with Garwood's 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Earlier:
    """The calm year before corona: its span and count, and the change from there to now, with interval."""

    span: Span
    count: int
    change_pct: float | None
    low: float
    high: float | None


@dataclass(frozen=True)
class Asked:
    """What all answers have: the question, the source, what is counted (by language), and reservations."""

    place: Place
    offence: Choice
    span: Span
    source: Source
    noun: dict[str, str]
    reservations: tuple[Reservation, ...]

    def has(self, code: str) -> bool:
        """Whether a reservation of that code is attached."""
        return any(reservation.code == code for reservation in self.reservations)


@dataclass(frozen=True)
class Missing(Asked):
    """The data do not hold the figure: why, and what is known."""

    available: ClassVar[bool] = False

    against: Span | None
    reason_da: str
    reason_en: str
    known: dict[str, Any]
    compare: Comparison | None

    @property
    def meaning(self) -> Meaning:
        """There is no figure to say anything of."""
        return Meaning(available=False)

    def reason(self, lang: str) -> str:
        """Why, in a language."""
        return {"da": self.reason_da, "en": self.reason_en}[lang]


@dataclass(frozen=True)
class Level(Asked):
    """The count of one span, where no other was asked.

    The rate where a population was given and holds the place.
    """

    available: ClassVar[bool] = True

    after: int
    rate_after: Rate | None

    @property
    def meaning(self) -> Meaning:
        """A count and no change."""
        return Meaning()


@dataclass(frozen=True)
class Redefined(Asked):
    """Two counts with a change of definition between them, so that no change can be given."""

    available: ClassVar[bool] = True

    against: Span
    before: int
    after: int
    rate_after: Rate | None
    compare: Comparison | None

    @property
    def meaning(self) -> Meaning:
        """Two counts that cannot be compared."""
        return Meaning(comparable=False)


@dataclass(frozen=True)
class Change(Asked):
    """Two counts compared.

    Percentages are of the earlier count; None for `change_pct`: from 0, for `high`: no upper limit.

    `low`/`high` hold the dispersion `phi` (estimated on `free` degrees of freedom), `exact` the interval at
    phi = 1. `earlier` and `power` are there where they say something. `family` is how many comparisons were
    declared together; `p_adjusted` is Benjamini-Hochberg's, None where the comparison stands alone.
    """

    available: ClassVar[bool] = True

    against: Span
    before: int
    after: int
    change_pct: float | None
    low: float
    high: float | None
    exact: tuple[float, float | None]
    p: float
    phi: float
    free: int
    method: str
    rate_before: Rate | None
    rate_after: Rate | None
    earlier: Earlier | None
    power: Power | None
    compare: Comparison | None
    family: int = 1
    p_adjusted: float | None = None

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out "no change" and the finding survives its family."""
        adjusted = self.p_adjusted
        if adjusted is None:
            adjusted = self.p
        rose = self.low > 0
        fell = self.high is not None and self.high < 0
        return adjusted <= SURE and (rose or fell)

    @property
    def meaning(self) -> Meaning:
        """Which way it went, and whether that is clear."""
        direction = "same"
        if self.after < self.before:
            direction = "fell"
        elif self.after > self.before:
            direction = "rose"
        return Meaning(direction, self.clear)


Answer = Missing | Level | Redefined | Change
Compared = Redefined | Change
