"""What a room offers, and the registry of all rooms.

A room says in its `room.py` what it has for others: tasks for the desk, proposals for an agenda, parts of a
page below, what its bin lets back. A lower room or the desk collects it. Nobody knows all rooms but
`settings.ROOMS`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Model
from django.forms import Field

from samraad import clock
from samraad.audit.actor import Actor

if TYPE_CHECKING:
    from samraad.audit.bin import Rule


@dataclass(frozen=True)
class Task:
    """One thing that waits for a person: what, why, by when, and the button that leads to it."""

    title: str
    why: str
    url: str
    button: str
    due_on: date | None = None

    @property
    def late(self) -> bool:
        """Has its day passed?"""
        return self.due_on is not None and self.due_on < clock.today()


@dataclass(frozen=True)
class Proposal:
    """Something that proposes itself for an agenda: why, and what item it becomes when it is taken.

    `key` ("commitment-42") is kept with the item in place of a foreign key, which would point upwards.
    `again` is the key under which it once stood on an agenda: where that proposes itself too, this does not.
    """

    key: str
    title: str
    why: str
    mark: str
    item_kind: str
    item_title: str
    late: bool = False
    closed: bool = False
    again: str = ""


@dataclass(frozen=True)
class Part:
    """What a room shows on a page of a lower one, under a thing of it ("decision-12")."""

    under: str
    template: str
    context: Mapping[str, Any]


@dataclass(frozen=True)
class Ask:
    """What a room asks for on a form of a lower one.

    The answer is dealt with in the same transaction as the lower room's action.
    """

    fields: Callable[[Any], Mapping[str, Field]]
    run: Callable[[Any, Mapping[str, Any], Actor], None]


@dataclass(frozen=True)
class MenuEntry:
    """A line of the main menu; small positions stand first."""

    position: int
    title: str
    url: str


@dataclass(frozen=True)
class Link:
    """A line that every page has a place for: "front", "search", "desk", "profile", "about" or "contact"."""

    place: str
    title: str
    url: str


@dataclass(frozen=True)
class Sort:
    """A sort of things that can be found: its word in the address, what it is called, its mark, its models.

    `again` puts everything of it into the index.
    """

    code: str
    title: str
    icon: str
    models: tuple[str, ...]
    again: Callable[[Actor], None]


def nothing(*_: Any) -> tuple[Any, ...]:
    """A room that has none of it."""
    return ()


@dataclass(frozen=True)
class Room:
    """What a room offers to the lower ones and to the desk. What it does not name, it has not.

    tasks      what waits for a person
    proposals  what asks for a place on a meeting's agenda, on a day
    parts      "council.meeting" -> what to show under things of that page, for a person
    asks       "council.decision" -> fields of its own on that form
    blocks     "council.minutes" -> what stands under things of that Word file; True for the open part
    follows    "council.meeting_planned" -> what happens here when that has happened, in the same transaction
    bin        "commitment.commitment" -> who reads it in a bin, who puts it back, what follows
    gates      whether a mail may still go to its receiver
    menu       lines of the main menu, for "work", "staff" or "public"
    links      what the top and the foot of every page lead to, in a district or, given None, without one
    tells      who hears of what by mail, a row each (`accounts.telling.Told`)
    news       what happened in a forum in a span, for the weekly mail
    proofs     what was frozen with a fingerprint and does not hold it, a sentence each
    lasting    the events that proofs and pages go by, which are told again when their month goes
    finds      what of it the search finds
    reads      "council.forum" -> the address where everybody reads such a thing
    """

    tasks: Callable[[Any], Iterable[Task]] = nothing
    proposals: Callable[[Any, date], Iterable[Proposal]] = nothing
    parts: Mapping[str, Callable[[Any, Actor], Iterable[Part]]] = field(default_factory=dict)
    asks: Mapping[str, Ask] = field(default_factory=dict)
    blocks: Mapping[str, Callable[[Any, bool], Mapping[str, Sequence[Any]]]] = field(default_factory=dict)
    follows: Mapping[str, Callable[[Any, Actor], None]] = field(default_factory=dict)
    bin: Mapping[str, "Rule"] = field(default_factory=dict)
    gates: Sequence[Callable[[Any], bool]] = ()
    menu: Callable[[str, Any, Any], Iterable[MenuEntry]] = nothing
    links: Callable[[Any], Iterable[Link]] = nothing
    tells: Sequence[Any] = ()
    news: Callable[[Any, datetime, datetime], Iterable[str]] = nothing
    proofs: Callable[[], Iterable[str]] = nothing
    lasting: Sequence[str] = ()
    finds: Sequence[Sort] = ()
    reads: Mapping[str, Callable[..., str]] = field(default_factory=dict)


@cache
def rooms() -> tuple[Room, ...]:
    """What every room that is switched on offers, in the order of `settings.ROOMS` (the lowest first)."""
    named = [f"samraad.{name}.room" for name in settings.ROOMS]
    return tuple(import_module(name).ROOM for name in named if find_spec(name))


def parts(place: str, thing: Model, reader: Actor) -> dict[str, list[Part]]:
    """What the rooms show on a page, by the thing it stands under."""
    found: dict[str, list[Part]] = {}
    for room in rooms():
        if place in room.parts:
            for part in room.parts[place](thing, reader):
                found.setdefault(part.under, []).append(part)
    return found


def blocks(paper: str, thing: Model, *, open_only: bool) -> dict[str, list[Any]]:
    """What the rooms add to a Word file, by the thing it stands under."""
    found: dict[str, list[Any]] = {}
    for room in rooms():
        if paper in room.blocks:
            for under, more in room.blocks[paper](thing, open_only).items():
                found.setdefault(under, []).extend(more)
    return found


def public_address(thing: Model) -> str:
    """Where everybody reads a thing; empty when no room shows it to everybody."""
    for room in rooms():
        if thing._meta.label_lower in room.reads:
            return room.reads[thing._meta.label_lower](thing)
    return ""


def asks(form: str) -> list[Ask]:
    """What the rooms ask for on a form."""
    return [room.asks[form] for room in rooms() if form in room.asks]


def followers(verb: str) -> Iterator[Callable[[Any, Actor], None]]:
    """What the rooms do when something has happened."""
    return (room.follows[verb] for room in rooms() if verb in room.follows)


def rule_of(object_type: str) -> "Rule | None":
    """What its room says of a removed thing of this type; None when it cannot be put back."""
    return next((room.bin[object_type] for room in rooms() if object_type in room.bin), None)
