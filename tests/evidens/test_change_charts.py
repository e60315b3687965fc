"""Pictures of changes, of small columns and of the course of years: what a mayor reads off them."""

import re
from collections.abc import Callable
from functools import cache

import pytest

from evidens import charts, offences, places, trend
from evidens.answers import Answer, Change
from evidens.charts import Drawn, headlines
from evidens.charts.standing import BAND, INK, LINE, MUTED, PAPER
from evidens.errors import BadRequest, Unavailable
from evidens.sentence.words import number
from evidens.sources.example import example
from tests.evidens.pictures import contrast, cut, overlapping, texts
from tests.evidens.test_trend import counts

BURGLARY, PENAL, VIOLENCE = (offences.choose(code) for code in ("1320", "1", "1252,1255"))
DISTRICT, COUNTRY = places.place("district:1460"), places.place("country")
NINE = places.several("district:1460/municipalities")
HJORRING, LAESO = places.place("municipality:860"), places.place("municipality:825")
GONE = float("nan")


def spans() -> tuple:
    return example().span("2021Q1..2021Q3"), example().span("2020Q1..2020Q3")


@cache
def of_pair(offence: offences.Choice) -> Answer:
    return trend.change(example(), offence, DISTRICT, *spans(), compare=COUNTRY)


@cache
def of_family(offence: offences.Choice) -> list[Answer]:
    return trend.table(example(), offence, NINE, *spans())


def pair(offence: offences.Choice = BURGLARY, **more: object) -> Drawn:
    return charts.change_chart([of_pair(offence)], **more)  # type: ignore[arg-type]


def family(offence: offences.Choice = BURGLARY, **more: object) -> Drawn:
    return charts.change_chart(of_family(offence), **more)  # type: ignore[arg-type]


def columns(offence: offences.Choice = BURGLARY, place: places.Place = HJORRING, **more: object) -> Drawn:
    return charts.columns_chart(example(), offence, place, spans()[0], **more)  # type: ignore[arg-type]


def course(offence: offences.Choice = BURGLARY, place: places.Place = DISTRICT, **more: object) -> Drawn:
    span = example().span("2017..2021")
    return charts.trend_chart(example(), offence, place, span, **more)  # type: ignore[arg-type]


def with_gap(**more: object) -> Drawn:
    series = [200, 202, 198, 200] * 2 + [GONE] * 4 + [225, 245, 267, 234] * 2
    table = counts({"860": series}, start="2014Q1")
    return charts.trend_chart(table, BURGLARY, HJORRING, table.span("2014..2018"), **more)  # type: ignore[arg-type]


def columns_with_gap(**more: object) -> Drawn:
    table = counts({"860": [20_000] * 8 + [GONE] * 8 + [22_535] * 12}, start="2015Q1")
    return charts.columns_chart(table, BURGLARY, HJORRING, table.span("2021"), **more)  # type: ignore[arg-type]


def family_of_many(**more: object) -> Drawn:
    return family(PENAL, own=NINE[0], **more)


def columns_of_few(**more: object) -> Drawn:
    return columns(BURGLARY, LAESO, **more)


ALL = [pair, family, family_of_many, columns, columns_of_few, columns_with_gap, course, with_gap]


@cache
def drawn(picture: Callable[..., Drawn], width: int = 640, alone: bool = True, lang: str = "da") -> Drawn:
    return picture(width=width, alone=alone, lang=lang)


@pytest.mark.parametrize("width", [320, 640])
@pytest.mark.parametrize("picture", ALL)
def test_its_texts_overlap_nowhere_and_none_is_cut(picture: Callable[..., Drawn], width: int) -> None:
    found = drawn(picture, width)
    assert re.search(rf'<svg[^>]* width="{width}"', found.svg)
    assert overlapping(found.svg) == []
    assert cut(found.svg) == []


@pytest.mark.parametrize("lang", ["da", "en"])
@pytest.mark.parametrize("picture", ALL)
def test_it_has_a_short_title_a_subtitle_a_source_and_a_table(
    picture: Callable[..., Drawn], lang: str
) -> None:
    found = drawn(picture, 640, True, lang)
    assert len(found.title.split()) <= 15
    assert found.subtitle
    assert "statistikbanken.dk/straf11" in found.source
    assert found.source in found.description
    assert found.table
    said = " ".join(one.words for one in texts(found.svg))
    for words in (found.title, found.subtitle, found.note, found.source):
        assert words in said


@pytest.mark.parametrize("picture", ALL)
def test_a_page_may_write_title_subtitle_and_source_itself(picture: Callable[..., Drawn]) -> None:
    found = drawn(picture, 640, False)
    said = " ".join(one.words for one in texts(found.svg))
    assert found.title not in said
    assert found.source not in said
    assert found.title == drawn(picture, 640).title
    assert f">{found.title}</title>" in found.svg.replace("&amp;", "&"), "who cannot see it hears it"
    assert overlapping(found.svg) == []
    assert cut(found.svg) == []


@pytest.mark.parametrize("picture", ALL)
def test_every_number_in_it_stands_in_its_table(picture: Callable[..., Drawn]) -> None:
    found = drawn(picture, 640, False)
    in_table = set()
    for row in found.table:
        for value in row.values():
            in_table.add(str(value))
            if isinstance(value, int | float):
                in_table.add(number(value))
    told = " ".join(in_table)
    said = " ".join([found.title, *(one.words for one in texts(found.svg) if not one.axis)])
    method = r"95 af 100 perioder|\(95 %\)|\d\. kvartal \d{4}|§ 276 a|1\. januar 2018|i 20\d\d"
    for figure in re.findall(r"\d+(?:[.,]\d+)*", re.sub(method, "", said)):
        assert figure in told or f"20{figure}" in told


def test_it_says_of_a_pair_what_is_clear_and_whether_they_differ() -> None:
    assert drawn(pair).title == "Klart fald i kredsen, uklart i hele landet; forskellen mellem dem er klar"
    assert [row["place"] for row in drawn(pair).table] == ["Kredsen", "Hele landet"]
    assert pair(VIOLENCE).table[1]["shown"] == "ikke opgjort"


def test_it_says_of_a_family_that_none_is_clear() -> None:
    found = drawn(family)
    assert found.title == "Ingen af de ni kommuner har en klar ændring for sig selv"
    assert [row["place"] for row in found.table][:2] == ["Brønderslev", "Frederikshavn"]
    assert found.table[-1]["place"] == "Aalborg"
    laeso = next(row for row in found.table if row["place"] == "Læsø")
    assert laeso["shown"] == "for få til en procent"
    assert laeso["change_pct"] is None
    assert "til +272 %" in [one.words for one in texts(found.svg)], "a band that is cut says how far it goes"


def test_it_tells_why_a_band_beside_0_is_not_clear() -> None:
    found = family(PENAL)
    assert "Vesthimmerlands når ikke 0" in found.note
    assert not any(row["clear"] for row in found.table)


def test_it_names_the_places_that_changed_clearly() -> None:
    fell = [400, 404, 396, 400] * 6 + [90, 92, 88, 90]
    level = [400, 402, 398, 400] * 7
    table = counts({"851": fell, "860": level, "825": level, "849": level}, start="2011Q1")
    where = [places.place(f"municipality:{code}") for code in ("851", "860", "825", "849")]
    span = table.span("2017")
    answers = [trend.change(table, BURGLARY, place, span, span.year_before()) for place in where]
    found = charts.change_chart(answers)
    assert found.title == "Aalborg har et klart fald; de tre andre har ingen klar ændring"
    alone = trend.in_family(answers)
    assert isinstance(alone[0], Change)
    assert alone[0].family == 4
    one = charts.change_chart([answers[0]])
    assert one.title == "Faldet i Aalborg er klart"


def test_it_calls_nothing_clear_without_a_history() -> None:
    table = counts({"860": [200, 202, 198, 200, 90, 92, 88, 90]}, start="2018Q1")
    answer = trend.change(table, BURGLARY, HJORRING, table.span("2019"), table.span("2018"))
    found = charts.change_chart([answer])
    assert found.title == "Uden tidligere år kan ingen ændring kaldes klar"
    assert not found.table[0]["clear"]


def test_it_calls_nothing_unclear_that_is_not_there() -> None:
    span, against = spans()
    country = trend.change(example(), VIOLENCE, COUNTRY, span, against, compare=DISTRICT)
    found = charts.change_chart([country])
    assert found.title == "Hele landet: ikke opgjort, så ingen ændring kan vises"
    assert [row["change_pct"] is None for row in found.table] == [True, False]
    table = counts({"860": [40] * 20, "851": [50] * 20}, start="2010Q1", code="1120")
    where = [HJORRING, places.place("municipality:851")]
    rape = offences.choose("1120")
    pair_of = trend.table(table, rape, where, table.span("2014"), table.span("2012"))
    found = charts.change_chart(pair_of)
    assert found.title == "Ingen af de to kommuner har to tal, der kan sammenlignes"
    assert {row["shown"] for row in found.table} == {"ny afgrænsning"}


def test_it_draws_no_answers_of_different_periods() -> None:
    span, against = spans()
    answers = [
        trend.change(example(), BURGLARY, DISTRICT, span, against),
        trend.change(example(), BURGLARY, COUNTRY, span, None),
    ]
    with pytest.raises(BadRequest, match="ikke de samme perioder"):
        charts.change_chart(answers)
    with pytest.raises(BadRequest, match="ingen svar"):
        charts.change_chart([])


def test_a_year_without_figure_is_a_gap_and_never_0() -> None:
    found = drawn(columns_with_gap)
    assert [row["count"] for row in found.table] == [80_000, 80_000, None, None, 90_140, 90_140, 90_140]
    said = [one.words for one in texts(found.svg)]
    assert said.count("ikke opgjort") == 2
    assert "0" not in [one.words for one in texts(found.svg) if not one.axis]
    assert "2017: ikke opgjort" in found.description


def test_years_before_the_data_are_left_out_and_no_more_than_seven_are_shown() -> None:
    assert len(drawn(columns).table) == 5
    assert len(drawn(columns_with_gap).table) == 7
    assert len(columns(years=3).table) == 3
    assert drawn(columns).table[-1] == {"period": "1.-3. kvartal 2021", "count": 54}
    with pytest.raises(Unavailable):
        charts.columns_chart(example(), VIOLENCE, COUNTRY, spans()[0], years=2)


def test_its_axis_has_whole_numbers_only() -> None:
    for found in (columns_of_few(width=640), course(BURGLARY, LAESO)):
        ticks = [one.words for one in texts(found.svg) if one.axis and one.words.isdecimal()]
        ticks = [tick for tick in ticks if len(tick) < 4]
        assert ticks == [str(n) for n in range(len(ticks))]


def test_it_numbers_the_first_the_highest_and_the_last_point() -> None:
    found = drawn(course)
    known = [row["count"] for row in found.table]
    said = [one.words for one in texts(found.svg)]
    for count in (known[0], max(known), known[-1]):
        assert number(count) in said
    assert "corona" in said
    assert "delvis ny afgrænsning" in said


def test_a_line_is_never_joined_over_a_gap() -> None:
    found = drawn(with_gap)
    assert "ikke opgjort" in [one.words for one in texts(found.svg)]
    lines = [path for path in re.findall(rf'<path[^>]*stroke="{LINE}"[^>]*>', found.svg) if 'd="M' in path]
    line = max(lines, key=len)
    assert len(re.findall(r"M", re.search(r'd="([^"]*)"', line)[1])) == 2  # type: ignore[index]


def test_it_is_legible_in_grey() -> None:
    for ink in (INK, MUTED, LINE):
        assert contrast(ink, PAPER) >= 4.5
    assert contrast(LINE, BAND) >= 4.5, "own and others"
    assert contrast(MUTED, BAND) >= 3, "a light column and its edge, a dot on a light band"
    known = {INK, MUTED, BAND, LINE, PAPER, "#f4efe0", "#a6321a", "#e3e3e3", "#fff", "#ddd", "#888"}
    for picture in (pair, family_of_many, columns, course):
        inks = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]+)"', drawn(picture).svg))
        assert inks <= known


def test_no_title_of_any_offence_has_more_than_fifteen_words() -> None:
    place = places.place("district:1466")
    for code in offences.tree():
        answer = trend.change(example(), offences.choose(code), place, *spans())
        for lang in ("da", "en"):
            assert len(headlines.finding(answer, lang).split()) <= 15
