"""Every example of a help text can be typed as it stands, and a kept question gives the same bytes again."""

import argparse
import shlex
from pathlib import Path
from typing import Any

import pytest

from evidens.cli import main, parser
from tests.evidens.bank import Server

HEAD = "OMRÅDE;OVERTRÆD;TID;INDHOLD\n"


def register(month: str, move: float) -> str:
    """Sixty invented casualties, alike in both registers but for some metres."""
    rows = ["unique_id,fornavn,efternavn,fodt,dato,koen,art,x,y,cluster"]
    for n in range(60):
        name, place = f"navn{n},slægt{n}", f"{500_000 + 5_000 * n + move},{6_300_000 + move}"
        rows.append(f"{n},{name},19{40 + n}-01-01,{month}{1 + n % 28:02d},{'MK'[n % 2]},bil,{place},{n}")
    return "\n".join(rows) + "\n"


FILES = {
    "udtræk.csv": HEAD + "851;1390;2022K1;14\n",
    "gammel.csv": HEAD + "851;1390;2022K1;14\n",
    "ny.csv": HEAD + "851;1390;2022K1;15\n",
    "paastande.toml": (
        '[[claim]]\ntext = "over 40 % færre"\nchange_pct = -40\noffence = "1320"\n'
        'place = "district:1460"\nspan = "2021Q1..2021Q3"\n'
    ),
    "sager.csv": (
        "case,municipality,step,time\n"
        + "".join(
            f"{n},851,anmeldt,2022-01-03\n{n},851,afsluttet,2022-01-{5 + n % 9:02d}\n" for n in range(20)
        )
    ),
    "steder.csv": "site;treated;before;after\n"
    + "".join(f"{n};{int(n < 5)};{n % 7};{n % 5}\n" for n in range(40)),
    "serie.csv": "period,count\n" + "".join(f"{2015 + n // 4}Q{n % 4 + 1},{40 + n % 4}\n" for n in range(28)),
    "fart.csv": "stretch,treated,after,mean\n"
    + "".join(f"A,1,{n // 3},{50 - n}\nB,0,{n // 3},{50 + n % 3}\n" for n in range(6)),
    "forloeb.csv": "case,step,closed\n1,spurgt,1\n2,ja,0\n3,begyndt,0\n4,gennemført,1\n",
    "fulgt.csv": "days,ended,began,alder,tidligere\n"
    + "".join(f"{100 + 3 * n},{n % 2},{'10' * (n % 3 == 0)},{20 + n % 11},{n % 4}\n" for n in range(80)),
    "kryds.csv": "site,kind,count\n" + "".join(f"kryds {n},by,{n % 7}\n" for n in range(40)),
    "lister.csv": "politi,skadestue,count\n1,0,60\n0,1,150\n1,1,40\n",
    "politi.csv": register("2021-03-", 0),
    "skadestue.csv": register("2021-03-", 40),
    "spørgsmål.toml": (
        '[[question]]\ntitle = "Indbrud"\n'
        'ask = "trend example --offence 1320 --place district:1460 --span 2021"\nout = "indbrud.txt"\n'
        '[[question]]\ntitle = "Kurve"\n'
        'ask = "chart trend example --offence 1320 --out kurve.svg"\n'
    ),
}


def examples() -> list[str]:
    """The lines below "Eksempel:" of every command, and those of the first help text."""
    top = parser()
    found = [line.strip() for line in str(top.description).splitlines() if line.startswith("  evidens ")]
    return found + below(top)


def below(above: argparse.ArgumentParser) -> list[str]:
    """The examples of the commands below one, and of those below them."""
    found = []
    for action in above._actions:
        if isinstance(action, argparse._SubParsersAction):
            for command in action.choices.values():
                found += [line.strip() for line in str(command.epilog).splitlines()[1:]]
                found += below(command)
    return found


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("line", examples())
def test_every_example_runs(
    folder: Path, line: str, statbank_server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    _, *words = shlex.split(line)
    if words[0] == "fetch":
        words += ["Tid=*", "--server", statbank_server.address]
        words = [
            word for word in words if not word.startswith(("OMRÅDE=", "OVERTRÆD=", "Tid=", "--out", "a.csv"))
        ]
    assert main(words) == 0, capsys.readouterr().err
    assert capsys.readouterr().out


def test_there_is_an_example_for_every_command() -> None:
    assert len(examples()) >= 14


def test_a_kept_question_gives_the_same_bytes_again(folder: Path) -> None:
    made = []
    for _ in range(2):
        assert main(["ask", "spørgsmål.toml"]) == 0
        made.append(((folder / "indbrud.txt").read_bytes(), (folder / "kurve.svg").read_bytes()))
    assert made[0] == made[1]
    assert b"Indbrud i beboelse" in made[0][0]


def test_it_says_what_a_kept_question_lacks(folder: Path, capsys: Any) -> None:
    (folder / "x.toml").write_text('[[question]]\ntitle = "x"\n', "utf-8")
    assert main(["ask", "x.toml"]) == 2
    assert "ask = " in capsys.readouterr().err
    (folder / "x.toml").write_text('[[question]]\ntitle = "x"\nask = "ask x.toml"\n', "utf-8")
    assert main(["ask", "x.toml"]) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["trend", "example"], "Der mangler: --offence, --span, --place."),
        (["warn", "example", "--places", "country", "--offences", "1", "--method", "x"], "Vælg 'farrington'"),
        (["findes"], "kommando kan ikke være 'findes'"),
        (["read", "example", "--ukendt"], "Det her kendes ikke: --ukendt."),
        (["read", "example", "--kind"], "--kind skal have en værdi."),
        (["youth", "example", "--threshold", "fem"], "--threshold skal være et helt tal"),
    ],
)
def test_it_says_in_danish_what_it_cannot_read(capsys: Any, words: list[str], said: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(words)
    assert left.value.code == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.startswith("brug: evidens")


def test_its_help_is_danish_throughout(capsys: Any) -> None:
    for command in ("trend", "chart", "workbook", "ask"):
        with pytest.raises(SystemExit):
            main([command, "--help"])
        out = capsys.readouterr().out
        assert "vis denne hjælp" in out
        assert not any(word in out for word in ("usage:", "options:", "positional", "show this"))
