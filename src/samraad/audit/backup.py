"""A backup is one file: the database as of one moment, the media, and a manifest that says what is in it.

It is made without stopping the site, encrypted when there is a key, and looked through whole before anything
is replaced by it.
"""

import fcntl
import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from samraad.audit.dumps import NO_ROOM, BackupProblem, dump, replace, rows_inside, rows_now
from samraad.audit.encryption import Decrypting, Encrypting, WrongKey, is_encrypted, key_of
from samraad.audit.files import is_full

Manifest = dict[str, Any]
AGAIN = "Se efter, om siden er stoppet, og om der er plads; kør så kommandoen igen."
MANIFEST, DATABASE, MEDIA = "manifest.json", "database", "media"
BROKEN = (OSError, tarfile.TarError, EOFError, ValueError, KeyError, zlib.error)


def save(target: Path) -> Manifest:
    """Write a backup to `target`; returns its manifest. The site may go on meanwhile.

    Nothing stands under the name before all of it does.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # nobody else on the machine reads what is in it
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as folder, part.open("wb") as file:
            manifest = _write(file, Path(folder) / DATABASE)
        part.replace(target)
    except Exception as error:
        part.unlink(missing_ok=True)
        if is_full(error):
            raise BackupProblem(NO_ROOM) from error
        raise
    return manifest


def _write(file: IO[bytes], database: Path) -> Manifest:
    dump(database)
    media: dict[str, str] = {}
    manifest = {
        "made_at": timezone.now().isoformat(),
        "database": connection.vendor,
        "sha256": _sha256(database),
        "tables": rows_inside(database),
        "migrations": sorted(map(".".join, MigrationRecorder(connection).applied_migrations())),
        "media": media,
    }
    with ExitStack() as closing:
        stream = file
        if settings.SAMRAAD_BACKUP_KEY:
            stream = cast(IO[bytes], closing.enter_context(Encrypting(file, _key())))
        archive = closing.enter_context(tarfile.open(fileobj=stream, mode="w|gz"))
        archive.add(database, DATABASE)
        for name, content in _media():
            media[name] = hashlib.sha256(content).hexdigest()
            _add(archive, f"{MEDIA}/{name}", content)
        _add(archive, MANIFEST, json.dumps(manifest, indent=1).encode())  # last: what it says lies before it
    return manifest


def _key() -> bytes:
    """The key of backups, which lies apart from them."""
    file = Path(settings.SAMRAAD_BACKUP_KEY)
    if settings.SAMRAAD_DATA.resolve() in file.resolve().parents:
        raise BackupProblem(f"Nøglen {file} ligger i datamappen. Læg den et andet sted end kopierne.")
    try:
        return key_of(file)
    except WrongKey as error:
        raise BackupProblem(
            f"Der er ingen nøgle i {file}. Peg SAMRAAD_BACKUP_KEY på den, kopien er lavet med."
        ) from error


def _media() -> Iterator[tuple[str, bytes]]:
    """Each file of the media folder; one that is erased meanwhile no row shows any more."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")):
        if path.is_file():
            try:
                yield path.relative_to(root).as_posix(), path.read_bytes()
            except FileNotFoundError:
                continue


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size = len(content)
    archive.addfile(info, io.BytesIO(content))


def check(source: Path) -> Manifest:
    """Look a backup through, from the first byte to the last, and change nothing.

    Raises BackupProblem with what does not hold.
    """
    with _looked_through(source) as (_, manifest):
        return manifest


def load(source: Path) -> Manifest:
    """Put a backup in the place of what is there; it can be done again when it was broken off.

    Raises BackupProblem before anything is changed when it does not hold.
    """
    with _looked_through(source) as (folder, manifest):
        if manifest["database"] != connection.vendor:
            raise BackupProblem(
                f"Kopien er fra {manifest['database']}, men her kører {connection.vendor}. Intet er ændret."
            )
        _refuse_newer(manifest)
        try:
            with _alone():
                fresh = _fresh_media(folder)
                replace(folder / DATABASE)
                _swap(fresh, Path(settings.MEDIA_ROOT))
        except (OSError, sqlite3.Error) as error:
            raise BackupProblem(f"Kopien er ikke lagt helt tilbage ({error}). {AGAIN}") from error
    if rows_now() != manifest["tables"]:
        raise BackupProblem(f"Antallet af rækker passer ikke med kopien. {AGAIN}")
    if _hashes(Path(settings.MEDIA_ROOT)) != manifest["media"]:
        raise BackupProblem(f"Filerne passer ikke med kopien. {AGAIN}")
    return manifest


@contextmanager
def _alone() -> Iterator[None]:
    """Let nobody else put a backup back meanwhile; a lock of the system goes with its process."""
    with (settings.SAMRAAD_DATA / "restore.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupProblem(
                "En kopi er ved at blive lagt tilbage. Vent, og se, om den holder."
            ) from error
        yield


def _refuse_newer(manifest: Manifest) -> None:
    """An older Samråd cannot read what a newer one wrote; the other way round `migrate` helps."""
    known = map(".".join, MigrationLoader(None).disk_migrations)
    unknown = sorted(set(manifest["migrations"]) - set(known))
    if unknown:
        raise BackupProblem(
            f"Kopien er fra en nyere udgave af Samråd ({unknown[0]}). Skift til den først. Intet er ændret."
        )


@contextmanager
def _looked_through(source: Path) -> Iterator[tuple[Path, Manifest]]:
    """The files of a backup in a folder of its own, when all of it holds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            _unpack(source, folder)
            manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
            expected = (manifest["sha256"], manifest["media"])
            found = (_sha256(folder / DATABASE), _hashes(folder / MEDIA))
        except WrongKey as error:
            raise BackupProblem(
                f"{source} kan ikke åbnes med nøglen, eller den er ændret. Intet er ændret her."
            ) from error
        except BROKEN as error:
            if is_full(error):
                raise BackupProblem(NO_ROOM) from error
            raise BackupProblem(f"{source} er ikke en hel sikkerhedskopi. Intet er ændret.") from error
        if found != expected:
            raise BackupProblem(f"Indholdet af {source} er ikke det, der blev gemt. Intet er ændret.")
        if manifest["database"] == connection.vendor and rows_inside(folder / DATABASE) != manifest["tables"]:
            raise BackupProblem(f"Antallet af rækker i {source} passer ikke. Intet er ændret.")
        yield folder, manifest


def _unpack(source: Path, folder: Path) -> None:
    """The files of a backup and nothing else.

    By hand, since Debian 12's Python knows no extraction filter.
    """
    with source.open("rb") as file:
        stream: IO[bytes] = file
        if not is_encrypted(source) and settings.SAMRAAD_BACKUP_KEY:
            raise BackupProblem(
                f"{source} er ikke krypteret, men der er en nøgle. Er kopien ældre end nøglen,"
                " og ved du, hvor den kommer fra, så kør kommandoen uden SAMRAAD_BACKUP_KEY."
            )
        if is_encrypted(source):
            stream = io.BufferedReader(Decrypting(file, _key_to_open(source)))
        with gzip.GzipFile(fileobj=stream) as opened:
            with tarfile.open(fileobj=opened, mode="r|") as archive:
                for member in archive:
                    _put(archive, member, folder)
            while opened.read(1 << 20):  # to the end: what was cut off or hung on is seen
                pass


def _key_to_open(source: Path) -> bytes:
    if not settings.SAMRAAD_BACKUP_KEY:
        raise BackupProblem(f"{source} er krypteret. Peg SAMRAAD_BACKUP_KEY på filen med nøglen.")
    return _key()


def _put(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    path = Path(member.name)
    if path.is_absolute() or ".." in path.parts or path.parts[0] not in (MANIFEST, DATABASE, MEDIA):
        raise ValueError(f"{member.name} hører ikke til i en sikkerhedskopi")
    content = archive.extractfile(member) if member.isfile() else None
    if content is None:
        return
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    with content, (folder / path).open("wb") as target:
        shutil.copyfileobj(content, target)


def _fresh_media(folder: Path) -> Path:
    """The media of the backup beside those that are there, on the same disk."""
    root = Path(settings.MEDIA_ROOT)
    fresh = root.with_name(f"{root.name}.ny")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    if (folder / MEDIA).is_dir():
        shutil.copytree(folder / MEDIA, fresh, dirs_exist_ok=True)
    return fresh


def _swap(fresh: Path, root: Path) -> None:
    """The new folder in the place of the old one."""
    old = root.with_name(f"{root.name}.gammel")
    shutil.rmtree(old, ignore_errors=True)
    if root.is_dir():
        root.replace(old)
    fresh.replace(root)
    shutil.rmtree(old, ignore_errors=True)


def _hashes(folder: Path) -> dict[str, str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
