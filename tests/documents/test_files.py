"""What an uploaded file really is."""

import io
import re
import zipfile

import docx as word
import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx.oxml import OxmlElement

from manuscript import archive
from manuscript.archive import OLE
from samraad.documents.files import look_through
from samraad.documents.inside import found_in
from tests.manuscript.office import docx


def pdf(*lines: str, password: str = "") -> bytes:
    """A PDF of one page with these lines."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(400, 400))
        page = document.pages[0]
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=document.make_indirect(font)))
        shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
        page.Contents = document.make_stream(f"BT /F1 12 Tf 40 300 Td {shown} ET".encode("latin-1"))
        document.save(
            out, encryption=pikepdf.Encryption(owner=password, user=password) if password else False
        )
    return out.getvalue()


def written(where: str, text: str = "Vedr. 010190-1234") -> bytes:
    """A Word file with a text in one place of it."""
    file = word.Document()
    paragraph = file.add_paragraph("Et afsnit")
    if where == "body":
        paragraph.add_run(text)
    elif where == "hyphen":
        run = paragraph.add_run("010190")
        run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text("1234")
    elif where == "comment":
        file.add_comment(paragraph.runs, text=text, author="a")
    else:
        getattr(file.sections[0], where).paragraphs[0].add_run(text)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def xlsx(cells: str, sheet: str = "<c><v>12</v></c>") -> bytes:
    """A workbook as far as the check looks into it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/sharedStrings.xml", f"<sst>{cells}</sst>")
        archive.writestr("xl/worksheets/sheet1.xml", f"<worksheet>{sheet}</worksheet>")
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", pdf("Antal 12")),
        ("a.xlsx", xlsx("<si><t>Antal</t></si>")),
        (
            "a.xlsx",
            xlsx(
                "<si><t>110122</t></si><si><t>1500</t></si>",
                "<c><v>112000000</v></c><c><v>110122</v></c><c><v>1500</v></c>",
            ),
        ),
        ("a.docx", docx()),
        ("a.txt", "æøå".encode()),
        ("a.png", b"\x89PNG\r\n\x1a\nx"),
    ],
)
def test_it_takes_what_is_what_it_says(name: str, content: bytes) -> None:
    assert look_through(upload(name, content)).problem == ""


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"", "tom"),
        ("a.pdf", b"MZ\x90\x00", "noget andet"),
        ("a.docx", OLE + b"x", "låst med adgangskode"),
        ("a.docx", b"PK\x03\x04 broken", "gået i stykker"),
        ("a.docx", docx(main=False, extra={"x": b"1"}), "ikke et rigtigt Office-dokument"),
        ("a.pdf", b"%PDF-1.7 halv", "gået i stykker"),
        ("a.pdf", pdf("Antal 12", password="hemmelig"), "låst"),
        ("a.exe", b"MZ", "kan ikke lægges op"),
        ("a.txt", b"abc" + b"\x00" * 10, "hedder tekst"),
        ("uden endelse", b"abc", "kan ikke lægges op"),
    ],
)
def test_it_says_what_is_wrong(name: str, content: bytes, says: str) -> None:
    assert says in look_through(upload(name, content)).problem


def test_it_says_so_when_a_workbook_is_broken_inside() -> None:
    broken = bytearray(xlsx("<si><t>Antal</t></si>"))
    broken[broken.find(b"<worksheet>") + 3] ^= 0xFF
    assert "gået i stykker" in look_through(upload("a.xlsx", bytes(broken))).problem
    packed = bytearray(docx({"word/footnotes.xml": b"<footnotes/>" * 50}))
    name = packed.find(b"word/footnotes.xml")
    packed[name + 25 : name + 35] = b"\xff" * 10
    assert "gået i stykker" in look_through(upload("a.docx", bytes(packed))).problem
    unknown = bytearray(xlsx(""))
    at = unknown.rfind(b"PK\x01\x02")
    unknown[at + 10] = 77  # a way of packing that nobody knows
    assert "gået i stykker" in look_through(upload("a.xlsx", bytes(unknown))).problem


def test_it_refuses_a_zip_bomb_without_unpacking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "UNPACKED_LIMIT", 1_000_000)
    assert "pakker sig ud" in look_through(upload("a.docx", docx({"stor": b"\x00" * 2_000_000}))).problem


def test_it_refuses_a_hundred_thousand_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "ENTRIES_LIMIT", 50)
    assert "pakker sig ud" in found_in(docx({f"n{i}": b"" for i in range(60)}), "a.docx").problem


def test_it_refuses_what_is_too_big(settings: object) -> None:
    settings.SAMRAAD_UPLOAD_MEGABYTES = 1  # type: ignore[attr-defined]
    assert "højst fylde 1 MB" in look_through(upload("a.txt", b"x" * 2_000_000)).problem


FOOTNOTES = b"<w:footnotes xmlns:w='urn:w'><w:p><w:delText>010190-1234</w:delText></w:p></w:footnotes>"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"sag 010190-1234"),
        ("a.pdf", pdf("Borgeren", "sag 010190-1234")),
        ("a.xlsx", xlsx("<si><t>Sag</t></si><si><t xml:space='preserve'>010190-1234</t></si>")),
        ("a.xlsx", xlsx("<si><r><t>010190</t></r><r><rPr><b/></rPr><t>-1234</t></r></si>")),
        ("a.xlsx", xlsx("", "<c><v>101901234</v></c>")),
        ("a.xlsx", xlsx("", "<c><v>1.01901234E8</v></c>")),
        ("a.xlsx", xlsx("", "<c t='inlineStr'><is><t>0101901234</t></is></c>")),
        *[("a.docx", written(where)) for where in ("body", "hyphen", "comment", "header", "footer")],
        ("a.docx", docx({"word/footnotes.xml": FOOTNOTES})),
        ("010190-1234 underretning.txt", b"hej"),
    ],
)
def test_it_finds_a_number_like_a_cpr_number_in_what_is_attached(name: str, content: bytes) -> None:
    says = look_through(upload(name, content)).problem
    assert "010190-••••" in says
    assert "1234" not in says


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", b"Kontakt Peter Hansen"),
        ("a.csv", "Kontakt;Søren Prøvesen".encode("cp1252")),
        ("a.docx", written("body", "Kontakt Peter Hansen")),
        ("a.docx", written("footer", "Kontakt Peter Hansen")),
        ("a.pdf", pdf("Kontakt Peter Hansen")),
        ("a.xlsx", xlsx("<si><r><t>Peter </t></r><r><t>Hansen</t></r></si>")),
        ("Samtale_Peter_Hansen.txt", b"hej"),
    ],
)
def test_it_tells_whom_an_attachment_seems_to_name_and_takes_it(name: str, content: bytes) -> None:
    problem, warning = look_through(upload(name, content))
    assert not problem
    assert re.fullmatch(
        r"Det ser ud til at nævne en person: “(Peter Hansen|Søren Prøvesen)”. Skriv rollen i stedet, .*",
        warning,
    )


def test_it_shows_the_first_names_of_many() -> None:
    assert look_through(upload("a.txt", b"Sted\nHans Broges Gade")).warning == ""
    many = look_through(upload("a.txt", b"Peter A.\nPeter B.\nPeter C.\nPeter D.")).warning
    assert "personer: “Peter A.”, “Peter B.”, “Peter C.” og flere." in many
