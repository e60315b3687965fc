"""A meeting as one reader sees it, the list of meetings, whose turn the off-site meeting is."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch, QuerySet

from samraad.accounts.models import Organisation, User
from samraad.audit.rooms import Proposal
from samraad.council import permissions as may
from samraad.council.models import (
    AgendaItem,
    Attendance,
    Forum,
    Forwarding,
    Function,
    Meeting,
    MinutesReply,
    MinutesRound,
    Seat,
    WrittenReply,
)
from samraad.council.queries.approval import Approvals, approvals
from samraad.council.queries.forum import Lack, short_of_meetings
from samraad.council.queries.proposal import proposals
from samraad.council.states import MeetingStatus
from samraad.look.danish import dato


@dataclass(frozen=True)
class MeetingMay:
    """What one reader may do with a meeting."""

    prepare: bool
    edit: bool
    write: bool
    reply: bool
    reply_in_writing: bool
    apologise: bool
    order: bool
    change: bool
    hold_back: bool
    withdraw: bool
    reinstate: bool
    settle: bool
    publish: bool


@dataclass(frozen=True)
class OwnSeat:
    """A seat that the reader holds or prepares for, before a meeting: is it known that nobody comes?"""

    seat: Seat
    excused: bool
    mine: bool

    @property
    def said(self) -> str:
        """What is known, in words."""
        whose = "Du har" if self.mine else f"{self.seat} har"
        return f"{whose} meldt afbud."

    @property
    def send_words(self) -> str:
        """What the button says that sends the apology."""
        return "Meld afbud" if self.mine else f"Meld afbud for {self.seat}"

    @property
    def take_back_words(self) -> str:
        """What the button says that takes it back."""
        return "Jeg kommer alligevel" if self.mine else f"Træk afbuddet for {self.seat} tilbage"


@dataclass(frozen=True)
class Round:
    """Minutes as they were sent once: what was answered, and why they were taken back."""

    sent: MinutesRound
    replies: list[MinutesReply]

    @property
    def objections(self) -> list[MinutesReply]:
        """The answers that want something else."""
        return [reply for reply in self.replies if reply.objection]

    @property
    def approved(self) -> list[MinutesReply]:
        """The answers that say yes."""
        return [reply for reply in self.replies if not reply.objection]


@dataclass(frozen=True)
class MeetingPage:
    """A meeting as one reader sees it."""

    meeting: Meeting
    may: MeetingMay
    why_not_reply: str
    my_reply: MinutesReply | None
    own_seats: list[OwnSeat]
    apologies: list[Attendance]
    covered: int
    approved: int
    rounds: list[Round]
    proposals: list[Proposal]
    next: Meeting | None
    approvals: Approvals | None = None

    @property
    def title(self) -> str:
        """The forum and the day."""
        return f"{self.meeting.forum}, {dato(self.meeting.starts_at)}"

    @property
    def lacking(self) -> list[str]:
        """The seats that were there and have not answered to the minutes."""
        unanswered, seats = self.meeting.unanswered_seats(), []
        for row in self.meeting.attendance.all():
            if row.seat_id in unanswered:
                seats.append(str(row.seat))
        return seats

    @property
    def approval_words(self) -> str:
        """Where the approval of the minutes stands, for this reader."""
        if self.my_reply and self.my_reply.objection:
            return "Du har skrevet en bemærkning til referatet."
        if self.my_reply:
            return "Du har godkendt referatet."
        if self.may.reply:
            return "Referatet venter på din godkendelse."
        return "Referatet er til godkendelse."


@dataclass(frozen=True)
class MeetingsPage:
    """The meetings of a person's fora, and those she may plan."""

    coming: list[Meeting]
    past: list[Meeting]
    may_plan: list[Forum]
    short: list[Lack]
    year: int

    @property
    def next_words(self) -> str:
        """When the next meeting is."""
        held = [meeting for meeting in self.coming if not meeting.is_cancelled]
        if not held:
            return "Der er ingen kommende møder i dine fora."
        return f"Næste møde er {held[0].day} i {held[0].forum}."


def meetings_page(user: User, district: Organisation, fora: set[Forum], today: date) -> MeetingsPage:
    """The meetings of a person's fora in a district, coming first."""
    mine = may.visible_meetings(user, district).select_related("forum__district", "host")
    prepared = [forum for forum in fora if may.prepare.allows(user, forum)]
    may_plan = sorted(prepared, key=lambda forum: forum.name)
    return MeetingsPage(
        coming=list(mine.listed(today)),
        past=list(mine.filter(starts_at__date__lt=today).order_by("-starts_at")[:40]),
        may_plan=may_plan,
        short=short_of_meetings(may_plan, today.year),
        year=today.year,
    )


def meeting_whole(pk: int) -> QuerySet[Meeting]:
    """A meeting with all that its page shows, in few queries."""
    forwardings = Prefetch("forwardings", Forwarding.objects.select_related("forum"))
    written = Prefetch("written_replies", WrittenReply.objects.select_related("seat"))
    items = AgendaItem.objects.select_related("postponed_from__meeting__forum").prefetch_related(
        "papers", written, "guests", forwardings, "decisions", "absences__seat"
    )
    attendance = Prefetch("attendance", Attendance.objects.select_related("seat"))
    replies = Prefetch("replies", MinutesReply.objects.select_related("seat"))
    return (
        Meeting.objects.filter(pk=pk)
        .select_related("forum__district", "host", "chaired_by")
        .prefetch_related(Prefetch("items", items), attendance, "guests", replies, "moves", "rounds")
    )


def meeting_page(meeting: Meeting, user: User, today: date) -> MeetingPage:
    """All that the page of a meeting shows to a reader, in few queries."""
    whole = meeting_whole(meeting.pk).get()
    allowed = _meeting_may(user, whole)
    replies = {reply.seat_id: reply for reply in whole.replies.all() if reply.round == whole.minutes_round}
    covered = whole.covered_seats()
    seat = may.reply_seat(user, whole)
    own = _own_seats(user, whole) if allowed.apologise else []
    return MeetingPage(
        meeting=whole,
        may=allowed,
        why_not_reply=may.reply_to_minutes.reason(user, whole) if whole.awaits_approval else "",
        my_reply=replies.get(seat.pk) if seat else None,
        own_seats=own,
        apologies=_apologies(user, whole, allowed),
        covered=len(covered),
        approved=len([pk for pk in covered if pk in replies and not replies[pk].objection]),
        rounds=_rounds(whole),
        proposals=proposals(whole, today) if allowed.prepare else [],
        next=_next_after(whole, today),
        approvals=approvals(whole, today) if whole.awaits_approval and allowed.prepare else None,
    )


def _own_seats(user: User, meeting: Meeting) -> list[OwnSeat]:
    excused = {row.seat_id for row in meeting.attendance.all()}
    held = {seat.pk for seat in may.my_seats(user, meeting.forum, *may.DECIDES)}
    seats = may.my_seats(user, meeting.forum, *may.DECIDES, Function.ASSISTANT)
    return [OwnSeat(seat, seat.pk in excused, seat.pk in held) for seat in seats if seat.member]


def _apologies(user: User, meeting: Meeting, allowed: MeetingMay) -> list[Attendance]:
    """Who has said beforehand that she cannot come: for who prepares, and for those of the seat."""
    if meeting.is_over:
        return []
    rows = list(meeting.attendance.all())
    if allowed.prepare:
        return rows
    mine = {seat.pk for seat in may.my_seats(user, meeting.forum, *may.INSIDE)}
    return [row for row in rows if row.seat_id in mine]


def _rounds(meeting: Meeting) -> list[Round]:
    """The times that the minutes were sent, newest first, with what was answered."""
    replies = list(meeting.replies.all())
    rounds = [
        Round(sent, [reply for reply in replies if reply.round == sent.number])
        for sent in meeting.rounds.all()
    ]
    return rounds[::-1]


def _next_after(meeting: Meeting, today: date) -> Meeting | None:
    """The forum's next meeting, this one apart."""
    others = Meeting.objects.filter(forum=meeting.forum).coming(today).exclude(pk=meeting.pk)
    return others.select_related("forum__district").first()


def _meeting_may(user: User, meeting: Meeting) -> MeetingMay:
    return MeetingMay(
        prepare=may.prepare.allows(user, meeting.forum),
        edit=may.edit_agenda.allows(user, meeting),
        write=may.write_minutes.allows(user, meeting),
        reply=may.reply_to_minutes.allows(user, meeting),
        reply_in_writing=may.reply_in_writing.allows(user, meeting),
        apologise=may.send_apology.allows(user, meeting),
        order=may.order_agenda.allows(user, meeting),
        change=may.change_meeting.allows(user, meeting),
        hold_back=may.hold_back.allows(user, meeting),
        withdraw=may.withdraw_open_part.allows(user, meeting),
        reinstate=may.reinstate_meeting.allows(user, meeting),
        settle=may.settle_minutes.allows(user, meeting),
        publish=may.publish_open_part.allows(user, meeting),
    )


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
