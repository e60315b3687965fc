"""Reading in a process of its own: what it gives, and what no file gets past."""

import io

import pikepdf
import pytest

from manuscript import sandbox
from manuscript.errors import Unreadable
from manuscript.reading import read
from tests.manuscript import office
from tests.manuscript.small_plan import PLAN


def test_it_gives_what_the_reader_gives() -> None:
    found, lines = read(PLAN.encode(), "plan.txt")
    assert sandbox.read_in_sandbox(PLAN.encode(), "plan.txt") == (found.as_json(), lines)


def test_it_stops_a_reading_that_takes_too_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "SECONDS", -4.9)
    with pytest.raises(Unreadable, match="for stor eller for indviklet"):
        sandbox.read_in_sandbox(PLAN.encode(), "plan.txt")


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
            office.docx(main=False, extra={"word/document.xml": b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"}),
            "uden for sig selv",
        ),
    ],
)
def test_it_refuses_a_bad_file_in_words(name: str, content: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        sandbox.read_in_sandbox(content, name)
