"""What there is in the room: a file per concept."""

from samraad.council.models.agenda import AgendaItem, Forwarding, Paper, ProposalDrop, WrittenReply
from samraad.council.models.forum import Appointment, Forum, Function, LegalBasis, Seat, Yes
from samraad.council.models.meeting import Meeting, MeetingMove
from samraad.council.models.minutes import (
    Attendance,
    Decision,
    Guest,
    ItemAbsence,
    MinutesReply,
    MinutesRound,
)

__all__ = [
    "AgendaItem",
    "Appointment",
    "Attendance",
    "Decision",
    "Forum",
    "Forwarding",
    "Function",
    "Guest",
    "ItemAbsence",
    "LegalBasis",
    "Meeting",
    "MeetingMove",
    "MinutesReply",
    "MinutesRound",
    "Paper",
    "ProposalDrop",
    "Seat",
    "WrittenReply",
    "Yes",
]
