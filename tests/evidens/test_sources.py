"""Files in, one tidy table or a sentence about the line that is wrong."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidens import places
from evidens.counts import Counts
from evidens.errors import BadFile, BadRequest, Unavailable
from evidens.sources import read
from evidens.sources.example import example, example_population
from evidens.sources.population import read_population

HEAD = "OMRÅDE;OVERTRÆD;TID;INDHOLD\r\n"
ROWS = [
    f"{place};1320;{period};{count}\r\n"
    for place, count in (("851", 7), ("860", 3))
    for period in ("2020K1", "2021K1")
]


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str | bytes], Path]:
    """Write a file and give its path."""

    def write(content: str | bytes, name: str = "udtræk.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8-sig"))
        return path

    return write


def test_it_reads_statbanks_own_file(file: Any) -> None:
    found = read(file(HEAD + "".join(ROWS)))
    assert (len(found), int(found.values.sum()), found.warnings) == (4, 20, ())
    assert found.table.column_names == ["place", "offence", "period", "count"]
    assert found.table.to_pylist()[0] == {"place": "851", "offence": "1320", "period": "2020Q1", "count": 7}
    assert found.source.table == "STRAF11"
    assert len(found.source.sha256) == 64


def test_it_reads_texts_codes_and_both_alike(file: Any) -> None:
    texts = "Aalborg;Indbrud i beboelser;2021K1;7\r\n"
    both = "851 Aalborg;1320 Indbrud i beboelser;2021K1 2021K1;7\r\n"
    english = "REGION;TYPE OF OFFENCE;TIME;CONTENTS\r\nAalborg;Residential burglaries;2021Q1;7\r\n"
    for content in (HEAD + texts, HEAD + both, english):
        assert read(file(content)).table.to_pylist() == [
            {"place": "851", "offence": "1320", "period": "2021Q1", "count": 7}
        ]


def test_it_reads_a_packed_file(file: Any) -> None:
    assert len(read(file(gzip.compress((HEAD + "".join(ROWS)).encode()), "a.csv.gz"))) == 4


def test_it_keeps_unknown_zero_and_missing_apart(file: Any) -> None:
    found = read(file(HEAD + "851;1320;2020K1;0\r\n851;1320;2020K2;..\r\n860;1320;2020K2;4\r\n"))
    cube = found.cube
    assert cube[0, 0, 0] == 0
    assert np.isnan(cube[0, 0, 1])
    aalborg = places.place("municipality:851")
    assert found.count(aalborg, ["1320"], found.span("2020Q1")) == 0
    with pytest.raises(Unavailable, match="Aalborg mangler 1320 i 2020Q2"):
        found.count(aalborg, ["1320"], found.span("2020Q2"))


def test_it_gives_no_sum_from_eight_of_nine(file: Any) -> None:
    nine = places.place("district:1460")
    rows = "".join(f"{code};1320;2021K1;1\r\n" for code in nine.members[:-1])
    found = read(file(HEAD + rows))
    with pytest.raises(Unavailable, match="kan ikke laves af de øvrige") as gone:
        found.count(nine, ["1320"], found.span("2021Q1"))
    assert gone.value.known["missing_places"] == [nine.members[-1]]


def test_it_never_takes_regions_or_municipalities_for_the_country(straf11: Counts) -> None:
    with pytest.raises(Unavailable, match="hele landet"):
        straf11.count(places.place("country"), ["1252", "1255"], straf11.span("2021Q1..2021Q3"))


def test_it_fills_a_region_from_its_municipalities_only_when_all_are_there(straf11: Counts) -> None:
    region, municipalities = places.place("region:081"), places.place("region:081").members
    parts = [
        straf11.count(places.place(f"municipality:{code}"), ["1"], straf11.span("2019Q4"))
        for code in municipalities
    ]
    assert straf11.count(region, ["1"], straf11.span("2019Q4")) == sum(parts)


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (HEAD + ROWS[0] + "860;1320;2021", "truncated", 3),
        (HEAD + "851;1320;2020K1;-3\r\n", "negative_count", 2),
        (HEAD + "851;1320;2020K1;8,0\r\n", "not_integer", 2),
        (HEAD + "851;1320;2020K1;mange\r\n", "not_a_number", 2),
        (HEAD + "851;1320;2020K5;3\r\n", "bad_period", 2),
        (HEAD + "851;1320;2020K1;3;4\r\n" + ROWS[0], "ragged_row", 2),
        (HEAD + "851;1320;2020K1;1.200\r\n851;1320;2020K2;1300\r\n", "thousands_separator", 2),
        (HEAD + ROWS[0] + "851;1320;2020K1;8\r\n", "conflicting_rows", 3),
        ("OMRÅDE;TID;INDHOLD\r\n851;2020K1;3\r\n", "missing_column", 1),
        ("\ufeff", "empty_file", None),
        (b"\x00\x01\x02", "not_csv", None),
    ],
)
def test_it_refuses_whole_and_names_the_line(
    file: Any, content: str | bytes, code: str, line: int | None
) -> None:
    with pytest.raises(BadFile) as refused:
        read(file(content))
    first = refused.value.problems[0]
    assert (first.code, first.line) == (code, line)
    assert first.message.endswith((".", ":", "over."))


def test_it_says_what_is_odd_and_goes_on(file: Any) -> None:
    found = read(file(HEAD + "".join(ROWS) + ROWS[0] + "899;1320;2020K1;3\r\n"))
    assert {warning.code for warning in found.warnings} == {"duplicate_rows", "unknown_area"}
    assert int(found.values.sum()) == 20
    assert next(w for w in found.warnings if w.code == "unknown_area").lines == (7,)


def test_it_notices_a_quarter_that_is_a_copy(file: Any) -> None:
    codes = places.place("district:1460").members
    rows = "".join(
        f"{code};{offence};2020K{q};{n + 5}\r\n"
        for n, code in enumerate(codes)
        for offence in ("1320", "1316")
        for q in (1, 2)
    )
    found = read(file(HEAD + rows))
    assert [warning.code for warning in found.warnings] == ["identical_periods"]
    assert "2020K2 er den samme som 2020K1 i alle 18 serier" in found.warnings[0].message


def test_it_takes_all_offences_only_when_told_so(file: Any) -> None:
    content = "OMRÅDE;TID;INDHOLD\r\n851;2020K1;3\r\n"
    assert read(file(content), offence="TOT").offences == ("TOT",)


def test_it_names_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="kan ikke læses"):
        read(tmp_path / "findes_ikke.csv")


def test_it_meets_every_expectation_of_the_broken_files(shared: Path) -> None:
    folder = shared / "hand_downloads" / "broken"
    for case in json.loads((folder / "expected.json").read_text("utf-8"))["files"]:
        try:
            found = read(folder / case["file"])
        except BadFile as refused:
            verdict, problems = "refuse", list(refused.problems)
        else:
            verdict, problems = ("accept_with_warning" if found.warnings else "accept"), list(found.warnings)
            if rows := case.get("rows_if_accepted", case.get("rows")):
                assert (len(found), int(found.values.sum())) == (
                    rows,
                    case.get("sum_if_accepted", case.get("sum_INDHOLD")),
                ), case["file"]
        assert verdict in case["allowed_verdicts"], case["file"]
        codes = [problem.code for problem in problems]
        assert (case["problem"] in codes) if case["problem"] else not codes, case["file"]
        lines = {line for problem in problems for line in (problem.line, *problem.lines)}
        assert set(case.get("lines", [])) | {
            case[k] for k in ("line", "line_not_whole") if k in case
        } <= lines | {None}, case["file"]
    texts = _told(folder)
    assert "503 - Tjenesten er ikke tilgængelig" in texts["03_html_error_page.csv"]
    assert "OMRÅDE, TID, INDHOLD" in texts["09_missing_column.csv"]
    assert "846 Mariagerfjord mangler 1320" in texts["06_unknown_municipality.csv"]
    assert "22 tal på 1.000" in texts["04_thousands_separators.csv"]
    assert "komma" in texts["02_comma_delimiter.csv"]
    assert "2019K4 er den samme som 2019K3 i alle 40 serier" in texts["12_2019K4_copy_of_2019K3.csv"]


def _told(folder: Path) -> dict[str, str]:
    told = {}
    for path in folder.glob("*.csv"):
        try:
            told[path.name] = " ".join(warning.text() for warning in read(path).warnings)
        except BadFile as refused:
            told[path.name] = str(refused)
    return told


@pytest.mark.parametrize(
    "name", ["straf11_TOT_kommuner_wide_latin1.csv", "straf11_TOT_kommuner_wide_damaged_letters.csv"]
)
def test_it_reads_what_people_download_by_hand(shared: Path, straf11: Counts, name: str) -> None:
    found = read(shared / "hand_downloads" / name, offence="TOT")
    assert len(found.places) == 100
    for row, code in enumerate(found.places):
        if code == "998":
            continue
        theirs = straf11.cube[straf11.places.index(code), straf11.offences.index("TOT")]
        both = ~np.isnan(theirs)
        assert np.array_equal(found.cube[row, 0][both], theirs[both]), code
    assert found.warnings


def test_it_reads_english_wide_and_sparse_heads(shared: Path, straf11: Counts) -> None:
    wide = read(shared / "hand_downloads" / "straf11_regionwise_en_comma_wide_latin1.csv")
    assert (len(wide.places), len(wide.offences), str(wide.latest)) == (13, 90, "2019Q3")
    for place in ("081", "851", "825"):
        ours = wide.cube[wide.places.index(place), wide.offences.index("1320")]
        theirs = straf11.cube[straf11.places.index(place), straf11.offences.index("1320")][: len(ours)]
        assert np.array_equal(ours, theirs)
    sparse = shared / "hand_downloads" / "straf22_kommuner_matrix_sparse_heads_en.csv"
    reported, charged = read(sparse), read(sparse, kind="charged")
    assert reported.source.table == "STRAF22"
    assert int(reported.values.sum()) > int(charged.values.sum()) > 0
    whole = read(shared / "straf22" / "straf22_2007_2020.csv.gz")
    at = whole.places.index("101"), whole.offences.index("TOT")
    assert np.array_equal(
        whole.cube[at], reported.cube[reported.places.index("101"), reported.offences.index("TOT")]
    )


MAPPING = """
[columns]
place = "Kommune"
offence = "Gerning"
period = "Måned"
count = "Antal"
[offences]
"Indbrud, villa" = "1320"
[source]
publisher = "Nordjyllands Politi"
table = "Udtræk"
extracted_on = 2022-01-10
zeros = "left out"
"""


def test_it_reads_an_own_extract_with_a_mapping(file: Any) -> None:
    mapping = file(MAPPING, "oversaettelse.toml")
    mapping.write_text(MAPPING, "utf-8")
    extract = file(
        "Kommune;Gerning;Måned;Antal\n"
        'Aalborg;"Indbrud, villa";2021-01;4\nHjørring;"Indbrud, villa";2021-03;2\n'
    )
    found = read(extract, mapping=mapping)
    assert (found.freq, found.source.publisher, str(found.source.extracted_on)) == (
        "M",
        "Nordjyllands Politi",
        "2022-01-10",
    )
    assert found.count(places.place("municipality:851"), ["1320"], found.span("2021Q1")) == 4, (
        "zeros were left out"
    )


def test_it_cannot_tell_an_unknown_from_a_zero_that_was_left_out(file: Any) -> None:
    mapping = file("x", "oversaettelse.toml")
    mapping.write_text(MAPPING, "utf-8")
    with pytest.raises(BadFile, match="ukendte") as refused:
        read(
            file("Kommune;Gerning;Måned;Antal\nAalborg;1320;2021-01;4\nAalborg;1320;2021-02;..\n"),
            mapping=mapping,
        )
    assert refused.value.problems[0].line == 3


@pytest.mark.parametrize(
    "text",
    [
        'columns = 3\n[source]\npublisher = "x"',
        MAPPING.replace("2022-01-10", '"2022-01-10"'),
        "[columns",
        b"\xff\xfe\xff",
    ],
)
def test_it_answers_a_strange_mapping_in_words(file: Any, tmp_path: Path, text: str | bytes) -> None:
    mapping = tmp_path / "sær.toml"
    mapping.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadRequest, match="oversættelse"):
        read(file(HEAD + ROWS[0]), mapping=mapping)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (HEAD + "851;1320;2021K1;3\r\n851;1320;2020;3\r\n", "mixed_periods"),
        (HEAD + "851;1320;2021K1;99999999999999999999\r\n", "not_a_number"),
        ("OMRÅDE;OVERTRÆD;TID;INDHOLD;INDHOLD\r\n851;1320;2021K1;3;4\r\n", "double_column"),
        (HEAD + "851;1320;0000K1;3\r\n", "bad_period"),
    ],
)
def test_it_refuses_what_it_would_otherwise_misread(file: Any, content: str, code: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(file(content))
    assert refused.value.problems[0].code == code


def test_it_takes_no_counts_for_inhabitants(file: Any) -> None:
    with pytest.raises(BadFile, match="ikke folketal"):
        read_population(file(HEAD + ROWS[0]))
    with pytest.raises(BadFile, match="pakken er ikke hel"):
        read(file(gzip.compress(b"x" * 5000)[:20], "a.csv.gz"))


def test_it_says_which_word_of_an_extract_it_does_not_know(file: Any) -> None:
    mapping = file("x", "oversaettelse.toml")
    mapping.write_text(MAPPING, "utf-8")
    with pytest.raises(BadFile) as refused:
        read(
            file("Kommune;Gerning;Måned;Antal\nAtlantis;Indbrud, båd;2021-01;4\nAalborg;1320;2021-13;x\n"),
            mapping=mapping,
        )
    assert [problem.code for problem in refused.value.problems] == [
        "unknown_area",
        "unknown_offence",
        "bad_period",
        "not_a_number",
    ]
    assert "[offences]" in str(refused.value)


def test_it_shows_a_whole_mapping_when_one_is_half(file: Any, tmp_path: Path) -> None:
    half = tmp_path / "halv.toml"
    half.write_text('[columns]\nplace = "Kommune"\n[source]\npublisher = "X"\n', "utf-8")
    with pytest.raises(BadRequest, match="zeros"):
        read(file(HEAD), mapping=half)


def test_it_reads_population(shared: Path) -> None:
    from evidens.trend import inhabitants

    found = read_population(shared / "population" / "folk1a_kommuner_2008K1_2022K3.csv")
    whole = found.series(places.Place("country", "sum", "", places.place("country").members, None), ["TOT"])
    assert whole[found.positions(found.span("2020Q1"))][0] == 5_822_763
    assert inhabitants(found, places.place("country"), found.span("2020Q1")) == pytest.approx(
        (5_822_763 + 5_824_857) / 2
    )


def test_it_ships_official_counts_with_their_source(straf11: Counts) -> None:
    ours = example()
    assert ours.source.credit().endswith("statistikbanken.dk/straf11")
    assert {"000", *places.place("district:1460").members} <= set(ours.places)
    for row, place in enumerate(ours.places):
        for column, offence in enumerate(ours.offences):
            theirs = straf11.cube[straf11.places.index(place), straf11.offences.index(offence)][40:]
            assert np.array_equal(ours.cube[row, column], theirs, equal_nan=True)
    assert example_population().cube[0, 0, 12] == 5_822_763


def test_it_calls_nothing_a_charge_that_the_file_does_not(file: Any) -> None:
    with pytest.raises(BadRequest, match="Udelad --kind"):
        read(file(HEAD + ROWS[0]), kind="charged")
