"""The parts of a picture over time: the axis of years, corona, changed definitions, the line and its band."""

from collections.abc import Sequence

from evidens.charts.drawing import BAND, INK, LINE, MARK, MUTED, PAPER, Spec, layer, quantity
from evidens.charts.labels import Label
from evidens.offences import Choice
from evidens.periods import COVID, Span

MOST_YEARS = 10  # written below the axis
CORONA = {"type": "rect", "color": "#f4efe0"}
EDGE = {"type": "rule", "strokeDash": [2, 3], "color": MUTED}
BREAK = {"type": "rule", "strokeDash": [6, 3], "color": INK}
NAME = {"type": "text", "align": "left", "dx": 4, "fontSize": 12, "color": INK}
NUMBER = {"type": "text", "baseline": "middle", "fontSize": 12, "fontWeight": "bold", "color": INK}
HALO = {"stroke": PAPER, "strokeWidth": 3.5, "strokeJoin": "round"}
GAP = {"type": "text", "baseline": "middle", "align": "center", "fontSize": 12, "color": MUTED}
GAP_ROOM = 90  # pixels: from here on "ikke opgjort" stands level in a gap
NOT_COUNTED = {"da": "ikke opgjort", "en": "not counted"}
LEFTWARDS = {"align": "right", "dx": -4}  # of a word near the right edge
TURNED = 0.7  # of the width: a corona field that begins later has its word at its end
WORD_LINE = 14
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
    """The corona quarters as a bordered field, changes of definition as dashed lines, all of them named."""
    layers = []
    inside = _in_corona(span)
    if inside:
        layers += _corona(inside[0] - 0.5, inside[-1] + 0.5, len(span))
    ends_of = [period.next().first_day() for period in span.periods()]
    for line, change in enumerate(offence.breaks_within(span, span), 1):
        at = next(n for n, day in enumerate(ends_of) if day > change.at.first_day())
        word = NEW_DEFINITION[lang]
        if change.part:
            word = NEW_PART[lang]
        layers += _new_definition(at - 0.5, word, line, len(span))
    return layers


def words_tall(span: Span, offence: Choice) -> float:
    """Pixels from above that the words of `marks` take."""
    changes = len(offence.breaks_within(span, span))
    if changes:
        return WORD_LINE * (changes + 1) + 4.0
    if _in_corona(span):
        return WORD_LINE + 4.0
    return 0.0


def _in_corona(span: Span) -> list[int]:
    days = [period.first_day() for period in span.periods()]
    begins, ends = COVID.first.first_day(), COVID.last.next().first_day()
    return [n for n, day in enumerate(days) if begins <= day < ends]


def _corona(begins: float, ends: float, length: int) -> list[Spec]:
    rows = [{"a": begins, "b": ends, "name": "corona"}]
    x = quantity("a")
    word = {"x": x, "y": {"value": 0}, "text": {"value": "corona"}}
    mark = NAME | {"dy": 10}
    if begins > TURNED * length:
        word["x"] = quantity("b")
        mark |= LEFTWARDS
    return [
        layer(CORONA, {"x": x, "x2": {"field": "b"}}, rows),
        layer(EDGE, {"x": x}, rows),
        layer(EDGE, {"x": quantity("b")}, rows),
        layer(mark, word, rows),
    ]


def _new_definition(at: float, said: str, line: int, length: int) -> list[Spec]:
    rows = [{"a": at}]
    x = quantity("a")
    word = {"x": x, "y": {"value": 0}, "text": {"value": said}}
    mark = NAME | {"dy": 10 + WORD_LINE * line}
    if at > length / 2:
        mark |= LEFTWARDS
    return [layer(BREAK, {"x": x}, rows), layer(mark | HALO, word, rows), layer(mark, word, rows)]


def pinned(found: Sequence[Label], x: Spec, y: Spec) -> list[Spec]:
    """The numbers beside some points, each on a light edge, so that no line behind crosses them."""
    layers = []
    for label in found:
        mark = NUMBER | {"align": label.align, "dx": label.dx, "dy": label.dy}
        at = {"x": x, "y": y, "text": {"field": "place"}}
        layers += [layer(mark | HALO, at, [label.row]), layer(mark, at, [label.row])]
    return layers


def gaps(unknown: Sequence[tuple[float, float]], tall: int, step: float, lang: str) -> list[Spec]:
    """ "ikke opgjort" in each stretch without figures (its first and last period), upright if narrow."""
    layers = []
    for first, last in unknown:
        mark = GAP | {"angle": 270}
        if (last - first + 2) * step > GAP_ROOM:
            mark = GAP
        at = {"x": quantity("a"), "y": {"value": tall / 2}, "text": {"value": NOT_COUNTED[lang]}}
        rows = [{"a": (first + last) / 2}]
        layers += [layer(mark | HALO, at, rows), layer(mark, at, rows)]
    return layers


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
