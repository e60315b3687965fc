"""After an election all mayors' seats change in one act."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from samraad.accounts.models import Mail, Membership, User
from samraad.audit.actions import Denied, frame
from samraad.council import permissions
from samraad.council.actions import agenda, minutes
from samraad.council.actions import meeting as meetings
from samraad.council.actions.appointment import answer_appointment
from samraad.council.models import Appointment, Meeting
from samraad.council.permissions import holds
from samraad.council.queries.seat import turnover
from samraad.demo.cast import Entered, at
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
    named = change_seats(
        forum=cast.kredsraad, holders=holders, starts_on=date(2022, 1, 28), by=person("signe")
    )
    assert [user.name for user in named] == ["Nanna", "Sara", "Rune"]
    assert not holds(person("maja"), cast.kredsraad, "member")
    assert holds(person("else"), cast.kredsraad, "assistant")  # who prepares for the seat goes on
    assert turnover(cast.kredsraad, 2022)[0] == 0  # nobody has said yes yet
    say_yes("Nanna", person("else"))
    assert turnover(cast.kredsraad, 2022)[0] == 1
    mail = Mail.objects.get(user__name="Nanna", kind="invitation")
    link = "/invitation/" + mail.body.split("/invitation/")[1].split()[0]
    word = {"password": "en-lang-adgangskode-1", "again": "en-lang-adgangskode-1"}
    assert client.post(link, word)["Location"] == "/mit-bord/"
    assert client.get(f"/nordjylland/arbejde/overdragelse/{hjoerring.pk}/").status_code == 200
    assert Client().get(link).status_code == 404


def say_yes(name: str, by: User) -> None:
    """The new one's organisation says yes."""
    appointment = Appointment.objects.get(user__name=name)
    answer_appointment(appointment=appointment, agrees=True, today=DAY, by=by)


def test_it_shows_the_secretariat_no_link_and_says_who_is_waited_for(
    cast: Entered, as_: Callable[[str], Client]
) -> None:
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
    signe = as_("signe")
    page = signe.post(f"/nordjylland/arbejde/fora/{cast.kredsraad.pk}/skift/", data, follow=True)
    assert "når deres egen organisation har sagt ja" in page.content.decode()
    assert "/invitation/" not in page.content.decode()
    forum = signe.get(cast.kredsraad.get_absolute_url()).content.decode()
    assert "venter på ja fra Hjørring Kommunes administrator" in forum


@pytest.fixture
def meeting(cast: Entered, person: Person) -> Meeting:
    planned = meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-01-25"), ends_at=at("2022-01-25", 15), by=person("signe")
    )
    agenda.add_item(meeting=planned, kind="discussion", title="Punkt", withheld=True, by=person("signe"))
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
    say_yes("Nanna", person("else"))
    with frame():
        Membership.objects.filter(user__name="Nanna").update(waiting=False)
    nanna = User.objects.get(name="Nanna")
    assert "til stede" in permissions.reply_to_minutes.reason(nanna, meeting)
