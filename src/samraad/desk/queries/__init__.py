"""What the desk shows: a person's first screen, how far she finds, and why she may."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.urls import reverse

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
from samraad.commitment.queries import WheelRow, duties_of_year, unowned
from samraad.commitment.states import CommitmentStatus
from samraad.council import permissions as may
from samraad.council.models import Appointment, Forum, Function, Meeting
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

SOON = timedelta(days=7)  # how long before the day for answers the desk begins with those that are missing
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
    reached: set[int]  # the fora where somebody can sign in

    @property
    def is_due(self) -> bool:
        """Are answers missing, with their day near or gone?"""
        if self.plan is None or self.plan.answers_due_on is None:
            return False
        return bool(self.behind) and self.plan.answers_due_on <= clock.today() + SOON

    @property
    def missing_words(self) -> str:
        """How many answers are missing."""
        return f"{self.asked - self.answered} af {self.asked} svar mangler"

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
    plan: Plan | None


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
    chaired: Secretariat | None = None

    @property
    def listed(self) -> list[Task]:
        """Her tasks, but for the one that has a box of its own."""
        if self.leads:
            return self.tasks
        box = self.remind_url
        return [task for task in self.tasks if task.url != box]

    @property
    def leads(self) -> bool:
        """Is the first task what she does next? Not where a box with a day comes before it."""
        return self.secretariat is None or not self.secretariat.is_due

    @property
    def remind_url(self) -> str:
        """Where she sees the reminder of the plan's answers before it goes."""
        if self.secretariat is None or self.secretariat.plan is None:
            return ""
        plan = self.secretariat.plan
        return reverse("plan:remind", args=[plan.forum.district.slug, plan.pk])

    @property
    def others_late(self) -> list[Commitment]:
        """What is late and waits for somebody else."""
        if self.secretariat is None:
            return []
        own = set(map(attrgetter("url"), self.tasks))
        return [row for row in self.secretariat.late if row.get_absolute_url() not in own]

    @property
    def plan(self) -> Plan | None:
        """The plan that a chair or a mayor looks up first."""
        if self.chaired is not None:
            return self.chaired.plan
        if self.municipality is not None:
            return self.municipality.plan
        return None

    @property
    def plan_words(self) -> str:
        """How far its answers are, of those she answers for."""
        if self.chaired is not None:
            return f"{self.chaired.answered} af {self.chaired.asked} svar er inde"
        if self.municipality is None or self.municipality.answers is None:
            return ""
        own = self.municipality.answers
        return f"I har svaret på {own.answered} af {own.asked}"

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
        secretariat=_overview(council, Function.SECRETARY, today),
        chaired=_overview(council, Function.CHAIR, today),
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


def _overview(council: list[Appointment], function: Function, today: date) -> Secretariat | None:
    """The overview of the kredsråd that one of these appointments, of that function, is for."""
    for appointment in council:
        if appointment.function == function:
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
    owed = []
    if plan is not None:
        owed = owed_to(plan)
    late = Commitment.objects.of_district(district).late(today)
    fora = lives(Forum.objects.of_district(district).active(today), today)
    return Secretariat(
        plan=plan,
        coming=[each for each in plans if plan and each.year > plan.year],
        owed=owed,
        late=list(late.select_related("owner", "owner_seat", "forum__district")),
        unowned=unowned(district).count(),
        holes=[row for row in duties_of_year(forum, today.year) if row.state == HOLE],
        sleeping=[life.forum for life in fora if life.sleeps],
        reached=_with_people(owed, today),
    )


def _with_people(owed: list[Owed], today: date) -> set[int]:
    """Of those who owe answers, the fora where somebody can sign in."""
    running = Appointment.objects.in_force(today).filter(seat__forum__in=map(attrgetter("forum"), owed))
    return set(running.values_list("seat__forum", flat=True))


def two_minutes(organisation: Organisation, district: Organisation, today: date) -> TwoMinutes:
    """What a municipality owes in a district on a day."""
    own = Commitment.objects.of_district(district).filter(owner=organisation)
    plan = in_force(plans_now(district), today)
    return TwoMinutes(
        organisation=organisation,
        open=own.open().count(),
        late=own.late(today).count(),
        proposed=own.filter(status=CommitmentStatus.PROPOSED).count(),
        answers=_answers_of(organisation, plan),
        plan=plan,
    )


def _answers_of(organisation: Organisation, plan: Plan | None) -> Owed | None:
    """What its lokalråd was asked and has answered; None where no plan asks it."""
    if plan is None:
        return None
    fora = Forum.objects.filter(
        district=plan.forum.district, kind=Forum.Kind.LOKALRAAD, municipalities=organisation
    )
    local = fora.first()
    return next((row for row in owed_to(plan) if row.forum == local), None)


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
