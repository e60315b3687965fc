"""What there is in the room: a file per concept."""

from samraad.council.models.commitment import Commitment, DueChange, Progress
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
from samraad.council.models.network import (
    Advice,
    ContactCorrection,
    LocalEvent,
    Pact,
    Partner,
    StationContact,
    StationCount,
)
from samraad.council.models.place import Seminar, SeminarReach, Station, StationHours
from samraad.council.models.wheel import Duty, Occurrence

__all__ = [
    "Advice",
    "AgendaItem",
    "Appointment",
    "Attendance",
    "Commitment",
    "ContactCorrection",
    "Decision",
    "DueChange",
    "Duty",
    "Forum",
    "Forwarding",
    "Function",
    "Guest",
    "LegalBasis",
    "LocalEvent",
    "Meeting",
    "MeetingMove",
    "MinutesReply",
    "Occurrence",
    "Pact",
    "Paper",
    "Partner",
    "Progress",
    "ProposalDrop",
    "Seat",
    "Seminar",
    "SeminarReach",
    "Station",
    "StationContact",
    "StationCount",
    "StationHours",
    "WrittenReply",
]
