"""Two roles on PostgreSQL: the owner migrates and restores, the site's adds events and cannot change them.

With one role the site owns its tables, and whoever breaks into it can take the triggers away. SQLite has no
roles: whoever can write the file can do the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

EVERYTHING = "SELECT, INSERT, UPDATE, DELETE"
# Where the site may not do everything: what it may.
LESS = {
    "audit_event": "SELECT, INSERT",
    "audit_stream": "SELECT, INSERT, UPDATE (seq, hash)",
    "audit_segment": "SELECT",
    "django_migrations": "SELECT",
}
# The tables and functions that the role we are connected as could change what happened by.
OPEN = """
    SELECT relname FROM pg_class
    WHERE oid IN ('audit_event'::regclass, 'audit_stream'::regclass, 'audit_segment'::regclass) AND (
        pg_has_role(relowner, 'MEMBER') OR has_table_privilege(oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER'))
    UNION
    SELECT proname FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'audit%%' AND pg_has_role(proowner, 'MEMBER')
    ORDER BY 1"""
ONE_ROLE = (
    "Databasen har én rolle, så den, der bryder ind i siden, kan fjerne udløserne og ændre hændelser. "
    "Med to roller kan siden det ikke: se docs/drift/to-roller.md."
)
NO_ROLES = "SQLite har ingen roller: den, der kan skrive i databasens fil, kan fjerne udløserne."


@contextmanager
def as_owner() -> Iterator[str]:
    """Work as the owner of the tables; gives the name of the site's role, "" where there is only one."""
    told = connection.settings_dict
    site = {"USER": told["USER"], "PASSWORD": told["PASSWORD"]}
    if not settings.DATABASE_OWNER:
        yield ""
        return
    connection.close()
    told.update(settings.DATABASE_OWNER)
    try:
        yield str(site["USER"])
    finally:
        connection.close()
        told.update(site)


def grant(site: str) -> None:
    """Give the site's role what it needs and take the rest, in one step; as the owner, after each change."""
    role = connection.ops.quote_name(site)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {role}")
        cursor.execute(f"GRANT {EVERYTHING} ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table, may in LESS.items():
            cursor.execute(f"REVOKE ALL ON {table} FROM {role}")
            cursor.execute(f"GRANT {may} ON {table} TO {role}")


def guards_less() -> str:
    """What the database guards less than it could, in a sentence; "" when two roles do."""
    if connection.vendor != "postgresql":
        return NO_ROLES
    if not settings.DATABASE_OWNER and _open():
        return ONE_ROLE
    return ""


def faults() -> Iterator[str]:
    """What the site's role can do though there is an owner: a sentence each."""
    if settings.DATABASE_OWNER:
        for name in _open():
            yield (
                f"Rollen {connection.settings_dict['USER']} kan ændre {name}, som kun ejeren må. "
                "Giv ejeren tabellerne, og kør ./run manage migrate: se docs/drift/to-roller.md."
            )


def _open() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(OPEN, [])
        return [name for (name,) in cursor.fetchall()]
