"""What of commitments can be put back from a forum's bin: by whom."""

from samraad.audit.actor import Actor
from samraad.audit.bin import Rule
from samraad.audit.models import Removed
from samraad.commitment import permissions as may
from samraad.commitment.actions.finding import index_commitment
from samraad.council.bin import forum_of
from samraad.council.permissions import see_inside


def _reads(user: Actor, removed: Removed) -> bool:
    return see_inside.allows(user, forum_of(removed))


def _writes(user: Actor, removed: Removed) -> None:
    may.propose.check(user, forum_of(removed))


RULES = {"commitment.commitment": Rule(_reads, _writes, after=index_commitment)}
