"""The page of a plan's release: what stands in its way, what is worth a look, what changed since the last."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from samraad import clock
from samraad.accounts.models import User
from samraad.commitment.models import Commitment
from samraad.commitment.states import CommitmentStatus
from samraad.council.models import AgendaItem
from samraad.look.danish import antal
from samraad.plan import permissions as may
from samraad.plan.edition import content_of, difference, texts
from samraad.plan.findings import Placed, open_faults
from samraad.plan.models import Edition, Plan
from samraad.plan.queries import commitments_of
from samraad.plan.states import State

MET, MISSING, LOOK = State("done", "Opfyldt"), State("missing", "Mangler"), State("waiting", "Se på det")


@dataclass(frozen=True)
class Condition:
    """One thing that a release waits for, or that is worth a look before it."""

    state: State
    words: str


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

    @property
    def discussed(self) -> Condition:
        """Was it discussed (§ 113)?"""
        return Condition(_met(self.plan.is_discussed), f"Drøftet på et møde i {self.plan.forum}")

    @property
    def approved(self) -> Condition | None:
        """Was it approved, where the forum's own rules ask for that?"""
        if not self.plan.forum.approval_required:
            return None
        item = self.plan.item
        adopted = item is not None and item.outcome == AgendaItem.Outcome.ADOPTED
        return Condition(_met(adopted), "Godkendt, som forummets regler kræver")

    @property
    def written(self) -> Condition:
        """Does anything stand in it?"""
        return Condition(_met(self.texts > 0), "Der står noget i planen")

    @property
    def checked(self) -> Condition:
        """Does the plan check find nothing that must be mended or explained?"""
        return Condition(_met(not self.faults), "Plantjekket er rent")

    @property
    def check_words(self) -> str:
        """What the link to the check says."""
        if not self.faults:
            return "se listen"
        return antal(len(self.faults), "sted skal rettes eller forklares,steder skal rettes eller forklares")

    @property
    def owned(self) -> Condition:
        """Has every commitment an owner and a day?"""
        words = "Alle løfter har en ansvarlig og en frist"
        if self.unowned:
            words = f"{antal(self.unowned, 'løfte,løfter')} uden ansvarlig eller frist"
        return Condition(_worth_a_look(self.unowned), words)

    @property
    def answered(self) -> Condition:
        """Has every commitment been answered?"""
        words = "Alle løfter er besvaret"
        if self.unanswered:
            words = f"{antal(self.unanswered, 'løfte,løfter')} er ikke besvaret"
        return Condition(_worth_a_look(self.unanswered), words)

    @property
    def changed_words(self) -> str:
        """How many texts changed since the last edition."""
        changed = antal(len(self.changes), "tekst er ændret,tekster er ændret")
        if self.last is None:
            return changed
        return f"{changed} siden udgave {self.last.number}"


def _met(fulfilled: bool) -> State:
    if fulfilled:
        return MET
    return MISSING


def _worth_a_look(count: int) -> State:
    if count:
        return LOOK
    return MET


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
    )


def _without_owner_or_day(commitments: QuerySet[Commitment]) -> int:
    count = 0
    for commitment in commitments.select_related("owner", "owner_seat"):
        has_a_day = commitment.due_on or commitment.condition
        if not (commitment.owner_text and has_a_day):
            count += 1
    return count
