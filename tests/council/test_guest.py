"""A guest of one item is told of that item, its time and place, and of nothing else on the agenda."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from samraad.accounts.models import Mail, User
from samraad.audit.actions import Denied, Refused
from samraad.council.actions import agenda, guest, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.models import AgendaItem, Meeting
from samraad.demo.cast import Entered, at
from tests.databases import moment

Person = Callable[[str], User]
Browser = Callable[[str], Client]
ADDRESS = "skole@example.dk"


@pytest.fixture
def june(cast: Entered, person: Person) -> Meeting:
    """A meeting to come with two items, and a guest of the first."""
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-06-14"), ends_at=at("2022-06-14", 15), by=person("signe")
    )
    item = agenda.add_item(meeting=planned, kind="discussion", title="Cykler", by=person("signe"))
    agenda.add_item(meeting=planned, kind="discussion", title="Natteliv", by=person("signe"))
    guest.invite_guest(item=item, role="Skoleleder", email=ADDRESS, by=person("signe"))
    return planned


def told() -> list[str]:
    """What the guest has been written."""
    return [f"{mail.subject} {mail.body}" for mail in Mail.objects.filter(address=ADDRESS).order_by("pk")]


def call(meeting: Meeting, person: Person) -> None:
    meetings.call_meeting(meeting=meeting, now=at("2022-01-28"), by=person("signe"))


def first(meeting: Meeting) -> AgendaItem:
    return meeting.items.get(title="Cykler")


def test_a_guest_is_told_of_her_item_when_the_agenda_goes_out(june: Meeting, person: Person) -> None:
    assert told() == []
    call(june, person)
    (mail,) = told()
    assert "“Cykler”" in mail
    assert "tirsdag 14. juni 2022" in mail
    assert "Natteliv" not in mail
    assert "/arbejde/" not in mail  # she cannot sign in


def test_the_preview_shows_the_guest_s_mail(june: Meeting, as_: Browser) -> None:
    page = as_("signe").get(f"/nordjylland/arbejde/moeder/{june.pk}/indkald/").content.decode()
    assert ADDRESS in page
    assert "Invitation: Kredsrådet" in page


def test_a_closed_item_has_no_title_in_the_invitation(cast: Entered, june: Meeting, person: Person) -> None:
    item = agenda.add_item(meeting=june, kind="discussion", title="HEMMELIG", closed=True, by=person("signe"))
    guest.invite_guest(item=item, role="Læge", email="laege@example.dk", by=person("signe"))
    call(june, person)
    mail = Mail.objects.get(address="laege@example.dk")
    assert "HEMMELIG" not in mail.subject + mail.body


def test_a_guest_hears_that_the_meeting_is_moved_or_off(june: Meeting, person: Person) -> None:
    call(june, person)
    meetings.move_meeting(
        meeting=june,
        starts_at=at("2022-06-15"),
        ends_at=at("2022-06-15", 15),
        reason="Salen er optaget",
        now=at("2022-01-28"),
        by=person("signe"),
    )
    meetings.cancel_meeting(meeting=june, reason="Sygdom", to=None, by=person("signe"))
    assert ["Flyttet" in told()[1], "Aflyst" in told()[2]] == [True, True]


def test_a_guest_who_comes_later_is_told_at_once_and_when_she_need_not_come(
    june: Meeting, person: Person
) -> None:
    call(june, person)
    late = guest.invite_guest(item=first(june), role="Arkitekt", email="a@example.dk", by=person("signe"))
    assert Mail.objects.filter(address="a@example.dk").count() == 1
    guest.remove_guest(guest=late, by=person("signe"))
    assert "ikke længere inviteret" in Mail.objects.filter(address="a@example.dk").latest("pk").body
    agenda.withdraw_item(item=first(june), by=person("signe"))
    assert "ikke længere inviteret" in told()[-1]


def test_the_address_goes_when_the_meeting_was_held(june: Meeting, person: Person, settings: Any) -> None:
    call(june, person)
    settings.SAMRAAD_TODAY = moment(date(2022, 6, 15))
    minutes.hold_meeting(meeting=june, presence={}, chaired_by=None, guests=[], by=person("signe"))
    assert [(each.role, each.email) for each in june.guests.all()] == [("Skoleleder", "")]


def test_an_address_is_invited_once_and_by_who_keeps_the_agenda(june: Meeting, person: Person) -> None:
    with pytest.raises(Refused, match="allerede inviteret"):
        guest.invite_guest(item=first(june), role="Leder", email=ADDRESS.upper(), by=person("signe"))
    with pytest.raises(Denied):
        guest.invite_guest(item=first(june), role="Leder", email="b@example.dk", by=person("maja"))


def test_a_guest_is_written_on_the_item_and_taken_off(june: Meeting, as_: Browser) -> None:
    signe: Any = as_("signe")
    invite = f"/nordjylland/arbejde/punkter/{first(june).pk}/gaest/"
    assert "intet af resten" in signe.get(invite).content.decode()
    done = signe.post(invite, {"role": "Arkitekt", "email": "a@example.dk"}, follow=True).content.decode()
    assert "Gæst: Arkitekt" in done
    assert "a@example.dk" not in as_("maja").get(june.get_absolute_url()).content.decode()
    late = june.guests.get(role="Arkitekt")
    signe.post(f"/nordjylland/arbejde/gaester/{late.pk}/fjern/")
    assert june.guests.count() == 1


def test_a_guest_goes_with_her_item_to_another_meeting(june: Meeting, person: Person) -> None:
    autumn = meetings.plan_meeting(
        forum=june.forum, starts_at=at("2022-09-13"), ends_at=at("2022-09-13", 15), by=person("signe")
    )
    call(june, person)
    meetings.cancel_meeting(meeting=june, reason="Sygdom", to=autumn, by=person("signe"))
    assert "Aflyst" in told()[1]
    call(autumn, person)
    assert "13. september 2022" in told()[2]
