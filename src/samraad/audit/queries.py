"""Questions to the chain of events."""

from django.db import models

from samraad.audit.models import FIRST, Event


def first_broken() -> Event | None:
    """The first event whose hash or link does not hold, or None when the whole chain does."""
    previous = FIRST
    for event in Event.objects.order_by("id").iterator(chunk_size=2000):
        if event.previous != previous or event.hash != event.digest():
            return event
        previous = event.hash
    return None


def history(thing: models.Model) -> models.QuerySet[Event]:
    """What happened to `thing`, newest first."""
    return Event.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk).order_by("-id")
