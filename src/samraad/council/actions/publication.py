"""What of a meeting everybody may read: published, withdrawn, held back; and what the search finds of it."""

from datetime import datetime

from django.urls import reverse

from samraad.accounts.models import User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import Actor
from samraad.council import permissions as may
from samraad.council.models import AgendaItem, Meeting
from samraad.search.actions import forget_in_public, index


def index_minutes(meeting: Meeting, by: Actor, public: bool) -> None:
    """Make minutes findable.

    All of them for the forum, the open items for everybody once they are published.
    """
    district = meeting.forum.district
    items = AgendaItem.objects.filter(meeting=meeting)
    if public:
        items = items.told_to_all()
    texts = [
        f"{item.title} {item.minute} " + " ".join(d.text for d in item.decisions.all())
        for item in items.prefetch_related("decisions")
    ]
    index(
        thing=meeting,
        district=district.slug,
        kind="Referat",
        title=str(meeting),
        text=" ".join(texts),
        url=reverse("public:meeting" if public else "council:meeting", args=[district.slug, meeting.pk]),
        public=public,
        forum_id=None if public else meeting.forum_id,
        by=by,
    )


@action
def publish_open_part(*, meeting: Meeting, now: datetime, by: Actor) -> Meeting:
    """Let the public read the open items of approved minutes."""
    may.publish_open_part.check(by, meeting.hold_still())
    meeting.published_at, meeting.withdrawn_because = now, ""
    meeting.save(update_fields=["published_at", "withdrawn_because"])
    record("council.minutes_published", meeting, by=by)
    index_minutes(meeting, by, public=True)
    return meeting


@action
def withdraw_open_part(*, meeting: Meeting, reason: str, by: User) -> Meeting:
    """Take published minutes out of the public with a reason that stands in their place."""
    may.withdraw_open_part.check(by, meeting.hold_still())
    meeting.published_at, meeting.withdrawn_because = None, reason
    meeting.save(update_fields=["published_at", "withdrawn_because"])
    record("council.minutes_withdrawn", meeting, by=by)
    forget_in_public(thing=meeting, by=by)
    return meeting


def opens(before: tuple[bool, bool], after: tuple[bool, bool]) -> bool:
    """Is something let out that was closed or withheld?"""
    return any(was > now for was, now in zip(before, after, strict=True))


@action
def hold_back(*, item: AgendaItem, closed: bool, withheld: bool, version: int, by: User) -> AgendaItem:
    """Close an item, or withhold what it says, at the meeting or after; the public no longer finds it.

    Once the minutes are sent, what was closed or withheld is not opened by this.
    """
    may.hold_back.check(by, item.meeting.hold_still())
    before, after = (item.closed, item.withheld), (closed, withheld)
    if opens(before, after) and not item.meeting.is_held:
        raise Refused("Referatet er sendt. Det, der er lukket, kan ikke åbnes mere.")
    save_over(item, version=version, closed=closed, withheld=withheld)
    record("council.item_held_back", item, by=by, closed=closed, withheld=withheld)
    if item.meeting.published_at is not None:
        index_minutes(item.meeting, by, public=True)
    return item
