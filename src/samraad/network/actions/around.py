"""What goes on around the fora: entered, corrected where nobody has saved meanwhile, removed into the bin."""

from datetime import date, datetime
from typing import TypedDict, TypeVar, Unpack

from django.db import models

from samraad import clock
from samraad.accounts.models import Organisation, User
from samraad.audit.actions import Refused, action, record, save_over
from samraad.audit.actor import Actor
from samraad.audit.bin import put_in_bin
from samraad.council.models import Forum
from samraad.network import permissions as may
from samraad.network.models import Advice, AroundForum, LocalEvent, Pact
from samraad.search.actions import forget, index

# What stands around a forum -> (what it is called, the fields it is found by besides its name)
FOUND_BY: dict[type[AroundForum], tuple[str, tuple[str, ...]]] = {
    Pact: ("Aftale", ("partners", "text")),
    LocalEvent: ("Begivenhed", ("place", "note")),
    Advice: ("Rådgivning", ("profession",)),
}


Entry = TypeVar("Entry", Pact, LocalEvent, Advice)


class AroundFields(TypedDict, total=False):
    """What is written of an agreement, an event or advice; each has its own of these."""

    title: str
    partners: str
    text: str
    starts_on: date
    ends_on: date
    on: date
    until: date | None
    place: str
    expected: int | None
    note: str
    municipality: Organisation | None
    receiver: str
    profession: str
    topic: str
    count: int


@action
def enter(*, kind: type[Entry], forum: Forum, by: Actor, **fields: Unpack[AroundFields]) -> Entry:
    """Enter an agreement, an event or advice that was given, for a forum."""
    may.keep_network.check(by, forum)
    _check_days(kind, fields)
    thing = kind.objects.create(forum=forum, **fields)
    record(f"network.{kind._meta.model_name}_entered", thing, by=by, forum=forum.pk)
    index_around(thing, by)
    return thing


@action
def correct(*, thing: Entry, version: int, by: User, **fields: Unpack[AroundFields]) -> Entry:
    """Put an entry of a forum right."""
    may.keep_network.check(by, thing.forum)
    _check_days(type(thing), fields)
    save_over(thing, version=version, **fields)
    record(f"network.{thing._meta.model_name}_corrected", thing, by=by, forum=thing.forum_id)
    index_around(thing, by)
    return thing


def _check_days(kind: type[models.Model], fields: AroundFields) -> None:
    begins, ends = fields.get("starts_on") or fields.get("on"), fields.get("ends_on") or fields.get("until")
    if begins and ends and ends < begins:
        raise Refused("Den sidste dag ligger før den første. Ret datoerne.")
    if kind is Advice and fields["on"] > clock.today():
        raise Refused("Dagen ligger ude i fremtiden. Skriv rådgivningen ind, når den er givet.")


def index_around(thing: Pact | LocalEvent | Advice, by: Actor) -> None:
    """Make an agreement, an event or advice findable for its forum."""
    word, fields = FOUND_BY[type(thing)]
    index(
        thing=thing,
        district=thing.forum.district.slug,
        kind=f"{word}, {thing.forum}",
        title=str(thing),
        text=" ".join(getattr(thing, name) for name in fields),
        url=thing.get_absolute_url(),
        forum_id=thing.forum_id,
        by=by,
    )


@action
def remove(*, thing: Pact | LocalEvent | Advice, now: datetime, by: User) -> None:
    """Take an entry of a forum away; it lies in the forum's bin for 30 days."""
    may.keep_network.check(by, thing.forum)
    forget(thing=thing, by=by)
    put_in_bin(thing=thing, place=f"forum:{thing.forum_id}", now=now, by=by)
