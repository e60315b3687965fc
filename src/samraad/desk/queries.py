"""What the desk shows: a person's first screen, how far she finds, why she may, and a hand-over pack."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Q

from samraad import clock
from samraad.accounts.models import (
    Membership,
    Organisation,
    User,
    current_memberships,
    memberships,
)
from samraad.audit.actor import Actor
from samraad.audit.queries import kept
from samraad.audit.rooms import Task
from samraad.commitment.models import Commitment
from samraad.commitment.permissions import visible_commitments
from samraad.commitment.queries import WheelRow, duties_of_year, unowned, with_overdue_first
from samraad.commitment.states import CommitmentStatus
from samraad.council import permissions as may
from samraad.council.models import Appointment, Decision, Forum, Function, Meeting, Seat
from samraad.council.queries.forum import lives
from samraad.desk.waiting import tasks
from samraad.guide.models import Guide
from samraad.guide.permissions import visible_guides
from samraad.look.danish import antal, dato
from samraad.network.permissions import AROUND
from samraad.plan.models import Plan
from samraad.plan.queries import in_force, plans_now
from samraad.plan.queries.matrix import Owed, owed_to
from samraad.search.queries import WORDS, Reach

LEADS = (Function.SECRETARY, Function.CHAIR)
HOLE = "hole"  # a duty without a meeting, as `duties_of_year` says it
GIVES = {
    Function.CHAIR: "leder møder, offentliggør planer, beslutter",
    Function.MEMBER: "læser, beslutter, godkender referater, svarer for sin organisation",
    Function.DEPUTY: "læser; beslutter på møder, hvor medlemmet har meldt afbud",
    Function.ASSISTANT: "læser og forbereder for pladsen; beslutter ikke",
    Function.SECRETARY: "forbereder møder, planer og løfter; offentliggør ikke uden mandat",
    Function.GUEST: (
        "ser, hvilke fora, partnere, stationer og flerårsaftaler der er;"
        " læser ellers kun det, der er offentligt"
    ),
}


@dataclass(frozen=True)
class Secretariat:
    """What the secretariat sees first: the plan, its answers, what is late, holes, sleeping fora."""

    plan: Plan | None
    coming: list[Plan]
    owed: list[Owed]
    late: list[Commitment]
    unowned: int
    holes: list[WheelRow]
    sleeping: list[Forum]

    @property
    def plan_title(self) -> str:
        """The plan's name, or what is missing."""
        if self.plan is None:
            return "Planen"
        return self.plan.title

    @property
    def asked(self) -> int:
        """How many answers the plan asks for."""
        return sum(row.asked for row in self.owed)

    @property
    def answered(self) -> int:
        """How many are in."""
        return sum(row.answered for row in self.owed)

    @property
    def answer_words(self) -> str:
        """ "Svar: 8 af 9"."""
        return f"Svar: {self.answered} af {self.asked}"

    @property
    def behind(self) -> list[Owed]:
        """Those who owe answers, who owes most first."""
        return [row for row in self.owed if row.missing]


@dataclass(frozen=True)
class TwoMinutes:
    """A mayor's two minutes: what the municipality owes, was asked, and has answered."""

    organisation: Organisation
    open: int
    late: int
    proposed: int
    answers: Owed | None


@dataclass(frozen=True)
class GuideLine:
    """A guide as it was released, in a district that its reader works in."""

    district: Organisation
    guide: Guide
    title: str
    summary: str


@dataclass(frozen=True)
class DeskPage:
    """Mit bord: what waits for a person, and what she looks up there."""

    tasks: list[Task]
    meetings: list[Meeting]
    inside: set[int]  # the fora whose meetings she may open
    guides: list[GuideLine]
    secretariat: Secretariat | None
    municipality: TwoMinutes | None
    administers: list[Organisation]

    @property
    def late_words(self) -> str:
        """How much is late; nothing when nothing is."""
        late = sum(task.late for task in self.tasks)
        if not late:
            return ""
        return antal(late, "opgave er forsinket,opgaver er forsinket") + "."

    @property
    def waiting_words(self) -> str:
        """How much waits."""
        if not self.tasks:
            return "Du har ingen opgaver."
        return antal(len(self.tasks), "ting venter,ting venter") + " på dig."

    @property
    def next_words(self) -> str:
        """When the next meeting is; nothing when none is planned."""
        if not self.meetings:
            return ""
        return f"Næste møde er {dato(self.meetings[0].starts_at)}."


def desk_page(user: User, today: date) -> DeskPage:
    """All that a person's desk shows."""
    held = may.appointments(user)
    council = [a for a in held if a.seat.forum.is_kredsraad]
    return DeskPage(
        tasks=tasks(user),
        meetings=next_meetings(user),
        inside={a.seat.forum_id for a in held if a.function in may.INSIDE},
        guides=[] if held else guides(user),
        secretariat=_led_by(council, today),
        municipality=_answered_for_by(council, held, today),
        administers=_administered_by(user, today),
    )


def _administered_by(user: User, today: date) -> list[Organisation]:
    """The organisations whose people this person invites."""
    found = []
    for membership in memberships(user):
        if membership.right == Membership.Right.ADMINISTRATOR and membership.runs(today):
            found.append(membership.organisation)
    return found


def _led_by(council: list[Appointment], today: date) -> Secretariat | None:
    """The overview of the kredsråd that one of these appointments leads."""
    for appointment in council:
        if appointment.function in LEADS:
            return secretariat(appointment.seat.forum, today)
    return None


def _answered_for_by(council: list[Appointment], held: list[Appointment], today: date) -> TwoMinutes | None:
    """The municipality that one of these appointments to a kredsråd speaks for."""
    for appointment in council:
        organisation = appointment.seat.organisation
        if organisation and organisation.kind == Organisation.Kind.MUNICIPALITY:
            return two_minutes(organisation, held[0].seat.forum.district, today)
    return None


def next_meetings(user: User) -> list[Meeting]:
    """The next meeting of each of my fora, nearest first; a guest is told the day too."""
    fora = {a.seat.forum_id for a in may.appointments(user)}
    coming = Meeting.objects.filter(forum__in=fora).coming(clock.today())
    seen: dict[int, Meeting] = {}
    for meeting in coming.select_related("forum__district", "host"):
        seen.setdefault(meeting.forum_id, meeting)
    return list(seen.values())[:5]


def guides(user: User) -> list[GuideLine]:
    """What one without a seat looks up: the guides released for her, in each district that she works in."""
    works = current_memberships(user, clock.today()).values("organisation")
    districts = Organisation.objects.districts().filter(
        Q(pk__in=works) | Q(fora__municipalities__in=works) | Q(fora__seats__organisation__in=works)
    )
    lines: list[GuideLine] = []
    for district in districts.distinct():
        lines.extend(_guides_in(user, district))
    return lines


def _guides_in(user: User, district: Organisation) -> list[GuideLine]:
    """The first eight guides, as they were released."""
    lines = []
    for guide in visible_guides(user, district).prefetch_related("editions").order_by("title")[:8]:
        for edition in list(guide.editions.all())[:1]:
            content = edition.content
            lines.append(GuideLine(district, guide, content["title"], content["summary"]))
    return lines


def calendar_meetings(user: User, forum: int | None) -> list[Meeting]:
    """All meetings of my fora, or of one of them, from a year back; moved and cancelled ones too.

    So a calendar can follow.
    """
    fora = {a.seat.forum_id for a in may.appointments(user) if a.function in may.INSIDE}
    if forum is not None:
        fora &= {forum}
    since = clock.now() - timedelta(days=365)
    return list(
        Meeting.objects.filter(forum__in=fora, starts_at__gte=since)
        .select_related("forum__district")
        .prefetch_related("moves")
    )


def secretariat(forum: Forum, today: date) -> Secretariat:
    """The overview of a kredsråd's secretariat on a day; the same for all who lead it, so it is kept."""
    return kept(f"secretariat:{forum.pk}:{today}", partial(_secretariat, forum, today))


def _secretariat(forum: Forum, today: date) -> Secretariat:
    district = forum.district
    plans = plans_now(district)
    plan = in_force(plans, today)
    late = Commitment.objects.of_district(district).late(today)
    fora = lives(Forum.objects.of_district(district).active(today), today)
    return Secretariat(
        plan=plan,
        coming=[each for each in plans if plan and each.year > plan.year],
        owed=owed_to(plan) if plan else [],
        late=list(late.select_related("owner", "owner_seat")),
        unowned=unowned(district).count(),
        holes=[row for row in duties_of_year(forum, today.year) if row.state == HOLE],
        sleeping=[life.forum for life in fora if life.sleeps],
    )


def two_minutes(organisation: Organisation, district: Organisation, today: date) -> TwoMinutes:
    """What a municipality owes in a district on a day."""
    own = Commitment.objects.of_district(district).filter(owner=organisation)
    return TwoMinutes(
        organisation=organisation,
        open=own.open().count(),
        late=own.late(today).count(),
        proposed=own.filter(status=CommitmentStatus.PROPOSED).count(),
        answers=_answers_of(organisation, district, today),
    )


def _answers_of(organisation: Organisation, district: Organisation, today: date) -> Owed | None:
    """What its lokalråd was asked and has answered; None where no plan asks it."""
    plan = in_force(plans_now(district), today)
    if plan is None:
        return None
    fora = Forum.objects.filter(district=district, kind=Forum.Kind.LOKALRAAD, municipalities=organisation)
    local = fora.first()
    return next((row for row in owed_to(plan) if row.forum == local), None)


@dataclass(frozen=True)
class HandoverPage:
    """What somebody who takes a seat must know, of that which a reader may read."""

    seat: Seat
    forum: Forum
    holders: list[Appointment]
    owed: list[Commitment]
    asked: list[Commitment]
    inside: bool
    decided: list[tuple[Meeting, list[Decision]]]
    coming: list[Meeting]
    secretaries: list[Appointment]
    fora: list[Forum]
    contacts: list[Any]

    @property
    def eyebrow(self) -> str:
        """Of which forum it is a seat."""
        return f"Overdragelse i {self.forum}"

    @property
    def lead(self) -> str:
        """How much the seat owes and is asked."""
        owed = antal(len(self.owed), "åbent løfte,åbne løfter")
        asked = antal(len(self.asked), "spørgsmål venter på svar,spørgsmål venter på svar")
        return f"{owed}, {asked}."


def handover_page(seat: Seat, user: User, today: date) -> HandoverPage:
    """What a seat's next holder must know, of that which `user` may read."""
    forum = seat.forum
    promises = visible_commitments(user, forum.district)
    if seat.organisation:
        own = promises.filter(owner=seat.organisation)
        fora = list(Forum.objects.of_district(forum.district).filter(municipalities=seat.organisation))
    else:
        own = promises.filter(forum=forum)
        fora = []
    running = Appointment.objects.current(today)
    secretaries = running.filter(seat__forum=forum, function=Function.SECRETARY)
    inside = may.see_inside.allows(user, forum)
    return HandoverPage(
        seat=seat,
        forum=forum,
        holders=list(running.filter(seat=seat).select_related("user")),
        owed=with_overdue_first(own.open(), today),
        asked=list(own.filter(status=CommitmentStatus.PROPOSED)),
        inside=inside,
        decided=_decided_lately(forum) if inside else [],
        coming=list(Meeting.objects.filter(forum=forum).coming(today)[:4]),
        secretaries=list(secretaries.select_related("user", "seat")),
        fora=fora,
        contacts=list(forum.district.contact_points.all()),
    )


def _decided_lately(forum: Forum) -> list[tuple[Meeting, list[Decision]]]:
    """The last four meetings with their decisions, the latest first."""
    held = Meeting.objects.filter(forum=forum).held().order_by("-starts_at")
    told = []
    for meeting in held.prefetch_related("items__decisions")[:4]:
        decisions: list[Decision] = []
        for item in meeting.items.all():
            decisions.extend(item.decisions.all())
        told.append((meeting, decisions))
    return told


def reach(user: Any, district: Organisation) -> Reach:
    """How far a search goes: her own fora, what all who work there see, what is kept for all fora."""
    return {
        "forum_ids": [a.seat.forum_id for a in may.appointments(user) if a.function in may.INSIDE],
        "organisation_ids": may.organisations_inside(user),
        "at_work": may.works_in(user, district),
        "everywhere": AROUND if may.is_secretary(user, district) else (),
    }


def people_named(user: Actor, district: Organisation, text: str) -> list[Appointment]:
    """Who sits where by a part of her name, for those at work here; mails are not looked through."""
    words = text.split()[:WORDS]
    if not words or not may.works_in(user, district):
        return []
    held = Appointment.objects.current(clock.today()).filter(seat__forum__district=district)
    for word in words:
        held = held.filter(user__name__icontains=word)
    return list(held.select_related("seat__forum__district", "user").order_by("seat__forum__name")[:20])


def rights(user: User) -> list[tuple[str, str]]:
    """Why may I: each appointment and membership with what it gives, in words."""
    seats = [(_seat_words(a), GIVES[Function(a.function)]) for a in may.appointments(user)]
    return seats + [_membership_words(m) for m in current_memberships(user, clock.today())]


def _seat_words(appointment: Appointment) -> str:
    seat = appointment.seat
    until = f" til {dato(appointment.ends_on)}" if appointment.ends_on else ""
    since = f"fra {dato(appointment.starts_on)}{until}"
    return f"{seat} i {seat.forum}, {appointment.get_function_display()}, {since}"


def _membership_words(membership: Membership) -> tuple[str, str]:
    where = f"{membership.organisation}: {membership.get_right_display()}"
    if membership.right == Membership.Right.ADMINISTRATOR:
        return where, "inviterer og fjerner personer"
    return where, "hører til organisationen"
