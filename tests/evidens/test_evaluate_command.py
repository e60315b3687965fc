"""`evidens evaluate`: the promised JSON of every design, files with every fault, and refusals in words."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from evidens.cli import main

KEYS = {"estimate", "se", "low", "high", "method", "power", "sentence_da", "reservations"}
WDD = ["wdd", "--treated", "207", "110", "--control", "308", "318"]
SITES = "site;treated;before;after\n" + "".join(
    f"{n};{'ja' if n < 10 else 'nej'};{n % 7 + 3 * (n < 10)};{n % 7}\n" for n in range(60)
)
SERIES = "period,count\n" + "".join(f"{2015 + n // 4}Q{n % 4 + 1},{40 + n % 4}\n" for n in range(28))
SPEED = "stretch;treated;after;mean\n" + "".join(
    f"{name};{treated};{after};{speed + day}\n"
    for name, treated, speeds in (("A", "ja", (50, 47)), ("B", "nej", (60, 60)))
    for after, speed in zip(("nej", "ja"), speeds, strict=True)
    for day in range(3)
)
CASES = "case;step;closed\n" + "".join(
    f"{n};{'ja' if n % 3 else 'spurgt'};{'ja' if n % 5 else 'nej'}\n" for n in range(60)
)


def followed() -> str:
    random = np.random.default_rng(1)
    rows = ["days;ended;began;alder"]
    for _ in range(200):
        days = round(float(random.exponential(300)) + 1, 1)
        began = round(float(random.uniform(0, 120)), 1)
        text = ""
        if random.random() < 0.5 and began < days:
            text = str(began)
        rows.append(f"{days};{int(random.random() < 0.7)};{text};{random.integers(18, 40)}")
    return "\n".join(rows) + "\n"


def table(treated: int) -> str:
    random = np.random.default_rng(2)
    rows = ["place,period,count,treatment"]
    for place in range(45):
        for period in range(2012, 2022):
            on = place < treated and period >= 2018
            rows.append(f"sted {place},{period},{random.poisson(80 * (0.5 if on else 1))},{int(on)}")
    return "\n".join(rows) + "\n"


FILES = {
    "sites.csv": SITES,
    "series.csv": SERIES,
    "speed.csv": SPEED,
    "cases.csv": CASES,
    "followed.csv": followed(),
    "one.csv": table(1),
    "twelve.csv": table(12),
}


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)


def answer(capsys: Any, *words: str) -> Any:
    code = main(["evaluate", *words, "--json"])
    out, err = capsys.readouterr()
    assert code == 0, err
    return json.loads(out)


@pytest.mark.parametrize(
    "words",
    [
        WDD,
        ["did", "one.csv"],
        ["did", "twelve.csv"],
        ["eb", "sites.csv", "--years", "3", "3"],
        ["its", "series.csv", "--start", "2020Q1"],
        ["speed", "speed.csv"],
        ["speed", "--from", "46,2", "--to", "43.2"],
        ["stages", "cases.csv", "--steps", "spurgt,ja"],
        ["cox", "followed.csv", "--landmark", "60", "--by", "alder"],
    ],
    ids=lambda words: "-".join(words[:2]),
)
def test_it_gives_the_promised_json(capsys: Any, words: list[str]) -> None:
    found = answer(capsys, *words)
    assert set(found) >= KEYS
    assert found["sentence_da"].endswith(".")
    assert {"code", "text_da"} <= set(found["reservations"][0])
    if found["power"]:
        assert "smallest_seen_80" in found["power"]


def test_it_says_it_in_words_with_what_may_deceive(capsys: Any) -> None:
    assert main(["evaluate", *WDD, "--expected", "20"]) == 0
    out = capsys.readouterr().out
    assert "107 færre" in out
    assert "Det ventede, 20 i antal, kan ikke ses." in out
    assert "Det, der kan snyde:" in out


def test_it_gives_a_verdict_only_of_a_registered_study(capsys: Any) -> None:
    afterwards = answer(capsys, *WDD, "--smallest", "20")["verdict"]
    before = answer(capsys, *WDD, "--smallest", "20", "--registered")["verdict"]
    assert (afterwards["finding"], before["finding"]) == ("cannot_tell", "worked")


def test_one_treated_place_gets_no_cluster_robust_test(capsys: Any) -> None:
    assert main(["evaluate", "did", "one.csv", "--cluster"]) == 2
    assert "Én behandlet kommune: brug placebo." in capsys.readouterr().err
    words = "did example --offence 1320 --treated municipality:860 --before 2018 --after 2021 --cluster"
    assert main(["evaluate", *words.split()]) == 2
    assert "Én behandlet kommune: brug placebo." in capsys.readouterr().err


def test_it_reads_parquet_as_it_reads_csv(capsys: Any) -> None:
    import pyarrow.csv as read
    from pyarrow import parquet

    parquet.write_table(read.read_csv("twelve.csv"), "twelve.parquet")
    assert answer(capsys, "did", "twelve.parquet") == answer(capsys, "did", "twelve.csv")


@pytest.mark.parametrize(
    ("words", "name", "text", "said"),
    [
        ("eb sites.csv", "sites.csv", "site;treated;before\n1;ja;3\n", "Kolonnen after mangler"),
        ("eb sites.csv", "sites.csv", "site;treated;before;after\n1;ja;fem;3\n", "Linje 2: before er “fem”"),
        ("eb sites.csv", "sites.csv", "site;treated;before;after\n1;måske;5;3\n", "Skriv ja eller nej"),
        ("eb sites.csv", "sites.csv", "site;treated;before;after\n1;ja;-5;3\n", "det mindste er 0"),
        ("eb sites.csv", "sites.csv", "site;treated;before;after\n1;ja;5\n", "3 felter og ikke 4"),
        ("eb sites.csv", "sites.csv", "site;treated;before;after\n", "ingen rækker"),
        ("eb sites.csv", "sites.csv", "site;site;before;after\n1;1;2;3\n", "står to gange"),
        (
            "its series.csv --start 2020Q1",
            "series.csv",
            "period,count\n2020Q1,3\n2020Q3,4\n",
            "kommer 2020Q3",
        ),
        ("its series.csv --start 2020Q1", "series.csv", "period,count\n2020Q1,3\n2021,4\n", "flere slags"),
        ("its series.csv --start 2030Q1", "series.csv", SERIES, "2030Q1 er ikke i serien"),
        ("did one.csv", "one.csv", "place,period,count,treatment\na,1,2,0\na,1,2,0\n", "står to gange i 1"),
        ("did one.csv", "one.csv", "place,period,count,treatment\na,1,2,0\nb,2,2,0\n", "har intet tal i 2"),
        (
            "stages cases.csv --steps spurgt,ja",
            "cases.csv",
            "case;step;closed\n1;nej;ja\n",
            "er ikke et af trinnene",
        ),
        (
            "stages cases.csv --steps a,b",
            "cases.csv",
            "case;step;closed\n1;a;ja\n1;b;ja\n",
            "står også på linje 2",
        ),
        ("cox followed.csv", "followed.csv", followed(), "begyndelsesdag"),
        ("speed", "speed.csv", SPEED, "Giv en fil"),
        ("speed speed.csv --model elvik-2014", "speed.csv", SPEED, "ikke læst i kilden"),
        ("did example --offence 1320", "one.csv", "", "Der mangler: --treated, --before, --after."),
        (
            "did example --offence 1320 --treated district:1460 --before 2018 --after 2021",
            "one.csv",
            "",
            "skal være en kommune",
        ),
        (
            "did example --offence 1320 --treated municipality:860 --before 2021 --after 2018",
            "one.csv",
            "",
            "Tiden før",
        ),
        (
            "did example --offence 1320 --treated municipality:860 --before 2018 --after 2021 --quarters 3-1",
            "one.csv",
            "",
            "følge hinanden",
        ),
        (
            "did example --offence 1320 --treated municipality:860 --before 2018 --after 2021 "
            "--neighbours 999",
            "one.csv",
            "",
            "ikke en kommunes kode",
        ),
    ],
)
def test_it_refuses_with_a_sentence(capsys: Any, words: str, name: str, text: str, said: str) -> None:
    Path(name).write_text(text, "utf-8")
    assert main(["evaluate", *words.split()]) == 2
    assert said in capsys.readouterr().err


def test_it_says_in_danish_what_a_design_lacks(capsys: Any) -> None:
    for words, said in (
        ([], "Der mangler: form."),
        (["wdd"], "Der mangler: --treated, --control."),
        (["wdd", "--treated", "1"], "--treated skal have to tal: før og efter."),
        (["wdd", "--treated", "en", "to"], "skal være et tal og ikke"),
        (["findes"], "form kan ikke være 'findes'"),
    ):
        with pytest.raises(SystemExit):
            main(["evaluate", *words])
        assert said in capsys.readouterr().err
