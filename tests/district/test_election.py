"""After an election all mayors' seats change in one act."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samraad.accounts.actions import invite
from samraad.accounts.models import User
from samraad.audit.actions import Denied
from samraad.council import permissions
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import Meeting
from samraad.council.permissions import holds
from samraad.council.queries.seat import turnover
from samraad.demo.cast import Entered, at, org
from samraad.district.actions import NewHolder, change_seats
from tests.databases import DAY

Person = Callable[[str], User]


def test_it_changes_all_mayors_in_one_act(cast: Entered, person: Person, client: Client) -> None:
    hjoerring = cast.kredsraad.seats.get(title="Borgmester i Hjørring")
    rebild = cast.kredsraad.seats.get(title="Borgmester i Rebild")
    holders = [
        NewHolder(hjoerring, "Nanna", "nanna@samraad.example", "Sara", "sara@samraad.example"),
        NewHolder(rebild, "Rune", "rune@samraad.example"),
    ]
    with pytest.raises(Denied):
        change_seats(forum=cast.kredsraad, holders=holders, starts_on=date(2022, 1, 28), by=person("poul"))
    invited = change_seats(
        forum=cast.kredsraad, holders=holders, starts_on=date(2022, 1, 28), by=person("signe")
    )
    assert [user.name for user, token in invited if token] == ["Nanna", "Sara", "Rune"]
    assert not holds(person("maja"), cast.kredsraad, "member")
    assert holds(person("else"), cast.kredsraad, "assistant")  # who prepares for the seat goes on
    assert turnover(cast.kredsraad, 2022)[0] == 2
    page = client.post(
        f"/invitation/{invited[0][1]}/",
        {"password": "en-lang-adgangskode-1", "again": "en-lang-adgangskode-1"},
    )
    assert page["Location"] == "/mit-bord/"
    assert client.get(f"/nordjylland/arbejde/overdragelse/{hjoerring.pk}/").status_code == 200
    assert Client().get(f"/invitation/{invited[0][1]}/").status_code == 404


def test_it_shows_no_link_to_an_account_that_waits_for_another_organisation(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    invite(
        organisation=org("aalborg"),
        email="nanna@samraad.example",
        name="Nanna",
        title="",
        right="employee",
        today=DAY,
        by=person("signe"),
    )
    seat = cast.kredsraad.seats.get(title="Borgmester i Hjørring")
    empty = {
        f"{field}_{s.pk}": ""
        for s in cast.kredsraad.seats.all()
        for field in ("name", "email", "deputy_name", "deputy_email")
    }
    data = empty | {
        "starts_on": "2022-01-28",
        f"name_{seat.pk}": "Nanna",
        f"email_{seat.pk}": "nanna@samraad.example",
    }
    page = (
        as_("signe")
        .post(f"/nordjylland/arbejde/fora/{cast.kredsraad.pk}/skift/", data, follow=True)
        .content.decode()
    )
    assert "Linket til Nanna er kun sendt i en mail til personen selv" in page
    assert "/invitation/" not in page


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    meetings.add_item(meeting=planned, kind="discussion", title="Punkt", withheld=True, by=person("signe"))
    meetings.call_meeting(meeting=planned, now=at("2022-01-11"), by=person("signe"))
    return planned


def test_it_asks_the_one_who_sat_there_and_not_her_successor(meeting: Meeting, person: Person) -> None:
    presence = dict.fromkeys(meeting.forum.seats.filter(member=True), "present")
    minutes.hold_meeting(meeting=meeting, presence=presence, chaired_by=None, guests=[], by=person("signe"))
    minutes.write_minute(
        item=meeting.items.get(), minute="x", outcome="noted", subjects=[], version=1, by=person("signe")
    )
    minutes.send_minutes(meeting=meeting, now=at("2022-01-27"), by=person("signe"))
    seat = meeting.forum.seats.get(title="Borgmester i Hjørring")
    change_seats(
        forum=meeting.forum,
        holders=[NewHolder(seat, "Nanna", "nanna@samraad.example")],
        starts_on=DAY,
        by=person("signe"),
    )
    nanna = User.objects.get(name="Nanna")
    assert "til stede" in permissions.reply_to_minutes.reason(nanna, meeting)
