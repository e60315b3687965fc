"""Is each edition of a guide still what it was on the day it was released?"""

from collections.abc import Iterator

from samraad.audit.models import fingerprint
from samraad.audit.proof import frozen_as
from samraad.guide.models import GuideEdition

LASTING = ["guide.released"]


def proofs() -> Iterator[str]:
    """The editions that do not hold: their content, their fingerprint, or that they are gone."""
    told, around = frozen_as("guide.released", "number"), frozen_as("guide.released", "number", "around")
    for edition in GuideEdition.objects.select_related("guide").order_by("guide", "number").iterator():
        if edition.sha256 != told.pop((edition.pk, edition.number), None):
            yield f"Vejledningen “{edition}” har ikke det fingeraftryk, som kæden fortæller, at den fik."
        elif fingerprint(edition.content) != edition.sha256:
            yield f"Vejledningen “{edition}” har et andet indhold end det, der blev udgivet."
        if around.get((edition.pk, edition.number), "") not in ("", edition.around):
            yield f"Vejledningen “{edition}” er for andre eller af en anden, end kæden fortæller."
    for pk, number in told:
        yield f"Vejledningens udgave {number} (række {pk}) blev udgivet, men er væk."
