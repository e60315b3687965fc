"""How a stream loses its old months lawfully: a month is sealed, and goes when its time is over.

Only a stream that has been given a time is sealed. The seal is an HMAC with a key that the database does not
hold, over the month's events by number and hash, how long it is kept, and the seal before. The oldest month
goes first, so that there is never a hole; its row stays and says where the chain goes on.
"""

import hmac
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db.models import QuerySet
from django.utils import timezone

from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor
from samraad.audit.keys import Key, KeySource
from samraad.audit.models import FIRST, Event, Segment, Stream, Words
from samraad.audit.queries import KEPT
from samraad.audit.rooms import rooms

SHORTEST = 30  # days
KEEPING = "audit.keeping_changed"  # tells how long a stream is kept


def seal_of(segment: Segment, key: Key) -> str:
    """The seal that a month should have."""
    return hmac.new(key.secret, segment.sealed().encode(), sha256).hexdigest()


@action
def keep(*, stream: str, days: int, by: Actor) -> Stream:
    """Say how long a stream's months are kept; those that are sealed already keep the time they got."""
    found = Stream.objects.filter(name=stream).first()
    if found is None:
        names = ", ".join(Stream.objects.values_list("name", flat=True))
        raise Refused(f"Der er ingen strøm, der hedder {stream}. Der er: {names}.")
    if days < SHORTEST:
        raise Refused(f"En måned bliver gemt mindst {SHORTEST} dage. Skriv et større tal end {days}.")
    found.keep_days = days
    found.save(update_fields=["keep_days"])
    record(KEEPING, None, by=by, stream=stream, days=days)
    return found


def told_to_keep(stream: str) -> int | None:
    """How many days the chain says that a stream is kept; None where it says nothing, which is for ever."""
    events = Event.objects.filter(stream=stream).order_by("seq")
    told = events.filter(verb=KEEPING).last()
    if told is not None:
        return int(str(told.facts["days"]))
    again = events.filter(verb=KEPT, facts__was=KEEPING).last()
    if again is None:
        return None
    return int(str(again.facts["told"]["days"]))


@action
def seal_months(*, stream: Stream, source: KeySource, today: date, by: Actor) -> int:
    """Seal each month that is over and not sealed yet; returns how many."""
    key, sealed = source.current("seal"), 0
    segment = _next(stream, today)
    while segment is not None:
        segment.key = key.name
        segment.seal = seal_of(segment, key)
        segment.save(force_insert=True)
        sealed += 1
        segment = _next(stream, today)
    if sealed:
        last = _segments(stream).order_by("-number")[0]
        record("audit.months_sealed", None, by=by, stream=stream.name, number=last.number, seal=last.seal)
    return sealed


def _next(stream: Stream, today: date) -> Segment | None:
    """The first month without a seal, if it is over."""
    before = _segments(stream).order_by("-number").first()
    if before is None:
        before = Segment(stream=stream.name, number=0, last=0, closes=FIRST, seal=FIRST)
    events = Event.objects.filter(stream=stream.name, seq__gt=before.last).order_by("seq")
    begin = events.first()
    if begin is None or stream.keep_days is None:
        return None
    ends_on = _month_after(timezone.localdate(begin.at))
    if ends_on > today:
        return None
    later = events.filter(at__gte=_midnight(ends_on)).first()
    if later is None:
        end = events.reverse()[0]
    else:
        end = Event.objects.get(stream=stream.name, seq=later.seq - 1)
    return Segment(
        stream=stream.name,
        number=before.number + 1,
        first=begin.seq,
        last=end.seq,
        opens=begin.previous,
        closes=end.hash,
        ends_on=ends_on,
        keep_until=ends_on + timedelta(days=stream.keep_days),
        previous_seal=before.seal,
    )


def _segments(stream: Stream) -> QuerySet[Segment]:
    return Segment.objects.filter(stream=stream.name)


def _month_after(day: date) -> date:
    """The first day of the next month."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))


@action
def expire(*, segment: Segment, by: Actor) -> Segment:
    """Let a month go whose time is over: it is told, marked, and then its events and their words go."""
    events = Event.objects.filter(stream=segment.stream, seq__range=(segment.first, segment.last))
    _tell_again(events, by)
    told = record(
        "audit.segment_expired",
        None,
        by=by,
        stream=segment.stream,
        number=segment.number,
        first=segment.first,
        last=segment.last,
    )
    segment.told_by, segment.expired_at = told.seq, told.at
    segment.save(update_fields=["told_by", "expired_at"])
    Words.objects.filter(event__in=events).delete()
    events.delete()
    return segment


def due(stream: Stream, today: date) -> Segment | None:
    """The oldest month that is there, when its time is over."""
    oldest = _segments(stream).filter(expired_at=None).order_by("number").first()
    if oldest is None or oldest.keep_until > today:
        return None
    return oldest


def _tell_again(events: QuerySet[Event], by: Actor) -> None:
    """What later proofs need of a month is told again before it goes: which edition had which fingerprint."""
    for event in events.filter(verb__in=[*_lasting(), KEPT]).order_by("seq"):
        facts = {"was": event.verb, "of": event.object_id, "told": event.facts}
        if event.verb == KEPT:
            facts = event.facts
        record(KEPT, None, by=by, stream=event.stream, **facts)


def _lasting() -> list[str]:
    verbs = [KEEPING]
    for room in rooms():
        verbs.extend(room.lasting)
    return verbs
