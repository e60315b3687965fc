"""What waits for a person in her fora.

Minutes to approve, meetings to prepare, items that were sent to us.
"""

from collections.abc import Iterator

from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.rooms import Task
from samraad.council.models import Appointment, Forum, Forwarding, Function
from samraad.council.permissions import DECIDES, appointments, my_seats, reply_seat
from samraad.council.queries.seat import may_confirm
from samraad.council.states import MeetingStatus
from samraad.look.danish import dato


def tasks(user: User) -> Iterator[Task]:
    """What waits, forum by forum."""
    held = appointments(user)
    yield from _to_confirm(user)
    for forum in {a.seat.forum_id: a.seat.forum for a in held}.values():
        functions = {a.function for a in held if a.seat.forum_id == forum.pk}
        if functions & {*DECIDES, Function.DEPUTY}:
            yield from _minutes(user, forum)
        if Function.ASSISTANT in functions:
            yield from _minutes_to_prepare(user, forum)
        if Function.SECRETARY in functions or (Function.CHAIR in functions and not _has_secretary(forum)):
            yield from _meetings(forum)
        if functions & {Function.SECRETARY, *DECIDES}:
            yield from _forwarded(forum)


def _has_secretary(forum: Forum) -> bool:
    """Does somebody prepare its meetings? Where nobody does, its chair has to."""
    running = Appointment.objects.current(clock.today())
    return running.filter(seat__forum=forum, function=Function.SECRETARY).exists()


def _to_confirm(user: User) -> Iterator[Task]:
    """Appointments that wait for this person's yes."""
    for appointment in may_confirm(user):
        seat = appointment.seat
        yield Task(
            f"Svar, om {appointment.user} skal sidde i {seat.forum}",
            f"Foreslået til “{seat}” som {appointment.get_function_display()}.",
            reverse("council:appointment_answer", args=[seat.forum.district.slug, appointment.pk]),
            "Svar",
        )


def _minutes(user: User, forum: Forum) -> list[Task]:
    out = []
    waiting = (
        forum.meetings.filter(status=MeetingStatus.MINUTES_SENT)
        .select_related("forum__district")
        .prefetch_related("attendance", "replies")
    )
    for meeting in waiting:
        seat = reply_seat(user, meeting)
        if seat is not None and seat.pk not in meeting.answered_seats():
            url = reverse("council:meeting", args=[forum.district.slug, meeting.pk])
            covered = len(meeting.covered_seats())
            why = f"{len(meeting.answered_seats())} af {covered} har svaret."
            out.append(
                Task(
                    f"Godkend referatet fra {dato(meeting.starts_at)}",
                    why,
                    url,
                    "Læs og godkend",
                    meeting.objections_due_on,
                )
            )
    return out


def _minutes_to_prepare(user: User, forum: Forum) -> list[Task]:
    """Minutes that the seat I prepare for was covered at and has not answered."""
    seats = {seat.pk: seat for seat in my_seats(user, forum, Function.ASSISTANT)}
    waiting = forum.meetings.filter(status=MeetingStatus.MINUTES_SENT).prefetch_related(
        "attendance", "replies"
    )
    out = []
    for meeting in waiting:
        answered = meeting.answered_seats()
        for row in meeting.attendance.all():
            if row.covered and row.seat_id in seats and row.seat_id not in answered:
                url = reverse("council:meeting", args=[forum.district.slug, meeting.pk])
                why = f"{seats[row.seat_id]} skal svare. Læs det igennem for pladsen."
                out.append(
                    Task(
                        f"Forbered svaret på referatet fra {dato(meeting.starts_at)}",
                        why,
                        url,
                        "Læs",
                        meeting.objections_due_on,
                    )
                )
    return out


def _meetings(forum: Forum) -> list[Task]:
    today = clock.today()
    out = []
    coming = (
        forum.meetings.coming(today)
        .filter(status=MeetingStatus.PLANNED)
        .prefetch_related("items__papers")
        .first()
    )  # type: ignore[attr-defined]
    if coming is not None:
        why = coming.how_far
        url = reverse("council:meeting", args=[forum.district.slug, coming.pk])
        out.append(
            Task(
                f"Forbered mødet i {forum} {dato(coming.starts_at)}",
                why,
                url,
                "Skriv dagsorden",
                coming.wishes_due_on or coming.starts_at.date(),
            )
        )
    begun = forum.meetings.filter(
        status__in=[MeetingStatus.CALLED, MeetingStatus.HELD], starts_at__lt=clock.now()
    )  # type: ignore[attr-defined]
    for meeting in begun[:4]:
        held = meeting.status == MeetingStatus.HELD
        url = reverse(
            "council:meeting" if held else "council:meeting_hold", args=[forum.district.slug, meeting.pk]
        )
        what, button = ("referatet", "Skriv referat") if held else ("fremmødet", "Skriv fremmøde")
        out.append(
            Task(
                f"Skriv {what} fra {forum} {dato(meeting.starts_at)}",
                "Mødet er holdt.",
                url,
                button,
                meeting.starts_at.date(),
            )
        )
    return out


def _forwarded(forum: Forum) -> list[Task]:
    rows = Forwarding.objects.filter(forum=forum, treated_on=None).select_related("item__meeting__forum")
    url = "council:forward_answer"
    return [
        Task(
            f"Svar: hvornår tog {forum} “{row.item}” op?",
            f"Sendt fra {row.item.meeting.forum}.",
            reverse(url, args=[forum.district.slug, row.pk]),
            "Svar",
            row.due_on,
        )
        for row in rows
    ]
