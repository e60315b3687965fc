"""Questions to the chain of events."""

from django.db import models

from samraad.audit.models import FIRST, Event


def first_broken() -> Event | None:
    """The first event whose number, link, hash or words do not hold, or None when every stream does."""
    streams = Event.objects.order_by("stream").values_list("stream", flat=True).distinct()
    broken = (_first_broken_of(stream) for stream in streams)
    return next((event for event in broken if event is not None), None)


def _first_broken_of(stream: str) -> Event | None:
    previous = FIRST
    events = Event.objects.filter(stream=stream).order_by("seq").prefetch_related("words")
    for seq, event in enumerate(events.iterator(chunk_size=2000), start=1):
        if (event.seq, event.previous, event.hash) != (seq, previous, event.digest()):
            return event
        if not _words_hold(event):
            return event
        previous = event.hash
    return None


def _words_hold(event: Event) -> bool:
    """Erased words are lawful; words that are there are those that were written."""
    words = getattr(event, "words", None)
    return words is None or words.digest() == event.words_hash


def history(thing: models.Model) -> models.QuerySet[Event]:
    """What happened to `thing`, newest first."""
    return Event.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk).order_by("-id")
