"""What waits for a person of plans: to release, to answer, to reply to a hearing, to settle one."""

from collections.abc import Iterator

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User, current_memberships
from samraad.audit.rooms import Task
from samraad.council.models import Forum, Function
from samraad.council.permissions import appointments
from samraad.look.danish import dato
from samraad.plan import queries
from samraad.plan.models import Hearing, Party, Plan
from samraad.plan.permissions import WRITES
from samraad.plan.states import PlanStatus


def tasks(user: User) -> Iterator[Task]:
    """What waits, forum by forum, and what her organisation was asked in a hearing."""
    held = appointments(user)
    for forum in {a.seat.forum_id: a.seat.forum for a in held}.values():
        functions = {a.function for a in held if a.seat.forum_id == forum.pk}
        if Function.CHAIR in functions:
            yield from _to_release(forum)
        if forum.is_lokalraad and functions & set(WRITES):
            yield from _answers(forum)
    yield from _held_hearings({a.seat.forum for a in held if a.function == Function.SECRETARY})
    yield from _hearings(user)


def _to_release(forum: Forum) -> Iterator[Task]:
    """Drafts that were discussed and wait for the chair."""
    for plan in forum.plans.filter(status=PlanStatus.DRAFT).select_related("item__meeting"):
        if plan.item is not None and plan.is_discussed:
            url = reverse("plan:publish", args=[forum.district.slug, plan.pk])
            why = f"Drøftet {dato(plan.item.meeting.starts_at)}."
            yield Task(f"Offentliggør {plan}", why, url, "Se og offentliggør")


def _answers(forum: Forum) -> list[Task]:
    """What a lokalråd owes to the plans that are released; a draft asks for nothing."""
    asking = queries.followed(queries.open_plans(forum.district), clock.today())
    return [task for plan in asking for task in _answers_to(plan, forum)]


def _answers_to(plan: Plan, forum: Forum) -> list[Task]:
    own = Plan.objects.action().filter(forum=forum, district_plan=plan).first()
    if own is None:
        asked = queries.leaves(plan).filter(addressees=forum).count()
        url = reverse("plan:plans", args=[forum.district.slug])
        return (
            [
                Task(
                    f"Begynd handleplanen for {plan.year}",
                    f"{forum} er spurgt om {asked} områder.",
                    url,
                    "Begynd",
                    plan.answers_due_on,
                )
            ]
            if asked
            else []
        )
    sent, asked = queries.answer_state(own)
    reminder = plan.reminders.filter(forum=forum).first()
    said = f" Sekretariatet mindede jer om det {dato(reminder.at)}." if reminder else ""
    url = reverse("plan:plan", args=[forum.district.slug, own.pk]) + "#svar"
    out = []
    if sent < asked:
        left = asked - sent
        out.append(
            Task(
                f"Svar på {left} {'område' if left == 1 else 'områder'}",
                f"{forum}: {sent} af {asked} er sendt.{said}",
                url,
                "Svar nu",
                plan.answers_due_on,
            )
        )
    again = own.answers.filter(look_again=True).count()
    if again:
        out.append(Task(f"Se på {again} svar igen", "Planen er ændret, siden I svarede.", url, "Se svarene"))
    return out


def _hearings(user: User) -> list[Task]:
    """Hearings that my organisation was asked in and has not answered."""
    mine = current_memberships(user, clock.today()).values("organisation")
    rows = Party.objects.filter(
        organisation__in=mine, replied_at=None, hearing__closed_at=None
    ).select_related("hearing__plan__forum__district")
    return [
        Task(
            f"Svar på høringen om {row.hearing.plan}",
            f"{row} bliver hørt.",
            reverse("plan:hearing_reply", args=[row.hearing.plan.forum.district.slug, row.pk]),
            "Læs og svar",
            row.due_on,
        )
        for row in rows
        if row.due_on >= clock.today()
    ]


def _held_hearings(fora: set[Forum]) -> list[Task]:
    """Hearings that my fora hold, whose last day has passed or where somebody has replied and waits for what was done."""
    today = clock.today()
    out = []
    held = (
        Hearing.objects.filter(plan__forum__in=fora, closed_at=None).select_related("plan__forum__district")
        if fora
        else []
    )
    for row in held:
        unsettled = queries.open_remarks(row).count()
        over = all(party.due_on < today or party.replied_at for party in row.parties.all())
        if unsettled or over:
            why = (
                f"{unsettled} bemærkninger mangler en behandling."
                if unsettled
                else "Alle har svaret, eller fristen er gået."
            )
            url = reverse("plan:hearing", args=[row.plan.forum.district.slug, row.pk])
            out.append(Task(f"Behandl høringen om {row.plan}", why, url, "Behandl", row.due_on))
    return out
