"""Who may do what with commitments and the wheel. All rights come from appointments to seats."""

from samraad.accounts.models import Organisation
from samraad.accounts.permission import permission, require
from samraad.audit.actor import Actor
from samraad.commitment.models import Commitment, CommitmentQuerySet
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import (
    Forum,
    Function,
)
from samraad.council.permissions import DECIDES, INSIDE, appointments, holds, prepare, speaks_for


def decides_for(user: Actor, commitment: Commitment) -> bool:
    """Does `user` sit on the owner's own seat in the forum that follows the promise (a mayor in the kredsråd, a member in a lokalråd)?

    Where the owner has no seat there, its seat in any council decides.
    """
    owner, forum = commitment.owner_id, commitment.forum
    own = forum.seats.filter(organisation=owner, member=True).exists()
    if own:
        return any(
            a.seat.forum_id == forum.pk and a.seat.organisation_id == owner and a.function in DECIDES
            for a in appointments(user)
        )
    return speaks_for(user, commitment.owner, *DECIDES)


def works_for_owner(user: Actor, commitment: Commitment) -> bool:
    """Does `user` belong to the owner's seat in the forum that follows the promise (or, without one there, in any council)?"""
    owner, forum = commitment.owner_id, commitment.forum
    if forum.seats.filter(organisation=owner).exists():
        return any(
            a.seat.forum_id == forum.pk and a.seat.organisation_id == owner and a.function in INSIDE
            for a in appointments(user)
        )
    return speaks_for(user, commitment.owner, *INSIDE)


def visible_commitments(user: Actor, district: Organisation) -> CommitmentQuerySet:
    """Promises of the fora I belong to, those of my organisation (a draft asks nobody yet), for the secretariat all of the kredsråd's."""
    held = [a for a in appointments(user) if a.function in INSIDE]
    fora = [a.seat.forum_id for a in held]
    owners = [a.seat.organisation_id for a in held if a.seat.organisation_id]
    mine = Commitment.objects.of_district(district)
    return mine.filter(forum__in=fora) | mine.filter(owner__in=owners).exclude(status=CommitmentStatus.DRAFT)


@permission
def ask_for_extra_meeting(user: Actor, forum: Forum) -> None:
    """Any member may ask for an extra meeting (BEK 1426 of 2006 § 3)."""
    require(
        holds(user, forum, *DECIDES, Function.DEPUTY), f"Kun medlemmer af {forum} kan bede om et ekstra møde."
    )


@permission
def propose(user: Actor, forum: Forum) -> None:
    """A forum's secretariat or chair writes down what was promised and by whom."""
    prepare.check(user, forum)


@permission
def answer(user: Actor, commitment: Commitment) -> None:
    """An organisation is bound only by its own: its member of a council accepts or declines (a mayor cannot be bound by others)."""
    if commitment.outside or commitment.owner is None:
        require(
            holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
            "Løftet ligger hos en myndighed uden for kredsen. Sekretariatet skriver, hvad den har svaret.",
        )
        return
    decides = decides_for(user, commitment)
    require(
        decides or not speaks_for(user, commitment.owner, *INSIDE),
        f"Kun den, der sidder på pladsen i {commitment.forum}, kan svare for {commitment.owner}. Du kan forberede svaret.",
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
    seat = any(a.seat_id == commitment.owner_seat_id and a.function in INSIDE for a in appointments(user))
    require(
        seat or works_for_owner(user, commitment), f"Kun {commitment.owner_text} kan melde status på løftet."
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
    """The forum's secretariat or chair puts a promise right until its owner has answered."""
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
    """The forum's secretariat or chair moves a date or drops a promise, with a reason."""
    require(
        holds(user, commitment.forum, Function.SECRETARY, Function.CHAIR),
        f"Kun sekretariatet og formanden i {commitment.forum} kan flytte fristen eller lade løftet udgå.",
    )
