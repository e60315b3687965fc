"""Questions to the chain of events."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import TypeVar, cast

from django.core.cache import cache
from django.db import models

from samraad.audit.models import FIRST, Event, Segment, Stream

Made = TypeVar("Made")
_asked: ContextVar[dict[str, str] | None] = ContextVar("asked", default=None)
KEPT = "audit.kept"  # the verb of what is told again, when the month it was told in goes


@dataclass(frozen=True)
class Broken:
    """Where a stream does not hold: the number that should have come, and the event that came."""

    seq: int
    event: Event


def first_broken() -> Event | None:
    """The first event whose number, link, hash or words do not hold, or None when every stream does."""
    for broken in map(first_broken_of, streams()):
        if broken is not None:
            return broken.event
    return None


def streams() -> list[str]:
    """The names of all streams, of those too that only events tell of."""
    told = Event.objects.order_by("stream").values_list("stream", flat=True).distinct()
    return sorted({*told, *Stream.objects.values_list("name", flat=True)})


def first_broken_of(stream: str) -> Broken | None:
    """Where a stream does not hold for the first time."""
    gone, previous = gone_to(stream)
    events = Event.objects.filter(stream=stream).order_by("seq").prefetch_related("words")
    for seq, event in enumerate(events.iterator(chunk_size=2000), start=gone + 1):
        if (event.seq, event.previous, event.hash) != (seq, previous, event.digest()):
            return Broken(seq, event)
        if not _words_hold(event):
            return Broken(seq, event)
        previous = event.hash
    return None


def gone_to(stream: str) -> tuple[int, str]:
    """The number and the hash of the last event that went with its month; where the chain goes on."""
    last = Segment.objects.filter(stream=stream).exclude(expired_at=None).order_by("-number").first()
    if last is None:
        return 0, FIRST
    return last.last, last.closes


def _words_hold(event: Event) -> bool:
    """Erased words are lawful; words that are there are those that were written."""
    words = getattr(event, "words", None)
    return words is None or words.digest() == event.words_hash


@contextmanager
def asking_once() -> Iterator[None]:
    """Ask for the last event of a stream once in here, until something happens in here."""
    token = _asked.set({})
    try:
        yield
    finally:
        _asked.reset(token)


def something_happened() -> None:
    """What was asked for before no longer holds."""
    asked = _asked.get()
    if asked is not None:
        asked.clear()


def latest(stream: str = "council") -> str:
    """The hash of the last event of a stream; what was made since it still holds.

    Whoever changes domain data leaves an event (tests see to it), and events of a stream come one after
    the other, so that no change can be behind it. A number would come again after a restore; a hash does not.
    """
    asked = _asked.get()
    if asked is not None and stream in asked:
        return asked[stream]
    found = next(iter(Stream.objects.filter(name=stream).values_list("hash", flat=True)), FIRST)
    if asked is not None:
        asked[stream] = found
    return found


def kept(name: str, make: Callable[[], Made]) -> Made:
    """What `make` finds in the database, kept under `name` until something happens."""
    return cast(Made, cache.get_or_set(f"{name}:{latest()}", make))


def history(thing: models.Model) -> models.QuerySet[Event]:
    """What happened to `thing`, newest first."""
    return Event.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk).order_by("-id")


@dataclass(frozen=True)
class Told:
    """What an event tells of a thing, whether its month is there or it was told again when the month went."""

    of: int
    facts: Mapping[str, object]


def told_of(verb: str) -> Iterator[Told]:
    """What all events of a verb tell, the oldest first."""
    for event in Event.objects.filter(verb=KEPT, facts__was=verb).order_by("seq"):
        yield Told(int(event.facts["of"]), event.facts["told"])
    for event in Event.objects.filter(verb=verb).order_by("seq"):
        yield Told(int(str(event.object_id)), event.facts)
