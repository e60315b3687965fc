"""An initiative as a project: its frame, milestones, money, and the card others can use."""

from datetime import date
from typing import Any

from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record
from samraad.council.models import Forum
from samraad.plan.actions.initiative import find_initiative
from samraad.plan.models import Grant, Initiative, Milestone
from samraad.plan.permissions import answer as may_answer
from samraad.plan.permissions import write as may_write


def _check(by: User | None, initiative: Initiative) -> None:
    if by is not None:
        (may_answer if initiative.plan.is_action else may_write).check(by, initiative.plan)


@action
def frame_project(
    *,
    initiative: Initiative,
    also_districts: list[Organisation],
    by: User | None,
    ends_on: date | None,
    deliverables: str,
    good_practice: str,
) -> Initiative:
    """Say over which districts an initiative goes, when it ends, what it delivers, and what others can use of it."""
    _check(by, initiative)
    initiative.ends_on, initiative.deliverables, initiative.good_practice = ends_on, deliverables, good_practice
    initiative.save(update_fields=["ends_on", "deliverables", "good_practice"])
    initiative.also_districts.set(also_districts)
    record("plan.project_framed", initiative, by=by, ends_on=str(ends_on or ""))
    find_initiative(initiative, by)
    return initiative


@action
def set_milestone(*, initiative: Initiative, title: str, by: User | None, fora: list[Forum], due_on: date | None = None) -> Milestone:
    """Set a milestone; the chosen fora get a paper about it when it is reached."""
    _check(by, initiative)
    milestone = Milestone.objects.create(initiative=initiative, title=title, due_on=due_on)
    milestone.fora.set(fora)
    record("plan.milestone_set", milestone, by=by, initiative=initiative.pk, fora=[forum.pk for forum in fora])
    return milestone


@action
def reach(*, milestone: Milestone, on: date, result: str, by: User | None) -> Milestone:
    """A milestone is reached; what came of it stands ready for the fora that were promised it."""
    _check(by, milestone.initiative)
    if milestone.done_on:
        raise Refused("Milepælen er allerede nået.")
    milestone.done_on, milestone.result = on, result
    milestone.save(update_fields=["done_on", "result"])
    record("plan.milestone_reached", milestone, by=by, on=str(on))
    return milestone


@action
def keep_grant(*, initiative: Initiative, by: User | None, grant: Grant | None = None, **fields: Any) -> Grant:
    """Enter or correct an application for money."""
    _check(by, initiative)
    if fields.get("granted") is not None and not fields.get("answered_on"):
        raise Refused("Skriv, hvilken dag svaret kom.")
    grant = grant or Grant(initiative=initiative)
    for name, value in fields.items():
        setattr(grant, name, value)
    if grant.applied_on and grant.answered_on and grant.answered_on < grant.applied_on:
        raise Refused("Svaret ligger før ansøgningen. Ret en af de to dage.")
    grant.save()
    record("plan.grant_kept", grant, by=by, initiative=initiative.pk)
    return grant
