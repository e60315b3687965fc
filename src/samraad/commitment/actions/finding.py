"""What the search finds of commitments: for their forum, and for who sits for their owner once asked."""

from samraad.audit.actor import Actor
from samraad.commitment.models import Commitment
from samraad.search.actions import index


def index_commitment(commitment: Commitment, by: Actor) -> None:
    """Let a commitment be found; a draft asks nobody yet, so only its forum finds it."""
    owner = commitment.owner_id
    if commitment.is_draft:
        owner = None
    index(
        thing=commitment,
        district=commitment.forum.district.slug,
        kind=f"Løfte, {commitment.forum}",
        title=commitment.text,
        text=f"{commitment.owner_words} {commitment.condition} {commitment.expected} {commitment.real}",
        url=commitment.get_absolute_url(),
        forum_id=commitment.forum_id,
        organisation_id=owner,
        by=by,
    )


def commitments_again(by: Actor) -> None:
    """Every commitment."""
    every = Commitment.objects.select_related("forum__district", "owner", "owner_seat")
    for commitment in every:
        index_commitment(commitment, by)
