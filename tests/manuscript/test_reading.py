"""Reading a plan written elsewhere: whole, without correcting it, and with a sentence for what cannot be
read."""

import io
import json
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.read_plan import SHARED
from manuscript.errors import Unreadable
from manuscript.reading import read, read_file
from tests.manuscript import office
from tests.manuscript.small_plan import PLAN

REAL = SHARED / "nordjylland_2022.txt"


@pytest.mark.skipif(not REAL.is_file(), reason="Planen fra 2022 ligger ikke i SAMRAAD_SHARED_DATA")
def test_it_reads_the_plan_of_2022_whole() -> None:
    found = read_file(REAL).as_json()
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
        ("tomt.docx", office.docx(), "ingen tekst"),
        (
            "regneark.docx",
            office.docx(main=False, extra={"xl/workbook.xml": b"x"}),
            "er et regneark",
        ),
        ("andet.docx", office.docx(main=False, extra={"x.xml": b"x"}), "ikke et rigtigt Office-dokument"),
    ],
)
def test_it_says_why_a_file_cannot_be_read(name: str, content: bytes, says: str, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=says):
        read(content, name)
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=f"{name}: .*{says}"):
        read_file(file)


def test_it_says_so_when_the_file_is_not_there() -> None:
    with pytest.raises(Unreadable, match="kunne ikke åbnes"):
        read_file(Path("/findes/ikke.txt"))


def test_it_reads_no_entity_from_elsewhere(tmp_path: Path) -> None:
    secret = tmp_path / "hemmelig"
    secret.write_text("HEMMELIG", "utf-8")
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    text = "<w:body><w:p><w:r><w:t>Plan 2022 &x;</w:t></w:r></w:p></w:body>"
    kind = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]>'
    body = f'{kind}<w:document xmlns:w="{space}">{text}</w:document>'
    content = office.docx(main=False, extra={"word/document.xml": body.encode()})
    try:
        found, lines = read(content, "plan.docx")
    except Unreadable:
        return
    assert "HEMMELIG" not in "".join(lines) + found.title


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=40))
def test_it_survives_any_text(lines: list[str]) -> None:
    try:
        found, _ = read("\n".join(lines).encode("utf-8", errors="replace"), "x.txt")
    except Unreadable:
        return
    assert all(section["line"] >= 1 for section in found.sections)


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
