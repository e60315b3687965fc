"""How many links are wrong and how many are missing: by the truth, or by pairs that readers judged."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidens import rates as shares
from evidens.errors import BadRequest

ENOUGH = 100  # judged pairs below which no rate is put in force


@dataclass(frozen=True)
class Rates:
    """Precision before and after one to one, recall and F1."""

    precision_before: float
    precision: float
    recall: float
    f1: float

    def as_dict(self) -> dict[str, object]:
        """For JSON, to four digits."""
        return {name: round(value, 4) for name, value in self.__dict__.items()}


def against_truth(before: tuple[int, int], after: tuple[int, int], true_pairs: int) -> Rates:
    """From (right, all) links before and after one to one, and how many pairs there truly are.

    >>> against_truth((90, 120), (85, 90), 100)
    Rates(precision_before=0.75, precision=0.9444444444444444, recall=0.85, f1=0.8947368421052632)
    """
    if not true_pairs:
        raise BadRequest("Facit har ingen par: kolonnen er forskellig i alle rækker af de to filer.")
    precision, recall = _share(*after), after[0] / true_pairs
    f1 = 0.0
    if precision + recall:
        f1 = 2 * precision * recall / (precision + recall)
    return Rates(_share(*before), precision, recall, f1)


def _share(right: int, of: int) -> float:
    if not of:
        return 0.0
    return right / of


@dataclass(frozen=True)
class Judged:
    """Rates from judged pairs: each a share with Wilson's limits.

    `judged` is how many pairs were used; pairs that nobody could decide are told in `unsure`.
    """

    precision: float
    precision_low: float
    precision_high: float
    recall: float
    recall_low: float
    recall_high: float
    judged: int
    unsure: int


def error_rates(
    strata: Sequence[tuple[bool, int, int, int, int]],
) -> Judged:
    """Precision and recall from a sample of pairs by zone.

    Each stratum: whether its pairs are linked, how many pairs it has, how many were judged the same, not the
    same, and unsure. A stratum's share stands for all its pairs (Horvitz & Thompson 1952); the limits are
    Wilson's at the strata's worst. Raises BadRequest with fewer than 100 judged pairs, or none in a stratum.

    >>> found = error_rates([(True, 1000, 98, 2, 0), (False, 500, 4, 96, 0)])
    >>> round(found.precision, 2), round(found.recall, 2)
    (0.98, 0.98)
    """
    judged = sum(same + not_same for _, _, same, not_same, _ in strata)
    if judged < ENOUGH:
        raise BadRequest(f"Koblingen er ikke målt endnu: {judged} af mindst {ENOUGH} par har et svar.")
    right: dict[bool, list[float]] = {True: [0.0, 0.0, 0.0], False: [0.0, 0.0, 0.0]}
    linked = 0
    for is_linked, size, same, not_same, _ in strata:
        if size and not same + not_same:
            raise BadRequest(f"Ingen af {size} par i et lag har et svar. Hvert lag skal have nogle.")
        low, high = shares.wilson(same, max(same + not_same, 1))
        parts = (same / max(same + not_same, 1), float(low), float(high))
        for at, share in enumerate(parts):
            right[is_linked][at] += size * share
        linked += size * is_linked
    found, missed = right[True], right[False]
    return Judged(
        found[0] / max(linked, 1),
        found[1] / max(linked, 1),
        found[2] / max(linked, 1),
        found[0] / max(found[0] + missed[0], 1e-12),
        found[1] / max(found[1] + missed[2], 1e-12),
        found[2] / max(found[2] + missed[1], 1e-12),
        judged,
        sum(unsure for *_, unsure in strata),
    )
