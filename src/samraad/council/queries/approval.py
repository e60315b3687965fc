"""Who has answered to minutes that were sent: seat by seat, and whom a reminder would reach."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from samraad.council.models import Appointment, Meeting, MinutesReply, Seat
from samraad.council.notices import ANSWERS
from samraad.look.danish import antal, kortdato

STATES = {"Venter": "waiting", "Bemærkning": "yellow", "Godkendt": "approved"}  # word -> how it is drawn


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
        return STATES[self.word]

    @property
    def word(self) -> str:
        """Its state in a word."""
        if self.reply is None:
            return "Venter"
        if self.reply.objection:
            return "Bemærkning"
        return "Godkendt"

    @property
    def is_reachable(self) -> bool:
        """Does it lack an answer that a reminder may bring?"""
        return self.reply is None and self.sits

    @property
    def is_empty(self) -> bool:
        """Does it lack an answer that nobody in Samråd can give?"""
        return self.reply is None and not self.sits

    @property
    def more(self) -> str:
        """When it answered; why it cannot, where nobody is there to."""
        if self.reply is not None:
            return kortdato(self.reply.at)
        if self.sits:
            return ""
        if self.filled:
            return "den, der var til stede, sidder der ikke nu"
        return "ingen person på pladsen"


@dataclass(frozen=True)
class Approvals:
    """All seats that are asked, those that lack an answer first."""

    rows: list[Approval]

    @property
    def reachable(self) -> int:
        """How many a reminder is for."""
        return sum(row.is_reachable for row in self.rows)

    @property
    def remind_words(self) -> str:
        """What the link to the reminder says."""
        return f"Se påmindelsen til {antal(self.reachable, 'person,personer')}"

    @property
    def empty(self) -> bool:
        """Is there one that nobody can answer for in Samråd?"""
        return any(row.is_empty for row in self.rows)


def approvals(meeting: Meeting, today: date) -> Approvals:
    """The answers to the minutes as they were sent last."""
    replies = {
        reply.seat_id: reply for reply in meeting.replies.all() if reply.round == meeting.minutes_round
    }
    held = Appointment.objects.in_force(today).filter(seat__forum=meeting.forum, function__in=ANSWERS)
    sits = set(held.values_list("seat_id", "user_id"))
    filled = set(map(itemgetter(0), sits))
    rows = []
    for row in meeting.attendance.all():
        if row.covered:
            there = (row.seat_id, row.holder_id) in sits
            rows.append(Approval(row.seat, replies.get(row.seat_id), there, row.seat_id in filled))
    return Approvals(sorted(rows, key=lambda row: row.reply is not None))
