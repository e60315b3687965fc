"""The bin: what a user removes is kept whole for 30 days and can be put back with its history."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.core import serializers
from django.db import IntegrityError, models, transaction
from django.db.models.deletion import Collector

from samraad.audit.actions import Refused, action, record
from samraad.audit.models import Removed

DAYS = 30


@action
def put_in_bin(*, thing: models.Model, place: str, now: datetime, by: Any) -> Removed:
    """Delete `thing` and what hangs on it, keeping all of it as data. `place` names whose bin it is, such as "plan:12"."""
    collector = Collector(using="default")
    collector.collect([thing])
    rows = [row for model_rows in collector.data.values() for row in model_rows]
    rows += [row for queryset in collector.fast_deletes for row in queryset]
    rows = [row for row in rows if not row._meta.auto_created]  # a many-to-many's own rows come back with its ends
    rows.sort(key=lambda row: row._meta.label != thing._meta.label)
    kept = Removed.objects.create(
        at=now,
        actor=str(by) if by else "Samråd",
        actor_id=getattr(by, "pk", None),
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        label=str(thing)[:300],
        place=place,
        payload=json.loads(serializers.serialize("json", rows)),
    )
    record("audit.put_in_bin", thing, by=by, place=place, removed=kept.pk)
    thing.delete()
    return kept


def in_bin(place: str, now: datetime) -> models.QuerySet[Removed]:
    """What can still be put back, newest first."""
    return Removed.objects.filter(place=place, restored_at=None, at__gte=now - timedelta(days=DAYS))


@action
def put_back(*, removed: Removed, now: datetime, by: Any) -> None:
    """Put a removed thing back with its own numbers, so that its history is its own again."""
    if removed.restored_at is not None:
        raise Refused("Det er allerede sat på plads.")
    if removed.at < now - timedelta(days=DAYS):
        raise Refused(f"Der er gået mere end {DAYS} dage. Det kan ikke sættes på plads mere.")
    try:
        with transaction.atomic():
            for row in serializers.deserialize("json", json.dumps(removed.payload)):
                row.save()
    except (IntegrityError, serializers.base.DeserializationError) as error:
        raise Refused("Det, det hang på, er væk, eller der står noget andet på pladsen. Opret det igen i hånden.") from error
    removed.restored_at = now
    removed.save(update_fields=["restored_at"])
    record("audit.put_back", removed, by=by, object_type=removed.object_type, object_id=removed.object_id)


@action
def empty(*, now: datetime, by: None) -> int:
    """Erase for good what has lain for 30 days; returns how many."""
    old = Removed.objects.filter(at__lt=now - timedelta(days=DAYS)).exclude(payload=[])
    gone = old.count()
    for removed in old:
        removed.payload = []
        removed.save(update_fields=["payload"])
    if gone:
        record("audit.bin_emptied", None, by=by, gone=gone)
    return gone
