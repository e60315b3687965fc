"""Initiatives are honest about success; numbers of few persons are not shown."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from samraad.accounts.models import User
from samraad.audit.actions import Refused, frame
from samraad.audit.actor import SYSTEM
from samraad.demo.cast import Entered, org
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.models import FocusArea, Indicator, Initiative
from samraad.plan.queries.indicator import shown

Person = Callable[[str], User]


@pytest.fixture
def area(cast: Entered) -> FocusArea:
    plan = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    return plans.add_area(plan=plan, title="Indbrud", by=SYSTEM)


def test_it_writes_the_criterion_before_the_trial(area: FocusArea, person: Person) -> None:
    made = works.add_initiative(plan=area.plan, area=area, title="Hylder", by=person("signe"))
    with pytest.raises(Refused, match="før forsøget begynder"):
        works.advance(initiative=made, stage="trial", by=person("signe"))
    made = works.edit_initiative(
        initiative=made,
        version=1,
        by=person("signe"),
        leads=[org("hjoerring"), org("nordjylland")],
        success_criterion="Salget stiger en tredjedel",
    )
    works.advance(initiative=made, stage="trial", by=person("signe"))
    with pytest.raises(Refused, match="kan ikke ændres nu"):
        works.edit_initiative(
            initiative=made,
            version=made.version,
            by=person("signe"),
            leads=[],
            success_criterion="Salget falder ikke",
        )
    with pytest.raises(Refused, match="hvad der viste sig"):
        works.advance(initiative=made, stage="evaluated", by=person("signe"))
    works.advance(initiative=made, stage="evaluated", verdict="Salget steg 12 %", by=person("signe"))
    with pytest.raises(Refused, match="kan ikke gå fra"):
        works.advance(initiative=made, stage="idea", by=person("signe"))
    works.advance(initiative=made, stage="stopped", by=person("signe"))
    assert [lead.slug for lead in made.leads.order_by("slug")] == ["hjoerring", "nordjylland"]


def test_it_needs_a_criterion_in_the_database_too(area: FocusArea) -> None:
    made = works.add_initiative(plan=area.plan, title="Hylder", by=SYSTEM)
    with (
        pytest.raises(IntegrityError, match="initiative_trial_has_a_criterion"),
        transaction.atomic(),
        frame(),
    ):
        Initiative.objects.filter(pk=made.pk).update(stage="trial")


def test_it_keeps_what_runs_apart_from_what_is_new(area: FocusArea) -> None:
    assert works.add_initiative(plan=area.plan, title="Natteværter", running=True, by=SYSTEM).stage == "trial"


def indicator(area: FocusArea, numbers: dict[str, int], persons: bool = True) -> Indicator:
    """An indicator with a number for each municipality of one month."""
    made = works.add_indicator(
        area=area, name="Ja", unit="personer", period="month", persons=persons, by=SYSTEM
    )
    for slug, value in numbers.items():
        works.measure(
            indicator=made, municipality=org(slug), period="2021-12", value=value, of=None, by=SYSTEM
        )
    return made


def test_it_hides_nothing_that_is_not_persons(area: FocusArea) -> None:
    rows = shown(indicator(area, {"laesoe": 2, "aalborg": 9}, persons=False))
    assert {(row.place, row.text) for row in rows} == {("Læsø", "2"), ("Aalborg", "9")}


def test_it_refuses_more_than_the_whole(area: FocusArea) -> None:
    made = works.add_indicator(area=area, name="Klasser", unit="klasser", period="school_year", by=SYSTEM)
    with pytest.raises(Refused, match="kan ikke være ud af"):
        works.measure(indicator=made, municipality=org("laesoe"), period="2021/22", value=4, of=3, by=SYSTEM)
