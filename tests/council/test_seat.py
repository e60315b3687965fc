"""Seats outlive people; who holds one, and for how long; access ends on the next request."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from samraad.accounts.actions import answer_membership, end_membership, invite
from samraad.accounts.models import Membership, User
from samraad.audit.actions import Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.council import permissions
from samraad.council.actions import forum as acts
from samraad.council.models import Appointment, Forum, Seat
from samraad.council.permissions import holds
from samraad.council.queries.seat import people_for
from samraad.demo.cast import Entered, email_of, org
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
    names = {user.name for user in people_for(free)}
    assert {"Maja", "Birk"} <= names
    assert "Fra Fyn" not in names


def test_it_submits_once_however_often_it_is_pressed(cast: Entered, as_: Callable[[str], Any]) -> None:
    signe = as_("signe")
    path = f"/nordjylland/arbejde/fora/{cast.kredsraad.pk}/plads/"
    data = {"title": "Observatør", "organisation": "", "once": "0b9f5c0e-5d52-4f1f-9d57-4a6f7a0f1a11"}
    for _ in range(3):
        assert signe.post(path, data).status_code == 302
    assert cast.kredsraad.seats.filter(title="Observatør").count() == 1


def test_it_gives_no_seat_of_an_organisation_one_does_not_work_for(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    own = Forum.objects.get(slug="lokalraad-vesthimmerlands")
    page = as_("lise").post(
        f"/nordjylland/arbejde/fora/{own.pk}/plads/", {"title": "X", "organisation": org("hjoerring").pk}
    )
    assert page.status_code == 422
    seat = acts.add_seat(forum=own, title="Hjørring", organisation=org("hjoerring"), by=SYSTEM)
    with pytest.raises(Refused, match="hører ikke til Hjørring"):
        acts.appoint(seat=seat, user=person("vera"), function="member", starts_on=DAY, by=person("lise"))


def test_it_takes_all_seats_away_with_the_membership(cast: Entered, person: Person) -> None:
    else_ = person("else")
    assert permissions.speaks_for(else_, org("hjoerring"), "member")
    with pytest.raises(Refused, match="skal have en administrator"):
        end_membership(membership=Membership.objects.get(user=else_), on=DAY, by=else_)
    invite(
        organisation=org("hjoerring"),
        email=email_of("karen"),
        name="K",
        title="",
        right="administrator",
        today=DAY,
        by=else_,
    )
    with pytest.raises(Refused, match="skal have en administrator"):  # Karen has not said yes
        end_membership(membership=Membership.objects.get(user=else_), on=DAY, by=else_)
    offered = Membership.objects.get(user=person("karen"), waiting=True)
    answer_membership(membership=offered, agrees=True, by=person("karen"))
    end_membership(membership=Membership.objects.get(user=else_), on=DAY, by=person("karen"))
    assert not permissions.appointments(person("else"))


def test_a_seat_of_nobody_gives_no_rights_to_one_who_works_for_nobody(cast: Entered, person: Person) -> None:
    seat = acts.add_seat(forum=cast.kredsraad, title="Faglig rådgiver", by=SYSTEM)
    birk = person("birk")
    acts.appoint(seat=seat, user=birk, function="member", starts_on=DAY, by=SYSTEM)
    held = Appointment.objects.in_force(DAY).filter(seat=seat)
    assert held.exists()
    with frame():  # an organisation wants him, and he has not said yes
        Membership.objects.filter(user=birk).update(waiting=True)
    assert birk.is_active
    assert not held.exists()
    assert not holds(person("birk"), cast.kredsraad, "member")
