"""Signing in from elsewhere against a real provider on loopback (trust.md S11)."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from samraad.accounts import actions, elsewhere
from samraad.accounts.models import Membership, Organisation, ProviderAccount, ProviderRule, SignIn, User
from samraad.accounts.sessions import LEVELS
from samraad.audit.actions import Denied, frame
from samraad.audit.actor import SYSTEM
from samraad.audit.models import Event
from samraad.demo.cast import Entered, email_of
from tests.databases import DAY
from tests.trust.provider import BACK, GO, HJOERRING, Provider, name, needs_provider, started

Person = Callable[[str], User]
As = Callable[[str], Client]
DESK, IN = "/mit-bord/", "/log-ind/login/"
pytestmark = [needs_provider, pytest.mark.django_db]


@pytest.fixture(scope="module")
def running() -> Iterator[Provider]:
    """One provider for the file."""
    yield from started()


@pytest.fixture
def provider(running: Provider, settings: Any) -> Provider:
    """The provider, which the operator has named."""
    running.asked.clear()
    return name(running, settings)


def home(slug: str = "hjoerring") -> Organisation:
    """An organisation of the cast."""
    return Organisation.objects.get(slug=slug)


def rule(right: str = "employee", slug: str = "hjoerring", **claims: str) -> ProviderRule:
    """A rule that set-up wrote."""
    conditions = list(map(list, (claims or HJOERRING).items()))
    return elsewhere.write_rule(organisation=home(slug), conditions=conditions, right=right, by=SYSTEM)


def joined(provider: Provider, **claims: Any) -> tuple[User, Client]:
    """Nina, who came from Hjørring and has said yes."""
    rule()
    provider.signs_in("nina", **(claims or HJOERRING))
    client = Client()
    provider.through(client)
    user = User.objects.get(email="nina@hjoerring.example")
    actions.answer_membership(membership=Membership.objects.get(user=user), agrees=True, by=user)
    return user, client


def inside(client: Client) -> bool:
    """Is somebody signed in here?"""
    return bool(client.get(DESK).status_code == 200)


def told(client: Client) -> str:
    """What the sign-in page says."""
    return client.get(IN).content.decode()


def rights(user: User) -> set[tuple[str, str]]:
    """Where she belongs today, with what right."""
    current = Membership.objects.current(DAY).filter(user=user)
    return set(current.values_list("organisation__slug", "right"))


def test_s11_somebody_new_comes_in_and_belongs_when_she_has_said_yes(
    cast: Entered, provider: Provider
) -> None:
    rule()
    client = Client()
    assert "Log ind med kommunens login" in told(client)
    provider.signs_in("nina", **HJOERRING)
    assert provider.through(client, next="/mine-mails/")["Location"] == "/mine-mails/"
    user = User.objects.get(email="nina@hjoerring.example")
    assert (user.name, user.has_usable_password()) == ("Nina", False)
    assert rights(user) == set()
    assert "Svar, om du hører til Hjørring Kommune" in client.get(DESK).content.decode()
    waiting = Membership.objects.get(user=user)
    client.post(f"/tilknytninger/{waiting.pk}/svar/", {"agrees": "yes"})
    assert rights(user) == {("hjoerring", "employee")}
    assert Event.objects.filter(verb="accounts.connected", object_id=user.pk).count() == 1
    asked = parse_qs(urlsplit(provider.asked[0]).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert {"nonce", "state", "code_challenge"} < set(asked)


def test_s11_nobody_comes_in_whom_no_rule_names(cast: Entered, provider: Provider) -> None:
    rule(cvr="29189382", groups="samraad")
    before = User.objects.count()
    for claims in ({}, HJOERRING, {"cvr": "11111111", "groups": ["samraad"]}, {"groups": ["samraad"]}):
        provider.signs_in("nina", **claims)
        client = Client()
        assert provider.through(client)["Location"] == IN
        assert "ingen organisation i Samråd giver dig adgang" in told(client)
    assert User.objects.count() == before
    provider.signs_in("nina", cvr="29189382", groups=["andet", "samraad"])
    client = Client()
    provider.through(client)
    assert inside(client)


@pytest.mark.parametrize("mail", [{"email_verified": False}, {"email": ""}])
def test_s11_an_email_that_is_not_sure_makes_nobody(
    cast: Entered, provider: Provider, settings: Any, mail: dict[str, Any]
) -> None:
    rule()
    provider.signs_in("nina", **HJOERRING, **mail)
    client = Client()
    provider.through(client)
    assert "har ikke bekræftet din e-mail" in told(client)
    settings.SAMRAAD_OIDC_TRUST_EMAIL = True
    provider.through(client)
    assert inside(client) == bool("email_verified" in mail)


def test_s11_an_account_with_the_same_email_is_not_taken_over(
    cast: Entered, provider: Provider, person: Person
) -> None:
    rule()
    provider.signs_in("somebody", **HJOERRING, email=email_of("maja").upper())
    client = Client()
    provider.through(client)
    assert "Der er allerede en konto i Samråd med din e-mail" in told(client)
    assert not inside(client)
    client.post(IN, {"login": email_of("maja"), "password": cast.password})
    assert "Forbind" in client.get("/min-profil/").content.decode()
    assert provider.through(client)["Location"] == "/min-profil/"
    page = client.get("/min-profil/").content.decode()
    assert "Du logger ind med kommunens login" in page
    assert "Forbind" not in page.split("Du er forbundet")[1]
    assert ProviderAccount.objects.get(subject="somebody").user == person("maja")
    other = Client()
    provider.through(other)
    assert int(other.session["_auth_user_id"]) == person("maja").pk


def test_s11_who_is_connected_comes_that_way_alone(cast: Entered, provider: Provider, settings: Any) -> None:
    user, _ = joined(provider)
    user.set_password("en lang adgangskode")
    user.save()
    client = Client()
    client.post(IN, {"login": user.email, "password": "en lang adgangskode"})
    assert "Du logger ind med kommunens login" in told(client)
    assert not inside(client)
    settings.SAMRAAD_OIDC_ISSUER = ""
    assert "kommunens login" not in told(client)
    assert client.post(GO).status_code == client.get(BACK).status_code == 404
    client.post(IN, {"login": user.email, "password": "en lang adgangskode"})
    assert inside(client)


def test_s11_the_same_email_under_another_subject_is_another(cast: Entered, provider: Provider) -> None:
    user, _ = joined(provider)
    provider.signs_in("successor", **HJOERRING, email=user.email)
    client = Client()
    provider.through(client)
    assert not inside(client)
    provider.signs_in("nina", **HJOERRING, email="new-name@hjoerring.example")
    provider.through(client)
    assert int(client.session["_auth_user_id"]) == user.pk


def test_s11_the_key_is_the_subject_of_this_issuer(cast: Entered, provider: Provider, settings: Any) -> None:
    user, _ = joined(provider)
    with frame():
        ProviderAccount.objects.filter(user=user).update(issuer="https://another.example")
    client = Client()
    provider.through(client)
    assert "Der er allerede en konto" in told(client)


def test_s11_a_changed_organisation_is_followed(cast: Entered, provider: Provider) -> None:
    user, before = joined(provider)
    rule(slug="broenderslev", cvr="29189501")
    provider.signs_in("nina", cvr="29189501")
    after = Client()
    provider.through(after)
    assert not inside(before)
    assert inside(after)
    assert rights(user) == set()  # Hjørring no more, Brønderslev when she has said yes
    waiting = Membership.objects.get(user=user, waiting=True)
    actions.answer_membership(membership=waiting, agrees=True, by=user)
    assert rights(user) == {("broenderslev", "employee")}
    provider.signs_in("nina", **HJOERRING)
    provider.through(Client())
    assert rights(user) == {("hjoerring", "employee")}  # she has belonged there before


def test_s11_a_leaver_is_out_everywhere(cast: Entered, provider: Provider) -> None:
    user, elsewhere_too = joined(provider)
    assert inside(elsewhere_too)
    provider.signs_in("nina")
    client = Client()
    provider.through(client)
    assert "ingen organisation i Samråd giver dig adgang" in told(client)
    assert not inside(client)
    assert not inside(elsewhere_too)
    assert not SignIn.objects.filter(user=user).exists()
    assert rights(user) == set()
    assert not User.objects.get(pk=user.pk).is_active
    provider.signs_in("nina", **HJOERRING)
    provider.through(client)
    assert inside(client)  # she is back


def test_s11_a_removed_rule_takes_what_it_gave(cast: Entered, provider: Provider, person: Person) -> None:
    user, client = joined(provider)
    assert inside(client)
    elsewhere.remove_rule(rule=ProviderRule.objects.get(), by=person("else"))
    provider.through(Client())
    assert not inside(client)
    assert rights(user) == set()


def test_s11_an_invited_membership_follows_the_provider_when_a_rule_gives_the_same(
    cast: Entered, provider: Provider, person: Person
) -> None:
    rule()
    provider.signs_in("karen", **HJOERRING, email=email_of("karen"))
    client = Client()
    client.post(IN, {"login": email_of("karen"), "password": cast.password})
    provider.through(client)
    assert rights(person("karen")) == {("hjoerring", "employee")}
    provider.signs_in("karen")
    provider.through(Client())
    assert rights(person("karen")) == set()
    assert not inside(client)


def test_s11_what_an_administrator_ended_stays_ended(
    cast: Entered, provider: Provider, person: Person
) -> None:
    user, client = joined(provider)
    actions.end_membership(membership=Membership.objects.get(user=user), on=DAY, by=person("else"))
    assert not inside(client)
    provider.through(client)
    assert not inside(client)
    assert rights(user) == set()


def test_s11_nobody_gives_herself_a_right_by_a_rule(
    cast: Entered, provider: Provider, person: Person
) -> None:
    boss = person("else")
    elsewhere.write_rule(organisation=home(), conditions=[["cvr", "29189382"]], right="operator", by=boss)
    client = Client()
    client.post(IN, {"login": boss.email, "password": cast.password})
    provider.signs_in("else", **HJOERRING, email=boss.email)
    provider.through(client)
    provider.through(Client())
    assert ("hjoerring", "operator") not in rights(boss)
    assert not Membership.objects.filter(user=boss, right="operator").exists()
    with pytest.raises(Denied):
        elsewhere.write_rule(
            organisation=home(), conditions=[["a", "b"]], right="employee", by=person("maja")
        )


def test_s11_an_answer_is_used_once_and_by_whom_it_is_for(cast: Entered, provider: Provider) -> None:
    rule()
    provider.signs_in("nina", **HJOERRING)
    mine, another = Client(), Client()
    answer = provider.answer(mine.post(GO)["Location"])
    another.get(answer)  # a link with a stranger's code
    assert "hører ikke til dette login" in told(another)
    assert not inside(another)
    mine.get(answer)
    assert inside(mine)
    mine.post("/log-ind/logout/")
    mine.get(answer)  # again
    assert "hører ikke til dette login" in told(mine)
    assert not inside(mine)


def test_s11_a_code_is_used_once(cast: Entered, provider: Provider) -> None:
    rule()
    provider.signs_in("nina", **HJOERRING)
    client = Client()
    used = parse_qs(urlsplit(provider.answer(client.post(GO)["Location"])).query)["code"][0]
    fresh = parse_qs(urlsplit(client.post(GO)["Location"]).query)["state"][0]
    client.get(BACK, {"code": used, "state": fresh})  # under another's verifier
    assert "kunne ikke godkendes" in told(client)
    assert not inside(client)


def test_s11_whoever_signed_in_meanwhile_is_not_connected(
    cast: Entered, provider: Provider, person: Person
) -> None:
    rule()
    provider.signs_in("nina", **HJOERRING)
    client = Client()
    answer = provider.answer(client.post(GO)["Location"])
    client.post(IN, {"login": email_of("maja"), "password": cast.password})
    client.get(answer)
    assert not ProviderAccount.objects.exists()


@pytest.mark.parametrize(
    "twist",
    [
        "unsigned",
        "signed by another",
        "for another",
        "from another",
        "another nonce",
        "no nonce",
        "no token",
        "another person",
    ],
)
def test_s11_a_false_answer_lets_nobody_in(cast: Entered, provider: Provider, twist: str) -> None:
    rule()
    provider.signs_in("nina", **HJOERRING, twist=twist)
    client = Client()
    provider.through(client)
    assert "kunne ikke godkendes" in told(client)
    assert not inside(client)
    assert not ProviderAccount.objects.exists()


@pytest.mark.parametrize(
    ("subject", "claims", "said"),
    [
        ("x" * 300, {"email": "x@hjoerring.example"}, "kunne ikke godkendes"),
        ("nina", {"email": "ikke en e-mail"}, "har ikke bekræftet din e-mail"),
        ("nina", {"email": f"{'x' * 250}@hjoerring.example"}, "har ikke bekræftet din e-mail"),
        ("nina", {"email": "\x00"}, "har ikke bekræftet din e-mail"),
    ],
)
def test_s11_what_cannot_be_kept_is_refused_in_words(
    cast: Entered, provider: Provider, subject: str, claims: dict[str, str], said: str
) -> None:
    rule()
    provider.signs_in(subject, **HJOERRING, **claims)
    client = Client()
    provider.through(client)
    assert said in told(client)
    assert not ProviderAccount.objects.exists()


@pytest.mark.parametrize(("ahead", "held"), [(100, True), (-100, True), (300, False), (-4000, False)])
def test_s11_clocks_may_differ_by_two_minutes(
    cast: Entered, provider: Provider, ahead: int, held: bool
) -> None:
    rule()
    provider.signs_in("nina", **HJOERRING, twist="another clock", ahead=ahead)
    client = Client()
    provider.through(client)
    assert inside(client) == held
    assert ("kunne ikke godkendes" in told(client)) != held


def test_s11_when_the_provider_is_away_the_page_says_so_and_passwords_work(
    cast: Entered, provider: Provider, settings: Any
) -> None:
    client = Client()
    away = "svarer ikke lige nu"
    settings.SAMRAAD_OIDC_ISSUER = "http://127.0.0.1:9"
    assert client.post(GO)["Location"] == IN
    assert away in told(client)
    settings.SAMRAAD_OIDC_ISSUER = provider.issuer
    provider.signs_in("nina", **HJOERRING, twist="broken")
    provider.through(client)
    assert away in told(client)
    provider.signs_in("nina")
    answer = provider.answer(client.post(GO)["Location"])
    settings.SAMRAAD_OIDC_ISSUER = "http://127.0.0.1:9"
    client.get(answer.split("&iss=")[0])
    assert away in told(client)
    client.post(IN, {"login": email_of("maja"), "password": cast.password})
    assert inside(client)


def test_s11_who_gives_up_at_the_provider_is_told(cast: Entered, provider: Provider) -> None:
    provider.signs_in("nina", twist="refused")
    client = Client()
    provider.through(client)
    assert "Du blev ikke logget ind hos kommunens login" in told(client)


def test_s11_a_sure_login_counts_as_the_second_factor_and_another_does_not(
    cast: Entered, provider: Provider, settings: Any
) -> None:
    user, _ = joined(provider)
    rule("administrator")
    settings.SAMRAAD_SECOND_FACTOR, settings.SAMRAAD_OIDC_LEVELS = True, ["Substantial", "High"]
    provider.signs_in("nina", **HJOERRING, loa="Low")
    client = Client()
    provider.through(client)
    assert rights(user) == {("hjoerring", "employee"), ("hjoerring", "administrator")}
    assert client.session[LEVELS] == ["Low"]
    assert client.get(DESK)["Location"] == "/log-ind/2fa/"
    provider.signs_in("nina", **HJOERRING, loa="Substantial")
    client = Client()
    provider.through(client)
    assert client.session[LEVELS] == ["Substantial"]
    assert inside(client)


def test_s11_who_has_a_second_step_takes_it_unless_the_login_was_sure(
    cast: Entered, provider: Provider, settings: Any
) -> None:
    user, _ = joined(provider)
    settings.SAMRAAD_OIDC_LEVELS = ["Substantial"]
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    client = Client()
    assert provider.through(client)["Location"].startswith("/log-ind/2fa/authenticate/")
    assert not inside(client)
    provider.signs_in("nina", **HJOERRING, loa="Substantial")
    provider.through(client)
    assert inside(client)


def test_s11_who_is_connected_needs_no_link(cast: Entered, provider: Provider, person: Person) -> None:
    user, _ = joined(provider)
    asked = actions.invite(
        organisation=home("broenderslev"),
        email=user.email,
        name="Nina",
        title="",
        right="employee",
        today=DAY,
        by=person("signe"),
    )
    assert asked == (user, "")


def test_s11_an_operator_disconnects_who_has_a_new_subject(cast: Entered, provider: Provider) -> None:
    user, client = joined(provider)
    call_command("disconnect", user.email)
    assert not inside(client)
    for who in (user.email, "ingen@kommune.example"):
        with pytest.raises(CommandError):
            call_command("disconnect", who)


def test_s11_an_administrator_writes_and_removes_rules(cast: Entered, as_: As) -> None:
    client, page = as_("else"), "/personer/hjoerring/login/"
    wrong = client.post(page + "ny/", {"conditions": "cvr 29189382", "right": "employee"})
    assert "Linje 1 er ikke navn = værdi: “cvr 29189382”" in wrong.content.decode()
    written = {"conditions": "cvr = 29189382\n\n groups=samraad=1 ", "right": "analyst"}
    assert client.post(page + "ny/", written)["Location"] == page
    kept = ProviderRule.objects.get()
    assert kept.conditions == [["cvr", "29189382"], ["groups", "samraad=1"]]
    assert "groups = samraad=1" in client.get(page).content.decode()
    assert "Den regel er her allerede." in client.post(page + "ny/", written).content.decode()
    assert as_("signe").post(f"/loginregler/{kept.pk}/fjern/").status_code == 404
    assert client.post(f"/loginregler/{kept.pk}/fjern/").status_code == 302
    assert set(Event.objects.filter(verb__startswith="accounts.rule").values_list("verb", flat=True)) == {
        "accounts.rule_written",
        "accounts.rule_removed",
    }


def test_s11_a_connection_is_one_person_and_one_key(
    cast: Entered, provider: Provider, person: Person
) -> None:
    joined(provider)
    client = Client()
    client.post(IN, {"login": email_of("maja"), "password": cast.password})
    provider.through(client)
    assert "hører til en anden i Samråd" in client.get("/min-profil/").content.decode()
    assert ProviderAccount.objects.count() == 1
