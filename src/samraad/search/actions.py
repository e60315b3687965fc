"""Putting things into the index, and taking them out."""

from datetime import datetime

from django.db import connection, models

from manuscript.text import plain, shortened
from samraad.audit.actions import action
from samraad.audit.actor import Actor
from samraad.audit.models import Protected
from samraad.audit.rooms import rooms
from samraad.search.danish import grams, searchable
from samraad.search.models import Entry

KEPT = 20_000  # letters of a text, to show where in it the words stand


@action
def index(
    *,
    thing: models.Model,
    district: str,
    kind: str,
    title: str,
    text: str,
    url: str,
    by: Actor,
    also: str = "",
    public: bool = False,
    forum_id: int | None = None,
    organisation_id: int | None = None,
    visible_from: datetime | None = None,
) -> Entry:
    """Make `thing`, never a Protected one, findable by title and text; a second call replaces the first.

    `also` are words that it is found by and that nobody is shown.
    """
    if isinstance(thing, Protected):
        raise TypeError("Det, der er beskyttet, kan ikke findes i søgningen.")
    words = plain(text)
    found_by = searchable(f"{title} {words} {kind} {plain(also)}")
    entry, _ = Entry.objects.update_or_create(
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        public=public,
        defaults={
            "district": district,
            "forum_id": forum_id,
            "organisation_id": organisation_id,
            "visible_from": visible_from,
            "kind": kind[:60],
            "title": shortened(title, 300),
            "excerpt": shortened(words, 240),
            "body": words[:KEPT],
            "url": url,
            "title_text": searchable(title),
            "search_text": found_by,
            "grams": _grams(found_by),
        },
    )
    return entry


def _grams(found_by: str) -> str:
    """What PostgreSQL finds parts of words by; SQLite has a table for that (FTS5)."""
    if connection.vendor != "postgresql":
        return ""
    return " ".join(sorted(grams(found_by)))


@action
def index_again(*, by: Actor) -> int:
    """Make the whole index again from what the rooms have; returns how many things can be found."""
    Entry.objects.all().delete()
    for room in rooms():
        for sort in room.finds:
            sort.again(by)
    return Entry.objects.count()


@action
def forget_in_public(*, thing: models.Model, by: Actor) -> None:
    """Let the public not find `thing` any longer; those inside still do."""
    Entry.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk, public=True).delete()


@action
def forget(*, thing: models.Model, by: Actor) -> None:
    """Take `thing` out of the index."""
    Entry.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk).delete()
