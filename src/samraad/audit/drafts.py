"""A private draft of what somebody types: kept as she goes, seen by nobody else, gone when she saves.

It has no event: it is nobody's text yet. Pages of casework keep none.
"""

from datetime import datetime, timedelta
from itertools import chain

from django.urls import Resolver404, resolve

from manuscript.persons import cpr_like
from samraad.audit.actions import Refused, action
from samraad.audit.actor import Actor, System
from samraad.audit.models import Draft

LONGEST = 1_000_000  # letters of all fields of a page
DAYS = 30
MANY = 50  # drafts of one person
NEVER = {"csrfmiddlewaretoken", "once", "seen"}  # what belongs to one showing of a form


@action
def keep_draft(*, place: str, content: str, now: datetime, by: Actor) -> Draft:
    """Keep what is typed on a page. Raises Refused for personal numbers and for more than a page holds."""
    if not _is_a_page(place):
        raise Refused("Siden findes ikke. Kladden er ikke gemt.")
    if Draft.objects.filter(user_id=by.pk).exclude(place=place[:200]).count() >= MANY:
        raise Refused(f"Du har {MANY} kladder. Gem eller slet nogle af dem.")
    if len(content) > LONGEST:
        raise Refused("Kladden er for lang til at blive gemt. Gem selv det, du har skrevet.")
    draft = Draft(content=content)
    fields = draft.fields.copy()
    for name in NEVER:
        fields.pop(name, None)
    if cpr_like(" ".join(chain.from_iterable(dict(fields.lists()).values()))):
        raise Refused("Teksten ligner noget med et CPR-nummer. Kladden er ikke gemt.")
    kept, _ = Draft.objects.update_or_create(
        user_id=by.pk, place=place[:200], defaults={"content": fields.urlencode(), "saved_at": now}
    )
    return kept


def _is_a_page(place: str) -> bool:
    """Is it the address of one of the house's pages?"""
    try:
        resolve(place)
    except (Resolver404, ValueError):
        return False
    return "\x00" not in place


@action
def drop_draft(*, place: str, by: Actor) -> None:
    """The text is saved for real, or not wanted."""
    Draft.objects.filter(user_id=by.pk, place=place[:200]).delete()


@action
def forget_drafts(*, now: datetime, by: System) -> int:
    """Delete drafts that nobody has touched for 30 days; returns how many."""
    gone, _ = Draft.objects.filter(saved_at__lt=now - timedelta(days=DAYS)).delete()
    return gone


def draft_of(user: Actor, place: str) -> Draft | None:
    """What the person has typed on that page and not saved; a visitor has none."""
    return Draft.objects.filter(user_id=user.pk, place=place[:200]).first()
