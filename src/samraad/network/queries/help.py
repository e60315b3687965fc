"""Whom a citizen calls: the worries to choose from, the places, the answer; and what its keepers see."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.actor import Actor
from samraad.look.danish import antal
from samraad.network import permissions as may
from samraad.network.hours import ALWAYS, Now, at_moment, read_hours
from samraad.network.models import HelpNumber, Step, Worry
from samraad.network.models.help import lines_of

NOBODY_KNOWS = "0"  # in the address of the answer: "det ved jeg ikke"


@dataclass(frozen=True)
class Group:
    """Worries that belong together."""

    code: str
    title: str
    worries: list[Worry]


def grouped(worries: Iterable[Worry]) -> list[Group]:
    """The worries under their headings, in the order of these."""
    by_code: dict[str, list[Worry]] = {}
    for worry in worries:
        by_code.setdefault(worry.group, []).append(worry)
    groups = []
    for code, title in Worry.Group.choices:
        if code in by_code:
            groups.append(Group(code, str(title), by_code[code]))
    return groups


def places_of(district: Organisation, today: date) -> list[Organisation]:
    """The municipalities to choose from, by name."""
    return sorted(Organisation.objects.of_district(district, today), key=lambda place: place.short_name)


@dataclass(frozen=True)
class HelpAnswer:
    """Whom to call, is it open, what happens then.

    Without a number that was called up lately it is 114, with a sentence to say.
    """

    worry: Worry
    district: Organisation
    place: Organisation | None
    number: HelpNumber | None
    others: list[HelpNumber]
    was_gone: bool
    now: datetime
    today: date

    @property
    def heading(self) -> str:
        """The answer itself."""
        if self.number is not None:
            return f"Ring til {self.number}{self._at_place}"
        if self.place is not None:
            return f"Ring 114, og bed om den sociale vagt for {self.place.short_name}"
        return "Ring 114, og bed om den sociale vagt"

    @property
    def who(self) -> str:
        """Who answers."""
        if self.number is None:
            return "Politiet, som kan stille dig om til kommunen"
        return str(self.number)

    @property
    def say(self) -> str:
        """What one can say to 114."""
        if not self.worry.say:
            return "Hvem hos jer tager sig af det, jeg er bekymret for?"
        return self.worry.say

    @property
    def _at_place(self) -> str:
        """Where the number is, when it is the municipality's own."""
        if self.number is None or self.number.municipality is None:
            return ""
        return f" i {self.number.municipality}"

    @property
    def lead(self) -> str:
        """Before one calls."""
        if self.number is not None:
            return self.worry.lead
        if self.was_gone:
            return (
                "Nummeret her er ikke ringet op i et halvt år og er taget væk. "
                "114 finder den rigtige for dig."
            )
        if self.place is None:
            return "114 finder den rigtige for dig hele døgnet."
        return (
            f"{self.place} har ikke skrevet et nummer her endnu. 114 finder den rigtige for dig hele døgnet."
        )

    @property
    def open_now(self) -> Now:
        """Is it answered now? 114 always is."""
        if self.number is None:
            return at_moment(ALWAYS, self.now)
        return at_moment(self.number.hours, self.now)

    @property
    def has_week(self) -> bool:
        """Are there hours to fold out?"""
        if self.number is None:
            return False
        return bool(read_hours(self.number.hours))

    @property
    def week(self) -> list[str]:
        """The opening hours as they were written, a line each."""
        if self.number is None:
            return []
        return lines_of(self.number.hours)

    @property
    def steps(self) -> list[Step]:
        """What happens when one has called."""
        return self.worry.told_steps

    @property
    def anonymous(self) -> list[str]:
        """Can one be nobody? A line each, of what was written of the worry."""
        return lines_of(self.worry.anonymous)

    @property
    def stale(self) -> bool:
        """Was it called up more than 90 days ago?"""
        if self.number is None:
            return False
        return self.number.is_stale(self.today)


def answer(worry: Worry, place: Organisation | None, now: datetime, today: date) -> HelpAnswer:
    """The answer to a worry in a place: the municipality's own number, else the district's, else 114."""
    here = Q(municipality=None)
    if place is not None:
        here |= Q(municipality=place)
    first, others, was_gone = None, [], False
    ours = worry.numbers.filter(here).select_related("municipality")
    for number in ours.order_by(F("municipality").asc(nulls_last=True), "pk"):
        if number.is_gone(today):
            was_gone |= number.first
        elif not number.first:
            others.append(number)
        elif first is None:
            first = number
    return HelpAnswer(worry, worry.district, place, first, others, was_gone, now, today)


@dataclass(frozen=True)
class PlaceRow:
    """A municipality, or the whole district, with the number for a worry there."""

    place: Organisation
    number: HelpNumber | None
    today: date
    may_keep: bool

    @property
    def code(self) -> str:
        """How it stands, in the list of states (`look.STATUS`)."""
        if self.number is None:
            return "waits"
        if self.number.is_gone(self.today):
            return "late"
        if self.number.is_stale(self.today):
            return "waiting"
        return "done"

    @property
    def words(self) -> str:
        """The same in words."""
        return {
            "waits": "intet nummer",
            "late": "taget væk for borgerne",
            "waiting": "bør ringes op",
            "done": "kontrolleret",
        }[self.code]


@dataclass(frozen=True)
class WorryPage:
    """A worry as those see it who keep it."""

    worry: Worry
    rows: list[PlaceRow]
    others: list[PlaceRow]
    may_write: bool

    @property
    def told(self) -> str:
        """ "7 af 9 kommuner har et nummer · 2 skal ringes op"."""
        said = [self._shown]
        due = self._count([*self.rows, *self.others], "waiting", "late")
        if due:
            said.append(f"{antal(due, 'nummer,numre')} skal ringes op")
        return " · ".join(said)

    @property
    def _shown(self) -> str:
        """For whom there is a number that citizens get."""
        *local, whole = self.rows
        if self._count([whole], "done", "waiting"):
            return "Hele kredsen har et nummer"
        if not local:
            return "Intet nummer; borgerne får 114"
        many = antal(len(local), "kommune,kommuner")
        return f"{self._count(local, 'done', 'waiting')} af {many} har et nummer"

    @staticmethod
    def _count(rows: list[PlaceRow], *codes: str) -> int:
        return sum(row.code in codes for row in rows)


def worry_pages(district: Organisation, reader: Actor) -> list[WorryPage]:
    """All worries of a district with their numbers, as `reader` may keep them."""
    worries = district.worries.prefetch_related("numbers__municipality").select_related("district")
    return _pages(worries, district, reader)


def worry_page(worry: Worry, reader: Actor) -> WorryPage:
    """One of them."""
    [page] = _pages([worry], worry.district, reader)
    return page


def _pages(worries: Iterable[Worry], district: Organisation, reader: Actor) -> list[WorryPage]:
    today = clock.today()
    places = places_of(district, today)
    keeps = {place.pk: may.keep_numbers.allows(reader, place) for place in [*places, district]}
    may_write = may.keep_worries.allows(reader, district)
    pages = []
    for worry in worries:
        firsts: dict[int | None, HelpNumber] = {}
        others = []
        for number in worry.numbers.all():
            if number.first:
                firsts[number.municipality_id] = number
            else:
                others.append(PlaceRow(district, number, today, keeps[district.pk]))
        rows = []
        if worry.needs_place:
            for place in places:
                rows.append(PlaceRow(place, firsts.get(place.pk), today, keeps[place.pk]))
        rows.append(PlaceRow(district, firsts.get(None), today, keeps[district.pk]))
        pages.append(WorryPage(worry, rows, others, may_write))
    return pages
