"""What the pages of guides show: the list with each newest edition, one guide as its reader sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from samraad.accounts.models import Organisation, User
from samraad.guide import permissions as may
from samraad.guide.models import Content, Guide, GuideEdition


def owners_for(user: User, district: Organisation) -> QuerySet[Organisation]:
    """In whose name the person may write a guide."""
    every = Organisation.objects.filter(seats__forum__district=district).distinct()
    mine = [owner.pk for owner in every if may.write_guide.allows(user, district, owner)]
    return every.filter(pk__in=mine)


@dataclass(frozen=True)
class GuideRow:
    """A guide in the list: what its readers have, before its first edition what is being written."""

    guide: Guide
    edition: GuideEdition | None
    content: Content
    stale: bool


def guide_rows(guides: Iterable[Guide], today: date) -> list[GuideRow]:
    """The guides with their newest editions."""
    rows = []
    for guide in guides:
        edition = next(iter(guide.editions.all()), None)
        content = guide.as_content() if edition is None else edition.content
        rows.append(GuideRow(guide, edition, content, guide.stale(today)))
    return rows


@dataclass(frozen=True)
class GuidePage:
    """A guide as one reader sees it; who may write it reads what is being written."""

    guide: Guide
    edition: GuideEdition | None
    content: Content
    stale: bool
    why_not_write: str

    @property
    def edition_shown(self) -> GuideEdition | None:
        """The edition that the reader has before her; None when it is what is being written."""
        if self.edition is not None and self.content == self.edition.content:
            return self.edition
        return None

    @property
    def changed(self) -> bool:
        """Would a new edition say something else than the newest?"""
        return self.edition is not None and self.edition.differs_from_guide

    @property
    def may_release(self) -> bool:
        """Is there something to release?"""
        return self.edition is None or self.changed

    @property
    def changed_words(self) -> str:
        """What those who write it are told, when their draft has gone on from the newest edition."""
        edition = self.edition
        if edition is None or not self.changed:
            return ""
        said = f"Kladden er ændret siden udgave {edition.number}. Læserne ser den udgivne."
        if edition.public == self.guide.public:
            return said
        if self.guide.public:
            return f"{said} At den må læses af alle, gælder, når den er udgivet igen."
        return f"{said} At den ikke må læses af alle, gælder, når den er udgivet igen."


def guide_page(guide: Guide, user: User, today: date) -> GuidePage:
    """All that the page of a guide shows to a reader."""
    why_not = may.write_guide.reason(user, guide.district, guide.owner)
    edition = guide.editions.first()
    content = guide.as_content()
    if why_not and edition is not None:
        content = edition.content
    return GuidePage(guide, edition, content, guide.stale(today), why_not)
