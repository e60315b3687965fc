"""Reading a plan written elsewhere: whole, without correcting it, and with a sentence for what cannot be read."""

import io
import json
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import CommandError
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from samraad.accounts.models import User
from samraad.audit.actions import Refused
from samraad.demo.actions import at
from samraad.demo.cast import Entered
from samraad.documents.text import MASK
from samraad.plan.actions import reading as readings
from samraad.plan.models import Reading
from samraad.plan.reading import apart
from samraad.plan.reading.plan_text import read
from samraad.plan.reading.source import Unreadable
from tests.documents.test_files import docx as zipped
from tests.stories.test_year_of_a_plan import PLAN

Person = Callable[[str], User]
REAL = (
    Path(os.environ.get("SAMRAAD_SHARED_DATA", str(django_settings.SAMRAAD_SHARED_DATA)))
    / "plans"
    / "nordjylland_2022.txt"
)


@pytest.mark.skipif(not REAL.is_file(), reason="Planen fra 2022 ligger ikke i SAMRAAD_SHARED_DATA")
def test_it_reads_the_plan_of_2022_whole(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("read_plan", str(REAL), "--json")
    found = json.loads(capsys.readouterr().out)
    expected = next(
        x
        for x in json.loads((REAL.parent / "expected.json").read_text("utf-8"))["files"]
        if x["file"] == REAL.name
    )["expect"]
    assert (found["kind"], found["title"], found["year"]) == ("cooperation_plan", expected["title"], 2022)
    assert found["district"] == expected["district"]
    assert found["municipalities"] == [m["name"] for m in expected["municipalities"]]
    assert [(s["number"], s["title"], s["line"]) for s in found["sections"]] == [
        (c["number"], c["body_title"], c["body_line"]) for c in expected["chapters"]
    ]
    assert len(found["sections"]) == 19
    assert [a["number"] for a in found["focus_areas"]] == [f"04.{n}" for n in range(1, 12)]
    assert all(s["body"] for s in found["sections"] if s["number"] != "04")
    assert "Telefon" not in found["sections"][-1]["body"]


def test_it_reads_its_own_words_too_and_corrects_nothing() -> None:
    found, lines = read(PLAN.encode(), "plan.txt")
    assert [s["number"] for s in found.sections] == ["01", "02", "03", "03.1", "03.2", "04"]
    assert found.sections[1]["title"] == "Kriminaliteten i 2021"  # the contents say 2020; the heading stands
    assert found.sections[1]["body"].count("Antallet af indbrud") == 2
    assert [sub["title"] for sub in found.sections[4]["subheadings"]] == [
        "Natteliv i byerne",
        "Gaderne ved stationen",
    ]
    assert lines == PLAN.split("\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_it_reads_every_spelling_alike(encoding: str, end: str) -> None:
    assert read(PLAN.replace("\n", end).encode(encoding), "plan.txt")[0] == read(PLAN.encode(), "plan.txt")[0]


def test_it_takes_headings_as_word_marks_them() -> None:
    document = docx.Document()
    document.add_heading("Handleplan 2023 for Lokalråd Læsø", 0)
    for title in ("Indsatsområder", "Havnen", "Sommeren"):
        document.add_heading(title, 1 if title == "Indsatsområder" else 2)
        document.add_paragraph("Her står, hvad vi gør ved det, i en hel sætning.")
        document.add_paragraph("Et punkt", style="List Bullet")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Hvem", "Havnefogeden"
    out = io.BytesIO()
    document.save(out)
    found, lines = read(out.getvalue(), "plan.docx")
    assert (found.kind, found.year, found.forum) == ("action_plan", 2023, "Lokalråd Læsø")
    assert [(a["title"]) for a in found.focus_areas] == ["Havnen", "Sommeren"]
    assert "Hvem | Havnefogeden" in lines


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("tom.txt", b"", "tom"),
        ("nul.txt", b"\x00" * 50, "tom"),
        ("ikke.docx", b"hej med dig", "hedder .docx, men er det ikke"),
        ("laast.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 20, "låst"),
        ("billede.txt", b"\x89PNG\r\n\x1a\n" + b"x" * 20, "er et billede"),
        ("halv.pdf", b"%PDF-1.7", "gået i stykker"),
        ("binaer.txt", b"abc" + bytes(range(1, 9)) * 30, "hedder tekst"),
        ("halv.docx", b"PK\x03\x04 halv", "gået i stykker"),
        ("tomt.docx", zipped(), "ingen tekst"),
        (
            "regneark.docx",
            zipped(main=False, extra={"xl/workbook.xml": b"x"}),
            "ikke et rigtigt Office-dokument",
        ),
    ],
)
def test_it_says_why_a_file_cannot_be_read(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=says):
        read(content, name)
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(CommandError, match=says):
        call_command("read_plan", str(file))


def test_it_says_so_when_the_file_is_not_there() -> None:
    with pytest.raises(CommandError, match="kunne ikke åbnes"):
        call_command("read_plan", "/findes/ikke.txt")


def test_it_reads_no_entity_from_elsewhere(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig"
    secret.write_text("HEMMELIG", "utf-8")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "<w:body><w:p><w:r><w:t>Plan 2022 &x;</w:t></w:r></w:p></w:body>"
    body = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><w:document xmlns:w="{space}">{text}</w:document>'
    content = zipped(main=False, extra={"word/document.xml": body.encode()})
    try:
        found, lines = read(content, "plan.docx")
    except Unreadable:
        return
    assert "HEMMELIG" not in "".join(lines) + found.title


@hypothesis_settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=40))
def test_it_survives_any_text(lines: list[str]) -> None:
    try:
        found, _ = read("\n".join(lines).encode("utf-8", errors="replace"), "x.txt")
    except Unreadable:
        return
    assert all(section["line"] >= 1 for section in found.sections)


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


def blank_pdf(password: str = "") -> bytes:
    """A PDF with one empty page, as a scan without text is to a reader; locked when it has a password."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("scan.pdf", blank_pdf(), "skannet"),
        ("laast.pdf", blank_pdf("hemmelig"), "adgangskode"),
        ("stor.pdf", b"%PDF-1.7" + b"x" * (51 * 1024 * 1024), "fylder 51 MB"),
        ("nul.pdf", b"", "tom"),
        ("billede.docx", b"\x89PNG\r\n\x1a\n" + b"x" * 40, "er et billede"),
        (
            "bombe.docx",
            zipped(main=False, extra={"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
            "uden for sig selv",
        ),
    ],
)
def test_it_refuses_a_bad_file_in_words_and_keeps_nothing(
    cast: Entered, person: Person, name: str, content: bytes, says: str
) -> None:
    with pytest.raises(Refused, match=says):
        readings.read_file(content, name)
    assert not Reading.objects.exists()


def test_it_gets_through_three_thousand_lists_inside_each_other() -> None:
    html = (
        "<html><body><h1>Samarbejdsplan 2022</h1>"
        + "<ul><li>" * 3000
        + "Inderst"
        + "</li></ul>" * 3000
        + "</body></html>"
    )
    found, lines = read(html.encode(), "plan.html")
    assert (found.title, lines[-2]) == ("Samarbejdsplan 2022", "- Inderst")


def test_it_stops_a_reading_that_takes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "SECONDS", -4.9)
    with pytest.raises(Unreadable, match="for stor eller for indviklet"):
        apart.read_apart(PLAN.encode(), "plan.txt")


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
    real = module.read_apart

    def watched(content: bytes, name: str) -> Any:
        depths.append(len(connection.savepoint_ids))
        return real(content, name)

    outside = len(connection.savepoint_ids)
    monkeypatch.setattr(module, "read_apart", watched)
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
