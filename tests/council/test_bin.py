"""What was taken off an agenda lies in the forum's bin: who reads it, what comes back, what is erased."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import empty, put_back
from samraad.audit.models import Removed
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Forum, Meeting, Paper
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]


def attach(item: AgendaItem) -> Paper:
    """A paper to an item."""
    return agenda.add_paper(
        item=item, title="Følsomt bilag", upload=SimpleUploadedFile("a.txt", b"hej"), by=SYSTEM
    )


def test_it_shows_and_puts_back_what_was_removed_only_for_those_who_read_and_write_it(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    ssp = Forum.objects.get(slug="ssp-broenderslev")
    other = meetings.plan_meeting(
        forum=ssp, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=SYSTEM
    )
    item = agenda.add_item(meeting=other, kind="discussion", title="LUKKET punkt", closed=True, by=SYSTEM)
    with frame():
        agenda.put_in_bin(thing=item, place=f"forum:{ssp.pk}", now=at("2022-01-28"), by=SYSTEM)
    bin = f"/nordjylland/arbejde/fora/{ssp.pk}/papirkurv/"
    back = f"/nordjylland/arbejde/fora/papirkurv/{Removed.objects.get().pk}/saet-paa-plads/"
    assert "LUKKET" not in as_("signe").get(bin).content.decode()
    assert as_("signe").post(back).status_code == 404
    assert not other.items.exists()
    assert "LUKKET" in as_("omar").get(bin).content.decode()  # he chairs it
    assert as_("omar").post(back).status_code == 302
    assert other.items.exists()


def test_it_puts_nothing_back_into_minutes(meeting: Meeting, person: Person) -> None:
    extra = agenda.add_item(meeting=meeting, kind="discussion", title="Aldrig drøftet", by=person("signe"))
    agenda.withdraw_item(item=extra, by=person("signe"))
    meetings.call_meeting(meeting=meeting, now=at("2022-01-11"), by=SYSTEM)
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)
    with pytest.raises(Denied, match="Mødet er holdt"):
        put_back(removed=Removed.objects.get(), now=at("2022-01-28"), by=person("signe"))
    assert meeting.items.count() == 1


def test_it_puts_a_paper_back_when_its_item_is_there(meeting: Meeting, person: Person) -> None:
    item = meeting.items.all()[0]
    agenda.remove_paper(paper=attach(item), by=person("signe"))
    pk, paper = item.pk, Removed.objects.get()
    agenda.withdraw_item(item=item, by=person("signe"))
    with pytest.raises(Refused, match="Sæt punktet på plads først"):
        put_back(removed=paper, now=at("2022-01-28"), by=person("signe"))
    put_back(removed=Removed.objects.exclude(pk=paper.pk).get(), now=at("2022-01-28"), by=person("signe"))
    put_back(removed=paper, now=at("2022-01-28"), by=person("signe"))
    assert Paper.objects.get().item_id == pk


def test_it_erases_a_paper_s_file_and_name_when_nobody_else_has_it(meeting: Meeting, person: Person) -> None:
    item = meeting.items.all()[0]
    paper = attach(item)
    file = Path(paper.file.path)
    later = meetings.plan_meeting(
        forum=meeting.forum, starts_at=at("2022-03-20"), ends_at=at("2022-03-20", 15), by=SYSTEM
    )
    copy = agenda.copy_item(item=item, to=later, by=SYSTEM)
    agenda.remove_paper(paper=paper, by=person("signe"))
    empty(now=at("2022-01-28") + timedelta(days=40), by=SYSTEM)
    assert file.exists()  # the copy has it still
    assert Removed.objects.get().label == ""
    agenda.remove_paper(paper=copy.papers.get(), by=person("signe"))
    empty(now=at("2022-01-28") + timedelta(days=40), by=SYSTEM)
    assert not file.exists()
