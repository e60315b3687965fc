"""Outlines of municipalities from a GeoJSON, wound as the drawing library wants them."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evidens import places
from evidens.errors import BadRequest

Geometry = dict[str, Any]
Ring = list[list[float]]
CODES = ("kode", "code", "komkode")  # properties that may hold the municipality's code


def outlines(boundaries: Path, wanted: Sequence[str]) -> dict[str, Geometry]:
    """Geometry by municipality code; raises BadRequest naming what is missing."""
    try:
        features = json.loads(boundaries.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BadRequest(f"{boundaries} er ikke en GeoJSON med grænser.") from None
    found = {}
    for feature in features:
        code = _code(feature.get("properties") or {})
        geometry = feature.get("geometry") or {}
        if code in wanted and geometry.get("type") in ("Polygon", "MultiPolygon"):
            found[code] = _wound(geometry)
    missing = [places.codes()[code].name for code in wanted if code not in found]
    if missing:
        raise BadRequest(
            f"{boundaries.name} mangler {', '.join(missing)}. "
            "Hver kommune skal have sin kode i egenskaben kode."
        )
    return found


def _code(properties: dict[str, Any]) -> str:
    for name in CODES:
        if properties.get(name):
            return str(properties[name]).removeprefix("0")
    return ""


def _wound(geometry: Geometry) -> Geometry:
    """Outer rings clockwise, holes the other way: on a sphere the wrong way round means everything else."""
    polygons = geometry["coordinates"]
    if geometry["type"] == "Polygon":
        polygons = [polygons]
    turned = []
    for outer, *holes in polygons:
        turned.append([_clockwise(outer), *[_clockwise(hole)[::-1] for hole in holes]])
    return {"type": "MultiPolygon", "coordinates": turned}


def _clockwise(ring: Ring) -> Ring:
    if _area(ring) < 0:
        return ring
    return ring[::-1]


def _area(ring: Ring) -> float:
    """Signed: negative where the ring runs clockwise."""
    x, y = np.array(ring).T[:2]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def centre(geometry: Geometry) -> tuple[float, float]:
    """The middle of the largest polygon's outline."""
    outer = [polygon[0] for polygon in geometry["coordinates"]]
    largest = max(outer, key=lambda ring: abs(_area(ring)))
    ring = np.array(largest)[:, :2]
    cross = ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]
    middle = ((ring[:-1] + ring[1:]) * cross[:, None]).sum(axis=0) / (3 * cross.sum())
    return float(middle[0]), float(middle[1])
