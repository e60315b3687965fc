"""A place for each name in a picture of points, where it covers nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from evidens.charts.drawing import Row
from evidens.counts import Array

LETTER, HIGH = 6.8, 7  # pixels: the width of a letter and half the height of a line at 12 px
MARGIN = 60  # a name may reach this far beyond the right edge
DOT = 6  # half a point


class Box(NamedTuple):
    """A rectangle in pixels from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float

    def within(self, frame: "Box") -> bool:
        """Whether it reaches nowhere beyond the frame."""
        across = self.left >= frame.left and self.right <= frame.right
        return across and self.top >= frame.top and self.bottom <= frame.bottom

    def covers(self, other: "Box") -> bool:
        """Whether the two overlap."""
        beside = self.right <= other.left or other.right <= self.left
        above = self.bottom <= other.top or other.bottom <= self.top
        return not (beside or above)


@dataclass(frozen=True)
class Label:
    """Where a row's name stands, seen from its point."""

    row: Row
    align: str
    dx: int
    dy: int

    def box(self, x: float, y: float) -> Box:
        """What the name covers, estimated from its number of letters."""
        size = LETTER * len(self.row["place"]) + 4
        before = {"left": 0.0, "right": size, "center": size / 2}
        left = x + self.dx - before[self.align]
        return Box(left, y + self.dy - HIGH, left + size, y + self.dy + HIGH)


def labels(rows: list[Row], x: Array, y: Array, level: float, wide: int, tall: int) -> list[Label]:
    """A label for each row where it covers no point, no other name and not the common level.

    Rows with `outside` choose first, and without room only those are named. `x`, `y`, `level` in pixels.
    """
    taken = [Box(0.0, level - 2, float(wide), level + 2)]
    for px, py in zip(x.tolist(), y.tolist(), strict=True):
        taken.append(Box(px - DOT, py - DOT, px + DOT, py + DOT))
    found = []
    for n in sorted(range(len(rows)), key=lambda n: (not rows[n]["outside"], x[n])):
        label = _free(rows[n], float(x[n]), float(y[n]), taken, wide, tall)
        if label:
            taken.append(label.box(float(x[n]), float(y[n])))
            found.append(label)
        elif rows[n]["outside"]:
            found.append(Label(rows[n], "right", -9, 0))  # the finding is named, whatever it covers
    return found


def chosen(
    rows: list[Row], x: Array, y: Array, which: list[int], taken: list[Box], frame: Box
) -> list[Label]:
    """A label for each of some points, above it where it can, inside the frame.

    `which` are the rows that are named, the most important first; `taken` what else covers the picture.
    """
    covered = list(taken)
    for px, py in zip(x.tolist(), y.tolist(), strict=True):
        covered.append(Box(px - DOT / 2, py - DOT / 2, px + DOT / 2, py + DOT / 2))
    found = []
    for n in which:
        at = float(x[n]), float(y[n])
        free = _first(_spots_above(rows[n]), at, covered, frame)
        if free is None:
            free = Label(rows[n], "center", 0, -14)
        covered.append(free.box(*at))
        found.append(free)
    return found


def _first(spots: Iterator[Label], at: tuple[float, float], taken: list[Box], frame: Box) -> Label | None:
    """The first spot inside the frame that covers nothing."""
    for label in spots:
        box = label.box(*at)
        if box.within(frame) and not any(map(box.covers, taken)):
            return label
    return None


def _free(row: Row, x: float, y: float, taken: list[Box], wide: int, tall: int) -> Label | None:
    """The first spot that is inside the picture and covers nothing."""
    return _first(_spots(row), (x, y), taken, Box(0.0, 0.0, wide + MARGIN, float(tall)))


def _spots(row: Row) -> Iterator[Label]:
    """Beside the point, then above and below it, nearer before farther."""
    for dy in (0, -14, 14, -24, 24):
        yield Label(row, "left", 9, dy)
        yield Label(row, "right", -9, dy)
        if dy:
            yield Label(row, "center", 0, dy)


def _spots_above(row: Row) -> Iterator[Label]:
    """Above the point, then to its right, below and farther off."""
    for dy in (-13, -22, 14, 24, -34, 36):
        for align, dx in (("center", 0), ("left", 6), ("right", -6)):
            yield Label(row, align, dx, dy)
