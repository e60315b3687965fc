"""What is handed over with a seat."""

from collections.abc import Callable

from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions.commitment import accept, propose
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at, org
from samraad.district.actions import open_councils
from tests.documents.pdf_rules import faults, words

Person = Callable[[str], User]


def test_it_hands_over_no_closed_decision_to_one_without_a_seat(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    ssp = Forum.objects.get(slug="ssp-broenderslev")
    meeting = meetings.plan_meeting(
        forum=ssp, starts_at=at("2022-01-20"), ends_at=at("2022-01-20", 15), by=SYSTEM
    )
    item = agenda.add_item(meeting=meeting, kind="discussion", title="Lukket", closed=True, by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=at("2022-01-10"), by=SYSTEM)
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)
    minutes.decide(item=item, text="LUKKET BESLUTNING", by=SYSTEM)
    pack = f"/nordjylland/arbejde/overdragelse/{ssp.seats.all()[0].pk}/"
    assert "LUKKET" not in as_("signe").get(pack).content.decode()
    assert "LUKKET" in as_("omar").get(pack).content.decode()
    assert "LUKKET" not in told(as_("signe"), f"{pack}pakke.pdf")
    assert "LUKKET BESLUTNING" in told(as_("omar"), f"{pack}pakke.pdf")
    assert as_("omar").get(f"{pack}pakke.docx").content.startswith(b"PK")


def test_it_hands_over_no_commitment_of_another_district(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    region = org("region-nordjylland")
    east = open_councils(district=org("oestjylland"), by=SYSTEM)
    accept(commitment=propose(forum=east, text="I en anden kreds", owner=region, by=SYSTEM), by=SYSTEM)
    here = propose(forum=cast.kredsraad, text="I vores kreds", owner=region, by=SYSTEM)
    accept(commitment=here, by=SYSTEM)
    seat = Forum.objects.get(slug="psp-nordjylland").seats.all()[0]
    page = as_("signe").get(f"/nordjylland/arbejde/overdragelse/{seat.pk}/").content.decode()
    assert "I vores kreds" in page
    assert "I en anden kreds" not in page
    file = told(as_("signe"), f"/nordjylland/arbejde/overdragelse/{seat.pk}/pakke.pdf")
    assert "I vores kreds" in file
    assert "I en anden kreds" not in file


def told(client: Client, address: str) -> str:
    """The words of a PDF file that is as it should be."""
    content = client.get(address).content
    assert faults(content) == []
    return " ".join(words(content).split())
