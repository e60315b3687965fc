"""Who may do what with users and organisations."""

from samraad import clock
from samraad.accounts.models import Membership, Organisation, memberships
from samraad.accounts.permission import permission, require
from samraad.audit.actor import Actor


def has_right(user: Actor, organisation: Organisation, *rights: str) -> bool:
    """Does `user` hold one of `rights` in `organisation` today?"""
    today = clock.today()
    for membership in memberships(user):
        if membership.organisation_id != organisation.pk:
            continue
        if membership.right in rights and membership.runs(today):
            return True
    return False


@permission
def join(user: Actor, membership: Membership) -> None:
    """Only the person herself says yes or no to belonging to an organisation."""
    require(membership.waiting, "Tilknytningen venter ikke på et svar.")
    require(membership.user_id == user.pk, f"Kun {membership.user} kan svare på sin egen tilknytning.")


@permission
def administer(user: Actor, organisation: Organisation) -> None:
    """An organisation's administrator invites its people and ends their access."""
    require(
        has_right(user, organisation, Membership.Right.ADMINISTRATOR),
        f"Kun administratoren for {organisation} kan invitere og fjerne personer. "
        "Bed hende eller ham om det.",
    )
