"""What the weekly mail tells of commitments."""

from collections.abc import Iterator
from datetime import datetime

from manuscript.text import shortened
from samraad.council.models import Forum


def news(forum: Forum, since: datetime, until: datetime) -> Iterator[str]:
    """New reports on what the forum follows."""
    reported = forum.commitments.filter(progress__at__gte=since, progress__at__lte=until).distinct()
    for commitment in reported:
        yield f"{forum}: ny status på “{shortened(commitment.text, 80)}”"
