"""The chain of events, its triggers, and what an action is."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from samraad.audit import triggers
from samraad.audit.actions import Refused, action, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.models import Event
from samraad.audit.queries import first_broken
from samraad.demo.cast import Entered


@action
def note(*, text: str, by: Actor) -> Event:
    return record("test.noted", None, by=by, text=text)


def test_it_links_each_event_to_the_one_before(cast: Entered) -> None:
    first, second = note(text="et", by=SYSTEM), note(text="to", by=SYSTEM)
    assert second.previous == first.hash
    assert first_broken() is None


@pytest.mark.parametrize(
    "change", ["UPDATE audit_event SET verb = 'x' WHERE id = %s", "DELETE FROM audit_event WHERE id = %s"]
)
def test_it_is_append_only_in_the_database_itself(cast: Entered, change: str) -> None:
    event = note(text="et", by=SYSTEM)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change, [event.pk])


def test_it_is_append_only_in_the_model(cast: Entered) -> None:
    event = note(text="et", by=SYSTEM)
    with pytest.raises(PermissionDenied):
        event.save()
    with pytest.raises(PermissionDenied):
        event.delete()


@pytest.mark.parametrize(
    "change",
    [
        'UPDATE audit_event SET facts = \'{"text": "andet"}\' WHERE id = %s',
        "DELETE FROM audit_event WHERE id = %s",
        "UPDATE audit_event SET actor_id = 7 WHERE id = %s",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_it_names_the_first_broken_event_when_somebody_went_round_the_triggers(change: str) -> None:
    note(text="et", by=SYSTEM)
    victim = note(text="to", by=SYSTEM)
    after = note(text="tre", by=SYSTEM)
    triggers.lift(connection)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_words WHERE event_id = %s", [victim.pk])
        cursor.execute(change, [victim.pk])
    triggers.install(connection)
    broken = first_broken()
    assert broken is not None
    assert broken.pk == (after.pk if change.startswith("DELETE") else victim.pk)
    with pytest.raises(CommandError, match=f"nummer {victim.seq}:"):
        call_command("verify")


@pytest.mark.django_db(transaction=True)
def test_it_has_the_triggers_in_a_copy_too() -> None:
    event = note(text="et", by=SYSTEM)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_event WHERE id = %s", [event.pk])


def test_it_demands_names_and_an_actor() -> None:
    with pytest.raises(TypeError):
        note("et", None)  # type: ignore[misc]
    with pytest.raises(TypeError):
        note(text="et")  # type: ignore[call-arg]


def test_it_keeps_nothing_of_an_action_that_was_refused(cast: Entered) -> None:
    @action
    def half(*, by: Actor) -> None:
        note(text="halvt", by=SYSTEM)
        raise Refused("nej")

    before = Event.objects.count()
    with pytest.raises(Refused):
        half(by=SYSTEM)
    assert Event.objects.count() == before
