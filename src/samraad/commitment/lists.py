"""The list of commitments: what is chosen of it in the address, and the same as a sheet."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode

from django.core.validators import slug_re
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractYear

from samraad.accounts.models import Organisation, User
from samraad.commitment import permissions as may
from samraad.commitment.models import Commitment
from samraad.commitment.queries import unowned_in, with_overdue_first
from samraad.commitment.states import CommitmentStatus
from samraad.council.permissions import organisations_inside
from samraad.documents.spreadsheet import Sheet

LONGEST = 60  # letters of a municipality's word in an address
OPEN, LATE, PROPOSED, DRAFTS, UNOWNED, CLOSED = (
    "aabne",
    "forsinket",
    "foreslaaet",
    "udkast",
    "uden",
    "afsluttet",
)
# The lists of commitments: the word in the address -> what its link says
LISTS = {
    OPEN: "Åbne",
    LATE: "Forsinket",
    PROPOSED: "Foreslået",
    DRAFTS: "I et udkast",
    UNOWNED: "Uden ansvarlig eller frist",
    CLOSED: "Afsluttet",
}


def in_lists(district: Organisation, today: date) -> dict[str, Q]:
    """Which commitments stand in which list, by the word in its address."""
    return {
        OPEN: Q(status__in=CommitmentStatus.open()),
        LATE: Commitment.objects.late_on(today),
        PROPOSED: Q(status=CommitmentStatus.PROPOSED),
        DRAFTS: Q(status=CommitmentStatus.DRAFT),
        UNOWNED: unowned_in(district),
        CLOSED: Q(status__in=CommitmentStatus.closed()),
    }


@dataclass(frozen=True)
class Chosen:
    """What is chosen: a list, one's own, an owner, a year; all of it stands in the address."""

    shown: str = OPEN
    ours: bool = False
    place: str = ""
    year: int = 0

    @property
    def address(self) -> str:
        """The address that chooses so."""
        asked = {}
        if self.shown != OPEN:
            asked["vis"] = self.shown
        if self.ours:
            asked["vores"] = "1"
        if self.place:
            asked["kommune"] = self.place
        if self.year:
            asked["aar"] = str(self.year)
        return f"?{urlencode(asked)}"

    @property
    def extended(self) -> str:
        """The same with room for one thing more, such as the form of a file."""
        if self.address == "?":
            return self.address
        return f"{self.address}&"


def chosen(asked: Mapping[str, str]) -> Chosen:
    """What an address chooses; what it says of anything that is not there is left out."""
    shown, year = asked.get("vis", OPEN), asked.get("aar", "")
    if shown not in LISTS:
        shown = OPEN
    number = 0
    if year.isdecimal() and len(year) == 4:
        number = int(year)
    place = asked.get("kommune", "")
    if len(place) > LONGEST or not slug_re.fullmatch(place):
        place = ""
    return Chosen(shown, asked.get("vores") == "1", place, number)


@dataclass(frozen=True)
class Filter:
    """A link to the same list with something else chosen."""

    words: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class CommitmentsPage:
    """One of the lists of commitments that a reader may see, and the ways to choose otherwise."""

    rows: list[Commitment]
    chosen: Chosen
    filters: list[Filter]
    whose: list[Filter]
    places: list[Filter]
    years: list[Filter]
    late: int

    @property
    def narrowed(self) -> bool:
        """Is anything but a list chosen?"""
        return replace(self.chosen, shown=OPEN) != Chosen()

    @property
    def told(self) -> str:
        """What is chosen besides the list, in words."""
        words = []
        for filters in (self.whose, self.places, self.years):
            words += [each.words for each in filters[1:] if each.current]
        return ", ".join(words)

    @property
    def whole(self) -> str:
        """The address of the same list with nothing else chosen."""
        return Chosen(self.chosen.shown).address


def commitments_page(user: User, district: Organisation, wanted: Chosen, today: date) -> CommitmentsPage:
    """The list that was asked for."""
    lists = in_lists(district, today)
    mine = may.visible_commitments(user, district)
    narrowed = _narrowed(mine, wanted, user)
    counting = {}
    for code, stands_there in lists.items():
        counting[code] = Count("pk", filter=stands_there, distinct=True)
    counts = narrowed.aggregate(**counting)
    filters = []
    for code, words in LISTS.items():
        filters.append(Filter(words, replace(wanted, shown=code).address, code == wanted.shown, counts[code]))
    return CommitmentsPage(
        rows=with_overdue_first(narrowed.filter(lists[wanted.shown]).distinct(), today),
        chosen=wanted,
        filters=filters,
        whose=[
            Filter("Alle, jeg må se", replace(wanted, ours=False).address, not wanted.ours),
            Filter("Vores", replace(wanted, ours=True).address, wanted.ours),
        ],
        places=_places(mine, wanted),
        years=_years(mine, wanted),
        late=mine.filter(lists[LATE]).distinct().count(),
    )


def _narrowed(mine: QuerySet[Commitment], wanted: Chosen, user: User) -> QuerySet[Commitment]:
    """Those of one's own organisations, of a municipality, with a date in a year; as far as chosen."""
    if wanted.ours:
        mine = mine.filter(owner__in=organisations_inside(user))
    if wanted.place:
        mine = mine.filter(owner__slug=wanted.place)
    if wanted.year:
        mine = mine.filter(due_on__year=wanted.year)
    return mine


def _places(mine: QuerySet[Commitment], wanted: Chosen) -> list[Filter]:
    """The owners of what one may see."""
    owners = Organisation.objects.filter(pk__in=mine.order_by().values("owner"))
    found = [Filter("Alle ansvarlige", replace(wanted, place="").address, not wanted.place)]
    for owner in owners:
        address = replace(wanted, place=owner.slug).address
        found.append(Filter(owner.short_name, address, owner.slug == wanted.place))
    return found


def _years(mine: QuerySet[Commitment], wanted: Chosen) -> list[Filter]:
    """The years in which something falls due."""
    due = mine.exclude(due_on=None).order_by()
    found = [Filter("Alle år", replace(wanted, year=0).address, not wanted.year)]
    for year in sorted(set(due.values_list(ExtractYear("due_on"), flat=True))):
        found.append(Filter(str(year), replace(wanted, year=year).address, year == wanted.year))
    return found


def sheet(page: CommitmentsPage) -> Sheet:
    """The list as it is shown, for a spreadsheet."""
    rows = []
    for commitment in page.rows:
        rows.append(
            [
                commitment.text,
                commitment.owner_text,
                commitment.due_on,
                commitment.condition,
                _state(commitment),
                commitment.short_origin,
                str(commitment.forum),
            ]
        )
    heads = ["Løfte", "Ansvarlig", "Frist", "Venter på", "Status", "Aftalt i", "Forum"]
    return Sheet("Løfter", heads, rows)


def _state(commitment: Commitment) -> str:
    if commitment.late:
        return "Forsinket"
    return str(commitment.get_status_display())
