"""A district's municipalities as tiles or in their real outlines, with the number in each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidens import places
from evidens.charts import rooms
from evidens.charts.drawing import INK, MUTED, PAPER, Drawn, Face, Row, Spec, draw, layer, only, quantity
from evidens.charts.outlines import centre, outlines
from evidens.counts import Counts
from evidens.errors import BadRequest, Unavailable
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.population import inhabitants
from evidens.rates import garwood
from evidens.sentence.words import capital, number

RAMP = ["#f4f7fa", "#6f9bc8"]  # dark text reads on all of it (at least 6:1)
ROOM = 480  # from this width on a map has room for names
TABLE = ("place", "count", "rate", "low", "high")
PER_INHABITANT = {"da": "pr. 1.000 indbyggere om året", "en": "per 1,000 inhabitants a year"}
TOLD = {
    "da": "Kort med tallet i hver kommune ({what}). "
    "Forskelle kan være tilfældige; se intervallerne i tabellen.",
    "en": "Map with the figure in each municipality ({what}). "
    "Differences may be chance; see the intervals in the table.",
}
PER_INHABITANT_NOTE = {
    "da": "Forskelle kan være tilfældige; intervallerne står i tabellen",
    "en": "Differences may be chance; the intervals stand in the table",
}
NO_POPULATION = {
    "da": "Antal og ikke pr. indbygger, for der er ikke givet noget folketal: "
    "store kommuner er mørke, fordi de er store",
    "en": "Counts and not per inhabitant, since no population was given: "
    "large places are dark because they are large",
}
SHADED = {"da": "Fra 0 til det højeste", "en": "From 0 to the highest"}
NOT_KNOWN = {"da": "Ikke kendt", "en": "Not known"}
CREDIT = {
    "da": "Grænser: indeholder data fra Klimadatastyrelsen, DAGI.",
    "en": "Boundaries: contains data from Klimadatastyrelsen, DAGI.",
}

TILE = {"type": "rect", "stroke": MUTED, "strokeWidth": 1}
TILE_NAME = {"type": "text", "dy": -11}
TILE_FIGURE = {"type": "text", "dy": 11, "fontSize": 20, "fontWeight": "bold"}
TILE_GAPS = {"paddingInner": 0.06, "paddingOuter": 0}
SHAPE = {"type": "geoshape", "stroke": INK, "strokeWidth": 0.8}
MAP_NAME = {"type": "text", "dy": -8, "fontSize": 12}
MAP_FIGURE = {"type": "text", "dy": 8, "fontSize": 15, "fontWeight": "bold"}
MAP_FIGURE_ALONE = {"type": "text", "dy": 0, "fontSize": 13, "fontWeight": "bold"}
SMALL_FIGURE: Spec = {"type": "text", "fontSize": 10, "color": INK}
MANY = 20  # municipalities: from here on a map has no room for names
AROUND = {"da": "Omkring København, større", "en": "Around København, larger"}
WITHOUT_ROOM = {
    "da": "Navne, og tal uden plads på kortet, står i tabellen",
    "en": "Names, and figures without room on the map, stand in the table",
}
HALO = {"stroke": PAPER, "strokeWidth": 3.5, "strokeJoin": "round"}


@dataclass(frozen=True)
class _Shown:
    """The rows of a map, the field that is shown, and the words beside it."""

    rows: list[Row]
    field: str
    title: str
    told: str
    source: str

    def figure(self, row: Row, lang: str) -> str:
        """The number in an area; a dash where it is not known."""
        if row[self.field] is None:
            return "-"
        decimals = 0
        if self.field == "rate":
            decimals = 1
        return number(row[self.field], lang, decimals)

    def face(self, lang: str, more: str = "") -> Face:
        """The key of the shading, and why it is not by inhabitant where it is not."""
        subtitle = PER_INHABITANT_NOTE[lang]
        if self.field == "count":
            subtitle = NO_POPULATION[lang]
        keys = [("shade", SHADED[lang])]
        if any(row[self.field] is None for row in self.rows):
            keys.append(("blank", NOT_KNOWN[lang]))
        return Face(subtitle, keys, f"{self.source} {more}".strip())

    def shade(self, path: str = "") -> Spec:
        """A ramp from light to dark, white where nothing is known."""
        known = [row[self.field] for row in self.rows if row[self.field] is not None]
        field = path + self.field
        scale = {"domain": [0, max(known) or 1], "range": RAMP}
        unknown = {"test": f"datum.{field} === null", "value": PAPER}
        return quantity(field, scale=scale, legend=None, condition=unknown)


def _shown(
    counts: Counts,
    offence: Choice,
    where: Sequence[Place],
    span: Span,
    population: Counts | None,
    lang: str,
) -> _Shown:
    rows = [_row(counts, offence, place, span, population) for place in where]
    field, what = "count", counts.noun[lang]
    if rows[0]["rate"] is not None:
        field, what = "rate", PER_INHABITANT[lang]
    if all(row[field] is None for row in rows):
        raise Unavailable(f"Ingen af kommunerne har tal for {span.words()}.")
    title = f"{capital(offence.words(lang))}, {what}, {span.words(lang)}"
    told = f"{TOLD[lang].format(what=what)} {counts.source.credit(lang)}."
    return _Shown(rows, field, title, told, f"{counts.source.credit(lang)}.")


def _row(counts: Counts, offence: Choice, place: Place, span: Span, population: Counts | None) -> Row:
    """Count and rate with interval; None where not known."""
    row: Row = {"code": place.members[0], **dict.fromkeys(TABLE), "place": place.name}
    try:
        count = counts.count(place, offence.codes, span)
    except Unavailable:
        return row
    row["count"] = count
    if population is not None:
        exposure = inhabitants(population, place, span) * span.years / 1000
        low, high = garwood(count, exposure)
        row["rate"] = round(count / exposure, 2)
        row["low"] = round(float(low), 2)
        row["high"] = round(float(high), 2)
    return row


def tiles(
    counts: Counts,
    offence: Choice,
    where: Sequence[Place],
    span: Span,
    population: Counts | None = None,
    *,
    width: int = 640,
    lang: str = "da",
    alone: bool = True,
) -> Drawn:
    """A tile per municipality, laid out roughly as on the map, with name and number."""
    shown = _shown(counts, offence, where, span, population, lang)
    rows = []
    for row in shown.rows:
        tile_row, column = places.codes()[row["code"]].tile or (1, 1)
        rows.append(row | {"row": tile_row, "column": column, "shown": shown.figure(row, lang)})
    if len({(row["row"], row["column"]) for row in rows}) < len(rows):
        raise BadRequest("Felterne er lagt for én politikreds ad gangen. Vælg en kreds, fx district:1460.")
    last_row = max(row["row"] for row in rows)
    columns = [row["column"] for row in rows]
    first, last = min(columns), max(columns)
    size = min(150, (width - 20) // (last - first + 1))
    name = TILE_NAME | {"fontSize": _font_size(rows, size)}
    spec = {
        "width": size * (last - first + 1),
        "height": int(size * 0.66) * last_row,
        "data": {"values": rows},
        "encoding": {"x": _steps("column", first, last), "y": _steps("row", 1, last_row)},
        "layer": [
            layer(TILE, {"color": shown.shade()}),
            layer(name, {"text": {"field": "place"}}),
            layer(TILE_FIGURE, {"text": {"field": "shown"}}),
        ],
    }
    return draw(spec, shown.title, shown.told, only(rows, *TABLE), lang, shown.face(lang), alone)


def _font_size(rows: list[Row], size: int) -> int:
    """As large as the longest name allows in a tile of that size."""
    longest = max(len(row["place"]) for row in rows)
    return max(9, min(13, int((size - 4) / (0.55 * longest))))


def _steps(field: str, first: int, last: int) -> Spec:
    """An axis of equal steps, without marks."""
    domain = list(range(first, last + 1))
    return {"field": field, "type": "ordinal", "axis": None, "scale": {"domain": domain, **TILE_GAPS}}


def outline_map(
    counts: Counts,
    offence: Choice,
    where: Sequence[Place],
    span: Span,
    boundaries: Path,
    population: Counts | None = None,
    *,
    width: int = 640,
    lang: str = "da",
    alone: bool = True,
) -> Drawn:
    """Real outlines with the number in each; of many municipalities the corner around København larger.

    From a GeoJSON of municipalities (property `kode`, `code` or `komkode`). Of many, figures without room are
    left to the table, which is said.
    """
    shapes = outlines(boundaries, [place.members[0] for place in where])
    shown = _shown(counts, offence, where, span, population, lang)
    features: list[Row] = []
    for row in shown.rows:
        geometry = shapes[row["code"]]
        x, y = centre(geometry)
        properties = row | {"shown": shown.figure(row, lang), "cx": x, "cy": y}
        features.append({"type": "Feature", "geometry": geometry, "properties": properties})
    told, face = f"{shown.told} {CREDIT[lang]}", shown.face(lang, CREDIT[lang])
    colour = shown.shade("properties.")
    if len(features) > MANY:
        face = replace(face, keys=[*face.keys, ("blank", WITHOUT_ROOM[lang])])
        spec = _of_many(features, colour, width, lang)
    else:
        wide = width - 20
        spec = _map(features, colour, wide, int(wide * 0.72))
        spec["layer"] += _map_labels([feature["properties"] for feature in features], width)
    return draw(spec, shown.title, told, only(shown.rows, *TABLE), lang, face, alone)


def _map(features: list[Row], colour: Spec, wide: int, tall: int) -> Spec:
    """The areas alone, on a map of that size."""
    return {
        "width": wide,
        "height": tall,
        "projection": {"type": "mercator"},
        "layer": [layer(SHAPE, {"color": colour}, features)],
    }


def _of_many(features: list[Row], colour: Spec, width: int, lang: str) -> Spec:
    """The whole with small figures where there is room, and below it the corner around København."""
    wide = width - 20
    whole = _figured(features, colour, wide, int(wide * 0.72))
    corner = [feature for feature in features if rooms.in_corner(feature["properties"])]
    if len(corner) < rooms.FEWEST:
        return whole
    larger = _figured(corner, colour, wide, int(wide * 0.62))
    larger["title"] = {"text": AROUND[lang], "anchor": "start", "fontSize": 14, "color": INK}
    return {"vconcat": [whole, larger], "spacing": 16, "resolve": {"scale": {"color": "shared"}}}


def _figured(features: list[Row], colour: Spec, wide: int, tall: int) -> Spec:
    spec = _map(features, colour, wide, tall)
    shapes = [feature["geometry"] for feature in features]
    rows = [feature["properties"] for feature in features]
    roomy = rooms.with_room(rows, shapes, wide, tall, SMALL_FIGURE["fontSize"])
    at = {"longitude": quantity("cx"), "latitude": quantity("cy"), "text": {"field": "shown"}}
    spec["layer"] += [layer(SMALL_FIGURE | HALO, at, roomy), layer(SMALL_FIGURE, at, roomy)]
    return spec


def _map_labels(rows: list[Row], width: int) -> list[Spec]:
    """Name and figure in each area, first as a light edge, then as text; on a narrow map the figure alone."""
    at = {"longitude": quantity("cx"), "latitude": quantity("cy")}
    texts = [(MAP_FIGURE_ALONE, "shown")]
    if width >= ROOM:
        texts = [(MAP_NAME, "place"), (MAP_FIGURE, "shown")]
    edges = [layer(mark | HALO, at | {"text": {"field": field}}, rows) for mark, field in texts]
    letters = [layer(mark, at | {"text": {"field": field}}, rows) for mark, field in texts]
    return edges + letters
