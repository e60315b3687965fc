"""`./run manuscript read|check FILE`: Danish lines, JSON, and an exit code."""

import json
from pathlib import Path

import pytest

from manuscript.cli import main
from manuscript.reading import read
from tests.manuscript.small_plan import PLAN


@pytest.fixture
def file(tmp_path: Path) -> str:
    """The small plan as a file."""
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, "utf-8")
    return str(path)


def test_it_shows_what_a_file_holds(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", file]) == 0
    first, towns, *rest = capsys.readouterr().out.splitlines()
    assert first == "Samarbejdsplan 2022 (samarbejdsplan, 2022, Nordjyllands Politi)"
    assert towns == "Kommuner: Hjørring Kommune, Læsø Kommune, Brønderslev Kommune"
    assert "  linje   17  01     Hvordan vi arbejder sammen" in rest
    assert rest[-1].startswith("6 afsnit, 2 indsatsområder, ")


def test_it_gives_json_to_other_programs(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", file, "--json"]) == 0
    found, _ = read(PLAN.encode(), "plan.txt")
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(found.as_json()))


def test_it_tells_what_stops_a_release(file: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", file]) == 0
    out = capsys.readouterr().out.splitlines()
    assert any(line.startswith("! linje") and "Dobbelt afsnit" in line for line in out)
    assert any(line.startswith("  linje") for line in out)
    assert out[-1].endswith("af dem skal rettes eller forklares før offentliggørelse.")


@pytest.mark.parametrize("command", ["read", "check"])
def test_it_says_why_it_cannot(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "halv.docx"
    file.write_bytes(b"PK\x03\x04 halv")
    assert main([command, str(file)]) == 2
    assert main([command, "/findes/ikke.txt"]) == 2
    shown = capsys.readouterr()
    assert "halv.docx: Filen er gået i stykker" in shown.err
    assert "kunne ikke åbnes" in shown.err
    assert shown.out == ""


def test_it_shows_its_commands_when_none_is_given(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "manuscript check plan.docx" in capsys.readouterr().out
