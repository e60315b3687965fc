"""Results drawn as SVG, each with title, description and the table behind it.

Vega-Lite specifications as plain dicts, turned into SVG in this process (vl-convert). Nothing is told by colour alone: lines
differ in stroke, places outside their limits are named and filled, maps carry the number in each area.
"""

import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evidens import offences, places, poisson, rates, trend
from evidens.counts import Array, Counts
from evidens.errors import BadRequest, Unavailable
from evidens.periods import COVID, PER_YEAR, Period, Span
from evidens.sentence import capital, number

INK, MUTED, BAND, LINE, MARK = "#1a1a1a", "#5a5a5a", "#d7dde3", "#12436d", "#a6321a"
FONT = "IBM Plex Sans, Arial, sans-serif"
Row = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """A picture: the SVG, its title and description in words, and the rows behind it (for the table that must stand with it)."""

    svg: str
    title: str
    description: str
    table: list[Row]


def _config() -> dict[str, Any]:
    axis = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal", "labelColor": INK,
            "titleColor": INK, "gridColor": "#e3e3e3", "domainColor": MUTED, "tickColor": MUTED, "aria": False}  # fmt: skip
    return {
        "font": FONT, "background": "#ffffff", "aria": False, "axis": axis, "view": {"stroke": None}, "text": {"font": FONT},
        "header": {"labelFont": FONT, "labelFontSize": 13, "labelFontWeight": "bold", "labelColor": INK, "title": None, "labelAnchor": "start"},
        "legend": {"labelFont": FONT, "titleFont": FONT, "aria": False},
    }  # fmt: skip


def draw(spec: dict[str, Any], title: str, description: str, table: list[Row], lang: str = "da") -> Drawn:
    """A specification as accessible SVG; the picture fetches nothing and holds no style element or attribute."""
    import vl_convert

    whole = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "config": _config()} | spec
    locale: Any = "da-DK" if lang == "da" else "en-GB"
    raw = vl_convert.vegalite_to_svg(
        json.dumps(whole), allowed_base_urls=[], format_locale=locale, time_format_locale=locale
    )
    return Drawn(_accessible(raw, title, description, lang), title, description, table)


def _accessible(svg: str, title: str, description: str, lang: str) -> str:
    """One title and one description instead of the library's English labels; ids of its own, so that pictures can share a page."""
    mark = "e" + hashlib.sha256(f"{title} {description}".encode()).hexdigest()[:8]
    svg = re.sub(r'\s(?:aria-[a-z]+|role|aria-roledescription)="[^"]*"', "", svg)
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{mark}-\1"', svg)
    svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{mark}-\1)", svg)
    svg = re.sub(r'(xlink:href|href)="#([^"]+)"', rf'\1="#{mark}-\2"', svg)
    words = f'<title id="{mark}-t">{html.escape(title)}</title><desc id="{mark}-d">{html.escape(description)}</desc>'
    opening = re.match(r"<svg[^>]*>", svg)
    if opening is None:
        raise BadRequest("Tegningen kunne ikke laves.")
    head = opening[0][:-1] + f' role="img" lang="{lang}" aria-labelledby="{mark}-t {mark}-d">'
    return head + words + svg[opening.end() :]


def _label(period: Period, lang: str) -> str:
    if period.freq == "Q":
        return f"{period.number}. kv. {period.year}" if lang == "da" else f"Q{period.number} {period.year}"
    return period.words(lang)


def _series(counts: Counts, place: places.Place, codes: Sequence[str], span: Span) -> Array:
    where = counts.positions(span)
    if where[0] < 0 or where[-1] >= counts.cube.shape[2]:
        raise Unavailable(
            f"Tallene går fra {counts.first} til {counts.latest}, så {span.words()} er ikke med."
        )
    return counts.series(place, codes)[where]


def expected(series: Array, span: Span) -> tuple[Array, Array, Array] | None:
    """What season and linear trend lead one to expect, and where 95 of 100 single periods would lie; None when too short.

    float64[time] each: mean, low, high; quantiles of the Poisson, or of the negative binomial with the fit's dispersion.
    """
    from scipy import stats

    per_year = PER_YEAR[span.first.freq]
    if (~np.isnan(series)).sum() < 2 * per_year + 2:
        return None
    found = poisson.fit_seasonal(series, per_year, span.first.ordinal % per_year)
    if not found.usable[0]:
        return None
    mean, phi = found.mean[0], float(found.phi[0])
    if phi > 1 + 1e-9:
        low, high = (stats.nbinom.ppf(share, mean / (phi - 1), 1 / phi) for share in (0.025, 0.975))
    else:
        low, high = (stats.poisson.ppf(share, mean) for share in (0.025, 0.975))
    return mean, low, high


def _rows(counts: Counts, place: places.Place, codes: Sequence[str], span: Span, lang: str) -> list[Row]:
    """A row per period; the expectation rests on the span, or on the five years up to its end where the span is shorter.

    Nothing is expected across a change of definition.
    """
    series = _series(counts, place, codes, span)
    earlier = max(0, 5 * PER_YEAR[span.first.freq] - len(span))
    begin = max(counts.first.ordinal, span.first.ordinal - earlier)
    whole = Span(Period(span.first.freq, begin), span.last)
    fitted = _series(counts, place, codes, whole).copy()
    for change in offences.breaks_within(codes, whole, whole):
        if not change.part:
            fitted[[period.first_day() < change.at.first_day() for period in whole.periods()]] = np.nan
    band = expected(fitted, whole)
    before = len(whole) - len(span)
    since = int(np.flatnonzero(~np.isnan(fitted))[0]) - before if band is not None else 0
    if band is not None:
        band = (band[0][before:], band[1][before:], band[2][before:])
    rows = []
    for n, period in enumerate(span.periods()):
        row: Row = {
            "n": n,
            "period": _label(period, lang),
            "count": None if np.isnan(series[n]) else int(series[n]),
        }
        if band is not None and n >= since:
            row |= {
                "expected": round(float(band[0][n]), 1),
                "low": round(float(band[1][n]), 1),
                "high": round(float(band[2][n]), 1),
            }
            row["outside"] = row["count"] is not None and not row["low"] <= row["count"] <= row["high"]
        rows.append(row)
    return rows


def _axis_x(span: Span, lang: str) -> dict[str, Any]:
    """Years below the first period of each year."""
    years = [n for n, period in enumerate(span.periods()) if period.number == 1 or n == 0]
    shown = years if len(years) <= 10 else years[:: (len(years) + 9) // 10]
    names = {n: str(span.periods()[n].year) for n in shown}
    expression = "".join(f"datum.value == {n} ? '{name}' : " for n, name in names.items()) + "''"
    return {
        "field": "n", "type": "quantitative", "title": None, "scale": {"domain": [-0.5, len(span) - 0.5], "nice": False},
        "axis": {"values": shown, "labelExpr": expression, "grid": False, "labelAlign": "center", "labelFlush": False},
    }  # fmt: skip


def _marks(span: Span, codes: Sequence[str], lang: str, label: bool = True) -> list[dict[str, Any]]:
    """The corona quarters as a bordered field and changes of definition as dashed lines, both named."""
    layers: list[dict[str, Any]] = []
    days = [period.first_day() for period in span.periods()]
    inside = [
        n for n, day in enumerate(days) if COVID.first.first_day() <= day < COVID.last.next().first_day()
    ]
    if inside:
        field = {"values": [{"a": inside[0] - 0.5, "b": inside[-1] + 0.5, "name": "corona"}]}
        x = {"x": {"field": "a", "type": "quantitative"}}
        layers.append(
            {
                "data": field,
                "mark": {"type": "rect", "color": "#f4efe0"},
                "encoding": x | {"x2": {"field": "b"}},
            }
        )
        for side in ("a", "b"):
            rule = {"type": "rule", "strokeDash": [2, 3], "color": MUTED}
            layers.append(
                {"data": field, "mark": rule, "encoding": {"x": {"field": side, "type": "quantitative"}}}
            )
        if label:
            text = {"type": "text", "align": "left", "dx": 4, "dy": 10, "fontSize": 12, "color": INK}
            layers.append(
                {
                    "data": field,
                    "mark": text,
                    "encoding": x | {"y": {"value": 0}, "text": {"value": "corona"}},
                }
            )
    for change in offences.breaks_within(codes, span, span):
        at = next(n for n, day in enumerate(days) if day >= change.at.first_day())
        field = {"values": [{"a": at - 0.5}]}
        x = {"x": {"field": "a", "type": "quantitative"}}
        layers.append(
            {"data": field, "mark": {"type": "rule", "strokeDash": [6, 3], "color": INK}, "encoding": x}
        )
        if label:
            text = {"type": "text", "align": "left", "dx": 4, "dy": 24, "fontSize": 12, "color": INK}
            word = "ny afgrænsning" if lang == "da" else "new definition"
            layers.append(
                {"data": field, "mark": text, "encoding": x | {"y": {"value": 0}, "text": {"value": word}}}
            )
    return layers


def _line_layers(x: dict[str, Any], y: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"mark": {"type": "area", "color": BAND, "opacity": 0.8}, "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}},
        {"mark": {"type": "line", "color": MUTED, "strokeDash": [5, 3], "strokeWidth": 1.2}, "encoding": {"x": x, "y": y | {"field": "expected"}}},
        {"mark": {"type": "line", "color": LINE, "strokeWidth": 2}, "encoding": {"x": x, "y": y | {"field": "count"}}},
        {"transform": [{"filter": "!datum.outside"}], "mark": {"type": "point", "filled": True, "fill": "#ffffff", "stroke": LINE, "size": 34,
         "strokeWidth": 1.5, "opacity": 1}, "encoding": {"x": x, "y": y | {"field": "count"}}},
        {"transform": [{"filter": "datum.outside"}], "mark": {"type": "point", "filled": True, "shape": "diamond", "fill": MARK, "size": 95,
         "opacity": 1}, "encoding": {"x": x, "y": y | {"field": "count"}}},
    ]  # fmt: skip


def trend_chart(
    counts: Counts,
    offence: offences.Choice,
    place: places.Place,
    span: Span,
    *,
    width: int = 640,
    lang: str = "da",
) -> Drawn:
    """Counts over time with what season and trend lead one to expect. Raises Unavailable when nothing is known in the span."""
    series = _series(counts, place, offence.codes, span)
    if np.isnan(series).all():
        counts.count(place, offence.codes, span)  # tells what is missing
    rows = _rows(counts, place, offence.codes, span, lang)
    x = _axis_x(span, lang)
    title = f"{capital(offence.name if lang == 'da' else offence.name_en)}, {place.words(lang)}, {span.words(lang)}"
    y = {
        "type": "quantitative",
        "title": _axis_title(counts, lang),
        "axis": {"tickCount": 5, "format": ",.0f"},
    }
    spec = {
        "width": width - 70, "height": 260, "data": {"values": rows},
        "layer": [*_marks(span, offence.codes, lang), *_line_layers(x, y)],
        "resolve": {"scale": {"x": "shared", "y": "shared"}},
    }  # fmt: skip
    breaks = [getattr(change, f"text_{lang}") for change in offences.breaks_within(offence.codes, span, span)]
    return draw(spec, title, " ".join([_told(rows, counts, lang), *breaks]), _table(rows), lang)


def _axis_title(counts: Counts, lang: str) -> str:
    """ "Anmeldelser pr. kvartal"."""
    unit = {"Y": ("år", "year"), "Q": ("kvartal", "quarter"), "M": ("måned", "month"), "W": ("uge", "week")}[
        counts.freq
    ]
    return (
        f"{capital(counts.noun[0])} pr. {unit[0]}"
        if lang == "da"
        else f"{capital(counts.noun[1])} per {unit[1]}"
    )


def _told(rows: list[Row], counts: Counts, lang: str) -> str:
    known = [row for row in rows if row["count"] is not None]
    high, low = max(known, key=lambda row: row["count"]), min(known, key=lambda row: row["count"])
    outside = [row["period"] for row in known if row.get("outside")]
    gone = len(rows) - len(known)
    if lang == "en":
        text = f"Line of {counts.noun[1]}, from {number(known[0]['count'], 'en')} in {known[0]['period']} to {number(known[-1]['count'], 'en')} in "
        text += f"{known[-1]['period']}; highest {number(high['count'], 'en')} ({high['period']}), lowest {number(low['count'], 'en')} ({low['period']})."
        text += (
            " Grey band: what season and trend lead one to expect (95%)."
            if any("low" in row for row in rows)
            else ""
        )
        text += (
            f" Outside it, worth a look (about one in twenty is by chance): {', '.join(outside)}."
            if outside
            else ""
        )
        return text + (f" {gone} periods are not known." if gone else "") + f" {counts.source.credit('en')}."
    text = f"Kurve over {counts.noun[0]}, fra {number(known[0]['count'])} i {known[0]['period']} til {number(known[-1]['count'])} i "
    text += f"{known[-1]['period']}; højest {number(high['count'])} ({high['period']}), lavest {number(low['count'])} ({low['period']})."
    text += (
        " Gråt bånd: hvad sæson og tendens lader vente (95 %)." if any("low" in row for row in rows) else ""
    )
    text += (
        f" Uden for det, og værd at se på (omkring én af tyve er det ved et tilfælde): {', '.join(outside)}."
        if outside
        else ""
    )
    return text + (f" {gone} perioder er ikke kendt." if gone else "") + f" {counts.source.credit()}."


def _table(rows: list[Row]) -> list[Row]:
    return [{key: value for key, value in row.items() if key not in ("n", "place")} for row in rows]


def multiples(
    counts: Counts,
    offence: offences.Choice,
    where: Sequence[places.Place],
    span: Span,
    *,
    width: int = 640,
    lang: str = "da",
) -> Drawn:
    """A small trend chart per place, each on a scale of its own (which is said), three beside each other on a wide page."""
    columns = 3 if width >= 560 else 1
    rows: list[Row] = []
    for place in where:
        rows += [row | {"place": place.name} for row in _rows(counts, place, offence.codes, span, lang)]
    x = _axis_x(span, lang)
    x["axis"] = x["axis"] | {"values": x["axis"]["values"][:: 2 if columns == 3 else 1]}
    whole = "datum.value % 1 ? '' : format(datum.value, ',.0f')"
    y = {
        "type": "quantitative",
        "title": None,
        "axis": {"tickCount": 3, "labelExpr": whole, "minExtent": 34, "maxExtent": 34},
    }
    spec = {
        "data": {"values": rows}, "columns": columns, "bounds": "flush", "facet": {"field": "place", "type": "nominal", "sort": [place.name for place in where]},
        "spacing": {"row": 44, "column": 48}, "resolve": {"scale": {"y": "independent"}},
        "spec": {"width": (width - 30) // columns - 48, "height": 110, "layer": _line_layers(x, y)},
    }  # fmt: skip
    name = capital(offence.name if lang == "da" else offence.name_en)
    title = (
        f"{name}, kommune for kommune, {span.words()}"
        if lang == "da"
        else f"{name}, municipality by municipality, {span.words('en')}"
    )
    band = any("low" in row for row in rows)
    if lang == "da":
        said = "En lille kurve pr. kommune, hver med sin egen skala."
        said += (
            " Gråt bånd: hvad sæson og tendens lader vente."
            if band
            else " Der er for få perioder til at sige, hvad man kunne vente."
        )
    else:
        said = "A small line per municipality, each on its own scale."
        said += (
            " Grey band: what season and trend lead one to expect."
            if band
            else " Too few periods to say what to expect."
        )
    said += f" {counts.source.credit(lang)}."
    return draw(
        spec, title, said, [{key: value for key, value in row.items() if key != "n"} for row in rows], lang
    )


def funnel_chart(
    counts: Counts,
    offence: offences.Choice,
    where: Sequence[places.Place],
    span: Span,
    population: Counts,
    *,
    width: int = 640,
    lang: str = "da",
) -> Drawn:
    """Rates by size with control limits (95 % and 99.8 %); those outside are named in bold and filled."""
    size = np.array([trend.inhabitants(population, place, span) for place in where]) / 1000
    found = np.array([counts.count(place, offence.codes, span) for place in where])
    if not found.sum():
        raise Unavailable(f"Ingen af kommunerne har sager i {span.words()}, så der er ingen tragt at tegne.")
    around, far = (rates.funnel(found, size * span.years, level=level) for level in (0.95, 0.998))
    axis = np.geomspace(size.min() * 0.8, size.max() * 1.3, 120)
    top = float(max(around.rates.max(), around.target) * 1.5)
    limits = [
        row
        for level, which in ((0.95, around), (0.998, far))
        for row in _limits(which, level, axis, span.years)
    ]
    rows = [
        {"place": place.name, "count": int(found[n]), "size": round(float(size[n]), 1), "rate": round(float(around.rates[n]), 2),
         "low": round(float(around.low[n]), 2), "high": round(float(around.high[n]), 2), "outside": bool(around.outside[n])}
        for n, place in enumerate(where)
    ]  # fmt: skip
    words = (
        ("Tusinde indbyggere", "Anmeldelser pr. 1.000 om året")
        if lang == "da"
        else ("Thousand inhabitants", "Reports per 1,000 a year")
    )
    wide, tall = width - 80, 320
    domain = [float(axis[0]), float(axis[-1])]
    x = {"field": "size", "type": "quantitative", "title": words[0], "axis": {"grid": False, "tickCount": 5, "format": ",.0f"},
         "scale": {"type": "log", "domain": domain, "nice": False}}  # fmt: skip
    y = {
        "field": "rate",
        "type": "quantitative",
        "title": words[1],
        "scale": {"domain": [0, top], "nice": False},
    }
    dash = {"condition": {"test": "datum.level > 0.99", "value": [2, 3]}, "value": [1, 0]}
    lines = {
        "data": {"values": limits}, "mark": {"type": "line", "color": MUTED, "strokeWidth": 1.2, "clip": True},
        "encoding": {"x": x, "y": y, "detail": {"field": "side"}, "strokeDash": dash},
    }  # fmt: skip
    level_line = {
        "data": {"values": [{"rate": around.target}]},
        "mark": {"type": "rule", "color": INK},
        "encoding": {"y": y},
    }
    fill = {"condition": {"test": "datum.outside", "value": MARK}, "value": "#ffffff"}
    point = {"type": "point", "filled": True, "stroke": LINE, "strokeWidth": 1.5, "size": 70, "opacity": 1}
    across = np.log(size / domain[0]) / np.log(domain[1] / domain[0]) * wide
    names = _labels(
        rows, across, tall * (1 - around.rates / top), tall * (1 - around.target / top), wide, tall
    )
    text = {"type": "text", "baseline": "middle", "fontSize": 12, "color": INK}
    layers = [
        {"data": {"values": [row]}, "mark": text | {"align": align, "dx": dx, "dy": dy, "fontWeight": "bold" if row["outside"] else "normal"},
         "encoding": {"x": x, "y": y, "text": {"field": "place"}}} for row, align, dx, dy in names
    ]  # fmt: skip
    dots = {"mark": point, "encoding": {"x": x, "y": y, "fill": fill}}
    spec = {
        "width": wide,
        "height": tall,
        "data": {"values": rows},
        "layer": [lines, level_line, dots, *layers],
    }
    title, said = _funnel_words(
        offence, span, around, [str(row["place"]) for row in rows if row["outside"]], lang
    )
    return draw(spec, title, f"{said} {counts.source.credit(lang)}.", rows, lang)


def _funnel_words(
    offence: offences.Choice, span: Span, around: rates.Funnel, out: list[str], lang: str
) -> tuple[str, str]:
    """Title and description."""
    name = capital(offence.name if lang == "da" else offence.name_en)
    if lang == "da":
        none = (
            "Ingen kommune ligger uden for 95 %."
            if around.judged
            else "Der er for få kommuner til at sige, hvem der ligger uden for."
        )
        found = f"Uden for 95 %, og værd at se på: {', '.join(out)}." if out else none
        said = f"Tragt: fælles niveau {number(around.target, 'da', 2)} med grænser for 95 % (optrukket) og 99,8 % (prikket). {found}"
        return f"{name} pr. 1.000 indbyggere efter kommunens størrelse, {span.words()}", said
    none = (
        "No municipality lies outside 95%."
        if around.judged
        else "Too few municipalities to say who lies outside."
    )
    found = f"Outside 95%, worth a look: {', '.join(out)}." if out else none
    said = f"Funnel: common level {number(around.target, 'en', 2)} with limits at 95% (solid) and 99.8% (dotted). {found}"
    return f"{name} per 1,000 inhabitants by size of municipality, {span.words('en')}", said


def _limits(which: rates.Funnel, level: float, axis: Array, years: float) -> list[Row]:
    """The two limit lines along the axis of sizes."""
    low, high = rates.funnel_limits(which.target, axis * years, which.phi, level)
    return [
        {"size": float(size), "rate": float(value), "level": level, "side": f"{level} {side}"}
        for side, line in (("low", low), ("high", high))
        for size, value in zip(axis, line, strict=True)
    ]


def _labels(
    rows: list[Row], x: Array, y: Array, level: float, wide: int, tall: int
) -> list[tuple[Row, str, int, int]]:
    """A place for each name where it covers no point, no other name and not the common level: (row, align, dx, dy); without room only those outside are named.

    The outside ones choose first. Boxes are estimated from the number of letters at 12 px.
    """
    taken = [
        (float(px) - 6, float(py) - 6, float(px) + 6, float(py) + 6) for px, py in zip(x, y, strict=True)
    ]
    taken.append((0.0, level - 2, float(wide), level + 2))
    found = []
    for n in sorted(range(len(rows)), key=lambda n: (not rows[n]["outside"], x[n])):
        size = 6.8 * len(rows[n]["place"]) + 4
        spots = [
            (a, dx, dy)
            for dy in (0, -14, 14, -24, 24)
            for a, dx in (("left", 9), ("right", -9), ("center", 0))
            if a != "center" or dy
        ]
        for align, dx, dy in spots:
            left = float(x[n]) + dx - {"left": 0, "right": size, "center": size / 2}[align]
            box = (left, float(y[n]) + dy - 7, left + size, float(y[n]) + dy + 7)
            inside = box[0] >= 0 and box[2] <= wide + 60 and box[1] >= 0 and box[3] <= tall
            if inside and not any(
                box[0] < t[2] and t[0] < box[2] and box[1] < t[3] and t[1] < box[3] for t in taken
            ):
                taken.append(box)
                found.append((rows[n], align, dx, dy))
                break
        else:
            if rows[n]["outside"]:  # the finding is named, whatever it covers
                found.append((rows[n], "right", -9, 0))
    return found


def by_name(
    sort: str, counts: Counts, offence: str, place: str, *, span: str | None = None, population: Counts | None = None,
    boundaries: Path | None = None, groups: Path | None = None, width: int = 640, lang: str = "da",
) -> Drawn:  # fmt: skip
    """What `evidens chart` draws: "trend", "multiples", "funnel", "tiles" or "map"; raises BadRequest when something is lacking."""
    from evidens import maps

    chosen, where = trend.choose(offence, counts, groups), places.place(place)
    over = counts.span(span) if span else Span(counts.first, counts.latest)
    if sort == "trend":
        return trend_chart(counts, chosen, where, over, width=width, lang=lang)
    inside = places.several(f"{place}/municipalities")
    if sort == "multiples":
        return multiples(counts, chosen, inside, over, width=width, lang=lang)
    if sort == "tiles":
        return maps.tiles(counts, chosen, inside, over, population, width=width, lang=lang)
    if sort == "funnel":
        if population is None:
            raise BadRequest("Tragten kræver folketal. Skriv --population FIL, eller --population example.")
        return funnel_chart(counts, chosen, inside, over, population, width=width, lang=lang)
    if boundaries is None:
        raise BadRequest("Kortet kræver grænser. Skriv --boundaries FIL med kommunernes omrids som GeoJSON.")
    return maps.outline_map(counts, chosen, inside, over, boundaries, population, width=width, lang=lang)
