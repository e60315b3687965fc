"""Do the seals of a stream hold? What is gone lawfully is told apart from what is missing."""

import hmac
from collections.abc import Iterator

from django.utils import timezone

from samraad.audit.actions import Refused
from samraad.audit.keys import keys
from samraad.audit.models import FIRST, Event, Segment
from samraad.audit.segments import seal_of


def seals_hold(stream: str) -> Iterator[str]:
    """What is wrong with the months of a stream, a sentence each."""
    before = Segment(stream=stream, number=0, last=0, closes=FIRST, seal=FIRST, expired_at=timezone.now())
    for segment in Segment.objects.filter(stream=stream).order_by("number"):
        where = f"Strømmen {stream}, {segment}"
        for wrong in (*_in_line(segment, before), *_sealed(segment), *_events(segment, before)):
            yield f"{where}: {wrong}"
        before = segment
    sealed = Event.objects.filter(stream=stream, verb="audit.months_sealed").order_by("-seq").first()
    if sealed is not None and sealed.facts["number"] > before.number:
        yield f"Strømmen {stream}: segl {before.number + 1} mangler. Kæden fortæller, at det blev sat."


def _in_line(segment: Segment, before: Segment) -> Iterator[str]:
    """Does it go on where the one before ended?"""
    if segment.number != before.number + 1:
        yield f"segl {before.number + 1} mangler. Det er slettet uden ret: et segl bliver stående."
    elif (segment.first, segment.opens) != (before.last + 1, before.closes):
        yield "det begynder ikke, hvor det før sluttede."
    elif segment.previous_seal != before.seal:
        yield "det hænger ikke sammen med seglet før."


def _sealed(segment: Segment) -> Iterator[str]:
    """Is it as it was when it was sealed?"""
    try:
        key = keys().named(segment.key)
    except Refused as refusal:
        yield f"seglet kan ikke efterprøves. {refusal}"
        return
    if not hmac.compare_digest(segment.seal, seal_of(segment, key)):
        yield "seglet passer ikke: måneden, dens frist eller seglet selv er ændret."


def _events(segment: Segment, before: Segment) -> Iterator[str]:
    """Are its events there, or lawfully gone?"""
    events = Event.objects.filter(stream=segment.stream)
    if segment.expired_at is None:
        last = events.filter(seq=segment.last).first()
        if last is None:
            yield "hændelser mangler, og fristen er ikke meldt ude: de er slettet uden ret."
        elif last.hash != segment.closes:
            yield "den sidste hændelse er en anden end den, seglet blev sat på."
        return
    if before.expired_at is None:
        yield "det er slettet før det ældre segl, så kæden har et hul."
    if not segment.keep_until <= timezone.localdate(segment.expired_at) <= timezone.localdate():
        yield f"det er slettet uden ret: fristen er {segment.keep_until}."
    if events.filter(seq__range=(segment.first, segment.last)).exists():
        yield "det står som slettet, men der er hændelser i det."
    if not _is_told(segment):
        yield "det er slettet uden ret: kæden fortæller ikke om det."


def _is_told(segment: Segment) -> bool:
    """Does the chain tell of its end, where the event that tells has not lawfully gone itself?"""
    if segment.told_by is None:
        return False
    tells = Segment.objects.filter(first__lte=segment.told_by, last__gte=segment.told_by)
    if tells.filter(stream=segment.stream).exclude(expired_at=None).exists():
        return True
    told = Event.objects.filter(stream=segment.stream, seq=segment.told_by, verb="audit.segment_expired")
    return told.filter(facts__number=segment.number).exists()


def lawfully_gone(streams: list[str]) -> Iterator[str]:
    """What is gone because its time was over, a sentence for each stream."""
    for stream in streams:
        gone = Segment.objects.filter(stream=stream).exclude(expired_at=None).order_by("-number").first()
        if gone is not None:
            yield (
                f"Strømmen {stream}: hændelse 1-{gone.last} (før {gone.ends_on}) er slettet efter fristen, "
                f"som segl 1-{gone.number} fortæller."
            )
