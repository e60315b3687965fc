"""What members are told of a meeting: called, moved, cancelled, changed, what came later, apologies."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import partial

from samraad import clock
from samraad.accounts.models import Mail, User
from samraad.accounts.outbox import Letter, among, post
from samraad.accounts.telling import Told
from samraad.audit.actor import Actor, System
from samraad.council.calendar import feed
from samraad.council.models import AgendaItem, Appointment, Forum, Function, Meeting, Seat
from samraad.council.notices import guest, link, people, signed, without
from samraad.council.states import MeetingStatus
from samraad.look.danish import klokken, kortdato, naar, sentence

IN_CALENDAR = ("called", "moved", "cancelled", "reinstated", "changed")  # mails with a file for the calendar
NEAR = 2  # days before a meeting on which it is told of again
EVERYBODY = "Alle med en plads i forummet: medlemmer, stedfortrædere, de, der forbereder, og sekretariatet"
TELLS = (
    Told("called", "Dagsordenen er sendt ud", EVERYBODY, feed=True),
    Told("item", "Et punkt er kommet på, efter at dagsordenen er sendt", EVERYBODY),
    Told(
        "paper",
        "Et bilag er kommet til efter dagsordenen; én gang om dagen",
        EVERYBODY,
    ),
    Told(
        "moved",
        "Mødet er flyttet; den, der havde meldt afbud, bliver spurgt igen",
        EVERYBODY,
        feed=True,
    ),
    Told("cancelled", "Mødet er aflyst", EVERYBODY, feed=True),
    Told("reinstated", "Aflysningen er trukket tilbage", EVERYBODY, feed=True),
    Told("changed", "Mødet har et andet sted eller en anden form", EVERYBODY, feed=True),
    Told(
        "apology",
        "En plads har meldt afbud eller trukket det tilbage",
        "Pladsens folk og forummets sekretariat; ikke den, der skrev det",
        desk="Afbuddet står på mødets side for sekretariatet og for pladsens folk",
    ),
    Told("near", "Mødet er om to dage", "Alle med en plads, undtagen den, der har meldt afbud"),
    Told(
        "forwarded",
        "Et punkt er sendt til et andet forum",
        "Det andet forums formand og sekretariat",
        desk="“Svar: hvornår tog … op?” hos det andet forums medlemmer og sekretariat",
    ),
)


def calling(meeting: Meeting) -> list[Letter]:
    """The mail with the agenda; what is closed has no title in it."""
    place = f", {meeting.place}" if meeting.place else ""
    lines = [f"{item.position}. {item.title_for_all}" for item in meeting.items.on_agenda()]
    return [
        _letter(
            meeting,
            people(meeting.forum, clock.today()),
            f"Dagsorden: {meeting.forum} {naar(meeting.starts_at)}",
            f"Her er dagsordenen til mødet {meeting.day} {meeting.hours}{place}.",
            "\n".join(lines),
            "Bilagene ligger i Samråd. Kan du ikke komme, så meld afbud dér: din stedfortræder får besked.",
            key=f"called:{meeting.pk}",
        )
    ]


def called(meeting: Meeting, by: Actor) -> None:
    """The agenda is out."""
    for letter in [*calling(meeting), *guest.inviting(meeting)]:
        letter.post(by)


def item_added(item: AgendaItem, by: Actor) -> None:
    """An item was put on an agenda that is out; the title of what is held back stands in no mail."""
    title = f"“{item.title}” er kommet på" if item.told_to_all else "Et nyt punkt er kommet på"
    _tell_all(
        item.meeting,
        f"Nyt punkt: {item.meeting.forum} {naar(item.meeting.starts_at)}",
        f"{title} som punkt {item.position} på dagsordenen til mødet {item.meeting.day}.",
        key=f"item:{item.pk}",
        by=by,
    )


def paper_added(item: AgendaItem, by: Actor) -> None:
    """A paper came after the agenda was out; several on one day are told of once."""
    meeting = item.meeting
    _tell_all(
        meeting,
        f"Nye bilag: {meeting.forum} {naar(meeting.starts_at)}",
        f"Der er kommet nye bilag til mødet {meeting.day}, til punkt {item.position}. Flere kan følge i dag.",
        key=f"paper:{meeting.pk}:{clock.today()}",
        by=by,
    )


def moved(
    meeting: Meeting, was: datetime, reason: str, asked_again: list[Seat], now: datetime, by: Actor
) -> None:
    """A meeting has another time: the old and the new one with the clock.

    Who had sent an apology is asked again.
    """
    key = f"moved:{meeting.pk}:{int(now.timestamp())}"
    subject = f"Flyttet: {meeting.forum}, fra {_short(was)} til {_short(meeting.starts_at)}"
    told = f"Mødet {naar(was)} er flyttet til {meeting.day} {meeting.hours}: {sentence(reason)}"
    again = "Afbuddet til den gamle tid gælder ikke mere. Meld afbud igen, hvis den nye heller ikke passer."
    excused = {person.pk for person in _of_seats(asked_again)}
    everybody = people(meeting.forum, clock.today())
    coming = without(everybody, excused)
    told_already = {person.pk for person in coming}
    _tell(meeting, coming, subject, told, key=key, by=by)
    _tell(meeting, without(everybody, told_already), subject, told, again, key=key, by=by)
    guest.news(meeting, subject, told, key, by)


def cancelled(meeting: Meeting, by: Actor) -> None:
    """A meeting does not take place, and why."""
    _tell_all_and_guests(
        meeting,
        f"Aflyst: {meeting.forum} {naar(meeting.starts_at)}",
        f"Mødet {naar(meeting.starts_at)} er aflyst: {sentence(meeting.cancelled_because)}",
        key=f"cancelled:{meeting.pk}:{int(clock.now().timestamp())}",
        by=by,
    )


def reinstated(meeting: Meeting, now: datetime, by: Actor) -> None:
    """A meeting that was cancelled takes place after all."""
    _tell_all_and_guests(
        meeting,
        f"Aflysningen er trukket tilbage: {meeting.forum} {naar(meeting.starts_at)}",
        f"Mødet {naar(meeting.starts_at)} var aflyst. Det bliver holdt alligevel.",
        key=f"reinstated:{meeting.pk}:{int(now.timestamp())}",
        by=by,
    )


def changed(meeting: Meeting, told: list[str], now: datetime, by: Actor) -> None:
    """A meeting has another place or form; its time is the same."""
    _tell_all_and_guests(
        meeting,
        f"Ændret: {meeting.forum} {naar(meeting.starts_at)}",
        f"Mødet {naar(meeting.starts_at)} er ændret. {' '.join(told)}",
        key=f"changed:{meeting.pk}:{int(now.timestamp())}",
        by=by,
    )


def apology(meeting: Meeting, seat: Seat, *, taken_back: bool, by: Actor) -> None:
    """A seat cannot come, or can after all: told to those of the seat and to who keeps the agenda."""
    said = "kan komme alligevel" if taken_back else "har meldt afbud"
    word = "Afbud trukket tilbage" if taken_back else "Afbud"
    asks = "" if taken_back else "Stedfortræderen kan komme i stedet."
    keepers = people(meeting.forum, clock.today(), Function.SECRETARY)
    _tell(
        meeting,
        without([*_of_seats([seat]), *keepers], [by.pk]),
        f"{word}: {seat}, {naar(meeting.starts_at)}",
        f"{seat} {said} til mødet {meeting.day} {meeting.hours}. {asks}".strip(),
        key=f"apology:{meeting.pk}:{seat.pk}:{int(taken_back)}:{int(clock.now().timestamp())}",
        by=by,
    )


def forwarded(item: AgendaItem, forum: Forum, by: Actor) -> None:
    """An item came from another forum: those who answer for it are told; what is held back has no title."""
    title = f"“{item.title}”" if item.told_to_all else "et punkt"
    post(
        kind=Mail.Kind.MEETING,
        to=people(forum, clock.today(), Function.CHAIR, Function.SECRETARY),
        subject=f"Til {forum} fra {item.meeting.forum}",
        body=signed(
            f"{item.meeting.forum} har sendt {title} til {forum}. Svar, når I har behandlet det.",
            f"Se det her: {link('council:forum', forum.district.slug, forum.pk)}",
        ),
        key=f"forwarded:{item.pk}:{forum.pk}",
        about=forum.district,
        forum_ids=[forum.pk],
        by=by,
    )


def remind_of_meetings(*, today: date, by: System) -> int:
    """Two days before a meeting that is called, tell those with a seat; returns how many mails are new."""
    near = Meeting.objects.filter(status=MeetingStatus.CALLED, starts_at__date=today + timedelta(days=NEAR))
    return sum(
        among(f"near:{meeting.pk}:{meeting.starts_at.date()}", partial(_near, meeting, by))
        for meeting in near.select_related("forum__district")
    )


def _near(meeting: Meeting, by: System) -> int:
    """The meeting is in two days; who has said that she cannot come is not reminded."""
    excused = set(meeting.attendance.values_list("holder_id", flat=True))
    return _tell(
        meeting,
        without(people(meeting.forum, clock.today()), excused),
        f"Om {NEAR} dage: {meeting.forum} {naar(meeting.starts_at)}",
        f"Mødet er {meeting.day} {meeting.when_and_where}.",
        key=f"near:{meeting.pk}:{meeting.starts_at.date()}",
        by=by,
    )


def _of_seats(seats: Iterable[Seat]) -> list[User]:
    """Who holds the seats, stands in for them or prepares for them."""
    held = Appointment.objects.in_force(clock.today()).filter(
        seat__in=list(seats),
        function__in=[Function.CHAIR, Function.MEMBER, Function.DEPUTY, Function.ASSISTANT],
    )
    return [appointment.user for appointment in held.select_related("user")]


def _short(moment: datetime) -> str:
    """ "14. juni 2022 kl. 13.00"."""
    return f"{kortdato(moment)} kl. {klokken(moment)}"


def _tell_all(meeting: Meeting, subject: str, *lines: str, key: str, by: Actor) -> None:
    _tell(meeting, people(meeting.forum, clock.today()), subject, *lines, key=key, by=by)


def _tell_all_and_guests(meeting: Meeting, subject: str, told: str, key: str, by: Actor) -> None:
    """What concerns the meeting itself: the guests of single items come to it too."""
    _tell_all(meeting, subject, told, key=key, by=by)
    guest.news(meeting, subject, told, key, by)


def _tell(meeting: Meeting, to: Iterable[User], subject: str, *lines: str, key: str, by: Actor) -> int:
    return _letter(meeting, to, subject, *lines, key=key).post(by)


def _letter(meeting: Meeting, to: Iterable[User], subject: str, *lines: str, key: str) -> Letter:
    """A mail on the meeting to those people, with the way to its page."""
    where = link("council:meeting", meeting.forum.district.slug, meeting.pk)
    return Letter(
        kind=Mail.Kind.MEETING,
        to=tuple(to),
        subject=subject,
        body=signed(*lines, f"Se mødet her: {where}"),
        key=key,
        about=meeting.forum.district,
        forum_ids=(meeting.forum_id,),
        calendar=_for_calendar(meeting, key),
    )


def _for_calendar(meeting: Meeting, key: str) -> str:
    """The meeting for the receiver's calendar, where the mail is about when and where it is."""
    about, _, _ = key.partition(":")
    if about not in IN_CALENDAR:
        return ""
    return feed([meeting], str(meeting.forum), Meeting.get_absolute_url).decode()


def news(forum: Forum, since: datetime, until: datetime) -> Iterator[str]:
    """Agendas and minutes that were sent: for the weekly mail."""
    for meeting in forum.meetings.filter(called_at__gte=since, called_at__lte=until):
        if meeting.is_cancelled:
            yield f"{forum}: mødet {meeting.day} er aflyst"
        else:
            yield f"{forum}: dagsorden til {meeting.day}"
    for meeting in forum.meetings.filter(minutes_sent_at__gte=since, minutes_sent_at__lte=until):
        yield f"{forum}: referat fra {meeting.day} er sendt"
