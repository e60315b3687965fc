"""How an initiative comes into another plan: carried on by its forum, or adopted by another as an idea."""

from typing import Any

from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor
from samraad.plan import permissions as may
from samraad.plan.actions.initiative import index_initiative
from samraad.plan.models import FocusArea, Grant, Initiative, Milestone, Plan
from samraad.plan.queries import Released

# What goes along, by the names of the fields. What an initiative showed (`verdict`) stays with its year.
IDEA = ("title", "text", "target_group")
WORK = (
    *IDEA,
    "stage",
    "success_criterion",
    "partners",
    "ends_on",
    "deliverables",
    "good_practice",
)
STEP = ("title", "due_on", "done_on", "result")
MONEY = ("fund", "models_weighed", "amount", "applied_on", "answered_on", "granted", "clarified_by")


def carry_on(*, initiative: Initiative, plan: Plan, area: FocusArea | None, by: Actor) -> Initiative:
    """The initiative in the plan that follows, with all that makes it a project: leads, steps, money.

    `area` is the one that continues its own, None when that does not go on.
    """
    work = _held(initiative, WORK)
    copy = Initiative.objects.create(plan=plan, area=area, continues=initiative, running=True, **work)
    copy.leads.set(initiative.leads.all())
    copy.also_districts.set(initiative.also_districts.all())
    for milestone in initiative.milestones.all():
        step = Milestone.objects.create(initiative=copy, **_held(milestone, STEP))
        step.fora.set(milestone.fora.all())
        step.duties.set(milestone.duties.all())  # what was proposed to fora follows the one that goes on
    for grant in initiative.grants.all():
        Grant.objects.create(initiative=copy, **_held(grant, MONEY))
    index_initiative(copy, by)
    return copy


@action
def adopt(*, released: Released, plan: Plan, by: Actor) -> Initiative:
    """Take an initiative that another forum has released into one's own plan as an idea, with its origin."""
    may.keep_initiatives.check(by, plan)
    if released.plan.pk == plan.pk:
        raise Refused("Indsatsen står allerede i jeres egen plan.")
    idea = {name: released.content.get(name, "") for name in IDEA}
    area = released.content["area"]
    copy = Initiative.objects.create(plan=plan, area_id=area, adopted_from_id=released.pk, **idea)
    record("plan.initiative_adopted", copy, by=by, source=released.pk)
    index_initiative(copy, by)
    return copy


def _held(thing: Initiative | Milestone | Grant, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(thing, name) for name in names}
