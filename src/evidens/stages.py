"""The steps of a hand-over: how many came to each, how many stopped, and how many are still on their way.

Asked, said yes, was met, began, finished: of each step the share of those who were decided, with Wilson's
interval, and the band in which it will end whatever those still open do. An open case is never a no.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import ArrayLike

from evidens import rates
from evidens.errors import BadRequest
from evidens.reservations import SMALL, Reservation
from evidens.sentence.words import number, percent

METHOD = "share of those decided at each step, Wilson's interval (Wilson 1927); open cases apart"
OPEN = Reservation(
    "open",
    "Nogle er stadig på vej. De tæller hverken som ja eller nej.",
    "Some are still on their way. They count neither as a yes nor as a no.",
)
YOUNG = Reservation(
    "young",
    "Mange er stadig på vej, og de, der er afgjort, er de hurtige: andelen kan blive en anden.",
    "Many are still on their way, and those decided are the quick ones: the share may become another.",
)
FEW = Reservation(
    "small",
    f"Under {SMALL} er afgjort ved et trin; en procent alene siger intet.",
    f"Fewer than {SMALL} are decided at a step; a percentage alone says nothing.",
)
NOT_EFFECT = Reservation(
    "not_effect",
    "Trinene siger, hvem der kom med. Om det hjælper, er et andet spørgsmål.",
    "The steps say who came along. Whether it helps is another question.",
)
MANY_OPEN = 0.2  # of those at a step: from here on the quick ones are no fair sample


@dataclass(frozen=True)
class Stage:
    """One step: `of` came to the one before, `reached` came to this, `stopped` will not, `open` are on
    their way.

    `share` (None: nobody is decided) with `low` and `high` is that of the decided; `least` and `most` is
    where
    the share of all will end, if every open case stops or comes along.
    """

    name: str
    of: int
    reached: int
    stopped: int
    open: int
    share: float | None
    low: float | None
    high: float | None
    least: float
    most: float


@dataclass(frozen=True)
class Stages:
    """All steps after the first, in order; `first` is the name of that, `begun` how many began."""

    first: str
    begun: int
    stages: tuple[Stage, ...]
    reservations: tuple[Reservation, ...]

    @property
    def whole(self) -> Stage:
        """From the first step to the last: a case that stopped anywhere is decided."""
        last = self.stages[-1]
        stopped = sum(stage.stopped for stage in self.stages)
        return _stage(last.name, self.begun, last.reached, stopped)

    def sentence(self) -> str:
        """What may be said in Danish."""
        parts = []
        for stage in self.stages:
            text = f"{stage.name}: {number(stage.reached)} af {number(stage.of)}"
            if stage.open:
                text += f" ({number(stage.open)} er stadig på vej)"
            parts.append(text)
        whole = self.whole
        told = f"{self.first}: {number(self.begun)}. {'; '.join(parts)}."
        decided = whole.reached + whole.stopped
        if whole.share is None or whole.low is None or whole.high is None or decided < SMALL:
            return told
        low, high = number(100 * whole.low), number(100 * whole.high)
        return (
            f"{told} Af de {number(decided)}, der er afgjort, nåede {percent(100 * whole.share)} "
            "til det sidste "
            f"trin (95 %-interval {low} til {high} %)."
        )

    def as_dict(self) -> dict[str, object]:
        """For JSON: the whole way as an estimate, and each step."""
        whole = self.whole
        error = None
        decided = whole.reached + whole.stopped
        if whole.share is not None:
            error = float(np.sqrt(whole.share * (1 - whole.share) / decided))
        return {
            "estimate": whole.share,
            "se": error,
            "low": whole.low,
            "high": whole.high,
            "method": METHOD,
            "power": width(self.begun),
            "sentence_da": self.sentence(),
            "reservations": [{"code": one.code, "text_da": one.text_da} for one in self.reservations],
            "design": "stages",
            "scale": "share",
            "details": {"begun": self.begun, "stages": [asdict(stage) for stage in self.stages]},
        }


def stages(names: Sequence[str], reached: ArrayLike, closed: ArrayLike) -> Stages:
    """The steps of cases.

    `names` are the steps in order. `reached` int[N] is the number of the last step that each case came to (0:
    the first), `closed` bool[N] whether it will go no further. A case at the last step needs no end. Raises
    BadRequest.

    >>> found = stages(["spurgt", "ja"], [1, 1, 1, 0, 0], [True, True, False, True, False])
    >>> found.stages[0].reached, found.stages[0].stopped, found.stages[0].open, found.stages[0].share
    (3, 1, 1, 0.75)
    """
    last, ended = np.asarray(reached), np.asarray(closed, bool)
    if len(names) < 2 or len(set(names)) < len(names):
        raise BadRequest("Der skal være mindst to trin, og hvert skal have sit eget navn.")
    if len(last) != len(ended) or not len(last):
        raise BadRequest("Hver sag skal have et trin og et svar på, om den er slut.")
    if last.min() < 0 or last.max() >= len(names):
        raise BadRequest(f"Et trin er et tal fra 0 til {len(names) - 1}.")
    found = []
    for step in range(1, len(names)):
        of, came = int((last >= step - 1).sum()), int((last >= step).sum())
        found.append(_stage(names[step], of, came, int(((last == step - 1) & ended).sum())))
    return Stages(names[0], len(last), tuple(found), tuple(_needed(found)))


def _stage(name: str, of: int, reached: int, stopped: int) -> Stage:
    waiting, decided = of - reached - stopped, reached + stopped
    least, most = 0.0, 0.0
    if of:
        least, most = reached / of, (reached + waiting) / of
    if not decided:
        return Stage(name, of, reached, stopped, waiting, None, None, None, least, most)
    low, high = rates.wilson(reached, decided)
    return Stage(name, of, reached, stopped, waiting, reached / decided, float(low), float(high), least, most)


def _needed(found: list[Stage]) -> list[Reservation]:
    told = [NOT_EFFECT]
    if any(stage.open for stage in found):
        told.append(OPEN)
    if any(stage.open > MANY_OPEN * stage.of for stage in found):
        told.append(YOUNG)
    if any(0 < stage.reached + stage.stopped < SMALL for stage in found):
        told.append(FEW)
    return told


def width(cases: int) -> dict[str, object]:
    """How narrow a share of so many cases can be: half the interval at 50 %, in percentage points.

    >>> width(100)["smallest_seen_80"]
    9.6
    """
    low, high = rates.wilson(cases / 2, cases)
    return {
        "smallest_seen_80": round(50 * float(high - low), 1),
        "unit": "procentpoint",
        "rests_on": f"halvdelen af intervallet, når {cases} er afgjort og halvdelen er med",
        "expected": None,
        "enough": None,
    }
