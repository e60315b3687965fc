"""What a guest of one item is told: the time, the place and her item; never what else the agenda holds."""

from samraad.accounts.models import Mail
from samraad.accounts.outbox import Letter
from samraad.accounts.telling import Told
from samraad.audit.actor import Actor
from samraad.council.models import AgendaItem, Guest, Meeting
from samraad.look.danish import naar

TELLS = (
    Told("guest", "En gæst er inviteret til ét punkt", "Gæstens mailadresse; kun tid, sted og det ene punkt"),
    Told("guest-not", "Invitationen er taget tilbage", "Gæstens mailadresse"),
    Told("guest-news", "Gæstens møde er flyttet, aflyst eller ændret", "Gæstens mailadresse"),
)


def inviting(meeting: Meeting) -> list[Letter]:
    """The mails to those who are invited to one item of a meeting."""
    guests = meeting.guests.exclude(item=None).exclude(email="").select_related("item")
    return [_invitation(guest, meeting) for guest in guests]


def invited(guest: Guest, by: Actor) -> None:
    """A guest gets her invitation."""
    if guest.email:
        _invitation(guest, guest.meeting).post(by)


def not_invited(guest: Guest, by: Actor) -> None:
    """A guest need not come after all."""
    if guest.email:
        meeting = guest.meeting
        told = f"Du er ikke længere inviteret til mødet i {meeting.forum} {naar(meeting.starts_at)}."
        _to(guest, "Invitationen er taget tilbage", told, key=f"guest-not:{guest.pk}").post(by)


def item_fell(item: AgendaItem, by: Actor) -> None:
    """An item whose agenda is out is not taken up: its guests need not come."""
    if item.meeting.is_called:
        for guest in item.guests.all():
            not_invited(guest, by)


def news(meeting: Meeting, subject: str, told: str, key: str, by: Actor) -> None:
    """The guests of single items hear of the meeting itself: its time, its place, that it is off."""
    for guest in meeting.guests.exclude(item=None).exclude(email=""):
        _to(guest, subject, told, key=f"guest-news:{guest.pk}:{key}").post(by)


def _invitation(guest: Guest, meeting: Meeting) -> Letter:
    """The mail to a guest; what is closed has no title in it."""
    place = f", {meeting.place}" if meeting.place else ""
    title = "et lukket punkt"
    if guest.item is not None and guest.item.told_to_all:
        title = f"punktet “{guest.item.title}”"
    return _to(
        guest,
        f"Invitation: {meeting.forum} {naar(meeting.starts_at)}",
        f"Du er inviteret som {guest.role} til {title} på mødet {meeting.day} {meeting.hours}{place}.",
        "Du er kun med under det punkt. Sekretariatet siger, hvornår det ventes.",
        key=f"guest:{guest.pk}:{int(meeting.starts_at.timestamp())}",
    )


def _to(guest: Guest, subject: str, *lines: str, key: str) -> Letter:
    return Letter(
        kind=Mail.Kind.MEETING,
        to=(),
        address=guest.email,
        subject=subject,
        body="\n\n".join(lines),
        key=key,
        about=guest.meeting.forum.district,
    )
