"""The page of a hearing: who was asked, who has replied, what was done with every remark; and its rows."""

from collections.abc import Iterator
from dataclasses import dataclass

from samraad.accounts.models import User
from samraad.look.danish import antal
from samraad.plan import permissions as may
from samraad.plan.models import Hearing, Party, Remark
from samraad.plan.queries import open_remarks


@dataclass(frozen=True)
class HearingPage:
    """A hearing as one reader sees it."""

    hearing: Hearing
    parties: list[Party]
    remarks: list[Remark]
    unsettled: int
    why_not: str

    @property
    def replied(self) -> int:
        """How many have replied."""
        return len([party for party in self.parties if party.replied_at])

    @property
    def may_call_off(self) -> bool:
        """A hearing can be called off as long as nobody has replied."""
        return self.replied == 0

    @property
    def lead(self) -> str:
        """How many have replied, until when one can, and how many remarks wait."""
        told = [f"{self.replied} af {len(self.parties)} har svaret.", self.hearing.term_words]
        if self.unsettled:
            waits = antal(self.unsettled, "bemærkning mangler,bemærkninger mangler")
            told.append(f"{waits} en behandling.")
        return " ".join(told)


def hearing_page(hearing: Hearing, user: User) -> HearingPage:
    """All that the page of a hearing shows to a reader."""
    remarks = Remark.objects.filter(party__hearing=hearing).select_related("party__hearing")
    return HearingPage(
        hearing=hearing,
        parties=list(hearing.parties.select_related("organisation").prefetch_related("remarks")),
        remarks=list(remarks.order_by("position", "about", "party__name")),
        unsettled=open_remarks(hearing).count(),
        why_not=_why_not(hearing, user),
    )


def _why_not(hearing: Hearing, user: User) -> str:
    """Why the reader cannot change anything; empty when she can."""
    reason = may.hold_hearing.reason(user, hearing.plan)
    if not reason and hearing.closed_at:
        return "Høringen er afsluttet."
    return reason


def hearing_rows(hearing: Hearing) -> Iterator[tuple[str, ...]]:
    """A row for each remark, and one for each party that has made none.

    A row is the party, the day it replied, what the remark is about, the remark, what was done, and why.
    """
    for party in hearing.parties.prefetch_related("remarks"):
        replied = f"{party.replied_at:%d-%m-%Y}" if party.replied_at else ""
        remarks = party.remarks.all()
        if not remarks:
            yield party.name, replied, "", party.state.word, "", ""
        for remark in remarks:
            done = remark.get_outcome_display()
            yield party.name, replied, remark.about, remark.text, done, remark.answer
