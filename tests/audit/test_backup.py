"""A backup brings back what was, and a broken one changes nothing."""

import io
import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from samraad.accounts.models import User
from samraad.audit.actions import frame
from samraad.demo.cast import Entered, email_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def saved(cast: Entered, tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "bilag").write_text("et bilag", "utf-8")
    file = tmp_path / "kopi.tar.gz"
    call_command("backup", str(file))
    return file


def test_it_brings_back_rows_and_files(saved: Path, settings: Any) -> None:
    with frame():
        User.objects.filter(email=email_of("karen")).update(name="En anden")
    (Path(settings.MEDIA_ROOT) / "bilag").unlink()
    call_command("restore", str(saved), "--yes")
    assert User.objects.get(email=email_of("karen")).name == "Karen"
    assert (Path(settings.MEDIA_ROOT) / "bilag").read_text("utf-8") == "et bilag"


def test_it_asks_before_it_replaces(saved: Path) -> None:
    with pytest.raises(CommandError, match="--yes"):
        call_command("restore", str(saved))


def test_it_changes_nothing_when_the_copy_is_broken(saved: Path, tmp_path: Path) -> None:
    broken = tmp_path / "halv.tar.gz"
    broken.write_bytes(saved.read_bytes()[:2000])
    with pytest.raises(CommandError, match="ikke en hel sikkerhedskopi"):
        call_command("restore", str(broken), "--yes")
    assert User.objects.filter(email=email_of("signe")).exists()


def test_it_knows_what_it_holds(saved: Path) -> None:
    assert saved.stat().st_size > 1000


@pytest.mark.parametrize("name", ["../udenfor", "/tmp/udenfor", "andet/fil"])
def test_it_refuses_a_copy_with_files_that_do_not_belong(name: str, tmp_path: Path) -> None:
    odd = tmp_path / "sær.tar.gz"
    with tarfile.open(odd, "w:gz") as archive:
        info = tarfile.TarInfo(name)
        info.size = 1
        archive.addfile(info, io.BytesIO(b"x"))
    with pytest.raises(CommandError, match="ikke en hel sikkerhedskopi"):
        call_command("restore", str(odd), "--yes")
    assert not (tmp_path / "udenfor").exists()
