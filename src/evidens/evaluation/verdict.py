"""The verdict by arithmetic: what an interval says of an effect that was worth having."""

from dataclasses import dataclass
from typing import Literal

from evidens.errors import BadRequest
from evidens.evaluation.effect import Effect

Finding = Literal["worked", "did_not", "cannot_tell"]
WORDS: dict[Finding, str] = {
    "worked": "Virkede",
    "did_not": "Virkede ikke",
    "cannot_tell": "Kan ikke afgøres",
}
DIRECTIONS = ("fall", "rise")


@dataclass(frozen=True)
class Verdict:
    """A finding, its word, and why in one Danish sentence.

    `low` and `high` are the effect's limits with the wanted direction positive: per cent for a ratio, else
    the outcome's own unit; `smallest` is the smallest effect worth having, in the same unit.
    """

    finding: Finding
    word: str
    why: str
    low: float
    high: float
    smallest: float


def finding(low: float, high: float, smallest: float) -> Finding:
    """The rule, fixed when a study is registered.

    With the wanted direction positive: below the smallest effect worth having throughout, it did not work;
    else above nothing throughout, it worked; else it cannot be told. In that order.

    >>> finding(-5, 15, 20), finding(2, 30, 20), finding(-5, 30, 20), finding(2, 15, 20)
    ('did_not', 'worked', 'cannot_tell', 'did_not')
    """
    if smallest <= 0:
        raise BadRequest("Den mindste virkning, der er værd at få, skal være over 0.")
    if high < smallest:
        return "did_not"
    if low > 0:
        return "worked"
    return "cannot_tell"


def verdict(effect: Effect, smallest: float, direction: str = "fall", registered: bool = False) -> Verdict:
    """The verdict on an effect.

    `smallest` is in per cent for a ratio and else in the outcome's own unit. `direction` is the wanted one.
    Where the study was not registered before the figures were seen, or has nothing to compare with, or too
    little, the verdict is "cannot_tell", whatever the numbers. Raises BadRequest.
    """
    if direction not in DIRECTIONS:
        raise BadRequest("Den ønskede retning er fall (færre) eller rise (flere).")
    low, high = wanted(effect, direction)
    barred = _barred(effect, registered)
    said = finding(low, high, smallest)
    if barred:
        return Verdict("cannot_tell", WORDS["cannot_tell"], barred, low, high, smallest)
    return Verdict(said, WORDS[said], WHY[said], low, high, smallest)


WHY: dict[Finding, str] = {
    "worked": "Hele intervallet ligger over 0, og den mindste virkning, der er værd at få, er mulig.",
    "did_not": "Hele intervallet ligger under den mindste virkning, der er værd at få.",
    "cannot_tell": "Intervallet rummer både ingen virkning og en virkning, der er værd at få.",
}
AFTERWARDS = "Undersøgelsen er ikke registreret, før nogen så tallene. Så kan svaret kun være dette."
ALONE = "Der er intet at sammenligne med. En ændring for sig selv er ikke en virkning."
TOO_FEW = "Der er for få steder at sammenligne med."


def _barred(effect: Effect, registered: bool) -> str:
    """Why the numbers may not decide; empty where they may."""
    if not registered:
        return AFTERWARDS
    if effect.has("no_comparison"):
        return ALONE
    if effect.has("few_placebos"):
        return TOO_FEW
    return ""


def wanted(effect: Effect, direction: str) -> tuple[float, float]:
    """The limits with the wanted direction positive; in per cent for a ratio.

    >>> from evidens.evaluation.wdd import Change, wdd
    >>> wanted(wdd(Change(207, 110), Change(308, 318)), "fall")[0] > 0
    True
    """
    low, high = effect.low, effect.high
    if effect.scale == "ratio":
        low, high = 100 * (low - 1), 100 * (high - 1)
    if direction == "fall":
        return -high, -low
    return low, high
