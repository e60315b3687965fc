"""A file that is a zip of files, as Word's and Excel's are: is it safe to open, and is it what it says?"""

import io
import lzma
import zipfile
import zlib
from typing import Protocol

UNPACKED_LIMIT = 200 * 1024 * 1024
ENTRIES_LIMIT = 2000
RATIO_LIMIT = 100  # times: real documents unpack to five or ten times their size
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # an old Office file, or an encrypted new one
ENCRYPTED = 1  # a flag of an entry
# What a broken file may raise, deep in the libraries that read it.
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    RuntimeError,
    OSError,
    EOFError,
    ValueError,
)


class File(Protocol):
    """What can be read and read again: an open file, or one that was uploaded."""

    def read(self) -> bytes:
        """All of it."""

    def seek(self, position: int, /) -> object:
        """Go to a place."""


def check_zip(file: File, needed: str = "") -> str:
    """Why a zipped document cannot be opened safely, in Danish: broken, too big when unpacked, or without the
    part that is `needed`; the empty string when it can. The file is at its beginning afterwards."""
    try:
        with zipfile.ZipFile(io.BytesIO(file.read())) as archive:
            return _problem(archive, needed)
    except UNREADABLE:
        return "Filen er gået i stykker og kan ikke åbnes. Find originalen, og gem den igen."
    finally:
        file.seek(0)


def _problem(archive: zipfile.ZipFile, needed: str) -> str:
    entries = archive.infolist()
    unpacked = packed = 0
    for entry in entries:
        unpacked += entry.file_size
        packed += entry.compress_size
    if len(entries) > ENTRIES_LIMIT or unpacked > min(UNPACKED_LIMIT, RATIO_LIMIT * packed):
        return "Filen pakker sig ud til mere, end et dokument kan fylde. Den er ikke læst."
    if any(entry.flag_bits & ENCRYPTED for entry in entries):
        return "Filen er låst med adgangskode. Gem den uden kode, og prøv igen."
    if needed and needed not in archive.namelist():
        return "Filen er ikke et rigtigt Office-dokument. Åbn den, og gem den igen."
    return ""
