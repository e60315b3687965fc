"""Questions to the chain of events."""

from collections.abc import Callable
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import models

from samraad.audit.models import FIRST, Event

Made = TypeVar("Made")


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


def latest(stream: str = "council") -> int:
    """The number of the last event of a stream; what was made since it still holds.

    Whoever changes domain data leaves an event (tests see to it), and events of a stream come one after
    the other, so that no change can be behind this number.
    """
    found: dict[str, int] = Event.objects.filter(stream=stream).aggregate(last=models.Max("seq", default=0))
    return found["last"]


def kept(name: str, make: Callable[[], Made]) -> Made:
    """What `make` finds in the database, kept under `name` until something happens."""
    return cast(Made, cache.get_or_set(f"{name}:{latest()}", make))


def history(thing: models.Model) -> models.QuerySet[Event]:
    """What happened to `thing`, newest first."""
    return Event.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk).order_by("-id")
