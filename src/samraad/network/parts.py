"""What the room shows on a forum's page: agreements, events, advice given, seminars."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.actor import Actor
from samraad.audit.rooms import Part
from samraad.council.models import Forum
from samraad.council.permissions import see_inside
from samraad.network import permissions as may
from samraad.network.models import Advice, LocalEvent, Pact
from samraad.network.queries.register import unreached


def on_fora(district: Organisation, reader: Actor) -> Iterator[Part]:
    """Above the list of fora: the way to partners and stations."""
    yield Part("fora-acts", "network/_fora_acts.html", {})


def on_forum(forum: Forum, reader: Actor) -> Iterator[Part]:
    """What stands around the forum, for those inside it and its keepers; seminars for all at work."""
    may_hold_seminar = may.enter_seminar.allows(reader, forum)
    may_keep = may.keep_network.allows(reader, forum)
    if may_hold_seminar:
        yield Part("forum-acts", "network/_forum_acts.html", {})
    if may_keep or see_inside.allows(reader, forum):
        yield Part("forum", "network/_around.html", {"around": _around(forum, may_keep)})
    seminars = forum.seminars.prefetch_related("reach")[:10]
    yield Part(
        "forum", "network/_seminars.html", {"seminars": seminars, "may_hold_seminar": may_hold_seminar}
    )


@dataclass(frozen=True)
class Around:
    """What stands around a forum on a day: agreements, events to come and gone, the last advice."""

    today: date
    pacts: list[Pact]
    events: list[LocalEvent]
    past_events: list[LocalEvent]
    advice: list[Advice]
    unreached: list[str]
    may_keep: bool

    @property
    def is_empty(self) -> bool:
        """Is nothing written down yet?"""
        return not (self.pacts or self.events or self.past_events or self.advice)


def _around(forum: Forum, may_keep: bool) -> Around:
    """What a reader sees, who may or may not keep it."""
    today = clock.today()
    past = forum.events.filter(on__lt=today).exclude(until__gte=today).reverse()
    return Around(
        today=today,
        pacts=list(forum.pacts.all()),
        events=list(forum.events.filter(Q(on__gte=today) | Q(until__gte=today))),
        past_events=list(past[:40]),
        advice=list(forum.advice.select_related("municipality")[:40]),
        unreached=[place.short_name for place in unreached(forum)],
        may_keep=may_keep,
    )
