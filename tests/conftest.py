"""The same day, the same cast, the guard on, the network off, for every test."""

import socket
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from shutil import copytree
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client, TransactionTestCase, override_settings

from samraad.accounts.models import User
from samraad.audit import triggers
from samraad.audit.actor import SYSTEM
from samraad.audit.middleware import guard
from samraad.demo.actions import fill
from samraad.demo.cast import Entered, email_of, enter_cast

DAY = date(2022, 1, 28)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def moment(day: date) -> datetime:
    """Two in the afternoon of a day: the domain's now in tests."""
    return datetime(day.year, day.month, day.day, 14, tzinfo=ZoneInfo("Europe/Copenhagen"))


@pytest.fixture(autouse=True)
def _same_day(settings: Any, tmp_path: Path) -> None:
    settings.SAMRAAD_TODAY = moment(DAY)
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = STORAGES


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only this machine answers."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in (
            "127.0.0.1",
            "::1",
            "localhost",
        ):
            raise RuntimeError(f"En prøve ville ud på nettet: {address}")
        return real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def _guarded(request: pytest.FixtureRequest) -> Iterator[None]:
    """A write outside an action fails the test."""
    marked = request.node.get_closest_marker("django_db")
    uses = "db" in request.fixturenames or "transactional_db" in request.fixturenames
    if not marked and not uses:
        yield
        return
    lasting = "transactional_db" in request.fixturenames or bool(marked and marked.kwargs.get("transaction"))
    request.getfixturevalue("transactional_db" if lasting else "db")
    with connection.execute_wrapper(guard):
        yield


_flush = TransactionTestCase._fixture_teardown


def _teardown(self: TransactionTestCase) -> None:
    """Emptying a test database meets the append-only triggers: they are lifted for that alone."""
    triggers.lift(connection)
    try:
        _flush(self)
    finally:
        triggers.install(connection)


TransactionTestCase._fixture_teardown = _teardown  # type: ignore[method-assign]


@pytest.fixture
def cast(db: None) -> Entered:
    """The cast in its seats, the councils, and nothing else."""
    return enter_cast(by=SYSTEM)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The demo district stays to the end of a file: its tests come after those with the bare cast."""
    files = [list(tests) for _, tests in groupby(items, key=lambda item: item.path)]
    items[:] = [
        item
        for tests in files
        for item in sorted(tests, key=lambda item: "demo" in getattr(item, "fixturenames", ()))
    ]


@pytest.fixture(scope="module")
def _filled(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Entered, Path]]:
    """The demo district and its files, filled once for all tests of a file."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock():
        assert not connection.in_atomic_block, (
            "Bed om demo som prøvens eget argument: den fyldes før prøvens egen transaktion."
        )
    with django_db_blocker.unblock(), transaction.atomic():
        with (
            connection.execute_wrapper(guard),
            override_settings(SAMRAAD_TODAY=moment(DAY), MEDIA_ROOT=media, STORAGES=STORAGES),
        ):
            entered = fill(by=SYSTEM)
        yield entered, media
        transaction.set_rollback(True)


@pytest.fixture
def demo(request: pytest.FixtureRequest, _filled: tuple[Entered, Path], db: None, tmp_path: Path) -> Entered:
    """The whole demo district on its day; what a test does to it is undone. Not for tests with transactions of their own."""
    marked = request.node.get_closest_marker("django_db")
    lasting = "transactional_db" in request.fixturenames or (marked and marked.kwargs.get("transaction"))
    assert not lasting, "En prøve med egne transaktioner fylder selv demoen (se test_mail.py)."
    entered, media = _filled
    copytree(media, tmp_path, dirs_exist_ok=True)
    return deepcopy(entered)


@pytest.fixture
def person(cast: Entered) -> Callable[[str], User]:
    """Somebody of the cast, fresh from the database."""
    return lambda key: User.objects.get(email=email_of(key))


@pytest.fixture
def as_(cast: Entered) -> Callable[[str], Client]:
    """A client signed in as somebody of the cast; "citizen" is nobody."""

    def client(key: str) -> Client:
        browser = Client()
        if key != "citizen":
            browser.force_login(
                User.objects.get(email=email_of(key)), backend="django.contrib.auth.backends.ModelBackend"
            )
        return browser

    return client


@pytest.fixture
def manage() -> Callable[..., Any]:
    """Run a management command."""
    return call_command
