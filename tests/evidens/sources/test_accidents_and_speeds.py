"""Accident rows and speed readings: every fault with line, column, value and mend, and nothing half read."""

from datetime import date
from pathlib import Path

import pytest

from evidens.errors import BadFile, BadRequest
from evidens.sources import accidents, speeds

TODAY = date(2022, 1, 28)
HEAD = "key;date;severity;road_user;x;y;counterpart;age\n"
GOOD = HEAD + "1;2021-09-14;let;cykel;556000;6320000;personbil;41\n2;2021-09-14;alvorlig;gang;;;;80\n"
SPEED_HEAD = "stretch;from;to;mean;p85;n;over\n"
SPEED = SPEED_HEAD + "A;2021-11-08;2021-11-12;46,2;53;1482;0,32\n"


def read(tmp_path: Path, text: str, encoding: str = "utf-8", **more: object) -> accidents.Accidents:
    file = tmp_path / "uheld.csv"
    file.write_bytes(text.encode(encoding))
    return accidents.read(file, TODAY, **more)  # type: ignore[arg-type]


def test_it_keeps_what_the_source_wrote_beside_what_it_is_in_common(tmp_path: Path) -> None:
    one, other = read(tmp_path, GOOD).danish()
    assert (one.road_user, one.severity, one.severity_raw, one.x, one.y, one.age) == (
        "cyklist",
        "let",
        "let",
        556000,
        6320000,
        41,
    )
    assert (other.x, other.y, other.line) == (None, None, 3)


def test_a_pedestrians_fall_alone_is_kept_and_not_counted(tmp_path: Path) -> None:
    one, other = read(tmp_path, GOOD).rows
    assert one.counted
    assert not other.counted
    assert "fodgænger" in other.why_not


def test_an_electric_scooter_has_a_code_of_its_own(tmp_path: Path) -> None:
    [one] = read(tmp_path, HEAD + "1;2021-09-14;let;elløbehjul;;;bil;20\n").rows
    assert (one.road_user, one.code) == ("andre", "elløbehjul")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_it_reads_other_encodings(tmp_path: Path, encoding: str) -> None:
    [one] = read(tmp_path, HEAD + "1;2021-09-14;dræbt;fodgænger;;;bil;20\n", encoding).rows
    assert (one.severity, one.road_user) == ("dræbt", "fodgænger")


def test_it_reads_a_file_with_names_of_its_own(tmp_path: Path) -> None:
    text = "løbenr;dato;skade;færdsel\n7;2021-01-02;let;bil\n"
    names = {"key": "løbenr", "date": "dato", "severity": "skade", "road_user": "færdsel"}
    assert read(tmp_path, text, columns=names).rows[0].key == "7"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1;2022-02-01;let;bil;;;;", "Linje 2: Datoen 2022-02-01 ligger i fremtiden. I dag er 2022-01-28."),
        ("1;14/9-21;let;bil;;;;", "ikke en dato"),
        ("1;2021-09-14;let;bil;9,98;57,46;;", "x = 9,98 ligner grader"),
        ("1;2021-09-14;let;bil;6320000;556000;;", "byttet om"),
        ("1;2021-09-14;let;bil;556000;;;", "Kun x eller y"),
        ("1;2021-09-14;let;bil;100;200;;", "uden for Danmark"),
        ("1;2021-09-14;let;bil;fem;6320000;;", "ikke et tal"),
        ("1;2021-09-14;slem;bil;;;;", "“slem” kendes ikke"),
        ("1;2021-09-14;let;hest;;;;", "“hest” kendes ikke"),
        ("1;2021-09-14;let;bil;;;;130", "Alderen er 130"),
        (";2021-09-14;let;bil;;;;", "intet nummer"),
        ("1;2021-09-14;let;bil;;;;\n1;2021-09-15;let;bil;;;;", "står også på linje 2"),
    ],
)
def test_it_names_every_fault_with_its_mend(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(BadFile) as fault:
        read(tmp_path, f"{HEAD}{row}\n")
    assert said in str(fault.value)
    assert all(problem.mend and problem.line for problem in fault.value.problems)


def test_it_tells_all_faults_of_a_file_together(tmp_path: Path) -> None:
    with pytest.raises(BadFile) as fault:
        read(tmp_path, HEAD + "1;i går;slem;hest;;;;\n2;2021-09-14;let;bil;9,9;57,4;;\n")
    assert len(fault.value.problems) == 4


def test_british_rows_are_never_shown_beside_danish(shared: Path) -> None:
    found = accidents.read(shared / "accidents" / "stats19_sample_1000.csv", TODAY, "stats19")
    assert (len(found.rows), found.country) == (1000, "GB")
    severities = [row.severity for row in found.rows]
    assert [severities.count(word) for word in ("let", "alvorlig", "dræbt")] == [845, 146, 9]
    with pytest.raises(BadRequest, match="ikke danske"):
        found.danish()
    with pytest.raises(BadRequest, match="kendes ikke"):
        accidents.read(Path("x.csv"), TODAY, "uheld")


def test_it_reads_speed_readings(tmp_path: Path) -> None:
    file = tmp_path / "fart.csv"
    file.write_text(SPEED, "utf-8")
    [one] = speeds.read(file, TODAY)
    assert (one.mean, one.p85, one.cars, one.over, one.sd) == (46.2, 53.0, 1482, 0.32, None)
    assert one.first == date(2021, 11, 8)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A;2021-11-12;2021-11-08;46;53;9;", "før den begynder"),
        ("A;2021-11-08;2022-11-12;46;53;9;", "i fremtiden"),
        ("A;8/11;2021-11-12;46;53;9;", "ikke en dato"),
        ("A;2021-11-08;2021-11-12;53;46;9;", "85 % kører under 46"),
        ("A;2021-11-08;2021-11-12;400;460;9;", "400 km/t"),
        ("A;2021-11-08;2021-11-12;46;53;9;32", "mellem 0 og 1"),
        ("A;2021-11-08;2021-11-12;46;53;-9;", "det mindste er 0"),
        ("A;2021-11-08;2021-11-12;46;53;9;\nA;2021-11-08;2021-11-12;46;53;9;", "samme dage på linje 2"),
    ],
)
def test_it_refuses_faulty_readings(tmp_path: Path, row: str, said: str) -> None:
    file = tmp_path / "fart.csv"
    file.write_text(f"{SPEED_HEAD}{row}\n", "utf-8")
    with pytest.raises(BadFile) as fault:
        speeds.read(file, TODAY)
    assert said in str(fault.value)
