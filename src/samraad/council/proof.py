"""Are the papers there, and what they were on the day they were put on?"""

from collections.abc import Iterator
from hashlib import sha256

from samraad.audit.queries import told_of
from samraad.council.models import Paper

ADDED = "council.paper_added"
LASTING = [ADDED]


def proofs() -> Iterator[str]:
    """The papers whose file is away or holds something else than what was put on.

    A paper that went along to another meeting has no event of its own, but the fingerprint of the first.
    """
    told = {}
    for added in told_of(ADDED):
        told[added.of] = added.facts["sha256"]
    for paper in Paper.objects.select_related("item").order_by("pk").iterator():
        where = f"Bilag {paper.pk} på møde {paper.item.meeting_id}"
        if told.get(paper.pk, paper.sha256) != paper.sha256:
            yield f"{where} har ikke det fingeraftryk, som kæden fortæller, at det fik."
            continue
        try:
            with paper.file.open("rb") as file:
                found = sha256(file.read()).hexdigest()
        except FileNotFoundError:
            yield f"{where}: filen er væk. Læg den tilbage fra en sikkerhedskopi."
            continue
        if found != paper.sha256:
            yield f"{where} har et andet indhold end det, der blev lagt på."
