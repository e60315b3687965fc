"""Are papers and approved minutes what they were on the day they were put on, and approved?"""

from collections.abc import Iterator
from hashlib import sha256

from samraad.audit.models import fingerprint
from samraad.audit.queries import told_of
from samraad.council.models import Meeting, Paper

ADDED = "council.paper_added"
APPROVED = "council.minutes_approved"
LASTING = [ADDED, APPROVED]


def minutes_hash(meeting: Meeting) -> str:
    """The fingerprint of what is approved: of every item its title, outcome, minute and decisions."""
    told = []
    for item in meeting.items.prefetch_related("decisions"):
        told.append([item.position, item.title, item.outcome, item.minute])
        for decision in item.decisions.all():
            told.append([decision.kind, decision.text, decision.ends_on])
    return fingerprint(told)


def proofs() -> Iterator[str]:
    """What does not hold, a sentence each."""
    yield from _minutes()
    yield from _papers()


def _minutes() -> Iterator[str]:
    """Approved minutes that are away or say something else than what was approved."""
    approved = {}
    for told in told_of(APPROVED):
        approved[told.of] = told.facts.get("sha256", "")
    for pk, frozen in approved.items():
        meeting = Meeting.objects.filter(pk=pk).first()
        if meeting is None:
            yield f"Møde {pk} fik sit referat godkendt, men er væk."
        elif frozen not in ("", minutes_hash(meeting)):
            yield f"Referatet af møde {pk} siger noget andet end det, der blev godkendt."


def _papers() -> Iterator[str]:
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
