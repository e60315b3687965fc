"""A meeting when it is held and after: attendance, minutes, decisions, approval, publication."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record, save_over, step
from samraad.audit.actor import SYSTEM, Actor, System
from samraad.audit.bin import put_in_bin
from samraad.council import permissions as may
from samraad.council.actions.agenda import copy_item, take_off
from samraad.council.actions.publication import index_minutes
from samraad.council.models import (
    AgendaItem,
    Attendance,
    Decision,
    Guest,
    ItemAbsence,
    Meeting,
    MinutesReply,
    MinutesRound,
    Seat,
    WrittenReply,
)
from samraad.council.notices import minutes as notices
from samraad.council.permissions import DECIDES, my_seats, reply_seat
from samraad.council.proof import minutes_hash
from samraad.council.states import MEETING, MeetingStatus


@action
def reply_in_writing(*, item: AgendaItem, agrees: bool, text: str, now: datetime, by: User) -> WrittenReply:
    """Answer an item of a written procedure for my seat; a second answer replaces the first."""
    may.reply_in_writing.check(by, item.meeting)
    seat = my_seats(by, item.meeting.forum, *DECIDES)[0]
    reply, _ = WrittenReply.objects.update_or_create(
        item=item, seat=seat, defaults={"at": now, "agrees": agrees, "text": text}
    )
    record("council.written_reply", item, by=by, seat=seat.pk, agrees=agrees)
    return reply


@action
def hold_meeting(
    *,
    meeting: Meeting,
    presence: dict[Seat, str],
    chaired_by: Seat | None,
    guests: list[str],
    by: Actor,
) -> Meeting:
    """Record that the meeting was held: who was there for each seat, who chaired, which guests came."""
    may.prepare.check(by, meeting.forum)
    if meeting.status != MeetingStatus.CALLED:
        raise Refused("Kun et indkaldt møde kan blive holdt. Send dagsordenen ud først.")
    event = step(MEETING, meeting, MeetingStatus.HELD, "")
    if by is not SYSTEM and meeting.starts_at > clock.now():
        raise Refused("Mødet er ikke begyndt endnu.")
    meeting.status = MeetingStatus.HELD
    meeting.save(update_fields=["status"])
    _write_attendance(meeting, presence, chaired_by, guests)
    record(event, meeting, by=by, present=_present(presence), seats=len(presence))
    return meeting


@action
def correct_attendance(
    *,
    meeting: Meeting,
    presence: dict[Seat, str],
    chaired_by: Seat | None,
    guests: list[str],
    by: User,
) -> Meeting:
    """Correct who was there, who led and which guests came, until the minutes are sent."""
    may.write_minutes.check(by, meeting.hold_still())
    meeting.guests.filter(item=None).delete()
    _write_attendance(meeting, presence, chaired_by, guests)
    record("council.attendance_corrected", meeting, by=by, present=_present(presence), seats=len(presence))
    return meeting


def _write_attendance(
    meeting: Meeting, presence: dict[Seat, str], chaired_by: Seat | None, guests: list[str]
) -> None:
    """How each seat was covered and by whom that day, who led, and the guests by role."""
    meeting.chaired_by = chaired_by
    meeting.save(update_fields=["chaired_by"])
    for seat, how in presence.items():
        functions = ["deputy"] if how == Attendance.Presence.DEPUTY else ["chair", "member"]
        holder = seat.appointments.current(meeting.starts_at.date()).filter(function__in=functions).first()
        Attendance.objects.update_or_create(
            meeting=meeting,
            seat=seat,
            defaults={"presence": how, "holder_id": holder.user_id if holder else None},
        )
    for role in guests:
        Guest.objects.create(meeting=meeting, role=role)
    meeting.guests.exclude(email="").update(email="")  # the invitation has served


def _present(presence: dict[Seat, str]) -> int:
    return sum(how in {"present", "deputy"} for how in presence.values())


@action
def write_minute(
    *, item: AgendaItem, minute: str, outcome: str, version: int, by: User, subjects: list[str]
) -> AgendaItem:
    """Write an item's minute and outcome; the version lock shows what differs when two write at once.

    What is postponed goes on to the next meeting; when that is corrected, it is taken off there again.
    """
    may.write_minutes.check(by, item.meeting.hold_still())
    postponed = AgendaItem.Outcome.POSTPONED
    before = AgendaItem.objects.values_list("outcome", flat=True).get(pk=item.pk)
    save_over(item, version=version, minute=minute, outcome=outcome, subjects=list(subjects))
    if outcome == postponed and before != postponed:
        _carry_over(item, by)
    elif outcome != postponed:
        _take_back_from_later(item, by)
    record("council.minute_written", item, by=by, outcome=outcome)
    return item


@action
def note_absence(*, item: AgendaItem, out: list[Seat], partial: list[Seat], by: User) -> AgendaItem:
    """Write down who of those at the meeting was not with this item, and who had a conflict of interest."""
    may.write_minutes.check(by, item.meeting)
    item.absences.all().delete()
    for seat in partial:
        ItemAbsence.objects.create(item=item, seat=seat, why=ItemAbsence.Why.PARTIAL)
    for seat in out:
        if seat not in partial:
            ItemAbsence.objects.create(item=item, seat=seat, why=ItemAbsence.Why.OUT)
    record("council.absence_noted", item, by=by, out=len(out), partial=len(partial))
    return item


@action
def set_outcomes(*, meeting: Meeting, items: list[AgendaItem], outcome: str, by: User) -> int:
    """Give several items that have none the same outcome at once; returns how many."""
    may.write_minutes.check(by, meeting)
    open_items = [item for item in items if not item.outcome]
    for item in open_items:
        write_minute(
            item=item,
            minute=item.minute,
            outcome=outcome,
            subjects=item.subjects,
            version=item.version,
            by=by,
        )
    return len(open_items)


def _carry_over(item: AgendaItem, by: User) -> None:
    """Put a postponed item on the next meeting, if there is one; else it proposes itself when there is."""
    later = Meeting.objects.filter(forum=item.meeting.forum).coming(clock.today()).first()
    if later is None or item.postponed_to.on_agenda().exists():
        return
    if item.proposal and later.items.on_agenda().filter(proposal=item.proposal).exists():
        return  # it was taken up there already
    copy_item(item=item, to=later, by=by)


def _take_back_from_later(item: AgendaItem, by: User) -> None:
    """An item that is not postponed after all leaves the agendas to come that it was put on."""
    for copy in item.postponed_to.on_agenda().select_related("meeting__forum"):
        if copy.meeting.is_planned or copy.meeting.is_called:
            take_off(item=copy, by=by)


@action
def decide(
    *,
    item: AgendaItem,
    text: str,
    by: Actor,
    kind: str = Decision.Kind.DECISION,
    ends_on: date | None = None,
) -> Decision:
    """Write down a decision, an opinion or a recommendation.

    A recommendation (henstilling, § 111) is for a limited time; an opinion is an udtalelse.
    """
    may.write_minutes.check(by, item.meeting)
    _check_end(kind, ends_on)
    decision = Decision.objects.create(item=item, text=text, kind=kind, ends_on=ends_on)
    record("council.decided", decision, by=by, item=item.pk, kind=kind)
    return decision


@action
def change_decision(
    *, decision: Decision, version: int, text: str, kind: str, ends_on: date | None, by: User
) -> Decision:
    """Correct a decision until the minutes are sent; what follows from it is told of and stays."""
    may.write_minutes.check(by, decision.item.meeting)
    _check_end(kind, ends_on)
    save_over(decision, version=version, text=text, kind=kind, ends_on=ends_on)
    record("council.decision_changed", decision, by=by, item=decision.item_id)
    return decision


@action
def remove_decision(*, decision: Decision, by: User) -> None:
    """Take a decision away until the minutes are sent; what must not go with it stands in the way."""
    may.write_minutes.check(by, decision.item.meeting)
    record("council.decision_removed", decision, by=by, item=decision.item_id)
    put_in_bin(thing=decision, place=f"forum:{decision.item.meeting.forum_id}", now=clock.now(), by=by)


def _check_end(kind: str, ends_on: date | None) -> None:
    if kind == Decision.Kind.RECOMMENDATION and ends_on is None:
        raise Refused("En henstilling gælder for en begrænset tid. Skriv, hvornår den slutter.")


def without_outcome(meeting: Meeting) -> str:
    """Which items stand in the way of sending the minutes, in words; "" when none does."""
    open_items = [str(item.position) for item in meeting.items.all() if not item.outcome]
    if not open_items:
        return ""
    return f"Punkt {', '.join(open_items)} mangler et udfald. Skriv, hvad der blev af det, og send så."


@action
def send_minutes(*, meeting: Meeting, now: datetime, by: Actor) -> Meeting:
    """Send the minutes to those who were present, with a last day for objections."""
    may.prepare.check(by, meeting.forum)
    event = step(
        MEETING,
        meeting,
        MeetingStatus.MINUTES_SENT,
        "Kun referatet af et holdt møde kan sendes til godkendelse.",
    )
    missing = without_outcome(meeting)
    if missing:
        raise Refused(missing)
    meeting.status, meeting.minutes_sent_at = MeetingStatus.MINUTES_SENT, now
    meeting.objections_due_on = timezone.localdate(now) + timedelta(days=meeting.forum.objection_days)
    meeting.minutes_round += 1
    meeting.save(update_fields=["status", "minutes_sent_at", "objections_due_on", "minutes_round"])
    MinutesRound.objects.create(
        meeting=meeting,
        number=meeting.minutes_round,
        sent_at=now,
        objections_due_on=meeting.objections_due_on,
    )
    record(event, meeting, by=by, objections_due_on=meeting.objections_due_on, round=meeting.minutes_round)
    index_minutes(meeting, by, public=False)
    if by is not SYSTEM:
        notices.sent(meeting, by)
    return meeting


@action
def remind_of_minutes(*, meeting: Meeting, today: date, by: User) -> int:
    """Remind those who were there and have not answered; returns how many mails are new."""
    may.remind_of_minutes.check(by, meeting)
    new = notices.reminding(meeting, today).post(by)
    if not new:
        raise Refused("Der er allerede sendt en påmindelse i dag, eller alle har svaret.")
    record("council.minutes_reminded", meeting, by=by, mails=new)
    return new


@action
def take_minutes_back(*, meeting: Meeting, reason: str, now: datetime, by: User) -> Meeting:
    """Take the minutes back to correct them, and tell why.

    What was answered stays with its round; when they are sent again everybody is asked anew.
    """
    may.prepare.check(by, meeting.forum)
    if meeting.hold_still().status != MeetingStatus.MINUTES_SENT:
        raise Refused("Referatet er ikke til godkendelse.")
    event = step(MEETING, meeting, MeetingStatus.HELD, "")
    meeting.status = MeetingStatus.HELD
    meeting.save(update_fields=["status"])
    meeting.rounds.filter(number=meeting.minutes_round).update(taken_back_at=now, taken_back_because=reason)
    record(event, meeting, by=by, round=meeting.minutes_round)
    notices.taken_back(meeting, reason, by)
    return meeting


@action
def approve_minutes(*, meeting: Meeting, now: datetime, by: User) -> MinutesReply:
    """Approve for my seat; when everybody present has, the minutes are approved."""
    return _reply(meeting, by, now, objection="")


@action
def object_to_minutes(*, meeting: Meeting, objection: str, now: datetime, by: User) -> MinutesReply:
    """Object to the minutes; the objection is listed with them."""
    return _reply(meeting, by, now, objection=objection)


def _reply(meeting: Meeting, by: User, now: datetime, objection: str) -> MinutesReply:
    may.reply_to_minutes.check(by, meeting.hold_still())
    seat = reply_seat(by, meeting)
    mine = meeting.current_replies().filter(seat=seat)
    if not objection and mine.exclude(objection="").exists():
        raise Refused(
            "Du har skrevet en bemærkning, og den bliver stående."
            " Når referatet er rettet og sendt igen, kan du godkende det."
        )
    reply, _ = MinutesReply.objects.update_or_create(
        meeting=meeting,
        seat=seat,
        round=meeting.minutes_round,
        defaults={"at": now, "objection": objection},
    )
    record(
        "council.minutes_objected" if objection else "council.minutes_seat_approved",
        meeting,
        by=by,
        seat=reply.seat_id,
    )
    if objection:
        notices.objected(meeting, reply.seat, by)
    present = meeting.covered_seats()
    approved = set(meeting.current_replies().filter(objection="").values_list("seat_id", flat=True))
    if set(present) <= approved:
        _approve(meeting, now, by, how="all_approved")
    return reply


@action
def settle_minutes(*, meeting: Meeting, now: datetime, by: User) -> Meeting:
    """Settle that the minutes are approved because the day for objections has passed.

    Objections stay listed.
    """
    may.settle_minutes.check(by, meeting)
    return _approve(meeting, now, by, how="day_passed")


def _approve(meeting: Meeting, now: datetime, by: Actor, how: str) -> Meeting:
    event = step(MEETING, meeting, MeetingStatus.APPROVED, "Referatet er ikke til godkendelse.")
    meeting.status, meeting.minutes_approved_at = MeetingStatus.APPROVED, now
    meeting.save(update_fields=["status", "minutes_approved_at"])
    record(event, meeting, by=by, how=how, sha256=minutes_hash(meeting))
    return meeting


@action
def approve_as_of(*, meeting: Meeting, now: datetime, by: System) -> Meeting:
    """Enter minutes that were approved before the system existed (set-up and the demo only)."""
    for attendance in meeting.attendance.all():
        if attendance.covered:
            MinutesReply.objects.get_or_create(
                meeting=meeting, round=meeting.minutes_round, seat=attendance.seat, defaults={"at": now}
            )
    return _approve(meeting, now, by, how="history")
