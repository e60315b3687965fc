"""What waits for a person of plans: to release, to answer, to reply to a hearing, to settle one."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User, current_memberships
from samraad.audit.rooms import Task
from samraad.council.models import Forum, Function
from samraad.council.permissions import appointments
from samraad.look.danish import antal, dato
from samraad.plan import queries
from samraad.plan.models import Hearing, Party, Plan
from samraad.plan.permissions import WRITES, reply_to_hearing
from samraad.plan.states import PlanStatus


def tasks(user: User) -> Iterator[Task]:
    """What waits, forum by forum, and what her organisation was asked in a hearing."""
    held = appointments(user)
    kept = set()
    for forum in {a.seat.forum_id: a.seat.forum for a in held}.values():
        functions = {a.function for a in held if a.seat.forum_id == forum.pk}
        if Function.CHAIR in functions:
            yield from _to_release(forum)
        if forum.is_lokalraad and functions & set(WRITES):
            yield from _answers(forum)
        if Function.SECRETARY in functions:
            kept.add(forum)
    yield from _held_hearings(kept)
    yield from _hearings(user)


def _to_release(forum: Forum) -> Iterator[Task]:
    """Drafts that were discussed and wait for the chair."""
    for plan in forum.plans.filter(status=PlanStatus.DRAFT).select_related("item__meeting"):
        if plan.item is not None and plan.is_discussed:
            url = reverse("plan:publish", args=[forum.district.slug, plan.pk])
            why = f"Drøftet {dato(plan.item.meeting.starts_at)}."
            yield Task(f"Offentliggør {plan}", why, url, "Se og offentliggør")


def _answers(forum: Forum) -> Iterator[Task]:
    """What a lokalråd owes to the plans that are released; a draft asks for nothing."""
    for plan in queries.followed(queries.open_plans(forum.district), clock.today()):
        begun = Plan.objects.action().filter(forum=forum, district_plan=plan)
        own = begun.select_related("forum__district").first()
        if own is None:
            yield from _to_begin(plan, forum)
        else:
            yield from _to_answer(plan, own)
            yield from _to_look_at(own)


def _to_begin(plan: Plan, forum: Forum) -> Iterator[Task]:
    """The action plan that a lokalråd has not begun, where it is asked about something."""
    asked = queries.leaves(plan).filter(addressees=forum).count()
    if asked:
        yield Task(
            f"Begynd handleplanen for {plan.year}",
            f"{forum} er spurgt om {asked} områder.",
            reverse("plan:plans", args=[forum.district.slug]),
            "Begynd",
            plan.answers_due_on,
        )


def _to_answer(plan: Plan, own: Plan) -> Iterator[Task]:
    """The areas that an action plan does not answer yet."""
    sent, asked = queries.answer_state(own)
    if sent >= asked:
        return
    why = f"{own.forum}: {sent} af {asked} er sendt."
    reminder = plan.reminders.filter(forum=own.forum).first()
    if reminder is not None:
        why = f"{why} Sekretariatet mindede jer om det {dato(reminder.at)}."
    left = antal(asked - sent, "område,områder")
    yield Task(f"Svar på {left}", why, _own_answers(own), "Svar nu", plan.answers_due_on)


def _to_look_at(own: Plan) -> Iterator[Task]:
    """Answers to what has been changed since."""
    again = own.answers.filter(look_again=True).count()
    if again:
        why = "Planen er ændret, siden I svarede."
        yield Task(f"Se på {again} svar igen", why, _own_answers(own), "Se svarene")


def _own_answers(own: Plan) -> str:
    """Where the answers stand on the page of an action plan."""
    return f"{own.get_absolute_url()}#svar"


def _hearings(user: User) -> Iterator[Task]:
    """Hearings that my organisation was asked in and has not answered."""
    mine = current_memberships(user, clock.today()).values("organisation")
    waiting = Party.objects.filter(organisation__in=mine, replied_at=None, hearing__closed_at=None)
    for party in waiting.select_related("hearing__plan__forum__district", "organisation"):
        if party.is_late(clock.today()) or not reply_to_hearing.allows(user, party):
            continue
        plan = party.hearing.plan
        yield Task(
            f"Svar på høringen om {plan}",
            f"{party} bliver hørt.",
            reverse("plan:hearing_reply", args=[plan.forum.district.slug, party.pk]),
            "Læs og svar",
            party.due_on,
        )


def _held_hearings(fora: set[Forum]) -> Iterator[Task]:
    """Hearings that my fora hold, where somebody waits for what was done or nobody can reply any more."""
    if not fora:
        return
    held = Hearing.objects.filter(plan__forum__in=fora, closed_at=None).select_related(
        "plan__forum__district"
    )
    for hearing in held:
        why = _why_now(hearing, clock.today())
        if why:
            title = f"Behandl høringen om {hearing.plan}"
            yield Task(title, why, hearing.get_absolute_url(), "Behandl", hearing.due_on)


def _why_now(hearing: Hearing, today: date) -> str:
    """Why a hearing waits for those who hold it; empty while the parties have time."""
    unsettled = queries.open_remarks(hearing).count()
    if unsettled:
        return f"{antal(unsettled, 'bemærkning mangler,bemærkninger mangler')} en behandling."
    if all(party.replied_at or party.is_late(today) for party in hearing.parties.all()):
        return "Alle har svaret, eller fristen er gået."
    return ""
