"""Pictures that can be read without seeing them, without colour, and without the net."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from evidens import charts
from evidens.charts import Drawn, maps
from evidens.errors import BadRequest, Unavailable
from evidens.sources.example import example, example_population

SORTS = ["trend", "multiples", "columns", "changes", "family", "funnel", "tiles"]
SPANS = dict.fromkeys(("columns", "changes", "family"), "2021")
BOUNDARIES = """{"type": "FeatureCollection", "features": [%s]}"""


def drawn(sort: str, lang: str = "da", **more: object) -> Drawn:
    return charts.by_name(
        sort,
        example(),
        "1320",
        "district:1460",
        span=SPANS.get(sort, "2017..2021"),
        population=example_population(),
        lang=lang,
        **more,
    )  # type: ignore[arg-type]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("lang", ["da", "en"])
def test_it_has_title_description_and_table(sort: str, lang: str) -> None:
    found = drawn(sort, lang)
    root = ET.fromstring(found.svg)
    assert root.attrib["role"] == "img"
    assert root.attrib["lang"] == lang
    named = root.attrib["aria-labelledby"].split()
    texts = {
        element.attrib.get("id"): element.text for element in root if element.tag.endswith(("title", "desc"))
    }
    assert [texts[one] for one in named] == [found.title, found.description]
    assert ("Danmarks Statistik" if lang == "da" else "Statistics Denmark") in found.description
    assert found.table
    assert {"count", "after"} & set(found.table[0])


@pytest.mark.parametrize("sort", SORTS)
def test_it_fetches_nothing_and_breaks_no_content_policy(sort: str) -> None:
    svg = drawn(sort).svg
    assert not re.search(r"<style|\sstyle=|<script|https?://(?!www\.w3\.org)", svg)
    assert svg.count("aria-") == 1, "one Danish text and no English labels of the library's"


def test_two_pictures_can_share_a_page() -> None:
    first, second = (
        re.findall(r'id="([^"]+)"', charts.by_name("trend", example(), code, "district:1460").svg)
        for code in ("1320", "1336")
    )
    assert not set(first) & set(second)


def test_it_writes_numbers_as_the_language_does() -> None:
    whole = charts.by_name("trend", example(), "1", "district:1460").svg
    assert re.search(r">\d\.000<", whole)
    assert re.search(r">\d,000<", charts.by_name("trend", example(), "1", "district:1460", lang="en").svg)


def test_it_marks_corona_and_a_changed_definition_in_words() -> None:
    from evidens import offences, places
    from tests.evidens.test_trend import counts

    table = counts({"851": [40, 50, 60, 70] * 4}, start="2012Q1", code="1120")
    svg = charts.trend_chart(
        table, offences.choose("1120"), places.place("municipality:851"), table.span("2012Q1..2015Q4")
    ).svg
    assert "ny afgrænsning" in svg
    assert "corona" in drawn("trend").svg


def test_it_expects_nothing_across_a_changed_definition() -> None:
    from evidens import offences, places
    from tests.evidens.test_trend import counts

    table = counts({"851": [40, 50, 60, 70] * 6}, start="2010Q1", code="1120")
    found = charts.trend_chart(
        table, offences.choose("1120"), places.place("municipality:851"), table.span("2010Q1..2015Q4")
    )
    assert ["expected" in row for row in found.table] == [False] * 14 + [True] * 10


def test_it_names_the_place_outside_the_funnel() -> None:
    found = drawn("funnel")
    outside = [row["place"] for row in found.table if row["outside"]]
    for place in outside:
        assert place in found.description
    assert outside or "Ingen kommune ligger uden for" in found.description
    assert "værd at se på" in found.description or not outside


def test_it_ranks_nobody() -> None:
    for sort in ("tiles", "funnel"):
        assert not any(word in drawn(sort).description for word in ("Højest", "lavest"))


def test_it_says_so_when_there_are_too_few_places_to_judge() -> None:
    bornholm = charts.by_name("trend", example(), "1320", "municipality:851")
    assert "Aalborg" in bornholm.title
    from evidens import offences, places

    two = [places.place("municipality:851"), places.place("municipality:860")]
    found = charts.funnel_chart(
        example(), offences.choose("1320"), two, example().span("2021"), example_population()
    )
    assert "for få kommuner" in found.description


def test_it_draws_no_tiles_on_top_of_each_other() -> None:
    from evidens import offences, places

    mixed = places.several("district:1460/municipalities,district:1461/municipalities")
    with pytest.raises(BadRequest, match="én politikreds"):
        maps.tiles(example(), offences.choose("1320"), mixed, example().span("2021"))


def test_it_draws_real_outlines_and_says_whose(tmp_path: Path) -> None:
    from evidens import places

    ring = "[[[%s, 57], [%s, 57], [%s, 57.3], [%s, 57.3], [%s, 57]]]"
    square = (
        '{"type": "Feature", "properties": {"kode": "%s"}, "geometry": {"type": "Polygon", "coordinates": '
        + ring
        + "}}"
    )
    codes = places.place("district:1460").members
    features = [
        square % (code, *(9 + n * 0.3 + step for step in (0, 0.25, 0.25, 0, 0)))
        for n, code in enumerate(codes)
    ]
    file = tmp_path / "kommuner.geojson"
    file.write_text(BOUNDARIES % ", ".join(features), "utf-8")
    found = drawn("map", boundaries=file)
    assert found.svg.count("<path") >= 9
    assert "DAGI" in found.description
    file.write_text(BOUNDARIES % ", ".join(features[:-1]), "utf-8")
    with pytest.raises(BadRequest, match="mangler Hjørring"):
        drawn("map", boundaries=file)
    file.write_text("{", "utf-8")
    with pytest.raises(BadRequest, match="ikke en GeoJSON"):
        drawn("map", boundaries=file)


def test_it_draws_the_shared_boundaries(shared: Path) -> None:
    found = drawn("map", boundaries=shared / "boundaries" / "kommuner.geojson")
    assert all(name in found.svg for name in ("Hjørring", "Læsø", "Vesthimmerlands"))


def test_it_says_what_a_picture_lacks() -> None:
    with pytest.raises(BadRequest, match="folketal"):
        charts.by_name("funnel", example(), "1320", "district:1460", span="2021")
    with pytest.raises(BadRequest, match="grænser"):
        charts.by_name("map", example(), "1320", "district:1460", span="2021")
    with pytest.raises(Unavailable):
        charts.by_name("trend", example(), "1320", "district:1460", span="2030")
    with pytest.raises(Unavailable):
        charts.by_name("trend", example(), "1252", "country", span="2021")


def test_dark_text_reads_on_every_shade() -> None:
    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for shade in maps.RAMP:
        assert (luminance(shade) + 0.05) / (luminance(charts.INK) + 0.05) >= 4.5
