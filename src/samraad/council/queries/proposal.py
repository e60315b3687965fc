"""What proposes itself for a meeting's agenda: by the rooms above, and what fell between two meetings."""

from datetime import date

from django.db.models import Q

from samraad.audit.rooms import Proposal, rooms
from samraad.council.models import AgendaItem, Meeting, ProposalDrop
from samraad.council.models.agenda import AgendaItemQuerySet
from samraad.council.states import MeetingStatus
from samraad.look.danish import kortdato

FALLEN = "item-"  # how the key of an item begins that was put on no later agenda


def proposals(meeting: Meeting, today: date) -> list[Proposal]:
    """What the rooms propose for a meeting, and is neither on its agenda nor dropped from it."""
    if meeting.status not in (MeetingStatus.PLANNED, MeetingStatus.CALLED):
        return []
    taken = set(meeting.items.on_agenda().values_list("proposal", flat=True))
    taken |= set(ProposalDrop.objects.filter(meeting=meeting).values_list("proposal", flat=True))
    found = [proposal for room in rooms() for proposal in room.proposals(meeting, today)]
    spoken_for = (taken | {proposal.key for proposal in found}) - {""}
    return [each for each in found if each.key not in taken and each.again not in spoken_for]


def proposal_of(meeting: Meeting, key: str, today: date) -> Proposal | None:
    """The proposal of that key, if it still proposes itself."""
    return next((each for each in proposals(meeting, today) if each.key == key), None)


def fallen(meeting: Meeting, today: date) -> list[Proposal]:
    """What was postponed, or stood on a meeting that was cancelled, and no later agenda has taken up."""
    return [_as_proposal(item) for item in _fallen(meeting).select_related("meeting")]


def fallen_of(meeting: Meeting, key: str) -> AgendaItem | None:
    """The item of another meeting that waits for this proposal: the key names it, or it is of the same."""
    number = key.removeprefix(FALLEN)
    if number == key:
        return _fallen(meeting).filter(proposal=key).last()
    if not number.isdecimal() or len(number) > 18:
        return None
    return AgendaItem.objects.filter(meeting__forum=meeting.forum_id, pk=int(number)).first()


def _fallen(meeting: Meeting) -> AgendaItemQuerySet:
    """Items of the forum's other meetings that went on to no agenda, though they should."""
    postponed = Q(outcome=AgendaItem.Outcome.POSTPONED, meeting__status__in=MeetingStatus.after_held())
    left_over = Q(outcome="", meeting__status=MeetingStatus.CANCELLED)
    went_on = AgendaItem.objects.on_agenda().exclude(postponed_from=None)
    return (
        AgendaItem.objects.filter(postponed | left_over, meeting__forum=meeting.forum_id)
        .exclude(meeting=meeting)
        .exclude(pk__in=went_on.values("postponed_from"))
        .order_by("meeting__starts_at", "position")
    )


def _as_proposal(item: AgendaItem) -> Proposal:
    day = kortdato(item.meeting.starts_at)
    if item.meeting.is_cancelled:
        mark, why = "aflyst", f"Stod på mødet {day}, som blev aflyst."
    else:
        mark, why = "udsat", f"Udsat fra mødet {day}."
    return Proposal(
        key=f"{FALLEN}{item.pk}",
        title=item.title,
        why=why,
        mark=mark,
        item_kind=item.kind,
        item_title=item.title,
        closed=item.closed,
        again=item.proposal,
    )
