"""The page of a plan folded: what each chapter says of itself, which is open, what is done next."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from samraad.accounts.models import User
from samraad.demo.cast import Entered
from samraad.plan.actions import plan as plans
from samraad.plan.models import Initiative, Plan
from samraad.plan.queries.chapters import chapters, faults_of
from samraad.plan.queries.plan import PlanMay, PlanPage, contents
from tests.people import client_of

TODAY = date(2022, 1, 28)
pytestmark = pytest.mark.any_database


@pytest.fixture
def plan(cast: Entered, person: Callable[[str], User]) -> Plan:
    """A draft with a section that is written, one that is empty and one with two years in it."""
    signe = person("signe")
    plan = plans.start(forum=cast.kredsraad, title="Samarbejdsplan 2024", year=2024, by=signe)
    for number, body in (("01", "<p>Vi mødes.</p>"), ("02", ""), ("03", "<p>Ring 010190-1234.</p>")):
        plans.add_section(plan=plan, number=number, title=f"Kapitel {number}", level=1, body=body, by=signe)
    return plan


def test_it_folds_all_but_the_first_that_is_not_done(plan: Plan) -> None:
    found = chapters(contents(plan), TODAY, checked=True, opened="foerste")
    assert [row.open for row in found.sections] == [False, True, False]
    assert [row.holds for row in found.sections] == ["", "tomt", ""]


def test_it_unfolds_all_when_that_is_asked_for(plan: Plan) -> None:
    page = _page(client_of("signe"), plan, "?alt")
    assert page.count('<details class="sam-fold" open>') == 3
    assert _page(client_of("signe"), plan).count('<details class="sam-fold" open>') == 1


def test_each_chapter_says_how_many_places_must_be_mended(plan: Plan) -> None:
    found = chapters(contents(plan), TODAY, checked=True, opened="")
    assert found.faults == faults_of(plan, TODAY).total() > 0
    assert found.sections[2].fault_words == "1 sted skal rettes"
    assert not any(row.faults for row in chapters(contents(plan), TODAY, checked=False, opened="").sections)


def test_a_link_to_a_chapter_leads_inside_its_fold(plan: Plan) -> None:
    section = plan.sections.all()[1]
    page = _page(client_of("signe"), plan)
    fold = page[page.index(section.title) :]
    assert fold.index('class="sam-fold__in"') < fold.index(f'id="afsnit-{section.pk}"')


@pytest.mark.parametrize(
    ("given", "faults", "act"),
    [
        ({"write": True, "discuss": True}, 2, "mend"),
        ({"write": True, "discuss": True}, 0, "agenda"),
        ({"publish": True, "write": True}, 2, "publish"),
        ({}, 0, "missing"),
    ],
)
def test_one_thing_comes_next_with_a_draft(given: dict[str, bool], faults: int, act: str) -> None:
    assert _for(Plan(kind="cooperation", status="draft"), **given).next_act(faults) == act


def test_the_answers_come_next_when_the_plan_is_out() -> None:
    out = Plan(kind="cooperation", status="published")
    assert _for(out, write=True, matrix=True).next_act(3) == "answers"


def _for(plan: Plan, **given: bool) -> PlanPage:
    allowed: dict[str, Any] = dict.fromkeys(PlanMay.__annotations__, False) | given
    why = "" if given.get("publish") else "Kun formanden kan."
    return PlanPage(plan, PlanMay(**allowed), "", why, ["Poul"], set(), None, Initiative.objects.none(), [])


def _page(client: Client, plan: Plan, query: str = "") -> str:
    url = reverse("plan:plan", args=[plan.forum.district.slug, plan.pk])
    return client.get(url + query).content.decode()
