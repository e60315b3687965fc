"""Did it work? A design per file, each with what could have been seen, its interval, and what may deceive.

    from evidens.evaluation import evaluate
    from evidens.evaluation.wdd import Change
    found = evaluate("wdd", Change(207, 110), Change(308, 318), Change(178, 157), Change(150, 140))
    found.sentence_da

No sentence says "because of": it says how the treated place differed from its comparison. The verdict is
arithmetic (`evidens.evaluation.verdict`), and a study made after the figures were seen has none but "cannot
be told".
"""

from collections.abc import Callable
from importlib import import_module
from typing import cast

from evidens.errors import BadRequest
from evidens.evaluation.effect import Effect, Sight

__all__ = ["DESIGNS", "Effect", "Sight", "evaluate", "power_for"]

# Where each design is computed, and where what it could see is, before it is looked at.
DESIGNS = {
    "wdd": ("wdd:wdd", "wdd:power_for"),
    "did": ("did:did", "placebo:power_for"),
    "placebo": ("placebo:placebo", "placebo:power_for"),
    "eb": ("eb:eb", "eb:power_for"),
    "its": ("its:its", "its:power_for"),
    "speed": ("speed:speed", "speed:power_for"),
    "cox": ("followup:followup", "followup:power_for"),
}


def evaluate(design: str, *data: object, **options: object) -> Effect:
    """The effect by a design's name; the arguments are those of its function. Raises BadRequest.

    >>> from evidens.evaluation.wdd import Change
    >>> evaluate("wdd", Change(207, 110), Change(308, 318)).estimate
    -107.0
    """
    return cast("Effect", _named(design, 0)(*data, **options))


def power_for(design: str, *data: object, **options: object) -> Sight:
    """What a design can see, from what is known before it is looked at. Raises BadRequest.

    >>> round(power_for("cox", 180, 1 / 3).smallest)
    36
    """
    return cast("Sight", _named(design, 1)(*data, **options))


def _named(design: str, which: int) -> Callable[..., object]:
    if design not in DESIGNS:
        raise BadRequest(f"Undersøgelsens form {design} kendes ikke. Vælg {', '.join(DESIGNS)}.")
    module, _, name = DESIGNS[design][which].partition(":")
    return cast("Callable[..., object]", getattr(import_module(f"evidens.evaluation.{module}"), name))
