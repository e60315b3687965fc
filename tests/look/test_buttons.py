"""Buttons tell those who hear a page what they are about: no two of a page have the same words."""

import re
from collections import defaultdict

import pytest
from django.test import Client
from django.urls import reverse

from samraad.demo.cast import Entered
from tests.people import client_of
from tests.test_growth import Page, of_many
from tests.twice import double

pytestmark = pytest.mark.any_database

PRESS = re.compile(r'<form method="post" action="([^"]+)"[^>]*>.*?<button[^>]*>(.*?)</button>', re.DOTALL)


def same_words(client: Client, page: Page) -> dict[str, set[str]]:
    """The words that stand on buttons of a page that do different things."""
    name, things = page
    answer = client.get(reverse(name, kwargs=things))
    does = defaultdict(set)
    if answer.status_code == 200 and not answer.streaming:
        for address, words in PRESS.findall(answer.content.decode(errors="replace")):
            does[" ".join(re.sub("<[^>]+>", "", words).split())].add(address)
    return {words: addresses for words, addresses in does.items() if len(addresses) > 1}


def called_the_same(pages: list[Page]) -> list[tuple[Page, dict[str, set[str]]]]:
    """The pages with such buttons, for somebody who writes and two who do less."""
    found = []
    for client in map(client_of, ("signe", "lise", "maja")):
        for page in pages:
            if same := same_words(client, page):
                found.append((page, same))
    return found


def test_no_two_buttons_of_a_page_are_called_the_same(demo: Entered) -> None:
    pages = of_many(demo)
    assert called_the_same(pages) == []
    double(demo)  # and each paragraph stands twice in its section: what is found there looks alike to all
    assert called_the_same([page for page in pages if page[0] != "plan:check"]) == []
