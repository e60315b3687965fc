"""How fora live: which sleep, which kinds a municipality lacks, how many meetings a year wants."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from samraad.accounts.models import Organisation, User
from samraad.council import permissions as may
from samraad.council.models import Appointment, Attendance, Forum, Forwarding
from samraad.council.queries.seat import SeatHeld, seats_of, turnover
from samraad.council.states import MeetingStatus
from samraad.look.danish import kortdato

SLEEPS_AFTER = timedelta(days=365)
USUAL = (
    Forum.Kind.LOKALRAAD,
    Forum.Kind.SSP,
    Forum.Kind.SECTION_115,
    Forum.Kind.PSP,
    Forum.Kind.KSP,
    Forum.Kind.MINI_INFOHOUSE,
)


@dataclass(frozen=True)
class Life:
    """How a forum lives on a day; meetings are counted for this year and last year."""

    forum: Forum
    today: date
    last_met: datetime | None
    next_met: datetime | None
    met: int
    physical: int

    @property
    def sleeps(self) -> bool:
        """It has not met for a year and has no meeting in the calendar, though it meets by a number."""
        if not self.forum.meetings_per_year or self.next_met:
            return False
        return self.last_met is None or self.last_met.date() < self.today - SLEEPS_AFTER

    @property
    def told(self) -> list[str]:
        """What it is, who calls it together, and how many of its meetings were in a room."""
        facts = list(self.forum.facts)
        if self.forum.convenor:
            facts.append(f"tovholder {self.forum.convenor}")
        if self.met:
            facts.append(f"{self.physical_words} møder fysisk i år og sidste år")
        return facts

    @property
    def met_words(self) -> str:
        """When it meets next, else when it last did."""
        if self.next_met:
            return f"næste møde {kortdato(self.next_met)}"
        if self.last_met:
            return f"sidst {kortdato(self.last_met)}"
        return "intet møde i Samråd"

    @property
    def physical_words(self) -> str:
        """ "3 af 4"."""
        if not self.met:
            return "ikke opgjort"
        return f"{self.physical} af {self.met}"


@dataclass(frozen=True)
class Coverage:
    """Which fora a municipality has for itself, and which of the usual kinds it has no part in."""

    municipality: Organisation
    own: list[Life]
    missing: list[str]

    @property
    def missing_words(self) -> str:
        """Which of the usual kinds it lacks."""
        return f"mangler {', '.join(self.missing)}"


@dataclass(frozen=True)
class ForaPage:
    """The register of a district's fora."""

    count: int
    coverage: list[Coverage]
    district_wide: list[Life]
    sleeping: list[Life]
    why_not_register: str | None


@dataclass(frozen=True)
class Year:
    """A forum's year: how many seats were covered at its meetings, how many of them changed hands."""

    year: int
    covered: int
    asked: int
    changed: int
    held: int

    @property
    def attendance_words(self) -> str:
        """ "Fremmøde 20 af 24 pladser"."""
        if not self.asked:
            return "Fremmøde ikke opgjort"
        return f"Fremmøde {self.covered} af {self.asked} pladser"

    @property
    def turnover_words(self) -> str:
        """ "Nye på pladserne: 2 af 12"."""
        if not self.held:
            return "Nye på pladserne: ikke opgjort"
        return f"Nye på pladserne: {self.changed} af {self.held}"


@dataclass(frozen=True)
class ForumMay:
    """What one reader may do with a forum."""

    register: bool
    appoint: bool
    prepare: bool
    rule: bool
    see_bin: bool


@dataclass(frozen=True)
class ForumPage:
    """A forum as one reader sees it."""

    forum: Forum
    life: Life
    seats: list[SeatHeld]
    may_confirm: list[Appointment]
    years: list[Year]
    forwarded: list[Forwarding]
    may: ForumMay


@dataclass(frozen=True)
class Lack:
    """A forum that has too few meetings in a year."""

    forum: Forum
    meetings: int


def lives(fora: QuerySet[Forum], today: date) -> list[Life]:
    """The fora, each with how it lives."""
    held = Q(meetings__status__in=MeetingStatus.after_held())
    recent = held & Q(meetings__starts_at__date__gte=date(today.year - 1, 1, 1))
    coming = Q(
        meetings__status__in=[MeetingStatus.PLANNED, MeetingStatus.CALLED],
        meetings__starts_at__date__gte=today,
    )
    in_person = recent & Q(meetings__form__in=["physical", "hybrid"])
    rows = fora.select_related("district", "convenor").annotate(
        last_met=Max("meetings__starts_at", filter=held),
        next_met=Min("meetings__starts_at", filter=coming),
        met=Count("meetings", filter=recent, distinct=True),
        physical=Count("meetings", filter=in_person, distinct=True),
    )
    return [Life(row, today, row.last_met, row.next_met, row.met, row.physical) for row in rows]


def fora_page(user: User, district: Organisation, today: date) -> ForaPage:
    """The fora of a district and how they live, in few queries."""
    active = may.visible_fora(user, district).active(today).prefetch_related("municipalities")
    alive = lives(active, today)
    return ForaPage(
        count=len(alive),
        coverage=coverage(Organisation.objects.of_district(district, today), alive),
        district_wide=[life for life in alive if len(life.forum.municipalities.all()) != 1],
        sleeping=[life for life in alive if life.sleeps],
        why_not_register=may.register_forum.reason(user, district),
    )


def coverage(municipalities: Iterable[Organisation], alive: list[Life]) -> list[Coverage]:
    """Of each municipality which fora are its alone, and which of the usual kinds it lacks altogether."""
    rows = []
    for municipality in municipalities:
        own = [life for life in alive if municipality in life.forum.municipalities.all()]
        kinds = {life.forum.kind for life in own}
        rows.append(
            Coverage(
                municipality=municipality,
                own=[life for life in own if len(life.forum.municipalities.all()) == 1],
                missing=[str(kind.label) for kind in USUAL if kind.value not in kinds],
            )
        )
    return rows


def forum_page(forum: Forum, user: User, today: date) -> ForumPage:
    """All that the page of a forum shows to a reader."""
    (life,) = lives(Forum.objects.filter(pk=forum.pk), today)
    seats = seats_of(forum, today)
    waiting = [appointment for held in seats for appointment in held.waiting]
    return ForumPage(
        forum=forum,
        life=life,
        seats=seats,
        may_confirm=[each for each in waiting if may.confirm.allows(user, each)],
        years=[year_of(forum, today.year), year_of(forum, today.year - 1)],
        forwarded=_forwarded_to(forum, user),
        may=ForumMay(
            register=may.register_forum.allows(user, forum.district),
            appoint=may.appoint.allows(user, forum),
            prepare=may.prepare.allows(user, forum),
            rule=may.set_rules.allows(user, forum),
            see_bin=may.see_bin.allows(user, forum),
        ),
    )


def _forwarded_to(forum: Forum, user: User) -> list[Forwarding]:
    """What other fora sent to it, for those inside."""
    if not may.see_inside.allows(user, forum):
        return []
    return list(forum.forwarded_items.select_related("item__meeting__forum"))


def year_of(forum: Forum, year: int) -> Year:
    """How a forum's meetings were attended in a year, and how many people were new."""
    rows = Attendance.objects.filter(meeting__forum=forum, meeting__starts_at__year=year)
    covered = rows.filter(presence__in=["present", "deputy"])
    return Year(year, covered.count(), rows.count(), *turnover(forum, year))


def too_few_meetings(forum: Forum, year: int) -> int:
    """How many meetings a year lacks of the forum's own number (a kredsråd: at least four, BEK 1426 § 3)."""
    wanted = forum.meetings_per_year or (4 if forum.is_kredsraad else 0)
    planned = forum.meetings.filter(starts_at__year=year).exclude(status=MeetingStatus.CANCELLED).count()
    return max(0, wanted - planned)


def short_of_meetings(fora: list[Forum], year: int) -> list[Lack]:
    """Those of the fora that have too few meetings in a year."""
    lacks = [Lack(forum, too_few_meetings(forum, year)) for forum in fora]
    return [lack for lack in lacks if lack.meetings]
