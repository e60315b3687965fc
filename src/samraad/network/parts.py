"""What the room shows on a forum's page: agreements, events, advice given, seminars."""

from collections.abc import Iterator

from django.db.models import Q

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.actor import Actor
from samraad.audit.rooms import Part
from samraad.council.models import Forum
from samraad.council.permissions import see_inside
from samraad.network import permissions as may
from samraad.network.queries import unreached


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
        yield Part("forum", "network/_around.html", _around(forum, may_keep))
    seminars = forum.seminars.prefetch_related("reach")[:10]
    yield Part(
        "forum", "network/_seminars.html", {"seminars": seminars, "may_hold_seminar": may_hold_seminar}
    )


def _around(forum: Forum, may_keep: bool) -> dict[str, object]:
    """Agreements, events to come and gone, the last advice, and whom none has reached."""
    today = clock.today()
    past = forum.events.filter(on__lt=today).exclude(until__gte=today).reverse()
    return {
        "pacts": forum.pacts.all(),
        "events": forum.events.filter(Q(on__gte=today) | Q(until__gte=today)),
        "past_events": past[:40],
        "advice": forum.advice.select_related("municipality")[:40],
        "unreached": [place.short_name for place in unreached(forum)],
        "today": today,
        "may_keep": may_keep,
    }
