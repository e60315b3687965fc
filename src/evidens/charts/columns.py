"""The same quarters over up to seven years as small columns, each with its number."""

from operator import itemgetter

from evidens import trend
from evidens.charts import ticks
from evidens.charts.drawing import BAND, INK, LINE, MUTED, Drawn, Face, Row, Spec, draw, layer, only, where
from evidens.charts.headlines import finding
from evidens.charts.layers import GAP, NOT_COUNTED
from evidens.counts import Counts
from evidens.errors import Unavailable
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.sentence.words import capital, number

YEARS = 7
TALL, LOW = 180, 110  # pixels: of a wide and of a narrow picture
WIDE = 480  # from this width on there is an axis, and years are written in full
THICK = 0.72  # of the way from one column to the next
SPARE, AXIS, BELOW = 5, 60, 26  # pixels: around the columns, left of them for an axis, below for the years
GAP_ROOM = 80  # pixels from one column to the next for "ikke opgjort" level
COLUMN = {"type": "rect", "stroke": MUTED, "strokeWidth": 1}
NUMBER = {"type": "text", "baseline": "bottom", "dy": -3, "color": INK}
YEAR = {"type": "text", "baseline": "top", "dy": 6, "fontSize": 13, "color": INK}
BOLD = {"fontWeight": "bold"}
GROUND = {"type": "rule", "color": MUTED}
FILL = {"condition": {"test": "datum.newest", "value": LINE}, "value": BAND}
LETTER = 0.6  # the width of a figure against the size of its type
LEAST, MOST = 10, 13  # pixels: the size of a number
TOLD = {"da": "Søjler over {noun}: {course}.", "en": "Columns of {noun}: {course}."}
SUBTITLE = {
    "da": "{name}: {noun}, {place}, {span} og samme tid i tidligere år, fra {year}",
    "en": "{name}: {noun}, {place}, {span} and the same time of earlier years, from {year}",
}


def columns_chart(
    counts: Counts,
    offence: Choice,
    place: Place,
    span: Span,
    years: int = YEARS,
    *,
    width: int = 320,
    lang: str = "da",
    alone: bool = True,
) -> Drawn:
    """The span and the same periods of earlier years: the newest dark, the others light with an edge.

    A year without figure is a gap that says so, never 0; years before the data begin are left out. Raises
    Unavailable when no year has a figure.
    """
    rows = _rows(counts, offence, place, span, years, lang)
    if not any(map(itemgetter("shown"), rows)):
        counts.count(place, offence.codes, span)  # tells what is missing
    title = finding(trend.change(counts, offence, place, span, span.year_before()), lang)
    noun = counts.noun[lang]
    words = {"noun": noun, "name": capital(offence.words(lang)), "place": place.words(lang)}
    course = ", ".join(map(_row_told, rows))
    credit = f"{counts.source.credit(lang)}."
    face = Face(
        SUBTITLE[lang].format(span=span.words(lang), year=rows[0]["year"], **words),
        [],
        credit,
    )
    told = f"{TOLD[lang].format(course=course, **words)} {credit}"
    table = only(rows, "period", "count")
    return draw(_spec(rows, width, lang), title, told, table, lang, face, alone)


def _rows(counts: Counts, offence: Choice, place: Place, span: Span, years: int, lang: str) -> list[Row]:
    """A row per year, the oldest first, without the years before the data begin."""
    found: list[Row] = []
    for back in reversed(range(years)):
        earlier = span.year_before(back)
        if earlier.first.ordinal < counts.first.ordinal and back:
            continue
        row: Row = {"n": len(found), "period": earlier.words(lang), "count": None, "shown": ""}
        try:
            row["count"] = counts.count(place, offence.codes, earlier)
            row["shown"] = number(row["count"], lang)
        except Unavailable:
            pass
        row |= {
            "year": _year(earlier),
            "short": _short(_year(earlier)),
            "newest": back == 0,
            "gap": NOT_COUNTED[lang],
        }
        found.append(row)
    return found


def _row_told(row: Row) -> str:
    if row["shown"]:
        return f"{row['period']}: {row['shown']}"
    return f"{row['period']}: {row['gap']}"


def _year(span: Span) -> str:
    """ "2021", and "2020/21" where the span lies in two years."""
    if span.first.year == span.last.year:
        return str(span.last.year)
    return f"{span.first.year}/{span.last.year % 100:02}"


def _short(year: str) -> str:
    """ "'21" for a narrow picture."""
    first, _, last = year.partition("/")
    if last:
        return f"{first[2:]}/{last}"
    return f"\u2019{first[2:]}"


def _spec(rows: list[Row], width: int, lang: str) -> Spec:
    """Columns on a line, a number on each, the year below; if wide with an axis of whole numbers."""
    tall, left, axis = LOW, SPARE, None
    if width >= WIDE:
        tall, left = TALL, AXIS
        axis = {"values": ticks.whole(_largest(rows), 4), "format": ",.0f"}
    else:
        rows = [row | {"year": row["short"]} for row in rows]
    wide = width - left - SPARE
    edges = [row | {"a": row["n"] - THICK / 2, "b": row["n"] + THICK / 2, "zero": 0} for row in rows]
    top = max(ticks.whole(_largest(rows), 4)[-1], _largest(rows) * tall / (tall - 20))
    y = {"type": "quantitative", "title": None, "axis": axis, "scale": {"domain": [0, top], "nice": False}}
    x = {"type": "quantitative", "axis": None, "scale": {"domain": [-0.5, len(rows) - 0.5], "nice": False}}
    at = x | {"field": "n"}
    below = {"x": at, "y": {"value": tall}, "text": {"field": "year"}}
    above = {"x": at, "y": y | {"field": "count"}, "text": {"field": "shown"}}
    gap = {"x": at, "y": {"value": tall / 2}, "text": {"field": "gap"}}
    column = {
        "x": x | {"field": "a"},
        "x2": {"field": "b"},
        "y": y | {"field": "count"},
        "y2": {"field": "zero"},
        "fill": FILL,
    }
    return {
        "width": wide,
        "autosize": "none",
        "height": tall,
        "data": {"values": edges},
        "padding": {"left": left, "right": SPARE, "top": SPARE, "bottom": BELOW},
        "layer": [
            *where("datum.shown", [layer(COLUMN, column)]),
            *_texts(NUMBER | {"fontSize": _size(rows, wide / len(rows))}, above, "datum.shown && "),
            *where("!datum.shown", [layer(_gap(wide / len(rows)), gap)]),
            *_texts(YEAR, below),
            layer(GROUND, {"y": {"value": tall}}, [{}]),
        ],
    }


def _texts(mark: Spec, encoding: Spec, test: str = "") -> list[Spec]:
    """A text on each row; the newest in bold."""
    return [
        *where(f"{test}!datum.newest", [layer(mark, encoding)]),
        *where(f"{test}datum.newest", [layer(mark | BOLD, encoding)]),
    ]


def _size(rows: list[Row], step: float) -> int:
    """The size of type in which the longest number is no wider than its column's room."""
    longest = 1
    for row in rows:
        longest = max(longest, len(row["shown"]))
    return max(LEAST, min(MOST, int(step / (longest * LETTER))))


def _gap(step: float) -> Spec:
    """ "ikke opgjort" where there is no figure, upright where it has no room."""
    if step > GAP_ROOM:
        return GAP
    return GAP | {"angle": 270}


def _largest(rows: list[Row]) -> float:
    largest = 0
    for row in rows:
        if row["count"] is not None:
            largest = max(largest, row["count"])
    return float(largest)
