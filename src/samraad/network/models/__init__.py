"""What there is in the room: a file per concept."""

from samraad.network.models.around import Advice, AroundForum, LocalEvent, Pact
from samraad.network.models.help import HelpNumber, Step, Worry
from samraad.network.models.partner import Partner
from samraad.network.models.seminar import Seminar, SeminarReach
from samraad.network.models.station import (
    ContactCorrection,
    Station,
    StationContact,
    StationCount,
    StationHours,
)

__all__ = [
    "Advice",
    "AroundForum",
    "ContactCorrection",
    "HelpNumber",
    "LocalEvent",
    "Pact",
    "Partner",
    "Seminar",
    "SeminarReach",
    "Station",
    "StationContact",
    "StationCount",
    "StationHours",
    "Step",
    "Worry",
]
