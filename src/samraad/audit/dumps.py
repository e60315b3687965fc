"""The database as one file: taken while the site runs, looked through by itself, put back.

Nothing is replaced but in one transaction: it stands whole as before or whole as it was.
"""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from django.db import connection

NO_ROOM = "Der er ikke plads til kopien. Ryd op, og prøv igen."
COPY = re.compile(r'COPY (?:public\.)?"?(\w+)"? ')
EMPTY = """
DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT format('%I', tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE 'DROP TABLE IF EXISTS public.' || name || ' CASCADE';
  END LOOP;
  FOR name IN SELECT p.oid::regprocedure::text FROM pg_proc p
      WHERE p.pronamespace = 'public'::regnamespace
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE 'DROP FUNCTION ' || name || ' CASCADE';
  END LOOP;
END $$;
"""


class BackupProblem(Exception):
    """What is wrong with a backup, in a sentence."""


def dump(target: Path) -> None:
    """Write the database as of one moment to a file."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    _postgres("pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}", _name())


def rows_inside(file: Path) -> dict[str, int]:
    """How many rows of each table lie in a dump; reads it to its end.

    Raises BackupProblem when it is damaged.
    """
    if connection.vendor == "sqlite":
        return _rows_of_sqlite(file)
    script = file.with_suffix(".sql")
    _postgres("pg_restore", "--data-only", f"--file={script}", str(file), server=False)
    with script.open(encoding="utf-8") as lines:
        rows = _rows_of_script(lines)
    script.unlink()
    return rows


def _rows_of_sqlite(file: Path) -> dict[str, int]:
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as opened:
            if opened.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise BackupProblem("Databasen i kopien er beskadiget.")
            names = opened.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
            )
            return {name: _count(opened, name) for (name,) in sorted(names)}
    except sqlite3.DatabaseError as error:
        raise BackupProblem("Databasen i kopien er beskadiget.") from error


def _count(opened: sqlite3.Connection, table: str) -> int:
    found = opened.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - a table's name from the dump
    return int(found.fetchone()[0])


def _rows_of_script(lines: Iterator[str]) -> dict[str, int]:
    """Each table's lines between COPY and its end."""
    rows = {}
    for line in lines:
        begun = COPY.match(line)
        if begun:
            rows[begun[1]] = _lines_to_end(lines)
    return dict(sorted(rows.items()))


def _lines_to_end(lines: Iterator[str]) -> int:
    for count, line in enumerate(lines):
        if line == "\\.\n":
            return count
    raise BackupProblem("Databasen i kopien er ikke hel.")


def replace(file: Path) -> None:
    """Put the dump in the place of what is there, in one step."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(file)) as source:
            source.backup(connection.connection)
        return
    connection.close()
    script = file.with_suffix(".sql")
    _postgres("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file), server=False)
    whole = file.with_suffix(".whole")
    with whole.open("w", encoding="utf-8") as target, script.open(encoding="utf-8") as source:
        target.write(EMPTY)
        shutil.copyfileobj(source, target)
    stop = "--set=ON_ERROR_STOP=1"
    _postgres("psql", "--no-psqlrc", "--quiet", "--single-transaction", stop, f"--file={whole}", _name())


def rows_now() -> dict[str, int]:
    """How many rows each table has."""
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - our own tables' names
            rows[table] = int(cursor.fetchone()[0])
    return rows


def _name() -> str:
    return f"--dbname={connection.settings_dict['NAME']}"


def _postgres(program: str, *arguments: str, server: bool = True) -> None:
    """Run one of PostgreSQL's own programs; what it says when it cannot is told."""
    told = connection.settings_dict
    if shutil.which(program) is None:
        raise BackupProblem(f"Programmet {program} mangler. Skriv: sudo apt install -y postgresql-client")
    command = [program, *arguments]
    if server:
        where = [f"--host={told['HOST'] or 'localhost'}", f"--port={told['PORT'] or 5432}"]
        command = [program, *where, f"--username={told['USER']}", *arguments]
    environment = {"PGPASSWORD": str(told["PASSWORD"]), "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs with our own arguments, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if "No space left on device" in done.stderr:
        raise BackupProblem(NO_ROOM)
    if done.returncode:
        raise BackupProblem(f"{program} kunne ikke gennemføres: {done.stderr.strip()[:300]}")
