"""Commitments: proposed, accepted or declined, reported, done, confirmed; dates moved, some dropped."""

import calendar
from datetime import date, datetime
from typing import TypedDict, Unpack

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over, step
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.commitment import permissions as may
from samraad.commitment.actions.finding import index_commitment
from samraad.commitment.models import Commitment, DueChange, Progress
from samraad.commitment.permissions import decides_for
from samraad.commitment.states import COMMITMENT, CommitmentStatus
from samraad.council.models import Decision, Forum, Meeting, Seat
from samraad.search.actions import forget

MONTHS_APART = {
    Commitment.Recurrence.MONTHLY: 1,
    Commitment.Recurrence.QUARTERLY: 3,
    Commitment.Recurrence.YEARLY: 12,
}


class Terms(TypedDict, total=False):
    """What may be agreed of a commitment besides its text and its owner."""

    owner_seat: Seat | None
    owner_role: str
    outside: bool
    due_on: date | None
    recurrence: str
    condition: str
    origin_text: str
    origin_on: date | None
    expected: str
    confirm: bool


@action
def propose(
    *,
    forum: Forum,
    text: str,
    by: Actor,
    owner: Organisation | None = None,
    decision: Decision | None = None,
    **terms: Unpack[Terms],
) -> Commitment:
    """Write down a commitment. It binds its owner when the owner accepts; one's own is accepted at once.

    A mayor cannot bind another municipality, nor the police one of them.
    """
    may.propose.check(by, forum)
    _refuse_outside(forum, owner, terms.get("outside", False))
    commitment = Commitment.objects.create(forum=forum, text=text, owner=owner, decision=decision, **terms)
    record("commitment.proposed", commitment, by=by, owner=commitment.owner_id)
    index_commitment(commitment, by)
    _accept_own(commitment, by)
    return commitment


def _refuse_outside(forum: Forum, owner: Organisation | None, outside: bool) -> None:
    if not outside or owner is None:
        return
    if owner.seats.filter(forum__district=forum.district).exists():
        raise Refused(f"{owner} har en plads i kredsen og svarer selv. Fjern krydset ved “uden for kredsen”.")


def _accept_own(commitment: Commitment, by: Actor) -> None:
    """Who decides for the owner has said yes by writing it or by releasing the plan it stands in."""
    if commitment.owner is not None and decides_for(by, commitment):
        accept(commitment=commitment, by=by)


@action
def draft(
    *, forum: Forum, text: str, by: Actor, owner: Organisation | None = None, **terms: Unpack[Terms]
) -> Commitment:
    """Write a commitment into a plan that is not out: it asks nobody until the plan is released."""
    may.propose.check(by, forum)
    _refuse_outside(forum, owner, terms.get("outside", False))
    commitment = Commitment.objects.create(
        forum=forum, text=text, owner=owner, status=CommitmentStatus.DRAFT, **terms
    )
    record("commitment.drafted", commitment, by=by, owner=commitment.owner_id)
    index_commitment(commitment, by)
    return commitment


@action
def put_forward(*, commitment: Commitment, by: Actor) -> Commitment:
    """The plan that a drafted commitment stands in is released: now its owner is asked."""
    _go(commitment, CommitmentStatus.PROPOSED, by, "Løftet er allerede foreslået.")
    index_commitment(commitment, by)
    _accept_own(commitment, by)
    return commitment


@action
def correct(
    *,
    commitment: Commitment,
    text: str,
    owner: Organisation | None,
    version: int,
    by: User,
    **terms: Unpack[Terms],
) -> Commitment:
    """Put the words, the owner or the date of a commitment right, while nobody has answered it."""
    may.correct.check(by, commitment)
    _refuse_outside(commitment.forum, owner, terms.get("outside", False))
    save_over(commitment, version=version, text=text, owner=owner, **terms)
    record("commitment.corrected", commitment, by=by)
    index_commitment(commitment, by)
    return commitment


@action
def remove(*, commitment: Commitment, now: datetime, by: User) -> None:
    """Take a commitment out of a draft; it lies in its forum's bin for 30 days."""
    may.correct.check(by, commitment)
    if commitment.status != CommitmentStatus.DRAFT:
        raise Refused("Løftet er foreslået. Lad det udgå med en grund i stedet.")
    forget(thing=commitment, by=by)
    put_in_bin(thing=commitment, place=f"forum:{commitment.forum_id}", now=now, by=by)


def go_with(decision: Decision, by: Actor) -> None:
    """A decision is taken away: what was only proposed from it goes along, what was answered holds it."""
    answered = decision.commitments.exclude(status=CommitmentStatus.PROPOSED).first()
    if answered is not None:
        raise Refused(
            f"Af beslutningen følger løftet “{answered}”, som {answered.owner_words} har svaret på."
            " Ret beslutningens ord i stedet, eller lad løftet udgå på dets egen side."
        )
    for row in decision.commitments.all():
        forget(thing=row, by=by)
        put_in_bin(thing=row, place=f"forum:{row.forum_id}", now=clock.now(), by=by)


@action
def accept(*, commitment: Commitment, by: Actor, read: str = "") -> Commitment:
    """The owner says yes to the words of the version that was `read`; one with a condition waits for it."""
    may.answer.check(by, commitment)
    if read and read != str(commitment.version):
        raise Refused("Løftet er rettet, siden du læste det. Læs det igen, og svar så.")
    new = CommitmentStatus.ACCEPTED
    if commitment.condition:
        new = CommitmentStatus.WAITING
    return _go(commitment, new, by, "Løftet er allerede besvaret.")


@action
def decline(*, commitment: Commitment, reason: str, by: User) -> Commitment:
    """The owner says no, with a reason the council can read."""
    may.answer.check(by, commitment)
    commitment.closed_because = reason
    return _go(commitment, CommitmentStatus.DECLINED, by, "Løftet er allerede besvaret.", closing=True)


@action
def propose_again(*, commitment: Commitment, text: str, by: User) -> Commitment:
    """Put a declined commitment forward once more, reworded."""
    may.change.check(by, commitment)
    if commitment.status != CommitmentStatus.DECLINED:
        raise Refused("Kun et afvist løfte kan foreslås igen.")
    commitment.text, commitment.closed_because, commitment.closed_on = text, "", None
    commitment.save(update_fields=["text"])
    index_commitment(commitment, by)
    return _go(
        commitment, CommitmentStatus.PROPOSED, by, "Kun et afvist løfte kan foreslås igen.", closing=True
    )


@action
def report(
    *,
    commitment: Commitment,
    light: str,
    text: str,
    now: datetime,
    by: Actor,
    late_because: str = "",
    done: bool = False,
    real: str = "",
) -> Progress:
    """Tell how it goes; a late one needs a reason; `done` closes it or asks a second person to confirm."""
    may.report.check(by, commitment)
    today = clock.today()
    if commitment.status not in CommitmentStatus.open():
        raise Refused(
            f"Løftet er {commitment.get_status_display().lower()}. Der kan ikke meldes status på det."
        )
    if commitment.is_late(today) and not done and not late_because:
        raise Refused("Fristen er gået. Skriv, hvorfor det er forsinket.")
    if real:
        commitment.real = real
        commitment.save(update_fields=["real"])
    record("commitment.progress_reported", commitment, by=by, light=light, done=done)
    if done:
        _report_done(commitment, by, today)
    elif commitment.status == CommitmentStatus.ACCEPTED:
        _go(commitment, CommitmentStatus.IN_PROGRESS, by, "Løftet kan ikke gå i gang nu.")
    return Progress.objects.create(
        commitment=commitment,
        at=now,
        light=light,
        text=text,
        late_because=late_because,
        reporter=str(by),
        status=commitment.status,
        real=real,
    )


def _report_done(commitment: Commitment, by: Actor, today: date) -> None:
    if commitment.status == CommitmentStatus.WAITING:
        raise Refused("Løftet venter på en betingelse. Marker først, at den er opfyldt.")
    commitment.reported_by = by.pk
    if commitment.confirm:
        _go(commitment, CommitmentStatus.REPORTED, by, "Løftet kan ikke meldes udført nu.")
        return
    _finish(commitment, by, today)


@action
def confirm(*, commitment: Commitment, by: User) -> Commitment:
    """A second person confirms that it is done."""
    may.confirm.check(by, commitment)
    _finish(commitment, by, clock.today())
    last = commitment.progress.first()
    if last is not None:
        last.status = commitment.status
        last.save(update_fields=["status"])
    return commitment


@action
def send_back(*, commitment: Commitment, by: User) -> Commitment:
    """A second person does not agree that it is done."""
    may.confirm.check(by, commitment)
    return _go(commitment, CommitmentStatus.IN_PROGRESS, by, "Løftet er ikke meldt udført.")


def _finish(commitment: Commitment, by: Actor, today: date) -> None:
    commitment.closed_on = today
    _go(commitment, CommitmentStatus.DONE, by, "Løftet kan ikke afsluttes nu.", closing=True)
    if commitment.recurrence and commitment.due_on:
        following = Commitment.objects.create(
            forum=commitment.forum,
            text=commitment.text,
            owner=commitment.owner,
            owner_role=commitment.owner_role,
            owner_seat=commitment.owner_seat,
            outside=commitment.outside,
            decision=commitment.decision,
            origin_text=commitment.origin_text,
            origin_on=commitment.origin_on,
            confirm=commitment.confirm,
            recurrence=commitment.recurrence,
            due_on=next_due(commitment.due_on, commitment.recurrence),
            status=CommitmentStatus.ACCEPTED,
            previous=commitment,
        )
        record("commitment.recurred", following, by=by, previous=commitment.pk)
        index_commitment(following, by)


@action
def meet_condition(*, commitment: Commitment, due_on: date | None, by: User) -> Commitment:
    """What a commitment waited for has happened: it starts to run."""
    may.change.check(by, commitment)
    if commitment.status != CommitmentStatus.WAITING:
        raise Refused("Løftet venter ikke på noget.")
    commitment.due_on = due_on or commitment.due_on
    commitment.save(update_fields=["due_on"])
    return _go(commitment, CommitmentStatus.ACCEPTED, by, "Løftet venter ikke på noget.")


@action
def move_due(
    *, commitment: Commitment, due_on: date, reason: str, version: int, now: datetime, by: User
) -> Commitment:
    """Move the date; the old one and the reason stay visible."""
    may.change.check(by, commitment)
    old = commitment.due_on
    save_over(commitment, version=version, due_on=due_on)
    DueChange.objects.create(commitment=commitment, old=old, new=due_on, reason=reason, at=now)
    record("commitment.due_moved", commitment, by=by, old=old, new=due_on)
    return commitment


@action
def drop(*, commitment: Commitment, reason: str, by: User) -> Commitment:
    """Let a commitment go, with a reason that stays."""
    may.change.check(by, commitment)
    commitment.closed_because, commitment.closed_on = reason, clock.today()
    return _go(
        commitment, CommitmentStatus.DROPPED, by, "Løftet er afsluttet og kan ikke udgå.", closing=True
    )


@action
def release(*, commitment: Commitment, now: datetime, by: Actor) -> int:
    """Make the reports so far public. Returns how many became so."""
    may.release.check(by, commitment)
    count = commitment.progress.filter(released_at=None).update(released_at=now)
    record("commitment.progress_released", commitment, by=by, reports=count)
    return count


def freeze_promises(meeting: Meeting, by: Actor) -> None:
    """Keep what was promised at a meeting, as it stands when everybody may read the minutes."""
    for decision in Decision.objects.filter(item__meeting=meeting):
        agreed = decision.commitments.exclude(status__in=CommitmentStatus.unsettled())
        decision.promises = list(map(_as_read, agreed))
        decision.save(update_fields=["promises"])


def _as_read(commitment: Commitment) -> dict[str, str]:
    """What anyone reads of it below a decision."""
    return {"text": commitment.text, "owner": commitment.owner_words, "due": commitment.due_words}


def _go(commitment: Commitment, new: str, by: Actor, refusal: str, closing: bool = False) -> Commitment:
    event = step(COMMITMENT, commitment, new, refusal)
    commitment.status = new
    commitment.version += 1
    fields = ["status", "version", "reported_by"]
    if closing:
        fields += ["closed_because", "closed_on"]
    commitment.save(update_fields=fields)
    record(event, commitment, by=by)
    return commitment


def next_due(day: date, recurrence: str) -> date:
    """The day of the next occurrence; the 31st becomes the last day of a shorter month."""
    months = day.year * 12 + day.month - 1 + MONTHS_APART[Commitment.Recurrence(recurrence)]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
