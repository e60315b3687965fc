"""Questions over several tables: what a meeting should take up, which fora sleep, who is missing."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet

from samraad import clock
from samraad.accounts.models import Membership, Organisation, User
from samraad.council.models import (
    Appointment,
    Attendance,
    Commitment,
    Duty,
    Forum,
    Function,
    Meeting,
    Occurrence,
    ProposalDrop,
    Seat,
    Station,
    StationContact,
)
from samraad.council.states import CommitmentStatus, MeetingStatus

SLEEPS_AFTER = timedelta(days=365)


@dataclass(frozen=True)
class Proposal:
    """Something that proposes itself for an agenda, and why."""

    title: str
    why: str
    commitment: Commitment | None = None
    occurrence: Occurrence | None = None

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"commitment-{self.commitment.pk}" if self.commitment else f"occurrence-{self.occurrence.pk}"  # type: ignore[union-attr]


def proposals(meeting: Meeting, today: date) -> list[Proposal]:
    """Late promises and duties in the meeting's window that are neither on its agenda nor dropped from it."""
    if meeting.status not in (MeetingStatus.PLANNED, MeetingStatus.CALLED):
        return []
    dropped = ProposalDrop.objects.filter(meeting=meeting)
    on_agenda = meeting.items.exclude(outcome="withdrawn").values("commitment")
    day = meeting.starts_at.date()
    late = (
        Commitment.objects.filter(forum=meeting.forum)
        .late(today)
        .exclude(pk__in=on_agenda.exclude(commitment=None))
        .exclude(pk__in=dropped.exclude(commitment=None).values("commitment"))
        .select_related("owner")
    )
    duties = (
        Occurrence.objects.filter(
            duty__forum=meeting.forum, duty__on_agenda=True, starts_on__lte=day, due_on__gte=day
        )
        .filter(item=None, done_on=None, removed_because="")
        .exclude(pk__in=dropped.exclude(occurrence=None).values("occurrence"))
        .select_related("duty")
    )
    from samraad.look.danish import dato

    return [
        *(
            Proposal(str(c), f"Fristen var {dato(c.due_on)}. Ansvarlig: {c.owner_text or 'ingen'}.", c)
            for c in late
        ),
        *(
            Proposal(str(o.duty), f"Årshjulet: {o.duty.source or o.duty.get_rule_display()}.", None, o)
            for o in duties
        ),
    ]


def wheel(forum: Forum, year: int) -> list[dict[str, Any]]:
    """The year's occurrences with their state and meeting: `hole` when no meeting lies in the window."""
    meetings = list(forum.meetings.filter(starts_at__year=year).exclude(status=MeetingStatus.CANCELLED))
    rows = []
    for occurrence in Occurrence.objects.filter(duty__forum=forum, year=year).select_related(
        "duty", "item__meeting__forum"
    ):
        inside = [m for m in meetings if occurrence.starts_on <= m.starts_at.date() <= occurrence.due_on]
        meeting = (
            occurrence.item.meeting
            if occurrence.item
            else (min(inside, key=lambda m: m.starts_at) if inside else None)
        )
        rows.append(
            {"occurrence": occurrence, "meeting": meeting, "state": _wheel_state(occurrence, meeting)}
        )
    return rows


def _wheel_state(occurrence: Occurrence, meeting: Meeting | None) -> str:
    if occurrence.removed_because:
        return "removed"
    if occurrence.done_on:
        return "done"
    if occurrence.item:
        return "placed"
    if not occurrence.duty.on_agenda:
        return "waits"
    return "proposed" if meeting else "hole"


def waiting_duties(forum: Forum) -> QuerySet[Duty]:
    """Duties that wait for a condition."""
    return forum.duties.filter(rule=Duty.Rule.CONDITION).exclude(
        occurrences__done_on=None, occurrences__isnull=False
    )


def too_few_meetings(forum: Forum, year: int) -> int:
    """How many meetings a year lacks of the forum's own number (a kredsråd: at least four, BEK 1426 § 3)."""
    wanted = forum.meetings_per_year or (4 if forum.is_kredsraad else 0)
    planned = forum.meetings.filter(starts_at__year=year).exclude(status=MeetingStatus.CANCELLED).count()
    return max(0, wanted - planned)


def offsite_turns(forum: Forum) -> list[tuple[Organisation, date | None]]:
    """Municipalities by when the forum last visited them, longest ago first: whose turn the off-site meeting is."""
    last = dict(
        forum.meetings.filter(offsite=True, host__isnull=False)
        .exclude(status=MeetingStatus.CANCELLED)
        .values_list("host")
        .annotate(last=Max("starts_at"))
    )
    turns = [(m, last[m.pk].date() if m.pk in last else None) for m in forum.municipalities.all()]
    return sorted(turns, key=lambda turn: (turn[1] or date.min, turn[0].name))


def fora_with_life(fora: QuerySet[Forum], today: date) -> list[Any]:
    """The fora with `last_met`, `next_met`, `sleeps`, and the share of physical meetings this year and last."""
    since = date(today.year - 1, 1, 1)
    held = Q(meetings__status__in=MeetingStatus.after_held())
    recent = held & Q(meetings__starts_at__date__gte=since)
    coming = Q(
        meetings__status__in=[MeetingStatus.PLANNED, MeetingStatus.CALLED],
        meetings__starts_at__date__gte=today,
    )
    rows = fora.annotate(
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
        forum.physical_share = round(100 * forum.physical / forum.met) if forum.met else None
    return out


def coverage(district: Organisation, municipalities: list[Organisation], today: date) -> list[dict[str, Any]]:
    """Per municipality: which kinds of fora exist there (`fora` by kind), which are missing of the usual ones."""
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
                "sleeping": [f for f in own if f.sleeps],
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
    from samraad.council.models import AgendaItem

    items = AgendaItem.objects.select_related(
        "commitment", "postponed_from__meeting__forum"
    ).prefetch_related(
        "papers",
        "written_replies__seat",
        "guests",
        "forwardings__forum",
        Prefetch("decisions__commitments", Commitment.objects.select_related("owner", "owner_seat")),
    )
    return (
        Meeting.objects.filter(pk=pk)
        .select_related("forum__district", "host", "chaired_by")
        .prefetch_related(Prefetch("items", items), "attendance__seat", "guests", "replies__seat", "moves")
    )


def with_overdue_first(commitments: QuerySet[Commitment], today: date) -> list[Commitment]:
    """Late ones first, then by date, those without a date last; each with `late` set."""
    rows = list(commitments.select_related("owner", "owner_seat", "forum", "decision__item__meeting__forum"))
    for row in rows:
        row.late = row.is_late(today)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda c: (not c.late, c.due_on or date.max, c.pk))  # type: ignore[attr-defined]


def unowned(district: Organisation) -> QuerySet[Commitment]:
    """Promises without an owner or a date: open ones, proposed ones, and those in the draft of a plan."""
    alive = [*CommitmentStatus.open(), CommitmentStatus.PROPOSED, CommitmentStatus.DRAFT]
    return (
        Commitment.objects.of_district(district)
        .filter(status__in=alive)
        .filter(Q(owner=None, owner_role="") | Q(due_on=None, condition=""))
    )


def unreached(forum: Forum) -> list[Organisation]:
    """Municipalities of a forum that has given advice, which have not had any yet."""
    if not forum.advice.exists():
        return []
    return list(
        forum.municipalities.exclude(pk__in=forum.advice.exclude(municipality=None).values("municipality"))
    )


def people_for(seat: Seat) -> QuerySet[User]:
    """Whom a seat may be given to: those who work for its organisation; without one, for an organisation of its district."""
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
    """What one who is appointed now most likely is: a deputy where somebody has the seat, else what the last one was; where nobody has
    been, a member, or a guest in a seat that is none of the members'."""
    holders = Appointment.objects.filter(seat=seat).exclude(
        function__in=[Function.DEPUTY, Function.ASSISTANT]
    )
    if holders.current(today).exists():
        return Function.DEPUTY
    last = holders.order_by("starts_on", "pk").last()
    return str(last.function) if last else (Function.MEMBER if seat.member else Function.GUEST)


def contacts(station: Station) -> list[tuple[StationContact, list[StationContact]]]:
    """Each partner's latest contact with a station and the earlier ones; those one has not met the longest come first."""
    by_partner: dict[int | str, list[StationContact]] = {}
    for contact in station.contacts.select_related("partner").prefetch_related("corrections"):  # type: ignore[attr-defined]
        by_partner.setdefault(contact.partner_id or contact.partner_name, []).append(contact)
    rows = [(found[0], found[1:]) for found in by_partner.values()]
    return sorted(rows, key=lambda row: (row[0].on is not None, row[0].on or date.min))
