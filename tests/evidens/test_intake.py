"""Files as offices save them: what stands around the table, what is written in it, and what is not there."""

import gzip
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from evidens import places
from evidens.counts import Counts
from evidens.errors import BadFile, BadRequest
from evidens.periods import Period, Span
from evidens.sources import read

HEAD = "OMRÅDE;OVERTRÆD;TID;INDHOLD\n"
ROWS = "851;1390;2022K1;14\n851;1390;2022K2;9\n"
MAPPING = """[columns]
place = "By"
offence = "Art"
period = "Tid"
count = "Tal"
[source]
publisher = "Kredsen"
extracted_on = 2023-06-01
zeros = "left out"
"""
Write = Callable[[str], Path]


@pytest.fixture
def file(tmp_path: Path) -> Write:
    def write(content: str, name: str = "udtræk.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode())
        return path

    return write


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Counts]:
    """An own extract with its mapping; `more` are further lines of [source]."""

    def load(rows: str, more: str = "", head: str = "By;Art;Tid;Tal\n") -> Counts:
        path, mapping = tmp_path / "eget.csv", tmp_path / "eget.toml"
        path.write_text(head + rows, "utf-8")
        mapping.write_text(MAPPING + more, "utf-8")
        return read(path, mapping=mapping)

    return load


def codes(found: Counts) -> list[str]:
    return [problem.code for problem in found.warnings]


def test_it_finds_the_table_between_title_and_notes(file: Write) -> None:
    found = read(
        file(f"Anmeldt hærværk efter sted, art og tid\n\n{HEAD}{ROWS}\nTallene er kun til eget brug.\n")
    )
    assert (len(found), codes(found)) == (2, ["frame"])
    assert found.warnings[0].lines == (1, 2, 7)


def test_it_does_not_take_a_line_that_was_cut_off_for_a_note(file: Write) -> None:
    with pytest.raises(BadFile) as refused:
        read(file(HEAD + ROWS + "Aalborg"))
    assert refused.value.problems[0].code == "truncated"


@pytest.mark.parametrize("line", ["sep=;\n", '"sep=;"\r\n'])
def test_it_knows_a_spreadsheets_own_line(file: Write, line: str) -> None:
    assert read(file(line + HEAD + ROWS)).warnings == ()
    with pytest.raises(BadFile, match="Linje 4"):
        read(file(line + HEAD + ROWS.replace(";9", ";ni")))


def test_it_believes_the_line_about_the_separator(file: Write) -> None:
    assert len(read(file("sep=|\n" + (HEAD + ROWS).replace(";", "|")))) == 2


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("2. kvartal 2022", "2022Q2"),
        ("2. kvt. 2022", "2022Q2"),
        ("2022 2. kvartal", "2022Q2"),
        ("K2 2022", "2022Q2"),
        ("maj 2022", "2022M05"),
        ("05-2022", "2022M05"),
        ("2022-05", "2022M05"),
        ("2022-05-01", "2022M05"),
        ("1.5.2022", "2022M05"),
        ("uge 7 2022", "2022W07"),
        ("2022K2 2022K2", "2022Q2"),
    ],
)
def test_it_reads_a_period_as_people_write_it(file: Write, written: str, period: str) -> None:
    assert read(file(f"{HEAD}851;1390;{written};3\n")).periods == (Period.parse(period),)


@pytest.mark.parametrize("written", ["2022 omkring", "5. kvartal 2022", "13-2022", "2022-13-01", "kvartal"])
def test_it_guesses_no_period(file: Write, written: str) -> None:
    with pytest.raises(BadFile):
        read(file(f"{HEAD}851;1390;{written};3\n"))


@pytest.mark.parametrize(
    "text", ["2021Q1..2021Q3", "2021", "2021M02..2021M05", "2020Q4..2021Q1", "2019..2021"]
)
@pytest.mark.parametrize("lang", ["da", "en"])
def test_it_reads_every_span_that_it_writes(text: str, lang: str) -> None:
    span = Span.parse(text)
    assert Span.parse(span.words(lang), span.first.freq) == span


def test_it_puts_back_the_zeros_that_a_spreadsheet_took(file: Write) -> None:
    found = read(file(f"{HEAD}81;1390;2022K1;3\n0;1390;2022K1;40\n"))
    assert found.places == ("081", "000")
    assert codes(found) == ["leading_zeros", "leading_zeros"]


def test_it_mends_letters_that_were_encoded_twice(file: Write) -> None:
    twice = (HEAD + "Sorø;1390;2022K1;3\n").encode().decode("cp1252")
    found = read(file(twice))
    assert (found.places, codes(found)) == (("340",), ["mojibake"])


def test_it_refuses_a_period_that_has_not_begun(file: Write) -> None:
    path = file(HEAD + ROWS)
    with pytest.raises(BadFile, match=r"Linje 3: 2\. kvartal 2022 er ikke begyndt"):
        read(path, today=date(2022, 3, 31))
    assert len(read(path, today=date(2022, 4, 1))) == 2


def test_it_says_when_a_region_is_not_the_sum_of_its_municipalities(file: Write) -> None:
    members = places.place("region:081").members
    rows = "".join(f"{code};1390;2022K1;5\n" for code in members)
    assert codes(read(file(f"{HEAD}{rows}081;1390;2022K1;{5 * len(members)}\n"))) == []
    assert codes(read(file(f"{HEAD}{rows}081;1390;2022K1;50\n"))) == ["not_the_sum"]


@pytest.mark.parametrize(("separator", "name"), [(".", "punktum"), (" ", "mellemrum"), ("'", "apostrof")])
def test_it_calls_the_separator_of_thousands_by_its_name(file: Write, separator: str, name: str) -> None:
    found = read(file(f"{HEAD}851;1390;2022K1;1{separator}204\n"))
    assert found.values.tolist() == [1204]
    assert name in found.warnings[0].message


def test_it_reads_a_dash_as_nought_and_a_point_as_unknown(file: Write) -> None:
    found = read(file(f"{HEAD}851;1390;2022K1;-\n851;1390;2022K2;.\n851;1390;2022K3;7*\n"))
    assert found.cube[0, 0, [0, 2]].tolist() == [0, 7]
    assert found.provisional == {Period.parse("2022Q3")}
    assert len(found) == 2


def test_it_reads_a_packed_file_of_several_parts_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(
        gzip.compress((HEAD + ROWS).encode()) + gzip.compress(ROWS.replace("851", "860").encode())
    )
    assert len(read(path)) == 4


@pytest.mark.parametrize("cut", [-5, -1, 25])
def test_it_refuses_a_packed_file_that_is_not_whole(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress((HEAD + ROWS * 40).encode())[:cut])
    with pytest.raises(BadFile) as refused:
        read(path)
    assert refused.value.problems[0].code == "truncated"


# A variable too many.

SEXES = "OMRÅDE;OVERTRÆD;ALDER;TID;INDHOLD\n"


def test_it_takes_the_total_where_there_is_one_and_says_so(file: Write) -> None:
    rows = "851;1390;I alt;2022K1;30\n851;1390;15-17 år;2022K1;4\n"
    found = read(file(SEXES + rows))
    assert (found.values.tolist(), found.source.part) == ([30], "")
    assert "ALDER=I alt" in found.warnings[0].message


def test_it_takes_the_value_that_was_asked_for(file: Write) -> None:
    path = file(SEXES + "851;1390;15-17 år;2022K1;4\n851;1390;18-24 år;2022K1;6\n")
    found = read(path, only={"alder": "18-24 år"})
    assert (found.values.tolist(), found.source.part) == ([6], "kun ALDER=18-24 år")
    assert found.source.credit("en").endswith("only ALDER=18-24 år")
    with pytest.raises(BadRequest, match="15-17 år, 18-24 år"):
        read(path, only={"ALDER": "80"})
    with pytest.raises(BadRequest, match="ikke kolonnen KØN"):
        read(path, only={"KØN": "M"})


def test_it_lets_a_name_beside_its_code_pass(file: Write) -> None:
    head = "OMRÅDE;NAVN;OVERTRÆD;TID;INDHOLD\n"
    assert read(file(head + "851;Aalborg;1390;2022K1;4\n860;Hjørring;1390;2022K1;5\n")).warnings == ()
    with pytest.raises(BadFile, match="NAVN"):
        read(file(head + "851;Hjørring;1390;2022K1;4\n860;Aalborg;1390;2022K1;5\n"))


def test_it_sees_a_variable_too_many_in_a_wide_file(file: Write) -> None:
    head = ";;;2022K1;2022K2\n"
    with pytest.raises(BadFile, match="kolonne 3"):
        read(file(head + "Aalborg;Hærværk;Mænd;3;4\nAalborg;Hærværk;Kvinder;5;6\n"))
    found = read(file(head + "Aalborg;Hærværk;Mænd;3;4\nHjørring;Hærværk;Mænd;5;6\n"))
    assert found.source.part == "kun kolonne 3=Mænd"


def test_it_passes_by_a_column_that_divides_nothing_and_says_so(file: Write) -> None:
    head = "OMRÅDE;OVERTRÆD;TID;INDHOLD;Ændring i pct.\n"
    found = read(file(head + "851;1390;2022K1;40;\n851;1390;2022K2;44;10,0\n"))
    assert (codes(found), found.source.part) == (["extra_column"], "")


def test_it_minds_no_empty_column_at_the_end(file: Write) -> None:
    found = read(file((HEAD + ROWS).replace("\n", ";\n")))
    assert (found.warnings, found.source.table) == ((), "STRAF11")


def test_it_calls_a_sum_a_sum(file: Write) -> None:
    found = read(file(HEAD + ROWS + "I alt;1390;2022K1;14\n"))
    assert len(found) == 2
    assert "er en sum og ikke et sted" in found.warnings[0].message


@pytest.mark.parametrize("head", ["Kommune;Overtrædelse;Kvartal;Antal", "By;Gerning;Periode;Antal"])
def test_it_names_no_publisher_that_the_file_does_not_name(file: Write, head: str) -> None:
    path = file(head.replace("By", "Kommune") + "\nAalborg;Hærværk;1. kvartal 2022;14\n")
    found = read(path)
    assert "Danmarks Statistik" not in found.source.credit()
    assert not found.source.official
    assert "Danmarks Statistik" in read(file(HEAD + ROWS)).source.credit()


# An own extract.


def months(place: str, year: int, level: int, until: int = 12) -> str:
    random = np.random.default_rng(level)
    return "".join(
        f"{place};1390;{year}M{n:02d};{level + random.integers(-3, 4)}\n" for n in range(1, until + 1)
    )


def test_it_takes_silence_for_unknown_only_where_a_zero_is_unlikely(own: Callable[..., Counts]) -> None:
    busy = months("Aalborg", 2021, 25) + months("Aalborg", 2022, 25, until=9)
    quiet = "Læsø;1390;2021M02;1\nLæsø;1390;2022M12;1\n"
    found = own(busy + quiet)
    row = {code: number for number, code in enumerate(found.places)}
    assert np.isnan(found.cube[row["851"], 0, -3:]).all()
    assert found.cube[row["825"], 0].sum() == 2, "a small place has months without any"
    assert "oktober 2022, november 2022, december 2022" in found.warnings[0].message


def test_it_takes_no_summer_for_silence_where_zeros_are_usual(own: Callable[..., Counts]) -> None:
    """Fireworks: many at New Year, none in between."""
    rows = "".join(
        f"Aalborg;1390;{year}M{month};{count}\n"
        for year in (2020, 2021, 2022)
        for month, count in (("01", 80), ("12", 200))
    )
    found = own(rows)
    assert codes(found) == []
    assert found.cube.sum() == 840


def test_it_sees_two_gaps_of_one_place(own: Callable[..., Counts]) -> None:
    rows = months("Aalborg", 2020, 25) + months("Aalborg", 2021, 25) + months("Aalborg", 2022, 25)
    kept = [
        line for line in rows.splitlines(keepends=True) if "2020M06" not in line and "2021M11" not in line
    ]
    found = own(
        "".join(kept) + months("Skive", 2020, 30) + months("Skive", 2021, 31) + months("Skive", 2022, 32)
    )
    assert np.isnan(found.cube).sum() == 2
    assert "juni 2020, november 2021" in found.warnings[0].message


def test_it_asks_what_equal_rows_are_and_takes_the_answer(own: Callable[..., Counts]) -> None:
    rows = "Thisted;1390;2022M01;1\n" * 4 + "Thisted;1390;2022M02;1\n"
    with pytest.raises(BadFile, match="fx 4 for Thisted, 2022M01"):
        own(rows)
    assert own(rows, 'rows = "cases"\n').values.tolist() == [4, 1]
    assert own(rows, 'rows = "repeats"\n').values.tolist() == [1, 1]


def test_it_counts_lines_of_cases_without_a_column_of_counts(
    own: Callable[..., Counts], tmp_path: Path
) -> None:
    path, mapping = tmp_path / "sager.csv", tmp_path / "sager.toml"
    path.write_text("By;Art;Dag\nSkive;1390;14.3.2022\nSkive;1390;30.3.2022\nSkive;1390;1.4.2022\n", "utf-8")
    mapping.write_text(
        MAPPING.replace('count = "Tal"\n', "").replace('"Tid"', '"Dag"') + 'rows = "cases"\n', "utf-8"
    )
    found = read(path, mapping=mapping)
    assert dict(zip(map(str, found.periods), found.values.tolist(), strict=True)) == {
        "2022M03": 2,
        "2022M04": 1,
    }
    assert codes(found) == ["dates"]


def test_it_asks_whether_first_days_of_quarters_are_quarters(own: Callable[..., Counts]) -> None:
    rows = "".join(f"Skive;1390;2022-{month}-01;30\n" for month in ("01", "04", "07", "10"))
    with pytest.raises(BadFile, match="kvartaler eller måneder"):
        own(rows)
    assert str(own(rows, 'dates = "quarter"\n').latest) == "2022Q4"


def test_it_says_which_columns_it_did_not_look_at(own: Callable[..., Counts]) -> None:
    found = own("Skive;1390;2022M01;3;M\n", head="By;Art;Tid;Tal;Køn\n")
    assert "Køn" in found.warnings[0].message
    assert "alle rækker er talt med" in found.warnings[0].message
