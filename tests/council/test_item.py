"""An item of an agenda: pasted text, papers."""

from collections.abc import Callable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samraad.accounts.models import User
from samraad.council.actions import meeting as meetings
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]


def test_it_writes_an_agenda_of_pasted_text(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=person("signe")
    )
    url = f"/nordjylland/arbejde/moeder/{planned.pk}"
    as_("signe").post(f"{url}/punkt/", {"title": "A\x0bB", "kind": "discussion", "text": "<p>Et\x0bto</p>"})
    assert [(item.title, item.text) for item in planned.items.all()] == [("A B", "<p>Et<br>to</p>")]
    assert as_("signe").get(f"{url}/dagsorden-hele.docx").status_code == 200


def test_it_takes_a_paper_that_names_somebody_with_a_word_about_it(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=person("signe")
    )
    item = meetings.add_item(meeting=planned, kind="discussion", title="Natteliv", by=person("signe"))
    url = f"/nordjylland/arbejde/punkter/{item.pk}/bilag/"
    sent = as_("signe").post(
        url, {"title": "Notat", "upload": SimpleUploadedFile("a.txt", b"Kontakt Peter Hansen")}, follow=True
    )
    assert "Bilaget er lagt på. Det ser ud til at nævne en person: “Peter Hansen”." in sent.content.decode()
    assert item.papers.count() == 1
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 halvt")
    assert as_("signe").post(url, {"title": "Ark", "upload": broken}).status_code == 422
    assert item.papers.count() == 1
