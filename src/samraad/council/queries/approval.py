"""Who has answered to minutes that were sent: seat by seat, and whom a reminder would reach."""

from dataclasses import dataclass
from datetime import date

from samraad.council.models import Appointment, Meeting, MinutesReply, Seat
from samraad.council.notices import ANSWERS
from samraad.look.danish import antal, kortdato


@dataclass(frozen=True)
class Approval:
    """A seat that was covered at the meeting: its answer, and whether who was there still sits there."""

    seat: Seat
    reply: MinutesReply | None
    sits: bool
    filled: bool = True  # does anybody sit there now?

    @property
    def code(self) -> str:
        """How its state is drawn."""
        if self.reply is None:
            return "waiting"
        return "yellow" if self.reply.objection else "approved"

    @property
    def word(self) -> str:
        """Its state in a word."""
        if self.reply is None:
            return "Venter"
        return "Bemærkning" if self.reply.objection else "Godkendt"

    @property
    def more(self) -> str:
        """When it answered; why it cannot, where nobody is there to."""
        if self.reply is not None:
            return kortdato(self.reply.at)
        if self.sits:
            return ""
        return "den, der var til stede, sidder der ikke nu" if self.filled else "ingen person på pladsen"


@dataclass(frozen=True)
class Approvals:
    """All seats that are asked, those that lack an answer first."""

    rows: list[Approval]

    @property
    def reachable(self) -> int:
        """How many a reminder is for."""
        return len([row for row in self.rows if row.reply is None and row.sits])

    @property
    def remind_words(self) -> str:
        """What the link to the reminder says."""
        return f"Se påmindelsen til {antal(self.reachable, 'person,personer')}"

    @property
    def empty(self) -> list[Approval]:
        """Those that nobody can answer for in Samråd."""
        return [row for row in self.rows if row.reply is None and not row.sits]


def approvals(meeting: Meeting, today: date) -> Approvals:
    """The answers to the minutes as they were sent last."""
    replies = {
        reply.seat_id: reply for reply in meeting.replies.all() if reply.round == meeting.minutes_round
    }
    held = Appointment.objects.in_force(today).filter(seat__forum=meeting.forum, function__in=ANSWERS)
    sits = set(held.values_list("seat_id", "user_id"))
    filled = {seat for seat, _ in sits}
    rows = []
    for row in meeting.attendance.all():
        if row.covered:
            there = (row.seat_id, row.holder_id) in sits
            rows.append(Approval(row.seat, replies.get(row.seat_id), there, row.seat_id in filled))
    return Approvals(sorted(rows, key=lambda row: row.reply is not None))
