"""Who comes in, and who does not any more."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from samraad.accounts.actions import end_membership, invite, load_places
from samraad.accounts.models import DistrictPlace, Mail, Membership, Organisation, User
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event
from samraad.demo.cast import Entered, email_of, org
from tests.databases import DAY

Person = Callable[[str], User]


@pytest.mark.django_db
def test_it_knows_twelve_districts_and_98_municipalities_however_often_it_loads() -> None:
    for _ in range(2):
        assert load_places(by=SYSTEM) == 98
    assert Organisation.objects.districts().count() == 12
    assert Organisation.objects.filter(kind="municipality").count() == 98
    assert DistrictPlace.objects.count() == 98
    nordjylland = Organisation.objects.get(slug="nordjylland")
    assert [m.code for m in Organisation.objects.of_district(nordjylland, DAY)] == [
        "813",
        "825",
        "860",
        "810",
        "849",
        "820",
        "840",
        "846",
        "851",
    ]
    assert not DistrictPlace.objects.filter(
        district=nordjylland, municipality__short_name__in=["Thisted", "Morsø"]
    ).exists()


def test_it_signs_in_with_mail_and_password(cast: Entered, client: Client) -> None:
    page = client.post("/log-ind/login/", {"login": email_of("signe").upper(), "password": cast.password})
    assert page["Location"] == "/mit-bord/"
    assert "Du er logget ind som Signe." in client.get("/mit-bord/").content.decode()


def test_it_locks_after_five_wrong_passwords_and_can_be_opened(cast: Entered, client: Client) -> None:
    for _ in range(5):
        client.post("/log-ind/login/", {"login": email_of("signe"), "password": "forkert"})
    page = client.post("/log-ind/login/", {"login": email_of("signe"), "password": cast.password})
    assert page.status_code in (403, 429)
    assert "låst" in page.content.decode()
    call_command("axes_reset")
    assert (
        client.post("/log-ind/login/", {"login": email_of("signe"), "password": cast.password}).status_code
        == 302
    )


def test_it_lets_nobody_sign_up_alone(cast: Entered, client: Client) -> None:
    before = User.objects.count()
    client.post("/log-ind/signup/", {"email": "x@samraad.example", "password1": "en-lang-adgangskode-1"})
    assert User.objects.count() == before


def test_it_offers_a_second_factor_and_passkeys(cast: Entered, as_: Callable[[str], Any]) -> None:
    page = as_("signe").get("/log-ind/2fa/")
    assert page.status_code in (200, 302)
    assert "Log ind med adgangsnøgle" in Client().get("/log-ind/login/").content.decode()


def test_it_invites_by_a_link_that_works_once(cast: Entered, as_: Callable[[str], Client]) -> None:
    else_ = as_("else")
    data = {"name": "Bodil", "email": "bodil@samraad.example", "title": "Sekretær", "right": "employee"}
    assert else_.post("/personer/hjoerring/inviter/", data).status_code == 302
    page = else_.get("/personer/hjoerring/").content.decode()
    token = page.split("/invitation/")[1].split("/")[0]
    assert token not in else_.get("/personer/hjoerring/").content.decode()  # shown once
    guest = Client()
    assert (
        "ikke ens"
        in guest.post(
            f"/invitation/{token}/", {"password": "en-lang-adgangskode-1", "again": "x"}
        ).content.decode()
    )
    assert (
        guest.post(
            f"/invitation/{token}/", {"password": "en-lang-adgangskode-1", "again": "en-lang-adgangskode-1"}
        ).status_code
        == 302
    )
    assert guest.get("/mit-bord/").status_code == 200
    assert Client().get(f"/invitation/{token}/").status_code == 404


def invited_by(person: Person, key: str, slug: str) -> tuple[User, str]:
    """Somebody who has not come in yet, invited to an organisation by its administrator."""
    organisation = Organisation.objects.get(slug=slug)
    return invite(
        organisation=organisation,
        email="ny@samraad.example",
        name="Ny",
        title="",
        right="administrator",
        today=DAY,
        by=person(key),
    )


def test_it_gives_a_second_organisation_no_link_to_a_waiting_account(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    invited_by(person, "signe", "nordjylland")
    else_ = as_("else")
    data = {"name": "x", "email": "ny@samraad.example", "title": "", "right": "employee"}
    answer = else_.post("/personer/hjoerring/inviter/", data, follow=True).content.decode()
    assert "/invitation/" not in answer
    assert "kun sendt i en mail til personen selv" in answer
    assert Membership.objects.filter(user__email="ny@samraad.example").count() == 2
    mail = Mail.objects.get(address="ny@samraad.example")
    hers = mail.body.split("/invitation/")[1].split("/")[0]
    assert Client().get(f"/invitation/{hers}/").status_code == 200


def test_it_ends_the_links_that_others_have_seen(cast: Entered, person: Person) -> None:
    _, seen = invited_by(person, "else", "hjoerring")
    assert Client().get(f"/invitation/{seen}/").status_code == 200
    assert invited_by(person, "signe", "nordjylland")[1] == ""
    assert Client().get(f"/invitation/{seen}/").status_code == 404


def test_it_does_not_invite_twice(cast: Entered, person: Person) -> None:
    with pytest.raises(Refused, match="allerede"):
        invite(
            organisation=Organisation.objects.get(slug="hjoerring"),
            email=email_of("karen"),
            name="K",
            title="",
            right="employee",
            today=DAY,
            by=person("else"),
        )


def test_it_ends_all_access_with_the_last_membership(
    cast: Entered, person: Person, as_: Callable[[str], Client]
) -> None:
    karen = as_("karen")
    assert karen.get("/mit-bord/").status_code == 200
    end_membership(membership=Membership.objects.get(user=person("karen")), on=DAY, by=person("else"))
    assert karen.get("/mit-bord/").status_code == 302


def test_it_lets_in_again_whom_an_organisation_takes_back(
    cast: Entered, person: Person, client: Client
) -> None:
    end_membership(membership=Membership.objects.get(user=person("karen")), on=DAY, by=person("else"))
    signs_in = {"login": email_of("karen"), "password": cast.password}
    assert client.post("/log-ind/login/", signs_in)["Location"] == "/log-ind/inactive/"
    hjoerring = Organisation.objects.get(slug="hjoerring")
    _, token = invite(
        organisation=hjoerring,
        email=email_of("karen"),
        name="K",
        title="",
        right="employee",
        today=DAY,
        by=person("else"),
    )
    assert token == ""
    assert client.post("/log-ind/login/", signs_in)["Location"] == "/mit-bord/"
    assert Event.objects.get(verb="accounts.reactivated").object_id == person("karen").pk


def test_it_gives_no_link_to_the_account_of_somebody_else(cast: Entered, person: Person) -> None:
    user, token = invite(
        organisation=org("hjoerring"),
        email=email_of("poul"),
        name="P",
        title="",
        right="employee",
        today=DAY,
        by=person("else"),
    )
    assert (user, token) == (person("poul"), "")
