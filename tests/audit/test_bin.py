"""What is removed and put back is as if nothing had happened: the whole database, for each sort of thing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models, transaction

from samraad import clock
from samraad.accounts.models import Organisation
from samraad.audit.actor import SYSTEM
from samraad.audit.bin import put_back, put_in_bin
from samraad.audit.models import Removed
from samraad.audit.rooms import rooms
from samraad.network.actions.partner import remove_partner
from samraad.network.models import Partner
from tests.world import World

SORTS = sorted(sort for room in rooms() for sort in room.bin)
# The chain and the bin tell what happened, so they grow. All other tables must be as they were.
TELLING = "audit"
# What the room says stays otherwise: an item comes back last, after the call as a supplementary one; and
# a station's contact keeps the name of the partner that was away.
OTHERWISE = {
    "council.AgendaItem": ("supplementary", "position"),
    "network.StationContact": ("partner_name",),
}
Table = list[tuple[Any, ...]]


def tables() -> Iterator[type[models.Model]]:
    """All tables of the rooms, those between two things too."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label in settings.ROOMS and model._meta.app_label != TELLING:
            yield model


def columns(model: type[models.Model]) -> list[str]:
    """What is compared: not the row numbers of links and of the search, which mean nothing."""
    left_out = set(OTHERWISE.get(model._meta.label, ()))
    if model._meta.auto_created or model._meta.app_label == "search":
        left_out.add("id")
    return [field.attname for field in model._meta.concrete_fields if field.attname not in left_out]


def dump() -> dict[str, Table]:
    """Every row of every table."""
    found = {}
    for model in tables():
        rows = model._base_manager.values_list(*columns(model))
        found[model._meta.label] = sorted(rows, key=repr)
    return found


def difference(before: dict[str, Table], after: dict[str, Table]) -> dict[str, Table]:
    """The rows that are in only one of them."""
    return {
        label: [
            row for row in before[label] + after[label] if (row in before[label]) != (row in after[label])
        ]
        for label in before
        if before[label] != after[label]
    }


def remove(thing: models.Model) -> Removed:
    """Put a thing in the bin; a partner as its room does it, since contacts with it must keep its name."""
    now = clock.now()
    if isinstance(thing, Partner):
        district = Organisation.objects.get(slug="nordjylland")
        remove_partner(partner=thing, district=district, now=now, by=SYSTEM)  # type: ignore[arg-type]
        return Removed.objects.latest("pk")
    return put_in_bin(thing=thing, place="test:1", now=now, by=SYSTEM)


def go_and_come_back(thing: models.Model, before: dict[str, Table]) -> bool:
    """Remove a thing and put it back.

    False when it cannot go, since something that must stay stands on it.
    """
    who = f"{thing._meta.label} {thing.pk} ({thing})"
    with transaction.atomic():
        try:
            removed = remove(thing)
        except (models.ProtectedError, models.RestrictedError):
            return False
        assert dump() != before, who
        put_back(removed=removed, now=clock.now(), by=SYSTEM)
        assert difference(before, dump()) == {}, who
        transaction.set_rollback(True)
    return True


@pytest.mark.parametrize("sort", SORTS)
def test_it_brings_everything_back(sort: str, world: World) -> None:
    before = dump()
    things = list(apps.get_model(sort)._base_manager.order_by("pk"))
    gone = [thing for thing in things if go_and_come_back(thing, before)]
    assert gone, f"Verden har ingen {sort}, der kan fjernes: giv den en i tests/world.py."
