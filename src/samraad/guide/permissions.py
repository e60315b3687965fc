"""Who may write and read guides, and who may write down a reason for sharing."""

from typing import Any

from django.db.models import Q, QuerySet

from samraad.accounts.models import Organisation
from samraad.accounts.permission import permission, require
from samraad.council.permissions import INSIDE, appointments, is_secretary, speaks_for, works_in
from samraad.guide.models import Guide, SharingNote


def visible_guides(user: Any, district: Organisation) -> QuerySet[Guide]:
    """Guides at work: released ones for everybody who works in the district, drafts for their owner and the secretariat."""
    guides = Guide.objects.filter(district=district)
    if not works_in(user, district):
        return guides.none()
    if is_secretary(user, district):
        return guides
    owners = [a.seat.organisation_id for a in appointments(user) if a.seat.organisation_id and a.function in INSIDE]
    return guides.filter(Q(editions__isnull=False) | Q(owner__in=owners)).distinct()


def my_notes(user: Any) -> QuerySet[SharingNote]:
    """A written reason is its writer's."""
    return SharingNote.objects.filter(writer=user) if user.is_authenticated else SharingNote.objects.none()


@permission
def write_guide(user: Any, district: Organisation, owner: Organisation) -> None:
    """The owner's people in a council, and the kredsråd's secretariat, write and release a guide."""
    require(
        is_secretary(user, district) or speaks_for(user, owner, *INSIDE),
        f"Kun {owner} og kredsrådets sekretariat kan ændre vejledningen. Skriv til dem, hvis noget skal rettes.",
    )


@permission
def write_down_a_reason(user: Any, district: Organisation) -> None:
    """Whoever works in a forum of the district may write down why she shares or keeps something (retsplejeloven § 115)."""
    require(works_in(user, district), "Kun den, der har en plads i et forum i kredsen, kan skrive en begrundelse her.")
