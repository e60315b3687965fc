"""How a text will read: the browser asks the server, which knows the signs; for those who are signed in."""

from collections.abc import Callable

import pytest
from django.forms import Form
from django.test import Client
from django.urls import reverse

from samraad.look.forms import ProseField

PREVIEW = "/forhaandsvisning/"
Person = Callable[[str], Client]


def read(browser: Client, text: str) -> str:
    """What stands under the field."""
    response = browser.post(PREVIEW, {"text": text})
    assert response.status_code == 200
    return str(response.content.decode())


@pytest.mark.parametrize(
    "typed",
    [
        "Vi **mødes** *ofte*.\n\n- Maj\n- Juni",
        "## Møder\nTekst under",
        "| Kommune | Svar |\n| Læsø | ja |",
        "<p>Klistret <script>x()</script>ind</p>",
        "Se [siden](https://politi.dk).",
    ],
)
def test_it_shows_what_would_be_kept(as_: Person, typed: str) -> None:
    assert read(as_("signe"), typed) == ProseField().clean(typed)


def test_it_shows_nothing_of_nothing(as_: Person) -> None:
    assert read(as_("signe"), "") == ""
    assert as_("signe").post(PREVIEW).content == b""


def test_it_lets_no_script_through(as_: Person) -> None:
    for typed in (
        "<script>x()</script>",
        "<p onclick='x()'>Hej</p>",
        "[a](javascript:x())",
        '[a](https://"onx=)',
    ):
        shown = read(as_("signe"), typed)
        assert "<script" not in shown
        assert " on" not in shown


def test_it_says_why_a_field_would_not_take_it(as_: Person) -> None:
    assert "ligner et CPR-nummer" in read(as_("signe"), "Sag 010190-1234")
    long = "x" * (ProseField.LONGEST + 1)
    assert read(as_("signe"), long) == (
        '<p class="sam-why">Teksten fylder 100001 tegn. Der er plads til 100000.</p>'
    )


def test_it_is_for_those_who_are_signed_in(as_: Person) -> None:
    response = as_("citizen").post(PREVIEW, {"text": "Hej"})
    assert response.status_code == 302
    assert response["Location"].startswith("/log-ind/")


def test_it_needs_its_token_and_takes_only_what_is_sent(as_: Person) -> None:
    signed_in = as_("signe")
    assert signed_in.get(PREVIEW, {"text": "Hej"}).status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    assert strict.post(PREVIEW, {"text": "Hej"}).status_code == 403


def test_it_is_asked_by_rich_fields_alone() -> None:
    class Fields(Form):
        rich = ProseField()
        plain = ProseField(rich=False)

    form = Fields()
    assert f'data-prose="{reverse("look:preview")}"' in str(form["rich"])
    assert "data-prose" not in str(form["plain"])
