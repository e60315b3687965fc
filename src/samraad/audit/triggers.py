"""The database's own refusal to change or remove an event, on SQLite and PostgreSQL."""

from typing import Any

SQLITE = (
    "CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
    "CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event "
    "BEGIN SELECT RAISE(ABORT, 'audit_event is append-only'); END",
)
SQLITE_LIFT = (
    "DROP TRIGGER IF EXISTS audit_event_no_update",
    "DROP TRIGGER IF EXISTS audit_event_no_delete",
)
POSTGRES = (
    """CREATE OR REPLACE FUNCTION audit_event_refuse() RETURNS trigger LANGUAGE plpgsql AS
       $$ BEGIN RAISE EXCEPTION 'audit_event is append-only'; END $$""",
    """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event
       FOR EACH STATEMENT EXECUTE FUNCTION audit_event_refuse()""",
)
POSTGRES_LIFT = ("DROP TRIGGER IF EXISTS audit_event_no_change ON audit_event",)


def install(connection: Any) -> None:
    """Put the triggers on the table of events."""
    _run(connection, POSTGRES if connection.vendor == "postgresql" else SQLITE)


def lift(connection: Any) -> None:
    """Take them away: for migrations backwards and for emptying a test database."""
    _run(connection, POSTGRES_LIFT if connection.vendor == "postgresql" else SQLITE_LIFT)


def _run(connection: Any, statements: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
