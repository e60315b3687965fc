"""A plan written elsewhere on its way into a draft.

Private, masked, taken over part by part; and the commands that only show it.
"""

import io
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from manuscript.persons import MASK
from manuscript.reading import read
from samraad.accounts.models import User
from samraad.audit.actions import Refused
from samraad.demo.cast import Entered, at
from samraad.plan.actions import reading as readings
from samraad.plan.models import Reading
from tests.manuscript.small_plan import PLAN

Person = Callable[[str], User]


def test_it_is_private_until_it_is_taken_over(
    cast: Entered, person: Person, as_: Callable[[str], Any]
) -> None:
    parked = readings.park(
        forum=cast.kredsraad,
        file=readings.read_file(PLAN.encode(), "plan.txt"),
        now=at("2022-01-20"),
        by=person("signe"),
    )
    assert as_("tage").get(f"/nordjylland/arbejde/planer/gennemse/{parked.pk}/").status_code == 404
    with pytest.raises(Refused, match="Kun den, der har læst"):
        readings.take_over(
            reading=parked, chosen=[1], year=2022, title="x", answers_due_on=None, by=person("tage")
        )


def test_it_takes_a_section_or_all_and_the_rest_later(cast: Entered, person: Person) -> None:
    parked = readings.park(
        forum=cast.kredsraad,
        file=readings.read_file(PLAN.encode(), "plan.txt"),
        now=at("2022-01-20"),
        by=person("signe"),
    )
    lines = [section["line"] for section in parked.result["sections"]]
    plan = readings.take_over(
        reading=parked, chosen=lines[:2], year=2022, title="Planen", answers_due_on=None, by=person("signe")
    ).plan
    assert plan.sections.count() == 2
    readings.take_over(
        reading=parked, chosen=lines, year=2022, title="Planen", answers_due_on=None, by=person("signe")
    )
    assert plan.sections.count() == 6
    assert [(a.number, a.parent is not None, a.addressees.count()) for a in plan.areas.all()] == [
        ("1", False, 9),
        ("2", False, 0),
        ("2a", True, 9),
        ("2b", True, 9),
    ]
    assert plan.sections.all()[0].source_line == lines[0]


def test_it_stores_nothing_of_a_file_it_cannot_read(
    cast: Entered, person: Person, as_: Callable[[str], Any]
) -> None:
    upload = io.BytesIO(b"PK\x03\x04 halv")
    upload.name = "plan.docx"
    page = as_("signe").post(f"/nordjylland/arbejde/planer/laes/{cast.kredsraad.pk}/", {"upload": upload})
    assert page.status_code == 422
    assert "gået i stykker" in page.content.decode()
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("nul.pdf", b"", "tom"),
        ("billede.docx", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "er et billede"),
    ],
)
def test_it_refuses_a_bad_file_in_words_and_keeps_nothing(
    cast: Entered, person: Person, name: str, content: bytes, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        readings.read_file(content, name)
    assert not Reading.objects.exists()


def test_it_takes_promises_as_drafts_and_figures_as_indicators(cast: Entered, person: Person) -> None:
    parked = readings.park(
        forum=cast.kredsraad,
        file=readings.read_file(PLAN.encode(), "plan.txt"),
        now=at("2022-01-20"),
        by=person("signe"),
    )
    lines = [section["line"] for section in parked.result["sections"]]
    every = list(range(len(parked.result["commitments"])))
    given = {"chosen": lines, "year": 2022, "title": "Planen", "answers_due_on": None, "by": person("signe")}
    plan = readings.take_over(
        reading=parked, commitments=every, figures=list(range(len(parked.result["figures"]))), **given
    ).plan
    readings.take_over(reading=parked, commitments=every, **given)
    promises = cast.kredsraad.commitments.all()
    assert promises.count() == len(every)
    assert set(promises.values_list("status", flat=True)) == {"draft"}
    assert promises.get(text__startswith="Hvert lokalråd").due_on == date(2022, 1, 31)
    linked = plan.areas.get(number="2b").commitments.get()
    assert linked.text.startswith("Politi og kommune går en tryghedsvandring")


def test_it_lets_nobody_wait_while_a_file_is_read(
    as_: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, cast: Entered
) -> None:
    from django.db import connection

    from samraad.plan.actions import reading as module

    depths: list[int] = []
    real = module.read_in_sandbox

    def watched(content: bytes, name: str) -> Any:
        depths.append(len(connection.savepoint_ids))
        return real(content, name)

    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(module, "read_in_sandbox", watched)
    upload = io.BytesIO(PLAN.encode())
    upload.name = "plan.txt"
    page = as_("signe").post(f"/nordjylland/arbejde/planer/laes/{cast.kredsraad.pk}/", {"upload": upload})
    assert page.status_code == 302
    assert depths == [outside]


def test_it_keeps_two_files_apart_in_one_draft(cast: Entered, person: Person) -> None:
    texts = [PLAN, PLAN.replace("Natteliv i byerne", "Byens pladser")]
    for text in texts:
        parked = readings.park(
            forum=cast.kredsraad,
            file=readings.read_file(text.encode(), "p.txt"),
            now=at("2022-01-20"),
            by=person("signe"),
        )
        lines = [section["line"] for section in parked.result["sections"]]
        made = readings.take_over(
            reading=parked, chosen=lines, year=2022, title="Planen", answers_due_on=None, by=person("signe")
        )
    assert made.plan.sections.count() == 12


def test_it_takes_over_no_personal_number_in_a_promise(cast: Entered, person: Person) -> None:
    text = PLAN.replace(
        "Politi og kommune går en tryghedsvandring",
        "Politi og kommune går en tryghedsvandring med 010190-1234",
    )
    parked = readings.park(
        forum=cast.kredsraad,
        file=readings.read_file(text.encode(), "p.txt"),
        now=at("2022-01-20"),
        by=person("signe"),
    )
    first = parked.result["sections"][0]["line"]
    given = {"year": 2022, "title": "Planen", "answers_due_on": None, "by": person("signe")}
    place = next(n for n, row in enumerate(parked.result["commitments"]) if MASK in row["text"])
    assert "010190-1234" not in str(parked.result) + str(parked.lines)
    with pytest.raises(Refused, match="CPR"):
        readings.take_over(reading=parked, chosen=[first], commitments=[place], **given)


def test_it_shows_a_file_without_keeping_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "plan.txt"
    file.write_text(PLAN, "utf-8")
    found = read(PLAN.encode(), file.name)[0]
    call_command("read_plan", str(file), "--json")
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(found.as_json()))
    call_command("read_plan", str(file))
    out = capsys.readouterr().out
    assert out.startswith(
        "Samarbejdsplan 2022 (samarbejdsplan, 2022, Nordjyllands Politi)\nKommuner: Hjørring"
    )
    assert f"{len(found.sections)} afsnit, {len(found.focus_areas)} indsatsområder" in out


@pytest.mark.parametrize("command", ["read_plan", "check_plan"])
def test_it_says_why_a_file_cannot_be_shown(command: str, tmp_path: Path) -> None:
    file = tmp_path / "halv.docx"
    file.write_bytes(b"PK\x03\x04 halv")
    with pytest.raises(CommandError, match=r"halv\.docx: .*gået i stykker"):
        call_command(command, str(file))
    with pytest.raises(CommandError, match="kunne ikke åbnes"):
        call_command(command, "/findes/ikke.txt")
