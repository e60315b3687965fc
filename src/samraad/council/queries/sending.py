"""What is about to be sent: the mails as they will be read, who gets them and why, and who gets nothing."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from operator import attrgetter

from samraad import clock
from samraad.accounts.models import User
from samraad.accounts.outbox import Letter
from samraad.council.models import Appointment, Forum, Meeting, Seat
from samraad.look.danish import antal


@dataclass(frozen=True)
class Receiver:
    """Somebody a mail is for: by which seats, and whether a mail reaches her."""

    person: User | str  # somebody with a login, or a guest by her address
    seats: list[str]
    reached: bool

    @property
    def how(self) -> str:
        """What happens to the mail."""
        return "mail" if self.reached else "har valgt mailen fra og ser det på sit bord"

    @property
    def mark(self) -> str:
        """What tells the receiver from others."""
        if isinstance(self.person, str):
            return self.person
        return str(self.person.pk)


@dataclass(frozen=True)
class Shown:
    """One mail with its receivers."""

    letter: Letter
    receivers: list[Receiver]


@dataclass(frozen=True)
class Sending:
    """All that goes out by one press, and the seats that nothing reaches."""

    mails: list[Shown]
    empty_seats: list[Seat]
    seen: str

    @property
    def reached(self) -> int:
        """How many persons get a mail."""
        return sum(receiver.reached for mail in self.mails for receiver in mail.receivers)

    @property
    def lead(self) -> str:
        """How many get it and how many seats do not, in a line."""
        told = f"Intet er sendt endnu. {antal(self.reached, 'person får en mail,personer får en mail')}."
        if not self.reached:
            told = "Intet er sendt endnu, og ingen kan få en mail fra Samråd."
        if self.empty_seats:
            count = len(self.empty_seats)
            told += f" {antal(count, 'plads,pladser')} har ingen person og får ingenting fra Samråd."
        return told


def sending(
    fora: Sequence[Forum],
    letters: Sequence[Letter],
    about: Sequence[object] = (),
    asked: Collection[int] | None = None,
) -> Sending:
    """The preview of `letters` to people of `fora`; `about` is what else must not change before they go.

    `asked` are the seats (by their numbers) that the letters are for; all that are members unless said.
    """
    appointments = Appointment.objects.in_force(clock.today()).filter(seat__forum__in=fora)
    held = list(appointments.select_related("seat", "user"))
    seats: dict[int, list[str]] = {}
    for appointment in held:
        words = f"{appointment.seat}: {appointment.get_function_display().lower()}"
        seats.setdefault(appointment.user_id, []).append(words)
    mails = [_shown(letter, seats) for letter in letters if letter.to or letter.address]
    filled = {appointment.seat_id for appointment in held}
    empty = Seat.objects.filter(forum__in=fora, member=True).exclude(pk__in=filled)
    if asked is not None:
        empty = empty.filter(pk__in=asked)
    return Sending(mails, list(empty), _fingerprint(mails, about))


def what_stands(meeting: Meeting) -> list[object]:
    """What of a meeting must be the same when it is sent as when it was seen: texts and papers."""
    found: list[object] = []
    for item in meeting.items.on_agenda().prefetch_related("papers", "decisions"):
        found.append(item.version)
        found += map(attrgetter("sha256"), item.papers.all())
        found += map(attrgetter("version"), item.decisions.all())
    return found


def _shown(letter: Letter, seats: dict[int, list[str]]) -> Shown:
    reached = {user.pk for user in letter.reaches()}
    receivers = [Receiver(user, seats.get(user.pk, []), user.pk in reached) for user in letter.to]
    if letter.address:
        receivers.append(Receiver(letter.address, ["gæst"], reached=True))
    return Shown(letter, receivers)


def _fingerprint(mails: list[Shown], about: Sequence[object]) -> str:
    """The same as long as texts, receivers and what they are about are the same."""
    parts = list(map(str, about))
    for mail in mails:
        parts += [mail.letter.subject, mail.letter.body]
        parts += sorted(f"{each.mark}:{each.reached}" for each in mail.receivers)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
