"""`@action`: the frame that every change of domain data runs in; `record`: the trace it leaves."""

import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import wraps
from types import MappingProxyType
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import connection, models, transaction
from django.utils import formats, timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from manuscript.text import shortened
from samraad.audit.actor import Actor
from samraad.audit.files import files_of_transaction
from samraad.audit.models import Event, Protected, Stream, Words
from samraad.audit.queries import something_happened
from samraad.audit.rooms import followers

P = ParamSpec("P")
R = TypeVar("R")
_frames: ContextVar[tuple[str, ...]] = ContextVar("frames", default=())
SAVED_MEANWHILE = (
    "Din tekst er ikke gemt. En anden gemte imens. Se begge tekster, og vælg, hvad der skal stå."
)
BLOCK = re.compile(r"\s*<(?:p|h[2-4]|ul|ol|table|blockquote)\b")  # how a text in the HTML subset begins
CODE = re.compile(r"[a-z0-9_.:-]{0,64}")
CHAIN_LOCK = 7_110_115  # the advisory lock that keeps PostgreSQL's chain in one line


NOTHING: Mapping[str, object] = MappingProxyType({})


class Denied(PermissionDenied):
    """The person may not; the sentence says why and what to do."""


class Refused(Exception):
    """The rule says no: a Danish sentence that tells what, why and what to do. Nothing was changed."""


class Stale(Refused):
    """Somebody saved meanwhile. `mine` and `theirs` are both texts, `version` is the one to answer to.

    Where fields were saved over, by field: `sent` is what was to be saved, `held` what is kept now,
    `told` both in words.
    """

    def __init__(
        self,
        message: str,
        *,
        mine: str,
        theirs: str,
        version: int,
        sent: Mapping[str, object] = NOTHING,
        held: Mapping[str, object] = NOTHING,
        told: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    ) -> None:
        super().__init__(message)
        self.mine, self.theirs, self.version = mine, theirs, version
        self.sent, self.held, self.told = sent, held, told


def action(function: Callable[P, R]) -> Callable[P, R]:
    """Run `function` in one transaction, with keyword arguments only and a named actor (`by=`).

    In debug and tests a write to a domain table outside such a frame raises (see `middleware.guard`).
    """

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if args or "by" not in kwargs:
            raise TypeError(f"{function.__qualname__} kaldes med navngivne argumenter og by=.")
        with files_of_transaction(), transaction.atomic(), frame(function.__qualname__):
            return function(*args, **kwargs)

    return run


@contextmanager
def frame(action: str = "") -> Iterator[None]:
    """Mark that writes to domain tables are allowed here, by the action of that name if it is one."""
    token = _frames.set((*_frames.get(), action))
    try:
        yield
    finally:
        _frames.reset(token)


def inside_action() -> bool:
    """Is an action running?"""
    return bool(_frames.get())


def running() -> str:
    """The name of the action that runs, of the outermost where one calls another; "" outside of actions."""
    return next(iter(_frames.get()), "")


def save_over(thing: models.Model, *, version: int, **fields: Any) -> None:
    """Save `fields` unless somebody has saved since `version`.

    Raises Stale when somebody has, with both texts of what differs.
    """
    many = [name for name in fields if thing._meta.get_field(name).many_to_many]
    one = {name: value for name, value in fields.items() if name not in many}
    rows = type(thing)._base_manager.filter(pk=thing.pk, version=version)
    changed = rows.update(version=models.F("version") + 1, **one)
    thing.refresh_from_db()
    if not changed:
        raise _stale(thing, fields)
    for name in many:
        getattr(thing, name).set(fields[name])


def _stale(thing: models.Model, fields: dict[str, Any]) -> "Stale":
    """Both texts of what differs between what was sent and what is kept now."""
    kept = {name: _held(thing, name) for name in fields}
    differ = [name for name in fields if fields[name] != kept[name]] or list(fields)
    told = {name: (_told(thing, name, fields[name]), _told(thing, name, kept[name])) for name in differ}
    mine, theirs = ("".join(side) for side in zip(*told.values(), strict=True))
    version: int = thing.version  # type: ignore[attr-defined]
    return Stale(
        SAVED_MEANWHILE, mine=mine, theirs=theirs, version=version, sent=fields, held=kept, told=told
    )


def _held(thing: models.Model, name: str) -> Any:
    """What a field holds; of a list of things, the things."""
    value = getattr(thing, name)
    return list(value.all()) if thing._meta.get_field(name).many_to_many else value


def _told(thing: models.Model, name: str, value: Any) -> str:
    """A field and what it holds, as a paragraph; a text in the HTML subset keeps its own."""
    field: Any = thing._meta.get_field(name)
    if isinstance(value, str) and BLOCK.match(value):
        return format_html(
            "<p>{}:</p>{}", field.verbose_name.capitalize(), SafeString(value)
        )  # cleaned when shown
    if value is None or value in ("", []):
        words = "ikke skrevet"
    elif isinstance(value, bool):
        words = "ja" if value else "nej"
    elif isinstance(value, date):
        words = formats.date_format(value)
    elif isinstance(value, list):
        words = ", ".join(map(str, value))
    else:
        words = str(dict(field.flatchoices).get(value, value))
    return format_html(
        "<p>{}: {}</p>",
        field.verbose_name.capitalize(),
        format_html_join(SafeString("<br>"), "{}", zip(words.splitlines())),
    )


def record(
    verb: str,
    thing: models.Model | None,
    *,
    by: Actor,
    purpose: str = "",
    ground: str = "",
    stream: str = "council",
    **facts: Any,
) -> Event:
    """Append an event about `thing` to the chain of its stream.

    It is part of the transaction of the action that calls it.

    `verb` is `room.past_tense` ("plan.published"); facts are numbers, days and codes (see `_is_code`), and
    nothing that a person typed. What follows from it in other rooms (`Room.follows`) happens here too.
    Raises TypeError when a fact could hold words.
    """
    codes = {"purpose": purpose, "ground": ground, **facts}
    wordy = [name for name, value in codes.items() if not _is_code(value)]
    if wordy:
        raise TypeError(f"{verb} må kun rumme tal, dage og koder, ikke {', '.join(wordy)}.")
    words = _words(thing, by)
    _hold_the_chain(stream)
    head, _ = Stream.objects.get_or_create(name=stream)
    event = Event(
        stream=stream,
        seq=head.seq + 1,
        at=timezone.now(),
        actor_id=by.pk,
        verb=verb,
        object_type=thing._meta.label_lower if thing else "",
        object_id=thing.pk if thing else None,
        facts=facts,
        purpose=purpose,
        ground=ground,
        words_hash=words.digest(),
        previous=head.hash,
    )
    event.hash = event.digest()
    event.save()
    Stream.objects.filter(pk=head.pk).update(seq=event.seq, hash=event.hash)
    something_happened()
    words.event = event
    words.save(force_insert=True)
    for follow in followers(verb):
        follow(thing, by)
    return event


def _words(thing: models.Model | None, by: Actor) -> Words:
    """Who and what, in words; of a Protected thing only its number."""
    label = shortened(str(thing), 300) if thing else ""
    if isinstance(thing, Protected):
        label = thing.number
    return Words(salt=secrets.token_hex(16), actor=str(by)[:200], label=label)


def _is_code(fact: Any) -> bool:
    """Nothing, a number, a day, a code as the program writes it, or several of them.

    A code has no capitals, no spaces and no letters outside a-z, and is at most as long as a SHA-256.
    """
    if isinstance(fact, (list, tuple)):
        return all(map(_is_code, fact))
    if isinstance(fact, dict):
        return all(map(_is_code, [*fact, *fact.values()]))
    return fact is None or isinstance(fact, (int, date)) or bool(CODE.fullmatch(str(fact)))


def _hold_the_chain(stream: str) -> None:
    """One writer at a time in a stream; SQLite has only one anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [CHAIN_LOCK, stream])


def step(
    table: dict[str, dict[str, str]], thing: models.Model, new: str, refusal: str, field: str = "status"
) -> str:
    """The event of going from where `thing` is now to `new`; nobody else moves it until this is done.

    Where it is now is read from the database, under a lock, and put on `thing`: of two who act at once, the
    second meets what the first has done.
    Raises Refused with the Danish sentence when there is no such way.
    """
    row = type(thing)._base_manager.select_for_update().filter(pk=thing.pk).order_by()
    now = row.values_list(field, flat=True).first()
    setattr(thing, field, now)
    event = table.get(str(now), {}).get(new)
    if event is None:
        raise Refused(refusal)
    return event
