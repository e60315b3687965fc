"""Which release holds, and the table that it is."""

from datetime import datetime
from functools import lru_cache

from django.core.files.storage import default_storage

from evidens import keeping
from evidens.counts import Counts
from samraad.accounts.models import Organisation
from samraad.figures.models import Release, Series, Source
from samraad.figures.states import ReleaseStatus

HELD = 6  # tables that one process keeps in memory: a few megabytes each


def counts_of(release: Release) -> Counts:
    """The table of a release; read once per process, since its content never changes."""
    return table_at(release.content.name, release.content_sha)


@lru_cache(maxsize=HELD)
def table_at(name: str, content_sha: str) -> Counts:
    """The table in a kept file of that content."""
    with default_storage.open(name) as file:
        return keeping.from_parquet(file.read(), name)


def newest_at_work(source: Source) -> Release | None:
    """The newest table that was approved, public already or not."""
    return source.releases.filter(status=ReleaseStatus.APPROVED).order_by("-number").first()


def current(source: Source, moment: datetime) -> Release | None:
    """The release that anyone reads at a moment: the newest that is public."""
    return Release.objects.filter(source=source).public(moment).select_related("source__district").first()


def public_series(district: Organisation) -> list[Series]:
    """The district's series, in their order."""
    rows = Series.objects.filter(source__district=district).select_related("source__district")
    return list(rows.prefetch_related("versions"))
