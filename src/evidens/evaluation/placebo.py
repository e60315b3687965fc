"""Difference in differences with one treated place: against what every other place would have shown.

The effect is the treated place's change over that of the others, on the logarithm; its error is how much the
same figure varies among places that had no treatment (placebo in space: Abadie, Diamond & Hainmueller 2010).
A cluster-robust standard error is never given here: with one treated cluster it is nonsense (MacKinnon & Webb
2017), often a tenth of the truth.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import special

from evidens.counts import Array
from evidens.errors import BadRequest, Unavailable
from evidens.evaluation import threats
from evidens.evaluation.effect import Z95, Effect, Sight, ratio_limits, smallest_fall
from evidens.reservations import SMALL, Reservation
from evidens.sentence.words import number, percent

METHOD = (
    "Poisson difference in differences of one place, error and rank from {n} placebo places "
    "(Abadie, Diamond & Hainmueller 2010); no cluster-robust error"
)
RESTS_ON = "hvor forskelligt {n} andre steder udviklede sig"
EARLIER = "hvor forskelligt {n} andre steder udviklede sig mellem to tidligere perioder"
FEWEST = 3  # placebo places; with fewer there is no spread to speak of
MANY = 39  # from so many on a two-sided test can come below 5 %, and the normal quantile is used
LEAST = 150  # events before: a place with fewer says more of chance than of how places develop


@dataclass(frozen=True)
class Panel:
    """Counts by place before and after: `names`, and float64[N] each; exposure `years_before`, `years_after`.

    The treated place is one of them.
    """

    names: tuple[str, ...]
    before: Array
    after: Array
    years_before: float = 1.0
    years_after: float = 1.0

    def row(self, name: str) -> int:
        """The number of a place; raises BadRequest."""
        if name not in self.names:
            raise BadRequest(f"{name} er ikke i tallene.")
        return self.names.index(name)

    def effects(self) -> Array:
        """Of each place the logarithm of its change over that of all others together; -inf from 0 after."""
        with np.errstate(divide="ignore", invalid="ignore"):
            own = np.log(self.after / self.before)
            rest = np.log((self.after.sum() - self.after) / (self.before.sum() - self.before))
            return np.asarray(own - rest)


@dataclass(frozen=True)
class Among:
    """The treated place among its placebos, all on the logarithm.

    `middle` and `spread` are the placebos' median and standard deviation, `error` the treated place's, which
    is larger where its counts are smaller than theirs. `rank` counts from the largest fall, `far` how many
    lie at least as far from the middle, itself included; `of` is how many there are in all.
    """

    effect: float
    middle: float
    spread: float
    error: float
    rank: int
    far: int
    of: int

    @property
    def p(self) -> float:
        """The randomisation p-value, two-sided."""
        return self.far / self.of

    @property
    def smallest_p(self) -> float:
        """The smallest that a two-sided test can give."""
        return 2 / self.of

    @property
    def quantile(self) -> float:
        """The normal 97.5 % point, Student's where the placebos are few."""
        if self.of > MANY:
            return Z95
        return float(special.stdtrit(self.of - 2, 0.975))


def placebo(
    panel: Panel,
    treated: str,
    least: float = LEAST,
    leave_out: Sequence[str] = (),
    neighbours: Sequence[str] = (),
    expected: float | None = None,
) -> Effect:
    """The treated place's change as a ratio to what the others' change would have given, by placebo.

    Places with fewer than `least` events before are no placebos, nor are those of `leave_out` (treated later,
    or touched by it). `neighbours` are places where events may have moved to: they are told beside.
    `expected` is the fall in per cent that the study hopes for. Raises BadRequest, and Unavailable where the
    treated place has no events before or after.
    """
    row, others = _chosen(panel, treated, least, leave_out)
    among = _among(panel, row, others)
    log = among.effect - among.middle
    ratio, low, high = ratio_limits(log, among.error, among.quantile)
    details: dict[str, object] = {
        "before": int(panel.before[row]),
        "after": int(panel.after[row]),
        "change_pct": round(100 * (_yearly(panel, row) - 1), 2),
        "others_pct": round(100 * (_yearly(panel, *_rest(panel, row)) - 1), 2),
        "rank": among.rank,
        "of": among.of,
        "p": among.p,
        "placebo_sd": among.spread,
        "poisson_se": _poisson(panel, row),
    }
    if neighbours:
        details["neighbours"] = _moved(panel, row, neighbours)
    return Effect(
        "did",
        "ratio",
        ratio,
        among.error,
        low,
        high,
        METHOD.format(n=len(others)),
        Sight(smallest_fall(among.error), "%", RESTS_ON.format(n=len(others)), expected),
        _sentence(panel, row, ratio, low, high, among),
        tuple(_needed(panel, row, among, bool(neighbours))),
        details,
    )


def power_for(past: Panel, treated: str, least: float = LEAST, expected: float | None = None) -> Sight:
    """The smallest fall that would show, from two earlier times: before any figure of the treatment is seen.

    `past` holds what was before and after a day on which nothing happened, as long as the study will have.

    >>> names = tuple(map(str, range(60)))
    >>> counts = np.full(60, 400.0), 400 + 40 * np.sin(np.arange(60))
    >>> round(power_for(Panel(names, *counts), "0").smallest)
    19
    """
    row, others = _chosen(past, treated, least, ())
    error = _among(past, row, others).error
    return Sight(smallest_fall(error), "%", EARLIER.format(n=len(others)), expected)


def _chosen(panel: Panel, treated: str, least: float, leave_out: Sequence[str]) -> tuple[int, Array]:
    row = panel.row(treated)
    if not panel.before[row]:
        raise Unavailable("Forholdet kan ikke beregnes: der var 0 før.", "No ratio: none before.")
    if not panel.after[row]:
        raise Unavailable(
            f"Der var {number(panel.before[row])} før og 0 efter. Et forhold på 0 har intet interval.",
            "No ratio: none after.",
        )
    able = (panel.before >= max(least, 1)) & (panel.after > 0)
    able[[row, *(panel.row(name) for name in leave_out)]] = False
    others = np.flatnonzero(able)
    if len(others) < FEWEST:
        raise BadRequest(
            f"Kun {len(others)} andre steder har mindst {number(least)} før. Der skal være mindst {FEWEST} "
            "at sammenligne med."
        )
    return row, others


def _among(panel: Panel, row: int, others: Array) -> Among:
    """The treated place among the others.

    The spread holds the chance of their own counts; where the treated place's is larger, the rest is added.
    """
    effects = panel.effects()
    placebos = effects[others]
    middle, spread = float(np.median(placebos)), float(placebos.std(ddof=1))
    with np.errstate(divide="ignore"):
        chance = 1 / panel.after + 1 / panel.before
    more = max(0.0, float(chance[row] - chance[others].mean()))
    away = abs(effects[row] - middle)
    return Among(
        effect=float(effects[row]),
        middle=middle,
        spread=spread,
        error=float(np.sqrt(spread**2 + more)),
        rank=1 + int((placebos < effects[row]).sum()),
        far=1 + int((np.abs(placebos - middle) >= away).sum()),
        of=len(others) + 1,
    )


def _rest(panel: Panel, row: int) -> list[int]:
    return [number for number in range(len(panel.names)) if number != row]


def _yearly(panel: Panel, *rows: int) -> float:
    """After over before, per year."""
    which = list(rows)
    after = panel.after[which].sum() / panel.years_after
    return float(after / (panel.before[which].sum() / panel.years_before))


def _poisson(panel: Panel, row: int) -> float:
    """What chance alone would say of the error: told, never used."""
    rest = _rest(panel, row)
    parts = [panel.before[row], panel.after[row], panel.before[rest].sum(), panel.after[rest].sum()]
    return float(np.sqrt(sum(1 / part for part in parts)))


def _moved(panel: Panel, row: int, names: Sequence[str]) -> dict[str, object]:
    """Whether events moved to the neighbours: what they had, and what the change elsewhere would give."""
    rows = [panel.row(name) for name in names]
    if row in rows:
        raise BadRequest("Stedet kan ikke være sin egen nabo.")
    rest = _rest(panel, row)
    foreseen = panel.before[rows] * panel.after[rest].sum() / panel.before[rest].sum()
    seen, whole = float(panel.after[rows].sum()), float(foreseen.sum())
    ratios = dict(zip(names, np.round(panel.after[rows] / foreseen, 2).tolist(), strict=True))
    return {"seen": seen, "expected": whole, "more": seen - whole, "ratios": ratios}


def _needed(panel: Panel, row: int, among: Among, neighbours: bool) -> list[Reservation]:
    told = [threats.ONE_TREATED, threats.NOT_CAUSE, threats.PATHS_UNSEEN, threats.SAME_TIME]
    if among.smallest_p > 0.05:
        told = [threats.FEW_PLACEBOS, *told]
    if not neighbours:
        told.append(threats.NO_DISPLACEMENT)
    if min(panel.before[row], panel.after[row]) < SMALL:
        told.append(threats.SMALL_COUNTS)
    return told


def _sentence(panel: Panel, row: int, ratio: float, low: float, high: float, among: Among) -> str:
    before, after = panel.before[row], panel.after[row]
    counts = f"{panel.names[row]}: {number(before)} før og {number(after)} efter"
    inside = low <= 1 <= high
    if not inside and among.smallest_p <= 0.05 and min(before, after) >= SMALL:
        limits = f"95 %-interval {number(100 * low)} til {number(100 * high)} %"
        return (
            f"{counts}. Det er {percent(100 * ratio)} af det, de andres udvikling ville have givet "
            f"({limits}). "
            f"{_rank(among)}"
        )
    text = f"{counts}; ingen klar forskel fra de andres udvikling."
    if not inside and among.smallest_p > 0.05:
        text = f"{counts}; der er for få andre steder ({among.of - 1}) til at sige, om forskellen er klar."
    elif not inside:
        text = f"{counts}; tallene er for små til en procent."
    return f"{text} {_rank(among)}"


def _rank(among: Among) -> str:
    more = among.rank - 1
    if more == 0:
        return f"Ingen af {among.of - 1} andre faldt mere."
    if more == among.of - 1:
        return f"Alle {more} andre faldt mere."
    return f"{more} af {among.of - 1} andre faldt mere."
