"""The command as an analyst meets it: answers, exit codes, sentences, no traceback."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from evidens.cli import main
from tests.evidens.bank import ALL, Server

PLAN = ["--span", "2021Q1..2021Q3", "--against", "2020Q1..2020Q3"]
TREND = [
    "trend",
    "example",
    "--offence",
    "1252,1255",
    "--place",
    "district:1460",
    *PLAN,
    "--compare",
    "country",
]


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(list(arguments))
    out, err = capsys.readouterr()
    return code, out, err


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    code, out, _ = run(capsys, *arguments, "--json")
    return code, json.loads(out)


def test_it_gives_the_promised_json(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(capsys, *TREND, "--population", "example")
    assert (code, found["available"], found["before"], found["after"], found["change_pct"]) == (
        0,
        True,
        614,
        510,
        -16.94,
    )
    assert found["compare"]["available"] is False
    assert found["rate_before"] > found["rate_after"] > 0
    assert {"code", "text_da"} <= set(found["reservations"][0])
    assert found["source"].endswith("statistikbanken.dk/straf11")


def test_it_gives_one_object_per_place(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(
        capsys, "table", "example", "--offence", "1320", "--places", "district:1460/municipalities", *PLAN
    )
    assert code == 0
    assert sum(one["after"] for one in found) == 514
    assert {one["family"] for one in found} == {9}
    _, level = answer(
        capsys, "table", "example", "--offence", "1320", "--places", "district:1460", "--span", "2021"
    )
    assert (level[0]["before"], level[0]["after"]) == (None, 703)


def test_it_answers_three_when_the_figure_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(capsys, "trend", "example", "--offence", "straffelov", "--place", "country", *PLAN)
    assert (code, found["available"]) == (3, False)
    assert found["known"]["five_regions"]["before"] == 207_644
    code, out, _ = run(capsys, "trend", "example", "--offence", "1320", "--place", "municipality:101", *PLAN)
    assert code == 3
    assert "foreligger ikke" in out


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["trend", "example", "--offence", "9999", "--place", "country", "--span", "2021"], "findes ikke"),
        (["trend", "example", "--offence", "12,1252", "--place", "country", "--span", "2021"], "to gange"),
        (["trend", "example", "--offence", "1320", "--place", "Aalborg", "--span", "2021"], "ikke et sted"),
        (["trend", "example", "--offence", "1320", "--place", "country", "--span", "2021Q9"], "perioder"),
        (
            ["trend", "findes_ikke.csv", "--offence", "1320", "--place", "country", "--span", "2021"],
            "kan ikke læses",
        ),
        (["chart", "funnel", "example", "--offence", "1320", "--out", "x.svg"], "folketal"),
        (["read", "example", "--extracted", "i går"], None),
        ([], None),
    ],
)
def test_it_answers_two_with_a_sentence_for_a_bad_argument(
    capsys: pytest.CaptureFixture[str], arguments: list[str], why: str | None
) -> None:
    code, out, err = run(capsys, *arguments)
    assert "Traceback" not in out + err
    if why:
        assert code == 2
        assert why in err


def test_it_answers_two_for_what_the_parser_refuses(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(["trend", "example"])
    assert left.value.code == 2


def test_it_reads_and_refuses(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    good, bad = tmp_path / "god.csv", tmp_path / "daarlig.csv"
    good.write_text("OMRÅDE;OVERTRÆD;TID;INDHOLD\n851;1320;2021K1;7\n", "utf-8-sig")
    bad.write_text("OMRÅDE;OVERTRÆD;TID;INDHOLD\n851;1320;2021K1;-7\n", "utf-8-sig")
    assert answer(capsys, "read", str(good))[1]["verdict"] == "accept"
    code, found = answer(capsys, "read", str(bad))
    assert (code, found["verdict"], found["problems"][0]["line"]) == (2, "refuse", 2)
    assert "1 tal læst" in run(capsys, "read", str(good))[1]


def test_it_speaks_in_sentences_and_tables(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, *TREND)
    assert out.startswith("Vold efter straffelovens §§ 244-245 i Nordjyllands politikreds")
    assert run(capsys, *TREND, "--lang", "en")[1].startswith("Violence (sections 244-245)")
    _, out, _ = run(
        capsys,
        "table",
        "example",
        "--offence",
        "1320",
        "--places",
        "district:1460/municipalities",
        *PLAN,
        "--population",
        "example",
    )
    assert out.splitlines()[0].split()[:3] == ["Sted", "Før", "Nu"]
    assert "Benjamini-Hochberg" in out


def test_it_checks_claims(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "paastande.json"
    claim = {
        "text": "42% færre",
        "change_pct": -42,
        "offence": "1320",
        "place": "district:1460",
        "span": "2021Q1..2021Q3",
    }
    file.write_text(json.dumps([claim, claim | {"change_pct": -40}]), "utf-8")
    code, found = answer(capsys, "check", "example", "--claims", str(file))
    assert (code, [one["verdict"] for one in found]) == (0, ["reproduces", "does_not_reproduce"])
    assert "kan genfindes" in run(capsys, "check", "example", "--claims", str(file))[1]


def test_it_lists_what_is_worth_a_look(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(
        capsys, "warn", "example", "--places", "district:1460/municipalities", "--offences", "1320,1336"
    )
    assert (code, found["looked_at"]) == (0, 18)
    assert "ikke en alarm" in found["text_da"]
    assert run(capsys, "warn", "example", "--places", "country", "--offences", "1252")[0] == 3


def test_it_draws(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(
        capsys, "chart", "trend", "example", "--offence", "1320", "--out", str(tmp_path / "a.svg")
    )
    assert code == 0
    assert "Indbrud i beboelse" in out
    assert (tmp_path / "a.svg").read_text("utf-8").startswith("<svg")


def test_it_tells_of_youth_and_processes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "Opdigtede tal" in run(capsys, "youth", "example")[1]
    assert run(capsys, "youth", "template")[1].startswith("municipality,band")
    log = tmp_path / "log.csv"
    rows = "".join(f"{case},851,anmeldt,2021-01-01\n{case},851,sigtet,2021-01-11\n" for case in "abcde")
    log.write_text("case,municipality,step,time\n" + rows, "utf-8")
    code, found = answer(capsys, "process", str(log), "--end", "sigtet", "--today", "2021-02-01")
    assert (code, found["edges"][0]["median_days"]) == (0, 10.0)
    assert (
        run(capsys, "process", str(log), "--end", "sigtet", "--today", "2021-02-01", "--threshold", "-5")[0]
        == 2
    )
    assert run(capsys, "process", str(log), "--end", "anmeldt", "--today", "2021-02-01")[0] == 2
    assert run(capsys, "process", str(log), "--end", "sigtet", "--today", "snart")[0] == 2


def test_it_fetches_a_table(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, statbank_server: Server
) -> None:
    select = [f"{name}={','.join(values)}" for name, values in ALL.items()]
    out = tmp_path / "straf11.csv"
    code, said, err = run(
        capsys, "fetch", "STRAF11", *select, "--server", statbank_server.address, "--out", str(out)
    )
    assert (code, "54 rækker" in said, "Henter" in err) == (0, True, True)
    assert run(capsys, "read", str(out))[0] == 0
    assert "OMRÅDE" in run(capsys, "fetch", "STRAF11", "--info", "--server", statbank_server.address)[1]
    assert run(capsys, "fetch", "STRAF11", "OMRÅDE", "--server", statbank_server.address)[0] == 2


def test_its_help_teaches_by_example(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("read", "trend", "table", "check", "warn", "chart", "youth", "process", "fetch"):
        with pytest.raises(SystemExit) as left:
            main([command, "--help"])
        assert left.value.code == 0
        assert f"evidens {command}" in capsys.readouterr().out


def test_it_starts_without_the_heavy_libraries() -> None:
    """A help text must not wait for numpy."""
    heavy = ("numpy", "scipy", "pyarrow", "pandas")
    asked = (
        "import sys; from evidens.cli import parser; parser();"
        f"print([m for m in {heavy} if m in sys.modules])"
    )
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment
    )
    assert done.stdout.strip() == "[]"


def test_it_needs_no_django() -> None:
    """Every module of the package loads where Django cannot be imported."""
    asked = (
        "import sys, pkgutil, importlib;"
        "sys.modules['django'] = None; sys.modules['samraad'] = None;"
        "import evidens;"
        "[importlib.import_module(m.name) for m in pkgutil.walk_packages(evidens.__path__, 'evidens.')];"
        "evidens.change; print('ja')"
    )
    environment = {"PYTHONPATH": str(Path(__file__).resolve().parents[2] / "src")}
    assert (
        subprocess.run(
            [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=environment
        ).stdout.strip()
        == "ja"
    )


def test_trend_is_about_one_place(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(
        capsys, "trend", "example", "--offence", "1320", "--place", "municipality:851,municipality:860", *PLAN
    )
    assert (code, "ikke et sted" in err or "kendes ikke" in err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        [
            "trend",
            "example",
            "--offence",
            "1320",
            "--place",
            "country",
            "--span",
            "2019",
            "--against",
            "2020",
        ],
        ["trend", "example", "--offence", "1320", "--place", "country", "--span", "0000Q1"],
        [
            "trend",
            "example",
            "--offence",
            "1320",
            "--place",
            "country",
            "--span",
            "2021",
            "--groups",
            "findes_ikke.toml",
        ],
        ["chart", "trend", "example", "--offence", "1320", "--out", "/findes/ikke/a.svg"],
        [
            "trend",
            "example",
            "--offence",
            "1320",
            "--place",
            "country",
            "--span",
            "2021",
            "--kind",
            "charged",
        ],
        [
            "trend",
            "example",
            "--offence",
            "1320",
            "--place",
            "country",
            "--span",
            "2021",
            "--compare",
            "country",
        ],
        [
            "warn",
            "example",
            "--places",
            "district:1460/municipalities",
            "--offences",
            "1320",
            "--method",
            "noufaily",
        ],
        ["youth", "example", "--threshold", "0"],
        ["fetch", "STRAF11", "--server", "http://127.0.0.1:9/v1", "--info"],
    ],
)
def test_it_has_a_sentence_for_what_cannot_be_done(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: list[str]
) -> None:
    monkeypatch.setattr("evidens.sources.statbank.PATIENCE", 0.0)
    monkeypatch.setattr("evidens.sources.statbank.TRIES", 0)
    if arguments[0] == "fetch":
        monkeypatch.setattr("socket.socket.connect", _closed)
    code, out, err = run(capsys, *arguments)
    assert code == 2
    assert err.strip().endswith((".", "…"))
    assert "Traceback" not in out + err


def _closed(*_: Any) -> None:
    raise ConnectionRefusedError(111, "lukket")


def test_english_is_english(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        TREND,
        ["table", "example", "--offence", "1320", "--places", "district:1460/municipalities,country", *PLAN],
    ):
        _, out, _ = run(capsys, *arguments, "--lang", "en", "--population", "example")
        assert not any(word in out for word in (" til ", "Egne beregninger", "Interval ved", "sager", " og "))


def test_a_span_of_two_years_is_compared_with_the_two_before(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(
        capsys, "trend", "example", "--offence", "1320", "--place", "country", "--span", "2020..2021"
    )
    assert (code, found["against"]) == (0, "2018Q1..2019Q4")


def test_a_bad_question_is_json_too(capsys: pytest.CaptureFixture[str]) -> None:
    code, found = answer(
        capsys, "trend", "example", "--offence", "9999", "--place", "country", "--span", "2021"
    )
    assert (code, "findes ikke" in found["error"]) == (2, True)


def test_it_names_the_claim_that_makes_no_sense(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "paastande.json"
    claim = {
        "text": "42% færre",
        "change_pct": -42,
        "offence": "1320",
        "place": "district:1460",
        "span": "2021Q1..2021Q3",
    }
    file.write_text(json.dumps([claim, claim | {"place": "Aalborg"}]), "utf-8")
    code, _, err = run(capsys, "check", "example", "--claims", str(file))
    assert (code, err.startswith("Påstand 2")) == (2, True)
