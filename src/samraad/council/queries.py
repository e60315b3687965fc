"""Questions over several tables: what a meeting should take up, which fora sleep, who is missing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet

from samraad import clock
from samraad.accounts.models import Membership, Organisation, User
from samraad.audit.rooms import Proposal, rooms
from samraad.council import permissions as may
from samraad.council.models import (
    AgendaItem,
    Appointment,
    Attendance,
    Forum,
    Function,
    Meeting,
    MinutesReply,
    ProposalDrop,
    Seat,
)
from samraad.council.states import MeetingStatus
from samraad.look.danish import dato

SLEEPS_AFTER = timedelta(days=365)


def proposals(meeting: Meeting, today: date) -> list[Proposal]:
    """What the rooms propose for a meeting, and is neither on its agenda nor dropped from it."""
    if meeting.status not in (MeetingStatus.PLANNED, MeetingStatus.CALLED):
        return []
    taken = set(
        meeting.items.exclude(outcome=AgendaItem.Outcome.WITHDRAWN).values_list("proposal", flat=True)
    )
    taken |= set(ProposalDrop.objects.filter(meeting=meeting).values_list("proposal", flat=True))
    found = [proposal for room in rooms() for proposal in room.proposals(meeting, today)]
    return [proposal for proposal in found if proposal.key not in taken]


def proposal_of(meeting: Meeting, key: str, today: date) -> Proposal | None:
    """The proposal of that key, if it still proposes itself."""
    return next((each for each in proposals(meeting, today) if each.key == key), None)


def too_few_meetings(forum: Forum, year: int) -> int:
    """How many meetings a year lacks of the forum's own number (a kredsråd: at least four, BEK 1426 § 3)."""
    wanted = forum.meetings_per_year or (4 if forum.is_kredsraad else 0)
    planned = forum.meetings.filter(starts_at__year=year).exclude(status=MeetingStatus.CANCELLED).count()
    return max(0, wanted - planned)


def offsite_turns(forum: Forum) -> list[tuple[Organisation, date | None]]:
    """Municipalities by when the forum last visited them, longest ago first.

    The first is the one whose turn the off-site meeting is.
    """
    last = dict(
        forum.meetings.filter(offsite=True, host__isnull=False)
        .exclude(status=MeetingStatus.CANCELLED)
        .values_list("host")
        .annotate(last=Max("starts_at"))
    )
    turns = [(m, last[m.pk].date() if m.pk in last else None) for m in forum.municipalities.all()]
    return sorted(turns, key=lambda turn: (turn[1] or date.min, turn[0].name))


def fora_with_life(fora: QuerySet[Forum], today: date) -> list[Any]:
    """The fora with `last_met`, `next_met` and `sleeps`.

    And how many of this year's and last year's meetings were physical.
    """
    since = date(today.year - 1, 1, 1)
    held = Q(meetings__status__in=MeetingStatus.after_held())
    recent = held & Q(meetings__starts_at__date__gte=since)
    coming = Q(
        meetings__status__in=[MeetingStatus.PLANNED, MeetingStatus.CALLED],
        meetings__starts_at__date__gte=today,
    )
    rows = fora.select_related("district", "convenor").annotate(
        last_met=Max("meetings__starts_at", filter=held),
        next_met=Min("meetings__starts_at", filter=coming),
        met=Count("meetings", filter=recent, distinct=True),
        physical=Count(
            "meetings", filter=recent & Q(meetings__form__in=["physical", "hybrid"]), distinct=True
        ),
    )
    out: list[Any] = list(rows)
    for forum in out:
        last: datetime | None = forum.last_met
        forum.sleeps = (
            bool(forum.meetings_per_year)
            and not forum.next_met
            and (last is None or last.date() < today - SLEEPS_AFTER)
        )
        forum.physical_words = f"{forum.physical} af {forum.met}" if forum.met else "ikke opgjort"
    return out


def coverage(district: Organisation, municipalities: list[Organisation], today: date) -> list[dict[str, Any]]:
    """Per municipality: which kinds of fora exist there (`fora` by kind).

    And which are missing of the usual ones.
    """
    usual = [
        Forum.Kind.LOKALRAAD,
        Forum.Kind.SSP,
        Forum.Kind.SECTION_115,
        Forum.Kind.PSP,
        Forum.Kind.KSP,
        Forum.Kind.MINI_INFOHOUSE,
    ]
    fora = fora_with_life(
        Forum.objects.of_district(district).active(today).prefetch_related("municipalities"), today
    )
    rows = []
    for municipality in municipalities:
        own = [f for f in fora if municipality in f.municipalities.all()]
        kinds = {f.kind for f in own}
        rows.append(
            {
                "municipality": municipality,
                "fora": own,
                "sleeping_words": ", ".join(f.get_kind_display() for f in own if f.sleeps),
                "missing": [str(kind.label) for kind in usual if kind.value not in kinds],
            }
        )
    return rows


def turnover(forum: Forum, year: int) -> tuple[int, int]:
    """(seats whose holder changed in `year`, seats that had a holder): how many people are new."""
    begun = Appointment.objects.filter(
        seat__forum=forum, function__in=[Function.CHAIR, Function.MEMBER], starts_on__year=year
    ).values("seat")
    held = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__year__gte=year),
        seat__forum=forum,
        function__in=[Function.CHAIR, Function.MEMBER],
        starts_on__year__lte=year,
    ).values("seat")
    return begun.distinct().count(), held.distinct().count()


def seats_with_holders(forum: Forum, today: date) -> list[tuple[Seat, list[Appointment]]]:
    """The forum's seats in order, each with the appointments that run on a day."""
    running = Appointment.objects.current(today).select_related("user")
    seats = forum.seats.select_related("organisation")
    return [
        (seat, seat.held)
        for seat in seats.prefetch_related(Prefetch("appointments", running, to_attr="held"))
    ]


def chairs(forum: Forum, today: date) -> QuerySet[Appointment]:
    """Who leads the forum today."""
    return (
        Appointment.objects.current(today)
        .filter(seat__forum=forum, function=Function.CHAIR)
        .select_related("user")
    )


def attendance_share(forum: Forum, year: int) -> tuple[int, int]:
    """(seats covered, seats asked) over the year's meetings."""
    rows = Attendance.objects.filter(meeting__forum=forum, meeting__starts_at__year=year)
    return rows.filter(presence__in=["present", "deputy"]).count(), rows.count()


def meeting_whole(pk: int) -> QuerySet[Meeting]:
    """A meeting with all that its page shows, in few queries."""
    items = AgendaItem.objects.select_related("postponed_from__meeting__forum").prefetch_related(
        "papers", "written_replies__seat", "guests", "forwardings__forum", "decisions"
    )
    return (
        Meeting.objects.filter(pk=pk)
        .select_related("forum__district", "host", "chaired_by")
        .prefetch_related(Prefetch("items", items), "attendance__seat", "guests", "replies__seat", "moves")
    )


def people_for(seat: Seat) -> QuerySet[User]:
    """Whom a seat may be given to.

    Those who work for its organisation; without one, for an organisation of its district.
    """
    district = seat.forum.district
    organisations = Organisation.objects.filter(seats=seat)
    if seat.organisation is None:
        own = Q(pk=district.pk) | Q(seats__forum__district=district)
        organisations = Organisation.objects.filter(
            own | Q(pk__in=Organisation.objects.of_district(district, clock.today()))
        )
    works = Membership.objects.current(clock.today()).filter(organisation__in=organisations)
    return User.objects.filter(is_active=True, memberships__in=works).distinct().order_by("name")


def usual_function(seat: Seat, today: date) -> str:
    """What one who is appointed now most likely is.

    A deputy where somebody has the seat, else what the last one was; where nobody has been, a member, or a
    guest in a seat that is none of the members'.
    """
    holders = Appointment.objects.filter(seat=seat).exclude(
        function__in=[Function.DEPUTY, Function.ASSISTANT]
    )
    if holders.current(today).exists():
        return Function.DEPUTY
    last = holders.order_by("starts_on", "pk").last()
    return str(last.function) if last else (Function.MEMBER if seat.member else Function.GUEST)


def year_in_words(forum: Forum, year: int) -> tuple[int, str, str]:
    """(year, how many seats were covered at its meetings, how many of them changed hands)."""
    covered, asked = attendance_share(forum, year)
    changed, held = turnover(forum, year)
    attendance = f"Fremmøde {covered} af {asked} pladser" if asked else "Fremmøde ikke opgjort"
    new = f"Nye på pladserne: {changed} af {held}" if held else "Nye på pladserne: ikke opgjort"
    return year, attendance, new


def short_of_meetings(fora: list[Forum], year: int) -> list[tuple[Forum, int]]:
    """The fora that have too few meetings in a year, and how many they lack."""
    lacks = [(forum, too_few_meetings(forum, year)) for forum in fora]
    return [(forum, count) for forum, count in lacks if count]


@dataclass(frozen=True)
class MeetingMay:
    """What one reader may do with a meeting."""

    prepare: bool
    edit: bool
    write: bool
    reply: bool
    reply_in_writing: bool
    apologise: bool
    settle: bool
    publish: bool


@dataclass(frozen=True)
class MeetingPage:
    """A meeting as one reader sees it."""

    meeting: Meeting
    may: MeetingMay
    why_not_write: str
    why_not_reply: str
    my_reply: MinutesReply | None
    sent_apology: bool
    covered: int
    approved: int
    objections: list[MinutesReply]
    proposals: list[Proposal]
    next: Meeting | None

    @property
    def title(self) -> str:
        """The forum and the day."""
        return f"{self.meeting.forum}, {dato(self.meeting.starts_at)}"

    @property
    def approval_words(self) -> str:
        """Where the approval of the minutes stands, for this reader."""
        if self.my_reply and not self.my_reply.objection:
            return "Du har godkendt referatet."
        if self.may.reply:
            return "Referatet venter på din godkendelse."
        return "Referatet er til godkendelse."


def meeting_page(meeting: Meeting, user: User, today: date) -> MeetingPage:
    """All that the page of a meeting shows to a reader, in few queries."""
    whole = meeting_whole(meeting.pk).get()
    allowed = _meeting_may(user, whole)
    replies = {reply.seat_id: reply for reply in whole.replies.all()}
    covered = [row.seat_id for row in whole.attendance.all() if row.covered]
    seat = may.reply_seat(user, whole)
    told = [row for row in whole.attendance.all() if row.holder_id == user.pk]
    return MeetingPage(
        meeting=whole,
        may=allowed,
        why_not_write=may.write_minutes.reason(user, whole) if allowed.prepare else "",
        why_not_reply=may.reply_to_minutes.reason(user, whole) if whole.awaits_approval else "",
        my_reply=replies.get(seat.pk) if seat else None,
        sent_apology=bool(told) and not whole.is_over,
        covered=len(covered),
        approved=len([pk for pk in covered if pk in replies and not replies[pk].objection]),
        objections=[reply for reply in replies.values() if reply.objection],
        proposals=proposals(whole, today) if allowed.prepare else [],
        next=Meeting.objects.filter(forum=whole.forum).coming(today).exclude(pk=whole.pk).first(),
    )


def _meeting_may(user: User, meeting: Meeting) -> MeetingMay:
    return MeetingMay(
        prepare=may.prepare.allows(user, meeting.forum),
        edit=may.edit_agenda.allows(user, meeting),
        write=may.write_minutes.allows(user, meeting),
        reply=may.reply_to_minutes.allows(user, meeting),
        reply_in_writing=may.reply_in_writing.allows(user, meeting),
        apologise=may.send_apology.allows(user, meeting),
        settle=may.settle_minutes.allows(user, meeting),
        publish=may.publish_open_part.allows(user, meeting),
    )
