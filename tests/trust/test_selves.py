"""Nobody makes himself what he is not: seats, memberships, answers for an organisation (K1, S1, S3)."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from samraad.accounts import outbox
from samraad.accounts.actions import invite
from samraad.accounts.models import Mail, Membership, User
from samraad.audit.actions import Denied, Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event
from samraad.council import permissions as may
from samraad.council.actions import forum as acts
from samraad.council.actions.appointment import answer_appointment
from samraad.council.models import Appointment, Forum, Function, Seat, Yes
from samraad.demo.cast import Entered, at, email_of, org
from samraad.district.actions import NewHolder, change_seats
from samraad.plan.actions import hearing as hearings
from samraad.plan.actions import plan as plans
from samraad.plan.permissions import reply_to_hearing
from tests.databases import DAY

Person = Callable[[str], User]
As = Callable[[str], Client]


def seat_of(forum: Forum, title: str) -> Seat:
    return forum.seats.get(title=title)


def lokalraad(slug: str) -> Forum:
    return Forum.objects.get(slug=f"lokalraad-{slug}")


def end_the_chair(kredsraad: Forum) -> Seat:
    """The politidirektør's seat, free."""
    chair = Appointment.objects.get(seat__forum=kredsraad, function="chair")
    acts.end_appointment(appointment=chair, on=DAY, by=SYSTEM)
    return chair.seat


def propose(seat: Seat, user: User, by: User, function: str = "member") -> Appointment:
    return acts.appoint(seat=seat, user=user, function=function, starts_on=DAY, by=by)


def yes(appointment: Appointment, by: User) -> Appointment:
    return answer_appointment(appointment=appointment, agrees=True, today=DAY, by=by)


@pytest.mark.parametrize("function", Function.values)
def test_s1_nobody_appoints_himself(cast: Entered, person: Person, function: str) -> None:
    free = acts.add_seat(forum=cast.kredsraad, title="Uden organisation", by=SYSTEM)
    with pytest.raises(Refused, match="Ingen udpeger sig selv"):
        propose(free, person("signe"), person("signe"), function)
    with pytest.raises(IntegrityError), transaction.atomic(), frame():
        Appointment.objects.create(
            seat=free,
            user=person("signe"),
            function=function,
            starts_on=DAY,
            chairs=cast.kredsraad if function == "chair" else None,
            proposed_by=person("signe"),
        )


def test_k1_a_forum_has_one_chair(cast: Entered, person: Person) -> None:
    own = lokalraad("vesthimmerlands")
    other = acts.add_seat(forum=own, title="Ny", organisation=cast.district, by=SYSTEM)
    with pytest.raises(Refused, match="har allerede en formand"):
        propose(other, person("vera"), person("lise"), "chair")
    with pytest.raises(IntegrityError), transaction.atomic(), frame():
        Appointment.objects.create(
            seat=other, user=person("vera"), function="chair", starts_on=DAY, chairs=own
        )
    with pytest.raises(IntegrityError), transaction.atomic(), frame():  # nor one that hides its forum
        Appointment.objects.create(seat=other, user=person("vera"), function="chair", starts_on=DAY)


def test_k1_the_chair_of_a_kredsraad_sits_on_the_politidirektoers_seat(cast: Entered, person: Person) -> None:
    end_the_chair(cast.kredsraad)
    free = acts.add_seat(forum=cast.kredsraad, title="Uden organisation", by=SYSTEM)
    for seat in (
        free,
        seat_of(cast.kredsraad, "Analyse"),
        seat_of(cast.kredsraad, "Borgmester i Rebild"),
        acts.add_seat(forum=cast.kredsraad, title="Vicedirektør", organisation=cast.district, by=SYSTEM),
    ):
        with pytest.raises(Refused, match="kredsens politidirektør"):
            propose(seat, person("tage"), person("signe"), "chair")


def test_k1_the_chair_of_a_kredsraad_is_set_by_two(cast: Entered, person: Person) -> None:
    seat = end_the_chair(cast.kredsraad)
    proposed = propose(seat, person("anton"), person("signe"), "chair")
    assert proposed.waits_for == Yes.SECOND
    assert not may.holds(person("anton"), cast.kredsraad, "chair")
    assert not may.set_rules.allows(person("anton"), cast.kredsraad)
    for key in ("signe", "anton", "maja", "vera"):  # who proposed it, who gets it, who has no say
        with pytest.raises(Denied):
            yes(proposed, person(key))
    yes(proposed, person("tage"))
    assert may.holds(person("anton"), cast.kredsraad, "chair")
    assert Event.objects.get(verb="council.appointment_confirmed").actor_id == person("tage").pk


def test_k1_a_kredsraad_does_not_become_another_forum_for_a_while(cast: Entered, person: Person) -> None:
    kept = {"municipalities": [], "name": "x", "level": "strategic"}
    with pytest.raises(Refused, match="bliver ikke til et andet forum"):
        acts.change_forum(forum=cast.kredsraad, kind="ssp", by=person("signe"), **kept)
    with pytest.raises(Refused, match="bliver ikke til et andet forum"):
        acts.change_forum(
            forum=Forum.objects.get(slug="ssp-broenderslev"), kind="kredsraad", by=person("signe"), **kept
        )
    with pytest.raises(Refused, match="har allerede et kredsråd"):
        acts.open_forum(
            district=cast.district,
            kind="kredsraad",
            level="strategic",
            name="II",
            slug="ii",
            by=person("signe"),
        )


def test_s3_the_secretariat_reads_no_lokalraad_by_its_own_hand(
    cast: Entered, person: Person, as_: As
) -> None:
    own = lokalraad("vesthimmerlands")
    seat = seat_of(own, "Lokalpolitileder i Aars")
    for function in ("secretary", "assistant", "deputy"):
        proposed = propose(seat, person("tage"), person("signe"), function)
        assert proposed.waits_for == Yes.FORUM
        assert not may.see_inside.allows(person("tage"), own)
        with pytest.raises(Denied):  # nor do two of the secretariat together
            yes(proposed, person("tage"))
    assert may.confirm.allows(person("lise"), proposed)  # she chairs it
    yes(proposed, person("lise"))
    assert may.see_inside.allows(person("tage"), own)


def test_s3_a_seat_of_another_organisation_waits_for_its_yes(cast: Entered, person: Person, as_: As) -> None:
    seat = seat_of(cast.kredsraad, "Borgmester i Hjørring")
    proposed = propose(seat, person("karen"), person("signe"), "deputy")
    assert proposed.waits_for == Yes.ORGANISATION
    assert not may.see_inside.allows(person("karen"), cast.kredsraad)
    with pytest.raises(Denied, match="administrator"):
        yes(proposed, person("tage"))
    page = as_("signe").get(cast.kredsraad.get_absolute_url()).content.decode()
    assert "venter på ja fra Hjørring Kommunes administrator" in page
    assert "Svar, om Karen skal sidde i Kredsrådet" in as_("else").get("/mit-bord/").content.decode()
    address = f"/nordjylland/arbejde/udpegninger/{proposed.pk}/svar/"
    assert as_("karen").get(address).status_code == 403
    assert as_("birk").post(address, {"agrees": "yes"}).status_code == 403
    assert as_("else").post(address, {"agrees": "yes"}).status_code == 302
    assert may.see_inside.allows(person("karen"), cast.kredsraad)


def test_s3_a_no_takes_it_away_and_everybody_concerned_is_told(cast: Entered, person: Person) -> None:
    seat = seat_of(cast.kredsraad, "Borgmester i Hjørring")
    proposed = propose(seat, person("karen"), person("signe"), "deputy")
    told = set(Mail.objects.filter(kind="seat").values_list("user__name", flat=True))
    assert told == {"Tage", "Poul", "Else", "Karen"}
    answer_appointment(appointment=proposed, agrees=False, today=DAY, by=person("else"))
    assert not Appointment.objects.filter(user=person("karen")).exists()
    assert Event.objects.filter(verb="council.appointment_declined").count() == 1
    assert Mail.objects.filter(kind="seat", user=person("signe")).count() == 1


def test_s3_an_election_ends_the_old_on_the_day_and_the_new_wait_for_their_own(
    cast: Entered, person: Person
) -> None:
    seat = seat_of(cast.kredsraad, "Borgmester i Hjørring")
    [nanna] = change_seats(
        forum=cast.kredsraad,
        holders=[NewHolder(seat, "Nanna", "nanna@samraad.example")],
        starts_on=DAY,
        by=person("signe"),
    )
    assert not may.see_inside.allows(person("maja"), cast.kredsraad)
    assert not Membership.objects.filter(user=nanna).exists()
    assert not Mail.objects.filter(user=nanna).exists()
    yes(Appointment.objects.get(user=nanna), person("else"))
    letter = Mail.objects.get(user=nanna, kind="invitation")
    assert not may.see_inside.allows(User.objects.get(pk=nanna.pk), cast.kredsraad)  # nor without hers
    link = "/invitation/" + letter.body.split("/invitation/")[1].split()[0]
    word = "en-lang-adgangskode-1"
    assert Client().post(link, {"password": word, "again": word}).status_code == 302
    assert may.see_inside.allows(User.objects.get(pk=nanna.pk), cast.kredsraad)


def test_s3_an_administrator_attaches_nobody_who_has_not_said_yes(
    cast: Entered, person: Person, as_: As
) -> None:
    data = {"name": "P", "email": email_of("poul"), "title": "", "right": "employee"}
    assert as_("else").post("/personer/hjoerring/inviter/", data).status_code == 302
    offered = Membership.objects.get(user=person("poul"), organisation=org("hjoerring"))
    poul = as_("poul")
    assert poul.get("/personer/hjoerring/").status_code == 404
    assert "Svar, om du hører til Hjørring Kommune" in poul.get("/mit-bord/").content.decode()
    address = f"/tilknytninger/{offered.pk}/svar/"
    assert as_("else").post(address, {"agrees": "yes"}).status_code == 404
    assert "som medarbejder" in poul.get(address).content.decode()
    assert poul.post(address, {"agrees": "yes"}).status_code == 302
    assert poul.get("/personer/hjoerring/").status_code == 200
    assert poul.post(address, {"agrees": "no"}).status_code == 403


def test_s3_a_no_to_an_organisation_leaves_nothing(cast: Entered, person: Person, as_: As) -> None:
    invite(
        organisation=org("hjoerring"),
        email=email_of("poul"),
        name="P",
        title="",
        right="employee",
        today=DAY,
        by=person("else"),
    )
    offered = Membership.objects.get(user=person("poul"), waiting=True)
    assert as_("poul").post(f"/tilknytninger/{offered.pk}/svar/", {"agrees": "no"}).status_code == 302
    assert not Membership.objects.filter(pk=offered.pk).exists()
    assert Event.objects.filter(verb="accounts.membership_declined").count() == 1


def test_s1_an_administrator_gives_himself_no_right(cast: Entered, person: Person) -> None:
    with pytest.raises(Refused, match="Ingen giver sig selv"):
        invite(
            organisation=org("hjoerring"),
            email=email_of("else").upper(),
            name="E",
            title="",
            right="analyst",
            today=DAY,
            by=person("else"),
        )


def test_s3_an_administrator_reads_no_mails_of_a_colleague_by_membership(
    cast: Entered, person: Person, as_: As
) -> None:
    with frame():
        Membership.objects.create(
            user=person("poul"), organisation=org("hjoerring"), starts_on=date(2021, 1, 1)
        )
    for key, about in (("hers", cast.district), ("nobodys", None)):
        outbox.post(
            kind="meeting",
            to=[person("poul")],
            subject="Dagsorden",
            body="x",
            key=key,
            about=about,
            by=SYSTEM,
        )
    hers = Mail.objects.get(key="hers")
    assert "Dagsorden" not in as_("else").get("/personer/hjoerring/mails/").content.decode()
    assert as_("else").post(f"/mails/{hers.pk}/igen/").status_code == 404
    nobodys = Mail.objects.get(key="nobodys")
    assert as_("signe").post(f"/mails/{nobodys.pk}/igen/").status_code == 404
    assert "Dagsorden" in as_("signe").get("/personer/nordjylland/mails/").content.decode()


def test_s1_the_operator_begins_an_organisation_once(cast: Entered) -> None:
    words = ["rebild", "--email", "rie@samraad.example", "--name", "Rie"]
    call_command("first_administrator", *words, verbosity=0)
    event = Event.objects.get(verb="accounts.invited", facts__right="administrator")
    assert event.actor_id is None
    with pytest.raises(CommandError, match="har en administrator"):
        call_command("first_administrator", *words, verbosity=0)
    with pytest.raises(CommandError, match="ingen organisation"):
        call_command("first_administrator", "ingen-steder", *words[1:], verbosity=0)


def test_s3_not_every_employee_answers_a_hearing_for_the_municipality(
    cast: Entered, person: Person, as_: As
) -> None:
    plan = plans.start(forum=cast.kredsraad, year=2023, title="Plan", by=SYSTEM)
    plans.add_section(plan=plan, title="Et", body="<p>Et.</p>", by=SYSTEM)
    hearing = hearings.open_hearing(
        plan=plan, due_on=date(2022, 3, 1), letter="Svar.", today=DAY, now=at(DAY), by=SYSTEM
    )
    party, _ = hearings.add_party(
        hearing=hearing, name="Hjørring Kommune", email="", organisation=org("hjoerring"), by=SYSTEM
    )
    address = reverse("plan:hearing_reply", args=["nordjylland", party.pk])
    assert as_("karen").get(address).status_code == 404
    assert "Svar på høringen" not in as_("karen").get("/mit-bord/").content.decode()
    for key in ("maja", "else"):  # who sits there, and who prepares
        assert as_(key).get(address).status_code == 200
    region, _ = hearings.add_party(
        hearing=hearing, name="Rebild Kommune", email="", organisation=org("rebild"), by=SYSTEM
    )
    with frame():
        Membership.objects.create(
            user=person("karen"), organisation=org("rebild"), starts_on=DAY, right="employee"
        )
    assert not reply_to_hearing.allows(person("karen"), region)
    with frame():  # nobody sits for Rebild: its administrator answers
        Membership.objects.filter(organisation=org("rebild")).update(right="administrator")
    assert reply_to_hearing.allows(person("karen"), region)


def test_k1_a_desk_asks_no_more_when_more_waits_elsewhere_and_at_home(
    cast: Entered, person: Person, as_: As
) -> None:
    """Nobody's desk goes through what waits in all of Denmark, nor asks of her rights once for each."""

    def waits(number: int) -> None:
        for slug in ("rebild", "hjoerring"):
            title = f"{slug} {number}"
            seat = acts.add_seat(forum=cast.kredsraad, title=title, organisation=org(slug), by=SYSTEM)
            acts.appoint(
                seat=seat,
                user=person("tage"),
                function="member",
                starts_on=DAY,
                joins=True,
                by=person("signe"),
            )

    def asked() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            page = as_("maja").get("/mit-bord/").content.decode()
        assert "Svar, om" in page
        return len(queries)

    waits(1)
    before = asked()
    for number in range(2, 6):
        waits(number)
    assert asked() == before


def test_s3_who_invites_in_service_never_sees_the_link(cast: Entered, as_: As, settings: Any) -> None:
    typed = {"email": "ny@kommune.example", "name": "Ny", "title": "Leder", "right": "administrator"}
    for local in (True, False):
        settings.LOCAL = local
        typed["email"] = f"ny{local}@kommune.example"
        page = as_("signe").post("/personer/nordjylland/inviter/", typed, follow=True, secure=not local)
        assert ("/invitation/" in page.content.decode()) == local
        assert "/invitation/" in Mail.objects.get(address=typed["email"].lower()).body
