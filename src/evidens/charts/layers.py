"""The parts of a picture over time: the axis of years, corona, changed definitions, the line and its band."""

from evidens.charts.drawing import BAND, INK, LINE, MARK, MUTED, PAPER, Spec, layer, quantity
from evidens.offences import Choice
from evidens.periods import COVID, Span

MOST_YEARS = 10  # written below the axis
CORONA = {"type": "rect", "color": "#f4efe0"}
EDGE = {"type": "rule", "strokeDash": [2, 3], "color": MUTED}
BREAK = {"type": "rule", "strokeDash": [6, 3], "color": INK}
NAME = {"type": "text", "align": "left", "dx": 4, "fontSize": 12, "color": INK}
NEW_DEFINITION = {"da": "ny afgrænsning", "en": "new definition"}
NEW_PART = {"da": "delvis ny afgrænsning", "en": "partly new definition"}

EXPECTED_BAND = {"type": "area", "color": BAND, "opacity": 0.8}
EXPECTED_LINE = {"type": "line", "color": MUTED, "strokeDash": [5, 3], "strokeWidth": 1.2}
COUNT_LINE = {"type": "line", "color": LINE, "strokeWidth": 2, "strokeJoin": "round"}
INSIDE = {
    "type": "point",
    "filled": True,
    "fill": PAPER,
    "stroke": LINE,
    "size": 34,
    "strokeWidth": 1.5,
    "opacity": 1,
}
OUTSIDE = {"type": "point", "filled": True, "shape": "diamond", "fill": MARK, "size": 95, "opacity": 1}


def years(span: Span) -> Spec:
    """The axis of time: years below the first period of each year."""
    names = {}
    for n, period in enumerate(span.periods()):
        if n == 0 or period.number == 1:
            names[n] = str(period.year)
    step = -(-len(names) // MOST_YEARS)
    shown = list(names)[::step]
    written = [f"datum.value == {n} ? '{names[n]}' : " for n in shown]
    return quantity(
        "n",
        title=None,
        scale={"domain": [-0.5, len(span) - 0.5], "nice": False},
        axis={
            "values": shown,
            "labelExpr": "".join(written) + "''",
            "grid": False,
            "labelAlign": "center",
            "labelFlush": False,
        },
    )


def marks(span: Span, offence: Choice, lang: str) -> list[Spec]:
    """The corona quarters as a bordered field and changes of definition as dashed lines, both named."""
    days = [period.first_day() for period in span.periods()]
    begins, ends = COVID.first.first_day(), COVID.last.next().first_day()
    inside = [n for n, day in enumerate(days) if begins <= day < ends]
    layers = []
    if inside:
        layers += _corona(inside[0] - 0.5, inside[-1] + 0.5)
    ends_of = [period.next().first_day() for period in span.periods()]
    for change in offence.breaks_within(span, span):
        at = next(n for n, day in enumerate(ends_of) if day > change.at.first_day())
        word = NEW_DEFINITION[lang]
        if change.part:
            word = NEW_PART[lang]
        layers += _new_definition(at - 0.5, word)
    return layers


def _corona(begins: float, ends: float) -> list[Spec]:
    rows = [{"a": begins, "b": ends, "name": "corona"}]
    x = quantity("a")
    word = {"x": x, "y": {"value": 0}, "text": {"value": "corona"}}
    return [
        layer(CORONA, {"x": x, "x2": {"field": "b"}}, rows),
        layer(EDGE, {"x": x}, rows),
        layer(EDGE, {"x": quantity("b")}, rows),
        layer(NAME | {"dy": 10}, word, rows),
    ]


def _new_definition(at: float, said: str) -> list[Spec]:
    rows = [{"a": at}]
    x = quantity("a")
    word = {"x": x, "y": {"value": 0}, "text": {"value": said}}
    return [layer(BREAK, {"x": x}, rows), layer(NAME | {"dy": 24}, word, rows)]


def line(x: Spec, y: Spec) -> list[Spec]:
    """Band and line of what is expected, the counts, and a point for each: a diamond where it is outside."""
    count = {"x": x, "y": y | {"field": "count"}}
    inside = layer(INSIDE, count)
    outside = layer(OUTSIDE, count)
    return [
        layer(EXPECTED_BAND, {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}),
        layer(EXPECTED_LINE, {"x": x, "y": y | {"field": "expected"}}),
        layer(COUNT_LINE, count),
        inside | {"transform": [{"filter": "!datum.outside"}]},
        outside | {"transform": [{"filter": "datum.outside"}]},
    ]
