"""The wheel's page says how the year looks, and its picture lets no dot lie on another."""

from datetime import date
from math import hypot
from typing import Any

import pytest
from django.test import Client

from samraad.accounts.models import User
from samraad.demo.cast import Entered, email_of
from samraad.desk.wheel import APART, MIDDLE, RING, WheelPage, ring, wheel_page
from tests.databases import DAY


def page_of(demo: Entered, year: int = 2022, who: str = "signe") -> WheelPage:
    """The kredsråd's wheel."""
    return wheel_page(demo.kredsraad, year, User.objects.get(email=email_of(who)), DAY)


def test_it_tells_what_the_year_has_and_lacks(demo: Entered) -> None:
    page = page_of(demo)
    assert page.count_words == f"{len(page.meetings)} møder, {len(page.lines)} pligter."
    assert page.hole_words == ""
    assert page.lack_words == ""
    empty = page_of(demo, 2020)
    assert empty.count_words == "0 møder, 0 pligter."
    assert empty.lack_words == "Der mangler 4 møder."


def test_it_numbers_duties_in_table_and_picture_alike(demo: Entered) -> None:
    page = page_of(demo)
    assert [dot.says for dot in page.ring.duties] == [str(line.number) for line in page.lines]
    assert [dot.kind for dot in page.ring.duties] == [line.row.state for line in page.lines]


def test_it_lays_no_dot_on_another(demo: Entered) -> None:
    dots = page_of(demo).ring.duties
    for number, one in enumerate(dots):
        for other in dots[:number]:
            assert hypot(one.x - other.x, one.y - other.y) > APART


def test_it_begins_the_year_at_the_top_and_marks_only_its_own_day() -> None:
    first = ring(2022, date(2022, 1, 1), [], [])
    assert first.today is not None
    assert (first.today.x1, first.today.y1) == (MIDDLE, MIDDLE - (RING - 60))
    assert first.months[6].y > MIDDLE
    assert ring(2021, date(2022, 1, 1), [], []).today is None


@pytest.mark.parametrize("asked", ["?forum=x", "?forum=999999", "?aar=1066", "?aar=x", "?aar=" + "9" * 5000])
def test_it_shows_this_year_of_the_kredsraad_when_asked_for_what_is_not(demo: Entered, asked: str) -> None:
    browser = Client()
    browser.force_login(
        User.objects.get(email=email_of("signe")), backend="django.contrib.auth.backends.ModelBackend"
    )
    response: Any = browser.get(f"/nordjylland/arbejde/aarshjul/{asked}")
    assert "<h1>Årshjul 2022</h1>" in response.content.decode()
    assert response.context["page"].forum == demo.kredsraad


@pytest.mark.parametrize("asked", ["forum=²", "aar=²"])
def test_it_takes_odd_questions_calmly(demo: Entered, asked: str) -> None:
    signe = Client()
    signe.force_login(
        User.objects.get(email=email_of("signe")), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert signe.get(f"/nordjylland/arbejde/aarshjul/?{asked}").status_code in (200, 404)
