"""Answers of the lokalråd, their action plans, local needs, and reminders."""

from datetime import date, datetime
from typing import TypedDict, Unpack

from django.utils import timezone

from manuscript.text import plain
from samraad import clock
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record, save_over, step
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.council.models import Forum
from samraad.plan import notices
from samraad.plan import permissions as may
from samraad.plan.actions.copying import carry_on
from samraad.plan.models import Answer, FocusArea, LocalNeed, Plan, Reminder
from samraad.plan.queries import areas_for
from samraad.plan.queries.matrix import missing_answers
from samraad.plan.states import ANSWER, AnswerStatus, PlanStatus, Stage

NOTHING_WRITTEN = {
    Answer.Kind.INITIATIVE: "Skriv, hvad I gør.",
    Answer.Kind.COVERED: "Skriv, hvor det er dækket: hvilken plan, hvilket møde eller hvilken vejledning.",
    Answer.Kind.NOT_HERE: "Skriv, hvorfor det ikke er her. Grunden bliver vist offentligt.",
}


class AnswerFields(TypedDict, total=False):
    """What an answer says."""

    kind: str
    text: str
    responsible: str
    due_on: date | None
    evidence: str


@action
def start_action_plan(*, forum: Forum, district_plan: Plan, by: Actor) -> Plan:
    """Open a lokalråd's action plan from the district's plan (draft or released) and last year's action plan.

    Last year's answers to areas that go on become drafts, running initiatives are linked on; nothing is sent.
    """
    may.start_plan.check(by, forum)
    if district_plan.status == PlanStatus.ARCHIVED or district_plan.is_action:
        raise Refused("Handleplanen skal følge kredsens gældende plan.")
    if Plan.objects.filter(forum=forum, year=district_plan.year, kind=Plan.Kind.ACTION).exists():
        raise Refused(f"{forum} har allerede begyndt sin handleplan for {district_plan.year}.")
    last = Plan.objects.filter(forum=forum, kind=Plan.Kind.ACTION, year=district_plan.year - 1).first()
    plan = Plan.objects.create(
        kind=Plan.Kind.ACTION,
        forum=forum,
        year=district_plan.year,
        title=f"Handleplan {district_plan.year}, {forum}",
        area_word=district_plan.area_word,
        district_plan=district_plan,
        continues=last,
        answers_due_on=district_plan.answers_due_on,
    )
    if last:
        _from_last_year(plan, last, by)
    record("plan.action_plan_started", plan, by=by, from_last_year=bool(last))
    return plan


def _from_last_year(plan: Plan, last: Plan, by: Actor) -> None:
    """Answers to the areas that go on as drafts, initiatives that are not over, and local needs."""
    going_on = {area.continues_id: area for area in areas_for(plan) if area.continues_id is not None}
    for old in last.answers.all():
        area = going_on.get(old.area_id)
        if area is not None:
            Answer.objects.create(
                plan=plan,
                area=area,
                kind=old.kind,
                text=old.text,
                responsible=old.responsible,
                evidence=old.evidence,
                changed_at=clock.now(),
            )
    for initiative in last.initiatives.exclude(stage__in=[Stage.SPREAD, Stage.STOPPED]):
        carry_on(initiative=initiative, plan=plan, area=going_on.get(initiative.area_id or 0), by=by)
    for need in last.needs.all():
        LocalNeed.objects.create(plan=plan, title=need.title, text=need.text)


@action
def save_answer(
    *,
    plan: Plan,
    area: FocusArea,
    version: int,
    now: datetime,
    by: Actor,
    send: bool = False,
    **fields: Unpack[AnswerFields],
) -> Answer:
    """Keep an answer as a draft, or send it. Sending needs the choice and its text."""
    may.answer.check(by, plan)
    if not areas_for(plan).filter(pk=area.pk).exists():
        raise Refused(f"{plan.forum} er ikke adresseret i “{area}”.")
    answer, created = Answer.objects.get_or_create(
        plan=plan, area=area, defaults={"changed_at": now, **fields}
    )
    if not created:
        save_over(answer, version=version, **fields)
        answer.changed_at, answer.look_again = now, False
        answer.save(update_fields=["changed_at", "look_again"])
    if send:
        return _send(answer, now, by)
    if answer.is_sent:
        answer.status = AnswerStatus.DRAFT
        answer.save(update_fields=["status"])
        record("plan.answer_taken_back", answer, by=by, area=area.pk)
        return answer
    record("plan.answer_saved", answer, by=by, area=area.pk)
    return answer


def _send(answer: Answer, now: datetime, by: Actor) -> Answer:
    if not answer.kind:
        raise Refused("Vælg, om I laver en indsats, om det er dækket i forvejen, eller om det ikke er her.")
    if not plain(answer.text):
        raise Refused(NOTHING_WRITTEN[Answer.Kind(answer.kind)])
    event = step(ANSWER, answer, AnswerStatus.SENT, "Svaret kan ikke sendes.")
    answer.status, answer.sent_at = AnswerStatus.SENT, now
    answer.save(update_fields=["status", "sent_at"])
    late = bool(answer.plan.answers_due_on and now.date() > answer.plan.answers_due_on)
    record(event, answer, by=by, area=answer.area_id, kind=answer.kind, late=late)
    return answer


@action
def add_need(*, plan: Plan, title: str, text: str, by: Actor) -> LocalNeed:
    """Add a local need of the lokalråd's own."""
    may.answer.check(by, plan)
    need = LocalNeed.objects.create(plan=plan, title=title, text=text)
    record("plan.need_added", need, by=by, plan=plan.pk)
    return need


@action
def remove_need(*, need: LocalNeed, by: User) -> None:
    """Take a local need away."""
    may.answer.check(by, need.plan)
    record("plan.need_removed", need, by=by, plan=need.plan_id)
    put_in_bin(thing=need, place=f"plan:{need.plan_id}", now=clock.now(), by=by)


@action
def remind(*, plan: Plan, now: datetime, by: User) -> list[Reminder]:
    """Remind every lokalråd that owes answers; it stands on their desks. Who has answered hears nothing."""
    may.remind.check(by, plan)
    today = timezone.localdate(now)
    sent = []
    for forum, count in missing_answers(plan).items():
        if count:
            reminder = Reminder.objects.create(plan=plan, forum=forum, at=now, missing=count)
            notices.answers_missing(plan, forum, count, today, f"reminder:{reminder.pk}").post(by)
            sent.append(reminder)
    if not sent:
        raise Refused("Alle svar er inde. Der er ingen at minde.")
    record("plan.reminded", plan, by=by, fora=[reminder.forum_id for reminder in sent])
    return sent
