"""Workbooks in and out, years side by side, what was revised, and counts that are no list of persons."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from evidens import cells, offences, places, population, recidivists, revisions, rolling, trend
from evidens.cli import main
from evidens.errors import BadFile
from evidens.periods import Period
from evidens.report import workbook
from evidens.sources import read
from evidens.sources.example import example, example_population
from tests.evidens.test_trend import counts

HEAD = ["OMRÅDE", "OVERTRÆD", "TID", "INDHOLD"]
DAY = date(2023, 8, 15)


def book(path: Path, **sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd-mm-yyyy"}) as made:
        for name, rows in sheets.items():
            page = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    page.write(number, column, cell)
    return path


def sheets(path: Path) -> dict[str, list[list[Any]]]:
    opened = CalamineWorkbook.from_path(str(path))
    return {name: opened.get_sheet_by_name(name).to_python() for name in opened.sheet_names}


def test_it_reads_a_workbook_with_title_numbers_and_notes(tmp_path: Path) -> None:
    rows = [["Hærværk i to kommuner"], [], HEAD, [851, 1390, "2022K1", 14], ["0860", 1390, "2022K1", 9.0]]
    rows[-1][0] = 860
    found = read(book(tmp_path / "a.xlsx", Ark1=[*rows, ["Kilde: eget udtræk, ikke offentligt."]]))
    assert found.table.to_pylist()[1] == {"place": "860", "offence": "1390", "period": "2022Q1", "count": 9}
    assert [problem.code for problem in found.warnings] == ["frame"]
    assert found.warnings[0].line == 3


def test_it_names_the_row_of_a_workbook_that_is_wrong(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", Ark1=[HEAD, [851, 1390, "2022K1", 3], [851, 1390, "2022K2", 2.5]])
    with pytest.raises(BadFile) as refused:
        read(path)
    assert {problem.line for problem in refused.value.problems} == {3}


def test_it_takes_the_sheet_that_holds_the_table(tmp_path: Path) -> None:
    table = [HEAD, [851, 1390, "2022K1", 3]]
    assert len(read(book(tmp_path / "a.xlsx", Forside=[["Om tallene"]], Data=table))) == 1
    with pytest.raises(BadFile, match="flere ark"):
        read(book(tmp_path / "b.xlsx", Et=table, To=table))


def test_it_refuses_what_only_looks_like_a_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 ikke mere")
    with pytest.raises(BadFile, match="projektmappe"):
        read(path)


def test_it_reads_days_in_a_workbook_of_cases(tmp_path: Path) -> None:
    rows = [
        ["By", "Art", "Dag"],
        ["Skive", 1390, datetime(2022, 3, 14)],
        ["Skive", 1390, datetime(2022, 3, 30)],
    ]
    mapping = tmp_path / "a.toml"
    mapping.write_text(
        '[columns]\nplace = "By"\noffence = "Art"\nperiod = "Dag"\n'
        '[source]\npublisher = "Kredsen"\nzeros = "left out"\nrows = "cases"\ndates = "month"\n',
        "utf-8",
    )
    found = read(book(tmp_path / "a.xlsx", Ark1=rows), mapping=mapping)
    assert (found.values.tolist(), found.periods) == ([2], (Period.parse("2022M03"),))


def test_it_writes_text_that_no_spreadsheet_runs(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    bad = '=HYPERLINK("http://example.invalid")'
    workbook.write(path, [workbook.Sheet("Ark", ["Sted", "Tal"], [[bad, 3], ["+1", None]], ["@note"])])
    assert sheets(path)["Ark"][1] == ["'" + bad, 3.0]
    assert b"<f>" not in path.read_bytes()
    assert cells.safe("\t=1") == "'\t=1"


def test_it_writes_the_same_bytes_for_the_same_question(tmp_path: Path, capsys: Any) -> None:
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        question = ["--offences", "1320,1332", "--places", "district:1460/municipalities", "--span", "2021"]
        assert main(["workbook", "example", *question, "--out", str(tmp_path / name)]) == 0
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    found = sheets(tmp_path / "a.xlsx")
    assert list(found) == ["Ændring", "År for år", "Rullende år"]
    assert len([row for row in found["Ændring"] if row[1] in ("Indbrud i beboelse", "Butikstyveri")]) == 18
    text = str(found)
    assert "18 sammenligninger" in text
    assert "Danmarks Statistik" in text
    assert "18 sammenligninger" in capsys.readouterr().out


def test_it_puts_years_side_by_side_and_says_what_it_does_not_know() -> None:
    table = counts({"851": [10, 20, 30, 40] * 3}, start="2020Q1")
    where = places.place("municipality:851")
    found = rolling.side_by_side(table, offences.choose("1320"), where, table.span("2022Q1..2022Q2"), 4)
    assert [str(span) for span in found.spans][-1] == "2022Q1..2022Q2"
    assert found.counts == (None, 30, 30, 30)


def test_it_sums_the_last_whole_year_at_every_quarter() -> None:
    table = counts({"851": [10, 20, 30, 40, 50]}, start="2020Q1")
    found = rolling.whole_years(table, offences.choose("1320"), places.place("municipality:851"))
    assert [(str(period), total) for period, total in found] == [("2020Q4", 100), ("2021Q1", 140)]


def test_it_says_where_a_law_changed_between_two_years() -> None:
    table = counts({"851": [10] * 12}, start="2019Q1", code="1120")
    found = rolling.side_by_side(
        table, offences.choose("1120"), places.place("municipality:851"), table.span("2021"), 3
    )
    assert found.redefined == (2021,)


def test_it_tells_what_was_revised(tmp_path: Path, capsys: Any) -> None:
    head = "OMRÅDE;OVERTRÆD;TID;INDHOLD\n"
    (tmp_path / "a.csv").write_text(
        head + "851;1390;2022K1;14\n851;1390;2022K2;9\n860;1390;2022K1;4\n", "utf-8"
    )
    (tmp_path / "b.csv").write_text(
        head + "851;1390;2022K1;17\n851;1390;2022K2;9\n851;1390;2022K3;8\n", "utf-8"
    )
    old, new = read(tmp_path / "a.csv"), read(tmp_path / "b.csv")
    found = revisions.between(old, new)
    assert (found.both, found.added, found.gone, found.difference) == (2, 1, 1, 3)
    assert [(one.name, str(one.period), one.old, one.new) for one in found.changed] == [
        ("Aalborg", "2022Q1", 14, 17)
    ]
    [gone] = found.gone_cells
    assert (gone.name, gone.offence, str(gone.period), gone.old) == ("Hjørring", "1390", "2022Q1", 4)
    assert (found.places_gone, found.offences_gone, found.zero) == (("860",), (), ())
    assert main(["compare", str(tmp_path / "a.csv"), str(tmp_path / "b.csv")]) == 0
    told = capsys.readouterr().out
    assert "1 er rettet (i alt 3)" in told
    assert "Helt væk i det nye udtræk, og det er ikke 0: steder 860." in told
    assert main(["compare", str(tmp_path / "a.csv"), str(tmp_path / "b.csv"), "--json"]) == 0
    record = json.loads(capsys.readouterr().out)
    assert record["difference"] == 3
    assert record["gone_cells"] == [{"place": "860", "offence": "1390", "period": "2022Q1", "old": 4}]


def test_a_code_that_disappears_is_gone_and_a_zero_is_a_zero(tmp_path: Path) -> None:
    head = "OMRÅDE;OVERTRÆD;TID;INDHOLD\n"
    (tmp_path / "a.csv").write_text(
        head + "851;1252;2022K1;14\n851;1255;2022K1;9\n851;1252;2022K2;5\n851;1255;2022K2;3\n", "utf-8"
    )
    (tmp_path / "b.csv").write_text(head + "851;1252;2022K1;0\n851;1252;2022K2;5\n", "utf-8")
    found = revisions.between(read(tmp_path / "a.csv"), read(tmp_path / "b.csv"))
    assert [(one.offence, one.old, one.new) for one in found.zero] == [("1252", 14, 0)]
    assert [(one.offence, str(one.period), one.old) for one in found.gone_cells] == [
        ("1255", "2022Q1", 9),
        ("1255", "2022Q2", 3),
    ]
    assert (found.gone, found.offences_gone, found.places_gone) == (2, ("1255",), ())
    assert found.difference == -14, "what is gone is no fall"


def test_it_counts_reports_of_unknown_place_as_a_place() -> None:
    table = example()
    unknown = places.place("unknown")
    assert places.place("municipality:998") == unknown
    assert unknown.at("en") == "in an unknown municipality"
    parts = [table.count(places.place(key), ["TOT"], table.span("2021")) for key in ("country", "unknown")]
    regions = [
        table.count(one, ["TOT"], table.span("2021"))
        for one in places.several("region:081,region:082,region:083,region:084,region:085")
    ]
    assert parts[0] == sum(regions) + parts[1]


def test_it_takes_unknown_places_out_of_the_country_that_they_are_compared_with() -> None:
    table = example()
    span = table.span("2021")
    found = trend.change(
        table,
        offences.choose("TOT"),
        places.place("unknown"),
        span,
        span.year_before(),
        compare=places.place("country"),
    )
    country = table.count(places.place("country"), ["TOT"], span)
    assert found.compare.test.rest[1] == country - found.after  # type: ignore[union-attr]


def test_it_widens_a_rate_by_its_own_variation() -> None:
    place, span = places.place("municipality:851"), example().span("2021")
    plain = population.rate(239, example_population(), place, span)
    wide = population.rate(239, example_population(), place, span, phi=4.0)
    assert plain is not None
    assert wide is not None
    assert plain.value == wide.value
    assert (wide.high - wide.low) / (plain.high - plain.low) == pytest.approx(2, rel=0.05)
    answer = trend.change(
        example(), offences.choose("1320"), place, span, None, population=example_population()
    )
    assert answer.rate_after.high > plain.high  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ([0, 90], True),
        ([90, 90], True),
        ([91, 91], False),
        ([0], False),
        ([0, 5 * 365 + 1], True),  # the same date five years ago: one leap day in between
        ([0, 5 * 365 + 2], False),
        ([-1, 0], False),
        ([], False),
    ],
)
def test_it_counts_both_boundary_days_of_the_rule(days: list[int], expected: bool) -> None:
    charges = [DAY - timedelta(days=back) for back in days]
    assert recidivists.is_recidivist(charges, DAY) == expected


def test_it_knows_the_29th_of_february() -> None:
    leap = date(2024, 2, 29)
    assert recidivists.is_recidivist([leap, date(2019, 2, 28)], leap)
    assert not recidivists.is_recidivist([leap, date(2019, 2, 27)], leap)


def test_it_tells_no_small_number_of_persons() -> None:
    theirs = {str(n): [DAY, DAY - timedelta(days=400)] for n in range(6)}
    assert recidivists.number(theirs, DAY) == 6
    del theirs["0"], theirs["1"]
    assert recidivists.number(theirs, DAY) is None
    assert recidivists.number({"0": [DAY]}, DAY) == 0
