"""S8: words that would be commands to a database are only words, in every question and address."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

import samraad
from tests.access.test_access import ROWS, Row, who_may
from tests.people import CITIZEN, client_of
from tests.world import World

SOURCE = Path(samraad.__file__).parent
WORDS = [
    "' OR '1'='1",
    "1 OR 1=1",
    "'; DROP TABLE plan_plan; --",
    '" OR ""="',
    "') UNION SELECT password FROM accounts_user --",
    "1; SELECT pg_sleep(9)",
    "%' AND 1=0 UNION ALL SELECT sqlite_version() --",
    "*) OR (x:*",
    "NEAR(a b, 9)",
    'a" OR title:*',
    "\\'; --",
    "%00' --",
    "${7*7}{{7*7}}",
    "__class__",
    "forum__district__id",
    "?",
    "-id",
    "pk__gt",
    "extra(select)",
    "RANDOM()",
    "%s %(a)s",
    "\u2019 OR 1=1",
    "admin'/*",
    "x' AND 'x'='x",
]
NOTHING = "Vi fandt ikke “zqx"
QUIET = (200, 302, 404, 403, 422)  # 422: refused in words, as a form that is filled in wrongly is


def asked() -> list[str]:
    """The names that a page looks for in its question."""
    code = "".join(path.read_text("utf-8") for path in SOURCE.rglob("*.py"))
    names = set(re.findall(r'request\.GET\.get\(\s*"(\w+)"', code)) | {"kommune", "vis", "q", "form"}
    return sorted(names)


def pages(world: World) -> list[tuple[str, Client]]:
    """Every address that shows something, with the first person who may see it."""
    found: dict[str, tuple[str, Client]] = {}
    for row in ROWS:
        if row.get("method", "get") == "get" and row["allow"] and row["name"] not in found:
            found[row["name"]] = _page(world, row)
    return list(found.values())


def _page(world: World, row: Row) -> tuple[str, Client]:
    names = {name: world.things.get(value, value) for name, value in row.get("with", {}).items()}
    [who, *_] = sorted(who_may(row), key=lambda key: key == CITIZEN)
    return reverse(row["name"], kwargs=names), client_of(who, world.sessions.get(who, ""))


def answered(client: Client, url: str) -> Any:
    """What answers; nothing stays."""
    with transaction.atomic():
        response: Any = client.get(url)
        for close in response._resource_closers:
            close()
        transaction.set_rollback(True)
    return response


def test_s8_a_command_in_a_question_is_only_words(world: World) -> None:
    names = asked()
    wrong = []
    for number, (url, client) in enumerate(pages(world)):
        for shift in (0, 7):
            word = WORDS[(number + shift) % len(WORDS)]
            status = answered(client, f"{url}?{urlencode(dict.fromkeys(names, word))}").status_code
            if status not in QUIET:
                wrong.append(f"{url} {word}: {status}")
    assert wrong == []


@pytest.mark.parametrize("word", WORDS)
def test_s8_a_command_in_a_search_makes_nonsense_find_no_more(world: World, word: str) -> None:
    url = "/nordjylland/soeg/?" + urlencode({"q": f"zqx {word}"})
    page = client_of("signe", world.sessions["signe"]).get(url)
    assert page.status_code == 200
    text = page.content.decode()
    assert NOTHING in text or "Intet har alle ordene" in text  # a word of it may stand somewhere by itself


@pytest.mark.parametrize("word", WORDS)
def test_s8_a_command_in_an_address_finds_nothing(world: World, word: str) -> None:
    client = client_of("signe", world.sessions["signe"])
    for place in ("/nordjylland/stationer/{}/", "/{}/planer/2022/", "/nordjylland/arbejde/moeder/{}/"):
        assert answered(client, place.format(quote(word, safe=""))).status_code in (302, 404)
