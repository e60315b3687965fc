"""The cooperation in figures: counts of what is public, each with a sentence that says no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from operator import attrgetter

from django.db.models import Count, Q

from samraad.accounts.models import Organisation
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Attendance, Forum, Meeting
from samraad.look.danish import antal, kortdato
from samraad.plan.models import Edition
from samraad.public.queries import released
from samraad.public.queries.standing import LATE, RUNNING, UNANSWERED, PromiseNow, Standing, standing

MEETINGS = 12  # the last ones that are shown
ENOUGH = 8  # meetings before anybody could say that something has changed
THERE = (Attendance.Presence.PRESENT, Attendance.Presence.DEPUTY)
DONE, GOING, WAITING = "done", "going", "waiting"  # parts of a bar, with `LATE`
WORDS = {DONE: "udført", GOING: "i gang", WAITING: "ikke begyndt", LATE: "forsinket"}


@dataclass(frozen=True)
class Piece:
    """A part of a bar: what it counts, how many, and where it stands in a hundred."""

    code: str
    count: int
    begins: float
    width: float


@dataclass(frozen=True)
class Bar:
    """A line of a chart: its name, its parts, and the whole in words."""

    name: str
    pieces: list[Piece]
    words: str


@dataclass(frozen=True)
class Chart:
    """A chart: the sentence it bears out, what it counts, its bars, what to know, its table and colours."""

    title: str
    about: str
    bars: list[Bar]
    note: str
    heads: list[str]
    rows: list[list[object]]
    key: Mapping[str, str] = field(default_factory=dict)


def bar(name: str, counts: dict[str, int], whole: int, words: str) -> Bar:
    """A bar whose length is `whole` of the longest."""
    pieces, begins = [], 0.0
    for code, count in counts.items():
        width = 100 * count / max(whole, 1)
        pieces.append(Piece(code, count, round(begins, 2), round(width, 2)))
        begins += width
    return Bar(name, pieces, words)


@dataclass(frozen=True)
class NumbersPage:
    """The page: the plan it is about, and its charts; a chart of nothing is left out."""

    edition: Edition | None
    charts: list[Chart]

    @property
    def lead(self) -> str:
        """What it tells of."""
        if not self.charts:
            return "Der er ikke offentliggjort noget at tælle endnu."
        return (
            "Holder politi og kommuner det, de aftaler? Her er det, der kan tælles i det, som er offentligt."
        )


def numbers_page(district: Organisation, now: datetime, today: date) -> NumbersPage:
    """The figures of a district by now."""
    edition = released.newest(district, now)
    charts = list(attendance(district))
    if edition is not None:
        stands = standing(edition, now, today)
        charts += [
            *promises_due(edition, stands, today),
            *answers(stands),
            *promises_of_areas(edition, stands),
        ]
    return NumbersPage(edition, charts)


def attendance(district: Organisation) -> Iterable[Chart]:
    """How many seats were covered at the kredsråd's meetings whose minutes are public."""
    meetings = (
        Meeting.objects.filter(forum__district=district, forum__kind=Forum.Kind.KREDSRAAD)
        .exclude(published_at=None)
        .annotate(
            seats=Count("attendance"), covered=Count("attendance", filter=Q(attendance__presence__in=THERE))
        )
        .filter(seats__gt=0)
        .order_by("-starts_at")[:MEETINGS]
    )
    shown = sorted(meetings, key=attrgetter("starts_at"))
    if not shown:
        return
    covered, seats = sum(map(attrgetter("covered"), shown)), sum(map(attrgetter("seats"), shown))
    bars, rows = [], []
    for meeting in shown:
        words = f"{meeting.covered} af {meeting.seats}"
        bars.append(bar(kortdato(meeting.starts_at), {DONE: meeting.covered}, meeting.seats, words))
        rows.append([kortdato(meeting.starts_at), meeting.covered, meeting.seats])
    note = "Et enkelt lavt tal siger ikke, at noget har ændret sig."
    if len(shown) < ENOUGH:
        note = f"Der er for få møder til at sige, om fremmødet har ændret sig; det kræver mindst {ENOUGH}."
    many = antal(len(shown), "møde,møder")
    yield Chart(
        f"{covered} af {seats} pladser var dækket ved de seneste {many}",
        "Pladser i kredsrådet, hvor medlemmet eller en stedfortræder var med",
        bars,
        f"{note} Kilde: offentliggjorte referater.",
        ["Møde", "Dækkede pladser", "Pladser"],
        rows,
    )


def promises_due(edition: Edition, stands: Standing, today: date) -> Iterable[Chart]:
    """Of the promises whose day has passed: done in time, done later, or not told to be done."""
    in_time = later = missing = 0
    for part in (*edition.content["areas"], *edition.content["sections"]):
        for line in stands.lines(part):
            due = line.promise["due_on"]
            if not due or date.fromisoformat(due) >= today or line.now is None:
                continue
            if line.now.code != CommitmentStatus.DONE:
                missing += 1
            elif line.now.reported_on is not None and line.now.reported_on.date() <= date.fromisoformat(due):
                in_time += 1
            else:
                later += 1
    due_by_now = in_time + later + missing
    if not due_by_now:
        return
    told = [("Udført til tiden", DONE, in_time), ("Udført senere", GOING, later)]
    told.append(("Ikke meldt udført", LATE, missing))
    bars, rows = [], []
    for name, code, count in told:
        bars.append(bar(name, {code: count}, due_by_now, str(count)))
        rows.append([name, count])
    yield Chart(
        f"{in_time} af {antal(due_by_now, 'løfte,løfter')}, hvis frist er gået, er udført til tiden",
        f"Løfter i {edition.content['title']}, som deres ejer har meldt om",
        bars,
        "Løfter, hvis frist ikke er gået, tæller ikke med. Det gør løfter uden frist heller ikke.",
        ["Hvordan det gik", "Løfter"],
        rows,
    )


def answers(stands: Standing) -> Iterable[Chart]:
    """How many of the answers that a lokalråd was asked for it has released."""
    asked: dict[str, list[bool]] = {}
    for given in stands.answers.values():
        for answer in given:
            asked.setdefault(answer.short, []).append(answer.kind != UNANSWERED)
    if not asked:
        return
    bars, rows = [], []
    for name in sorted(asked):
        count, whole = sum(asked[name]), len(asked[name])
        bars.append(bar(name, {DONE: count}, whole, f"{count} af {whole}"))
        rows.append([name, count, whole])
    yield Chart(
        f"{stands.answered} af {stands.asked} svar fra lokalrådene er offentliggjort",
        "Svar på planens områder, for hvert lokalråd, der er bedt om dem",
        bars,
        "Et svar kan også være, at noget ikke er aktuelt her. Tallet siger ikke, hvor godt svaret er.",
        ["Lokalråd", "Offentliggjorte svar", "Bedt om"],
        rows,
    )


def promises_of_areas(edition: Edition, stands: Standing) -> Iterable[Chart]:
    """How the promises of each main area stand."""
    found: dict[str, dict[str, int]] = {}
    mains = {area["id"]: area["title"] for area in edition.content["areas"] if not area["parent"]}
    for area in edition.content["areas"]:
        title = mains.get(area["parent"], area["title"])
        counts = found.setdefault(title, dict.fromkeys(WORDS, 0))
        for line in stands.lines(area):
            counts[_part_of(line.now)] += 1
    with_promises = {title: counts for title, counts in found.items() if sum(counts.values())}
    if not with_promises:
        return
    longest = max(sum(counts.values()) for counts in with_promises.values())
    bars, rows = [], []
    for title, counts in with_promises.items():
        bars.append(bar(title, counts, longest, antal(sum(counts.values()), "løfte,løfter")))
        rows.append([title, *counts.values()])
    yield Chart(
        f"{stands.running} af {len(stands.promises)} løfter er i gang eller udført",
        f"Løfter i {edition.content['title']} efter område",
        bars,
        "Antallet siger ikke, hvor vigtigt et område er: ét løfte kan være større end syv.",
        ["Område", *map(str.capitalize, WORDS.values())],
        rows,
        WORDS,
    )


def _part_of(now: PromiseNow | None) -> str:
    """Which part of the bar a promise stands in."""
    if now is None:
        return WAITING
    if now.code == LATE:
        return LATE
    if now.code == CommitmentStatus.DONE:
        return DONE
    if now.code in RUNNING:
        return GOING
    return WAITING
