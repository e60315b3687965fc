"""A2: on PostgreSQL the site's role can add events and neither change, remove, empty nor unguard them."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection
from django.utils import timezone

from samraad.accounts.checks import two_roles
from samraad.audit.actions import action, frame, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.models import Event
from samraad.settings import _owner
from tests.databases import drop

OWNER, SITE = f"samraad_{os.getpid()}_ejer", f"samraad_{os.getpid()}_side"
REFUSED = [
    "UPDATE audit_event SET verb = 'test.other'",
    "DELETE FROM audit_event",
    "TRUNCATE audit_event CASCADE",
    "ALTER TABLE audit_event ADD COLUMN more text",
    "ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update",
    "DROP TRIGGER audit_event_no_update ON audit_event",
    "CREATE TRIGGER audit_more BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_in_line()",
    "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
    " $$ BEGIN RETURN NEW; END $$",
    "DROP TABLE audit_event CASCADE",
    "UPDATE audit_stream SET name = 'other'",
    "DELETE FROM audit_stream",
    "TRUNCATE audit_stream",
    "UPDATE audit_stream SET keep_days = 30",
    "UPDATE audit_segment SET expired_at = now()",
    "DELETE FROM audit_segment",
    "TRUNCATE audit_segment",
    "INSERT INTO audit_segment (number) VALUES (1)",
    "DELETE FROM django_migrations",
    "SET session_replication_role = replica",
]
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite har ingen roller")


@action
def note(*, by: Actor, stream: str = "council") -> Event:
    return record("test.noted", None, by=by, stream=stream)


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def as_(role: str, name: str) -> None:
    """Connect to the database of that name by that role from now on."""
    connection.close()
    connection.settings_dict.update(USER=role, NAME=name)


def told() -> str:
    """What the verification says, of what is wrong or of what to know."""
    out = StringIO()
    try:
        call_command("verify", stdout=out)
    except CommandError as error:
        return str(error)
    return out.getvalue()


@pytest.fixture
def one_role(transactional_db: None) -> Iterator[str]:
    """A database that the site's role owns, as it was before there were two; the name of the keeper."""
    keeper, lent = str(connection.settings_dict["USER"]), str(connection.settings_dict["NAME"])
    name = f"{lent}_roles"
    drop(name)
    for role in (OWNER, SITE):
        sql(f"CREATE ROLE {role} LOGIN")
    sql(f'CREATE DATABASE "{name}" OWNER {SITE}')
    as_(SITE, name)
    try:
        with frame():
            call_command("migrate", verbosity=0)
        yield keeper
    finally:
        as_(keeper, lent)
        drop(name)
        for role in (OWNER, SITE):
            sql(f"DROP ROLE {role}")


@on_postgres
def test_a2_an_owner_keeps_the_events_from_the_site(
    one_role: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = str(connection.settings_dict["NAME"])
    note(by=SYSTEM)
    assert "én rolle" in told()
    settings.DATABASE_OWNER = {"USER": OWNER, "PASSWORD": ""}
    assert f"Rollen {SITE} kan ændre audit_event" in told()
    as_(one_role, name)
    sql(f"REASSIGN OWNED BY {SITE} TO {OWNER}")
    as_(SITE, name)
    call_command("migrate", verbosity=0)
    assert connection.settings_dict["USER"] == SITE
    _holds()
    copy = tmp_path / "kopi"
    call_command("backup", str(copy), stdout=StringIO(), stderr=StringIO())
    note(by=SYSTEM)
    call_command("restore", str(copy), "--yes", stdout=StringIO())
    _holds()
    call_command("verify", triggers=True, stdout=StringIO())
    settings.SAMRAAD_KEYS = str(tmp_path / "noegler")
    _expires(monkeypatch)


def _holds() -> None:
    """The site writes its events, and nothing else is done to them by it."""
    note(by=SYSTEM)
    for statement in REFUSED:
        with pytest.raises(DatabaseError, match=r"permission denied|must be owner"):
            sql(statement)
    assert "kæden holder" in told()
    assert "én rolle" not in told()


def _expires(monkeypatch: pytest.MonkeyPatch) -> None:
    """The owner lets a month go whose time is over; the chain holds for the site."""
    with monkeypatch.context() as past:
        past.setattr(timezone, "now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
        old = note(by=SYSTEM, stream="old")
    note(by=SYSTEM, stream="old")
    call_command("new_key", "seal", stdout=StringIO())
    call_command("keep_events", "old", days=30, stdout=StringIO())
    call_command("expire", stdout=StringIO())
    assert not Event.objects.filter(pk=old.pk).exists()
    assert "old: hændelse 1-1" in told()


def test_a2_sqlite_says_that_it_has_no_roles(transactional_db: None) -> None:
    if connection.vendor == "sqlite":
        assert "SQLite har ingen roller" in told()


def test_a2_one_role_is_a_warning_before_serving(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "django.db.backends.postgresql")
    settings.DATABASE_OWNER = {}
    assert [found.id for found in two_roles()] == ["samraad.W001"]
    settings.DATABASE_OWNER = {"USER": "ejer", "PASSWORD": ""}
    assert two_roles() == []


@pytest.mark.parametrize("owner", ["postgresql://a@h/x", "postgresql://b@h/y", "postgresql://b@other/x"])
def test_a2_an_owner_is_another_role_of_the_same_database(owner: str) -> None:
    assert _owner("postgresql://b:k@h/x", "postgresql://a@h/x") == {"USER": "b", "PASSWORD": "k"}
    with pytest.raises(ImproperlyConfigured, match="SAMRAAD_DATABASE_OWNER"):
        _owner(owner, "postgresql://a@h/x")
