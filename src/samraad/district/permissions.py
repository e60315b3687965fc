"""Who may do what in several rooms at once."""

from samraad.accounts.permission import permission, require
from samraad.audit.actor import Actor
from samraad.council.models import (
    Forum,
)
from samraad.council.permissions import is_secretary


@permission
def change_all_seats(user: Actor, forum: Forum) -> None:
    """After an election the kredsråd's secretariat changes all mayors' seats in one act."""
    require(
        is_secretary(user, forum.district),
        "Kun kredsrådets sekretariat kan skifte alle borgmesterpladser på én gang.",
    )
