"""What members are told by mail about meetings and minutes.

Only that something waits, never what it says about people.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import partial

from django.conf import settings
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import Mail, Membership, User
from samraad.accounts.outbox import among, post
from samraad.audit.actor import Actor, System
from samraad.council.models import Appointment, Forum, Function, Meeting
from samraad.council.states import MeetingStatus
from samraad.look.danish import dato, klokken

READS = (Function.CHAIR, Function.MEMBER, Function.DEPUTY, Function.ASSISTANT, Function.SECRETARY)
ANSWERS = (Function.CHAIR, Function.MEMBER, Function.DEPUTY)  # to minutes: who sat there


def people(forum: Forum, on: date, *functions: str) -> list[User]:
    """Who has access to the forum by a seat in one of the functions, each once."""
    held = (
        Appointment.objects.in_force(on)
        .filter(seat__forum=forum, function__in=functions or READS)
        .select_related("user")
    )
    return list({appointment.user_id: appointment.user for appointment in held}.values())


def still_reads(mail: Mail) -> bool:
    """Does the receiver have access today to every forum that the mail speaks of?"""
    held = Appointment.objects.in_force(clock.today()).filter(user=mail.user, function__in=READS)
    return set(mail.forum_ids) <= set(held.values_list("seat__forum_id", flat=True))


def link(name: str, *args: object) -> str:
    """A whole address for a mail."""
    return settings.SAMRAAD_ADDRESS + reverse(name, args=args)


def signed(*lines: str) -> str:
    """A mail's text with the line on how to choose mails."""
    return "\n\n".join([*lines, f"Vælg, hvilke mails du vil have: {link('accounts:mail_choice')}"])


def meeting_called(meeting: Meeting, by: Actor) -> None:
    """The agenda is out."""
    where = link("council:meeting", meeting.forum.district.slug, meeting.pk)
    when = f"{dato(meeting.starts_at)} kl. {klokken(meeting.starts_at)}"
    place = f", {meeting.place}" if meeting.place else ""
    post(
        kind=Mail.Kind.MEETING,
        to=people(meeting.forum, clock.today()),
        subject=f"Dagsorden: {meeting.forum} {dato(meeting.starts_at)}",
        body=signed(f"Dagsordenen til mødet {when}{place} er klar.", f"Læs den og bilagene her: {where}"),
        key=f"called:{meeting.pk}",
        about=meeting.forum.district,
        forum_ids=[meeting.forum_id],
        by=by,
    )


def meeting_changed(meeting: Meeting, what: str, now: datetime, by: Actor) -> None:
    """A meeting that was planned is moved or cancelled."""
    where = link("council:meeting", meeting.forum.district.slug, meeting.pk)
    post(
        kind=Mail.Kind.MEETING,
        to=people(meeting.forum, clock.today()),
        subject=f"{what}: {meeting.forum} {dato(meeting.starts_at)}",
        body=signed(
            f"Mødet i {meeting.forum} er ændret: {what.lower()}. Nu gælder {dato(meeting.starts_at)}.",
            f"Se hvorfor her: {where}",
        ),
        key=f"changed:{meeting.pk}:{int(now.timestamp())}",
        about=meeting.forum.district,
        forum_ids=[meeting.forum_id],
        by=by,
    )


def minutes_sent(meeting: Meeting, by: Actor) -> None:
    """The minutes wait for approval."""
    where = link("council:meeting", meeting.forum.district.slug, meeting.pk)
    due = dato(meeting.objections_due_on)
    post(
        kind=Mail.Kind.MINUTES,
        to=people(
            meeting.forum, clock.today(), Function.CHAIR, Function.MEMBER, Function.DEPUTY, Function.ASSISTANT
        ),
        subject=f"Referatet fra {dato(meeting.starts_at)} venter på din godkendelse",
        body=signed(
            f"Referatet fra mødet i {meeting.forum} er klar. Fristen for bemærkninger er {due}.",
            f"Læs og godkend her: {where}",
        ),
        key=f"minutes:{meeting.pk}:{meeting.objections_due_on}",
        about=meeting.forum.district,
        forum_ids=[meeting.forum_id],
        by=by,
    )


def appointed(appointment: Appointment, by: Actor) -> None:
    """Somebody has got a seat, or gets it when another says yes. Set-up tells nobody."""
    now = f"{appointment.user} er udpeget til “{appointment.seat}” i {appointment.seat.forum}."
    if appointment.waits_for:
        now = (
            f"{appointment.user} er foreslået til “{appointment.seat}” i {appointment.seat.forum}. "
            f"Udpegningen {appointment.waits_words} og giver ingen adgang før."
        )
    _tell_of(appointment, "appointed", now, by)


def appointment_confirmed(appointment: Appointment, by: Actor) -> None:
    """Who was to say yes to an appointment has done so."""
    seat = appointment.seat
    _tell_of(appointment, "confirmed", f"{appointment.user} sidder nu på “{seat}” i {seat.forum}.", by)


def appointment_declined(appointment: Appointment, by: Actor) -> None:
    """Who was to say yes to an appointment has said no."""
    seat = appointment.seat
    said = f"Forslaget om {appointment.user} til “{seat}” i {seat.forum} er afvist."
    _tell_of(appointment, "declined", said, by)


def appointment_ended(appointment: Appointment, by: Actor) -> None:
    """Somebody's time in a seat has an end."""
    seat = appointment.seat
    said = f"{appointment.user} sidder ikke længere på “{seat}” i {seat.forum}."
    _tell_of(appointment, "ended", said, by)


def _tell_of(appointment: Appointment, what: str, said: str, by: Actor) -> None:
    """Tell the person, who leads and keeps the forum, and who answers for the seat's organisation."""
    if not isinstance(by, User):
        return
    seat, today = appointment.seat, clock.today()
    works = Membership.objects.current(today)
    administrators = works.filter(organisation=seat.organisation, right=Membership.Right.ADMINISTRATOR)
    concerned = {person.pk for person in people(seat.forum, today, Function.CHAIR, Function.SECRETARY)}
    concerned |= set(administrators.values_list("user_id", flat=True))
    concerned |= set(works.filter(user=appointment.user).values_list("user_id", flat=True))
    post(
        kind=Mail.Kind.SEAT,
        to=User.objects.filter(pk__in=concerned - {by.pk}),
        subject=f"Plads i {seat.forum}: {seat}",
        body=signed(said, f"Se, hvem der sidder i forummet: {link(*_page_of(seat.forum))}"),
        key=f"seat:{what}:{appointment.pk}",
        about=seat.answers,
        by=by,
    )


def _page_of(forum: Forum) -> tuple[str, str, int]:
    return "council:forum", forum.district.slug, forum.pk


def due_today(due: date | None, today: date) -> bool:
    """Is today a day for a reminder: weekly before the last day, daily in the last week.

    >>> last = date(2022, 1, 31)
    >>> [due_today(last, date(2022, 1, day)) for day in (17, 18, 28)]
    [True, False, True]
    """
    left = (due - today).days if due else -1
    return 0 <= left <= 7 or (0 < left <= 28 and left % 7 == 0)


def remind_of_minutes(*, today: date, by: System) -> int:
    """Remind those who were there and have not answered to minutes; returns how many mails are new."""
    waiting = Meeting.objects.filter(status=MeetingStatus.MINUTES_SENT).select_related("forum__district")
    due = [meeting for meeting in waiting if due_today(meeting.objections_due_on, today)]
    return sum(
        among(f"remind-minutes:{meeting.pk}:{today}", partial(_remind_of, meeting, today, by))
        for meeting in due
    )


def _remind_of(meeting: Meeting, today: date, by: System) -> int:
    answered = set(meeting.replies.values_list("seat_id", flat=True))
    held = Appointment.objects.in_force(today).filter(seat__forum=meeting.forum, function__in=ANSWERS)
    sits = set(held.values_list("seat_id", "user_id"))
    there = [row for row in meeting.attendance.all() if row.covered and (row.seat_id, row.holder_id) in sits]
    return post(
        kind=Mail.Kind.REMINDER,
        to=User.objects.filter(pk__in=[row.holder_id for row in there if row.seat_id not in answered]),
        subject=f"Referatet fra {dato(meeting.starts_at)} mangler din godkendelse",
        body=signed(
            f"Fristen er {dato(meeting.objections_due_on)}.",
            f"Læs og godkend her: {link('council:meeting', meeting.forum.district.slug, meeting.pk)}",
        ),
        key=f"remind-minutes:{meeting.pk}:{today}",
        about=meeting.forum.district,
        forum_ids=[meeting.forum_id],
        by=by,
    )


def news(forum: Forum, since: datetime, until: datetime) -> Iterator[str]:
    """Agendas and minutes that were sent: for the weekly mail."""
    for meeting in forum.meetings.filter(called_at__gte=since, called_at__lte=until):
        yield f"{forum}: dagsorden til {dato(meeting.starts_at)}"
    for meeting in forum.meetings.filter(minutes_sent_at__gte=since, minutes_sent_at__lte=until):
        yield f"{forum}: referat fra {dato(meeting.starts_at)} er sendt"
