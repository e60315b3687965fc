"""An item of an agenda: its number, pasted text, papers, what is told of it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samraad.accounts.models import Mail, User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.bin import put_back
from samraad.audit.models import Removed
from samraad.commitment.actions.commitment import propose
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.council.models import Meeting, Paper
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
    item = agenda.add_item(meeting=planned, kind="discussion", title="Natteliv", by=person("signe"))
    url = f"/nordjylland/arbejde/punkter/{item.pk}/bilag/"
    sent = as_("signe").post(
        url, {"title": "Notat", "upload": SimpleUploadedFile("a.txt", b"Kontakt Peter Hansen")}, follow=True
    )
    assert "Bilaget er lagt på. Det ser ud til at nævne en person: “Peter Hansen”." in sent.content.decode()
    assert item.papers.count() == 1
    broken = SimpleUploadedFile("a.xlsx", b"PK\x03\x04 halvt")
    assert as_("signe").post(url, {"title": "Ark", "upload": broken}).status_code == 422
    assert item.papers.count() == 1


def _titles(meeting: Meeting) -> list[tuple[int, str]]:
    return [(item.position, item.title) for item in meeting.items.all()]


@pytest.fixture
def five(cast: Entered, person: Person) -> Meeting:
    """A planned meeting with the items A to E."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=person("signe")
    )
    for title in "ABCDE":
        agenda.add_item(meeting=planned, kind="discussion", title=title, by=person("signe"))
    return planned


def test_the_numbers_of_an_agenda_have_no_holes_before_it_is_sent(five: Meeting, person: Person) -> None:
    agenda.withdraw_item(item=five.items.get(title="B"), by=person("signe"))
    agenda.add_item(meeting=five, kind="discussion", title="F", by=person("signe"))
    assert _titles(five) == [(1, "A"), (2, "C"), (3, "D"), (4, "E"), (5, "F")]
    put_back(removed=Removed.objects.get(), now=at("2022-01-28"), by=person("signe"))
    assert _titles(five)[-1] == (6, "B")


def _typed(meeting: Meeting, *numbers: str) -> dict[str, str]:
    """The numbers as they are typed beside the items that one sees."""
    seen = [item.pk for item in meeting.items.all()]
    return {"seen": ",".join(map(str, seen))} | {
        f"nr-{pk}": number for pk, number in zip(seen, numbers, strict=True)
    }


@pytest.mark.parametrize(
    ("numbers", "then"),
    [("54321", "EDCBA"), ("12345", "ABCDE"), ("22345", "ABCDE"), ("12342", "AEBCD"), ("92345", "BCDEA")],
)
def test_its_items_stand_by_the_numbers_beside_them(
    five: Meeting, as_: Callable[[str], Client], numbers: str, then: str
) -> None:
    url = f"{five.get_absolute_url()}raekkefoelge/"
    page = as_("signe").post(url, _typed(five, *numbers), follow=True)
    assert "Rækkefølgen er gemt." in page.content.decode()
    assert _titles(five) == list(enumerate(then, start=1))


def test_an_order_of_an_agenda_that_has_changed_is_not_taken(
    five: Meeting, person: Person, as_: Callable[[str], Client]
) -> None:
    url, typed = f"{five.get_absolute_url()}raekkefoelge/", _typed(five, *"54321")
    agenda.withdraw_item(item=five.items.get(title="B"), by=person("signe"))
    assert "er ændret, siden du så den" in as_("signe").post(url, typed, follow=True).content.decode()
    assert _titles(five) == [(1, "A"), (2, "C"), (3, "D"), (4, "E")]
    for wrong in ({"seen": "x"}, {}, {"seen": "1,2"}, _typed(five, "1", "2", "3", "tre")):
        page = as_("signe").post(url, wrong, follow=True).content.decode()
        assert "Skriv et helt tal ved hvert punkt." in page
    assert _titles(five) == [(1, "A"), (2, "C"), (3, "D"), (4, "E")]


def test_it_shows_a_paper_that_runs_nothing_and_gives_the_rest(
    five: Meeting, person: Person, as_: Callable[[str], Client]
) -> None:
    item = five.items.get(title="A")
    for name in ("notat.pdf", "notat.html", "notat.txt", "notat.svg"):
        with frame():
            Paper.objects.create(
                item=item,
                title=name,
                file=ContentFile(b"%PDF-1.4", name),
                file_name=name,
                size=8,
                sha256=name,
            )
    served = {}
    for paper in item.papers.all():
        answer: Any = as_("signe").get(f"/nordjylland/arbejde/bilag/{paper.pk}/")
        for close in answer._resource_closers:
            close()
        served[paper.file_name] = (answer["Content-Type"], answer["Content-Disposition"].split(";")[0])
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert served.pop("notat.pdf") == ("application/pdf", "inline")
    assert set(served.values()) == {("application/octet-stream", "attachment")}


def test_what_was_sent_keeps_its_number(five: Meeting, person: Person) -> None:
    meetings.call_meeting(meeting=five, now=at("2022-01-28"), by=person("signe"))
    agenda.withdraw_item(item=five.items.get(title="B"), by=person("signe"))
    added = agenda.add_item(meeting=five, kind="discussion", title="F", by=person("signe"))
    assert added.position == 6
    assert [number for number, _ in _titles(five)] == [1, 2, 3, 4, 5, 6]
    with pytest.raises(Denied, match="beholder deres numre"):
        agenda.move_item(item=five.items.get(title="C"), up=True, by=person("signe"))


def test_what_comes_after_the_call_is_told_of_but_not_the_words_of_what_is_held_back(
    five: Meeting, person: Person
) -> None:
    meetings.call_meeting(meeting=five, now=at("2022-01-28"), by=person("signe"))
    told = agenda.add_item(meeting=five, kind="discussion", title="Cykler", by=person("signe"))
    closed = agenda.add_item(
        meeting=five, kind="discussion", title="HEMMELIG", closed=True, by=person("signe")
    )
    withheld = agenda.add_item(
        meeting=five, kind="discussion", title="HEMMELIG", withheld=True, by=person("signe")
    )
    mails = {item: Mail.objects.filter(key=f"item:{item.pk}") for item in (told, closed, withheld)}
    assert all("“Cykler” er kommet på som punkt 6" in mail.body for mail in mails[told])
    for item in (told, closed, withheld):
        assert mails[item].exists()
    assert not [mail for mail in Mail.objects.all() if "HEMMELIG" in mail.subject + mail.body]


def test_papers_after_the_call_are_told_of_once_a_day(five: Meeting, person: Person) -> None:
    item = five.items.get(title="A")
    early = SimpleUploadedFile("a.txt", b"Et notat")
    agenda.add_paper(item=item, title="Notat", upload=early, by=person("signe"))
    assert not Mail.objects.filter(key__startswith="paper:").exists()
    meetings.call_meeting(meeting=five, now=at("2022-01-28"), by=person("signe"))
    for name in ("b.txt", "c.txt"):
        late = SimpleUploadedFile(name, name.encode())
        agenda.add_paper(item=item, title=name, upload=late, by=person("signe"))
    told = Mail.objects.filter(key__startswith="paper:", user=person("maja"))
    assert [mail.subject for mail in told] == [f"Nye bilag: {five.forum} søndag 20. marts 2022 kl. 13.00"]


def test_the_same_proposal_is_taken_once(five: Meeting, person: Person) -> None:
    late = propose(
        forum=five.forum,
        text="Trykke en folder",
        due_on=date(2022, 1, 1),
        by=person("poul"),
        owner=five.forum.district,
    )
    taken = agenda.take_proposal(meeting=five, key=late.key, by=person("signe"))
    with pytest.raises(Refused, match=r"“.*folder” står allerede på dagsordenen \(punkt 6\)"):
        agenda.take_proposal(meeting=five, key=late.key, by=person("poul"))
    assert five.items.filter(proposal=late.key).get() == taken


def test_several_papers_have_the_names_of_their_files(five: Meeting, as_: Callable[[str], Client]) -> None:
    item = five.items.get(title="A")
    url = f"/nordjylland/arbejde/punkter/{item.pk}/bilag/"
    files = [SimpleUploadedFile("Status_2022.txt", b"et"), SimpleUploadedFile("Budget.txt", b"to")]
    sent = as_("signe").post(url, {"upload": files}, follow=True)
    assert "2 bilag er lagt på." in sent.content.decode()
    assert [paper.title for paper in item.papers.all()] == ["Status 2022", "Budget"]
    bad = [SimpleUploadedFile("c.txt", b"tre"), SimpleUploadedFile("d.pdf", b"ikke en pdf")]
    refused = as_("signe").post(url, {"upload": bad})
    assert refused.status_code == 422
    assert "d.pdf" in refused.content.decode()
    assert item.papers.count() == 2


def test_the_standing_items_of_a_forum_are_put_on_once(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    forum = cast.kredsraad
    page = f"/nordjylland/arbejde/fora/{forum.pk}/faste-punkter/"
    assert as_("signe").post(page, {"standing_items": "Velkommen\nEventuelt\n"}).status_code == 302
    planned = meetings.plan_meeting(
        forum=forum, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=person("signe")
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Eventuelt", by=person("signe"))
    meeting = f"/nordjylland/arbejde/moeder/{planned.pk}/faste-punkter/"
    as_("signe").post(meeting)
    as_("signe").post(meeting)
    assert [item.title for item in planned.items.all()] == ["Eventuelt", "Velkommen"]


def test_an_item_that_was_moved_is_told_of_at_its_place(five: Meeting, as_: Callable[[str], Client]) -> None:
    item = five.items.get(title="C")
    signe = as_("signe")
    moved = signe.post(f"/nordjylland/arbejde/punkter/{item.pk}/flyt/op/")
    assert moved.url.endswith(f"#punkt-{item.pk}")  # type: ignore[attr-defined]
    assert "“C” er nu punkt 2." in signe.get(five.get_absolute_url()).content.decode()
