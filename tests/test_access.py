"""Every address x everybody in the cast: what is allowed is written in tests/access/*.toml, everything else is refused."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from samraad.accounts.models import User
from samraad.demo.cast import email_of
from samraad.demo.reference import addresses
from tests.world import PEOPLE, build

TABLES = sorted((Path(__file__).parent / "access").glob("*.toml"))


def rows() -> list[dict[str, Any]]:
    """All rows of all tables."""
    return [row for table in TABLES for row in tomllib.loads(table.read_text("utf-8"))["row"]]


def answer(client: Client, row: dict[str, Any], world: dict[str, Any]) -> tuple[int, str]:
    """(status, where it leads) of one request, with whatever it changed taken back."""
    names = {key: world.get(value, value) for key, value in row.get("with", {}).items()}
    with transaction.atomic():
        url = reverse(row["name"], kwargs=names)
        response = (
            client.post(url, {}) if row.get("method") == "post" else client.get(url + row.get("query", ""))
        )
        for close in response._resource_closers:
            close()
        transaction.set_rollback(True)
    return response.status_code, response.get("Location", "")


def verdict(status: int, location: str, row: dict[str, Any], who: str) -> str:
    """Allowed, or how it was refused."""
    if location.startswith("/log-ind/"):
        return "login"
    if status in (403, 404):
        return str(status)
    return "allowed" if status in (200, 302, 422) else f"?{status}"


@pytest.fixture
def clients(db: None) -> Callable[[], tuple[dict[str, Client], dict[str, Any]]]:
    def start() -> tuple[dict[str, Client], dict[str, Any]]:
        world = build()
        out = {}
        for key in PEOPLE:
            out[key] = Client()
            if key != "citizen":
                out[key].force_login(
                    User.objects.get(email=email_of(key)), backend="django.contrib.auth.backends.ModelBackend"
                )
        return out, world

    return start


def test_it_lets_in_those_who_are_written_and_nobody_else(clients: Any) -> None:
    people, world = clients()
    wrong = []
    for row in rows():
        allowed = (
            set(PEOPLE)
            if row["allow"] == ["all"]
            else set(PEOPLE) - {"citizen"}
            if row["allow"] == ["signed in"]
            else set(row["allow"])
        )
        for who, client in people.items():
            got = verdict(*answer(client, row, world), row, who)
            if (got == "allowed") != (who in allowed) or got.startswith("?"):
                wrong.append(
                    f"{row['name']} {row.get('with', {})} {row.get('method', 'get')}: {who} fik {got}"
                )
    assert not wrong, "\n".join(wrong)


def test_it_has_a_row_for_every_address() -> None:
    known = {row["name"] for row in rows()}
    missing = sorted(set(addresses()) - known)
    assert not missing, f"Skriv en række i tests/access/ for: {', '.join(missing)}"


def test_it_names_no_address_that_is_gone() -> None:
    assert not {row["name"] for row in rows()} - set(addresses())
