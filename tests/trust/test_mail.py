"""A mail server that is dead or hangs holds no page, and an unknown address is told nothing."""

import re
import socket
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from samraad.accounts import forgotten, outbox
from samraad.accounts.models import Mail
from samraad.audit.actions import Refused
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered, email_of
from tests.accounts.test_mail import Post, post, work  # noqa: F401
from tests.people import person_of

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "/log-ind/password/reset/"
QUICK = 3.0  # seconds; the server below would hold a page for 30


@pytest.fixture
def hanging(settings: Any) -> Iterator[socket.socket]:
    """A mail server that takes a connection and never says a word."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = (
            "127.0.0.1",
            server.getsockname()[1],
            30,
        )
        yield server


@pytest.fixture
def dead(settings: Any) -> None:
    """A mail server that is not there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    with socket.create_server(("127.0.0.1", 0)) as server:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.getsockname()[1]


def ask(email: str) -> Any:
    """The page after asking for a new password."""
    return Client().post(ASK, {"email": email}, follow=True)


def test_f7_a_hanging_mail_server_holds_no_page(cast: Entered, hanging: socket.socket) -> None:
    before = time.monotonic()
    page = ask(email_of("maja"))
    assert page.status_code == 200
    assert time.monotonic() - before < QUICK
    hanging.settimeout(0.1)
    with pytest.raises(TimeoutError):  # nobody even called it
        hanging.accept()


@pytest.mark.usefixtures("dead")
def test_f7_a_dead_mail_server_gives_no_500_and_the_mail_waits(cast: Entered) -> None:
    assert ask(email_of("maja")).status_code == 200
    work()
    mail = Mail.objects.get(kind="account")
    assert (mail.sent_at, mail.tries) == (None, 1)
    assert "Vi prøver igen." in mail.error


def test_f7_the_link_to_a_new_password_arrives_once_and_works(cast: Entered, post: Post) -> None:  # noqa: F811
    ask(email_of("maja"))
    work()
    [(to, text)] = post.got
    assert to == email_of("maja")
    link = re.search(r"http://localhost:8000(/log-ind/password/reset/key/\S+)", text)
    assert link, text
    client = Client()
    form = client.get(link[1], follow=True)
    password = "en helt ny lang kode 42"
    client.post(form.redirect_chain[-1][0], {"password1": password, "password2": password})
    assert person_of("maja").check_password(password)
    assert Mail.objects.get(kind="account").body == "(sendt)"


@pytest.mark.parametrize("email", ["ukendt@kommune.example", "x" * 60 + "@kommune.example"])
def test_s12_an_unknown_address_sees_the_same_page_and_gets_no_mail(cast: Entered, email: str) -> None:
    known, unknown = ask(email_of("maja")), ask(email)
    work()
    assert known.redirect_chain == unknown.redirect_chain
    assert re.sub(r"csrf\S+|nonce\S+", "", known.content.decode()) == re.sub(
        r"csrf\S+|nonce\S+", "", unknown.content.decode()
    )
    assert [mail.address for mail in Mail.objects.filter(kind="account")] == [email_of("maja")]


def test_s12_nobody_who_keeps_the_outbox_reads_the_link(cast: Entered) -> None:
    forgotten.answer.call(person_of("maja").pk)
    mail = Mail.objects.get(kind="account")
    assert "/log-ind/" in mail.body
    assert mail.shown == ""


NUMBER = "010190-1234"


def test_f7_a_link_that_looks_like_a_number_is_sent_and_the_rest_of_the_mail_is_looked_at(
    cast: Entered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One link of a thousand holds ten digits that could be somebody's number."""
    monkeypatch.setattr(forgotten.default_token_generator, "make_token", lambda user: "cx0-0101901234")
    forgotten.answer.call(person_of("maja").pk)
    assert "0101901234" in Mail.objects.get(kind="account").body


@pytest.mark.parametrize(
    ("words", "sent"),
    [
        ("{own}/invitation/" + NUMBER + "/", True),
        ("{own}/nordjylland/arbejde/hoering/0101901234/ og farvel", True),
        ("{own}/kalender/a0101901234/moeder.ics", True),
        ("{own}/invitation/abc/?cpr=" + NUMBER, False),
        ("{own}/nordjylland/soeg/?q=" + NUMBER, False),
        ("{own}/ukendt/" + NUMBER + "/", False),
        ("{own}.example/invitation/" + NUMBER + "/", False),
        ("https://andre.example/invitation/" + NUMBER + "/", False),
        ("{own}/invitation/" + NUMBER + "/ om " + NUMBER, False),
    ],
)
def test_f7_only_the_secret_of_our_own_link_is_let_through(
    cast: Entered, settings: Any, words: str, sent: bool
) -> None:
    body = words.format(own=settings.SAMRAAD_ADDRESS)
    try:
        assert post_mail(body) == 1
    except Refused:
        assert not sent
    else:
        assert sent


def post_mail(body: str) -> int:
    """How many mails with this text went into the outbox."""
    return outbox.post(kind="account", to=[person_of("maja")], subject="Emne", body=body, key="k", by=SYSTEM)
