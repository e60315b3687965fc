"""What a rule of the check finds, and what would mend it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mend:
    """A mend that is safe in one click: put `new` for `old` on the line, or take the whole paragraph out
    when `old` is empty."""

    old: str
    new: str


TAKE_OUT = Mend("", "")


@dataclass(frozen=True)
class Finding:
    """What to look at."""

    code: str  # the rule
    line: int
    message: str  # what, and what would be right
    lines: tuple[int, ...] = ()  # all it concerns
    mend: Mend | None = None
