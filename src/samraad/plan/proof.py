"""Is each edition of a plan still what it was on the day it was released?"""

from collections.abc import Iterator

from samraad.audit.models import fingerprint
from samraad.audit.proof import frozen_as, is_told
from samraad.plan.models import Edition, Plan

LASTING = ["plan.published", "plan.edition_withdrawn"]


def proofs() -> Iterator[str]:
    """The editions that do not hold: their content, their fingerprint, or that they are gone."""
    told, around = frozen_as("plan.published", "edition"), frozen_as("plan.published", "edition", "around")
    for edition in Edition.objects.select_related("plan__forum").order_by("plan", "number").iterator():
        released_as = told.pop((edition.plan_id, edition.number), None)
        if edition.sha256 != released_as:
            yield f"Planen “{edition}” har ikke det fingeraftryk, som kæden fortæller, at den fik."
        elif edition.withdrawn_because:
            yield from _unlawfully_withdrawn(edition)
        elif fingerprint(edition.content) != edition.sha256:
            yield f"Planen “{edition}” har et andet indhold end det, der blev offentliggjort."
        if around.get((edition.plan_id, edition.number), "") not in ("", edition.around):
            yield f"Planen “{edition}” har en anden udgiver, note eller tid end den, kæden fortæller om."
    for pk, number in told:
        plan = Plan.objects.filter(pk=pk).first()
        name = f"nummer {pk}"
        if plan is not None:
            name = str(plan)
        yield f"Planen “{name}, udgave {number}” blev offentliggjort, men er væk."


def _unlawfully_withdrawn(edition: Edition) -> Iterator[str]:
    if not is_told("plan.edition_withdrawn", edition.pk):
        yield f"Planen “{edition}” står som trukket tilbage, men kæden fortæller ikke om det."
