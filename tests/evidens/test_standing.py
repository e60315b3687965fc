"""Pictures that can stand alone: what is drawn as text, and what they are saved as."""

import re
from pathlib import Path
from typing import Any

import pytest

from evidens import charts, offences, places, trend
from evidens.charts import Drawn, rooms
from evidens.charts.standing import wrapped
from evidens.cli import main
from evidens.report import comparison
from evidens.sources.example import example, example_population
from tests.evidens.test_cases import CASES
from tests.evidens.test_trend import counts

HJORRING = places.place("municipality:860")


def words(found: Drawn) -> str:
    """The text that is drawn, without <title> and <desc>."""
    inside = re.sub(r"<(title|desc)[^>]*>.*?</\1>", "", found.svg, flags=re.DOTALL)
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", inside))


def axes(svg: str) -> str:
    """The numbers along the axes, without those beside points."""
    return "".join(re.findall(r'<g class="mark-text role-axis-label".*?</g>', svg))


@pytest.mark.parametrize("sort", ["trend", "multiples", "funnel", "tiles"])
@pytest.mark.parametrize("width", [360, 640, 1200])
def test_it_draws_title_key_and_source(sort: str, width: int) -> None:
    found = charts.by_name(
        sort, example(), "1332", "district:1460", span="2021", population=example_population(), width=width
    )
    drawn = words(found)
    for word in found.title.split():
        assert word.replace("&", "&amp;") in drawn
    assert "statistikbanken.dk/straf11" in drawn
    size = re.search(r'<svg[^>]* width="(\d+)" height="(\d+)"', found.svg)
    assert size is not None
    for x, y in re.findall(r'<text x="(\d+)" y="(\d+)" font-family', found.svg):
        assert int(x) < int(size[1])
        assert int(y) < int(size[2])


def test_its_title_says_a_fall_only_where_it_is_clear() -> None:
    clear = counts({"860": [200, 202, 198, 200] * 6 + [90, 92, 88, 90]}, start="2011Q1")
    level = counts({"860": [200, 202, 198, 200] * 7}, start="2011Q1")
    titles = []
    for table in (clear, level):
        span = table.span("2011..2017")
        titles.append(charts.trend_chart(table, offences.choose("1320"), HJORRING, span).title)
    assert "faldt fra 800 i 2016 til 360 i 2017" in titles[0]
    assert "ingen klar ændring" in titles[1]


def test_its_title_says_no_change_across_a_change_of_law() -> None:
    table = counts({"860": [40] * 16 + [90] * 4}, start="2017Q1", code="1120")
    found = charts.trend_chart(table, offences.choose("1120"), HJORRING, table.span("2017..2021"))
    assert found.title.endswith(": 360 i 2021")
    assert "samtykke" in words(found)


@pytest.mark.parametrize("largest", [1, 2, 3, 5, 8])
def test_it_writes_each_whole_number_once(largest: int) -> None:
    table = counts({"860": [0, 0, largest, 0] * 5}, start="2014Q1")
    found = charts.trend_chart(table, offences.choose("1320"), HJORRING, table.span("2014..2018"))
    ticks = re.findall(r">([\d,.]+)</text>", re.sub(r">20\d\d</text>", ">", axes(found.svg)))
    assert len(ticks) == len(set(ticks)) >= 2
    assert all(tick.isdecimal() for tick in ticks)


def test_it_writes_each_whole_number_once_in_the_case_that_is_kept(tmp_path: Path) -> None:
    if not CASES.is_dir():
        pytest.skip(f"{CASES} findes ikke: de opdigtede sager er ikke en del af projektet")
    out = tmp_path / "a.svg"
    question = ["--offence", "12", "--place", "municipality:825", "--out", str(out)]
    assert main(["chart", "trend", str(CASES / "g12_few.csv"), *question]) == 0
    assert re.findall(r">(\d)</text>", axes(out.read_text("utf-8"))) == ["0", "1"]


@pytest.mark.parametrize(("suffix", "begins"), [(".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF")])
def test_it_saves_what_the_name_says(tmp_path: Path, suffix: str, begins: bytes) -> None:
    out = tmp_path / f"a{suffix}"
    assert main(["chart", "trend", "example", "--offence", "1320", "--out", str(out)]) == 0
    assert out.read_bytes().startswith(begins)


def test_it_refuses_a_name_that_says_nothing(tmp_path: Path, capsys: Any) -> None:
    out = tmp_path / "a.jpg"
    assert main(["chart", "trend", "example", "--offence", "1320", "--out", str(out)]) == 2
    assert ".svg, .png eller .pdf" in capsys.readouterr().err
    assert not out.exists()


def test_it_says_why_a_map_is_not_by_inhabitant() -> None:
    found = charts.by_name("tiles", example(), "1320", "district:1460", span="2021")
    assert "ikke givet noget folketal" in words(found)


def test_it_breaks_no_word() -> None:
    assert " ".join(wrapped("Det er ganske lange ord i smalle spalter", 13, 90)) == (
        "Det er ganske lange ord i smalle spalter"
    )


def square(west: float, south: float, side: float) -> dict[str, Any]:
    ring = [
        [west, south],
        [west, south + side],
        [west + side, south + side],
        [west + side, south],
        [west, south],
    ]
    return {"type": "MultiPolygon", "coordinates": [[ring]]}


def test_it_leaves_out_figures_without_room_the_small_ones_first() -> None:
    shapes = [square(9, 56, 0.01), square(9.02, 56, 1.0), square(12, 56, 1.0)]
    rows = []
    for shape in shapes:
        ring = shape["coordinates"][0][0]
        middle = (ring[0][0] + ring[2][0]) / 2, (ring[0][1] + ring[2][1]) / 2
        rows.append({"cx": middle[0], "cy": middle[1], "shown": "1.234"})
    rows[1]["cx"], rows[1]["cy"] = rows[0]["cx"] + 0.02, rows[0]["cy"]
    kept = rooms.with_room(rows, shapes, 300, 200, 10)
    assert [row is rows[1] or row is rows[2] for row in kept] == [True, True]
    assert len(rooms.with_room(rows, shapes, 30_000, 20_000, 10)) == 3


def test_it_draws_the_whole_country_with_its_crowded_corner_larger(shared: Path) -> None:
    table = counts({entry.code: [40, 50, 60, 70] for entry in places.entries("municipality")}, start="2021Q1")
    found = charts.outline_map(
        table,
        offences.choose("1320"),
        places.several("country/municipalities"),
        table.span("2021"),
        shared / "boundaries" / "kommuner.geojson",
    )
    drawn = words(found)
    assert "Omkring København, større" in drawn
    assert "står i tabellen" in drawn
    assert "Hørsholm" not in drawn
    assert len(found.table) == 98
    assert 98 <= drawn.count("220") <= 2 * (98 + 30), "each figure twice: its edge and its letters"


def test_neither_title_nor_table_calls_a_change_clear_without_a_history() -> None:
    table = counts({"860": [200, 202, 198, 200, 90, 92, 88, 90]}, start="2018Q1")
    span = table.span("2018..2019")
    found = charts.trend_chart(table, offences.choose("1320"), HJORRING, span)
    assert found.title == "Indbrud i beboelse i Hjørring: 360 i 2019 og 800 i 2018"
    rows = trend.table(table, offences.choose("1320"), [HJORRING], table.span("2019"), table.span("2018"))
    assert "ved ren tilfældighed" in comparison.table(rows).splitlines()[1]
