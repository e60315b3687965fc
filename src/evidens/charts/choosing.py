"""The picture that a name asks for."""

from pathlib import Path

from evidens import places, trend
from evidens.charts.changes import change_chart
from evidens.charts.columns import columns_chart
from evidens.charts.drawing import Drawn
from evidens.charts.funnels import funnel_chart
from evidens.charts.lines import multiples, trend_chart
from evidens.charts.maps import outline_map, tiles
from evidens.counts import Counts
from evidens.errors import BadRequest
from evidens.periods import Span


def by_name(
    sort: str,
    counts: Counts,
    offence: str,
    place: str,
    *,
    span: str | None = None,
    population: Counts | None = None,
    boundaries: Path | None = None,
    groups: Path | None = None,
    width: int = 640,
    lang: str = "da",
) -> Drawn:
    """What `evidens chart` draws: "trend", "multiples", "funnel", "tiles", "map" or one of three.

    "columns", "changes" (the place, and the country beside it) and "family" (the place's municipalities) are
    of the span against the same time of earlier years.

    Raises BadRequest when something is lacking.
    """
    chosen = trend.choose(offence, counts, groups)
    where = places.place(place)
    over = Span(counts.first, counts.latest)
    if span:
        over = counts.span(span)
    if sort == "trend":
        return trend_chart(counts, chosen, where, over, width=width, lang=lang)
    if sort == "columns":
        return columns_chart(counts, chosen, where, over, width=width, lang=lang)
    if sort == "changes":
        country = places.place("country")
        answer = trend.change(counts, chosen, where, over, over.year_before(), compare=country)
        return change_chart([answer], width=width, lang=lang)
    inside = places.several(f"{place}/municipalities")
    if sort == "family":
        answers = trend.table(counts, chosen, inside, over, over.year_before())
        return change_chart(answers, width=width, lang=lang)
    if sort == "multiples":
        return multiples(counts, chosen, inside, over, width=width, lang=lang)
    if sort == "tiles":
        return tiles(counts, chosen, inside, over, population, width=width, lang=lang)
    if sort == "funnel":
        if population is None:
            raise BadRequest("Tragten kræver folketal. Skriv --population FIL, eller --population example.")
        return funnel_chart(counts, chosen, inside, over, population, width=width, lang=lang)
    if boundaries is None:
        raise BadRequest("Kortet kræver grænser. Skriv --boundaries FIL med kommunernes omrids som GeoJSON.")
    return outline_map(counts, chosen, inside, over, boundaries, population, width=width, lang=lang)
