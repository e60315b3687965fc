"""The test databases: an empty one, and copies that hold the cast, the demo district and the world.

Each is filled once per process, when the first test asks for it. A test runs in a transaction of its own on
the one it needs and is rolled back. A test with transactions of its own gets a fresh copy, which is thrown
away. So no database is ever emptied, and no test begins by filling one.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection
from django.test import override_settings

from samraad.audit.actor import SYSTEM
from samraad.audit.middleware import guard
from samraad.demo.actions import fill
from samraad.demo.cast import Entered, enter_cast
from tests.world import World, build

DAY = date(2022, 1, 28)
STORAGES = {
    "default": {"BACKEND": "samraad.audit.files.WholeFiles"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}


def moment(day: date) -> datetime:
    """Two in the afternoon of a day: the domain's now in tests."""
    return datetime(day.year, day.month, day.day, 14, tzinfo=ZoneInfo("Europe/Copenhagen"))


@dataclass(frozen=True)
class Held:
    """What a database was filled with: the cast in its seats and the world, as far as they are there."""

    entered: Entered | None = None
    world: World | None = None


@dataclass(frozen=True)
class Filled:
    """A database by its name, with its files and what it holds."""

    name: str
    media: Path
    held: Held = field(default_factory=Held)


def _cast(held: Held) -> Held:
    return replace(held, entered=enter_cast(by=SYSTEM))


def _demo(held: Held) -> Held:
    return replace(held, entered=fill(by=SYSTEM))


def _world(held: Held) -> Held:
    assert held.entered is not None
    return replace(held, world=build(held.entered))


# What a database is made from, and how it is filled. A test gets the first that it names: the fullest.
FILLINGS: dict[str, tuple[str, Callable[[Held], Held]]] = {
    "world": ("demo", _world),
    "demo": ("empty", _demo),
    "cast": ("empty", _cast),
}


class Databases:
    """All databases of this process; `folder` is for their files."""

    def __init__(self, folder: Path) -> None:
        empty = folder / "empty"
        empty.mkdir()
        self.folder = folder
        self.base = str(connection.settings_dict["NAME"])
        self.filled = {"empty": Filled(self.base, empty)}
        self.numbers = count(1)

    @contextmanager
    def lent(self, kind: str, *, own: bool) -> Iterator[Filled]:
        """Work on a database of that kind; `own` is a copy that may be changed for good."""
        filled = self._of(kind)
        if own:
            filled = replace(filled, name=self._copy(filled.name, f"own{next(self.numbers)}"))
        switch(filled.name)
        try:
            yield replace(filled, held=deepcopy(filled.held))
        finally:
            if own:
                switch(self.base)
                drop(filled.name)

    def close(self) -> None:
        """Take all but the empty one away, which pytest-django made and removes."""
        switch(self.base)
        for filled in self.filled.values():
            if filled.name != self.base:
                drop(filled.name)

    def _of(self, kind: str) -> Filled:
        if kind not in self.filled:
            self.filled[kind] = self._fill(kind)
        return self.filled[kind]

    def _fill(self, kind: str) -> Filled:
        below, act = FILLINGS[kind]
        begun = self._of(below)
        media = self.folder / kind
        copytree(begun.media, media)
        name = self._copy(begun.name, kind)
        switch(name)
        with (
            connection.execute_wrapper(guard),
            override_settings(SAMRAAD_TODAY=moment(DAY), MEDIA_ROOT=media, STORAGES=STORAGES),
        ):
            held = act(deepcopy(begun.held))
        return Filled(name, media, held)

    def _copy(self, name: str, ending: str) -> str:
        target = f"{self.base}_{ending}"
        drop(target)
        copy(name, target)
        return target


def switch(name: str) -> None:
    """Let the connection, and those of other threads from now on, lead to the database of that name."""
    if str(connection.settings_dict["NAME"]) != name:
        connection.close()
        connection.settings_dict["NAME"] = name


def copy(source: str, target: str) -> None:
    """A new database with all that is in `source`."""
    connection.close()  # PostgreSQL copies only what nobody is connected to
    if connection.vendor == "postgresql":
        # Under a browser's event loop Django connects anew; the connection that made the tables stays open.
        _administer(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{source}'")
        _administer(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
        return
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        new.execute("PRAGMA synchronous = OFF")
        old.backup(new)


def drop(name: str) -> None:
    """Take a database away, if it is there."""
    if connection.vendor == "postgresql":
        _administer(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        return
    for ending in ("", "-wal", "-shm"):
        Path(name + ending).unlink(missing_ok=True)


def _administer(statement: str) -> None:
    maintenance: Any = connection
    with maintenance._nodb_cursor() as cursor:
        cursor.execute(statement)
