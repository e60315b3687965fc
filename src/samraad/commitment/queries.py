"""Questions about commitments and the annual wheel: what is late, what nobody owns, which duty has no meeting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from manuscript.text import shortened
from samraad.accounts.models import Organisation
from samraad.audit.rooms import Proposal
from samraad.commitment.models import Commitment, Duty, Occurrence
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.council.states import MeetingStatus
from samraad.look.danish import dato


def proposals(meeting: Meeting, today: date) -> Iterator[Proposal]:
    """Late commitments of the meeting's forum, and duties in whose window it lies."""
    for commitment in Commitment.objects.filter(forum=meeting.forum).late(today).select_related("owner"):
        yield Proposal(
            key=commitment.key,
            title=str(commitment),
            why=f"Fristen var {dato(commitment.due_on)}. Ansvarlig: {commitment.owner_text or 'ingen'}.",
            mark="forsinket",
            item_kind=AgendaItem.Kind.DISCUSSION,
            item_title=shortened(f"Forsinket: {commitment}", 200),
            late=True,
            closed=commitment.is_closed,
        )
    for occurrence in _without_a_place(meeting):
        duty = occurrence.duty
        yield Proposal(
            key=occurrence.key,
            title=str(duty),
            why=f"Årshjulet: {duty.source or duty.get_rule_display()}.",
            mark="årshjul",
            item_kind=duty.item_kind,
            item_title=duty.title,
        )


def _without_a_place(meeting: Meeting) -> list[Occurrence]:
    """What the wheel asks of a meeting: in its window, not met, not taken away, on no other agenda."""
    day = meeting.starts_at.date()
    asking = Occurrence.objects.filter(
        duty__forum=meeting.forum,
        duty__on_agenda=True,
        starts_on__lte=day,
        due_on__gte=day,
        done_on=None,
        removed_because="",
    ).select_related("duty")
    placed = places(asking)
    return [occurrence for occurrence in asking if occurrence.key not in placed]


def places(occurrences: Iterable[Occurrence]) -> dict[str, AgendaItem]:
    """The agenda item each occurrence stands on, by its key; one postponed or withdrawn is none."""
    items = AgendaItem.objects.filter(proposal__in=[each.key for each in occurrences])
    gone = [AgendaItem.Outcome.POSTPONED, AgendaItem.Outcome.WITHDRAWN]
    alive = items.exclude(outcome__in=gone).exclude(meeting__status=MeetingStatus.CANCELLED)
    return {item.proposal: item for item in alive.select_related("meeting__forum")}


def waits_for_a_meeting(duty: Duty) -> bool:
    """Does an occurrence of the duty stand on no agenda yet?"""
    waiting = duty.occurrences.filter(done_on=None, removed_because="")
    placed = places(waiting)
    return any(each.key not in placed for each in waiting)


def on_agendas(commitment: Commitment) -> QuerySet[AgendaItem]:
    """The items in which meetings took a commitment up."""
    return AgendaItem.objects.filter(proposal=commitment.key).select_related("meeting__forum")


@dataclass(frozen=True)
class WheelRow:
    """A duty in one year: the item it stands on, the meeting it has or could have, and its state."""

    occurrence: Occurrence
    item: AgendaItem | None
    meeting: Meeting | None
    state: str


def duties_of_year(forum: Forum, year: int) -> list[WheelRow]:
    """The year's occurrences with their state and meeting: `hole` when no meeting lies in the window."""
    meetings = list(forum.meetings.filter(starts_at__year=year).exclude(status=MeetingStatus.CANCELLED))
    occurrences = list(Occurrence.objects.filter(duty__forum=forum, year=year).select_related("duty"))
    placed = places(occurrences)
    rows = []
    for occurrence in occurrences:
        item = placed.get(occurrence.key)
        meeting = item.meeting if item else _first_inside(occurrence, meetings)
        rows.append(WheelRow(occurrence, item, meeting, _wheel_state(occurrence, item, meeting)))
    return rows


def _first_inside(occurrence: Occurrence, meetings: list[Meeting]) -> Meeting | None:
    """The first meeting in an occurrence's window."""
    inside = [m for m in meetings if occurrence.starts_on <= m.starts_at.date() <= occurrence.due_on]
    return min(inside, key=lambda meeting: meeting.starts_at, default=None)


def _wheel_state(occurrence: Occurrence, item: AgendaItem | None, meeting: Meeting | None) -> str:
    if occurrence.removed_because:
        return "removed"
    if occurrence.done_on:
        return "done"
    if item:
        return "placed"
    if not occurrence.duty.on_agenda:
        return "waits"
    return "proposed" if meeting else "hole"


def waiting_duties(forum: Forum) -> QuerySet[Duty]:
    """Duties that wait for a condition."""
    return forum.duties.filter(rule=Duty.Rule.CONDITION).exclude(
        occurrences__done_on=None, occurrences__isnull=False
    )


def with_overdue_first(commitments: QuerySet[Commitment], today: date) -> list[Commitment]:
    """Late ones first, then by date, those without a date last; each with `late` set."""
    rows = list(commitments.select_related("owner", "owner_seat", "forum", "decision__item__meeting__forum"))
    for row in rows:
        row.late = row.is_late(today)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda c: (not c.late, c.due_on or date.max, c.pk))  # type: ignore[attr-defined]


def unowned(district: Organisation) -> QuerySet[Commitment]:
    """Promises without an owner or a date: open ones, proposed ones, and those in the draft of a plan."""
    alive = [*CommitmentStatus.open(), CommitmentStatus.PROPOSED, CommitmentStatus.DRAFT]
    return (
        Commitment.objects.of_district(district)
        .filter(status__in=alive)
        .filter(Q(owner=None, owner_role="") | Q(due_on=None, condition=""))
    )
