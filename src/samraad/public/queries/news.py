"""What is new for everybody: editions, accounts and the decisions of open minutes, as entries of a feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.urls import reverse

from manuscript.text import plain, shortened
from samraad.accounts.models import Organisation
from samraad.council.models import AgendaItem, Decision
from samraad.look.danish import dato
from samraad.public.queries import released

SHOWN = 30  # entries


@dataclass(frozen=True)
class Entry:
    """Something new: what, where it stands, in a few words, since when; `key` is its own for ever."""

    key: str
    title: str
    url: str
    text: str
    at: datetime


def news(district: Organisation, now: datetime) -> list[Entry]:
    """The newest first."""
    entries = [*_editions(district, now), *_accounts(district, now), *_decisions(district)]
    return sorted(entries, key=attrgetter("at"), reverse=True)[:SHOWN]


def _editions(district: Organisation, now: datetime) -> Iterator[Entry]:
    for edition in released.editions(district, now)[:SHOWN]:
        year = edition.plan.year
        url = reverse("public:edition", args=[district.slug, year, edition.number])
        told = edition.note
        if edition.withdrawn_because:
            told = f"Trukket tilbage: {edition.withdrawn_because}"
        title = f"{edition.content['title']}, udgave {edition.number}"
        yield Entry(f"udgave-{edition.pk}", title, url, told, edition.public_from)


def _accounts(district: Organisation, now: datetime) -> Iterator[Entry]:
    for edition in released.accounts(district, now)[:SHOWN]:
        url = reverse("public:account", args=[district.slug, edition.plan.year])
        yield Entry(
            f"udgave-{edition.pk}", str(edition.content["title"]), url, edition.note, edition.public_from
        )


def _decisions(district: Organisation) -> Iterator[Entry]:
    """Decisions of open items, since their minutes were published."""
    meetings = list(released.open_meetings(district)[:SHOWN])
    items = AgendaItem.objects.told_to_all().filter(meeting__in=meetings)
    for decision in Decision.objects.filter(item__in=items).select_related("item__meeting__forum"):
        item, meeting = decision.item, decision.item.meeting
        url = reverse("public:meeting", args=[district.slug, meeting.pk])
        text = f"{shortened(plain(decision.text), 300)} ({meeting.forum}, {dato(meeting.starts_at)})"
        assert meeting.published_at is not None
        key, title = f"beslutning-{decision.pk}", f"Beslutning: {item.title}"
        yield Entry(key, title, url, text, meeting.published_at)
