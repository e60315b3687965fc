"""Seats outlive people; access ends on the next request."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.actions import invite
from samraad.accounts.models import User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.commitment.actions.commitment import propose
from samraad.council import queries
from samraad.council.actions import forum as acts
from samraad.council.actions import meeting as meetings
from samraad.council.actions import minutes
from samraad.council.models import Appointment, Forum, Seat
from samraad.council.permissions import holds
from samraad.demo.cast import Entered, at, org
from samraad.district.actions import NewHolder, change_seats, open_councils
from tests.databases import DAY

Person = Callable[[str], User]


def test_it_has_one_holder_a_seat(cast: Entered, person: Person) -> None:
    seat = cast.kredsraad.seats.get(title="Borgmester i Hjørring")
    with pytest.raises(Refused, match="allerede en medlem"):
        acts.appoint(
            seat=seat, user=person("birk"), function="member", starts_on=date(2022, 1, 28), by=person("signe")
        )
    with pytest.raises(IntegrityError), transaction.atomic(), frame():
        Appointment.objects.create(
            seat=seat, user=person("birk"), function="member", starts_on=date(2022, 1, 28)
        )


def test_it_proposes_a_deputy_for_a_seat_that_is_held_and_else_what_the_last_one_was(
    cast: Entered, as_: Callable[[str], Client]
) -> None:
    def proposed(seat: Seat) -> str:
        page = as_("signe").get(f"/nordjylland/arbejde/pladser/{seat.pk}/udpeg/")
        return str(page.context["form"]["function"].value())

    chair = Appointment.objects.get(seat__forum=cast.kredsraad, function="chair")
    assert proposed(chair.seat) == "deputy"
    acts.end_appointment(appointment=chair, on=DAY - timedelta(days=1), by=SYSTEM)
    assert proposed(chair.seat) == "chair"
    assert (
        proposed(acts.add_seat(forum=cast.kredsraad, title="Borgmester i en ny kommune", by=SYSTEM))
        == "member"
    )
    assert (
        proposed(acts.add_seat(forum=cast.kredsraad, title="Iagttager", member=False, by=SYSTEM)) == "guest"
    )


def test_it_ends_access_on_the_next_request(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    maja = as_("maja")
    path = f"/nordjylland/arbejde/fora/{cast.kredsraad.pk}/"
    assert maja.get(path).status_code == 200
    own = Appointment.objects.get(user=person("maja"))
    acts.end_appointment(appointment=own, on=date(2022, 1, 28), by=person("signe"))
    assert maja.get(path).status_code == 404
    assert not holds(person("maja"), cast.kredsraad, "member")


def test_it_offers_a_seat_only_to_those_who_work_for_its_organisation(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    seat = cast.kredsraad.seats.get(title="Borgmester i Hjørring")
    page = as_("signe").get(f"/nordjylland/arbejde/pladser/{seat.pk}/udpeg/").content.decode()
    assert ">Maja<" in page
    assert ">Birk<" not in page  # he works for Aalborg
    free = acts.add_seat(forum=cast.kredsraad, title="Uden organisation", by=SYSTEM)
    other = invite(
        organisation=org("fyn"),
        email="f@example.dk",
        name="Fra Fyn",
        title="",
        right="employee",
        today=DAY,
        by=SYSTEM,
    )[0]
    with frame():
        User.objects.filter(pk=other.pk).update(is_active=True)
    names = {user.name for user in queries.people_for(free)}
    assert {"Maja", "Birk"} <= names
    assert "Fra Fyn" not in names


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
    assert queries.turnover(cast.kredsraad, 2022)[0] == 2
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


def test_it_refuses_personal_data_in_a_council(cast: Entered) -> None:
    with (
        pytest.raises(IntegrityError, match="forum_councils_hold_no_personal_data"),
        transaction.atomic(),
        frame(),
    ):
        Forum.objects.filter(pk=cast.kredsraad.pk).update(personal_data_allowed=True)


def test_it_says_which_fora_sleep(cast: Entered) -> None:
    ssp = Forum.objects.get(slug="ssp-broenderslev")
    alive = queries.fora_with_life(Forum.objects.filter(pk=ssp.pk), date(2022, 1, 28))[0]
    assert alive.sleeps
    meetings.plan_meeting(forum=ssp, starts_at=at("2022-02-10"), ends_at=at("2022-02-10", 15), by=SYSTEM)
    assert not queries.fora_with_life(Forum.objects.filter(pk=ssp.pk), date(2022, 1, 28))[0].sleeps


def test_it_shows_what_is_missing_where(cast: Entered) -> None:
    rows = {
        row["municipality"].slug: row
        for row in queries.coverage(cast.district, [org("broenderslev"), org("laesoe")], date(2022, 1, 28))
    }
    assert "SSP" in rows["laesoe"]["missing"]
    assert "SSP" not in rows["broenderslev"]["missing"]


def test_it_takes_a_forum_of_several_districts(cast: Entered, person: Person) -> None:
    other = org("midt-og-vestjylland")
    house = acts.open_forum(
        district=cast.district,
        also_districts=[other],
        by=person("signe"),
        kind="childrens_house",
        level="case",
        name="Børnehus Nord",
        slug="boernehus",
    )
    assert house in Forum.objects.of_district(other)
    with pytest.raises(Refused, match="allerede et forum"):
        acts.open_forum(
            district=cast.district,
            by=person("signe"),
            kind="childrens_house",
            level="case",
            name="Igen",
            slug="boernehus",
        )


def test_it_shows_nothing_across_districts(cast: Entered, as_: Callable[[str], Client]) -> None:
    for path in (
        "arbejde/fora/",
        "arbejde/moeder/",
        "arbejde/planer/",
        "arbejde/loefter/",
        "arbejde/aarshjul/",
    ):
        assert as_("signe").get(f"/fyn/{path}").status_code == 404
    assert as_("signe").get(f"/fyn/arbejde/fora/{cast.kredsraad.pk}/").status_code == 404
    assert as_("signe").get("/findes-ikke/").status_code == 404


def test_it_submits_once_however_often_it_is_pressed(cast: Entered, as_: Callable[[str], Any]) -> None:
    signe = as_("signe")
    path = f"/nordjylland/arbejde/fora/{cast.kredsraad.pk}/plads/"
    data = {"title": "Observatør", "organisation": "", "once": "0b9f5c0e-5d52-4f1f-9d57-4a6f7a0f1a11"}
    for _ in range(3):
        assert signe.post(path, data).status_code == 302
    assert cast.kredsraad.seats.filter(title="Observatør").count() == 1


def test_it_hands_over_no_closed_decision_to_one_without_a_seat(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    ssp = Forum.objects.get(slug="ssp-broenderslev")
    meeting = meetings.plan_meeting(
        forum=ssp, starts_at=at("2022-01-20"), ends_at=at("2022-01-20", 15), by=SYSTEM
    )
    item = meetings.add_item(meeting=meeting, kind="discussion", title="Lukket", closed=True, by=SYSTEM)
    meetings.call_meeting(meeting=meeting, now=at("2022-01-10"), by=SYSTEM)
    minutes.hold_meeting(meeting=meeting, presence={}, chaired_by=None, guests=[], by=SYSTEM)
    minutes.decide(item=item, text="LUKKET BESLUTNING", by=SYSTEM)
    pack = f"/nordjylland/arbejde/overdragelse/{ssp.seats.all()[0].pk}/"
    assert "LUKKET" not in as_("signe").get(pack).content.decode()
    assert "LUKKET" in as_("omar").get(pack).content.decode()


def test_it_hands_over_no_promise_of_another_district(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    region = org("region-nordjylland")
    east = open_councils(district=org("oestjylland"), by=SYSTEM)
    propose(forum=east, text="I en anden kreds", owner=region, by=SYSTEM, status="accepted")
    propose(forum=cast.kredsraad, text="I vores kreds", owner=region, by=SYSTEM, status="accepted")
    seat = Forum.objects.get(slug="psp-nordjylland").seats.all()[0]
    page = as_("signe").get(f"/nordjylland/arbejde/overdragelse/{seat.pk}/").content.decode()
    assert "I vores kreds" in page
    assert "I en anden kreds" not in page


def test_it_lets_the_kredsraad_s_secretariat_enter_a_seminar_where_nobody_else_can(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    psp = Forum.objects.get(slug="psp-nordjylland")
    new = f"/nordjylland/arbejde/fora/{psp.pk}/seminar/"
    given = {"kind": "seminar", "title": "Psykisk sårbare", "on": "2022-01-20"}
    assert as_("signe").post(new, given).status_code == 302
    assert psp.seminars.get().title == "Psykisk sårbare"
    assert new in as_("signe").get(f"/nordjylland/arbejde/fora/{psp.pk}/").content.decode()
    seat = acts.add_seat(forum=psp, title="Sekretariat", organisation=org("aalborg"), by=SYSTEM)
    acts.appoint(seat=seat, user=person("birk"), function="secretary", starts_on=DAY, by=SYSTEM)
    assert as_("signe").get(new).status_code == 403  # it has its own now
    assert as_("birk").get(new).status_code == 200
