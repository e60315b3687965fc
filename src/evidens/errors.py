"""What can go wrong, in words: a bad file, a request that makes no sense, a figure that is not there."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong or odd in a file, with the place and the mend.

    `line` is the physical line, counted from 1 with the header (None: the whole file); `lines` holds all of
    them where there are several.
    """

    code: str
    message: str
    mend: str = ""
    line: int | None = None
    column: str | None = None
    value: str | None = None
    lines: tuple[int, ...] = ()

    def text(self) -> str:
        """One sentence with line, message and mend.

        >>> Problem("negative_count", "Antallet er -3.", "Ret tallet.", line=260).text()
        'Linje 260: Antallet er -3. Ret tallet.'
        """
        text = f"{self.message} {self.mend}".strip()
        if self.line:
            return f"Linje {self.line}: {text}"
        return text

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return asdict(self)


class EvidensError(Exception):
    """The common ancestor: its text is a sentence for a person."""


class BadFile(EvidensError):
    """The file is refused whole; `problems` says what, where and what would be right."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("\n".join(problem.text() for problem in problems))


class BadRequest(EvidensError):
    """The request makes no sense: an unknown place, overlapping offences, a span that ends too early."""


@dataclass
class Unavailable(EvidensError):
    """The data do not hold the figure; `known` tells what they do hold."""

    reason: str
    reason_en: str = ""
    known: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.reason


class SourceDown(EvidensError):
    """The publisher's server did not give an answer that can be used."""


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """Those of the whole file first, then by line."""
    return sorted(problems, key=lambda problem: problem.line or 0)
