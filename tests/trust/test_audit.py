"""A1-A3: whoever has the database in hand can change much, and the verification names what and where."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, transaction

from samraad.audit import triggers
from samraad.audit.actions import action, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.models import Event
from samraad.council.models import Decision, Paper
from samraad.demo.cast import Entered
from samraad.guide.models import GuideEdition
from samraad.plan.models import Edition
from tests.world import World

KEPT = "at, actor_id, verb, object_type, object_id, facts, purpose, ground, words_hash, previous, hash"
COLUMNS = f"id, stream, seq, {KEPT}"
REPLACE = f"""
    REPLACE INTO audit_event ({COLUMNS})
    SELECT {COLUMNS.replace("verb", "'test.other'")} FROM audit_event WHERE id = %s"""
UPSERT = f"""
    INSERT INTO audit_event ({COLUMNS}) SELECT {COLUMNS} FROM audit_event WHERE id = %s
    ON CONFLICT (id) DO UPDATE SET verb = 'test.other'"""
own = pytest.mark.django_db(transaction=True)


@action
def note(*, by: Actor, stream: str = "council") -> Event:
    return record("test.noted", None, by=by, stream=stream)


def notes(count: int) -> list[Event]:
    return [note(by=SYSTEM) for _ in range(count)]


def sql(statement: str, *values: object) -> None:
    """What somebody with the database in hand could do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def past_the_triggers(statement: str, *values: object) -> None:
    """The same by one who takes the triggers away and puts them back."""
    triggers.lift(connection)
    sql(statement, *values)
    triggers.install(connection)


def told() -> str:
    """What the verification says is wrong; empty when everything holds."""
    try:
        call_command("verify", stdout=StringIO())
    except CommandError as error:
        return str(error)
    return ""


@own
def test_a1_everything_holds_in_the_demo(demo: Entered) -> None:
    assert told() == ""


@own
@pytest.mark.parametrize("statement", [REPLACE, UPSERT])
def test_a1_no_event_is_written_over_by_an_insert(statement: str) -> None:
    if statement == REPLACE and connection.vendor != "sqlite":
        pytest.skip("REPLACE INTO er SQLites eget")
    victim = notes(3)[1]
    with pytest.raises(DatabaseError):
        sql(statement, victim.pk)
    victim.refresh_from_db()
    assert victim.verb == "test.noted"


@own
def test_a1_no_event_is_put_in_out_of_line() -> None:
    last = notes(2)[1]
    with pytest.raises(DatabaseError):
        sql(
            f"INSERT INTO audit_event ({COLUMNS}) SELECT {COLUMNS} FROM ("
            f"SELECT id + 100 AS id, stream, seq + 5 AS seq, {KEPT} FROM audit_event) x"
            " WHERE x.id = %s",
            last.pk + 100,
        )


@own
def test_a1_a_changed_event_is_named_by_stream_and_number() -> None:
    victim = notes(3)[1]
    past_the_triggers("UPDATE audit_event SET verb = 'test.other' WHERE id = %s", victim.pk)
    assert f"council, nummer {victim.seq}" in told()


@own
@pytest.mark.parametrize("more", [0, 1])
def test_a1_a_cut_tail_is_seen_also_when_the_stream_went_on(more: int) -> None:
    cut = notes(4)[2]
    past_the_triggers("DELETE FROM audit_words WHERE event_id >= %s", cut.pk)
    past_the_triggers("DELETE FROM audit_event WHERE id >= %s", cut.pk)
    notes(more)
    assert f"council, nummer {cut.seq}" in told()


@own
def test_a1_an_emptied_table_is_seen() -> None:
    notes(3)
    past_the_triggers("DELETE FROM audit_words")
    past_the_triggers("DELETE FROM audit_event")
    assert "council, nummer 1" in told()


@own
def test_a1_an_emptied_table_is_seen_when_the_streams_are_gone_too(demo: Entered) -> None:
    past_the_triggers("DELETE FROM audit_words")
    past_the_triggers("DELETE FROM audit_event")
    past_the_triggers("DELETE FROM audit_stream")
    assert "udgave 1" in told()


@own
def test_a1_a_stream_counts_forward_only() -> None:
    notes(2)
    with pytest.raises(DatabaseError), transaction.atomic():
        sql("UPDATE audit_stream SET seq = seq - 1")
    with pytest.raises(DatabaseError), transaction.atomic():
        sql("DELETE FROM audit_stream")


@own
@pytest.mark.parametrize("name", sorted(triggers.expected(connection)))
def test_a1_a_trigger_that_is_gone_is_named(name: str) -> None:
    triggers.drop(connection, name)
    assert name in told()


@own
def test_a1_a_trigger_that_says_something_else_is_named() -> None:
    name = "audit_event_no_update"
    triggers.drop(connection, name)
    if connection.vendor == "sqlite":
        sql(f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_event WHEN 0 BEGIN SELECT 1; END")
    else:
        sql(
            f"CREATE TRIGGER {name} BEFORE UPDATE ON audit_event FOR EACH ROW"
            " WHEN (false) EXECUTE FUNCTION audit_refuse()"
        )
    assert name in told()


@own
def test_a1_a_trigger_that_is_switched_off_or_refuses_nothing_any_more_is_named() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite kan hverken slå en udløser fra eller skifte dens funktion ud")
    sql("ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_update")
    assert "audit_event_no_update" in told()
    sql("ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_update")
    assert told() == ""
    sql(
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN RETURN NEW; END $$"
    )
    assert "audit_refuse" in told()


def _edition() -> tuple[str, int]:
    edition = Edition.objects.order_by("pk")[0]
    return str(edition), edition.pk


def _guide() -> tuple[str, int]:
    edition = GuideEdition.objects.order_by("pk")[0]
    return str(edition), edition.pk


KINDS = [("plan_edition", _edition), ("guide_guideedition", _guide)]
CHANGES = [
    'UPDATE {} SET content = \'{{"title": "Noget andet"}}\' WHERE id = %s',
    "UPDATE {} SET sha256 = '" + "0" * 64 + "' WHERE id = %s",
    "UPDATE {} SET number = 9, note = 'x' WHERE id = %s",
]


@own
@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("table", "find"), KINDS, ids=["plan", "guide"])
def test_a1_an_edition_that_was_changed_is_named(
    demo: Entered, table: str, find: Callable[[], tuple[str, int]], change: str
) -> None:
    name, pk = find()
    sql(change.format(table), pk)
    assert name.rsplit(" ", 1)[0] in told()


@own
def test_a1_a_rewritten_edition_is_named_though_its_hash_was_made_to_fit(demo: Entered) -> None:
    from samraad.audit.models import fingerprint

    name, pk = _edition()
    content = {"title": "Noget andet", "sections": []}
    sql(
        "UPDATE plan_edition SET content = %s, sha256 = %s WHERE id = %s",
        '{"title": "Noget andet", "sections": []}',
        fingerprint(content),
        pk,
    )
    assert name in told()


@own
def test_a1_an_edition_that_is_gone_is_named(demo: Entered) -> None:
    edition = Edition.objects.order_by("pk")[0]
    sql("DELETE FROM plan_edition WHERE id = %s", edition.pk)
    assert str(edition) in told()


@own
def test_a1_an_edition_that_only_the_database_withdrew_is_named(demo: Entered) -> None:
    name, pk = _edition()
    sql("UPDATE plan_edition SET withdrawn_because = 'x' WHERE id = %s", pk)
    assert name in told()


@own
def test_a1_several_faults_are_told_in_one_run(demo: Entered) -> None:
    name, pk = _edition()
    sql("UPDATE plan_edition SET content = '{}' WHERE id = %s", pk)
    triggers.drop(connection, "audit_event_no_delete")
    assert name in told()
    assert "audit_event_no_delete" in told()


@pytest.mark.django_db(transaction=True)
def test_a1_a_paper_that_is_away_or_changed_is_named(world: World) -> None:
    assert told() == ""
    kept, changed, renamed = Paper.objects.order_by("pk")[:3]
    Path(kept.file.path).unlink()
    Path(changed.file.path).write_bytes(b"noget andet")
    sql("UPDATE council_paper SET sha256 = %s WHERE id = %s", "0" * 64, renamed.pk)
    says = told()
    assert f"Bilag {kept.pk} på møde {kept.item.meeting_id}: filen er væk" in says
    assert f"Bilag {changed.pk} på møde {changed.item.meeting_id} har et andet indhold" in says
    assert f"Bilag {renamed.pk} på møde {renamed.item.meeting_id} har ikke det fingeraftryk" in says


AROUND = [
    ("UPDATE plan_edition SET released_as = 'En anden'", "Planen “"),
    ("UPDATE plan_edition SET public_from = '2021-01-01 00:00:00+00:00'", "Planen “"),
    ("UPDATE guide_guideedition SET audience = 'police'", "Vejledningen “"),
    ("UPDATE guide_guideedition SET note = 'Noget andet'", "Vejledningen “"),
]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("statement", "says"), AROUND)
def test_a1_what_stands_around_an_edition_is_proven_too(demo: Entered, statement: str, says: str) -> None:
    assert told() == ""
    sql(statement)
    assert says in told()
    assert "kæden fortæller" in told()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("statement", [
    "UPDATE council_agendaitem SET minute = 'Et andet' WHERE meeting_id = %s",
    "UPDATE council_agendaitem SET outcome = 'withdrawn' WHERE meeting_id = %s",
    "UPDATE council_decision SET text = 'En anden' WHERE item_id IN "
    "(SELECT id FROM council_agendaitem WHERE meeting_id = %s)",
])  # fmt: skip
def test_a1_approved_minutes_are_proven(demo: Entered, statement: str) -> None:
    approved = Decision.objects.filter(item__meeting__status="approved")[0].item.meeting_id
    sql(statement, approved)
    assert (
        told()
        == f"Det holder ikke:\nReferatet af møde {approved} siger noget andet end det, der blev godkendt."
    )


@own
def test_a3_fifty_writers_at_once_make_one_chain() -> None:
    """Those that the database was too busy for may say so; what was written stands in one line."""
    failed: list[str] = []

    def write() -> None:
        try:
            note(by=SYSTEM, stream="many")
        except DatabaseError as error:
            failed.append(str(error))
        finally:
            connection.close()

    writers = [Thread(target=write) for _ in range(50)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    written = list(Event.objects.filter(stream="many").values_list("seq", flat=True))
    assert sorted(written) == list(range(1, 51 - len(failed)))
    assert len(failed) <= 5, failed[:1]
    assert told() == ""
