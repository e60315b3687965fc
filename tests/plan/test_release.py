"""The list before a release: what is missing comes first, with who does it; no button that cannot act."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from samraad.accounts.models import User
from samraad.council.models import AgendaItem, Meeting
from samraad.demo.cast import Entered
from samraad.plan.actions import plan as plans
from samraad.plan.models import Plan
from samraad.plan.queries.release import release_page

pytestmark = pytest.mark.any_database
OLD = "Indsatsområder i 2021"


@pytest.fixture
def plan(cast: Entered, person: Callable[[str], User]) -> Plan:
    signe = person("signe")
    plan = plans.start(forum=cast.kredsraad, title="Samarbejdsplan 2022", year=2022, by=signe)
    plans.add_section(plan=plan, number="01", title=OLD, body="<p>Vi mødes.</p>", by=signe)
    return plan


def test_what_is_missing_stands_with_the_way_to_it(plan: Plan, person: Callable[[str], User]) -> None:
    page = release_page(plan, person("signe"))
    assert [row.words for row in page.missing] == [
        "Planen er ikke drøftet på et møde i Kredsrådet i Nordjylland",
        "1 sted skal rettes eller forklares",
    ]
    assert [row.way for row in page.missing] == ["Læg den på en dagsorden", "Se stederne"]
    told = release_page(plan, person("poul")).missing[0]
    assert "Sekretariatet" in told.more or told.way


def test_the_place_of_the_button_says_who_presses(plan: Plan, person: Callable[[str], User]) -> None:
    page = release_page(plan, person("signe"))
    assert page.button_words == "Knappen kommer her, når de 2 ting er på plads. Det er Poul, der trykker."
    assert not page.is_ready


def test_there_is_no_button_that_cannot_act(plan: Plan, as_: Callable[[str], Client]) -> None:
    url = reverse("plan:publish", args=[plan.forum.district.slug, plan.pk])
    for who in ("signe", "poul"):
        page = as_(who).get(url).content.decode()
        assert "button-primary" not in page
        assert page.index("2 ting mangler") < page.index("I orden")


def test_a_plan_that_is_ready_waits_for_the_chair_by_name(plan: Plan, person: Callable[[str], User]) -> None:
    page = release_page(plan, person("signe"))
    plan.item = AgendaItem(outcome="discussed", meeting=Meeting(status="held"))
    ready = replace(page, plan=plan, faults=[])
    assert ready.missing == []
    assert ready.button_words.startswith("Alt er klar. Det er Poul, der trykker")
    assert replace(ready, chairs=[]).button_words.startswith("Kun formanden kan offentliggøre.")
