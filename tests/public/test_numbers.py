"""The cooperation in figures: what is counted is public, a sentence says no more than its bars."""

from html import unescape

import pytest
from django.test import Client

from samraad.accounts.models import Organisation
from samraad.council.models import Attendance, Meeting
from samraad.demo.cast import Entered
from samraad.public.queries.numbers import bar, numbers_page
from tests.databases import DAY, moment

PAGE = "/nordjylland/samarbejdet-i-tal/"


def test_it_counts_by_hand_what_it_shows(demo: Entered) -> None:
    district = Organisation.objects.get(slug="nordjylland")
    attendance, *others = numbers_page(district, moment(DAY), DAY).charts
    published = Meeting.objects.filter(forum__kind="kredsraad").exclude(published_at=None)
    rows = Attendance.objects.filter(meeting__in=published)
    covered = rows.filter(presence__in=["present", "deputy"]).count()
    assert attendance.title.startswith(f"{covered} af {rows.count()} pladser var dækket")
    assert "for få møder" in attendance.note
    told = {chart.heads[0]: chart for chart in others}
    areas = told["Område"]
    assert sum(sum(row[1:]) for row in areas.rows) <= 26  # type: ignore[misc]
    assert sum(row[1] for row in told["Lokalråd"].rows) == 34  # type: ignore[misc]
    assert told["Lokalråd"].title == "34 af 78 svar fra lokalrådene er offentliggjort"
    due = told["Hvordan det gik"]
    assert sum(row[1] for row in due.rows) == 2  # type: ignore[misc]


def test_it_has_a_table_for_each_chart_and_claims_no_change(demo: Entered, client: Client) -> None:
    page = unescape(client.get(PAGE).content.decode())
    assert page.count("<figure") == page.count("Tallene som tabel") == 4
    main = page.split("<main")[1].lower()
    assert "steget" not in main
    assert "faldet" not in main
    assert 'width="' in main
    assert "," not in main.split('class="done"')[1].split("/>")[0], "a number of a drawing has no comma"


def test_it_counts_nothing_that_is_not_public(cast: Entered, client: Client) -> None:
    page = client.get(PAGE).content.decode()
    assert "ikke offentliggjort noget at tælle" in page
    assert "<figure" not in page


@pytest.mark.any_database
def test_it_puts_the_parts_of_a_bar_one_after_the_other() -> None:
    drawn = bar("x", {"done": 1, "late": 3}, 8, "4")
    assert [(piece.begins, piece.width) for piece in drawn.pieces] == [(0, 12.5), (12.5, 37.5)]
    assert bar("x", {"done": 0}, 0, "0").pieces[0].width == 0
