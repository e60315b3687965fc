"""Who may do what with commitments and the wheel. All rights come from appointments to seats."""

from collections.abc import Sequence

from samraad.accounts.models import Organisation
from samraad.accounts.permission import permission, require
from samraad.audit.actor import Actor
from samraad.commitment.models import Commitment, CommitmentQuerySet
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import Forum, Function
from samraad.council.permissions import (
    DECIDES,
    INSIDE,
    appointments,
    held_inside,
    holds,
    organisations_inside,
    prepare,
    speaks_for,
)


def decides_for(user: Actor, commitment: Commitment) -> bool:
    """Does `user` decide on the owner's own seat in the forum that follows the commitment?

    That is a mayor in the kredsråd, a member in a lokalråd. Where the owner has no seat there, its seat in
    any council decides.
    """
    if commitment.forum.seats.filter(organisation=commitment.owner_id, member=True).exists():
        return _sits_for_owner(user, commitment, DECIDES)
    return speaks_for(user, commitment.owner, *DECIDES)


def works_for_owner(user: Actor, commitment: Commitment) -> bool:
    """Does `user` belong to the owner's seat in the forum that follows the commitment?

    Where the owner has no seat there, its seat in any council counts.
    """
    if commitment.forum.seats.filter(organisation=commitment.owner_id).exists():
        return _sits_for_owner(user, commitment, INSIDE)
    return speaks_for(user, commitment.owner, *INSIDE)


def _sits_for_owner(user: Actor, commitment: Commitment, functions: Sequence[Function]) -> bool:
    """Does she hold a seat of the owner in the forum, in one of the functions?"""
    for held in appointments(user):
        seat = held.seat
        its_own = seat.forum_id == commitment.forum_id and seat.organisation_id == commitment.owner_id
        if its_own and held.function in functions:
            return True
    return False


def visible_commitments(user: Actor, district: Organisation) -> CommitmentQuerySet:
    """Those of the fora one belongs to, and those of one's organisation (a draft asks nobody yet)."""
    fora = {held.seat.forum_id for held in held_inside(user)}
    every = Commitment.objects.of_district(district)
    owned = every.filter(owner__in=organisations_inside(user)).exclude(status=CommitmentStatus.DRAFT)
    return every.filter(forum__in=fora) | owned


@permission
def ask_for_extra_meeting(user: Actor, forum: Forum) -> None:
    """Any member may ask for an extra meeting (BEK 1426 of 2006 § 3)."""
    require(
        holds(user, forum, *DECIDES, Function.DEPUTY), f"Kun medlemmer af {forum} kan bede om et ekstra møde."
    )


@permission
def propose(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair writes down what was agreed and by whom."""
    prepare.check(user, forum)


@permission
def answer(user: Actor, commitment: Commitment) -> None:
    """An organisation is bound only by its own: its member of a council accepts or declines.

    A mayor cannot be bound by others.
    """
    if commitment.outside or commitment.owner is None:
        require(
            holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
            "Løftet ligger hos en myndighed uden for kredsen. Sekretariatet skriver, hvad den har svaret.",
        )
        return
    decides = decides_for(user, commitment)
    require(
        decides or not speaks_for(user, commitment.owner, *INSIDE),
        f"Kun den, der sidder på pladsen i {commitment.forum}, kan svare for {commitment.owner}. "
        "Du kan forberede svaret.",
    )
    require(decides, f"Kun {commitment.owner} kan sige ja eller nej til løftet.")


@permission
def report(user: Actor, commitment: Commitment) -> None:
    """The owner reports; for an outside body the secretariat does."""
    if commitment.outside or commitment.owner is None:
        require(
            holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
            "Sekretariatet melder status for dette løfte.",
        )
        return
    on_its_seat = any(held.seat_id == commitment.owner_seat_id for held in held_inside(user))
    require(
        on_its_seat or works_for_owner(user, commitment),
        f"Kun {commitment.owner_text} kan melde status på løftet.",
    )


@permission
def release(user: Actor, commitment: Commitment) -> None:
    """Progress becomes public when the one who decides for its owner releases it."""
    if commitment.outside or commitment.owner is None:
        report.check(user, commitment)
        return
    require(
        decides_for(user, commitment),
        f"Kun den, der beslutter for {commitment.owner}, kan gøre status offentlig.",
    )


@permission
def confirm(user: Actor, commitment: Commitment) -> None:
    """A second person confirms what one has reported done."""
    require(commitment.status == CommitmentStatus.REPORTED, "Løftet er ikke meldt udført.")
    concerned = report.allows(user, commitment) or holds(
        user, commitment.forum, Function.SECRETARY, Function.CHAIR
    )
    require(concerned, "Kun den ansvarlige organisation og sekretariatet kan bekræfte, at løftet er udført.")
    require(commitment.reported_by != user.pk, "Du har selv meldt det udført. En anden skal bekræfte det.")


@permission
def correct(user: Actor, commitment: Commitment) -> None:
    """The forum's secretariat or chair puts a commitment right until its owner has answered."""
    require(
        holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden i {commitment.forum} kan rette løftet.",
    )
    require(
        commitment.status in (CommitmentStatus.DRAFT, CommitmentStatus.PROPOSED),
        "Løftet er besvaret og kan ikke skrives om. Flyt fristen med en grund, eller lad det udgå.",
    )


@permission
def change(user: Actor, commitment: Commitment) -> None:
    """The forum's secretariat or chair moves a date or drops a commitment, with a reason."""
    require(
        holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden i {commitment.forum} kan flytte fristen eller lade løftet udgå.",
    )
