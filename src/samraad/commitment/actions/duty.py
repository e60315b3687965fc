"""The annual wheel: duties, and what they become in a year."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TypedDict, Unpack

from django.utils import timezone

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor
from samraad.commitment.models import Duty, Occurrence
from samraad.commitment.queries import places
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.council.permissions import prepare


class Timing(TypedDict, total=False):
    """When a duty comes back, and how it is put to a meeting."""

    month: int | None
    day: int | None
    quarter: int | None
    times: int | None
    condition: str
    lead_days: int
    on_agenda: bool
    item_kind: str
    source: str
    from_year: int
    to_year: int | None


@action
def add_duty(*, forum: Forum, title: str, rule: str, by: Actor, **timing: Unpack[Timing]) -> Duty:
    """Add a standing duty to a forum's wheel, and its occurrences for this year and the next."""
    prepare.check(by, forum)
    duty = Duty.objects.create(forum=forum, title=title, rule=rule, **timing)
    record("commitment.duty_added", duty, by=by, rule=rule)
    for year in (clock.today().year, clock.today().year + 1):
        make_occurrences(duty=duty, year=year, by=by)
    return duty


@action
def make_occurrences(*, duty: Duty, year: int, by: Actor) -> list[Occurrence]:
    """What the duty becomes in `year`; what exists already is left alone.

    One with a condition occurs when it is met.
    """
    if duty.rule == Duty.Rule.CONDITION or not duty.runs_in(year):
        return []
    made = []
    for number, (start, due) in enumerate(windows(duty, year), start=1):
        occurrence, created = Occurrence.objects.get_or_create(
            duty=duty, year=year, number=number, defaults={"starts_on": start, "due_on": due}
        )
        if created:
            made.append(occurrence)
    if made:
        record("commitment.occurrences_made", duty, by=by, year=year, count=len(made))
    return made


def windows(duty: Duty, year: int) -> Iterator[tuple[date, date]]:
    """The windows (first day, last day) in which the duty is to be met in `year`."""
    if duty.rule == Duty.Rule.QUARTER and duty.quarter:
        yield _months(year, duty.quarter * 3 - 2, duty.quarter * 3)
    elif duty.rule == Duty.Rule.TIMES and duty.times:
        width = 12 / duty.times
        for number in range(duty.times):
            yield _months(year, int(number * width) + 1, int((number + 1) * width))
    elif duty.rule == Duty.Rule.DATE and duty.month and duty.day:
        due = date(year, duty.month, min(duty.day, calendar.monthrange(year, duty.month)[1]))
        yield due - timedelta(days=duty.lead_days), due


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


@action
def meet_duty_condition(*, duty: Duty, by: Actor) -> Occurrence:
    """Mark that what a duty waits for has happened: it goes to the next meeting's proposals."""
    prepare.check(by, duty.forum)
    today = clock.today()
    if duty.rule != Duty.Rule.CONDITION:
        raise Refused("Pligten venter ikke på en betingelse.")
    number = duty.occurrences.filter(year=today.year).count() + 1
    if duty.occurrences.filter(done_on=None, removed_because="").exists():
        raise Refused("Betingelsen er allerede markeret som opfyldt. Pligten venter på et møde.")
    occurrence = Occurrence.objects.create(
        duty=duty, year=today.year, number=number, starts_on=today, due_on=today + timedelta(days=120)
    )
    record("commitment.condition_met", duty, by=by)
    return occurrence


@action
def reword_duty(*, duty: Duty, by: Actor, title: str = "", condition: str = "", source: str = "") -> Duty:
    """Let a duty follow what it was made from, when that was put right; words that are not given stay."""
    prepare.check(by, duty.forum)
    duty.title = title or duty.title
    duty.condition = condition or duty.condition
    duty.source = source or duty.source
    duty.save(update_fields=["title", "condition", "source"])
    record("commitment.duty_reworded", duty, by=by)
    return duty


@action
def call_off(*, duty: Duty, by: Actor) -> None:
    """What a duty was made from is gone: it leaves the wheel, unless a meeting has taken it up."""
    prepare.check(by, duty.forum)
    record("commitment.duty_called_off", duty, by=by)
    waiting = duty.occurrences.filter(done_on=None)
    placed = places(waiting)
    waiting.exclude(pk__in=[each.pk for each in waiting if each.key in placed]).delete()
    if not duty.occurrences.exists():
        duty.delete()


@action
def finish_occurrence(*, occurrence: Occurrence, on: date, by: Actor) -> Occurrence:
    """Mark a duty as met without a meeting."""
    prepare.check(by, occurrence.duty.forum)
    occurrence.done_on = on
    occurrence.save(update_fields=["done_on"])
    record("commitment.duty_met", occurrence, by=by, on=on)
    return occurrence


@action
def remove_occurrence(*, occurrence: Occurrence, reason: str, by: User) -> Occurrence:
    """Take a duty out of one year, with the reason that stays."""
    prepare.check(by, occurrence.duty.forum)
    if occurrence.done_on:
        raise Refused("Pligten er opfyldt og kan ikke tages af.")
    occurrence.removed_because = reason
    occurrence.save(update_fields=["removed_because"])
    record("commitment.duty_removed", occurrence, by=by)
    return occurrence


def bring_duties(meeting: Meeting, by: Actor) -> None:
    """The first meeting of a year brings its duties."""
    for duty in meeting.forum.duties.all():
        make_occurrences(duty=duty, year=timezone.localdate(meeting.starts_at).year, by=by)


def note_treated(item: AgendaItem, by: Actor) -> None:
    """A duty is met when the item it stands on was dealt with at a meeting that was held."""
    kind, _, number = item.proposal.partition("-")
    if kind != "occurrence":
        return
    met_on = item.meeting.starts_at.date()
    if item.treated:
        Occurrence.objects.filter(pk=number, done_on=None).update(done_on=met_on)
    else:  # its outcome was corrected: it is not met by this meeting after all
        Occurrence.objects.filter(pk=number, done_on=met_on).update(done_on=None)
