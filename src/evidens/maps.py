"""A district's municipalities as tiles or in their real outlines, with the number in each."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from evidens import offences, places, rates, trend
from evidens.charts import INK, MUTED, Drawn, Row, draw
from evidens.counts import Counts
from evidens.errors import BadRequest, Unavailable
from evidens.periods import Span
from evidens.sentence import capital, number

RAMP = ["#f4f7fa", "#6f9bc8"]  # dark text reads on all of it (at least 6:1)


def _values(
    counts: Counts,
    offence: offences.Choice,
    where: Sequence[places.Place],
    span: Span,
    population: Counts | None,
) -> list[Row]:
    rows: list[Row] = []
    for place in where:
        try:
            count: int | None = counts.count(place, offence.codes, span)
        except Unavailable:
            count = None
        row: Row = {
            "code": place.members[0],
            "place": place.name,
            "count": count,
            "rate": None,
            "low": None,
            "high": None,
        }
        if count is not None and population is not None:
            exposure = trend.inhabitants(population, place, span) * span.years / 1000
            low, high = rates.garwood(count, exposure)
            row |= {
                "rate": round(count / exposure, 2),
                "low": round(float(low), 2),
                "high": round(float(high), 2),
            }
        rows.append(row)
    return rows


def _map_words(
    offence: offences.Choice, span: Span, rows: list[Row], counts: Counts, lang: str
) -> tuple[str, str, str]:
    """Field that is shown, title, description."""
    field = "rate" if rows[0]["rate"] is not None else "count"
    name = capital(offence.name if lang == "da" else offence.name_en)
    known = [row for row in rows if row[field] is not None]
    if not known:
        raise Unavailable(f"Ingen af kommunerne har tal for {span.words()}.")
    noun = counts.noun[0 if lang == "da" else 1]
    if lang == "da":
        what = "pr. 1.000 indbyggere om året" if field == "rate" else noun
        text = f"Kort med tallet i hver kommune ({what}). Forskelle kan være tilfældige; se intervallerne i tabellen."
        return field, f"{name}, {what}, {span.words()}", f"{text} {counts.source.credit()}."
    what = "per 1,000 inhabitants a year" if field == "rate" else noun
    text = f"Map with the figure in each municipality ({what}). Differences may be chance; see the intervals in the table."
    return field, f"{name}, {what}, {span.words('en')}", f"{text} {counts.source.credit('en')}."


def _shade(rows: list[Row], field: str, path: str = "") -> dict[str, Any]:
    """A ramp from light to dark, white where nothing is known."""
    values = [row[field] for row in rows if row[field] is not None]
    top = max(values) or 1
    colour = {
        "field": path + field,
        "type": "quantitative",
        "scale": {"domain": [0, top], "range": RAMP},
        "legend": None,
    }
    return {"condition": {"test": f"datum.{path}{field} === null", "value": "#ffffff"}, **colour}


def tiles(
    counts: Counts, offence: offences.Choice, where: Sequence[places.Place], span: Span, population: Counts | None = None, *,
    width: int = 640, lang: str = "da",
) -> Drawn:  # fmt: skip
    """A tile per municipality, laid out roughly as on the map, with name and number."""
    rows = _values(counts, offence, where, span, population)
    field, title, said = _map_words(offence, span, rows, counts, lang)
    for row in rows:
        tile = places.codes()[row["code"]].tile or (1, 1)
        row |= {
            "row": tile[0],
            "column": tile[1],
            "shown": "-" if row[field] is None else number(row[field], lang, 1 if field == "rate" else 0),
        }
    used = [(row["row"], row["column"]) for row in rows]
    if len(set(used)) < len(used):
        raise BadRequest("Felterne er lagt for én politikreds ad gangen. Vælg en kreds, fx district:1460.")
    colour = _shade(rows, field)
    last_row, last_column = max(row["row"] for row in rows), max(row["column"] for row in rows)
    first_column = min(row["column"] for row in rows)
    size = min(150, (width - 20) // (last_column - first_column + 1))
    steps = {"paddingInner": 0.06, "paddingOuter": 0}
    x = {
        "field": "column",
        "type": "ordinal",
        "axis": None,
        "scale": {"domain": list(range(first_column, last_column + 1)), **steps},
    }
    y = {
        "field": "row",
        "type": "ordinal",
        "axis": None,
        "scale": {"domain": list(range(1, last_row + 1)), **steps},
    }
    longest = max(len(row["place"]) for row in rows)
    small = max(9, min(13, int((size - 4) / (0.55 * longest))))
    spec = {
        "width": size * (last_column - first_column + 1), "height": int(size * 0.66) * last_row, "data": {"values": rows}, "encoding": {"x": x, "y": y},
        "layer": [
            {"mark": {"type": "rect", "stroke": MUTED, "strokeWidth": 1}, "encoding": {"color": colour}},
            {"mark": {"type": "text", "dy": -11, "fontSize": small}, "encoding": {"text": {"field": "place"}}},
            {"mark": {"type": "text", "dy": 11, "fontSize": 20, "fontWeight": "bold"}, "encoding": {"text": {"field": "shown"}}},
        ],
    }  # fmt: skip
    return draw(
        spec,
        title,
        said,
        [{key: row[key] for key in ("place", "count", "rate", "low", "high")} for row in rows],
        lang,
    )


def outline_map(
    counts: Counts, offence: offences.Choice, where: Sequence[places.Place], span: Span, boundaries: Path, population: Counts | None = None, *,
    width: int = 640, lang: str = "da",
) -> Drawn:  # fmt: skip
    """Real outlines from a GeoJSON of municipalities (property `kode`, `code` or `komkode`), with the number in each."""
    shapes = _shapes(boundaries, [place.members[0] for place in where])
    rows = _values(counts, offence, where, span, population)
    field, title, said = _map_words(offence, span, rows, counts, lang)
    features = []
    for row, geometry in zip(rows, (shapes[row["code"]] for row in rows), strict=True):
        shown = "-" if row[field] is None else number(row[field], lang, 1 if field == "rate" else 0)
        centre = _centre(geometry)
        features.append(
            {
                "type": "Feature",
                "geometry": geometry,
                "properties": row | {"shown": shown, "cx": centre[0], "cy": centre[1]},
            }
        )
    at = {
        "longitude": {"field": "cx", "type": "quantitative"},
        "latitude": {"field": "cy", "type": "quantitative"},
    }
    halo = {"stroke": "#ffffff", "strokeWidth": 3.5, "strokeJoin": "round"}
    name, value = (
        {"type": "text", "dy": -8, "fontSize": 12},
        {"type": "text", "dy": 8, "fontSize": 15, "fontWeight": "bold"},
    )
    labels = [
        {
            "data": {"values": [f["properties"] for f in features]},
            "mark": mark | extra,
            "encoding": at | {"text": {"field": text}},
        }
        for extra in (halo, {})
        for mark, text in (
            ((name, "place"), (value, "shown"))
            if width >= 480
            else ((value | {"dy": 0, "fontSize": 13}, "shown"),)
        )
    ]
    shape = {"type": "geoshape", "stroke": INK, "strokeWidth": 0.8}
    spec = {
        "width": width - 20, "height": int((width - 20) * 0.72), "projection": {"type": "mercator"},
        "layer": [{"data": {"values": features}, "mark": shape, "encoding": {"color": _shade(rows, field, "properties.")}}, *labels],
    }  # fmt: skip
    credit = {
        "da": " Grænser: indeholder data fra Klimadatastyrelsen, DAGI.",
        "en": " Boundaries: contains data from Klimadatastyrelsen, DAGI.",
    }
    return draw(
        spec,
        title,
        said + credit[lang],
        [{key: row[key] for key in ("place", "count", "rate", "low", "high")} for row in rows],
        lang,
    )


def _shapes(boundaries: Path, wanted: Sequence[str]) -> dict[str, Any]:
    """Geometry by municipality code, wound as the drawing library wants it; raises BadRequest naming what is missing."""
    try:
        features = json.loads(boundaries.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError, TypeError):
        raise BadRequest(f"{boundaries} er ikke en GeoJSON med grænser.") from None
    found = {}
    for feature in features:
        properties = feature.get("properties") or {}
        code = str(
            properties.get("kode") or properties.get("code") or properties.get("komkode") or ""
        ).removeprefix("0")
        geometry = feature.get("geometry") or {}
        if code in wanted and geometry.get("type") in ("Polygon", "MultiPolygon"):
            found[code] = _wound(geometry)
    if missing := [places.codes()[code].name for code in wanted if code not in found]:
        raise BadRequest(
            f"{boundaries.name} mangler {', '.join(missing)}. Hver kommune skal have sin kode i egenskaben kode."
        )
    return found


def _wound(geometry: dict[str, Any]) -> dict[str, Any]:
    """Outer rings clockwise, holes the other way: on a sphere the wrong way round means everything else."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    turned = [
        [ring if (_area(ring) < 0) == (n == 0) else ring[::-1] for n, ring in enumerate(polygon)]
        for polygon in polygons
    ]
    return {"type": "MultiPolygon", "coordinates": turned}


def _area(ring: list[list[float]]) -> float:
    x, y = np.array(ring).T[:2]
    return float((x[:-1] * y[1:] - x[1:] * y[:-1]).sum() / 2)


def _centre(geometry: dict[str, Any]) -> tuple[float, float]:
    """The middle of the largest polygon's outline."""
    ring = np.array(
        max((polygon[0] for polygon in geometry["coordinates"]), key=lambda ring: abs(_area(ring)))
    )[:, :2]
    cross = ring[:-1, 0] * ring[1:, 1] - ring[1:, 0] * ring[:-1, 1]
    centre = ((ring[:-1] + ring[1:]) * cross[:, None]).sum(axis=0) / (3 * cross.sum())
    return float(centre[0]), float(centre[1])
