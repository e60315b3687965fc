"""What was decided at a closed or withheld item comes out at no public door, nor does a no or a maybe."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

import pikepdf
import pytest
from django.test import Client
from docx import Document

from samraad.accounts.models import Mail, User
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions.commitment import accept, propose
from samraad.commitment.models import Commitment
from samraad.council.actions import agenda, minutes, publication
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.council.queries.proposal import proposals
from samraad.demo.cast import Entered, at
from samraad.plan.actions import year as years
from tests.documents.pdf_rules import bookmarks, words

Person = Callable[[str], User]
TODAY = date(2022, 1, 28)
CANARY = "KANARIEFUGL"


@dataclass(frozen=True)
class Secret:
    """A published meeting: an item that is held back and an open one, each with an accepted commitment."""

    meeting: Meeting
    item: AgendaItem
    open_item: AgendaItem
    commitment: Commitment


def _promised(item: AgendaItem, text: str, poul: User, due_on: date = date(2022, 10, 1)) -> Commitment:
    decision = minutes.decide(item=item, text=f"Besluttet: {text}", by=SYSTEM)
    made = propose(
        forum=item.meeting.forum,
        text=text,
        owner=item.meeting.forum.district,
        due_on=due_on,
        decision=decision,
        by=SYSTEM,
    )
    return accept(commitment=made, by=poul)


@pytest.fixture(params=["closed", "withheld", "closed later"])
def secret(request: pytest.FixtureRequest, demo: Entered, person: Person) -> Secret:
    """The same, held back in one of three ways."""
    held_back = {request.param: True} if request.param in ("closed", "withheld") else {}
    meeting = meetings.plan_meeting(
        forum=demo.kredsraad, starts_at=at("2022-01-26"), ends_at=at("2022-01-26", 15), by=SYSTEM
    )
    # the title of what is withheld is public, what is said is not
    title = "Vagtordning" if request.param == "withheld" else f"Vagtordning {CANARY}"
    item = agenda.add_item(
        meeting=meeting, kind="decision", title=title, text=f"<p>{CANARY}</p>", by=SYSTEM, **held_back
    )
    open_item = agenda.add_item(meeting=meeting, kind="decision", title="Cykler", by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=SYSTEM)
    presence = {meeting.forum.seats.get(title="Politidirektør i Nordjylland"): "present"}
    minutes.hold_meeting(meeting=meeting, presence=presence, chaired_by=None, guests=[], by=SYSTEM)
    commitment = _promised(item, f"Prøve ny vagtordning {CANARY}", person("poul"))
    _promised(open_item, "Tælle cykler", person("poul"))
    declined = propose(
        forum=meeting.forum,
        text=f"Afvist {CANARY}",
        owner=demo.kredsraad.district,
        decision=open_item.decisions.get(),
        by=SYSTEM,
    )
    assert declined.is_proposed
    for each in (item, open_item):
        each.refresh_from_db()
        minutes.write_minute(
            item=each,
            minute=f"<p>{CANARY if each == item else 'Alle var enige.'}</p>",
            outcome="adopted",
            subjects=["prevention"] if each == open_item else [],
            version=each.version,
            by=person("signe"),
        )
    minutes.send_minutes(meeting=meeting, now=at("2022-01-27"), by=SYSTEM)
    minutes.approve_minutes(meeting=meeting, now=at("2022-01-28"), by=person("poul"))
    meeting.refresh_from_db()
    publication.publish_open_part(meeting=meeting, now=at("2022-01-28"), by=SYSTEM)
    if request.param == "closed later":
        item.refresh_from_db()
        publication.hold_back(
            item=item, closed=True, withheld=False, version=item.version, by=person("signe")
        )
    return Secret(meeting, item, open_item, commitment)


def _word(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    document = Document(BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_no_public_page_tells_of_it(secret: Secret) -> None:
    anybody = Client()
    minuted = f"/nordjylland/moeder/{secret.meeting.pk}/"
    assert "Tælle cykler" in anybody.get(minuted).content.decode()
    for address in ("/nordjylland/", "/nordjylland/moeder/", minuted, "/nordjylland/planer/2022/"):
        assert CANARY not in anybody.get(address).content.decode(), address


def test_no_search_of_the_public_finds_it(secret: Secret) -> None:
    minuted = f"moeder/{secret.meeting.pk}/"
    assert minuted not in _found(CANARY)
    assert CANARY not in _found("vagtordning prøve")
    assert CANARY not in _found("afvist")
    assert minuted in _found("alle var enige")


def _found(words: str) -> str:
    return Client().get("/nordjylland/soeg/", {"q": words}).content.decode()


def test_no_account_tells_of_it(secret: Secret) -> None:
    account = years.start_account(forum=secret.meeting.forum, year=2022, today=TODAY, by=SYSTEM)
    told = " ".join(section.body for section in account.sections.all())
    assert "Tælle cykler" in told
    assert CANARY not in told


def test_no_open_part_in_word_tells_of_it(secret: Secret, as_: Callable[[str], Client]) -> None:
    base = f"/nordjylland/arbejde/moeder/{secret.meeting.pk}"
    for name in ("dagsorden-aaben", "referat-aaben"):
        assert CANARY not in _word(as_("signe"), f"{base}/{name}.docx"), name
    assert CANARY in _word(as_("signe"), f"{base}/referat-hele.docx")


def test_no_open_part_in_pdf_tells_of_it(secret: Secret, as_: Callable[[str], Client]) -> None:
    """Neither in its words nor in its bookmarks, its title or what it says of itself."""
    base = f"/nordjylland/arbejde/moeder/{secret.meeting.pk}"
    for name in ("dagsorden-aaben", "referat-aaben"):
        assert CANARY not in _pdf(as_("signe"), f"{base}/{name}.pdf"), name
    assert CANARY in _pdf(as_("signe"), f"{base}/referat-hele.pdf")
    assert CANARY in _pdf(as_("signe"), f"{base}/dagsorden-hele.pdf")


def test_the_public_plan_in_pdf_does_not_tell_of_it(secret: Secret) -> None:
    assert CANARY not in _pdf(Client(), "/nordjylland/planer/2022/plan.pdf")


def _pdf(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    with pikepdf.open(BytesIO(answer.content)) as file, file.open_metadata() as told:
        hidden = [*bookmarks(file), str(file.docinfo), str(dict(told))]
    return " ".join([words(answer.content), *hidden])


def test_an_item_that_it_proposes_is_held_back_too(secret: Secret, person: Person) -> None:
    march = Meeting.objects.get(forum=secret.meeting.forum, starts_at__date=date(2022, 3, 15))
    proposed = [each for each in proposals(march, date(2022, 11, 1)) if each.key == secret.commitment.key]
    assert [each.closed for each in proposed] == [True]


def test_no_mail_tells_of_it(secret: Secret) -> None:
    assert not [mail for mail in Mail.objects.all() if CANARY in mail.subject + mail.body]


def test_who_sends_a_held_back_item_on_is_asked_first(secret: Secret, as_: Callable[[str], Client]) -> None:
    other = Forum.objects.get(slug="lokalraad-aalborg")
    address = f"/nordjylland/arbejde/punkter/{secret.item.pk}/send/"
    assert as_("signe").post(address, {"fora": [other.pk]}).status_code == 422
    assert not secret.item.forwardings.exists()
    assert as_("signe").post(address, {"fora": [other.pk], "sure": "on"}).status_code == 302
    assert secret.item.forwardings.exists()
    open_address = f"/nordjylland/arbejde/punkter/{secret.open_item.pk}/send/"
    assert as_("signe").post(open_address, {"fora": [other.pk]}).status_code == 302


def test_what_is_closed_is_not_opened_after_the_minutes_are_sent(
    secret: Secret, as_: Callable[[str], Client]
) -> None:
    secret.item.refresh_from_db()
    address = f"/nordjylland/arbejde/punkter/{secret.item.pk}/luk/"
    answer = as_("signe").post(address, {"version": secret.item.version})
    assert answer.status_code == 422
    assert "kan ikke åbnes mere" in answer.content.decode()


def test_published_minutes_are_withdrawn_with_a_reason(secret: Secret, as_: Callable[[str], Client]) -> None:
    address = f"/nordjylland/arbejde/moeder/{secret.meeting.pk}/referat/traek-tilbage/"
    sent = as_("signe").post(address, {"reason": "Et punkt skulle være lukket"})
    assert sent.status_code == 302
    page = Client().get(f"/nordjylland/moeder/{secret.meeting.pk}/").content.decode()
    assert "Referatet er trukket tilbage: Et punkt skulle være lukket" in page
    assert "Tælle cykler" not in page
    assert "enige" not in page
    assert f"moeder/{secret.meeting.pk}/" not in _found("alle var enige")
