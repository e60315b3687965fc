"""A pattern for a sort of figure, and the judge that says what is found there."""

import re
from collections.abc import Callable
from typing import NamedTuple

from manuscript.words import NUMBERS, Sign

Match = re.Match[str]
Value = float | int | str | list[int | None] | None
Worth = tuple[Value, str] | None  # a figure's value and unit; None where the words only look like one
Judge = Callable[[Match, int | None], Worth]  # asked with what was found and the plan's year

NUMBER = rf"(?:\d{{1,3}}(?:[. \u00a0]\d{{3}}(?!\d))+|\d+(?:,\d+)?|{'|'.join(NUMBERS[2:])})"
APART = re.compile(r"[. \u00a0]")  # thousands
A_YEAR = r"20(?<!\w20)\d\d"  # begins with its own letters, so that it is found fast


class Finder(NamedTuple):
    """Where a sort of figure may stand, and what it is worth there."""

    sign: Sign
    worth: Judge


class Finders(list[Finder]):
    """Finders in the order in which they count: of two that match the same words the first."""

    def finds(self, pattern: str, signs: str, *parts: str, needs: str = "") -> Callable[[Judge], Judge]:
        """Enter what a pattern is worth in a plan of a year."""

        def enter(worth: Judge) -> Judge:
            self.append(Finder(Sign(pattern, signs, *parts, needs=needs), worth))
            return worth

        return enter


def number(text: str) -> float | int:
    """A Danish number in digits or words.

    >>> number("1.567"), number("12 345"), number("2,5"), number("tre")
    (1567, 12345, 2.5, 3)
    """
    low = text.lower()
    if low in NUMBERS:
        return NUMBERS.index(low)
    return _whole(float(APART.sub("", low).replace(",", ".")))


def _whole(value: float) -> float | int:
    if value.is_integer():
        return int(value)
    return value


def times(value: float, size: float) -> float | int:
    """A number so many times, whole where it is."""
    return _whole(float(value * size))
