"""What there is in the room: a file per concept."""

from samraad.commitment.models.commitment import Commitment, CommitmentQuerySet, DueChange, Progress
from samraad.commitment.models.duty import Duty, Occurrence

__all__ = [
    "Commitment",
    "CommitmentQuerySet",
    "DueChange",
    "Duty",
    "Occurrence",
    "Progress",
]
