"""Keys that the database does not hold: one file each, by what it is for and the month it was made.

`keys()` says where they come from. Today that is a folder, `SAMRAAD_KEYS`; whatever else can name keys can
stand in its place.
"""

import re
import stat
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from django.conf import settings

from samraad.audit.actions import Refused
from samraad.audit.encryption import WrongKey, key_of, new_key

PURPOSES = {"seal": "segl på hændelser"}
NAME = re.compile(r"(?P<purpose>[a-z]+)-\d{4}-\d{2}")
ENDING = ".key"


@dataclass(frozen=True)
class Key:
    """A key by its name, "seal-2026-11"."""

    name: str
    secret: bytes


class KeySource(Protocol):
    """Where keys come from."""

    def current(self, purpose: str) -> Key:
        """The newest key of a purpose; Refused when there is none."""

    def named(self, name: str) -> Key:
        """The key of a name; Refused when it is not there."""


class KeyFolder:
    """Keys as files of a folder that lies apart from the data."""

    def __init__(self, folder: str) -> None:
        if not folder:
            raise Refused("SAMRAAD_KEYS er ikke sat, så der er ingen nøgle. Se docs/drift/noegler.md.")
        self.folder = Path(folder)
        data = Path(settings.SAMRAAD_DATA).resolve()
        if data in (self.folder.resolve(), *self.folder.resolve().parents):
            raise Refused(
                f"Nøglemappen {self.folder} ligger i datamappen. Læg den et andet sted: ellers følger nøglen "
                "med, når data bliver kopieret eller taget."
            )

    def current(self, purpose: str) -> Key:
        """The newest, by the month in its name."""
        names = self.names(purpose)
        if not names:
            raise Refused(
                f"Der er ingen nøgle til {PURPOSES[purpose]} i {self.folder}. "
                f"Lav en: ./run manage new_key {purpose}"
            )
        return self.named(names[-1])

    def names(self, purpose: str) -> list[str]:
        """The names of a purpose's keys, the oldest first."""
        names = sorted(file.stem for file in self.folder.glob(f"{purpose}-*{ENDING}"))
        return list(filter(NAME.fullmatch, names))

    def named(self, name: str) -> Key:
        """The key in the file of that name."""
        file = self.folder / f"{name}{ENDING}"
        if not NAME.fullmatch(name) or not file.is_file():
            raise Refused(f"Nøglen {name} findes ikke i {self.folder}. Find den fra jeres sikre sted.")
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            raise Refused(f"Nøglen {file} kan læses af andre på maskinen. Skriv: chmod 400 {file}")
        try:
            return Key(name, key_of(file))
        except WrongKey as error:
            raise Refused(f"Der står ingen nøgle i {file}. Find den rigtige fra jeres sikre sted.") from error

    def make(self, purpose: str, *, today: date) -> Path:
        """A new key of the month, which from now on is the current one; one is never written over."""
        file = self.folder / f"{purpose}-{today:%Y-%m}{ENDING}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file.touch(mode=0o600, exist_ok=False)
            file.write_text(f"{new_key()}\n", "ascii")
            file.chmod(0o400)
        except FileExistsError as error:
            raise Refused(f"{file} findes. En nøgle bliver aldrig skrevet over.") from error
        except OSError as error:
            raise Refused(f"{file} kan ikke skrives: {error.strerror}.") from error
        return file


def keys() -> KeySource:
    """Where this installation's keys come from."""
    return KeyFolder(settings.SAMRAAD_KEYS)
