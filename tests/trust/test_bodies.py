"""More than may be sent is refused in words before it is read (trust.md U7)."""

import time
from typing import Any

import pytest
from django.conf import settings as given
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from samraad.look.middleware import SizeMiddleware

pytestmark = pytest.mark.any_database

MEGABYTE = 1024 * 1024
IN = "/log-ind/login/"


class Unread:
    """A body that must not be read."""

    def read(self, *_: object) -> bytes:
        raise AssertionError("Kroppen blev læst.")

    readline = read


@pytest.mark.parametrize(
    ("kind", "megabytes"),
    [
        ("multipart/form-data; boundary=x", 60),
        ("multipart/form-data; boundary=x", 1024),
        ("application/x-www-form-urlencoded", 6),
        ("application/json", 6),
        ("text/plain", 1024),
        ("", 6),
    ],
)
def test_u7_too_much_is_refused_unread(db: None, kind: str, megabytes: int) -> None:
    before = time.monotonic()
    answer = Client().generic(
        "POST", IN, b"", kind, **{"wsgi.input": Unread(), "CONTENT_LENGTH": str(megabytes * MEGABYTE)}
    )
    assert answer.status_code == 413
    assert "En fil må højst fylde 20 MB og en tekst 5 MB. Intet er gemt." in answer.content.decode()
    assert time.monotonic() - before < 1


@pytest.mark.parametrize("said", ["", "-5", "tusind", "0"])
def test_u7_without_a_length_nothing_is_read(db: None, said: str) -> None:
    answer = Client().generic(
        "POST", IN, b"", "text/plain", **{"wsgi.input": Unread(), "CONTENT_LENGTH": said}
    )
    assert answer.status_code in (200, 400, 403)


def test_u7_text_hidden_among_files_counts_as_text(db: None) -> None:
    answer = Client().post(IN, {"login": "x" * (6 * MEGABYTE), "file": SimpleUploadedFile("a.txt", b"a")})
    assert answer.status_code == 413
    assert "Intet er gemt." in answer.content.decode()


@pytest.mark.parametrize("kind", ["fields", "files"])
def test_u7_a_hundred_thousand_fields_are_refused(db: None, kind: str) -> None:
    before = time.monotonic()
    if kind == "fields":
        answer: Any = Client().post(
            IN, "&".join(f"f{n}=" for n in range(100_000)), "application/x-www-form-urlencoded"
        )
    else:
        answer = Client().post(IN, {f"f{n}": SimpleUploadedFile("a", b"a") for n in range(150)})
    assert answer.status_code == 413
    assert "for mange felter" in answer.content.decode()
    assert time.monotonic() - before < 3


def test_u7_a_file_as_big_as_it_may_be_comes_through() -> None:
    request = RequestFactory().post(IN, {"file": SimpleUploadedFile("a.txt", b"a" * 20 * MEGABYTE)})
    assert SizeMiddleware(lambda _: "taget")(request) == "taget"  # type: ignore[arg-type, return-value, comparison-overlap]
    assert given.SAMRAAD_BODY_BYTES == 25 * MEGABYTE
