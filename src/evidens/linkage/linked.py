"""What a run of linkage gives: pairs with their probability, which are linked, and how it was done."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from evidens.linkage.rates import Rates
from evidens.reservations import Reservation
from evidens.sentence.words import number

if TYPE_CHECKING:
    import pyarrow as pa

HELD = Reservation(
    "held",
    "Der er for få rækker til at lære, hvor tit fremmede ligner hinanden; tal fra en tidligere "
    "kørsel er brugt.",
    "Too few rows to learn how often strangers agree; figures of an earlier run are used.",
)
NOT_RATED = Reservation(
    "not_rated",
    "Hvor mange koblinger der er forkerte, ved man først, når nogen har set på dem.",
    "How many links are wrong is known only when somebody has looked.",
)
NO_PLACE = Reservation(
    "no_place",
    "Rækker uden sted er kun koblet på fødselsdag eller fuldt navn omkring dagen; der findes færre af dem.",
    "Rows without a place are linked by birth date or full name about the day only; fewer are found.",
)
DUPLICATES = Reservation(
    "duplicates",
    "En kilde kan have samme person flere gange, så en række kan være koblet til flere.",
    "A source may hold a person more than once, so a row may be linked to several.",
)


@dataclass(frozen=True)
class Linked:
    """`pairs` is an Arrow table: unique_id_l, unique_id_r, probability, basis, beaten, tied, linked, zone.

    zone: "sure" (at least .8 and unbeaten), "band" (.05 to .8, or tied: for a reader), "out". `linked_before`
    are the pairs over the threshold, `removed` those that one to one took away. `rates` need the truth.
    """

    pairs: "pa.Table"
    candidates: int
    linked_before: int
    linked: int
    ties: int
    waiting: int
    seconds: float
    settings: dict[str, object]
    reservations: tuple[Reservation, ...]
    rates: Rates | None = None
    notes: dict[str, object] = field(default_factory=dict)

    @property
    def removed(self) -> int:
        """How many links one to one took away."""
        return self.linked_before - self.linked

    def sentence(self) -> str:
        """What may be said in Danish."""
        text = (
            f"{number(self.linked)} par er koblet af {number(self.candidates)}, der kunne være samme uheld; "
            f"{number(self.removed)} blev slået af et bedre par, og {number(self.waiting)} venter "
            "på en læser."
        )
        if self.rates is None:
            return text
        right = f"{number(100 * self.rates.precision, 'da', 1)} % er rigtige"
        return (
            f"{text} Mod facit: {right}, og {number(100 * self.rates.recall, 'da', 1)} % af de "
            "rigtige er fundet."
        )

    def as_dict(self) -> dict[str, object]:
        """For JSON; the four rates only where the truth was given."""
        found: dict[str, object] = {
            "candidates": self.candidates,
            "linked": self.linked,
            "removed_by_one_to_one": self.removed,
            "ties": self.ties,
            "waiting": self.waiting,
            "seconds": round(self.seconds, 2),
            "settings": self.settings,
            "sentence_da": self.sentence(),
            "reservations": [{"code": one.code, "text_da": one.text_da} for one in self.reservations],
        }
        if self.rates is not None:
            found |= self.rates.as_dict()
        return found
