"""Who may write and read guides, and who may write down a reason for sharing."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from samraad.accounts.models import Organisation
from samraad.accounts.permission import permission, require
from samraad.audit.actor import Actor
from samraad.council.permissions import (
    INSIDE,
    employed_in,
    held_inside,
    is_secretary,
    organisations_inside,
    speaks_for,
    works_in,
)
from samraad.guide.models import Guide, GuideEdition, SharingNote


def visible_guides(user: Actor, district: Organisation) -> QuerySet[Guide]:
    """Guides at work: released ones for those with a seat, drafts for their owner and the secretariat.

    Front-line staff without a seat read what is written for them or for all; a guest reads the public ones.
    """
    guides = Guide.objects.filter(district=district)
    if not works_in(user, district):
        if not employed_in(user, district):
            return guides.none()
        newest = GuideEdition.objects.filter(guide=OuterRef("pk")).order_by("-number")
        theirs = [Guide.Audience.FRONT_LINE, Guide.Audience.CITIZENS]
        released_for = Subquery(newest.values("audience")[:1])
        return guides.alias(released_for=released_for).filter(released_for__in=theirs)
    if is_secretary(user, district):
        return guides
    if all(held.seat.forum.district_id != district.pk for held in held_inside(user)):
        newest = GuideEdition.objects.filter(guide=OuterRef("pk")).order_by("-number")
        return guides.alias(for_all=Subquery(newest.values("public")[:1])).filter(for_all=True)
    return guides.filter(Q(editions__isnull=False) | Q(owner__in=organisations_inside(user))).distinct()


def my_notes(user: Actor) -> QuerySet[SharingNote]:
    """A written reason is its writer's."""
    if not user.is_authenticated:
        return SharingNote.objects.none()
    return SharingNote.objects.filter(writer=user.pk)


@permission
def write_guide(user: Actor, district: Organisation, owner: Organisation) -> None:
    """The owner's people in a council, and the kredsråd's secretariat, write and release a guide."""
    require(
        is_secretary(user, district) or speaks_for(user, owner, *INSIDE),
        f"Kun {owner} og kredsrådets sekretariat kan ændre vejledningen. "
        "Skriv til dem, hvis noget skal rettes.",
    )


@permission
def write_down_a_reason(user: Actor, district: Organisation) -> None:
    """Who works in a forum of the district may write down why she shares or not (retsplejeloven § 115)."""
    require(
        works_in(user, district),
        "Kun den, der har en plads i et forum i kredsen, kan skrive en begrundelse her.",
    )
