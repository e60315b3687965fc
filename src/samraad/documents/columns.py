"""How broad the columns of a table are on paper: each fits its words, whatever file the table goes into."""

import re
from typing import NamedTuple

PADDING = 5  # millimetres beside the text of a cell, with something to spare
LONGEST = 40  # letters: what is longer is an address, and may break
DATE = len("30. september 2022")  # a cell so short stands on one line where there is room


class Try(NamedTuple):
    """Letters of `size` points, `across` millimetres to fill; a cell of up to `whole` letters is one word."""

    size: float
    across: float
    whole: int = 0


class Fitted(NamedTuple):
    """What fitted: the columns' widths in millimetres, and the try that it was."""

    widths: list[float]
    size: float
    across: float


def fitted(rows: list[list[str]], tries: tuple[Try, ...]) -> Fitted:
    """The columns by the first try that has room for every word; else by the last, each as its words ask."""
    for size, across, whole in tries:
        found = widths(rows, across, size, whole)
        if found:
            return Fitted(found, size, across)
    asked = narrowest(rows, size, 0)
    return Fitted([across * width / sum(asked) for width in asked], size, across)


def narrowest(rows: list[list[str]], size: float, whole: int) -> list[float]:
    """For each column the millimetres that its longest word takes."""
    found = []
    for column in zip(*rows, strict=True):
        longest = 0.0
        for cell in column:
            for word in _words(cell, whole):
                longest = max(longest, length(word[:LONGEST], size))
        found.append(longest + PADDING)
    return found


def widths(rows: list[list[str]], across: float, size: float, whole: int) -> list[float]:
    """Widths of columns that fill `across`, none narrower than its longest word.

    What is left is shared out after how long its cells usually are, the one that needs least first. A cell
    of up to `whole` letters is one word. Empty when the words alone are too broad.

    >>> rows = [["Nr.", "Punkt"], ["1", "Samarbejdet om en sag"], ["12", "Natteliv"]]
    >>> [round(width) for width in widths(rows, 100, 10, 0)]
    [18, 82]
    >>> widths([["Trafiksikkerhedsudvalget"] * 4], 100, 10, 0)
    []
    """
    columns = list(zip(*rows, strict=True))
    lengths = [
        [max(length(line, size) for line in cell.split("\n")) for cell in column] for column in columns
    ]
    given = narrowest(rows, size, whole)
    left = across - sum(given)
    if left < 0:
        return []
    usual = [sum(column) / len(column) + 1 for column in lengths]
    needs = [max(column) + PADDING - width for column, width in zip(lengths, given, strict=True)]
    waiting = sorted(range(len(columns)), key=lambda place: needs[place])
    while waiting:
        share = left * usual[waiting[0]] / sum(usual[place] for place in waiting)
        more = max(0.0, min(needs[waiting[0]], share))
        given[waiting.pop(0)] += more
        left -= more
    return [width + left * often / sum(usual) for width, often in zip(given, usual, strict=True)]


def length(text: str, size: float) -> float:
    """How broad a text is in millimetres, bold, near enough.

    Letters of Arial are a third, a half, or nearly a whole of their size; those of Plex are hardly broader.
    """
    small = sum(sign in "iíjlftrI.,:;'|!()[]-/ " for sign in text)
    broad = sum(sign in "mwMWÆæ@%—…" for sign in text)
    capital = sum(sign.isupper() and sign not in "IMWÆ" for sign in text)
    return (
        (0.34 * small + 0.9 * broad + 0.74 * capital + 0.6 * (len(text) - small - broad - capital))
        * size
        * 0.353
    )


def _words(cell: str, whole: int) -> list[str]:
    """What of a cell must stand on one line."""
    if len(cell) <= whole and "\n" not in cell:
        return [cell]
    return re.split(r"\s+|(?<=\w-)(?=\w)", cell)
