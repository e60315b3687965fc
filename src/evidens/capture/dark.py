"""The dark figure: between so many and so many, of whom the lists know so many."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from evidens.capture.averaging import Recall, averaged, with_linkage
from evidens.capture.mending import corrected
from evidens.capture.models import Model, table
from evidens.counts import Array
from evidens.errors import Unavailable
from evidens.reservations import Reservation
from evidens.sentence.words import number

FEWEST = 10  # persons seen twice, below which there is no estimate
NO_LINKAGE = Reservation(
    "no_linkage",
    "Fejl i koblingen er ikke med. En genganger, den ikke finder, ser ud som en ny person, og "
    "skønnet bliver for højt.",
    "Errors of the linkage are not included: a pair it misses looks like a new person.",
)
LINKAGE = Reservation(
    "linkage",
    "Koblingens fejl er regnet med i intervallet.",
    "The errors of the linkage are within the interval.",
)
INDEPENDENCE = Reservation(
    "independence",
    "Med to lister kan det ikke prøves, om de er uafhængige. Finder den ene hellere dem, den "
    "anden har, er skønnet "
    "for lavt.",
    "With two lists independence cannot be tested. Where one finds those of the other, the "
    "estimate is too low.",
)
NO_STRATA = Reservation(
    "no_strata",
    "Alle er regnet under ét. Kommer de alvorligt tilskadekomne lettere på alle lister, er "
    "skønnet langt for lavt.",
    "All are taken together. Where the badly injured come onto every list more easily, the "
    "estimate is far too low.",
)
NEVER = Reservation(
    "never",
    "Skønnet gælder dem, der kunne være kommet på en liste; ikke dem, der passede sig selv.",
    "The estimate holds for those who could have come onto a list.",
)


@dataclass(frozen=True)
class Dark:
    """`estimate` in all with limits, of whom `seen` are on a list; the models behind it with their weights.

    `overlap` are those on two lists or more.
    """

    seen: int
    overlap: int
    estimate: float
    low: float
    high: float
    models: tuple[Model, ...]
    weights: tuple[float, ...]
    reservations: tuple[Reservation, ...]
    details: dict[str, object] = field(default_factory=dict)

    def sentence(self) -> str:
        """What may be said in Danish: a range, never one number alone."""
        known = round(100 * self.seen / self.estimate)
        linkage = "uden fejl i koblingen"
        if any(one.code == "linkage" for one in self.reservations):
            linkage = "med fejl i koblingen"
        return (
            f"Mellem {number(rounded(self.low))} og {number(rounded(self.high))} i alt, {linkage}; "
            "listerne kender "
            f"{number(self.seen)} af dem, omkring {known} af 100."
        )

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "models": [model.as_dict() for model in self.models],
            "weights": list(self.weights),
            "estimate": self.estimate,
            "low": self.low,
            "high": self.high,
            "seen": self.seen,
            "overlap": self.overlap,
            "sentence_da": self.sentence(),
            "reservations": [{"code": one.code, "text_da": one.text_da} for one in self.reservations],
            "details": self.details,
        }


def rounded(value: float) -> int:
    """A number as exact as a range is: three figures, as the published ranges are.

    >>> rounded(9876.5), rounded(849.6), rounded(123456)
    (9880, 850, 123000)
    """
    if value < 1000:
        return round(value)
    step = 10 ** (len(str(int(value))) - 3)
    return int(round(value / step) * step)


def capture(
    histories: Array,
    counts: Array,
    recall: Recall | None = None,
    seed: int = 1,
    limits: bool = True,
) -> Dark:
    """How many there are in all, over models weighted by AIC (Burnham & Anderson 2002), or Chapman of two
    lists.

    `recall` of the linkage with its limits (share, low, high) corrects the overlaps and widens the interval
    (`corrected`). Raises Unavailable where fewer than ten were seen twice: such data bear no estimate.
    """
    cells, seen = table(histories, counts)
    overlap = int(seen[cells.sum(axis=1) >= 2].sum())
    if overlap < FEWEST:
        raise Unavailable(
            f"Tallene kan ikke bære et skøn: {overlap} gengangere, mindst {FEWEST} kræves.",
            f"The figures bear no estimate: {overlap} on two lists, at least {FEWEST} are needed.",
            {"seen": int(seen.sum()), "overlap": overlap},
        )
    told = [NEVER, NO_STRATA]
    if cells.shape[1] == 2:
        told.append(INDEPENDENCE)
    if recall is None:
        found = averaged(cells, seen, limits)
        estimate, low, high = found.n, found.low, found.high
        told.append(NO_LINKAGE)
    else:
        found = averaged(cells, corrected(cells, seen, recall[0]), limits)
        estimate, low, high = with_linkage(cells, seen, recall, seed)
        told.append(LINKAGE)
    return Dark(int(seen.sum()), overlap, estimate, low, high, found.models, found.weights, tuple(told))


def from_rows(lists: Array, weights: Array | None = None) -> tuple[Array, Array]:
    """Histories and counts from one row per person (or per combination with its count)."""
    given = np.asarray(lists, int)
    if weights is None:
        weights = np.ones(len(given))
    rows, where = np.unique(given, axis=0, return_inverse=True)
    return rows, np.bincount(where.ravel(), weights, len(rows))


def several(strata: Sequence[tuple[str, Array, Array]], recall: Recall | None = None) -> Dark:
    """The same in strata (road users by severity) and added up: those alike are found alike.

    A stratum with fewer than ten seen twice borrows nothing here and bears no estimate: it is counted as seen
    and named. The interval adds the variances on the unseen.
    """
    parts, bare, seen, overlap = [], [], 0, 0
    for name, histories, counts in strata:
        seen += int(np.asarray(counts).sum())
        try:
            part = capture(histories, counts, recall, limits=False)
        except Unavailable:
            bare.append(name)
            continue
        overlap += part.overlap
        parts.append(part)
    if not parts:
        raise Unavailable("Tallene kan ikke bære et skøn i nogen gruppe.")
    estimate = seen - sum(part.seen for part in parts) + sum(part.estimate for part in parts)
    down = float(np.sqrt(sum((part.estimate - part.low) ** 2 for part in parts)))
    up = float(np.sqrt(sum((part.high - part.estimate) ** 2 for part in parts)))
    told = [one for one in parts[0].reservations if one is not NO_STRATA]
    return Dark(
        seen,
        overlap,
        estimate,
        max(estimate - down, float(seen)),
        estimate + up,
        (),
        (),
        tuple(told),
        {"bear_no_estimate": bare, "strata": len(parts)},
    )
