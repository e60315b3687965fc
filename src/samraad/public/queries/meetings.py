"""What everybody reads of a meeting before its minutes: the open agenda, and when the minutes are to come."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samraad.accounts.models import Organisation
from samraad.council.models import AgendaItem, Forum, Meeting
from samraad.council.states import MeetingStatus
from samraad.look.danish import antal, klokken, kortdato

HELD = (MeetingStatus.HELD, MeetingStatus.MINUTES_SENT, MeetingStatus.APPROVED)


def with_open_agenda(district: Organisation, today: date) -> QuerySet[Meeting]:
    """Coming meetings of the kredsråd whose agenda is out."""
    return (
        Meeting.objects.filter(
            forum__district=district,
            forum__kind=Forum.Kind.KREDSRAAD,
            status=MeetingStatus.CALLED,
            starts_at__date__gte=today,
        )
        .select_related("forum__district", "host")
        .order_by("starts_at")
    )


@dataclass(frozen=True)
class AgendaLine:
    """An item as everybody reads it before the meeting: of a closed one only that it is there."""

    number: int
    title: str
    kind: str


@dataclass(frozen=True)
class AgendaPage:
    """The open agenda of a meeting to come."""

    meeting: Meeting
    lines: list[AgendaLine]

    @property
    def facts(self) -> list[str]:
        """When and where, and how."""
        told = [f"kl. {klokken(self.meeting.starts_at)}-{klokken(self.meeting.ends_at)}"]
        if self.meeting.place:
            told.append(self.meeting.place)
        told.append(str(self.meeting.get_form_display()))
        return told

    @property
    def closed(self) -> str:
        """How many items are closed, in a sentence; empty when none is."""
        count = sum(not line.kind for line in self.lines)
        if not count:
            return ""
        closed = antal(count, "punkt er lukket,punkter er lukkede")
        return f"{closed}: der bliver talt om noget, som ikke er for alle."


def agenda_page(meeting: Meeting) -> AgendaPage:
    """The agenda as it was sent out; neither texts nor papers, and of a closed item not even its title."""
    lines = []
    items = AgendaItem.objects.filter(meeting=meeting).on_agenda().order_by("position")
    for item in items.only("position", "title", "kind", "closed", "withheld", "meeting_id"):
        if item.told_to_all:
            lines.append(AgendaLine(item.position, item.title, str(item.get_kind_display())))
        else:
            lines.append(AgendaLine(item.position, "Lukket punkt", ""))
    return AgendaPage(meeting, lines)


@dataclass(frozen=True)
class Awaited:
    """A meeting that was held and whose minutes are not public yet."""

    meeting: Meeting

    @property
    def words(self) -> str:
        """When they are to come."""
        due = self.meeting.objections_due_on
        if self.meeting.awaits_approval and due is not None:
            until = kortdato(due)
            return f"Medlemmerne kan komme med bemærkninger til og med {until}. Så bliver det offentligt."
        if self.meeting.status == MeetingStatus.APPROVED:
            return "Referatet er godkendt og bliver snart offentligt."
        return "Referatet er ved at blive skrevet."


def awaited(district: Organisation, today: date) -> list[Awaited]:
    """The kredsråd's meetings of the last year whose minutes one still waits for, newest first."""
    rows = Meeting.objects.filter(
        forum__district=district,
        forum__kind=Forum.Kind.KREDSRAAD,
        status__in=HELD,
        published_at=None,
        withdrawn_because="",
        starts_at__date__gte=today.replace(year=today.year - 1, day=1),
    )
    return list(map(Awaited, rows.select_related("forum").order_by("-starts_at")))
