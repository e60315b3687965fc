"""Every address x everybody in the cast: who is let in stands in tests/access/*.toml, the rest is refused."""

import tomllib
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.template.backends.django import Template
from django.test import Client
from django.urls import reverse

from samraad.demo.reference import addresses
from samraad.look import files
from tests.people import PEOPLE, SIGNED_IN, client_of
from tests.world import World

Row = dict[str, Any]
FOLDER = Path(__file__).parent
TABLES: dict[str, list[Row]] = {
    table.stem: tomllib.loads(table.read_text("utf-8"))["row"] for table in sorted(FOLDER.glob("*.toml"))
}
ROWS = [row for rows in TABLES.values() for row in rows]
SETS = {"all": PEOPLE, "signed in": SIGNED_IN}
OPENED = (200, 302, 422)  # a form that was filled in wrongly is one that she may fill in
REFUSED = (403, 404)


def named(row: Row) -> str:
    """ "council:meeting get pk=meeting_planned"."""
    things = [f"{name}={value}" for name, value in row.get("with", {}).items() if name != "district"]
    return " ".join([row["name"], row.get("method", "get"), *things])


def who_may(row: Row) -> tuple[str, ...]:
    """Those whom a row lets in."""
    [first, *_] = row["allow"] or [""]
    return SETS.get(first, tuple(row["allow"]))


def ask(client: Client, row: Row, world: World) -> HttpResponse:
    """One request, with whatever it changed taken back."""
    names = {name: world.things.get(value, value) for name, value in row.get("with", {}).items()}
    with transaction.atomic():
        url = reverse(row["name"], kwargs=names)
        response: Any = client.post(url, {}) if row.get("method") == "post" else client.get(url)
        for close in response._resource_closers:
            close()
        transaction.set_rollback(True)
    return response


def verdict(response: HttpResponse) -> str:
    """Allowed, refused, or what else came."""
    if response.get("Location", "").startswith("/log-ind/"):
        return "refused"
    if response.status_code in REFUSED:
        return "refused"
    return "allowed" if response.status_code in OPENED else f"status {response.status_code}"


@pytest.fixture
def undrawn(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """No page and no file is made: who may is settled before that."""
    monkeypatch.setattr(Template, "render", lambda self, context=None, request=None: "")
    monkeypatch.setattr(files, "to_docx", lambda document: b"")
    monkeypatch.setattr(files, "to_pdf", lambda document: b"")
    return monkeypatch


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_it_lets_in_those_who_are_written_and_nobody_else(
    row: Row, world: World, undrawn: pytest.MonkeyPatch
) -> None:
    allowed = who_may(row)
    for who in PEOPLE:
        answer = verdict(ask(client_of(who, world.sessions.get(who, "")), row, world))
        assert answer == ("allowed" if who in allowed else "refused"), who
    undrawn.undo()
    cache.clear()  # nor is a file that was not made
    for who in allowed[:1]:  # the page itself, once
        assert verdict(ask(client_of(who, world.sessions.get(who, "")), row, world)) == "allowed"


def test_it_has_a_row_for_every_address() -> None:
    missing = sorted(set(addresses()) - {row["name"] for row in ROWS})
    assert not missing, f"Skriv en række i tests/access/ for: {', '.join(missing)}"


def test_it_names_no_address_that_is_gone() -> None:
    assert not {row["name"] for row in ROWS} - set(addresses())


def test_it_keeps_the_rows_of_a_room_in_the_file_of_the_room() -> None:
    strayed = [
        f"{row['name']} i {room}.toml"
        for room, rows in TABLES.items()
        for row in rows
        if not row["name"].startswith(f"{room}:")
    ]
    assert not strayed


def test_it_knows_everybody_whom_a_row_lets_in() -> None:
    assert not {who for row in ROWS for who in who_may(row)} - set(PEOPLE)
