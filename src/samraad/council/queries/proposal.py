"""What the rooms propose for a meeting's agenda."""

from datetime import date

from samraad.audit.rooms import Proposal, rooms
from samraad.council.models import AgendaItem, Meeting, ProposalDrop
from samraad.council.states import MeetingStatus


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
