"""The same day, the same cast, the guard on, the network off, for every test."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.template import engines
from django.test import Client, TransactionTestCase

from samraad.accounts.models import User
from samraad.audit.middleware import guard
from samraad.demo.cast import Entered
from tests.databases import DAY, FILLINGS, STORAGES, Databases, Filled, moment
from tests.people import client_of, person_of
from tests.traces import Traces
from tests.world import World

# Signing in is tried often, so a password's hash is made light here. That it is heavy in service
# tests/trust/test_sessions.py tries in a process of its own.
Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 64, 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The stories take longest: they begin first, so that nobody waits for the last one."""
    items.sort(key=lambda item: "stories" not in item.path.parts)


@pytest.fixture(autouse=True)
def _same_day(settings: Any, tmp_path: Path) -> None:
    settings.SAMRAAD_TODAY = moment(DAY)
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = STORAGES
    settings.WHITENOISE_AUTOREFRESH = True  # a new client looks at no static file before it is asked for one


class Missing(str):
    """What a template says in place of a name that its page does not give: here, nothing; it is a fault."""

    def __contains__(self, part: object) -> bool:
        return True

    def __mod__(self, name: object) -> str:
        if str(name).startswith("authenticators."):
            return ""  # django-allauth's own page asks for what a person may not have
        raise AssertionError(f"Siden giver ikke {name} til sin skabelon.")


@pytest.fixture(autouse=True)
def _every_name_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """A template names only what its page gives (`{% if %}` may ask for what is not there)."""
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Missing("%s"))  # type: ignore[attr-defined]


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


def _lasting(request: pytest.FixtureRequest) -> bool:
    """Does the test have transactions of its own, so that what it writes would stay?"""
    marked = request.node.get_closest_marker("django_db")
    if marked and marked.kwargs.get("transaction"):
        return True
    return bool({"transactional_db", "live_server"} & set(request.fixturenames))


@pytest.fixture(scope="session")
def _databases(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Databases]:
    """The empty database and its filled copies."""
    with django_db_blocker.unblock():
        databases = Databases(tmp_path_factory.mktemp("media"))
    yield databases
    with django_db_blocker.unblock():
        databases.close()


@pytest.fixture
def _lent(
    request: pytest.FixtureRequest, _databases: Databases, django_db_blocker: Any, tmp_path: Path
) -> Iterator[Filled]:
    """The database of the test: the fullest that it names, with its files."""
    kind = next((kind for kind in FILLINGS if kind in request.fixturenames), "empty")
    with django_db_blocker.unblock(), _databases.lent(kind, own=_lasting(request)) as filled:
        copytree(filled.media, tmp_path, dirs_exist_ok=True)
        yield filled


@pytest.fixture
def _django_db_helper(_lent: Filled, _django_db_helper: None) -> None:
    """pytest-django's own, which opens the test's transaction, and before it the database to open it on."""


# A test with transactions of its own has a copy, which goes: there is nothing to empty.
TransactionTestCase._fixture_teardown = lambda self: None  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _guarded(request: pytest.FixtureRequest) -> Iterator[None]:
    """A write outside an action fails the test."""
    marked = request.node.get_closest_marker("django_db")
    if not marked and not {"db", "transactional_db"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db" if _lasting(request) else "db")
    traces = Traces()
    with connection.execute_wrapper(guard), connection.execute_wrapper(traces):
        yield
        traces.close()


@pytest.fixture(autouse=True)
def _nothing_kept() -> None:
    """No page body of another test's database."""
    cache.clear()


@pytest.fixture
def cast(db: None, _lent: Filled) -> Entered:
    """The cast in its seats, the councils, and nothing else, unless the test asks for the demo too."""
    assert _lent.held.entered is not None
    return _lent.held.entered


@pytest.fixture
def demo(db: None, _lent: Filled) -> Entered:
    """The whole demo district on its day."""
    assert _lent.held.entered is not None
    return _lent.held.entered


@pytest.fixture
def world(db: None, _lent: Filled) -> World:
    """The demo district with one of each thing that an address can name."""
    assert _lent.held.world is not None
    return _lent.held.world


@pytest.fixture
def person(cast: Entered) -> Callable[[str], User]:
    """Somebody of the cast, fresh from the database."""
    return person_of


@pytest.fixture
def as_(cast: Entered) -> Callable[[str], Client]:
    """A client signed in as somebody of the cast; "citizen" is nobody."""
    return client_of


@pytest.fixture
def manage() -> Callable[..., Any]:
    """Run a management command."""
    return call_command
