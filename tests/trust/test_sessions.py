"""How long a sign-in lasts, where it is, what it asks for, what a browser keeps (trust.md S10, S13)."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import identify_hasher, make_password
from django.test import Client

from samraad.accounts.models import SignIn, User
from samraad.accounts.sessions import BEGAN, SEEN
from samraad.audit.actions import frame
from samraad.council.actions import meeting as meetings
from samraad.council.models import Forum
from samraad.demo.cast import Entered, at, email_of

Person = Callable[[str], User]
As = Callable[[str], Client]
DESK = "/mit-bord/"
MINUTE, HOUR = 60, 60 * 60


def signed_in(key: str, password: str, agent: str = "Mozilla/5.0 (X11; Linux) Firefox/133.0") -> Client:
    """Somebody who came in by the page for it."""
    client = Client(headers={"user-agent": agent})
    client.post("/log-ind/login/", {"login": email_of(key), "password": password})
    return client


def aged(client: Client, **back: float) -> Client:
    """The same session, so much earlier."""
    session = client.session
    for name, seconds in back.items():
        session[name] = time.time() - seconds
    session.save()
    return client


@pytest.mark.parametrize(
    ("back", "inside"),
    [
        ({SEEN: 29 * MINUTE}, True),
        ({SEEN: 31 * MINUTE}, False),
        ({BEGAN: 9.9 * HOUR}, True),
        ({BEGAN: 10.1 * HOUR}, False),
    ],
)
def test_s10_a_sign_in_ends_when_idle_and_when_old(
    cast: Entered, back: dict[str, float], inside: bool
) -> None:
    client = aged(signed_in("maja", cast.password), **back)
    page = client.get(DESK)
    assert (page.status_code == 200) == inside
    if not inside:
        assert page["Location"] == f"/log-ind/login/?next={DESK}"
        assert "30 minutter uden et klik" in client.get(page["Location"]).content.decode()
        assert client.get(DESK).status_code == 302


def test_s10_a_click_keeps_it_alive_but_not_for_ever(cast: Entered) -> None:
    client = aged(signed_in("maja", cast.password), **{SEEN: 20 * MINUTE, BEGAN: 9 * HOUR})
    assert client.get(DESK).status_code == 200
    assert time.time() - client.session[SEEN] < MINUTE
    assert time.time() - client.session[BEGAN] > 8 * HOUR


def test_s10_a_session_without_a_beginning_is_over(cast: Entered) -> None:
    client = signed_in("maja", cast.password)
    session = client.session
    del session[BEGAN]
    session.save()
    assert client.get(DESK).status_code == 302


def test_s10_she_sees_where_she_is_signed_in_and_ends_it_there(cast: Entered, person: Person) -> None:
    here = signed_in("maja", cast.password)
    there = signed_in("maja", cast.password, "Mozilla/5.0 (iPhone) Safari/604.1")
    other = signed_in("lars", cast.password)
    page = here.get("/mine-steder/").content.decode()
    assert "Firefox på Linux (her)" in page
    assert "Safari på iPhone" in page
    strange = SignIn.objects.get(device="Safari på iPhone")
    assert other.post(f"/mine-steder/{strange.pk}/log-ud/").status_code == 404
    assert there.get(DESK).status_code == 200
    assert here.post(f"/mine-steder/{strange.pk}/log-ud/").status_code == 302
    assert there.get(DESK).status_code == 302
    assert here.get(DESK).status_code == 200
    own = SignIn.objects.get(user=person("maja"))
    assert here.post(f"/mine-steder/{own.pk}/log-ud/").status_code == 302
    assert here.get(DESK).status_code == 302


def test_s10_the_key_of_a_session_changes_with_the_sign_in(cast: Entered) -> None:
    client = Client()
    client.get("/log-ind/login/")
    client.session.save()
    before = client.session.session_key
    client.post("/log-ind/login/", {"login": email_of("maja"), "password": cast.password})
    assert client.session.session_key != before


@pytest.mark.parametrize("key", ["signe", "else", "vera"])
def test_s10_administrators_and_the_operator_need_a_second_factor(
    cast: Entered, person: Person, as_: As, settings: Any, key: str
) -> None:
    assert as_(key).get(DESK).status_code == 200  # the demo's persons enter without
    settings.SAMRAAD_SECOND_FACTOR = True
    client = as_(key)
    for address in (DESK, "/min-profil/", "/personer/nordjylland/"):
        assert client.get(address)["Location"] == "/log-ind/2fa/"
    Authenticator.objects.create(user=person(key), type="recovery_codes", data={})
    assert client.get(DESK).status_code == 302  # codes alone are no factor
    Authenticator.objects.create(user=person(key), type="totp", data={"secret": "x"})
    assert client.get(DESK).status_code == 200


def test_s10_nobody_keeps_another_from_her_second_factor(
    cast: Entered, person: Person, settings: Any
) -> None:
    """Who asks for a new password for somebody leaves an address that is not proven; it stops nothing."""
    settings.SAMRAAD_SECOND_FACTOR = True
    with frame():  # the row that the mail with the link leaves
        EmailAddress.objects.create(user=person("else"), email=email_of("else"), verified=False)
    client = Client()
    client.post("/log-ind/login/", {"login": email_of("else"), "password": cast.password})
    for address in ("/log-ind/2fa/totp/activate/", "/log-ind/2fa/webauthn/add/"):
        page: Any = client.get(address, follow=True)
        assert page.request["PATH_INFO"] in (address, "/log-ind/reauthenticate/")
        assert "bekræftet din e-mailadresse" not in page.content.decode()


def test_s10_others_may_do_without(cast: Entered, as_: As, settings: Any) -> None:
    settings.SAMRAAD_SECOND_FACTOR = True
    for key in ("maja", "poul", "karen", "anton"):
        assert as_(key).get(DESK).status_code == 200


def test_s13_no_browser_keeps_a_working_page(cast: Entered, as_: As) -> None:
    for address in (DESK, "/min-profil/", f"/nordjylland/arbejde/fora/{cast.kredsraad.pk}/"):
        assert as_("maja").get(address)["Cache-Control"] == "no-store"
    assert Client().get("/nordjylland/").get("Cache-Control", "") != "no-store"


def test_s13_cookies_belong_to_the_host_alone_and_passwords_are_argon2id() -> None:
    """In a process of its own, with the settings of service."""
    code = (
        "import django; django.setup(); from django.conf import settings as s;"
        "from django.contrib.auth.hashers import make_password;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN,"
        " s.SESSION_COOKIE_PATH, s.SAMRAAD_SECOND_FACTOR, make_password('x')[:38])"
    )
    env = {
        "DJANGO_SETTINGS_MODULE": "samraad.settings",
        "SAMRAAD_SECRET_KEY": "vT4-9wQz_Lr7KcX2mN8sYpB5hJ3dFgA6uE1iOoWnRkVtZyCxS0-qPl",
        "SAMRAAD_HOSTS": "samraad.example",
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [
        "__Host-samraad",
        "__Host-csrf",
        "True",
        "None",
        "/",
        "True",
        "argon2$argon2id$v=19$m=102400,t=2,p=8$",
    ]


def test_s10_a_password_of_before_is_renewed_at_the_next_sign_in(
    cast: Entered, person: Person, settings: Any
) -> None:
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.Argon2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    old = make_password(cast.password, hasher="md5")
    User.objects.filter(pk=person("maja").pk).update(password=old)
    assert signed_in("maja", cast.password).get(DESK).status_code == 200
    assert identify_hasher(person("maja").password).algorithm == "argon2"


def calendar_of(client: Client) -> str:
    """A new secret address, as it is shown once."""
    assert client.post("/min-kalender/ny/").status_code == 302
    page = client.get("/min-profil/").content.decode()
    return page.split('id="calendar-link">http://testserver')[1].split("<")[0]


def test_s10_a_calendar_has_one_secret_shown_once_and_dead_when_renewed(
    cast: Entered, person: Person, as_: As
) -> None:
    local = Forum.objects.get(slug="lokalraad-hjoerring")
    meetings.plan_meeting(
        forum=cast.kredsraad, starts_at=at("2022-03-15"), ends_at=at("2022-03-15", 15), by=person("signe")
    )
    client = as_("else")
    assert "moeder.ics" not in client.get("/min-profil/").content.decode()
    first = calendar_of(client)
    assert first not in client.get("/min-profil/").content.decode()
    token = first.split("/")[2]
    assert token not in person("else").calendar_hash
    assert b"SUMMARY" in Client().get(first).content
    of_forum = f"/kalender/{token}/forum/{cast.kredsraad.pk}/moeder.ics"
    assert b"SUMMARY" in Client().get(of_forum).content
    assert b"SUMMARY" not in Client().get(f"/kalender/{token}/forum/{local.pk}/moeder.ics").content
    second = calendar_of(client)
    assert Client().get(first).status_code == Client().get(of_forum).status_code == 404
    assert Client().get(second).status_code == 200
