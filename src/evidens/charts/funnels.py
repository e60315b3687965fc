"""Municipalities by size with control limits: who lies outside, and nobody ranked."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from evidens import funnel
from evidens.charts.drawing import (
    INK,
    LINE,
    MARK,
    MUTED,
    PAPER,
    Drawn,
    Face,
    Row,
    Spec,
    draw,
    layer,
    quantity,
)
from evidens.charts.labels import Label, labels
from evidens.counts import Array, Counts
from evidens.errors import Unavailable
from evidens.funnel import Funnel
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.population import inhabitants
from evidens.sentence.words import capital, number

INNER, OUTER = 0.95, 0.998
TALL = 320
SIZE = {"da": "Tusinde indbyggere", "en": "Thousand inhabitants"}
RATE = {"da": "Anmeldelser pr. 1.000 om året", "en": "Reports per 1,000 a year"}
TITLE = {
    "da": "{name} pr. 1.000 indbyggere efter kommunens størrelse, {span}",
    "en": "{name} per 1,000 inhabitants by size of municipality, {span}",
}
LIMITS = {
    "da": "Tragt: fælles niveau {target} med grænser for 95 % (optrukket) og 99,8 % (prikket).",
    "en": "Funnel: common level {target} with limits at 95% (solid) and 99.8% (dotted).",
}
OUTSIDE = {
    "da": "Uden for 95 %, og værd at se på: {names}.",
    "en": "Outside 95%, worth a look: {names}.",
}
NOBODY = {"da": "Ingen kommune ligger uden for 95 %.", "en": "No municipality lies outside 95%."}
TOO_FEW = {
    "da": "Der er for få kommuner til at sige, hvem der ligger uden for.",
    "en": "Too few municipalities to say who lies outside.",
}
FINDING = {"da": "{names} ligger uden for det ventede", "en": "{names} outside what is expected"}
NONE_OUTSIDE = {
    "da": "ingen kommune ligger uden for det ventede",
    "en": "no municipality lies outside what is expected",
}
TOO_FEW_SAID = {"da": "for få kommuner til at dømme", "en": "too few municipalities to judge"}
KEYS = {
    "da": {
        "level": "Fælles niveau: {target} pr. 1.000 om året",
        "solid": "95 af 100 kommuner af den størrelse, når kommuner er så forskellige, som de er",
        "dotted": "998 af 1.000",
        "filled": "Uden for 95 %: værd at se på, og ingen rangorden",
    },
    "en": {
        "level": "Common level: {target} per 1,000 a year",
        "solid": "95 of 100 municipalities of that size, as different as municipalities are",
        "dotted": "998 of 1,000",
        "filled": "Outside 95%: worth a look, and no ranking",
    },
}
DASH = {"condition": {"test": "datum.level > 0.99", "value": [2, 3]}, "value": [1, 0]}
FILL = {"condition": {"test": "datum.outside", "value": MARK}, "value": PAPER}
LIMIT = {"type": "line", "color": MUTED, "strokeWidth": 1.2, "clip": True}
TARGET = {"type": "rule", "color": INK}
DOT = {"type": "point", "filled": True, "stroke": LINE, "strokeWidth": 1.5, "size": 70, "opacity": 1}
NAME = {"type": "text", "baseline": "middle", "fontSize": 12, "color": INK}


@dataclass(frozen=True)
class _Axes:
    """The sizes along the limits (in thousands), the highest rate shown, and the picture's size in pixels."""

    sizes: Array
    top: float
    wide: int
    tall: int = TALL

    def across(self, size: Array) -> Array:
        """Pixels from the left; sizes stand on a logarithmic scale."""
        return np.log(size / self.sizes[0]) / np.log(self.sizes[-1] / self.sizes[0]) * self.wide

    def down(self, rate: Array) -> Array:
        """Pixels from above."""
        return self.tall * (1 - rate / self.top)


def funnel_chart(
    counts: Counts,
    offence: Choice,
    where: Sequence[Place],
    span: Span,
    population: Counts,
    *,
    width: int = 640,
    lang: str = "da",
    alone: bool = True,
) -> Drawn:
    """Rates by size with control limits (95 % and 99.8 %); those outside are named in bold and filled."""
    size = np.array([inhabitants(population, place, span) for place in where]) / 1000
    found = np.array([counts.count(place, offence.codes, span) for place in where])
    if not found.sum():
        raise Unavailable(f"Ingen af kommunerne har sager i {span.words()}, så der er ingen tragt at tegne.")
    around = funnel.funnel(found, size * span.years, level=INNER)
    far = funnel.funnel(found, size * span.years, level=OUTER)
    rows = _rows(where, found, size, around)
    top = float(max(around.rates.max(), around.target) * 1.5)
    axes = _Axes(np.geomspace(size.min() * 0.8, size.max() * 1.3, 120), top, width - 80)
    limits = _limits(around, INNER, axes, span.years) + _limits(far, OUTER, axes, span.years)
    spec = {
        "width": axes.wide,
        "height": axes.tall,
        "data": {"values": rows},
        "layer": _layers(rows, limits, size, around, axes, lang),
    }
    subtitle = TITLE[lang].format(name=capital(offence.words(lang)), span=span.words(lang))
    told = f"{_told(around, rows, lang)} {counts.source.credit(lang)}."
    title = f"{capital(offence.words(lang))}: {_finding(around, rows, lang)}"
    face = Face(subtitle, _keys(around, lang), f"{counts.source.credit(lang)}.")
    return draw(spec, title, told, rows, lang, face, alone)


def _finding(around: Funnel, rows: list[Row], lang: str) -> str:
    """Who lies outside, as the end of a title."""
    out = [str(row["place"]) for row in rows if row["outside"]]
    if out:
        return FINDING[lang].format(names=", ".join(out))
    if around.judged:
        return NONE_OUTSIDE[lang]
    return TOO_FEW_SAID[lang]


def _keys(around: Funnel, lang: str) -> list[tuple[str, str]]:
    keys = [
        ("level", KEYS[lang]["level"].format(target=number(around.target, lang, 2))),
        ("solid", KEYS[lang]["solid"]),
        ("dotted", KEYS[lang]["dotted"]),
    ]
    if around.outside.any():
        keys.append(("filled", KEYS[lang]["filled"]))
    return keys


def _rows(where: Sequence[Place], found: Array, size: Array, around: Funnel) -> list[Row]:
    rows = []
    for n, place in enumerate(where):
        rows.append(
            {
                "place": place.name,
                "count": int(found[n]),
                "size": round(float(size[n]), 1),
                "rate": round(float(around.rates[n]), 2),
                "low": round(float(around.low[n]), 2),
                "high": round(float(around.high[n]), 2),
                "outside": bool(around.outside[n]),
            }
        )
    return rows


def _limits(which: Funnel, level: float, axes: _Axes, years: float) -> list[Row]:
    """The two limit lines along the axis of sizes."""
    low, high = funnel.funnel_limits(which.target, axes.sizes * years, 1.0, level, which.between)
    rows = []
    for side, line in (("low", low), ("high", high)):
        for size, rate in zip(axes.sizes.tolist(), line.tolist(), strict=True):
            rows.append({"size": size, "rate": rate, "level": level, "side": f"{level} {side}"})
    return rows


def _layers(
    rows: list[Row], limits: list[Row], size: Array, around: Funnel, axes: _Axes, lang: str
) -> list[Spec]:
    """Limits, common level, a dot per municipality, and the names that have room."""
    domain = [float(axes.sizes[0]), float(axes.sizes[-1])]
    x = quantity(
        "size",
        title=SIZE[lang],
        axis={"grid": False, "tickCount": 5, "format": ",.0f"},
        scale={"type": "log", "domain": domain, "nice": False},
    )
    y = quantity("rate", title=RATE[lang], scale={"domain": [0, axes.top], "nice": False})
    outline = {"x": x, "y": y, "detail": {"field": "side"}, "strokeDash": DASH}
    level = axes.tall * (1 - around.target / axes.top)
    named = labels(rows, axes.across(size), axes.down(around.rates), level, axes.wide, axes.tall)
    return [
        layer(LIMIT, outline, limits),
        layer(TARGET, {"y": y}, [{"rate": around.target}]),
        layer(DOT, {"x": x, "y": y, "fill": FILL}),
        *[_name(label, x, y) for label in named],
    ]


def _name(label: Label, x: Spec, y: Spec) -> Spec:
    weight = "normal"
    if label.row["outside"]:
        weight = "bold"
    mark = NAME | {"align": label.align, "dx": label.dx, "dy": label.dy, "fontWeight": weight}
    return layer(mark, {"x": x, "y": y, "text": {"field": "place"}}, [label.row])


def _told(around: Funnel, rows: list[Row], lang: str) -> str:
    out = [str(row["place"]) for row in rows if row["outside"]]
    limits = LIMITS[lang].format(target=number(around.target, lang, 2))
    if out:
        return f"{limits} {OUTSIDE[lang].format(names=', '.join(out))}"
    if around.judged:
        return f"{limits} {NOBODY[lang]}"
    return f"{limits} {TOO_FEW[lang]}"
