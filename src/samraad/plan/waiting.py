"""What waits for a person of plans: to release, to answer, to reply to a hearing, to settle one."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User, current_memberships
from samraad.audit.rooms import Task
from samraad.council.models import Forum, Function
from samraad.council.permissions import appointments
from samraad.council.queries.seat import chairs
from samraad.look.danish import antal, dato
from samraad.plan import queries
from samraad.plan.models import Hearing, Party, Plan
from samraad.plan.permissions import WRITES, reply_to_hearing
from samraad.plan.queries.matrix import owed_to
from samraad.plan.states import PlanStatus

SOON = timedelta(days=7)  # how long before the day for answers who reminds is told of those that are missing


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
            yield from _without_chair(forum)
            if forum.is_kredsraad:
                yield from _missing_answers(forum)
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
            yield from _to_discuss(plan, own)


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


def _to_discuss(plan: Plan, own: Plan) -> Iterator[Task]:
    """A whole action plan that stands on no agenda: it is discussed before it is released."""
    if not own.is_draft or own.item_id is not None:
        return
    sent, asked = queries.answer_state(own)
    if asked and sent == asked:
        yield Task(
            f"Læg handleplanen for {own.year} på en dagsorden",
            f"Alle {asked} svar er sendt. Planen skal drøftes, før den kan offentliggøres.",
            reverse("plan:put_on_agenda", args=[own.forum.district.slug, own.pk]),
            "Læg på",
            plan.answers_due_on,
        )


def _missing_answers(forum: Forum) -> Iterator[Task]:
    """The day for answers that comes near or has gone, while answers are missing: for who reminds."""
    today = clock.today()
    for plan in queries.followed(queries.plans_now(forum.district), today):
        due = plan.answers_due_on
        if due is None or due > today + SOON:
            continue
        missing = behind = 0
        for row in owed_to(plan):
            missing += row.missing
            behind += row.missing > 0
        if missing:
            yield Task(
                f"{antal(missing, 'svar mangler,svar mangler')} til {plan}",
                f"Fra {antal(behind, 'lokalråd,lokalråd')}. Mind dem om det, der mangler.",
                reverse("plan:remind", args=[forum.district.slug, plan.pk]),
                "Se påmindelsen",
                due,
            )


def _without_chair(forum: Forum) -> Iterator[Task]:
    """A draft that nobody can release, for want of a chair; who keeps the forum has one appointed."""
    for plan in _drafts(forum):
        if plan.item_id is not None and not chairs(forum, clock.today()).exists():
            why = f"{forum} har ingen formand, og kun formanden kan offentliggøre {plan}."
            yield Task(f"Få en formand i {forum}", why, forum.get_absolute_url(), "Se pladserne")


def _drafts(forum: Forum) -> list[Plan]:
    """The plans that a forum is writing."""
    if forum.is_kredsraad:
        return [plan for plan in queries.plans_now(forum.district) if plan.is_draft]
    return list(forum.plans.filter(status=PlanStatus.DRAFT))


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
    unsettled = Count("parties__remarks", filter=Q(parties__remarks__outcome=""))
    for hearing in held.annotate(unsettled=unsettled).prefetch_related("parties"):
        why = _why_now(hearing, hearing.unsettled, clock.today())
        if why:
            title = f"Behandl høringen om {hearing.plan}"
            yield Task(title, why, hearing.get_absolute_url(), "Behandl", hearing.due_on)


def _why_now(hearing: Hearing, unsettled: int, today: date) -> str:
    """Why a hearing waits for those who hold it; empty while the parties have time."""
    if unsettled:
        return f"{antal(unsettled, 'bemærkning mangler,bemærkninger mangler')} en behandling."
    if all(party.replied_at or party.is_late(today) for party in hearing.parties.all()):
        return "Alle har svaret, eller fristen er gået."
    return ""
