"""What of commitments can be put back from a forum's bin: by whom."""

from samraad.audit.actor import Actor
from samraad.audit.bin import Rule, fields_of
from samraad.audit.models import Removed
from samraad.commitment import permissions as may
from samraad.council.models import Forum
from samraad.council.permissions import see_inside


def _forum_of(removed: Removed) -> Forum:
    return Forum.objects.get(pk=fields_of(removed)["forum"])


def _reads(user: Actor, removed: Removed) -> bool:
    return see_inside.allows(user, _forum_of(removed))


def _writes(user: Actor, removed: Removed) -> None:
    may.propose.check(user, _forum_of(removed))


RULES = {"commitment.commitment": Rule(_reads, _writes)}
