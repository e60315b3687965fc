"""What of an initiative goes along.

Into next year's plan, a lokalråd's next action plan, or one that adopts it.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db.models import Model

from samraad.audit.actor import SYSTEM
from samraad.council.models import Forum
from samraad.demo.cast import Entered, org
from samraad.plan.actions import answer as answers
from samraad.plan.actions import copying, project, year
from samraad.plan.actions import initiative as works
from samraad.plan.actions import plan as plans
from samraad.plan.edition import content_of
from samraad.plan.models import FocusArea, Grant, Initiative, Milestone, Plan
from samraad.plan.queries import Released

# What the initiative holds, and what of it one who takes it over gets as an idea.
GOES_ALONG = [
    ("title", "Natteværter", "Natteværter"),
    ("text", "<p>To hold</p>", "<p>To hold</p>"),
    ("target_group", "Unge", "Unge"),
    ("area", "Natteliv", "Natteliv"),
    ("stage", "trial", "idea"),
    ("running", True, False),
    ("success_criterion", "Færre anmeldelser", ""),
    ("partners", "Natteravnene", ""),
    ("ends_on", date(2023, 6, 30), None),
    ("deliverables", "En håndbog", ""),
    ("good_practice", "Begynd med værterne", ""),
    ("verdict", "", ""),
    ("leads", ["broenderslev"], []),
    ("also_districts", ["fyn"], []),
    ("milestones", [("Håndbogen", date(2022, 5, 1), "Kredsrådet i Nordjylland")], []),
    ("grants", [("Puljen", 50_000, date(2021, 12, 1))], []),
]

OWN = {"id", "plan", "adopted_from", "continues", "version"}  # each initiative's alone
OF_A_PROJECT = [
    (Milestone, {"id", "initiative", "version", *copying.STEP, "fora", "duties"}),
    (Grant, {"id", "initiative", "version", *copying.MONEY}),
]


def held(initiative: Initiative) -> dict[str, Any]:
    """All that an initiative holds, by the names of the table."""
    fields = {name: getattr(initiative, name) for name, _, _ in GOES_ALONG if hasattr(initiative, name)}
    return fields | {
        "area": str(initiative.area),
        "leads": [lead.slug for lead in initiative.leads.all()],
        "also_districts": [district.slug for district in initiative.also_districts.all()],
        "milestones": [(m.title, m.due_on, str(m.fora.get())) for m in initiative.milestones.all()],
        "grants": [(g.fund, g.amount, g.applied_on) for g in initiative.grants.all()],
    }


@pytest.fixture
def local(cast: Entered) -> Forum:
    return Forum.objects.get(slug="lokalraad-broenderslev")


@pytest.fixture
def area(cast: Entered, local: Forum) -> FocusArea:
    plan = plans.start(forum=cast.kredsraad, year=2022, title="2022", by=SYSTEM)
    return plans.add_area(plan=plan, title="Natteliv", addressees=[local], by=SYSTEM)


def next_years(area: FocusArea) -> Plan:
    """The district's plan of the year after, with the area that goes on."""
    plan = plans.start(forum=area.plan.forum, year=2023, title="2023", by=SYSTEM)
    year.carry_over(plan=plan, sections=[], areas=[area], initiatives=[], by=SYSTEM)
    return plan


def whole(plan: Plan, area: FocusArea) -> Initiative:
    """A project in a plan, with all that one can hold."""
    made = works.add_initiative(
        plan=plan,
        area=area,
        title="Natteværter",
        text="<p>To hold</p>",
        running=True,
        success_criterion="Færre anmeldelser",
        target_group="Unge",
        partners="Natteravnene",
        leads=[org("broenderslev")],
        by=SYSTEM,
    )
    project.frame_project(
        initiative=made,
        version=made.version,
        also_districts=[org("fyn")],
        ends_on=date(2023, 6, 30),
        deliverables="En håndbog",
        good_practice="Begynd med værterne",
        by=SYSTEM,
    )
    project.set_milestone(
        initiative=made, title="Håndbogen", due_on=date(2022, 5, 1), fora=[area.plan.forum], by=SYSTEM
    )
    project.keep_grant(initiative=made, fund="Puljen", amount=50_000, applied_on=date(2021, 12, 1), by=SYSTEM)
    works.advance(initiative=made, stage="evaluated", verdict="Det virkede", by=SYSTEM)
    works.advance(
        initiative=made, stage="trial", by=SYSTEM
    )  # its verdict stays with the year it was given in
    return made


def into_next_years_plan(area: FocusArea, local: Forum) -> Initiative:
    source = whole(area.plan, area)
    plan = next_years(area)
    year.carry_over(plan=plan, sections=[], areas=[], initiatives=[source], by=SYSTEM)
    return plan.initiatives.get(continues=source)


def into_the_next_action_plan(area: FocusArea, local: Forum) -> Initiative:
    own = answers.start_action_plan(forum=local, district_plan=area.plan, by=SYSTEM)
    source = whole(own, area)
    later = answers.start_action_plan(forum=local, district_plan=next_years(area), by=SYSTEM)
    return later.initiatives.get(continues=source)


def taken_over(area: FocusArea, local: Forum) -> Initiative:
    own = answers.start_action_plan(forum=local, district_plan=area.plan, by=SYSTEM)
    source = whole(own, area)
    (content,) = content_of(own)["initiatives"]
    other = Forum.objects.get(slug="lokalraad-aalborg")
    theirs = answers.start_action_plan(forum=other, district_plan=area.plan, by=SYSTEM)
    copy = copying.adopt(released=Released(source.pk, local, own, content), plan=theirs, by=SYSTEM)
    assert copy.adopted_from == source
    return copy


Copy = Callable[[FocusArea, Forum], Initiative]


def kept_in(model: type[Model]) -> set[str]:
    """The fields of a model, also those that hold several."""
    return {field.name for field in (*model._meta.fields, *model._meta.many_to_many)}


def test_it_is_said_of_every_field_whether_it_goes_along() -> None:
    said = {name for name, _, _ in GOES_ALONG} - {"milestones", "grants"}
    assert kept_in(Initiative) == said | OWN


@pytest.mark.parametrize(("model", "said"), OF_A_PROJECT)
def test_steps_and_money_go_along_whole(model: type[Model], said: set[str]) -> None:
    assert kept_in(model) == said


@pytest.mark.parametrize("copy", [into_next_years_plan, into_the_next_action_plan])
def test_all_that_makes_it_a_project_goes_on(area: FocusArea, local: Forum, copy: Copy) -> None:
    assert held(copy(area, local)) == {name: carried for name, carried, _ in GOES_ALONG}


def test_one_who_takes_it_over_gets_an_idea_and_its_origin(area: FocusArea, local: Forum) -> None:
    assert held(taken_over(area, local)) == {name: idea for name, _, idea in GOES_ALONG}


def test_it_loses_its_area_only_where_that_does_not_go_on(area: FocusArea, local: Forum) -> None:
    own = answers.start_action_plan(forum=local, district_plan=area.plan, by=SYSTEM)
    whole(own, area)
    anew = plans.start(forum=area.plan.forum, year=2023, title="2023", by=SYSTEM)
    later = answers.start_action_plan(forum=local, district_plan=anew, by=SYSTEM)
    assert later.initiatives.get().area is None
