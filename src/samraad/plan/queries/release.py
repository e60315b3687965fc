"""The page of a plan's release: what stands in its way, what is worth a look, what changed since the last."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from samraad import clock
from samraad.accounts.models import User
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem
from samraad.council.queries.seat import chairs
from samraad.look.danish import antal, kortdato
from samraad.plan import permissions as may
from samraad.plan.edition import content_of, difference, texts
from samraad.plan.findings import Placed, open_faults
from samraad.plan.models import Edition, Plan
from samraad.plan.queries import commitments_of
from samraad.plan.queries.plan import NO_CHAIR

ONLY_THE_CHAIR = "Kun formanden"


@dataclass(frozen=True)
class Row:
    """One thing that a release waits for, or that is worth a look before it, and the way to it."""

    words: str
    more: str = ""
    way: str = ""  # what the link says; empty when there is none
    address: str = ""


@dataclass(frozen=True)
class ReleasePage:
    """What stands in the way of a plan's release, and what changed since the last edition."""

    plan: Plan
    why_not: str
    last: Edition | None
    changes: list[dict[str, Any]]
    texts: int
    faults: list[Placed]
    unowned: int
    unanswered: int
    chairs: list[str]
    may_discuss: bool

    @property
    def missing(self) -> list[Row]:
        """What must be done first, and who does it."""
        rows = [self._discussion(), self._approval(), self._text(), self._check()]
        found = list(filter(None, rows))
        if not found and self.why_not and not self.is_for_the_chair:
            found.append(Row(self.why_not))
        return found

    @property
    def look(self) -> list[Row]:
        """What is worth a look and hinders nothing."""
        rows = []
        if self.unowned:
            rows.append(Row(f"{antal(self.unowned, 'løfte,løfter')} uden ansvarlig eller frist"))
        if self.unanswered:
            asked = (
                "De ansvarlige bliver spurgt, når planen er ude;"
                " det, de siger ja til, kommer med i næste udgave."
            )
            rows.append(Row(f"{antal(self.unanswered, 'løfte,løfter')} er ikke besvaret", asked))
        return rows

    @property
    def met(self) -> list[Row]:
        """What is in order."""
        rows = []
        if self.plan.item is not None and self._discussion() is None:
            meeting = self.plan.item.meeting
            day = kortdato(meeting.starts_at)
            words = f"Drøftet på et møde i {self.plan.forum}"
            rows.append(Row(words, way=f"Mødet {day}", address=meeting.get_absolute_url()))
        if self.plan.forum.approval_required and self._approval() is None:
            rows.append(Row("Godkendt, som forummets regler kræver"))
        if not self.faults:
            rows.append(Row("Plantjekket er rent", way="Se plantjekket", address=self._page("check")))
        if not self.unowned:
            rows.append(Row("Alle løfter har en ansvarlig og en frist"))
        if not self.unanswered:
            rows.append(Row("Alle løfter er besvaret"))
        return rows

    @property
    def is_for_the_chair(self) -> bool:
        """Is it somebody else who presses?"""
        return self.why_not.startswith(ONLY_THE_CHAIR)

    @property
    def is_ready(self) -> bool:
        """Can the reader press the button?"""
        return not self.missing and not self.why_not

    @property
    def missing_words(self) -> str:
        """How much is missing."""
        return antal(len(self.missing), "ting mangler,ting mangler")

    @property
    def button_words(self) -> str:
        """What stands in the place of the button: when it comes, and who presses it."""
        told = ""
        if self.missing:
            what = "det"
            if len(self.missing) > 1:
                what = f"de {len(self.missing)} ting"
            told = f"Knappen kommer her, når {what} er på plads."
        if not self.is_for_the_chair:
            return told
        return f"{told} {self._who_presses}".strip()

    @property
    def _who_presses(self) -> str:
        if not self.chairs:
            return f"Kun formanden kan offentliggøre. {NO_CHAIR}"
        names = " eller ".join(self.chairs)
        if self.missing:
            return f"Det er {names}, der trykker."
        return f"Alt er klar. Det er {names}, der trykker; opgaven står på bordet hos formanden."

    @property
    def changed_words(self) -> str:
        """How many texts changed since the last edition."""
        changed = antal(len(self.changes), "tekst er ændret,tekster er ændret")
        if self.last is None:
            return changed
        return f"{changed} siden udgave {self.last.number}"

    def _page(self, name: str) -> str:
        return reverse(f"plan:{name}", args=[self.plan.forum.district.slug, self.plan.pk])

    def _discussion(self) -> Row | None:
        """Was it discussed (§ 113)?"""
        if self.plan.is_discussed:
            return None
        words = f"Planen er ikke drøftet på et møde i {self.plan.forum}"
        if self.plan.item is not None:
            meeting = self.plan.item.meeting
            more = "Den står på dagsordenen. Når punktet har et udfald i referatet, er den drøftet."
            return Row(words, more, f"Mødet {kortdato(meeting.starts_at)}", meeting.get_absolute_url())
        if not self.may_discuss:
            return Row(words, "Sekretariatet lægger den på en dagsorden.")
        return Row(words, way="Læg den på en dagsorden", address=self._page("put_on_agenda"))

    def _approval(self) -> Row | None:
        """Was it approved, where the forum's own rules ask for that?"""
        item = self.plan.item
        adopted = item is not None and item.outcome == AgendaItem.Outcome.ADOPTED
        if adopted or not self.plan.forum.approval_required:
            return None
        return Row("Planen er ikke godkendt på mødet, som forummets regler kræver")

    def _text(self) -> Row | None:
        if self.texts:
            return None
        return Row("Der står intet i planen", way="Skriv planen", address=self.plan.get_absolute_url())

    def _check(self) -> Row | None:
        """Does the plan check find nothing that must be mended or explained?"""
        if not self.faults:
            return None
        words = antal(len(self.faults), "sted skal rettes eller forklares,steder skal rettes eller forklares")
        first = self.faults[0]
        return Row(words, f"Det første er {first.where}: {first.name}.", "Se stederne", self._page("check"))


def release_page(plan: Plan, user: User) -> ReleasePage:
    """All conditions of a release, for one reader."""
    last = plan.editions.first()
    content = content_of(plan)
    changes = []
    if last is not None and not last.withdrawn_because:
        changes = difference(last.content, content)
    commitments = commitments_of(plan)
    unanswered = commitments.filter(status__in=[CommitmentStatus.DRAFT, CommitmentStatus.PROPOSED])
    return ReleasePage(
        plan=plan,
        why_not=may.publish.reason(user, plan),
        last=last,
        changes=changes,
        texts=len(texts(content)),
        faults=open_faults(plan, clock.today()),
        unowned=_without_owner_or_day(commitments),
        unanswered=unanswered.count(),
        chairs=list(chairs(plan.forum, clock.today()).values_list("user__name", flat=True)),
        may_discuss=may.put_on_agenda.allows(user, plan),
    )


def _without_owner_or_day(commitments: QuerySet[Commitment]) -> int:
    count = 0
    for commitment in commitments.select_related("owner", "owner_seat"):
        has_a_day = commitment.due_on or commitment.condition
        if not (commitment.owner_text and has_a_day):
            count += 1
    return count
