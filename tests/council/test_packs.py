"""The agenda with its papers as one file: bookmarks, why something is not there, nothing of a closed item."""

import io
from collections.abc import Callable
from datetime import date

import pikepdf
import pytest
from django.core.files.base import ContentFile
from django.test import Client

from samraad.audit.actions import frame
from samraad.council.models import Meeting, Paper
from samraad.demo.cast import Entered
from samraad.documents.model import Document, Heading, Prose
from samraad.documents.pdf import to_pdf
from tests.documents.pdf_rules import bookmarks, words

CANARY = "KANARIEFUGL"
Browser = Callable[[str], Client]
OPEN_AND_CLOSED = ("Kriminaliteten i de første tre kvartaler af 2021", "Samarbejdet om en sag")


def pdf(said: str, pages: int = 1) -> bytes:
    """A paper of somebody else: so many pages, the last lies down by being turned."""
    made = to_pdf(Document(said, blocks=[Heading(said), Prose("Linje. " * 20)]))
    with pikepdf.open(io.BytesIO(made)) as file:
        for _ in range(pages - 1):
            file.pages.append(file.pages[0])
        file.pages[-1].Rotate = 90
        file.pages[0].AA = pikepdf.Dictionary(O=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x()"))
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


def locked() -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf("Låst"))) as file:
        file.save(out, encryption=pikepdf.Encryption(user="kode", owner="kode"))
    return out.getvalue()


def put(meeting: Meeting, item: str, title: str, name: str, content: bytes) -> Paper:
    """A paper as it lies on the disk, whatever the look at the door would have said."""
    paper = Paper(
        item=meeting.items.get(title__startswith=item),
        title=title,
        file_name=name,
        size=len(content),
        sha256="",
    )
    with frame():
        paper.file.save(name, ContentFile(content), save=True)
    return paper


@pytest.fixture
def meeting(demo: Entered) -> Meeting:
    found = demo.kredsraad.meetings.get(starts_at__date=date(2021, 12, 7))
    with frame():
        Paper.objects.filter(item__meeting=found).delete()
    return found


def fetched(client: Client, meeting: Meeting, part: str) -> bytes:
    answer = client.get(f"/nordjylland/arbejde/moeder/{meeting.pk}/samlet-{part}.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return answer.content


def test_it_joins_the_papers_and_says_what_is_not_there(meeting: Meeting, as_: Browser) -> None:
    first, _ = OPEN_AND_CLOSED
    put(meeting, first, "Tallene", "tal.pdf", pdf("Tal fra analysen", 3))
    put(meeting, first, "Arket", "ark.xlsx", b"PK")
    put(meeting, first, "Det låste", "laast.pdf", locked())
    put(meeting, first, "Det knækkede", "knaek.pdf", b"%PDF-1.7 knaek")
    gone = put(meeting, first, "Det væk", "vaek.pdf", pdf("Væk"))
    gone.file.storage.delete(gone.file.name)
    made = fetched(as_("signe"), meeting, "hele")
    told = " ".join(words(made).split())
    assert "2.1 Tallene 3 sider" in told
    assert "2.2 Arket ikke med: er ikke en PDF-fil" in told
    assert "2.3 Det låste ikke med: er låst med adgangskode" in told
    assert "2.4 Det knækkede ikke med: er gået i stykker" in told
    assert "2.5 Det væk ikke med: filen er der ikke mere" in told
    assert "Tal fra analysen" in told
    with pikepdf.open(io.BytesIO(made)) as file:
        marks = bookmarks(file)
        assert marks[0].startswith("Dagsorden, tirsdag 7. december 2021")
        assert marks[-1] == "Bilag 2.1: Tallene"
        assert file.pages[-1].Rotate == 90
        assert all("/AA" not in page for page in file.pages)
        with file.open_metadata() as claims:
            assert claims.get("pdfuaid:part") is None
            assert claims.get("pdfaid:part") is None


def test_the_open_part_takes_no_paper_of_what_is_held_back(meeting: Meeting, as_: Browser) -> None:
    first, closed = OPEN_AND_CLOSED
    put(meeting, first, "Tallene", "tal.pdf", pdf("Tal fra analysen"))
    put(meeting, closed, f"Sagen {CANARY}", f"{CANARY}.pdf", pdf(f"{CANARY} i filen"))
    assert CANARY in words(fetched(as_("signe"), meeting, "hele"))
    made = fetched(as_("signe"), meeting, "aaben")
    assert "Tal fra analysen" in words(made)
    with pikepdf.open(io.BytesIO(made)) as file:
        assert CANARY not in " ".join([words(made), *bookmarks(file), str(file.docinfo)])
    with frame():
        meeting.items.filter(title__startswith=first).update(withheld=True)
    assert "Tal fra analysen" not in words(fetched(as_("signe"), meeting, "aaben"))


def test_it_says_when_there_are_none(meeting: Meeting, as_: Browser) -> None:
    assert "Der er ingen bilag." in words(fetched(as_("signe"), meeting, "hele"))
    address = f"/nordjylland/arbejde/moeder/{meeting.pk}/samlet-halv.pdf"
    assert as_("signe").get(address).status_code == 404
