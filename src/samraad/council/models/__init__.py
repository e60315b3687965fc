"""What there is in the room: a file per concept."""

from samraad.council.models.forum import Appointment, Forum, Function, LegalBasis, Seat
from samraad.council.models.meeting import (
    AgendaItem,
    Attendance,
    Decision,
    Forwarding,
    Guest,
    Meeting,
    MeetingMove,
    MinutesReply,
    Paper,
    ProposalDrop,
    WrittenReply,
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
    "LegalBasis",
    "Meeting",
    "MeetingMove",
    "MinutesReply",
    "Paper",
    "ProposalDrop",
    "Seat",
    "WrittenReply",
]
