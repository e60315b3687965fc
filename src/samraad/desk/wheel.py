"""The annual wheel of a forum: its duties of a year in a table, and the year as a ring with its meetings."""

import math
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from manuscript.dates import MONTHS
from samraad.accounts.models import Organisation, User
from samraad.commitment.models import Duty, Occurrence
from samraad.commitment.queries import WheelRow, duties_of_year, waiting_duties
from samraad.council import permissions as may
from samraad.council.models import Forum, Meeting
from samraad.council.queries.forum import too_few_meetings
from samraad.council.queries.meeting import offsite_turns
from samraad.council.states import MeetingStatus
from samraad.look.danish import antal, kortdato

STATE_WORDS = {
    "done": "opfyldt",
    "placed": "på en dagsorden",
    "proposed": "foreslår sig selv",
    "waits": "venter",
    "hole": "intet møde i vinduet",
    "removed": "taget af i år",
}

# The picture's measures, in its own units
SIZE = 520
MIDDLE = SIZE // 2
RING = 190  # radius of the ring of months
MEETINGS = RING - 44  # of the dots inside it
DUTIES = RING + 36  # of the dots outside it
APART = 25  # between the middles of two dots outside
STEP = 0.13  # radians that a dot moves when its place is taken


@dataclass(frozen=True)
class WheelLine:
    """A duty in the year, with its number in table and picture."""

    number: int
    row: WheelRow

    @property
    def duty(self) -> Duty:
        """What is to be done."""
        return self.row.occurrence.duty

    @property
    def occurrence(self) -> Occurrence:
        """When it is to be done this year, and what became of it."""
        return self.row.occurrence

    @property
    def word(self) -> str:
        """Its state in words."""
        return STATE_WORDS[self.row.state]

    @property
    def spoken(self) -> str:
        """How those who hear a page are told of it."""
        return f"{self.duty}, senest {kortdato(self.occurrence.due_on)}"

    @property
    def is_open(self) -> bool:
        """Is it neither met nor taken away?"""
        return self.row.state not in ("done", "removed")


@dataclass(frozen=True)
class DutyGroup:
    """A duty with all its times in the year: it is told once."""

    duty: Duty
    lines: list[WheelLine]


@dataclass(frozen=True)
class Dot:
    """A dot or a word of the picture: where its middle is, what it says, and which kind it is."""

    x: float
    y: float
    says: str
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the picture, from one point to another."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True)
class Ring:
    """The year as a ring: meetings inside, duties (numbered as in the table) outside, a line for today."""

    months: list[Dot]
    borders: list[Line]
    meetings: list[Dot]
    duties: list[Dot]
    today: Line | None
    size: int = SIZE
    middle: int = MIDDLE
    radius: int = RING


@dataclass(frozen=True)
class WheelPage:
    """The wheel of a forum in a year, for one reader."""

    forum: Forum
    year: int
    lines: list[WheelLine]
    meetings: list[Meeting]
    ring: Ring
    too_few: int
    sleeping: QuerySet[Duty]
    turns: list[tuple[Organisation, date | None]]
    why_not: str | None

    @property
    def title(self) -> str:
        """Its heading."""
        return f"Årshjul {self.year}"

    @property
    def duties_title(self) -> str:
        """The heading over its duties."""
        return f"Pligter i {self.year}"

    @property
    def count_words(self) -> str:
        """ "4 møder, 12 pligter."."""
        meetings = antal(len(self.meetings), "møde,møder")
        return f"{meetings}, {antal(len(self.lines), 'pligt,pligter')}."

    @property
    def groups(self) -> list[DutyGroup]:
        """The duties, each once, by the first of their days."""
        found: dict[int, DutyGroup] = {}
        for line in self.lines:
            found.setdefault(line.duty.pk, DutyGroup(line.duty, [])).lines.append(line)
        return list(found.values())

    @property
    def hole_words(self) -> str:
        """How many duties have no meeting; nothing when all have."""
        holes = sum(line.row.state == "hole" for line in self.lines)
        if not holes:
            return ""
        return f"{antal(holes, 'hul,huller')}: intet møde, hvor pligten kan tages op."

    @property
    def lack_words(self) -> str:
        """How many meetings the year lacks; nothing when it has enough."""
        if not self.too_few:
            return ""
        return f"Der mangler {antal(self.too_few, 'møde,møder')}."


def fora_of(user: User, district: Organisation) -> dict[int, Forum]:
    """The fora whose wheel a person may see, by number."""
    held = [a for a in may.appointments(user) if a.function in may.INSIDE]
    return {a.seat.forum_id: a.seat.forum for a in held if a.seat.forum.district_id == district.pk}


def first_of(fora: list[Forum]) -> Forum:
    """The wheel that is shown when none is asked for: the kredsråd's, else the first."""
    for forum in fora:
        if forum.is_kredsraad:
            return forum
    return fora[0]


def wheel_page(forum: Forum, year: int, user: User, today: date) -> WheelPage:
    """All that the page of a wheel shows."""
    meetings = list(
        forum.meetings.filter(starts_at__year=year)
        .exclude(status=MeetingStatus.CANCELLED)
        .order_by("starts_at")
    )
    lines = [WheelLine(number, row) for number, row in enumerate(duties_of_year(forum, year), start=1)]
    return WheelPage(
        forum=forum,
        year=year,
        lines=lines,
        meetings=meetings,
        ring=ring(year, today, meetings, lines),
        too_few=too_few_meetings(forum, year),
        sleeping=waiting_duties(forum),
        turns=offsite_turns(forum) if forum.is_kredsraad else [],
        why_not=may.prepare.reason(user, forum),
    )


def ring(year: int, today: date, meetings: list[Meeting], lines: list[WheelLine]) -> Ring:
    """The picture of a year."""
    months, borders = [], []
    for number, name in enumerate(MONTHS, start=1):
        months.append(Dot(*_at(date(year, number, 15), RING), name[:3]))
        borders.append(_spoke(date(year, number, 1), RING - 17, RING + 17))
    days = [meeting.starts_at.date() for meeting in meetings]
    return Ring(
        months=months,
        borders=borders,
        meetings=[Dot(*_at(day, MEETINGS), str(day.day)) for day in days],
        duties=_outside(lines),
        today=_spoke(today, RING - 60, RING + 24) if today.year == year else None,
    )


def _outside(lines: list[WheelLine]) -> list[Dot]:
    """The duties' dots; those of the same days move along the ring instead of over each other."""
    dots: list[Dot] = []
    for line in lines:
        x, y = _free_place(_angle(line.occurrence.due_on), dots)
        dots.append(Dot(x, y, str(line.number), line.row.state))
    return dots


def _free_place(angle: float, taken: list[Dot]) -> tuple[float, float]:
    """The nearest free place to an angle: there, a step to this side, a step to that, two steps …"""
    for step in range(8):
        side = -1 if step % 2 else 1
        place = _point(angle + side * STEP * ((step + 1) // 2), DUTIES)
        if all(math.hypot(place[0] - dot.x, place[1] - dot.y) > APART for dot in taken):
            break
    return place


def _spoke(day: date, start: float, end: float) -> Line:
    return Line(*_at(day, start), *_at(day, end))


def _at(day: date, radius: float) -> tuple[float, float]:
    return _point(_angle(day), radius)


def _angle(day: date) -> float:
    """1 January is at the top, and the year goes round with the clock."""
    return 2 * math.pi * (day.timetuple().tm_yday - 1) / 365 - math.pi / 2


def _point(angle: float, radius: float) -> tuple[float, float]:
    return round(MIDDLE + radius * math.cos(angle), 1), round(MIDDLE + radius * math.sin(angle), 1)
