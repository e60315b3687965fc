"""A meeting before it is held: plan, call, change, move, cancel; apologies."""

from datetime import date, datetime

from django.db.models import Max

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over, step
from samraad.audit.actor import SYSTEM, Actor
from samraad.council import permissions as may
from samraad.council.actions.finding import index_meeting
from samraad.council.models import Attendance, Forum, Guest, Meeting, MeetingMove, Seat
from samraad.council.notices import meeting as notices
from samraad.council.states import MEETING, MeetingStatus
from samraad.look.danish import dato


@action
def plan_meeting(
    *,
    forum: Forum,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    place: str = "",
    form: str = Meeting.Form.PHYSICAL,
    offsite: bool = False,
    host: Organisation | None = None,
    wishes_due_on: date | None = None,
) -> Meeting:
    """Put a meeting in the calendar of a forum. One a day per forum; one that has been may be entered."""
    may.prepare.check(by, forum)
    _check_times(forum, starts_at, ends_at)
    meeting = Meeting.objects.create(
        forum=forum,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        form=form,
        offsite=offsite,
        host=host,
        wishes_due_on=wishes_due_on,
    )
    record("council.meeting_planned", meeting, by=by, forum=forum.pk)
    index_meeting(meeting, by)
    return meeting


@action
def plan_series(*, forum: Forum, times: list[tuple[datetime, datetime]], place: str, by: User) -> int:
    """Put several meetings in the calendar at once, all or none; returns how many."""
    for starts_at, ends_at in times:
        plan_meeting(forum=forum, starts_at=starts_at, ends_at=ends_at, place=place, by=by)
    return len(times)


def _check_times(forum: Forum, starts_at: datetime, ends_at: datetime, but: Meeting | None = None) -> None:
    """A meeting ends after it begins, on a day on which its forum has no other one."""
    if ends_at <= starts_at:
        raise Refused("Mødet slutter, før det begynder. Ret klokkeslættet.")
    others = forum.meetings.exclude(status=MeetingStatus.CANCELLED)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.filter(starts_at__date=starts_at.date()).exists():
        raise Refused(f"{forum} har allerede et møde {dato(starts_at)}. Vælg en anden dag.")


@action
def call_meeting(*, meeting: Meeting, now: datetime, by: Actor) -> Meeting:
    """Send the agenda out: from here on, new items are supplementary.

    Of a meeting that has been it is only noted that the agenda was sent: nobody is invited to the past.
    """
    may.prepare.check(by, meeting.forum)
    event = step(MEETING, meeting, MeetingStatus.CALLED, "Mødet er allerede indkaldt, holdt eller aflyst.")
    if not meeting.items.exists():
        raise Refused("Dagsordenen er tom. Skriv mindst ét punkt, før den bliver sendt ud.")
    meeting.status, meeting.called_at = MeetingStatus.CALLED, now
    meeting.save(update_fields=["status", "called_at"])
    record(event, meeting, by=by, items=meeting.items.count())
    if by is not SYSTEM and now < meeting.starts_at:
        notices.called(meeting, by)
    return meeting


@action
def change_meeting(
    *,
    meeting: Meeting,
    version: int,
    place: str,
    form: str,
    offsite: bool,
    host: Organisation | None,
    wishes_due_on: date | None,
    now: datetime,
    by: User,
) -> Meeting:
    """Correct where and how a meeting is held; everybody hears of another place or form before it begins."""
    may.change_meeting.check(by, meeting)
    before = (meeting.where, meeting.form)
    save_over(
        meeting,
        version=version,
        place=place,
        form=form,
        offsite=offsite,
        host=host,
        wishes_due_on=wishes_due_on,
    )
    record("council.meeting_changed", meeting, by=by)
    if (meeting.where, meeting.form) != before and now < meeting.starts_at:
        told = [f"Stedet er nu {meeting.where}."]
        if meeting.form != before[1]:
            told.append(f"Mødeformen er nu {meeting.get_form_display()}.")
        notices.changed(meeting, told, now, by)
    return meeting


@action
def move_meeting(
    *, meeting: Meeting, starts_at: datetime, ends_at: datetime, reason: str, now: datetime, by: User
) -> Meeting:
    """Move a meeting to another time by the rules of planning, and not into the past.

    The old time and the reason stay visible, its items come along, and who sent an apology is asked again.
    """
    may.edit_agenda.check(by, meeting)
    if starts_at <= now:
        raise Refused(f"{dato(starts_at).capitalize()} er gået. Flyt mødet til en dag, der kommer.")
    _check_times(meeting.forum, starts_at, ends_at, but=meeting)
    was = meeting.starts_at
    MeetingMove.objects.create(meeting=meeting, from_starts_at=was, reason=reason, at=now)
    meeting.starts_at, meeting.ends_at = starts_at, ends_at
    meeting.save(update_fields=["starts_at", "ends_at"])
    apologies = meeting.attendance.select_related("seat")
    asked_again = [row.seat for row in apologies]
    apologies.delete()
    record("council.meeting_moved", meeting, by=by, asked_again=[seat.pk for seat in asked_again])
    index_meeting(meeting, by)
    notices.moved(meeting, was, reason, asked_again, now, by)
    return meeting


@action
def cancel_meeting(*, meeting: Meeting, reason: str, to: Meeting | None, by: Actor) -> Meeting:
    """Cancel a meeting with a reason.

    Its items go along to another meeting of the forum when one is given; else they propose themselves.
    """
    may.edit_agenda.check(by, meeting)
    event = step(MEETING, meeting, MeetingStatus.CANCELLED, "Mødet er holdt og kan ikke aflyses.")
    if to is not None:
        _take_along(meeting, to, by)
    meeting.status, meeting.cancelled_because = MeetingStatus.CANCELLED, reason
    meeting.save(update_fields=["status", "cancelled_because"])
    record(event, meeting, by=by, items_to=to.pk if to else None)
    if by is not SYSTEM:
        notices.cancelled(meeting, by)
    if to is not None:  # the guests of an item go with it, when they have heard that this day is off
        Guest.objects.filter(meeting=meeting, item__meeting=to).update(meeting=to)
    return meeting


def _take_along(meeting: Meeting, to: Meeting, by: Actor) -> None:
    """Move what is still to be dealt with to another agenda; what stands there already stays behind."""
    there = set(to.items.on_agenda().exclude(proposal="").values_list("proposal", flat=True))
    last = to.items.aggregate(last=Max("position"))["last"] or 0
    for item in meeting.items.filter(outcome="").exclude(proposal__in=there):
        last += 1
        item.meeting, item.position, item.supplementary = to, last, to.is_called
        item.save(update_fields=["meeting", "position", "supplementary"])
        if to.is_called and by is not SYSTEM:
            notices.item_added(item, by)


@action
def reinstate_meeting(*, meeting: Meeting, now: datetime, by: User) -> Meeting:
    """Hold a cancelled meeting after all, while its day is free and has not come."""
    may.reinstate_meeting.check(by, meeting)
    if meeting.starts_at <= now:
        raise Refused("Mødets dag er gået. Planlæg et nyt møde.")
    _check_times(meeting.forum, meeting.starts_at, meeting.ends_at, but=meeting)
    to = MeetingStatus.CALLED if meeting.called_at else MeetingStatus.PLANNED
    event = step(MEETING, meeting, to, "Mødet er ikke aflyst.")
    meeting.status, meeting.cancelled_because = to, ""
    meeting.save(update_fields=["status", "cancelled_because"])
    record(event, meeting, by=by)
    notices.reinstated(meeting, now, by)
    return meeting


@action
def send_apology(*, meeting: Meeting, seat: Seat, by: User) -> Attendance:
    """Tell beforehand that a seat cannot come; those of the seat and the secretariat hear of it."""
    may.send_apology.check(by, meeting)
    _check_seat(meeting, seat, by)
    if meeting.attendance.filter(seat=seat).exists():
        raise Refused(f"Der er allerede meldt afbud for {seat}.")
    holder = seat.appointments.current(clock.today()).filter(function__in=may.DECIDES).first()
    apology = Attendance.objects.create(
        meeting=meeting,
        seat=seat,
        presence=Attendance.Presence.EXCUSED,
        holder_id=holder.user_id if holder else None,
    )
    record("council.apology_sent", meeting, by=by, seat=seat.pk)
    notices.apology(meeting, seat, taken_back=False, by=by)
    return apology


@action
def take_apology_back(*, meeting: Meeting, seat: Seat, by: User) -> None:
    """Tell that a seat can come after all."""
    may.send_apology.check(by, meeting)
    _check_seat(meeting, seat, by)
    gone, _ = meeting.attendance.filter(seat=seat).delete()
    if not gone:
        raise Refused(f"Der er ikke meldt afbud for {seat}.")
    record("council.apology_taken_back", meeting, by=by, seat=seat.pk)
    notices.apology(meeting, seat, taken_back=True, by=by)


def _check_seat(meeting: Meeting, seat: Seat, by: User) -> None:
    if seat not in may.apology_seats(by, meeting):
        raise Refused(f"Du kan ikke melde afbud for {seat}. Bed sekretariatet om det.")
