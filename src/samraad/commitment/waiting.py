"""What waits for a person of what her organisations owe: to answer, to report on, to confirm."""

from collections.abc import Iterator
from datetime import timedelta
from functools import cached_property

from samraad import clock
from samraad.accounts.models import User
from samraad.audit.rooms import Task
from samraad.commitment import permissions as may
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Appointment, Seat
from samraad.council.permissions import held_inside, organisations_inside
from samraad.look.danish import dato

SOON = timedelta(days=30)
ASKS = [
    CommitmentStatus.PROPOSED,
    CommitmentStatus.ACCEPTED,
    CommitmentStatus.IN_PROGRESS,
    CommitmentStatus.REPORTED,
]


def tasks(user: User) -> Iterator[Task]:
    """What the organisations owe for which the person sits or prepares."""
    owners = organisations_inside(user)
    mine = _Mine(held_inside(user), owners)
    rows = Commitment.objects.filter(owner__in=owners, outside=False, status__in=ASKS)
    for row in rows.select_related("owner", "owner_seat", "forum__district"):
        if row.status == CommitmentStatus.PROPOSED:
            yield _to_answer(user, row)
        elif row.status == CommitmentStatus.REPORTED:
            if may.confirm.allows(user, row):
                why = "Meldt udført. En anden skal bekræfte det."
                yield _task(f"Bekræft: {row}", why, row, "Bekræft")
        elif row.due_on and row.due_on <= clock.today() + SOON and row in mine:
            yield _task(f"Meld status: {row}", f"Løfte fra {row.forum}.", row, "Meld status")


class _Mine:
    """Which commitments are a person's to report on: her own seat's, else her organisation's seat's."""

    def __init__(self, held: list[Appointment], owners: set[int]) -> None:
        self.seats, self.held = set(), set()
        for appointment in held:
            seat = appointment.seat
            self.seats.add(seat.pk)
            self.held.add((seat.forum_id, seat.organisation_id))
        self.owners = owners

    @cached_property
    def represented(self) -> set[tuple[int, int | None]]:
        """Which of the organisations have a seat in which forum."""
        seats = Seat.objects.filter(organisation__in=self.owners)
        return set(seats.values_list("forum_id", "organisation_id"))

    def __contains__(self, row: Commitment) -> bool:
        if row.owner_seat_id:
            return row.owner_seat_id in self.seats
        pair = (row.forum_id, row.owner_id)
        return pair in self.held or pair not in self.represented


def _to_answer(user: User, row: Commitment) -> Task:
    """A commitment that waits for its owner's yes or no."""
    why, button = f"Foreslået af {row.forum}.", "Svar"
    if row.due_on:  # the day of the promise is not the day of the answer
        why = f"{why} Skal være gjort senest {dato(row.due_on)}."
    if not may.answer.allows(user, row):
        why, button = f"{why} Forbered svaret; pladsens indehaver beslutter.", "Forbered"
    return Task(f"Svar på løftet: {row}", why, row.get_absolute_url(), button)


def _task(title: str, why: str, row: Commitment, button: str) -> Task:
    return Task(title, why, row.get_absolute_url(), button, row.due_on)
