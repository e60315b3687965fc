"""Putting things into the index, and taking them out."""

from datetime import datetime

from django.db import models

from manuscript.text import plain, shortened
from samraad.audit.actions import action
from samraad.audit.actor import Actor
from samraad.audit.models import Protected
from samraad.search.danish import searchable
from samraad.search.models import Entry


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
    public: bool = False,
    forum_id: int | None = None,
    visible_from: datetime | None = None,
) -> Entry:
    """Make `thing`, never a Protected one, findable by title and text; a second call replaces the first."""
    if isinstance(thing, Protected):
        raise TypeError("Det, der er beskyttet, kan ikke findes i søgningen.")
    words = plain(text)
    entry, _ = Entry.objects.update_or_create(
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        public=public,
        defaults={
            "district": district,
            "forum_id": forum_id,
            "visible_from": visible_from,
            "kind": kind[:60],
            "title": shortened(title, 300),
            "excerpt": shortened(words, 240),
            "url": url,
            "title_text": searchable(title),
            "search_text": searchable(f"{title} {words}"),
        },
    )
    return entry


@action
def forget_in_public(*, thing: models.Model, by: Actor) -> None:
    """Let the public not find `thing` any longer; those inside still do."""
    Entry.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk, public=True).delete()


@action
def forget(*, thing: models.Model, by: Actor) -> None:
    """Take `thing` out of the index."""
    Entry.objects.filter(object_type=thing._meta.label_lower, object_id=thing.pk).delete()
