"""From a specification to an accessible SVG; the colours and letters of all pictures."""

import hashlib
import html
import json
import re
from dataclasses import dataclass
from typing import Any

from evidens.charts.standing import BAND, FONT, INK, LINE, MARK, MUTED, PAPER, Face, standing
from evidens.errors import BadRequest

__all__ = ["BAND", "FONT", "INK", "LINE", "MARK", "MUTED", "PAPER", "Drawn", "Face", "Row", "Spec", "draw"]
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
LOCALES = {"da": "da-DK", "en": "en-GB"}
Row = dict[str, Any]
Spec = dict[str, Any]

AXIS = {
    "labelFont": FONT,
    "titleFont": FONT,
    "labelFontSize": 13,
    "titleFontSize": 13,
    "titleFontWeight": "normal",
    "labelColor": INK,
    "titleColor": INK,
    "gridColor": "#e3e3e3",
    "domainColor": MUTED,
    "tickColor": MUTED,
    "aria": False,
}
HEADER = {
    "labelFont": FONT,
    "labelFontSize": 13,
    "labelFontWeight": "bold",
    "labelColor": INK,
    "title": None,
    "labelAnchor": "start",
}
CONFIG = {
    "font": FONT,
    "background": PAPER,
    "aria": False,
    "axis": AXIS,
    "view": {"stroke": None},
    "text": {"font": FONT},
    "header": HEADER,
    "legend": {"labelFont": FONT, "titleFont": FONT, "aria": False},
}


@dataclass(frozen=True)
class Drawn:
    """A picture: the SVG, its title and description in words, and the rows behind it.

    The rows are for the table that must stand with it; `subtitle`, `note` and `source` for a page that writes
    them around a picture which does not stand alone.
    """

    svg: str
    title: str
    description: str
    table: list[Row]
    subtitle: str = ""
    note: str = ""
    source: str = ""


def draw(
    spec: Spec,
    title: str,
    description: str,
    table: list[Row],
    lang: str = "da",
    face: Face | None = None,
    alone: bool = True,
) -> Drawn:
    """A specification as accessible SVG, which fetches nothing and holds no style element or attribute.

    With `face` the title and the words around it are drawn, so that the picture can stand `alone`; when it is
    not to, only the key is, and the page writes the rest.
    """
    import vl_convert

    whole = {"$schema": SCHEMA, "config": CONFIG} | spec
    locale: Any = LOCALES[lang]
    raw = vl_convert.vegalite_to_svg(
        json.dumps(whole), allowed_base_urls=[], format_locale=locale, time_format_locale=locale
    )
    if face is None:
        return Drawn(_accessible(raw, title, description, lang), title, description, table)
    if alone:
        raw = standing(raw, title, face)
    else:
        raw = standing(raw, "", Face("", face.keys, ""))
    svg = _accessible(raw, title, description, lang)
    return Drawn(svg, title, description, table, face.subtitle, face.note, face.source)


def _accessible(svg: str, title: str, description: str, lang: str) -> str:
    """One title and one description instead of the library's English labels.

    Ids of its own, so that pictures can share a page.
    """
    mark = "e" + hashlib.sha256(f"{title} {description} {svg}".encode()).hexdigest()[:8]
    svg = re.sub(r'\s(?:aria-[a-z]+|role|aria-roledescription)="[^"]*"', "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{mark}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{mark}-\1)", svg)
    svg = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'\1="#{mark}-\2"', svg)
    opening = re.match(r"<svg[^>]*>", svg)
    if opening is None:
        raise BadRequest("Tegningen kunne ikke laves.")
    head = opening[0][:-1] + f' role="img" lang="{lang}" aria-labelledby="{mark}-t {mark}-d">'
    named = f'<title id="{mark}-t">{html.escape(title)}</title>'
    described = f'<desc id="{mark}-d">{html.escape(description)}</desc>'
    return head + named + described + svg[opening.end() :]


def as_file(svg: str, suffix: str) -> bytes:
    """The picture as the bytes of a file: ".svg", ".png" (twice the size) or ".pdf"; raises BadRequest."""
    import vl_convert

    if suffix == ".svg":
        return svg.encode()
    if suffix == ".png":
        return bytes(vl_convert.svg_to_png(svg, scale=2))
    if suffix == ".pdf":
        return bytes(vl_convert.svg_to_pdf(svg))
    raise BadRequest(f"Et billede kan ikke gemmes som “{suffix}”. Skriv et navn på .svg, .png eller .pdf.")


def quantity(field: str, **more: Any) -> Spec:
    """A channel that shows a number."""
    return {"field": field, "type": "quantitative", **more}


def layer(mark: Spec, encoding: Spec, rows: list[Row] | None = None) -> Spec:
    """A layer of marks, of rows of its own where some are given."""
    found = {"mark": mark, "encoding": encoding}
    if rows is not None:
        found["data"] = {"values": rows}
    return found


def where(test: str, layers: list[Spec]) -> list[Spec]:
    """The layers for the rows alone of which the test (an expression of `datum`) is true."""
    return [one | {"transform": [{"filter": test}]} for one in layers]


def only(rows: list[Row], *keys: str) -> list[Row]:
    """The rows with these fields alone."""
    return [{key: row[key] for key in keys} for row in rows]


def without(rows: list[Row], *keys: str) -> list[Row]:
    """The rows without these fields."""
    return [{key: value for key, value in row.items() if key not in keys} for row in rows]
