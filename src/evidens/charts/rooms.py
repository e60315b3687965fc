"""Which numbers have room on a map of many municipalities, and the corner of it that is drawn larger."""

from collections.abc import Sequence

import numpy as np

from evidens.charts.drawing import Row
from evidens.charts.labels import Box
from evidens.charts.outlines import Geometry
from evidens.counts import Array

LETTER, HIGH = 0.62, 1.15  # the width of a figure and the height of a line, against the size of the type
# Around København, in degrees east and north: municipalities whose middle lies here are too small to read.
CORNER = (12.05, 12.70, 55.50, 55.90)
FEWEST = 6  # municipalities that make a corner


def pixels(geometries: Sequence[Geometry], points: Array, wide: int, tall: int) -> tuple[Array, Array]:
    """Where points (float64[n, 2], degrees) lie on a map of Mercator's that is fitted to the outlines."""
    rings = [np.array(polygon[0])[:, :2] for one in geometries for polygon in one["coordinates"]]
    east, north = _mercator(np.concatenate(rings))
    scale = min(wide / float(np.ptp(east)), tall / float(np.ptp(north)))
    left = (wide - float(np.ptp(east)) * scale) / 2
    top = (tall - float(np.ptp(north)) * scale) / 2
    x, y = _mercator(points)
    return left + (x - east.min()) * scale, top + (north.max() - y) * scale


def _mercator(points: Array) -> tuple[Array, Array]:
    return np.radians(points[:, 0]), np.log(np.tan(np.pi / 4 + np.radians(points[:, 1]) / 2))


def with_room(rows: list[Row], geometries: Sequence[Geometry], wide: int, tall: int, size: int) -> list[Row]:
    """The rows whose figure, in type of that size, covers no other; large municipalities choose first."""
    points = np.array([[row["cx"], row["cy"]] for row in rows])
    x, y = pixels(geometries, points, wide, tall)
    taken: list[Box] = []
    found = []
    for number in np.argsort([-extent(one) for one in geometries]).tolist():
        row = rows[number]
        half = len(row["shown"]) * size * LETTER / 2
        high = size * HIGH / 2
        px, py = float(x[number]), float(y[number])
        box = Box(px - half, py - high, px + half, py + high)
        if not any(map(box.covers, taken)):
            taken.append(box)
            found.append(row)
    return found


def extent(geometry: Geometry) -> float:
    """The area of the box around an outline's largest polygon, in square degrees."""
    largest = 0.0
    for polygon in geometry["coordinates"]:
        ring = np.array(polygon[0])[:, :2]
        largest = max(largest, float(np.prod(np.ptp(ring, axis=0))))
    return largest


def in_corner(row: Row) -> bool:
    """Whether a municipality lies in the corner that is drawn larger."""
    west, east, south, north = CORNER
    return bool(west <= row["cx"] <= east and south <= row["cy"] <= north)
