"""Questions about commitments and the wheel: what is late, what nobody owns, which duty has no meeting."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Q, QuerySet

from manuscript.text import shortened
from samraad.accounts.models import Organisation, User
from samraad.audit.rooms import Proposal
from samraad.commitment import permissions as may
from samraad.commitment.models import Commitment, DueChange, Duty, Occurrence, Progress
from samraad.commitment.states import CommitmentStatus, WheelState
from samraad.council.models import AgendaItem, Forum, Meeting, Seat
from samraad.council.permissions import appointments
from samraad.council.states import MeetingStatus
from samraad.look.danish import dato


def proposals(meeting: Meeting, today: date) -> Iterator[Proposal]:
    """Late commitments of the meeting's forum, and duties in whose window it lies."""
    for commitment in Commitment.objects.filter(forum=meeting.forum).late(today).select_related("owner"):
        yield Proposal(
            key=commitment.key,
            title=str(commitment),
            why=f"Fristen var {dato(commitment.due_on)}. Ansvarlig: {commitment.owner_words}.",
            mark="forsinket",
            item_kind=AgendaItem.Kind.DISCUSSION,
            item_title=shortened(f"Forsinket: {commitment}", 200),
            late=True,
            closed=commitment.held_back,
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
    keys = list(map(attrgetter("key"), occurrences))
    gone = [AgendaItem.Outcome.POSTPONED, AgendaItem.Outcome.WITHDRAWN]
    items = AgendaItem.objects.filter(proposal__in=keys)
    alive = items.exclude(outcome__in=gone).exclude(meeting__status=MeetingStatus.CANCELLED)
    return {item.proposal: item for item in alive.select_related("meeting__forum")}


def waits_for_a_meeting(duty: Duty) -> bool:
    """Does an occurrence of the duty stand on no agenda yet?"""
    waiting = duty.occurrences.filter(done_on=None, removed_because="")
    placed = places(waiting)
    return any(each.key not in placed for each in waiting)


@dataclass(frozen=True)
class WheelRow:
    """A duty in one year: the item it stands on, the meeting it has or could have, and its state."""

    occurrence: Occurrence
    item: AgendaItem | None
    meeting: Meeting | None
    state: WheelState


def duties_of_year(forum: Forum, year: int) -> list[WheelRow]:
    """The year's occurrences with their state and meeting."""
    meetings = list(forum.meetings.filter(starts_at__year=year).exclude(status=MeetingStatus.CANCELLED))
    occurrences = list(Occurrence.objects.filter(duty__forum=forum, year=year).select_related("duty"))
    placed = places(occurrences)
    rows = []
    for occurrence in occurrences:
        item = placed.get(occurrence.key)
        meeting = _first_inside(occurrence, meetings)
        if item is not None:
            meeting = item.meeting
        rows.append(WheelRow(occurrence, item, meeting, _wheel_state(occurrence, item, meeting)))
    return rows


def _first_inside(occurrence: Occurrence, meetings: list[Meeting]) -> Meeting | None:
    """The first meeting in an occurrence's window."""
    for meeting in sorted(meetings, key=attrgetter("starts_at")):
        if occurrence.starts_on <= meeting.starts_at.date() <= occurrence.due_on:
            return meeting
    return None


def _wheel_state(occurrence: Occurrence, item: AgendaItem | None, meeting: Meeting | None) -> WheelState:
    if occurrence.removed_because:
        return WheelState.REMOVED
    if occurrence.done_on:
        return WheelState.DONE
    if item:
        return WheelState.PLACED
    if not occurrence.duty.on_agenda:
        return WheelState.WAITS
    if meeting is None:
        return WheelState.HOLE
    return WheelState.PROPOSED


def waiting_duties(forum: Forum) -> QuerySet[Duty]:
    """Duties that wait for a condition."""
    return forum.duties.filter(rule=Duty.Rule.CONDITION).exclude(
        occurrences__done_on=None, occurrences__isnull=False
    )


def with_overdue_first(commitments: QuerySet[Commitment], today: date) -> list[Commitment]:
    """Late ones first, then by date, those without a date last."""
    rows = list(
        commitments.select_related("owner", "owner_seat", "forum__district", "decision__item__meeting__forum")
    )

    def late_then_by_date(commitment: Commitment) -> tuple[bool, date, int]:
        return not commitment.is_late(today), commitment.due_on or date.max, commitment.pk

    return sorted(rows, key=late_then_by_date)


def unowned(district: Organisation) -> QuerySet[Commitment]:
    """Those without an owner or a date: open ones, proposed ones, and those in the draft of a plan."""
    return Commitment.objects.filter(unowned_in(district))


def unowned_in(district: Organisation) -> Q:
    """The condition of having no owner or no date."""
    alive = [*CommitmentStatus.open(), CommitmentStatus.PROPOSED, CommitmentStatus.DRAFT]
    nobody, never = Q(owner=None, owner_role=""), Q(due_on=None, condition="")
    return Q(forum__district=district, status__in=alive) & (nobody | never)


def fora_to_write_in(user: User) -> list[Forum]:
    """The fora whose commitments the person writes down, each once."""
    found: list[Forum] = []
    for held in appointments(user):
        forum = held.seat.forum
        if forum not in found and may.propose.allows(user, forum):
            found.append(forum)
    return found


def owners_in(district: Organisation) -> QuerySet[Organisation]:
    """Who can be asked: organisations with a seat in the district, and bodies outside the districts."""
    local = [Organisation.Kind.MUNICIPALITY, Organisation.Kind.DISTRICT]
    return Organisation.objects.filter(Q(seats__forum__district=district) | ~Q(kind__in=local)).distinct()


def seats_in(district: Organisation) -> QuerySet[Seat]:
    """The members' seats of the district's fora."""
    return (
        Seat.objects.filter(forum__district=district, member=True).select_related("forum").order_by("title")
    )


@dataclass(frozen=True)
class WhyNot:
    """Why one reader may not do something with a commitment; "" when she may."""

    answer: str
    report: str
    release: str
    confirm: str
    change: str
    correct: str


@dataclass(frozen=True)
class CommitmentPage:
    """A commitment as one reader sees it."""

    commitment: Commitment
    why_not: WhyNot
    late: bool
    progress: list[Progress]
    due_changes: list[DueChange]
    agenda_items: list[AgendaItem]

    @property
    def last(self) -> Progress | None:
        """The newest report."""
        return next(iter(self.progress), None)

    @property
    def unreleased(self) -> bool:
        """Is there a report that only those at work read?"""
        return any(report.released_at is None for report in self.progress)

    @property
    def progress_mark(self) -> str:
        """How its reports stand in the thread: "open" without any, "stop" when it is late."""
        if not self.progress:
            return "open"
        if self.late:
            return "stop"
        return ""


def commitment_page(commitment: Commitment, user: User, today: date) -> CommitmentPage:
    """All that the page of a commitment shows to a reader."""
    taken_up = AgendaItem.objects.filter(proposal=commitment.key).select_related("meeting__forum__district")
    return CommitmentPage(
        commitment=commitment,
        why_not=WhyNot(
            answer=may.answer.reason(user, commitment),
            report=may.report.reason(user, commitment),
            release=may.release.reason(user, commitment),
            confirm=may.confirm.reason(user, commitment),
            change=may.change.reason(user, commitment),
            correct=may.correct.reason(user, commitment),
        ),
        late=commitment.is_late(today),
        progress=list(commitment.progress.all()),
        due_changes=list(commitment.due_changes.all()),
        agenda_items=list(taken_up),
    )
