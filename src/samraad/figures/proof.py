"""Is each release still the table that was brought in, and released by whom and when the chain tells?"""

from collections.abc import Iterator

from evidens import keeping
from evidens.errors import BadFile
from samraad.audit.proof import frozen_as
from samraad.figures.models import Release

LASTING = ["figures.approved"]


def proofs() -> Iterator[str]:
    """The releases that do not hold: the kept file, the fingerprint, what stands around it."""
    told, around = frozen_as("figures.approved", "number"), frozen_as("figures.approved", "number", "around")
    releases = Release.objects.select_related("source").exclude(approved_at=None)
    for release in releases.order_by("source", "number").iterator():
        frozen = told.pop((release.pk, release.number), None)
        if release.content_sha != frozen:
            yield f"“{release}” har ikke det fingeraftryk, som kæden fortæller, at tallene fik."
        elif _kept_sha(release) != release.content_sha:
            yield f"“{release}” har en anden tabel gemt end den, der blev godkendt."
        if around.get((release.pk, release.number), "") not in ("", release.around):
            yield f"“{release}” har en anden godkender eller et andet tidspunkt, end kæden siger."
    for pk, number in told:
        if not Release.objects.filter(pk=pk).exists():
            yield f"Tallenes udgivelse {number} (række {pk}) blev godkendt, men er væk."


def _kept_sha(release: Release) -> str:
    """The fingerprint of what the kept file says now; nothing when it cannot be read."""
    try:
        with release.content.open() as file:
            return keeping.content_sha(keeping.from_parquet(file.read()))
    except (OSError, BadFile):
        return ""
