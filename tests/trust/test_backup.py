"""B1, B3, F4: a backup brings all back, says what does not hold, and changes nothing until it does."""

import fcntl
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from samraad.accounts.models import User
from samraad.audit import dumps
from samraad.audit.actions import action, frame, record
from samraad.audit.actor import SYSTEM, Actor
from samraad.audit.encryption import Decrypting, Encrypting, WrongKey, new_key
from samraad.audit.models import Event
from samraad.demo.cast import Entered, email_of

pytestmark = pytest.mark.django_db(transaction=True)
KEY = bytes(range(32))


@pytest.fixture
def kept_apart(cast: Entered, tmp_path: Path, settings: Any) -> Path:
    """A key outside the data folder, and a media folder with a file."""
    settings.SAMRAAD_DATA, settings.MEDIA_ROOT = tmp_path / "data", tmp_path / "data" / "media"
    Path(settings.MEDIA_ROOT).mkdir(parents=True)
    (Path(settings.MEDIA_ROOT) / "bilag").write_text("et bilag", "utf-8")
    key = tmp_path / "noegle"
    call_command("backup", new_key=key, stdout=io.StringIO())
    settings.SAMRAAD_BACKUP_KEY = str(key)
    return key


@pytest.fixture
def saved(kept_apart: Path, tmp_path: Path) -> Path:
    file = tmp_path / "kopi"
    call_command("backup", str(file), stdout=io.StringIO())
    return file


def _name() -> str:
    return User.objects.get(email=email_of("karen")).name


def _rename() -> None:
    with frame():
        User.objects.filter(email=email_of("karen")).update(name="En anden")


def _says(*words: str, **options: Any) -> str:
    """What a command says is wrong; nothing is changed by it."""
    _rename()
    with pytest.raises(CommandError) as told:
        call_command(*words, **options)
    assert _name() == "En anden"
    return str(told.value)


def test_b1_it_brings_back_an_encrypted_copy_as_often_as_one_likes(saved: Path, settings: Any) -> None:
    for _ in range(2):
        _rename()
        (Path(settings.MEDIA_ROOT) / "senere").write_text("ikke med", "utf-8")
        call_command("restore", str(saved), "--yes", stdout=io.StringIO())
        assert _name() == "Karen"
        assert [path.name for path in Path(settings.MEDIA_ROOT).iterdir()] == ["bilag"]


def test_b1_a_check_says_what_is_in_it_and_changes_nothing(saved: Path) -> None:
    _rename()
    told = io.StringIO()
    call_command("backup", check=saved, stdout=told)
    assert "Kopien holder" in told.getvalue()
    assert "1 filer" in told.getvalue()
    assert _name() == "En anden"


def test_b1_it_is_put_back_though_tables_came_later(saved: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE later (id integer PRIMARY KEY)")
    call_command("restore", str(saved), "--yes", stdout=io.StringIO())
    assert "later" not in connection.introspection.table_names()


def test_b3_what_is_written_to_the_disk_cannot_be_read(saved: Path) -> None:
    assert b"et bilag" not in saved.read_bytes()
    with pytest.raises(tarfile.TarError):
        tarfile.open(saved)  # noqa: SIM115 - it does not open


def test_b3_a_wrong_key_opens_nothing(saved: Path, kept_apart: Path) -> None:
    kept_apart.write_text(new_key(), "ascii")
    assert "kan ikke åbnes med nøglen" in _says("restore", str(saved), "--yes")


@pytest.mark.parametrize("key", ["", "x"])
def test_b3_without_a_key_it_says_which_setting(
    saved: Path, kept_apart: Path, settings: Any, key: str
) -> None:
    kept_apart.write_text(key, "ascii")
    if not key:
        settings.SAMRAAD_BACKUP_KEY = ""
    assert "SAMRAAD_BACKUP_KEY" in _says("restore", str(saved), "--yes")


def test_b3_a_key_beside_the_copies_is_refused(kept_apart: Path, tmp_path: Path, settings: Any) -> None:
    inside = Path(settings.SAMRAAD_DATA) / "noegle"
    inside.write_bytes(kept_apart.read_bytes())
    settings.SAMRAAD_BACKUP_KEY = str(inside)
    assert "ligger i datamappen" in _says("backup", str(tmp_path / "ny"))
    assert not list(tmp_path.glob("ny*"))


Damage = Callable[[bytes], bytes]


@pytest.mark.parametrize(
    "damage",
    [lambda b: b[:-1], lambda b: b[: len(b) // 2], lambda b: b + b"x", lambda b: b[:500] + b"x" + b[501:]],
    ids=["en byte kortere", "halv", "en byte mere", "en byte ændret"],
)
@pytest.mark.parametrize("sealed", [True, False], ids=["krypteret", "åben"])
def test_b3_a_damaged_copy_is_named_and_nothing_is_replaced(
    kept_apart: Path, tmp_path: Path, settings: Any, damage: Damage, sealed: bool
) -> None:
    if not sealed:
        settings.SAMRAAD_BACKUP_KEY = ""
    file = tmp_path / "kopi"
    call_command("backup", str(file), stdout=io.StringIO(), stderr=io.StringIO())
    file.write_bytes(damage(file.read_bytes()))
    assert "Intet er ændret" in _says("restore", str(file), "--yes")
    assert str(file) in _says("backup", check=file)


Change = Callable[[dict[str, Any]], None]


def _one_row_more(manifest: dict[str, Any]) -> None:
    manifest["tables"]["accounts_user"] += 1


def _from_a_newer_one(manifest: dict[str, Any]) -> None:
    manifest["migrations"].append("plan.0999_later")


@pytest.mark.parametrize(
    ("change", "words"), [(_one_row_more, "Antallet af rækker"), (_from_a_newer_one, "nyere udgave")]
)
def test_b3_the_manifest_is_held_against_the_dump_and_the_program(
    kept_apart: Path, tmp_path: Path, settings: Any, change: Change, words: str
) -> None:
    settings.SAMRAAD_BACKUP_KEY = ""
    whole, other = tmp_path / "kopi", tmp_path / "anden"
    call_command("backup", str(whole), stdout=io.StringIO(), stderr=io.StringIO())
    with tarfile.open(whole) as old, tarfile.open(other, "w:gz") as new:
        for member in old:
            content = old.extractfile(member).read()  # type: ignore[union-attr]
            if member.name == "manifest.json":
                manifest = json.loads(content)
                change(manifest)
                content = json.dumps(manifest).encode()
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    assert words in _says("restore", str(other), "--yes")


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3 << 20])
def test_b3_pieces_are_read_as_they_were_written(size: int) -> None:
    sealed, content = io.BytesIO(), os.urandom(size)
    with Encrypting(sealed, KEY) as target:
        target.write(content)
    assert io.BufferedReader(Decrypting(io.BytesIO(sealed.getvalue()), KEY)).read() == content


def test_b3_a_piece_that_is_cut_off_at_its_edge_is_seen() -> None:
    sealed = io.BytesIO()
    with Encrypting(sealed, KEY) as target:
        target.write(os.urandom(3 << 20))
    cut = sealed.getvalue()[: 32 + 2 * ((1 << 20) + 16)]
    with pytest.raises(WrongKey):
        io.BufferedReader(Decrypting(io.BytesIO(cut), KEY)).read()


def test_f4_a_copy_without_room_leaves_nothing(kept_apart: Path, tmp_path: Path) -> None:
    folder = tmp_path / "lille"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "samraad-test", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("En lille disk kan kun sættes på af root")
    try:
        assert "ikke plads til kopien" in _says("backup", str(folder / "kopi"))
        assert list(folder.iterdir()) == []
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@action
def write_one(*, by: Actor, writer: int) -> None:
    record("test.written", None, by=by, stream=f"writer{writer}")


def test_b1_a_drill_under_four_writers(kept_apart: Path, tmp_path: Path) -> None:
    """What was said to be written before the backup began is in it; the rest is whole or not there."""
    over, told = Signal(), [0, 0, 0, 0]

    def write(writer: int) -> None:
        while not over.is_set():
            try:
                write_one(by=SYSTEM, writer=writer)
            except DatabaseError:
                continue  # the database was too busy and said so
            told[writer] += 1
            over.wait(0.01)  # SQLite lets in whom it likes; who writes without a pause keeps others out
        connection.close()

    writers = [Thread(target=write, args=[number]) for number in range(4)]
    for writer in writers:
        writer.start()
    try:
        while min(told) < 3:
            over.wait(0.05)
        before = list(told)
        call_command("backup", str(tmp_path / "kopi"), stdout=io.StringIO())
    finally:
        over.set()
        for writer in writers:
            writer.join()
    call_command("restore", str(tmp_path / "kopi"), "--yes", stdout=io.StringIO())
    kept = [Event.objects.filter(stream=f"writer{number}").count() for number in range(4)]
    assert all(there >= said for there, said in zip(kept, before, strict=True))
    assert sum(kept) <= sum(told)
    assert dumps.rows_now()["audit_event"] == Event.objects.count()


def test_b1_two_do_not_put_back_at_once(saved: Path, settings: Any) -> None:
    with (settings.SAMRAAD_DATA / "restore.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        assert "er ved at blive lagt tilbage" in _says("restore", str(saved), "--yes")
    call_command("restore", str(saved), "--yes", stdout=io.StringIO())
    assert _name() == "Karen"
