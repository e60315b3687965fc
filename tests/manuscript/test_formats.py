"""The files that offices save, each by its content; and what is told of those that are no text."""

import io
import unicodedata
import zipfile
from contextlib import suppress

import pytest

from manuscript.errors import Unreadable
from manuscript.reading import PlanText, read
from tests.manuscript import office

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
TEXT_KIND = "application/vnd.oasis.opendocument.text"
WORK = ("Åbne klubben", ["Ungdomsskolen"], "1. maj 2026")


def packed(parts: dict[str, str]) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def odt(body: str, kind: str = TEXT_KIND, **others: str) -> bytes:
    """A file as LibreOffice saves it, with this text."""
    content = (
        f"<office:document-content {SPACES}><office:body><office:text>{body}</office:text></office:body>"
    )
    return packed({"mimetype": kind, "content.xml": f"{content}</office:document-content>", **others})


def work_of(found: PlanText) -> list[tuple[str, list[str], str]]:
    """What, who and when of each commitment."""
    return [(row["what"], row["who"], row["when"]) for row in found.commitments]


def cell(text: str, more: str = "") -> str:
    """A cell of a table."""
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


def test_open_document_is_read_with_headings_tables_and_lists() -> None:
    rows = [
        cell("Tiltag") + cell("Ansvarlig") + cell("Frist"),
        cell("Åbne klubben") + cell("Ungdomsskolen", 'table:number-rows-spanned="2"') + cell("1. maj 2026"),
        cell("Holde kursus") + "<table:covered-table-cell/>" + cell("Juni 2026"),
    ]
    table = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    item = "Holde møde<text:s/>med naboerne i <text:span>maj</text:span>"
    found, lines = read(
        odt(
            "<text:tracked-changes><text:p>Slettet tekst</text:p></text:tracked-changes>"
            "<text:p>Handleplan 2026 for Lokalrådet i Enge</text:p>"
            f'<text:h text:outline-level="1">Indsatser</text:h><table:table>{table}</table:table>'
            '<text:h text:outline-level="1">Opgaver</text:h>'
            f"<text:list><text:list-item><text:p>{item}</text:p></text:list-item></text:list>"
            '<text:h text:outline-level="1">Opfølgning</text:h>'
            "<text:p>Vi ses.<office:annotation><text:p>Husk kage</text:p></office:annotation></text:p>"
        ),
        "plan.odt",
    )
    assert [row["title"] for row in found.sections] == ["Indsatser", "Opgaver", "Opfølgning"]
    assert work_of(found) == [
        WORK,
        ("Holde kursus", ["Ungdomsskolen"], "Juni 2026"),
        ("Holde møde med naboerne i maj", [], "i maj"),
    ]
    assert not {"Slettet tekst", "Husk kage"} & set(lines)


def test_rich_text_is_read() -> None:
    body = r"\par ".join(
        [
            r"{\rtf1\ansi\ansicpg1252 Handleplan 2026 for Lokalr\'e5det i Enge",
            r"Ungdomsskolen skal \'e5bne klubben inden 1. maj 2026.",
            "}",
        ]
    )
    found, _ = read(body.encode(), "plan.rtf")
    assert found.title == "Handleplan 2026 for Lokalrådet i Enge"
    assert [(row["who"], row["when"]) for row in found.commitments] == [
        (["Ungdomsskolen"], "inden 1. maj 2026")
    ]


@pytest.mark.parametrize("name", ["plan.md", "plan.txt"])
def test_markdown_keeps_its_first_line_and_its_headings(name: str) -> None:
    words = (
        "# Handleplan 2026 for Lokalrådet i Enge\n\n## Baggrund\n\nDet går **godt** i byen.\n\n"
        "## Indsatser\n\n"
        "| Tiltag | Ansvarlig | Frist |\n|---|:---:|---|\n| Åbne klubben | Ungdomsskolen | 1. maj 2026 |\n\n"
        "## Tak\n\nTak for i år.\n"
    )
    found, lines = read(words.encode(), name)
    assert (found.title, found.year) == ("Handleplan 2026 for Lokalrådet i Enge", 2026)
    assert [row["title"] for row in found.sections][-3:] == ["Baggrund", "Indsatser", "Tak"]
    assert "Det går godt i byen." in lines
    assert work_of(found) == [WORK]


def test_letters_in_two_parts_are_whole_and_soft_hyphens_go() -> None:
    words = "Handleplan 2026 for Lokalrådet i Ærø\n\nUngdoms\u00adskolen skal åbne en klub på øen i maj.\n"
    found, lines = read(unicodedata.normalize("NFD", words).encode(), "plan.txt")
    assert lines[0] == "Handleplan 2026 for Lokalrådet i Ærø"
    assert [row["who"] for row in found.commitments] == [["Ungdomsskolen"]]


MAIL = "Received: from a by b\n\tid 1\nFrom: nogen@example.dk\nSubject: Planen\n\nHer er den.\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (packed({"xl/workbook.xml": "<x/>"}), "regneark"),
        (packed({"ppt/presentation.xml": "<x/>"}), "præsentation"),
        (packed({"Index/Document.iwa": ""}), "Apple Pages"),
        (odt("", "application/vnd.oasis.opendocument.spreadsheet"), "regneark"),
        (odt("", **{"META-INF/manifest.xml": "<encryption-data/>"}), "adgangskode"),
        (odt("<text:p/>"), "ingen tekst"),
        (odt("<text:p>"), "gået i stykker"),
        (odt("<text:span>" * 50_000 + "</text:span>" * 50_000), "pakker sig ud"),
        (packed({"mimetype": TEXT_KIND}), "ikke et rigtigt"),
        (
            packed({"mimetype": TEXT_KIND, "content.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
            "i stykker",
        ),
        (MAIL.encode(), "mail"),
        (b'{"plan": [1, 2, 3]}', "JSON"),
    ],
)
def test_what_is_no_text_is_told(content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        read(content, "plan")


@pytest.mark.parametrize("name", ["plan.odt", "plan.rtf"])
def test_a_file_is_what_it_is_and_not_its_name(name: str) -> None:
    with pytest.raises(Unreadable, match="men er det ikke"):
        read(b"hej med dig", name)
    with pytest.raises(Unreadable, match="ingen tekst"):
        read(office.docx(), name)


@pytest.mark.parametrize("pattern", ["{", "\\par", "\\'", "{\\*\\a", "\\u1?"])
def test_hostile_rich_text_is_read_or_refused(pattern: str) -> None:
    content = b"{\\rtf1 " + (pattern * (100_000 // len(pattern))).encode()
    with suppress(Unreadable):
        found, _ = read(content, "plan.rtf")
        assert found.commitments == []
