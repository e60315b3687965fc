"""What people are told of minutes: sent, taken back, still to be answered."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from samraad import clock
from samraad.accounts.models import Mail, User
from samraad.accounts.outbox import among, post
from samraad.accounts.telling import Told
from samraad.audit.actor import Actor, System
from samraad.council.models import Appointment, Function, Meeting, Seat
from samraad.council.notices import ANSWERS, due_today, link, people, signed
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


def sent(meeting: Meeting, by: Actor) -> None:
    """The minutes wait for approval: those who were there are asked, the others can read them.

    In a later round it is said that they were corrected, and to whom that her yes no longer counts.
    """
    due = dato(meeting.objections_due_on)
    again = meeting.minutes_round > 1
    word = "Det rettede referat" if again else "Referatet"
    before = meeting.replies.filter(round=meeting.minutes_round - 1)
    approved = set(before.filter(objection="").values_list("seat_id", flat=True))
    there = {row.seat_id: row.holder_id for row in meeting.attendance.all() if row.covered}
    asked = {holder: seat for seat, holder in there.items() if holder is not None}
    for person in people(meeting.forum, clock.today()):
        if person.pk == by.pk and person.pk not in asked:
            continue
        if person.pk in asked:
            subject = f"{word} fra {dato(meeting.starts_at)} venter på din godkendelse"
            lines = [f"Referatet fra mødet i {meeting.forum} er klar. Fristen for bemærkninger er {due}."]
            if again:
                lines.append("Det er rettet, siden du fik det sidst, og skal godkendes igen.")
            if asked[person.pk] in approved:
                lines.append("Din godkendelse af det første gælder ikke det rettede.")
            way = "Læs og godkend her"
        else:
            subject = f"{word} fra {dato(meeting.starts_at)} er sendt til godkendelse"
            lines = [
                f"Referatet fra mødet i {meeting.forum} er sendt til dem, der var der. Fristen er {due}."
            ]
            way = "Læs det her"
        _tell(
            meeting,
            [person],
            subject,
            *lines,
            way=way,
            key=f"minutes:{meeting.pk}:{meeting.minutes_round}",
            by=by,
        )


def taken_back(meeting: Meeting, reason: str, by: Actor) -> None:
    """Minutes that were sent are taken back to be corrected."""
    everybody = people(meeting.forum, clock.today())
    _tell(
        meeting,
        [person for person in everybody if person.pk != by.pk],
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
        [each for each in people(meeting.forum, clock.today(), Function.SECRETARY) if each.pk != by.pk],
        f"Bemærkning til referatet fra {dato(meeting.starts_at)}",
        f"{seat} har skrevet en bemærkning til referatet fra mødet i {meeting.forum}.",
        way="Læs den her",
        key=f"objection:{meeting.pk}:{meeting.minutes_round}:{seat.pk}",
        by=by,
    )


def _tell(
    meeting: Meeting, to: Iterable[User], subject: str, *lines: str, way: str, key: str, by: Actor
) -> None:
    where = link("council:meeting", meeting.forum.district.slug, meeting.pk)
    post(
        kind=Mail.Kind.MINUTES,
        to=to,
        subject=subject,
        body=signed(*lines, f"{way}: {where}"),
        key=key,
        about=meeting.forum.district,
        forum_ids=[meeting.forum_id],
        by=by,
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
    answered = meeting.answered_seats()
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
