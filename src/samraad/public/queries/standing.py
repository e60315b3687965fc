"""How an edition's promises and answers go: only what was released, and that a public date has passed."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from samraad.accounts.models import Organisation
from samraad.audit.queries import told_of
from samraad.commitment.models import Progress
from samraad.commitment.states import LET_GO, CommitmentStatus
from samraad.look.danish import isodato, kortdato
from samraad.plan.models import Edition, Plan
from samraad.plan.queries import newest_editions
from samraad.plan.states import CellState

Promise = dict[str, Any]  # a commitment, as an edition has it
LATE = "late"
BEGUN = (CommitmentStatus.ACCEPTED, CommitmentStatus.IN_PROGRESS)
RUNNING = (CommitmentStatus.IN_PROGRESS, CommitmentStatus.REPORTED, CommitmentStatus.DONE)
UNANSWERED = "none"
LETTERS = {"initiative": "I", "covered": "D", "not_here": "N", UNANSWERED: "M"}
ICONS = {"initiative": "flag-fill", "covered": "check", "not_here": "minus", UNANSWERED: "hourglass"}


@dataclass(frozen=True)
class PromiseNow:
    """How a promise goes: its state, the newest released report, and what was expected and came."""

    code: str
    word: str
    report: str
    reported_on: datetime | None
    expected: str
    real: str


@dataclass(frozen=True)
class PromiseLine:
    """A promise of an edition as it was written, in the area or section it stands in, with how it goes."""

    promise: Promise
    area: str
    now: PromiseNow | None

    @property
    def text(self) -> str:
        """What was promised."""
        return str(self.promise["text"])

    @property
    def facts(self) -> list[str]:
        """By whom, by when, and what came of it."""
        return [self._owner, self._when("når {}"), *self._outcome]

    @property
    def local_facts(self) -> list[str]:
        """The same on the page of the municipality that owns it: where it stands, and by when."""
        return [self.area, self._when("{}")]

    @property
    def is_late(self) -> bool:
        """Has its day passed, as far as everybody knows?"""
        return self.now is not None and self.now.code == LATE

    @property
    def report_words(self) -> str:
        """What its owner last told; nothing when nothing was released."""
        if self.now is None or not self.now.report:
            return ""
        return f"Status {kortdato(self.now.reported_on)}: {self.now.report}"

    @property
    def _owner(self) -> str:
        owner = self.promise["owner"] or "uden ansvarlig"
        if self.promise.get("outside"):
            return f"{owner} (uden for kredsen)"
        return str(owner)

    def _when(self, condition: str) -> str:
        if self.promise["due_on"]:
            return f"senest {isodato(self.promise['due_on'])}"
        if self.promise["condition"]:
            return condition.format(self.promise["condition"])
        return "uden frist"

    @property
    def _outcome(self) -> list[str]:
        if self.now is None or not (self.now.expected and self.now.real):
            return []
        return [f"ventet {self.now.expected}, blev {self.now.real}"]


@dataclass(frozen=True)
class AreaAnswer:
    """A lokalråd's released answer to an area; of kind "none" when it has released none."""

    forum: str
    kind: str
    text: str

    @property
    def short(self) -> str:
        """The place alone."""
        return self.forum.removeprefix("Lokalråd ")

    @property
    def word(self) -> str:
        """Its kind in words."""
        if self.kind == UNANSWERED:
            return "Intet offentliggjort endnu"
        return str(CellState(self.kind).label)

    @property
    def letter(self) -> str:
        """Its class in the stylesheet."""
        return LETTERS[self.kind]

    @property
    def icon(self) -> str:
        """Its mark."""
        return ICONS[self.kind]

    @property
    def status(self) -> str:
        """Its code in the list of states (`look.STATUS`)."""
        return "removed" if self.kind == UNANSWERED else self.kind


@dataclass(frozen=True)
class Standing:
    """An edition by now: each promise by its number, each area's answers by its number, and both counted."""

    promises: dict[int, PromiseNow]
    answers: dict[int, list[AreaAnswer]]

    @property
    def running(self) -> int:
        """How many promises are begun or done."""
        return sum(now.code in RUNNING for now in self.promises.values())

    @property
    def late(self) -> int:
        """How many are late."""
        return sum(now.code == LATE for now in self.promises.values())

    @property
    def asked(self) -> int:
        """How many answers the edition asks for."""
        return sum(len(rows) for rows in self.answers.values())

    @property
    def answered(self) -> int:
        """How many were released."""
        every = [answer for rows in self.answers.values() for answer in rows]
        return sum(answer.kind != UNANSWERED for answer in every)

    def lines(self, part: dict[str, Any]) -> list[PromiseLine]:
        """The promises of an area or a section."""
        promises = part.get("commitments", [])
        return [PromiseLine(each, part["title"], self.promises.get(each["id"])) for each in promises]


def standing(edition: Edition, now: datetime, today: date) -> Standing:
    """How an edition goes at a moment."""
    return Standing(commitments_now(edition, today), answers_by_area(edition, now))


def parts_of(edition: Edition) -> list[dict[str, Any]]:
    """The areas and the sections of an edition."""
    return [*edition.content["areas"], *edition.content["sections"]]


def commitments_now(edition: Edition, today: date) -> dict[int, PromiseNow]:
    """How the promises of an edition go on a day, by their numbers.

    The edition says what was promised, released reports say how it goes, and the chain says what the council
    let go. The commitment itself, which people go on working with, is not asked.
    """
    promises: dict[int, Promise] = {}
    for part in parts_of(edition):
        for promise in part.get("commitments", []):
            promises[promise["id"]] = promise
    released = _released(list(promises))
    dropped = _dropped(list(promises))
    return {pk: _now(each, released[pk], pk in dropped, today) for pk, each in promises.items()}


def _released(ids: list[int]) -> dict[int, list[Progress]]:
    """The released reports on promises, newest first."""
    found: dict[int, list[Progress]] = defaultdict(list)
    for report in Progress.objects.filter(commitment__in=ids).exclude(released_at=None).order_by("-at"):
        found[report.commitment_id].append(report)
    return found


def _dropped(ids: list[int]) -> set[int]:
    """Those that the council let go; nothing leads back from that."""
    return {told.of for told in told_of(LET_GO)}.intersection(ids)


def _now(promise: Promise, released: list[Progress], dropped: bool, today: date) -> PromiseNow:
    report = next(iter(released), None)
    status = _status(promise, report, dropped)
    code, word = str(status), str(status.label)
    due = promise["due_on"]
    if status in BEGUN and due and date.fromisoformat(due) < today:
        code, word = LATE, "Forsinket"
    expected = promise.get("expected", "")  # editions before 0.2.0 do not tell of it
    told = PromiseNow(code, word, report="", reported_on=None, expected=expected, real="")
    if report is None:
        return told
    real = next((each.real for each in released if each.real), "")
    return replace(told, report=report.text, reported_on=report.at, real=real)


def _status(promise: Promise, report: Progress | None, dropped: bool) -> CommitmentStatus:
    """What the public knows of its state: that the council let it go is no news of the owner's."""
    if dropped:
        return CommitmentStatus.DROPPED
    if report:
        return CommitmentStatus(report.status)
    if promise["condition"]:
        return CommitmentStatus.WAITING
    return CommitmentStatus.ACCEPTED


def answers_by_area(edition: Edition, now: datetime) -> dict[int, list[AreaAnswer]]:
    """For each area of an edition: every addressed lokalråd with its released answer, or that it has none."""
    action_plans = newest_editions(Plan.objects.action().filter(district_plan=edition.plan), now)
    released = {each.plan.forum_id: each.content["answers"] for each in action_plans}
    found = {}
    for area in edition.content["areas"]:
        addressed = area["addressees"]
        found[area["id"]] = [
            _answer(each["name"], released.get(each["id"], []), area["id"]) for each in addressed
        ]
    return found


def _answer(forum: str, released: list[dict[str, Any]], area: int) -> AreaAnswer:
    for answer in released:
        if answer["area"] == area:
            return AreaAnswer(forum, answer["kind"], answer["text"])
    return AreaAnswer(forum, UNANSWERED, "")


def promises_here(edition: Edition, organisation: Organisation, today: date) -> list[PromiseLine]:
    """The promises that this municipality owns by the edition, with how they go."""
    now = commitments_now(edition, today)
    every = [line for part in parts_of(edition) for line in Standing(now, {}).lines(part)]
    return [line for line in every if _owns(organisation, line.promise)]


def _owns(organisation: Organisation, promise: Promise) -> bool:
    """Is it the organisation's? Editions before 0.2.0 name it in words alone."""
    if "owner_id" in promise:
        return bool(promise["owner_id"] == organisation.pk)
    return str(promise["owner"]).split(", ")[0] == str(organisation)
