"""What people are told of minutes: sent, taken back, still to be answered."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from samraad import clock
from samraad.accounts.models import Mail, User
from samraad.accounts.outbox import Letter, among
from samraad.accounts.telling import Told
from samraad.audit.actor import Actor, System
from samraad.council.models import Appointment, Function, Meeting, Seat
from samraad.council.notices import ANSWERS, due_today, link, people, signed, without
from samraad.council.states import MeetingStatus
from samraad.look.danish import dato, sentence

TELLS = (
    Told(
        "minutes",
        "Referatet er sendt til godkendelse, også anden gang",
        "De, der var til stede, bliver bedt om at godkende; de andre hører, at det er sendt",
        desk="“Godkend referatet” hos dem, der var til stede; “Forbered svaret” hos den, der forbereder",
    ),
    Told(
        "minutes-back",
        "Referatet er taget tilbage og bliver rettet",
        "Alle med en plads i forummet; de skal ikke gøre noget",
        desk="“Skriv referat” hos sekretariatet og formanden",
    ),
    Told("objection", "En plads har en bemærkning til referatet", "Forummets sekretariat"),
    Told(
        "remind-minutes",
        "Fristen for at godkende nærmer sig: hver uge, og hver dag den sidste uge",
        "De, der var til stede og ikke har svaret",
    ),
)


def sending(meeting: Meeting, number: int, due_on: date, by: Actor) -> list[Letter]:
    """The mails with which the minutes go out for the `number`th time: to who is asked, and to the others.

    In a later round it is said that they were corrected, and to whom that her yes no longer counts.
    """
    there = {row.holder_id: row.seat_id for row in meeting.attendance.all() if row.covered}
    before = meeting.replies.filter(round=number - 1, objection="")
    approved = set(before.values_list("seat_id", flat=True))
    fell, asked, others = [], [], []
    for person in people(meeting.forum, clock.today()):
        if person.pk not in there:
            others.append(person)
        elif there[person.pk] in approved:
            fell.append(person)
        else:
            asked.append(person)
    readers = without(others, [by.pk])
    letters = [
        _asking(meeting, number, due_on, asked),
        _asking(meeting, number, due_on, fell, "Din godkendelse af det første gælder ikke det rettede."),
        _telling(meeting, number, due_on, readers),
    ]
    return [letter for letter in letters if letter.to]


def _asking(meeting: Meeting, number: int, due_on: date, to: list[User], *more: str) -> Letter:
    """To those who were there: read and approve."""
    lines = [f"Referatet fra mødet i {meeting.forum} er klar. Fristen for bemærkninger er {dato(due_on)}."]
    if number > 1:
        lines.append("Det er rettet, siden du fik det sidst, og skal godkendes igen.")
    subject = f"{_name(number)} fra {dato(meeting.starts_at)} venter på din godkendelse"
    return _letter(meeting, to, subject, *lines, *more, way="Læs og godkend her", key=_key(meeting, number))


def _telling(meeting: Meeting, number: int, due_on: date, to: list[User]) -> Letter:
    """To the others with a seat: the minutes can be read."""
    said = f"Referatet fra mødet i {meeting.forum} er sendt til dem, der var der. Fristen er {dato(due_on)}."
    subject = f"{_name(number)} fra {dato(meeting.starts_at)} er sendt til godkendelse"
    return _letter(meeting, to, subject, said, way="Læs det her", key=_key(meeting, number))


def _name(number: int) -> str:
    return "Det rettede referat" if number > 1 else "Referatet"


def _key(meeting: Meeting, number: int) -> str:
    return f"minutes:{meeting.pk}:{number}"


def sent(meeting: Meeting, by: Actor) -> None:
    """The minutes wait for approval."""
    assert meeting.objections_due_on is not None
    for letter in sending(meeting, meeting.minutes_round, meeting.objections_due_on, by):
        letter.post(by)


def taken_back(meeting: Meeting, reason: str, by: Actor) -> None:
    """Minutes that were sent are taken back to be corrected."""
    everybody = people(meeting.forum, clock.today())
    _tell(
        meeting,
        without(everybody, [by.pk]),
        f"Referatet fra {dato(meeting.starts_at)} er taget tilbage",
        f"Sekretariatet retter referatet fra mødet i {meeting.forum}: {sentence(reason)}",
        "Du skal ikke gøre noget nu. Det kommer igen til godkendelse.",
        way="Se mødet her",
        key=f"minutes-back:{meeting.pk}:{meeting.minutes_round}",
        by=by,
    )


def objected(meeting: Meeting, seat: Seat, by: Actor) -> None:
    """A seat has an objection to the minutes: the secretariat is told that, the words stand on the page."""
    _tell(
        meeting,
        without(people(meeting.forum, clock.today(), Function.SECRETARY), [by.pk]),
        f"Bemærkning til referatet fra {dato(meeting.starts_at)}",
        f"{seat} har skrevet en bemærkning til referatet fra mødet i {meeting.forum}.",
        way="Læs den her",
        key=f"objection:{meeting.pk}:{meeting.minutes_round}:{seat.pk}",
        by=by,
    )


def _tell(
    meeting: Meeting, to: Iterable[User], subject: str, *lines: str, way: str, key: str, by: Actor
) -> None:
    _letter(meeting, to, subject, *lines, way=way, key=key).post(by)


def _letter(
    meeting: Meeting,
    to: Iterable[User],
    subject: str,
    *lines: str,
    way: str,
    key: str,
    kind: str = Mail.Kind.MINUTES,
) -> Letter:
    """A mail on the minutes to those people, with the way to the meeting's page."""
    where = link("council:meeting", meeting.forum.district.slug, meeting.pk)
    return Letter(
        kind=kind,
        to=tuple(to),
        subject=subject,
        body=signed(*lines, f"{way}: {where}"),
        key=key,
        about=meeting.forum.district,
        forum_ids=(meeting.forum_id,),
    )


def remind_of_minutes(*, today: date, by: System) -> int:
    """Remind those who were there and have not answered to minutes; returns how many mails are new."""
    waiting = Meeting.objects.filter(status=MeetingStatus.MINUTES_SENT).select_related("forum__district")
    due = [meeting for meeting in waiting if due_today(meeting.objections_due_on, today)]
    return sum(
        among(f"remind-minutes:{meeting.pk}:{today}", partial(_remind_of, meeting, today, by))
        for meeting in due
    )


def _remind_of(meeting: Meeting, today: date, by: System) -> int:
    return reminding(meeting, today).post(by)


def reminding(meeting: Meeting, today: date) -> Letter:
    """The mail to those who were there, still sit there and have not answered."""
    answered = meeting.answered_seats()
    held = Appointment.objects.in_force(today).filter(seat__forum=meeting.forum, function__in=ANSWERS)
    sits = set(held.values_list("seat_id", "user_id"))
    there = [row for row in meeting.attendance.all() if row.covered and (row.seat_id, row.holder_id) in sits]
    return _letter(
        meeting,
        User.objects.filter(pk__in=[row.holder_id for row in there if row.seat_id not in answered]),
        f"Referatet fra {dato(meeting.starts_at)} mangler din godkendelse",
        f"Fristen er {dato(meeting.objections_due_on)}.",
        way="Læs og godkend her",
        key=f"remind-minutes:{meeting.pk}:{today}",
        kind=Mail.Kind.REMINDER,
    )
