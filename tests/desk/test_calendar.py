"""The calendar that a person subscribes to."""

from collections.abc import Callable

from django.test import Client

from samraad.accounts.models import User
from samraad.council.actions import agenda
from samraad.council.actions import meeting as meetings
from samraad.demo.cast import Entered, at

Person = Callable[[str], User]


def test_it_gives_a_calendar_that_follows_a_moved_meeting(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    made = meetings.plan_meeting(
        forum=cast.kredsraad,
        starts_at=at("2022-03-15"),
        ends_at=at("2022-03-15", 15),
        place="Aalborg",
        by=person("signe"),
    )
    agenda.add_item(meeting=made, kind="decision", title="Fortroligt punkt", by=person("signe"))
    maja = as_("maja")
    maja.post("/min-kalender/ny/")
    address = maja.get("/min-profil/").content.decode().split("http://testserver")[1].split("<")[0]
    first = Client().get(address).content.decode()
    assert "SUMMARY:Møde i Kredsrådet i Nordjylland" in first
    assert "20220315T120000Z" in first
    assert "Fortroligt" not in first
    meetings.move_meeting(
        meeting=made,
        starts_at=at("2022-03-22"),
        ends_at=at("2022-03-22", 15),
        reason="Storm",
        now=at("2022-01-28"),
        by=person("signe"),
    )
    again = Client().get(address).content.decode()
    assert f"UID:moede-{made.pk}@samraad" in again
    assert "SEQUENCE:1" in again
    assert "20220322T120000Z" in again
