"""Agenda and minutes as Word: how far they have come, and nothing of a closed item in the open part."""

import io
from collections.abc import Callable
from datetime import date

import docx
import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import frame
from samraad.audit.actor import SYSTEM
from samraad.council import papers
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting
from samraad.demo.cast import Entered, at
from samraad.documents.model import Document
from samraad.documents.word import to_docx
from tests.documents.pdf_rules import faults

Person = Callable[[str], User]


def words(document: Document) -> str:
    """All words of the Word file, a line per paragraph or row."""
    file = docx.Document(io.BytesIO(to_docx(document)))
    rows = [" | ".join(cell.text for cell in row.cells) for table in file.tables for row in table.rows]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *rows])


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    """A held meeting with an open and a closed item, each with a decision."""
    made = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    for title, closed in (("Trygge skoleveje", False), ("HEMMELIG SAG", True)):
        item = agenda.add_item(
            meeting=made,
            kind="decision",
            title=title,
            text=f"<p>Om {title}.</p>",
            closed=closed,
            by=person("signe"),
        )
        minutes.decide(item=item, text=f"Vi beslutter {title}.", by=SYSTEM)
    meetings.call_meeting(meeting=made, now=at("2022-01-11"), by=person("signe"))
    return minutes.hold_meeting(meeting=made, presence={}, chaired_by=None, guests=[], by=person("signe"))


def test_it_says_that_minutes_are_not_approved(meeting: Meeting) -> None:
    for open_only in (False, True):
        assert papers.minutes(meeting, open_only=open_only).state == "Kladde, ikke sendt til godkendelse"
        meeting.status, meeting.objections_due_on = "minutes_sent", date(2022, 2, 4)
        assert (
            papers.minutes(meeting, open_only=open_only).state
            == "Til godkendelse, indsigelser senest 4. februar 2022"
        )
        meeting.status, meeting.minutes_approved_at = "approved", at("2022-02-05")
        assert papers.minutes(meeting, open_only=open_only).state == "Godkendt den 5. februar 2022"
        assert papers.minutes(meeting, open_only=open_only).footer.endswith(" · godkendt")
        assert papers.minutes(meeting, open_only=open_only).dated == date(2022, 2, 5)
        meeting.status, meeting.minutes_approved_at = "held", None
        assert papers.minutes(meeting, open_only=open_only).footer.endswith(" · ikke godkendt")


def test_it_gives_an_agenda_with_nothing_of_closed_items(
    meeting: Meeting, as_: Callable[[str], Client]
) -> None:
    whole, part = (words(papers.agenda(meeting, open_only=only)) for only in (False, True))
    assert "2 | HEMMELIG SAG | Beslutning, lukket" in whole
    assert "Om HEMMELIG SAG." in whole
    assert "HEMMELIG" not in part
    assert "2 | Lukket punkt | lukket" in part
    assert "Om Trygge skoleveje." in part
    with frame():
        meeting.items.filter(closed=False).update(withheld=True)
    assert "Om Trygge" not in words(papers.agenda(meeting, open_only=True))
    page = f"/nordjylland/arbejde/moeder/{meeting.pk}/"
    shown = as_("signe").get(page).content.decode()
    for name in ("dagsorden-hele", "dagsorden-aaben", "referat-hele", "referat-aaben"):
        assert f"{page}{name}.docx" in shown
        assert as_("signe").get(f"{page}{name}.docx").status_code == 200
        assert f"{page}{name}.pdf" in shown
        assert faults(as_("signe").get(f"{page}{name}.pdf").content) == []
    assert as_("signe").get(f"{page}dagsorden-halv.docx").status_code == 404
    assert as_("signe").get(f"{page}dagsorden-halv.pdf").status_code == 404
