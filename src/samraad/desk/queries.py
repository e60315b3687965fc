"""What the desk shows beside what waits: next meetings, the secretariat's overview, a municipality's, rights, the hand-over pack."""

from datetime import timedelta
from typing import Any

from samraad import clock
from samraad.accounts.models import Organisation, current_memberships
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.commitment.queries import duties_of_year, unowned, with_overdue_first
from samraad.council import permissions as council
from samraad.council import queries as council_queries
from samraad.council.models import Appointment, Forum, Function, Meeting, Seat
from samraad.guide.models import Guide
from samraad.guide.permissions import visible_guides
from samraad.look.danish import dato
from samraad.network.permissions import AROUND
from samraad.plan import queries as plan_queries
from samraad.plan.queries.matrix import answer_counts


def next_meetings(user: Any) -> list[Meeting]:
    """The next meeting of each of my fora, nearest first; a guest is told the day too."""
    fora = {a.seat.forum_id for a in council.appointments(user)}
    seen: dict[int, Meeting] = {}
    for meeting in (
        Meeting.objects.filter(forum__in=fora).coming(clock.today()).select_related("forum__district", "host")
    ):
        seen.setdefault(meeting.forum_id, meeting)
    return list(seen.values())[:5]


def guides(user: Any, district: Organisation) -> list[tuple[Guide, dict[str, Any]]]:
    """What one without a seat looks up: the guides released for her, as they were released."""
    found = visible_guides(user, district).prefetch_related("editions").order_by("title")[:8]
    return [(guide, edition.content) for guide in found for edition in list(guide.editions.all())[:1]]


def calendar_meetings(user: Any) -> list[Meeting]:
    """All meetings of my fora from a year back: moved and cancelled ones too, so that a calendar can follow."""
    fora = {a.seat.forum_id for a in council.appointments(user) if a.function in council.INSIDE}
    since = clock.now() - timedelta(days=365)
    return list(
        Meeting.objects.filter(forum__in=fora, starts_at__gte=since)
        .select_related("forum__district")
        .prefetch_related("moves")
    )


def secretariat(forum: Forum) -> dict[str, Any]:
    """What the secretariat sees first: the plan, the matrix in a sentence, late promises, holes of the wheel, sleeping fora."""
    today = clock.today()
    district = forum.district
    plans_ = plan_queries.open_plans(district)
    plan = plan_queries.in_force(plans_, today)
    wheel = duties_of_year(forum, today.year)
    fora = council_queries.fora_with_life(Forum.objects.of_district(district).active(today), today)
    return {
        "forum": forum,
        "plan": plan,
        "coming": [each for each in plans_ if plan and each.year > plan.year],
        "answers": (answers := answer_counts(plan) if plan else []),
        "asked": sum(row.asked for row in answers),
        "answered": sum(row.answered for row in answers),
        "late": Commitment.objects.of_district(district).late(today).select_related("owner", "owner_seat"),
        "unowned": unowned(district).count(),
        "holes": [row for row in wheel if row.state == "hole"],
        "sleeping": [f for f in fora if f.sleeps],
    }


def municipality(organisation: Organisation, district: Organisation) -> dict[str, Any]:
    """A mayor's two minutes: what our municipality owes, was asked, and has answered."""
    today = clock.today()
    own = Commitment.objects.of_district(district).filter(owner=organisation)
    plan = plan_queries.in_force(plan_queries.open_plans(district), today)
    lokalraad = Forum.objects.filter(
        district=district, kind=Forum.Kind.LOKALRAAD, municipalities=organisation
    ).first()
    row = next((r for r in answer_counts(plan) if r.forum == lokalraad), None) if plan and lokalraad else None
    return {
        "organisation": organisation,
        "open": own.open().count(),
        "late": own.late(today).count(),
        "proposed": own.filter(status="proposed").count(),
        "row": row,
        "plan": plan,
    }


def handover(seat: Seat, user: Any) -> dict[str, Any]:
    """What somebody who takes a seat must know, of that which `user` may read: decided, owed, whom to call, next meetings."""
    forum = seat.forum
    today = clock.today()
    promises = visible_commitments(user, forum.district)
    own = promises.filter(owner=seat.organisation) if seat.organisation else promises.filter(forum=forum)
    inside = council.see_inside.allows(user, forum)
    recent = forum.meetings.held().order_by("-starts_at")[:4] if inside else []  # type: ignore[attr-defined]
    return {
        "seat": seat,
        "forum": forum,
        "holders": seat.appointments.current(today).select_related("user"),  # type: ignore[attr-defined]
        "owed": with_overdue_first(own.open(), today),
        "asked": own.filter(status="proposed"),
        "inside": inside,
        "decided": [
            (m, [d for item in m.items.prefetch_related("decisions") for d in item.decisions.all()])
            for m in recent
        ],
        "coming": Meeting.objects.filter(forum=forum).coming(today)[:4],
        "secretaries": Appointment.objects.current(today)
        .filter(seat__forum=forum, function=Function.SECRETARY)
        .select_related("user", "seat"),
        "fora": Forum.objects.of_district(forum.district).filter(municipalities=seat.organisation)
        if seat.organisation
        else [],
        "contact": forum.district.contact_points.all(),
    }


def reach(user: Any, district: Organisation) -> dict[str, Any]:
    """How far a search goes for `user`: her own fora, what all who work there see, and what the secretariat keeps for all fora."""
    return {
        "forum_ids": [a.seat.forum_id for a in council.appointments(user) if a.function in council.INSIDE],
        "at_work": council.works_in(user, district),
        "everywhere": AROUND if council.is_secretary(user, district) else (),
    }


def rights(user: Any) -> list[tuple[str, str]]:
    """Why may I: each appointment and membership with what it gives, in words."""
    gives = {
        Function.CHAIR: "leder møder, offentliggør planer, beslutter",
        Function.MEMBER: "læser, beslutter, godkender referater, svarer for sin organisation",
        Function.DEPUTY: "læser; beslutter på møder, hvor medlemmet har meldt afbud",
        Function.ASSISTANT: "læser og forbereder for pladsen; beslutter ikke",
        Function.SECRETARY: "forbereder møder, planer og løfter; offentliggør ikke uden mandat",
        Function.GUEST: "ser, hvilke fora, partnere, stationer og flerårsaftaler der er; læser ellers kun det, der er offentligt",
    }
    out = []
    for a in council.appointments(user):
        until = f" til {dato(a.ends_on)}" if a.ends_on else ""
        out.append(
            (
                f"{a.seat} i {a.seat.forum}, {a.get_function_display()}, fra {dato(a.starts_on)}{until}",
                gives[Function(a.function)],
            )
        )
    for m in current_memberships(user, clock.today()):
        out.append(
            (
                f"{m.organisation}: {m.get_right_display()}",
                "inviterer og fjerner personer" if m.right == "administrator" else "hører til organisationen",
            )
        )
    return out
