"""The database's own refusal to change an event, put one in out of line or remove one before its time.

Whoever holds the database can take the refusals away; `missing` says which are not there as they should be.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

ONLY_ADDED = "an event is added at the end of its stream; it is never changed, and goes with its month"
NOT_NEXT = """NOT EXISTS (
    SELECT 1 FROM audit_stream
    WHERE name = NEW.stream AND seq + 1 = NEW.seq AND hash = NEW.previous)"""
COLUMNS = "stream number first last opens closes ends_on keep_until key previous_seal seal"
SAME = " AND ".join(f"NEW.{name} = OLD.{name}" for name in ("id", *COLUMNS.split()))
TODAY = {"sqlite": "date('now')", "postgresql": "(now() AT TIME ZONE 'UTC')::date"}
# An event goes only with a month whose time is over and that is marked so; a month is marked once, when due,
# the oldest first.
NOT_OVER = """NOT EXISTS (
    SELECT 1 FROM audit_segment
    WHERE stream = OLD.stream AND OLD.seq BETWEEN first AND last
    AND expired_at IS NOT NULL AND keep_until <= {today})"""
NO_OLDER = """NOT EXISTS (
    SELECT 1 FROM audit_segment
    WHERE stream = OLD.stream AND number < OLD.number AND expired_at IS NULL)"""
NOT_MARKED = f"""NOT (
    OLD.expired_at IS NULL AND NEW.expired_at IS NOT NULL AND NEW.told_by IS NOT NULL
    AND OLD.keep_until <= {{today}} AND {SAME} AND {NO_OLDER})"""
SQLITE = {
    "audit_event_in_line": f"BEFORE INSERT ON audit_event WHEN {NOT_NEXT}",
    "audit_event_no_update": "BEFORE UPDATE ON audit_event",
    "audit_event_no_delete": f"BEFORE DELETE ON audit_event WHEN {NOT_OVER.format(today=TODAY['sqlite'])}",
    "audit_segment_once": f"BEFORE UPDATE ON audit_segment WHEN {NOT_MARKED.format(today=TODAY['sqlite'])}",
    "audit_segment_no_delete": "BEFORE DELETE ON audit_segment",
    "audit_stream_forward": "BEFORE UPDATE ON audit_stream WHEN NEW.name <> OLD.name OR NEW.seq < OLD.seq",
    "audit_stream_no_delete": "BEFORE DELETE ON audit_stream",
}


def _refusing(when: str, row: str) -> str:
    """The body of a function that refuses when that holds, and lets the row through else."""
    return f"BEGIN IF {when} THEN RAISE EXCEPTION '{ONLY_ADDED}'; END IF; RETURN {row}; END"


FUNCTIONS = {
    "audit_refuse": f"BEGIN RAISE EXCEPTION '{ONLY_ADDED}'; END",
    "audit_in_line": _refusing(NOT_NEXT, "NEW"),
    "audit_over": _refusing(NOT_OVER.format(today=TODAY["postgresql"]), "OLD"),
    "audit_once": _refusing(NOT_MARKED.format(today=TODAY["postgresql"]), "NEW"),
    "audit_forward": _refusing("NEW.name <> OLD.name OR NEW.seq < OLD.seq", "NEW"),
}
# As `pg_get_triggerdef` writes them, so that the two can be compared.
POSTGRES = {
    "audit_event_in_line": "BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_in_line()",
    "audit_event_no_update": "BEFORE UPDATE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_event_no_delete": "BEFORE DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_over()",
    "audit_segment_once": "BEFORE UPDATE ON audit_segment FOR EACH ROW EXECUTE FUNCTION audit_once()",
    "audit_segment_no_delete": "BEFORE DELETE ON audit_segment FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_segment_no_emptying": (
        "BEFORE TRUNCATE ON audit_segment FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
    "audit_event_no_emptying": (
        "BEFORE TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
    "audit_stream_forward": "BEFORE UPDATE ON audit_stream FOR EACH ROW EXECUTE FUNCTION audit_forward()",
    "audit_stream_no_delete": "BEFORE DELETE ON audit_stream FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "audit_stream_no_emptying": (
        "BEFORE TRUNCATE ON audit_stream FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()"
    ),
}


def install(connection: BaseDatabaseWrapper) -> None:
    """Put the triggers on the tables, as they should be; those that are there go first."""
    lift(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for name, body in FUNCTIONS.items():
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$"
                )
        for name, statement in expected(connection).items():
            cursor.execute(f"CREATE TRIGGER {name} {statement}")


def lift(connection: BaseDatabaseWrapper) -> None:
    """Take them away: for migrations, and for tests of what is seen without them."""
    for name in expected(connection):
        drop(connection, name)


def drop(connection: BaseDatabaseWrapper, name: str) -> None:
    """Take one away."""
    table = ""
    if connection.vendor == "postgresql":
        table = " ON audit_" + name.split("_")[1]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER IF EXISTS {name}{table}")


def expected(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """Each trigger by its name: when it fires and what it does."""
    if connection.vendor == "postgresql":
        return POSTGRES
    refuse = f"BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
    return {name: f"{when} {refuse}" for name, when in SQLITE.items()}


def missing(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """The triggers, and on PostgreSQL their functions, that are gone, switched off, or say something else."""
    found = _found(connection)
    for name, statement in expected(connection).items():
        if found.get(name) != f"CREATE TRIGGER {name} {statement}":
            yield name
    if connection.vendor == "postgresql":
        bodies = _bodies(connection)
        for name, body in FUNCTIONS.items():
            if bodies.get(name) != body:
                yield name


def _found(connection: BaseDatabaseWrapper) -> dict[str, str]:
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor == "postgresql":
        query = (
            "SELECT tgname, replace(pg_get_triggerdef(oid), ' ON public.', ' ON ') FROM pg_trigger"
            " WHERE tgenabled = 'O' AND NOT tgisinternal"
            " AND tgrelid IN"
            " ('audit_event'::regclass, 'audit_stream'::regclass, 'audit_segment'::regclass)"
        )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return dict(cursor.fetchall())


def _bodies(connection: BaseDatabaseWrapper) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT proname, prosrc FROM pg_proc WHERE proname LIKE 'audit%%'", [])
        return dict(cursor.fetchall())
