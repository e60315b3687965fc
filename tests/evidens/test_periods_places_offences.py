"""Time, place and kind: what can be asked, and what is refused in words."""

import re
from datetime import date
from pathlib import Path

import pytest

from evidens import offences, places
from evidens.errors import BadRequest
from evidens.periods import Period, Span, in_covid, school_year


def test_it_reads_danish_and_english_periods_alike() -> None:
    assert Period.parse("2021K3") == Period.parse("2021Q3")
    assert Period.parse("2021U07") == Period.parse("2021W07")
    assert Period.parse("2021Q4").next() == Period.parse("2022Q1")


@pytest.mark.parametrize("text", ["2021K5", "2021M13", "21", "2021W53", "i går", "2021Q0"])
def test_it_refuses_what_is_no_period(text: str) -> None:
    with pytest.raises(BadRequest):
        Period.parse(text)


def test_it_cuts_a_year_into_the_datas_own_periods() -> None:
    assert len(Span.parse("2021", "M")) == 12
    assert Span.parse("2021Q2..2021Q3", "M") == Span.parse("2021M04..2021M09")
    with pytest.raises(BadRequest, match="Spørg om år"):
        Span.parse("2021Q1", "Y")
    with pytest.raises(BadRequest, match="slutter, før det begynder"):
        Span.parse("2021Q3..2021Q1")


def test_it_finds_the_same_quarters_a_year_before() -> None:
    span = Span.parse("2021Q1..2021Q3")
    assert span.year_before() == Span.parse("2020Q1..2020Q3")
    assert (span.years, len(span)) == (0.75, 3)
    assert Span.parse("2021Q4").first.first_day() == date(2021, 10, 1)


def test_it_knows_a_school_year_only_by_months() -> None:
    assert school_year(2021) == Span.parse("2021M08..2022M07")
    with pytest.raises(BadRequest, match="skoleår"):
        Span.parse("2021/22", "Q")


def test_it_marks_corona() -> None:
    assert in_covid(Span.parse("2021M06"))
    assert not in_covid(Span.parse("2021Q3"))


def test_it_says_spans_as_people_do() -> None:
    assert Span.parse("2021Q1..2021Q3").words("en") == "Q1-Q3 2021"
    assert Span.parse("2021M01..2021M03").words() == "januar-marts 2021"
    assert Span.parse("2019..2021").words() == "2019-2021"


def test_it_never_takes_a_region_for_a_district() -> None:
    district, region = set(places.place("district:1460").members), set(places.place("region:081").members)
    assert region - district == {"773", "787"}
    assert {"773", "787"} <= set(places.place("district:1462").members)


def test_it_has_twelve_districts_and_98_municipalities() -> None:
    districts = [places.place(f"district:{row.code}") for row in places.entries("district")]
    inside = [code for district in districts for code in district.members]
    assert (len(districts), len(inside), len(set(inside))) == (12, 98, 98)
    assert [len(place.members) for place in districts if place.key == "district:1460"] == [9]


def test_it_keeps_membership_as_dated_data() -> None:
    assert places.entries("municipality", date(2006, 12, 31)) == []
    with pytest.raises(BadRequest, match="kendes ikke"):
        places.place("district:1460", date(2006, 12, 31))


@pytest.mark.parametrize(
    "text", ["Aalborg", "municipality:999", "district", "country:1", "district:1460/byer"]
)
def test_it_refuses_what_is_no_place(text: str) -> None:
    with pytest.raises(BadRequest):
        places.several(text)


def test_it_says_where_as_danes_do() -> None:
    assert [places.place(f"municipality:{code}").at() for code in ("825", "851", "400")] == [
        "på Læsø",
        "i Aalborg",
        "på Bornholm",
    ]
    assert places.place("municipality:101").at("en") == "in Copenhagen"


def test_it_finds_a_group_by_what_plans_call_it() -> None:
    assert offences.choose("voldssager").codes == ("1252", "1255")
    assert offences.choose("straffelovsanmeldelser").codes == ("1",)
    assert offences.choose("1255,1252").name == "vold efter straffelovens §§ 244-245"


@pytest.mark.parametrize(
    ("text", "why"),
    [("12,1252", "to gange"), ("9999", "findes ikke"), ("", "mangler"), ("1320,1320", "to gange")],
)
def test_it_refuses_codes_that_would_count_twice(text: str, why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        offences.choose(text)


def test_it_lets_a_district_name_groups_of_its_own(tmp_path: Path) -> None:
    own = tmp_path / "grupper.toml"
    own.write_text(
        '[[group]]\nname = "tyverier"\ncodes = ["1328", "1332", "1336"]\n'
        'valid_from = "2021Q1"\nsource = "Kredsrådet"\n',
        "utf-8",
    )
    assert offences.choose("Tyverier", own).codes == ("1328", "1332", "1336")
    assert offences.choose("indbrud i beboelse", own).codes == ("1320",)
    own.write_text("[[group]]\nname = 'x'\n", "utf-8")
    offences.groups.cache_clear()
    with pytest.raises(BadRequest, match="valid_from"):
        offences.choose("x", own)


def test_it_knows_where_a_definition_changed() -> None:
    across = offences.breaks_within(["11"], Span.parse("2014"), Span.parse("2012"))
    assert [change.at for change in across] == [Period.parse("2013Q3")]
    assert offences.breaks_within(["1320"], Span.parse("2014"), Span.parse("2012")) == []
    assert offences.breaks_within(["11"], Span.parse("2021"), Span.parse("2020")) == []


def test_it_has_a_slug_a_tile_and_a_position_for_every_municipality() -> None:
    slugs = [row.slug for kind in ("district", "municipality") for row in places.entries(kind)]
    assert len(set(slugs)) == len(slugs) == 110
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", slug) for slug in slugs)
    for district in places.entries("district"):
        inside = places.printed(district.code)
        assert {row.code for row in inside} == set(places.place(f"district:{district.code}").members)
        assert [row.position for row in inside] == list(range(1, len(inside) + 1))
        assert len({row.tile for row in inside} - {None}) == len(inside)


def test_it_agrees_with_the_places_of_the_reader_and_the_platform() -> None:
    file = Path(__file__).resolve().parents[2] / "src" / "manuscript" / "places.toml"
    import tomllib

    for row in tomllib.loads(file.read_text("utf-8"))["district"]:
        ours = places.place(f"district:{row['code']}")
        assert ours.name == row["name"]
        assert {code: (name, (x, y)) for code, name, _, x, y in row["municipalities"]} == {
            code: (places.codes()[code].name, places.codes()[code].tile) for code in ours.members
        }
