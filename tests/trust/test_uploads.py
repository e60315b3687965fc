"""A hostile file ends the process that looks into it and nothing else (trust.md U1-U4, U7)."""

import io
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samraad.council.models import AgendaItem, Paper
from samraad.documents import inside
from samraad.documents.files import look_through
from samraad.documents.inside import Look
from tests.documents.test_files import pdf, xlsx
from tests.manuscript.office import docx
from tests.world import World

pytestmark = pytest.mark.any_database

As = Callable[[str], Client]
MEGABYTE = 1024 * 1024
BODY = b"<w:document xmlns:w='urn:w'><w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>"
NO_REAL = (
    "gået i stykker",
    "ikke et rigtigt Office-dokument",
    "noget andet",
    "ikke læses",
    "er tom",
    "pakker sig",
)


def zipped(parts: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def bomb(megabytes: int) -> bytes:
    """A Word file whose text is so big when it is unpacked, and a thousandth of it until then."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive,
        archive.open("word/document.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(megabytes):
            part.write(b"a " * (MEGABYTE // 2))
    return out.getvalue()


def looked(name: str, content: bytes) -> tuple[Look, float]:
    """What is said of a file, and after how many seconds."""
    before = time.monotonic()
    look = look_through(SimpleUploadedFile(name, content))
    return look, time.monotonic() - before


def test_u2_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    assert looked("plan.docx", docx())[0] == Look()
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for megabytes in (90, 300):
        content = bomb(megabytes)
        assert len(content) < MEGABYTE
        look, seconds = looked("plan.docx", content)
        assert "pakker sig ud til mere" in look.problem
        assert seconds < 10
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert after < before + 50 * 1024  # kB


def test_u2_a_zip_inside_a_zip_and_very_many_files_are_refused() -> None:
    nested = zipped({"word/document.xml": BODY % b"Et", "word/media/a.zip": bomb(150)}, zipfile.ZIP_STORED)
    assert "kan ikke læses" in looked("plan.docx", nested)[0].problem  # what lies in it is looked through too
    many = {"word/document.xml": BODY % b"Et"} | {f"word/media/{number}": b"" for number in range(2_000)}
    look, _ = looked("plan.docx", zipped(many))
    assert "pakker sig ud til mere" in look.problem


def test_u2_names_that_lead_out_of_the_file_write_nothing(tmp_path: Path) -> None:
    out = {"word/document.xml": BODY % b"Et", "../../" + "ud.txt": b"x", "/tmp/samraad-ud.txt": b"x"}
    assert looked("plan.docx", zipped(out))[0] == Look()
    assert not Path("/tmp/samraad-ud.txt").exists()


def test_u3_a_file_that_takes_too_long_is_stopped_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inside, "SECONDS", -4.99)
    look, seconds = looked("plan.docx", zipped({"word/document.xml": BODY % b"Et"}))
    assert look.problem.startswith("Word-filen kan ikke læses: den er gået i stykker, låst eller for stor.")
    assert seconds < 5


@pytest.mark.parametrize("what", ["seconds", "memory"])
def test_u3_the_limits_are_those_of_the_process(what: str) -> None:
    """The child itself is stopped: one that spins, and one that takes more and more."""
    hungry = "x = []\nwhile True: x.append(bytearray(50_000_000))"
    code = (
        "import io, sys; from samraad.documents import inside\n"
        "inside.SECONDS = 2\n"
        "def hostile(content, name):\n"
        f"    {'exec(' + repr(hungry) + ')' if what == 'memory' else 'while True: pass'}\n"
        "inside.found_in = hostile\n"
        "sys.argv = ['inside', 'a.docx']; inside.main()"
    )
    before = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"", capture_output=True, check=False, timeout=60
    )
    assert done.returncode != 0
    assert not done.stdout
    assert time.monotonic() - before < 30


def test_u3_many_marks_in_a_big_text_end_in_an_answer() -> None:
    """Unpacks to 60 MB at a ratio that a real document may have; it is read or refused in words."""
    line = b"".join(b"<w:t %d" % number for number in range(60_000))
    look, seconds = looked("plan.docx", zipped({"word/document.xml": line * 100}, zipfile.ZIP_STORED)[:])
    assert look == Look() or "kan ikke læses" in look.problem or "fylder" in look.problem
    assert seconds < 27


@pytest.mark.parametrize("at", [0, 3, 40, 200])
@pytest.mark.parametrize(
    ("name", "whole"),
    [("a.pdf", pdf("Antal 12")), ("a.xlsx", xlsx("<si><t>Antal</t></si>")), ("a.docx", docx())],
)
def test_u1_what_is_broken_or_something_else_is_refused_in_words(name: str, whole: bytes, at: int) -> None:
    cut = whole[:at]
    for content in (cut, cut + b"\x00" * 50):
        look, _ = looked(name, content)
        assert any(words in look.problem for words in NO_REAL), look
    for other in ("b.pdf", "b.xlsx", "b.docx", "b.png", "b.jpg"):
        if other[2:] != name[2:]:
            look, _ = looked(other, whole)
            assert any(words in look.problem for words in NO_REAL), (other, look)


LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e SYSTEM "file:///etc/passwd">]>"""


NUMBER = "010190-1234"
IN_WORD = {
    "as UTF-16": {"word/document.xml": (BODY % NUMBER.encode()).decode().encode("utf-16")},
    "unparsed": {"word/document.xml": BODY % f"<![CDATA[{NUMBER}]]>".encode()},
    "with a remark in it": {"word/document.xml": BODY % b"010190<!-- x -->-1234"},
    "elsewhere": {"word/document.xml": BODY % b"Et", "body/document.xml": BODY % NUMBER.encode()},
    "as another prefix": {
        "word/document.xml": (BODY % NUMBER.encode())
        .replace(b"w:", b"w-x:")
        .replace(b"xmlns:w=", b"xmlns:w-x=")
    },
    "as a title": {
        "word/document.xml": BODY % b"Et",
        "docProps/core.xml": f"<a><title>{NUMBER}</title></a>".encode(),
    },
    "as another text": {
        "word/document.xml": BODY % f"Et</w:t><w:pr w:descr='{NUMBER}'/><w:t>".encode(),
    },
    "in a workbook in it": {
        "word/document.xml": BODY % b"Et",
        "word/embeddings/Ark1.xlsx": zipped({"xl/workbook.xml": b"<c><v>101901234</v></c>"}),
    },
    "in what a pivot remembers": {
        "word/document.xml": BODY % b"Et",
        "word/embeddings/Ark1.xlsx": zipped(
            {"xl/pivotCache/pivotCacheDefinition1.xml": f"<a><s v='{NUMBER}'/></a>".encode()}
        ),
    },
}


@pytest.mark.parametrize("where", IN_WORD)
def test_u3_a_number_is_found_wherever_a_word_file_holds_it(where: str) -> None:
    assert "010190-••••" in looked("bilag.docx", zipped(IN_WORD[where]))[0].problem


@pytest.mark.parametrize("key", ["Title", "note", "field"])
def test_u3_a_number_is_found_beside_the_text_of_a_pdf(key: str) -> None:
    made = pikepdf.new()
    page = made.add_blank_page()
    if key == "Title":
        made.docinfo["/Title"] = NUMBER
    else:
        kinds = {"note": {"/Subtype": "/Text", "/Contents": NUMBER}}
        kinds["field"] = {"/Subtype": "/Widget", "/FT": "/Tx", "/T": "Svar", "/V": NUMBER}
        given = {"/Type": pikepdf.Name("/Annot"), "/Rect": [0, 0, 90, 20]}
        for name, value in kinds[key].items():
            given[name] = pikepdf.Name(value) if value.startswith("/") else value
        made.Root["/AcroForm"] = pikepdf.Dictionary(Fields=[made.make_indirect(pikepdf.Dictionary(given))])
        page.obj["/Annots"] = made.Root.AcroForm.Fields
    out = io.BytesIO()
    made.save(out)
    assert "010190-••••" in looked("bilag.pdf", out.getvalue())[0].problem


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_u3_a_number_is_found_in_a_broad_text(encoding: str) -> None:
    assert "010190-••••" in looked("bilag.txt", b"x " * 2_500 + NUMBER.encode(encoding))[0].problem


def test_u4_entities_are_neither_unfolded_nor_fetched() -> None:
    text = LAUGHS + BODY % b"&d;&d;&e;"
    look = looked("plan.docx", zipped({"word/document.xml": text}))[0]
    assert "kan ikke læses" in look.problem
    with pytest.raises(ValueError, match=r"^$"):
        inside._text(zipped({"word/document.xml": text}), "docx")


def test_u7_a_person_is_told_on_the_page_and_nothing_is_kept(world: World, as_: As) -> None:
    item = AgendaItem.objects.get(pk=world.things["item_planned"])
    page = f"/nordjylland/arbejde/punkter/{item.pk}/bilag/"
    before = Paper.objects.count()
    answer = as_("signe").post(page, {"title": "Bilag", "upload": SimpleUploadedFile("p.docx", bomb(90))})
    assert answer.status_code == 422, answer.content[:300]
    assert "pakker sig ud til mere" in answer.content.decode()
    assert Paper.objects.count() == before
