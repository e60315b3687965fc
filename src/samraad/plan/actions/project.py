"""An initiative as a project: its frame, milestones, money, and the card others can use."""

from datetime import date, datetime
from typing import Any

from django.db.models import F

from manuscript.text import shortened
from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, Stale, action, record, save_over
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.bin import put_in_bin
from samraad.commitment.actions.duty import add_duty, call_off, meet_duty_condition, reword_duty
from samraad.commitment.models import Duty
from samraad.council.models import Forum
from samraad.look.danish import dato
from samraad.plan import permissions as may
from samraad.plan.actions.initiative import find_initiative, source_of
from samraad.plan.models import Grant, Initiative, Milestone

RECENT = 120  # days in which a reached milestone is still news to a forum


def _check(by: Actor, initiative: Initiative) -> None:
    may.run_project.check(by, initiative)


@action
def frame_project(
    *,
    initiative: Initiative,
    also_districts: list[Organisation],
    by: Actor,
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
def set_milestone(
    *,
    initiative: Initiative,
    title: str,
    by: Actor,
    fora: list[Forum],
    due_on: date | None = None,
    done_on: date | None = None,
    result: str = "",
) -> Milestone:
    """Set a milestone, to come or reached already; the chosen fora get a paper about it when it is reached."""
    _check(by, initiative)
    _check_days(due_on, done_on, result)
    milestone = Milestone.objects.create(initiative=initiative, title=title, due_on=due_on)
    milestone.fora.set(fora)
    record(
        "plan.milestone_set", milestone, by=by, initiative=initiative.pk, fora=[forum.pk for forum in fora]
    )
    return reach(milestone=milestone, on=done_on, result=result, by=by) if done_on else milestone


def _check_days(due_on: date | None, done_on: date | None, result: str) -> None:
    if due_on and due_on < clock.today() and not done_on:
        raise Refused(
            f"{dato(due_on).capitalize()} er gået. Vælg en dag fra i dag, eller skriv, hvilken dag milepælen blev nået."
        )
    if done_on and not result:
        raise Refused("Milepælen er nået. Skriv, hvad der kom ud af det.")
    if result and not done_on:
        raise Refused("Skriv, hvilken dag milepælen blev nået.")
    if done_on and done_on > clock.today():
        raise Refused(
            f"{dato(done_on).capitalize()} er ikke kommet endnu. Skriv milepælen som nået, når den er det."
        )


@action
def reach(*, milestone: Milestone, on: date, result: str, by: Actor) -> Milestone:
    """A milestone is reached: it proposes itself for the next meeting of each forum that was promised a paper."""
    _check(by, milestone.initiative)
    if milestone.done_on:
        raise Refused("Milepælen er allerede nået.")
    _check_days(None, on, result)
    milestone.done_on, milestone.result = on, result
    milestone.version += 1
    milestone.save(update_fields=["done_on", "result", "version"])
    record("plan.milestone_reached", milestone, by=by, on=str(on))
    for forum in milestone.fora.all():
        _propose(milestone, forum)
    return milestone


def _called(title: str) -> str:
    """What a milestone is called among a forum's proposals."""
    return shortened(f"Milepæl nået: {title}", 160)


def _propose(milestone: Milestone, forum: Forum) -> None:
    on = milestone.done_on
    if on is None or (clock.today() - on).days > RECENT or milestone.duties.filter(forum=forum).exists():
        return
    duty = add_duty(
        forum=forum,
        title=_called(milestone.title),
        rule=Duty.Rule.CONDITION,
        condition="milepælen er nået",
        source=source_of(milestone.initiative),
        from_year=on.year,
        to_year=on.year,
        by=SYSTEM,
    )
    meet_duty_condition(duty=duty, by=SYSTEM)
    milestone.duties.add(duty)


@action
def correct_milestone(
    *, milestone: Milestone, version: int, fora: list[Forum], by: User, **fields: Any
) -> Milestone:
    """Put a milestone right; what was proposed to fora follows: new words, new fora, or nothing when it was not reached after all."""
    _check(by, milestone.initiative)
    same_day = fields["due_on"] == milestone.due_on  # one that is late already may have its words put right
    _check_days(None if same_day else fields["due_on"], fields["done_on"], fields["result"])
    before = set(milestone.fora.all()) if milestone.done_on else set()
    save_over(milestone, version=version, **fields, fora=fora)
    record("plan.milestone_corrected", milestone, by=by, initiative=milestone.initiative_id)
    after = set(fora) if milestone.done_on else set()
    for duty in milestone.duties.filter(forum__in=before - after):
        call_off(duty=duty, by=SYSTEM)
    for duty in milestone.duties.filter(forum__in=before & after):
        reword_duty(
            duty=duty, title=_called(milestone.title), source=source_of(milestone.initiative), by=SYSTEM
        )
    for forum in after - before:
        _propose(milestone, forum)
    return milestone


@action
def remove_milestone(*, milestone: Milestone, now: datetime, by: User) -> None:
    """Take a milestone away that no forum was told of; it lies in the project's bin for 30 days."""
    _check(by, milestone.initiative)
    if milestone.done_on and milestone.fora.exists():
        told = ", ".join(str(forum) for forum in milestone.fora.all())
        raise Refused(
            f"Milepælen er nået og går til {told}. Er det forkert, så ret den: lad “Nået den” og “Hvad kom der ud af det?” stå tomme. "
            "Så kan den fjernes."
        )
    put_in_bin(thing=milestone, place=f"initiative:{milestone.initiative_id}", now=now, by=by)


@action
def keep_grant(
    *, initiative: Initiative, by: Actor, grant: Grant | None = None, version: int = 1, **fields: Any
) -> Grant:
    """Enter an application for money, or put one right."""
    _check(by, initiative)
    if fields.get("granted") is not None and not fields.get("answered_on"):
        raise Refused("Skriv, hvilken dag svaret kom.")
    applied, answered = fields.get("applied_on"), fields.get("answered_on")
    if applied and answered and answered < applied:
        raise Refused("Svaret ligger før ansøgningen. Ret en af de to dage.")
    if grant is None:
        grant = Grant.objects.create(initiative=initiative, **fields)
    else:
        save_over(grant, version=version, **fields)
    record("plan.grant_kept", grant, by=by, initiative=initiative.pk)
    return grant


@action
def remove_grant(*, grant: Grant, now: datetime, by: User) -> None:
    """Take an application away; it lies in the project's bin for 30 days."""
    _check(by, grant.initiative)
    put_in_bin(thing=grant, place=f"initiative:{grant.initiative_id}", now=now, by=by)
