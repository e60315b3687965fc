"""An initiative as a project: its frame, milestones, money, and the card others can use."""

from datetime import date, datetime, timedelta
from typing import Any

from manuscript.text import shortened
from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.bin import put_in_bin
from samraad.commitment.actions.duty import add_duty, call_off, meet_duty_condition, reword_duty
from samraad.commitment.models import Duty
from samraad.council.models import Forum
from samraad.look.danish import dato
from samraad.plan import permissions as may
from samraad.plan.actions.initiative import index_initiative, source_of
from samraad.plan.models import Grant, Initiative, Milestone

RECENT = timedelta(days=120)  # in which a reached milestone is still news to a forum


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
    """Say which districts take part, when a project ends, what it delivers, and what others can use of it."""
    _check(by, initiative)
    save_over(
        initiative,
        version=version,
        ends_on=ends_on,
        deliverables=deliverables,
        good_practice=good_practice,
    )
    initiative.also_districts.set(also_districts)
    record("plan.project_framed", initiative, by=by, ends_on=str(ends_on or ""))
    index_initiative(initiative, by)
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
    """Set a milestone, to come or reached already; the chosen fora get a paper when it is reached."""
    _check(by, initiative)
    _check_days(due_on, done_on, result)
    milestone = Milestone.objects.create(initiative=initiative, title=title, due_on=due_on)
    milestone.fora.set(fora)
    record(
        "plan.milestone_set", milestone, by=by, initiative=initiative.pk, fora=[forum.pk for forum in fora]
    )
    if done_on is None:
        return milestone
    return reach(milestone=milestone, on=done_on, result=result, by=by)


def _check_days(due_on: date | None, done_on: date | None, result: str) -> None:
    if due_on and due_on < clock.today() and not done_on:
        raise Refused(
            f"{dato(due_on).capitalize()} er gået. Vælg en dag fra i dag, "
            "eller skriv, hvilken dag milepælen blev nået."
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
    """A milestone is reached: it proposes itself for the next meeting of each forum that gets a paper."""
    _check(by, milestone.initiative)
    if milestone.done_on:
        raise Refused("Milepælen er allerede nået.")
    _check_days(None, on, result)
    milestone.done_on, milestone.result = on, result
    milestone.version += 1
    milestone.save(update_fields=["done_on", "result", "version"])
    record("plan.milestone_reached", milestone, by=by, on=on)
    for forum in milestone.fora.all():
        _propose(milestone, forum)
    return milestone


def _called(title: str) -> str:
    """What a milestone is called among a forum's proposals."""
    return shortened(f"Milepæl nået: {title}", 160)


def _propose(milestone: Milestone, forum: Forum) -> None:
    on = milestone.done_on
    if on is None or clock.today() - on > RECENT:
        return
    if milestone.duties.filter(forum=forum).exists():
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
    *,
    milestone: Milestone,
    title: str,
    due_on: date | None,
    done_on: date | None,
    result: str,
    fora: list[Forum],
    version: int,
    by: User,
) -> Milestone:
    """Put a milestone right; what was proposed to fora follows.

    It gets new words, goes to new fora, or is called off when the milestone was not reached after all.
    """
    _check(by, milestone.initiative)
    if due_on == milestone.due_on:
        _check_days(None, done_on, result)  # one that is late already may have its words put right
    else:
        _check_days(due_on, done_on, result)
    before = _told(milestone)
    save_over(
        milestone, version=version, title=title, due_on=due_on, done_on=done_on, result=result, fora=fora
    )
    record("plan.milestone_corrected", milestone, by=by, initiative=milestone.initiative_id)
    _tell_anew(milestone, before, _told(milestone))
    return milestone


def _told(milestone: Milestone) -> set[Forum]:
    """The fora that a milestone proposes itself to: those that get a paper, once it is reached."""
    return set(milestone.fora.all()) if milestone.done_on else set()


def _tell_anew(milestone: Milestone, before: set[Forum], after: set[Forum]) -> None:
    """Let what was proposed to fora follow the milestone."""
    title, source = _called(milestone.title), source_of(milestone.initiative)
    for duty in milestone.duties.filter(forum__in=before - after):
        call_off(duty=duty, by=SYSTEM)
    for duty in milestone.duties.filter(forum__in=before & after):
        reword_duty(duty=duty, title=title, source=source, by=SYSTEM)
    for forum in after - before:
        _propose(milestone, forum)


@action
def remove_milestone(*, milestone: Milestone, now: datetime, by: User) -> None:
    """Take a milestone away that no forum was told of; it lies in the project's bin for 30 days."""
    _check(by, milestone.initiative)
    if milestone.done_on and milestone.fora.exists():
        told = ", ".join(str(forum) for forum in milestone.fora.all())
        raise Refused(
            f"Milepælen er nået og går til {told}. Er det forkert, så ret den: "
            "lad “Nået den” og “Hvad kom der ud af det?” stå tomme. Så kan den fjernes."
        )
    put_in_bin(thing=milestone, place=f"initiative:{milestone.initiative_id}", now=now, by=by)


@action
def keep_grant(
    *,
    initiative: Initiative,
    fund: str,
    models_weighed: str = "",
    amount: int | None = None,
    applied_on: date | None = None,
    answered_on: date | None = None,
    granted: bool | None = None,
    clarified_by: date | None = None,
    grant: Grant | None = None,
    version: int = 1,
    by: Actor,
) -> Grant:
    """Enter an application for money, or put one (`grant`, as read in `version`) right."""
    _check(by, initiative)
    if granted is not None and answered_on is None:
        raise Refused("Skriv, hvilken dag svaret kom.")
    if applied_on and answered_on and answered_on < applied_on:
        raise Refused("Svaret ligger før ansøgningen. Ret en af de to dage.")
    written: dict[str, Any] = {
        "fund": fund,
        "models_weighed": models_weighed,
        "amount": amount,
        "applied_on": applied_on,
        "answered_on": answered_on,
        "granted": granted,
        "clarified_by": clarified_by,
    }
    if grant is None:
        grant = Grant.objects.create(initiative=initiative, **written)
    else:
        save_over(grant, version=version, **written)
    record("plan.grant_kept", grant, by=by, initiative=initiative.pk)
    return grant


@action
def remove_grant(*, grant: Grant, now: datetime, by: User) -> None:
    """Take an application away; it lies in the project's bin for 30 days."""
    _check(by, grant.initiative)
    put_in_bin(thing=grant, place=f"initiative:{grant.initiative_id}", now=now, by=by)
