"""An initiative as a project: its frame, milestones, money, and the card others can use."""

from datetime import date
from typing import Any

from django.db.models import F

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, Stale, action, record
from samraad.council.actions.wheel import add_duty, meet_duty_condition
from samraad.council.models import Duty, Forum
from samraad.documents.text import shortened
from samraad.plan.actions.initiative import find_initiative
from samraad.plan.models import Grant, Initiative, Milestone
from samraad.plan.permissions import run_project as may_run

RECENT = 120  # days in which a reached milestone is still news to a forum


def _check(by: User | None, initiative: Initiative) -> None:
    if by is not None:
        may_run.check(by, initiative)


@action
def frame_project(
    *,
    initiative: Initiative,
    also_districts: list[Organisation],
    by: User | None,
    ends_on: date | None,
    deliverables: str,
    good_practice: str,
    version: int,
) -> Initiative:
    """Say over which districts an initiative goes, when it ends, what it delivers, and what others can use of it."""
    _check(by, initiative)
    changed = Initiative.objects.filter(pk=initiative.pk, version=version).update(
        version=F("version") + 1, ends_on=ends_on, deliverables=deliverables, good_practice=good_practice
    )
    initiative.refresh_from_db()
    if not changed:
        raise Stale(
            "Din tekst er ikke gemt. En anden gemte imens. Se begge tekster, og vælg, hvad der skal stå.",
            mine=f"{deliverables}\n\n{good_practice}",
            theirs=f"{initiative.deliverables}\n\n{initiative.good_practice}",
            version=initiative.version,
        )
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
    """A milestone is reached: it proposes itself for the next meeting of each forum that was promised a paper."""
    _check(by, milestone.initiative)
    if milestone.done_on:
        raise Refused("Milepælen er allerede nået.")
    milestone.done_on, milestone.result = on, result
    milestone.save(update_fields=["done_on", "result"])
    record("plan.milestone_reached", milestone, by=by, on=str(on))
    for forum in milestone.fora.all() if (clock.today() - on).days <= RECENT else []:
        duty = add_duty(
            forum=forum,
            title=shortened(f"Milepæl nået: {milestone}", 160),
            rule=Duty.Rule.CONDITION,
            condition="milepælen er nået",
            source=shortened(f"Projektet {milestone.initiative}", 200),
            from_year=on.year,
            to_year=on.year,
            by=None,
        )
        meet_duty_condition(duty=duty, by=None)
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
