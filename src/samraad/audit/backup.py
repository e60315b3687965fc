"""A backup is one file: the database as of one moment, the media, and a manifest that the restore checks."""

import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone


class BackupProblem(Exception):
    """What is wrong with a backup, in a sentence."""


def save(target: Path) -> dict[str, Any]:
    """Write a backup to `target` (.tar.gz); returns its manifest. The site may go on meanwhile."""
    with tempfile.TemporaryDirectory() as folder:
        dump = Path(folder) / "database"
        _dump(dump)
        manifest = {
            "made_at": timezone.now().isoformat(),
            "database": connection.vendor,
            "sha256": _sha256(dump),
            "tables": _counts(),
            "media": sum(1 for file in Path(settings.MEDIA_ROOT).rglob("*") if file.is_file()),
        }
        target.parent.mkdir(parents=True, exist_ok=True)
        with tarfile.open(target, "w:gz") as archive:
            content = json.dumps(manifest, indent=1).encode()
            info = tarfile.TarInfo("manifest.json")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
            archive.add(dump, "database")
            if Path(settings.MEDIA_ROOT).is_dir():
                archive.add(settings.MEDIA_ROOT, "media")
    return manifest


def load(source: Path) -> dict[str, Any]:
    """Put a backup back in place of what is there.

    Raises BackupProblem before anything is changed when it does not hold.
    """
    with tempfile.TemporaryDirectory() as folder:
        try:
            with tarfile.open(source, "r:gz") as archive:
                _unpack(archive, Path(folder))
            manifest = json.loads((Path(folder) / "manifest.json").read_text("utf-8"))
        except (OSError, tarfile.TarError, EOFError, ValueError) as error:
            raise BackupProblem(f"{source} er ikke en hel sikkerhedskopi. Intet er ændret.") from error
        dump = Path(folder) / "database"
        if not dump.is_file() or _sha256(dump) != manifest["sha256"]:
            raise BackupProblem(f"Databasen i {source} er ikke den, der blev gemt. Intet er ændret.")
        if manifest["database"] != connection.vendor:
            raise BackupProblem(
                f"Kopien er fra {manifest['database']}, men her kører {connection.vendor}. Intet er ændret."
            )
        _restore(dump)
        media = Path(folder) / "media"
        if media.is_dir():
            shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
            shutil.copytree(media, settings.MEDIA_ROOT)
    found = _counts()
    if found != manifest["tables"]:
        raise BackupProblem(
            "Antallet af rækker passer ikke med det, der blev gemt. Se efter, før siden bruges."
        )
    return manifest  # type: ignore[no-any-return]


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """The files of a backup and nothing else.

    By hand, since Debian 12's Python knows no extraction filter.
    """
    for member in archive:
        path = Path(member.name)
        if (
            path.is_absolute()
            or ".." in path.parts
            or path.parts[0] not in ("manifest.json", "database", "media")
        ):
            raise ValueError(f"{member.name} hører ikke til i en sikkerhedskopi")
        content = archive.extractfile(member) if member.isfile() else None
        if content is None:
            continue
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        with content, (folder / path).open("wb") as target:
            shutil.copyfileobj(content, target)


def _dump(target: Path) -> None:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={target}")


def _restore(dump: Path) -> None:
    if connection.vendor == "sqlite":
        with sqlite3.connect(dump) as check:
            if check.execute("PRAGMA integrity_check").fetchone()[0] != "ok":
                raise BackupProblem("Databasen i kopien er beskadiget. Intet er ændret.")
        connection.ensure_connection()
        with sqlite3.connect(dump) as source:
            source.backup(connection.connection)
        return
    _postgres(
        "pg_restore",
        "--clean",
        "--if-exists",
        "--no-owner",
        f"--dbname={connection.settings_dict['NAME']}",
        str(dump),
    )


def _postgres(program: str, *arguments: str) -> None:
    told = connection.settings_dict
    server = [
        f"--host={told['HOST'] or 'localhost'}",
        f"--port={told['PORT'] or 5432}",
        f"--username={told['USER']}",
    ]
    if program == "pg_dump":
        server.append(f"--dbname={told['NAME']}")
    environment = {"PGPASSWORD": str(told["PASSWORD"]), "PATH": "/usr/bin:/bin:/usr/local/bin"}
    if shutil.which(program) is None:
        raise BackupProblem(f"Programmet {program} mangler. Skriv: sudo apt install -y postgresql-client")
    command = [program, *server, *arguments]
    done = subprocess.run(  # noqa: S603 - PostgreSQL's own programs with our own arguments, no shell
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupProblem(f"{program} kunne ikke gennemføres: {done.stderr.strip()[:300]}")


def _counts() -> dict[str, int]:
    tables = [
        name for name in connection.introspection.table_names() if not name.startswith("django_session")
    ]
    with connection.cursor() as cursor:
        out = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - our own tables' names
            out[table] = int(cursor.fetchone()[0])
    return out


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
