"""Counts over time: one place in a large picture, or several in small ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np

from evidens.answers import Answer
from evidens.charts import layers, ticks
from evidens.charts.drawing import Drawn, Face, Row, Spec, draw, without
from evidens.charts.headlines import finding, headline
from evidens.charts.labels import Box, Label, chosen
from evidens.charts.series import rows, series
from evidens.counts import Array, Counts
from evidens.offences import Choice
from evidens.periods import Span
from evidens.places import Place
from evidens.sentence.words import capital, number

TALL = 260
RIGHT = 36  # room to the right for the last number
AXIS, LETTER = 42, 7.3  # pixels for an axis with its title, and for each letter of its numbers
HALF_LINE, BESIDE_AXIS = 8, 5  # pixels: half a number of the axis, and from there to the axis
ABOVE = 22  # pixels above the highest point for its number
WIDE = 560  # from this width on small pictures stand three beside each other
PER = {"da": "pr.", "en": "per"}
UNITS = {
    "da": {"Y": "år", "Q": "kvartal", "M": "måned", "W": "uge"},
    "en": {"Y": "year", "Q": "quarter", "M": "month", "W": "week"},
}
COURSE = {
    "da": "Kurve over {noun}, fra {first_count} i {first} til {last_count} i {last}; "
    "højest {high_count} ({high}), lavest {low_count} ({low}).",
    "en": "Line of {noun}, from {first_count} in {first} to {last_count} in {last}; "
    "highest {high_count} ({high}), lowest {low_count} ({low}).",
}
BAND = {
    "da": "Gråt bånd: hvad sæson og tendens lader vente (95 %).",
    "en": "Grey band: what season and trend lead one to expect (95%).",
}
OUTSIDE = {
    "da": "Uden for det, og værd at se på (omkring én af tyve er det ved et tilfælde): {names}.",
    "en": "Outside it, worth a look (about one in twenty is by chance): {names}.",
}
COUNTED = {"da": "{noun} i perioden", "en": "{noun} in the period"}
EXPECTED = {
    "da": "Hvad sæson og tendens lader vente: 95 af 100 perioder ligger i båndet",
    "en": "What season and trend lead one to expect: 95 of 100 periods lie in the band",
}
OUTSIDE_KEY = {
    "da": "Uden for det: værd at se på; omkring én af tyve er det ved et tilfælde",
    "en": "Outside it: worth a look; about one in twenty is by chance",
}
GONE = {"da": "{gone} perioder er ikke kendt.", "en": "{gone} periods are not known."}
SMALL_TITLE = {
    "da": "{name}, kommune for kommune, {span}",
    "en": "{name}, municipality by municipality, {span}",
}
SMALL = {
    "da": "En lille kurve pr. kommune, hver med sin egen skala.",
    "en": "A small line per municipality, each on its own scale.",
}
SMALL_BAND = {
    "da": "Gråt bånd: hvad sæson og tendens lader vente.",
    "en": "Grey band: what season and trend lead one to expect.",
}
NO_BAND = {
    "da": "Der er for få perioder til at sige, hvad man kunne vente.",
    "en": "Too few periods to say what to expect.",
}


def trend_chart(
    counts: Counts,
    offence: Choice,
    place: Place,
    span: Span,
    *,
    width: int = 640,
    lang: str = "da",
    alone: bool = True,
    about: Answer | None = None,
) -> Drawn:
    """Counts over time with what season and trend lead one to expect; first, highest and last are numbered.

    A period without figure is a gap that says so. `alone` writes title, subtitle and source into the picture.
    The title says what the last year says, or the answer that the picture is shown with (`about`). Raises
    Unavailable when nothing is known in the span.
    """
    if np.isnan(series(counts, place, offence.codes, span)).all():
        counts.count(place, offence.codes, span)  # tells what is missing
    shown = rows(counts, place, offence, span, lang)
    scale = _Scale(shown, width, layers.words_tall(span, offence), lang)
    x, y = layers.years(span), scale.up(_axis_title(counts, lang))
    spec = {
        "width": scale.wide,
        "height": TALL,
        "padding": {"left": scale.left, "right": RIGHT, "top": 8, "bottom": 28},
        "autosize": "none",
        "data": {"values": shown},
        "layer": [
            *layers.marks(span, offence, lang),
            *layers.line(x, y),
            *layers.gaps(_unknown(shown), TALL, scale.step, lang),
            *layers.pinned(_numbered(shown, scale, lang), x, y | {"field": "count"}),
        ],
        "resolve": {"scale": {"x": "shared", "y": "shared"}},
    }
    title = headline(counts, offence, place, span, lang)
    if about is not None:
        title = finding(about, lang)
    told = _told(shown, counts, lang)
    keys = _keys(shown, counts, lang)
    for change in offence.breaks_within(span, span):
        told += f" {change.text(lang)}"
        keys.append(("dashed", f"{change.at.words(lang)}: {change.text(lang)}"))
    name = capital(offence.words(lang))
    subtitle = f"{name}: {_axis_title(counts, lang).lower()}, {place.words(lang)}, {span.words(lang)}"
    face = Face(subtitle, keys, f"{counts.source.credit(lang)}.")
    return draw(spec, title, told, without(shown, "n"), lang, face, alone)


@dataclass(frozen=True)
class _Scale:
    """Where the rows lie in a picture that is so many pixels wide."""

    rows: list[Row]
    width: int
    words: float  # pixels that the words of corona and of changed definitions take from above
    lang: str

    @property
    def left(self) -> int:
        """Pixels for the axis, its numbers and its title."""
        return AXIS + int(LETTER * len(number(ticks.whole(self.largest)[-1], self.lang)))

    @property
    def wide(self) -> int:
        """Pixels for the line."""
        return self.width - self.left - RIGHT

    @property
    def largest(self) -> float:
        """The highest count or limit."""
        found = 0.0
        for row in self.rows:
            found = max(found, row.get("high", 0))
            if row["count"] is not None:
                found = max(found, row["count"])
        return found

    @property
    def top(self) -> float:
        """The end of the axis: with room for a number above the highest point."""
        return max(ticks.whole(self.largest)[-1], self.largest * TALL / (TALL - ABOVE - self.words))

    @property
    def step(self) -> float:
        """Pixels from one period to the next."""
        return self.wide / len(self.rows)

    def ticks(self) -> list[Box]:
        """The room of the numbers along the axis."""
        found = []
        for y in self.down(np.array(ticks.whole(self.largest), float)).tolist():
            found.append(Box(-float(self.left), y - HALF_LINE, -BESIDE_AXIS, y + HALF_LINE))
        return found

    def up(self, title: str) -> Spec:
        """The axis of counts: whole numbers, each of them once."""
        axis = {"values": ticks.whole(self.largest), "format": ",.0f", "titlePadding": 8}
        scale = {"domain": [0, self.top], "nice": False}
        return {"type": "quantitative", "title": title, "axis": axis, "scale": scale}

    def across(self, n: Array) -> Array:
        """Pixels from the left."""
        return (n + 0.5) * self.step

    def down(self, count: Array) -> Array:
        """Pixels from above."""
        return TALL * (1 - count / self.top)


def _numbered(shown: list[Row], scale: _Scale, lang: str) -> list[Label]:
    """The numbers of the last, the highest and the first point, where they cover no other point."""
    known = [row for row in shown if row["count"] is not None]
    named = [row | {"place": number(row["count"], lang)} for row in known]
    counted = np.array(list(map(itemgetter("count"), known)), float)
    which = list(dict.fromkeys((len(named) - 1, int(counted.argmax()), 0)))
    x = scale.across(np.array(list(map(itemgetter("n"), known)), float))
    taken = [Box(0.0, 0.0, float(scale.wide), scale.words), *scale.ticks()]
    frame = Box(-float(scale.left), 0.0, scale.wide + RIGHT, TALL)
    return chosen(named, x, scale.down(counted), which, taken, frame)


def _unknown(shown: list[Row]) -> list[tuple[float, float]]:
    """The first and last number of each stretch without figures."""
    found: list[tuple[float, float]] = []
    for row in shown:
        if row["count"] is not None:
            continue
        if found and found[-1][1] == row["n"] - 1:
            found[-1] = found[-1][0], row["n"]
        else:
            found.append((row["n"], row["n"]))
    return found


def _keys(shown: list[Row], counts: Counts, lang: str) -> list[tuple[str, str]]:
    """The signs of the line and, where there is one, of its band."""
    keys = [("dot", COUNTED[lang].format(noun=capital(counts.noun[lang])))]
    if _has_band(shown):
        keys.append(("band", EXPECTED[lang]))
    if any(row.get("outside") for row in shown):
        keys.append(("diamond", OUTSIDE_KEY[lang]))
    return keys


def _axis_title(counts: Counts, lang: str) -> str:
    """ "Anmeldelser pr. kvartal"."""
    return f"{capital(counts.noun[lang])} {PER[lang]} {UNITS[lang][counts.freq]}"


def _told(shown: list[Row], counts: Counts, lang: str) -> str:
    """The course of the line in words."""
    known = [row for row in shown if row["count"] is not None]
    high = max(known, key=lambda row: row["count"])
    low = min(known, key=lambda row: row["count"])
    named = {"first": known[0], "last": known[-1], "high": high, "low": low}
    words = {"noun": counts.noun[lang]}
    for name, row in named.items():
        words[name] = row["period"]
        words[f"{name}_count"] = number(row["count"], lang)
    told = [COURSE[lang].format(**words)]
    if _has_band(shown):
        told.append(BAND[lang])
    outside = [row["period"] for row in known if row.get("outside")]
    if outside:
        told.append(OUTSIDE[lang].format(names=", ".join(outside)))
    gone = len(shown) - len(known)
    if gone:
        told.append(GONE[lang].format(gone=gone))
    return " ".join([*told, f"{counts.source.credit(lang)}."])


def _has_band(shown: list[Row]) -> bool:
    return any("low" in row for row in shown)


def multiples(
    counts: Counts,
    offence: Choice,
    where: Sequence[Place],
    span: Span,
    *,
    width: int = 640,
    lang: str = "da",
    alone: bool = True,
) -> Drawn:
    """A small trend chart per place, each on a scale of its own (which is said).

    Three stand beside each other on a wide page.
    """
    shown: list[Row] = []
    for place in where:
        for row in rows(counts, place, offence, span, lang):
            shown.append(row | {"place": place.name})
    x = layers.years(span)
    columns = 1
    if width >= WIDE:
        columns = 3
        x["axis"]["values"] = x["axis"]["values"][::2]
    y = {
        "type": "quantitative",
        "title": None,
        "axis": {
            "tickCount": 3,
            "labelExpr": "datum.value % 1 ? '' : format(datum.value, ',.0f')",
            "minExtent": 34,
            "maxExtent": 34,
        },
    }
    spec = {
        "data": {"values": shown},
        "columns": columns,
        "bounds": "flush",
        "facet": {"field": "place", "type": "nominal", "sort": [place.name for place in where]},
        "spacing": {"row": 44, "column": 48},
        "resolve": {"scale": {"y": "independent"}},
        "spec": {"width": (width - 30) // columns - 48, "height": 110, "layer": layers.line(x, y)},
    }
    title = SMALL_TITLE[lang].format(name=capital(offence.words(lang)), span=span.words(lang))
    band = NO_BAND[lang]
    if _has_band(shown):
        band = SMALL_BAND[lang]
    told = f"{SMALL[lang]} {band} {counts.source.credit(lang)}."
    face = Face(SMALL[lang], _keys(shown, counts, lang), f"{counts.source.credit(lang)}.")
    return draw(spec, title, told, without(shown, "n"), lang, face, alone)
