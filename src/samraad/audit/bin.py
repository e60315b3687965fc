"""The bin: what a user removes is kept whole for 30 days and can be put back with its history.

Each room says with a `Rule` who reads its things there, who puts them back, and what follows
when they are back.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.core import serializers
from django.core.files.storage import Storage
from django.db import IntegrityError, connection, models, transaction
from django.db.models.deletion import Collector

from manuscript.text import shortened
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import Actor, System
from samraad.audit.models import Protected, Removed
from samraad.audit.rooms import rule_of

DAYS = 30


@dataclass(frozen=True)
class Rule:
    """What a room says of one sort of its things.

    Who reads it in a bin, who puts it back (raises Denied or Refused), what follows.
    """

    reads: Callable[[Any, Removed], bool]
    check: Callable[[Any, Removed], None]
    after: Callable[[Any, Any], None] = lambda thing, by: None


@action
def put_in_bin(
    *, thing: models.Model, place: str, now: datetime, by: Actor, along: Sequence[models.Model] = ()
) -> Removed:
    """Delete `thing` and what hangs on it, keeping all of it as data.

    `place` names whose bin it is, such as "plan:12".

    `along` are things that it points to and that have no place without it; they go and come back with it.
    Raises TypeError for a Protected thing: its words would lie in the bin.
    """
    if isinstance(thing, Protected):
        raise TypeError("Det, der er beskyttet, har ingen papirkurv.")
    collector = Collector(using="default")
    collector.collect([thing])
    rows = [*along, *(row for model_rows in collector.data.values() for row in model_rows)]
    rows += [row for queryset in collector.fast_deletes for row in queryset]
    rows = [
        row for row in rows if not row._meta.auto_created
    ]  # a many-to-many's own rows come back with its ends
    kept = Removed.objects.create(
        at=now,
        actor=str(by),
        actor_id=by.pk,
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        label=shortened(str(thing), 300),
        place=place,
        payload=[*json.loads(serializers.serialize("json", rows)), *_pointers(collector), *_links(rows)],
    )
    record("audit.put_in_bin", thing, by=by, place=place, removed=kept.pk)
    thing.delete()
    for other in along:
        other.delete()
    return kept


def _pointers(collector: Collector) -> Iterator[dict[str, Any]]:
    """What stays but loses its pointer to what goes."""
    updates: dict[Any, Any] = collector.field_updates
    for (field, _), groups in updates.items():
        for row in (row for group in groups for row in group):
            yield {
                "model": row._meta.label_lower,
                "pk": row.pk,
                "pointer": field.attname,
                "to": getattr(row, field.attname),
            }


def _links(rows: list[models.Model]) -> Iterator[dict[str, Any]]:
    """What stays and names one of the rows in a list of its own."""
    going = {(row._meta.label_lower, row.pk) for row in rows}
    for row in rows:
        for relation in row._meta.related_objects:
            if relation.many_to_many:
                other: Any = relation.related_model
                for pk in other._base_manager.filter(**{relation.field.name: row.pk}).values_list(
                    "pk", flat=True
                ):
                    if (other._meta.label_lower, pk) not in going:
                        yield {
                            "model": other._meta.label_lower,
                            "pk": pk,
                            "link": relation.field.name,
                            "to": row.pk,
                        }


def in_bin(place: str, now: datetime) -> models.QuerySet[Removed]:
    """What can still be put back, newest first."""
    return Removed.objects.filter(place=place, restored_at=None, at__gte=now - timedelta(days=DAYS))


def may_read(user: Any, removed: Removed) -> bool:
    """May `user` read that this was removed?"""
    rule = rule_of(removed.object_type)
    return rule is not None and bool(removed.payload) and rule.reads(user, removed)


def fields_of(removed: Removed) -> dict[str, Any]:
    """What the removed thing held, by field."""
    same = (
        row
        for row in removed.payload
        if (row["model"], row["pk"]) == (removed.object_type, removed.object_id)
    )
    return next((row["fields"] for row in same), {})


@action
def put_back(*, removed: Removed, now: datetime, by: Actor) -> None:
    """Put a removed thing back with its own numbers and threads, so that its history is its own again."""
    rule = rule_of(removed.object_type)
    if rule is None:
        raise Refused("Det kan ikke sættes på plads fra papirkurven. Opret det igen i hånden.")
    if not removed.payload:
        raise Refused("Det er slettet for alvor og kan ikke sættes på plads. Opret det igen i hånden.")
    rule.check(by, removed)
    if removed.restored_at is not None:
        raise Refused("Det er allerede sat på plads.")
    if removed.at < now - timedelta(days=DAYS):
        raise Refused(f"Der er gået mere end {DAYS} dage. Det kan ikke sættes på plads mere.")
    rows = [row for row in removed.payload if "fields" in row]
    back = {(row["model"], row["pk"]) for row in rows}
    try:
        with transaction.atomic():
            for row in serializers.deserialize("json", json.dumps(rows)):
                _without_what_is_gone(row, back)
                row.save()
            connection.check_constraints(
                sorted({apps.get_model(row["model"])._meta.db_table for row in rows})
            )
    except (IntegrityError, serializers.base.DeserializationError) as error:
        raise Refused(
            "Det, det hang på, er væk, eller der står noget andet på pladsen. Opret det igen i hånden."
        ) from error
    for row in removed.payload:
        if "pointer" in row:  # a thread that somebody has tied to something else since stays there
            loose = apps.get_model(row["model"])._base_manager.filter(
                pk=row["pk"], **{f"{row['pointer']}__isnull": True}
            )
            loose.update(**{row["pointer"]: row["to"]})
        if "link" in row and (
            other := apps.get_model(row["model"])._base_manager.filter(pk=row["pk"]).first()
        ):
            getattr(other, row["link"]).add(row["to"])
    removed.restored_at = now
    removed.save(update_fields=["restored_at"])
    record("audit.put_back", removed, by=by, object_type=removed.object_type, object_id=removed.object_id)
    rule.after(apps.get_model(removed.object_type)._base_manager.get(pk=removed.object_id), by)


def _without_what_is_gone(row: Any, back: set[tuple[str, Any]]) -> None:
    """Take out of a row what was removed for itself since.

    Out of its lists, and of what it may do without; the things of `back` come with it.
    """

    def there(model: Any, key: Any) -> bool:
        return (model._meta.label_lower, key) in back or model._base_manager.filter(pk=key).exists()

    for name, keys in row.m2m_data.items():
        row.m2m_data[name] = [
            key for key in keys if there(row.object._meta.get_field(name).related_model, key)
        ]
    for field in row.object._meta.concrete_fields:
        key = getattr(row.object, field.attname)
        spared = field.is_relation and key is not None and field.remote_field.on_delete is models.SET_NULL
        if spared and not there(field.related_model, key):
            setattr(row.object, field.attname, None)


@action
def empty(*, now: datetime, by: System) -> int:
    """Erase for good what has lain for 30 days, its files and its name too; returns how many."""
    old = list(Removed.objects.filter(at__lt=now - timedelta(days=DAYS)).exclude(payload=[]))
    files = {file for removed in old for file in _files(removed)}
    for removed in old:
        removed.payload, removed.label = [], ""
        removed.save(update_fields=["payload", "label"])
    kept = {file for removed in Removed.objects.exclude(payload=[]) for file in _files(removed)}
    for file in files - kept:
        file.erase()
    if old:
        record("audit.bin_emptied", None, by=by, gone=len(old))
    return len(old)


@dataclass(frozen=True)
class _File:
    model: str
    field: str
    name: str

    def erase(self) -> None:
        """Delete it from the disk, unless a row that is not in the bin still shows it."""
        model = apps.get_model(self.model)
        storage: Storage = model._meta.get_field(self.field).storage  # type: ignore[union-attr]
        if not model._base_manager.filter(**{self.field: self.name}).exists():
            storage.delete(self.name)


def _files(removed: Removed) -> Iterator[_File]:
    for row in removed.payload:
        for field in apps.get_model(row["model"])._meta.get_fields():
            if isinstance(field, models.FileField) and (name := row.get("fields", {}).get(field.name)):
                yield _File(row["model"], field.name, name)
