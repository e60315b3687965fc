"""Changes in per cent with what they may be (95 %): a place and another beside it, or a family of places."""

from collections.abc import Sequence
from dataclasses import dataclass

from evidens import trend
from evidens.answers import Answer, Change
from evidens.charts import saying, ticks
from evidens.charts.drawing import (
    BAND,
    INK,
    LINE,
    MUTED,
    PAPER,
    Drawn,
    Face,
    Row,
    Spec,
    draw,
    layer,
    where,
)
from evidens.charts.moved import Moved, moved, with_sign
from evidens.charts.standing import wrapped
from evidens.errors import BadRequest
from evidens.places import Place

ROW = 40  # pixels from one place to the next
HALF = 0.11  # of a row: half the thickness of a band
WIDE = 480  # from this width on there is room for more ticks
RIGHT = 28  # room for half a number
CAP = 150.0  # per cent: a band that reaches farther is cut, unless a change does so itself
BESIDE_CAP = 1.25
NAMES = 0.4  # of the width, at most, for the places' names
LETTER = 7.2  # pixels at 13
FILL = {"condition": {"test": "datum.own", "value": LINE}, "value": BAND}
EDGE = {"condition": {"test": "datum.own", "value": LINE}, "value": MUTED}
INNER = {"condition": {"test": "datum.own", "value": PAPER}, "value": MUTED}
RANGE = {"type": "rect", "strokeWidth": 1}
DOT = {"type": "point", "filled": True, "size": 85, "strokeWidth": 2.5, "opacity": 1}
ARROW = {"type": "point", "filled": True, "shape": "triangle-right", "size": 130, "color": INK, "opacity": 1}
ZERO = {"type": "rule", "strokeDash": [4, 3], "color": INK}
FIGURE = {"type": "text", "baseline": "bottom", "dy": -8, "fontSize": 13, "color": INK}
LIMIT = {"type": "text", "baseline": "top", "align": "right", "dy": 8, "fontSize": 12, "color": INK}
NAME = {"type": "text", "baseline": "middle", "align": "left", "fontSize": 13, "color": INK}
WHY = {"type": "text", "baseline": "middle", "align": "left", "dx": 4, "fontSize": 13, "color": MUTED}
BOLD = {"fontWeight": "bold"}
HALO = {"stroke": PAPER, "strokeWidth": 6, "strokeJoin": "round"}
UP_TO = {"da": "til {limit}", "en": "to {limit}"}
ENDLESS = {"da": "uden øvre grænse", "en": "without upper limit"}


def change_chart(
    answers: Sequence[Answer],
    *,
    own: Place | None = None,
    width: int = 640,
    lang: str = "da",
    alone: bool = True,
) -> Drawn:
    """A row per answer: its change in per cent as a dot, what it may be (95 %) as a band.

    One answer has the place it was compared with beside it. Several municipalities are one family, in the
    order of the alphabet, judged as one where they are not yet (trend.in_family). `own` is the place that is
    solid and dark: the first answer's where it is not a family. A band that runs out of the picture ends in
    an arrow with its limit. Raises BadRequest without an answer or when their periods differ.
    """
    rows, family = _rows(answers, own, lang)
    scale = _Scale(rows, width, lang)
    said = saying.said(answers, rows, family, lang)
    spec = {
        "width": scale.wide,
        "height": ROW * len(rows),
        "data": {"values": scale.drawn()},
        "padding": {"left": scale.names, "right": RIGHT, "top": 5, "bottom": 28},
        "autosize": "none",
        "layer": _layers(scale, lang),
    }
    face = Face(said.subtitle, said.keys, said.source, said.note)
    return draw(spec, said.title, said.told, _table(rows, lang), lang, face, alone)


def _rows(answers: Sequence[Answer], own: Place | None, lang: str) -> tuple[list[Moved], bool]:
    """The rows of a picture in their order, and whether they are a family."""
    if not answers:
        raise BadRequest("Der er ingen svar at tegne.")
    for answer in answers:
        if (answer.span, _against(answer)) != (answers[0].span, _against(answers[0])):
            raise BadRequest("Svarene gælder ikke de samme perioder og kan ikke stå i ét billede.")
    if not _is_family(answers):
        if own is None:
            own = answers[0].place
        return moved(answers, own, lang), False
    if all(answer.family == 1 for answer in answers if isinstance(answer, Change)):
        answers = trend.in_family(answers)
    ordered = sorted(answers, key=lambda answer: saying.alphabet(answer.place.name))
    return moved(ordered, own, lang), True


def _is_family(answers: Sequence[Answer]) -> bool:
    """Several municipalities, and nothing else."""
    return len(answers) > 1 and all(answer.place.kind == "municipality" for answer in answers)


def _against(answer: Answer) -> object:
    return getattr(answer, "against", None)


@dataclass(frozen=True)
class _Scale:
    """From where to where a picture reaches, in per cent and in pixels."""

    rows: list[Moved]
    width: int
    lang: str

    @property
    def names(self) -> int:
        """Pixels to the left for the names."""
        longest = 0
        for row in self.rows:
            longest = max(longest, *map(len, self.lines(row)))
        return int(longest * LETTER) + 12

    def lines(self, row: Moved) -> list[str]:
        """A name, broken where it would take too much of the width."""
        return wrapped(row.name, 13, self.width * NAMES)

    @property
    def wide(self) -> int:
        """Pixels for the bands."""
        return self.width - self.names - RIGHT

    @property
    def ends(self) -> tuple[float, float]:
        """From where to where the bands may reach, in per cent."""
        low, high, highest = 0.0, 0.0, 0.0
        for row in self.rows:
            if row.change is not None:
                low, highest = min(low, row.low), max(highest, row.change)
        if not low and not highest:
            return -100.0, 100.0
        for row in self.rows:
            if row.change is not None:
                high = max(high, _highest(row, max(CAP, BESIDE_CAP * highest)))
        spare = (high - low) * 0.05
        return low - spare, high + spare

    def cut(self, row: Moved) -> bool:
        """Whether a row's band runs out of the picture."""
        if row.change is None:
            return False
        return row.high is None or row.high > self.ends[1]

    def drawn(self) -> list[Row]:
        """What the marks need, row by row."""
        found = []
        for n, row in enumerate(self.rows):
            found.append(self.row(n, row))
        return found

    def row(self, n: int, row: Moved) -> Row:
        """What the marks of a row need."""
        low, high = self.ends
        reach = _highest(row, high)
        if self.cut(row):
            reach = high
        found: Row = {"n": n, "top": n - HALF, "bottom": n + HALF, "own": row.own, "name": self.lines(row)}
        found |= {
            "cut": self.cut(row),
            "clear": row.clear,
            "low": row.low,
            "high": reach,
            "change": row.change,
            "left": low,
            "why": row.why,
        }
        if row.change is not None:
            found["shown"] = with_sign(row.change, self.lang)
            found["limit"] = _limit(row, self.lang)
        return found


def _highest(row: Moved, cap: float) -> float:
    """How far up a band reaches, at most to the cap."""
    if row.high is None:
        return cap
    return min(row.high, cap)


def _limit(row: Moved, lang: str) -> str:
    if row.high is None:
        return ENDLESS[lang]
    return UP_TO[lang].format(limit=_whole(row.high, lang))


def _whole(value: float, lang: str) -> str:
    """ "+565 %" for an axis or a limit."""
    if not round(value):
        return "0"
    return with_sign(round(value), lang)


def _layers(scale: _Scale, lang: str) -> list[Spec]:
    """The line of no change, a band and a dot per row, the number above and the name beside it."""
    x, y = _across(scale, lang), _down(len(scale.rows))
    band = {"x": x | {"field": "low"}, "x2": {"field": "high"}, "y": y | {"field": "top"}}
    band |= {"y2": {"field": "bottom"}, "fill": FILL, "stroke": EDGE}
    at, over = y | {"field": "n"}, {"x": x | {"field": "change"}}
    edge = {"x": x | {"field": "high"}, "y": at}
    names = {"x": {"value": -scale.names}, "y": at, "text": {"field": "name"}}
    figure = {**over, "y": at, "text": {"field": "shown"}}
    why = {"x": x | {"field": "left"}, "y": at, "text": {"field": "why"}}
    dot = layer(DOT, {**over, "y": at, "fill": INNER, "stroke": EDGE})
    return [
        layer(ZERO, {"x": x | {"field": "zero"}}, [{"zero": 0}]),
        *where("!datum.why", [layer(RANGE, band)]),
        *where("datum.cut", [layer(ARROW, edge)]),
        *where("!datum.why", [dot]),
        *where("!datum.why && !datum.clear", _haloed(FIGURE, figure)),
        *where("!datum.why && datum.clear", _haloed(FIGURE | BOLD, figure)),
        *where("datum.cut", _haloed(LIMIT, edge | {"text": {"field": "limit"}})),
        *where("datum.why", _haloed(WHY, why)),
        *where("!datum.own", [layer(NAME, names)]),
        *where("datum.own", [layer(NAME | BOLD, names)]),
    ]


def _haloed(mark: Spec, encoding: Spec) -> list[Spec]:
    """A text on a light edge, so that a line behind it does not cross it."""
    return [layer(mark | HALO, encoding), layer(mark, encoding)]


def _across(scale: _Scale, lang: str) -> Spec:
    """The axis of per cents."""
    most = 4
    if scale.width >= WIDE:
        most = 6
    values = ticks.within(*scale.ends, most)
    written = "''"
    for value in values:
        written = f"datum.value == {value} ? '{_whole(value, lang)}' : {written}"
    axis = {"values": values, "labelExpr": written, "title": None, "domain": False}
    reach = {"domain": list(scale.ends), "nice": False, "zero": False}
    return {"type": "quantitative", "scale": reach, "axis": axis}


def _down(rows: int) -> Spec:
    """The rows from above; no axis of its own."""
    reach = {"domain": [-0.55, rows - 0.45], "nice": False, "zero": False, "reverse": True}
    return {"type": "quantitative", "scale": reach, "axis": None}


def _table(rows: Sequence[Moved], lang: str) -> list[Row]:
    """The numbers behind the picture, raw and as they are written in it."""
    found = []
    for row in rows:
        one: Row = {"place": row.name, "before": row.before, "after": row.after, "change_pct": None}
        one |= {"low": None, "high": None, "clear": row.clear, "shown": row.why, "limit": ""}
        if row.change is not None:
            one |= {"change_pct": row.change, "low": row.low, "high": row.high}
            one |= {"shown": with_sign(row.change, lang), "limit": _limit(row, lang)}
        found.append(one)
    return found
