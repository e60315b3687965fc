"""Who may bring in figures, who approves them, and who sees them before they are public."""

from django.db.models import QuerySet

from samraad.accounts.models import Membership, Organisation
from samraad.accounts.permission import permission, require
from samraad.accounts.permissions import has_right
from samraad.audit.actor import Actor
from samraad.council.permissions import is_secretary
from samraad.figures.models import Release, Source


def is_analyst(user: Actor, source: Source) -> bool:
    """Is `user` an analyst of the organisation that owns the source?"""
    return has_right(user, source.owner, Membership.Right.ANALYST)


def handles_figures(user: Actor, district: Organisation) -> bool:
    """Does `user` bring in the district's figures, or see them before they are public?"""
    return is_secretary(user, district) or has_right(user, district, Membership.Right.ANALYST)


def visible_sources(user: Actor, district: Organisation) -> QuerySet[Source]:
    """The district's sources, for those who work with them. What is public stands on the public pages."""
    sources = Source.objects.filter(district=district)
    if not handles_figures(user, district):
        return sources.none()
    return sources


def visible_releases(user: Actor, district: Organisation) -> QuerySet[Release]:
    """The releases of those sources, the ones too that are not public yet."""
    return Release.objects.filter(source__in=visible_sources(user, district))


@permission
def load(user: Actor, source: Source) -> None:
    """An analyst of the source's owner brings in its figures."""
    require(
        is_analyst(user, source),
        f"Kun analytikere hos {source.owner} kan lægge tal ind i denne kilde.",
    )


@permission
def hand_in(user: Actor, release: Release) -> None:
    """The one who brought a table in hands it in for approval, or throws it away."""
    load.check(user, release.source)
    require(
        release.loaded_by_id is None or release.loaded_by_id == user.pk,
        f"{release.loaded_by} har lagt tallene ind, og kun den samme kan sende dem videre.",
    )


@permission
def approve(user: Actor, release: Release) -> None:
    """Figures are seen by two: another analyst of the owner or the kredsråd's secretariat approves them."""
    source = release.source
    require(
        is_secretary(user, source.district) or is_analyst(user, source),
        f"Kun kredsrådets sekretariat og analytikere hos {source.owner} kan godkende tallene.",
    )
    require(
        release.loaded_by_id != user.pk,
        "Du har selv lagt tallene ind. En anden skal godkende dem.",
    )


@permission
def begin_source(user: Actor, district: Organisation) -> None:
    """The district's analyst says which tables figures are brought in from."""
    require(
        has_right(user, district, Membership.Right.ANALYST),
        f"Kun analytikere hos {district} kan oprette en kilde.",
    )
