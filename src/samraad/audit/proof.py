"""Does what is kept hold? Triggers, seals, streams to their end, and what the rooms froze."""

from collections.abc import Iterator

from django.db import connection

from samraad.audit import triggers
from samraad.audit.models import Event, Stream
from samraad.audit.queries import Broken, first_broken_of, gone_to, streams, told_of
from samraad.audit.rooms import rooms
from samraad.audit.seals import seals_hold
from samraad.audit.segments import SHORTEST, told_to_keep


def faults() -> Iterator[str]:
    """What does not hold: what it is and where, a sentence each."""
    for name in triggers.missing(connection):
        yield (
            f"Udløseren {name} mangler i databasen, eller den siger noget andet end den skal. "
            "Find ud af, hvem der gjorde det; sæt den så på igen med ./run manage verify --triggers."
        )
    for stream in streams():
        yield from of_stream(stream)
    for room in rooms():
        yield from room.proofs()


def of_stream(name: str) -> Iterator[str]:
    """Which seals do not hold, and where a stream is broken for the first time or ends too early."""
    yield from seals_hold(name)
    yield from _kept_as_told(name)
    broken = first_broken_of(name)
    if broken is not None:
        yield _told(name, broken)
        return
    reached, head = _reached(name)
    stream = Stream.objects.filter(name=name).first()
    if stream is None:
        yield f"Strømmen {name} står der hændelser i, men den er ikke selv skrevet ned i databasen."
    elif stream.seq > reached:
        yield (
            f"Strømmen {name}, nummer {reached + 1}: hændelsen mangler. "
            f"Strømmen er nået til nummer {stream.seq}; resten er slettet."
        )
    elif (stream.seq, stream.hash) != (reached, head):
        yield f"Strømmen {name}, nummer {reached}: strømmens eget nummer eller fingeraftryk er et andet."


def _kept_as_told(name: str) -> Iterator[str]:
    """The time a stream is kept is the one that an event tells of, and not too short: months go by it."""
    stream = Stream.objects.filter(name=name).first()
    if stream is None:
        return
    told = told_to_keep(name)
    if stream.keep_days != told:
        yield (
            f"Strømmen {name} bliver gemt {_days(stream.keep_days)}, men hændelserne siger {_days(told)}. "
            "Find ud af, hvem der ændrede det, og sæt det igen med ./run manage keep_events."
        )
    elif told is not None and told < SHORTEST:
        yield f"Strømmen {name} bliver gemt {_days(told)}. Det er mindre end {SHORTEST} dage."


def _days(days: int | None) -> str:
    if days is None:
        return "for altid"
    return f"i {days} dage"


def _reached(name: str) -> tuple[int, str]:
    """The number and the hash of the last event that is there."""
    last = Event.objects.filter(stream=name).order_by("-seq").first()
    if last is None:
        return gone_to(name)
    return last.seq, last.hash


def _told(stream: str, broken: Broken) -> str:
    where, event = f"Strømmen {stream}, nummer {broken.seq}", broken.event
    if event.seq != broken.seq:
        return f"{where}: hændelsen mangler. Den næste, der er der, er nummer {event.seq}."
    return f"{where}: hændelsen fra {event.at:%Y-%m-%d %H:%M} ({event.verb}) eller dens ord er ændret."


def is_told(verb: str, pk: int) -> bool:
    """Does an event of a verb tell of a thing?"""
    return any(told.of == pk for told in told_of(verb))


def frozen_as(verb: str, number: str, what: str = "sha256") -> dict[tuple[int, int], str]:
    """What events of a verb tell of: (the thing, the number among its facts) -> the fingerprint of then.

    `what` names the fingerprint among the facts; it is "" where an event of before tells of none. A thing
    that is told of twice with different fingerprints has none: nothing it holds is right.
    """
    frozen: dict[tuple[int, int], str] = {}
    for told in told_of(verb):
        thing, fingerprint = (told.of, int(str(told.facts[number]))), str(told.facts.get(what, ""))
        if frozen.setdefault(thing, fingerprint) != fingerprint:
            frozen[thing] = "fortalt to gange"
    return frozen
