"""A meeting when it is held and after: attendance, minutes, decisions, approval, publication."""

from datetime import date, datetime, timedelta

from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.actions import Refused, Stale, action, record, step
from samraad.audit.actor import SYSTEM, Actor, System
from samraad.council import notices
from samraad.council import permissions as may
from samraad.council.actions.meeting import copy_item
from samraad.council.models import (
    AgendaItem,
    Attendance,
    Decision,
    Guest,
    Meeting,
    MinutesReply,
    Seat,
    WrittenReply,
)
from samraad.council.permissions import DECIDES, my_seats, reply_seat
from samraad.council.states import MEETING, MeetingStatus
from samraad.search.actions import index


@action
def send_apology(*, meeting: Meeting, by: User) -> Attendance:
    """Tell beforehand that I cannot come; a second press takes it back."""
    may.send_apology.check(by, meeting)
    seat = my_seats(by, meeting.forum, *DECIDES)[0]
    attendance, created = Attendance.objects.get_or_create(
        meeting=meeting, seat=seat, defaults={"presence": Attendance.Presence.EXCUSED, "holder_id": by.pk}
    )
    if not created:
        attendance.delete()
    record("council.apology_sent" if created else "council.apology_taken_back", meeting, by=by, seat=seat.pk)
    return attendance


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
    event = step(MEETING, meeting.status, MeetingStatus.HELD, "")
    if by is not SYSTEM and meeting.starts_at > clock.now():
        raise Refused("Mødet er ikke begyndt endnu.")
    meeting.status, meeting.chaired_by = MeetingStatus.HELD, chaired_by
    meeting.save(update_fields=["status", "chaired_by"])
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
    record(
        event,
        meeting,
        by=by,
        present=sum(how in {"present", "deputy"} for how in presence.values()),
        seats=len(presence),
    )
    return meeting


@action
def write_minute(
    *, item: AgendaItem, minute: str, outcome: str, version: int, by: User, subjects: list[str]
) -> AgendaItem:
    """Write an item's minute and outcome; the version lock shows both texts when two write at once."""
    may.write_minutes.check(by, item.meeting)
    changed = AgendaItem.objects.filter(pk=item.pk, version=version).update(
        minute=minute, outcome=outcome, subjects=subjects, version=F("version") + 1
    )
    item.refresh_from_db()
    if not changed:
        raise Stale(
            "Din tekst er ikke gemt. En anden gemte imens. Se begge tekster, og vælg, hvad der skal stå.",
            mine=minute,
            theirs=item.minute,
            version=item.version,
        )
    if outcome == AgendaItem.Outcome.POSTPONED and not item.postponed_to.exists():
        later = Meeting.objects.filter(forum=item.meeting.forum).coming(clock.today()).first()
        if later is not None:
            copy_item(item=item, to=later, by=by)
    record("council.minute_written", item, by=by, outcome=outcome)
    return item


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
    if kind == Decision.Kind.RECOMMENDATION and ends_on is None:
        raise Refused("En henstilling gælder for en begrænset tid. Skriv, hvornår den slutter.")
    decision = Decision.objects.create(item=item, text=text, kind=kind, ends_on=ends_on)
    record("council.decided", decision, by=by, item=item.pk, kind=kind)
    return decision


@action
def send_minutes(*, meeting: Meeting, now: datetime, by: Actor) -> Meeting:
    """Send the minutes to those who were present, with a last day for objections."""
    may.prepare.check(by, meeting.forum)
    event = step(
        MEETING,
        meeting.status,
        MeetingStatus.MINUTES_SENT,
        "Kun referatet af et holdt møde kan sendes til godkendelse.",
    )
    open_items = [str(item.position) for item in meeting.items.all() if not item.outcome]
    if open_items:
        raise Refused(
            f"Punkt {', '.join(open_items)} mangler et udfald. Skriv, hvad der blev af det, og send igen."
        )
    meeting.status, meeting.minutes_sent_at = MeetingStatus.MINUTES_SENT, now
    meeting.objections_due_on = timezone.localdate(now) + timedelta(days=meeting.forum.objection_days)
    meeting.save(update_fields=["status", "minutes_sent_at", "objections_due_on"])
    record(event, meeting, by=by, objections_due_on=meeting.objections_due_on)
    _index_minutes(meeting, by, public=False)
    if by is not SYSTEM:
        notices.minutes_sent(meeting, by)
    return meeting


def _index_minutes(meeting: Meeting, by: Actor, public: bool) -> None:
    """Make minutes findable.

    All of them for the forum, the open items for everybody once they are published.
    """
    district = meeting.forum.district
    items = AgendaItem.objects.filter(meeting=meeting)
    if public:
        items = items.told_to_all()
    texts = [
        f"{item.title} {item.minute} " + " ".join(d.text for d in item.decisions.all())
        for item in items.prefetch_related("decisions")
    ]
    index(
        thing=meeting,
        district=district.slug,
        kind="Referat",
        title=str(meeting),
        text=" ".join(texts),
        url=reverse("public:meeting" if public else "council:meeting", args=[district.slug, meeting.pk]),
        public=public,
        forum_id=None if public else meeting.forum_id,
        by=by,
    )


@action
def take_minutes_back(*, meeting: Meeting, by: User) -> Meeting:
    """Take the minutes back to correct them; approvals are asked for again, objections stay."""
    may.prepare.check(by, meeting.forum)
    if meeting.status != MeetingStatus.MINUTES_SENT:
        raise Refused("Referatet er ikke til godkendelse.")
    event = step(MEETING, meeting.status, MeetingStatus.HELD, "")
    meeting.status = MeetingStatus.HELD
    meeting.save(update_fields=["status"])
    meeting.replies.filter(objection="").delete()
    record(event, meeting, by=by)
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
    may.reply_to_minutes.check(by, meeting)
    seat = reply_seat(by, meeting)
    reply, _ = MinutesReply.objects.update_or_create(
        meeting=meeting, seat=seat, defaults={"at": now, "objection": objection}
    )
    record(
        "council.minutes_objected" if objection else "council.minutes_seat_approved",
        meeting,
        by=by,
        seat=reply.seat_id,
    )
    present = [a.seat_id for a in meeting.attendance.all() if a.covered]
    approved = set(meeting.replies.filter(objection="").values_list("seat_id", flat=True))
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
    event = step(MEETING, meeting.status, MeetingStatus.APPROVED, "Referatet er ikke til godkendelse.")
    meeting.status, meeting.minutes_approved_at = MeetingStatus.APPROVED, now
    meeting.save(update_fields=["status", "minutes_approved_at"])
    record(event, meeting, by=by, how=how)
    return meeting


@action
def approve_as_of(*, meeting: Meeting, now: datetime, by: System) -> Meeting:
    """Enter minutes that were approved before the system existed (set-up and the demo only)."""
    for attendance in meeting.attendance.all():
        if attendance.covered:
            MinutesReply.objects.get_or_create(meeting=meeting, seat=attendance.seat, defaults={"at": now})
    return _approve(meeting, now, by, how="history")


@action
def publish_open_part(*, meeting: Meeting, now: datetime, by: Actor) -> Meeting:
    """Let the public read the open items of approved minutes."""
    may.publish_open_part.check(by, meeting)
    meeting.published_at = now
    meeting.save(update_fields=["published_at"])
    record("council.minutes_published", meeting, by=by)
    _index_minutes(meeting, by, public=True)
    return meeting
