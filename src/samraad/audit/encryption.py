"""A backup is encrypted piece by piece, so that it never has to stand open on a disk.

ChaCha20-Poly1305 by `cryptography`; each file has a key of its own (HKDF of the kept key and a salt), each
piece its number and whether it is the last, so that nothing can be cut, swapped or put in unseen (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015).
"""

import base64
import binascii
import io
import secrets
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

MARK = b"samraad backup 1"
PIECE, TAG = 1 << 20, 16


class WrongKey(Exception):
    """The key does not open the file, or the file was changed."""


def new_key() -> str:
    """A key as it stands in its file."""
    return base64.b64encode(secrets.token_bytes(32)).decode()


def key_of(file: Path) -> bytes:
    """The key in a file.

    Raises WrongKey when it holds none.
    """
    try:
        key = base64.b64decode(file.read_text("ascii").strip(), validate=True)
    except (OSError, ValueError, binascii.Error) as error:
        raise WrongKey from error
    if len(key) != 32:
        raise WrongKey
    return key


def is_encrypted(file: Path) -> bool:
    """Does the file begin as an encrypted backup does?"""
    with file.open("rb") as stream:
        return stream.read(len(MARK)) == MARK


def _cipher(key: bytes, salt: bytes) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(HKDF(SHA256(), 32, salt, MARK).derive(key))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


class Encrypting(io.RawIOBase):
    """Writes encrypted to `target` what is written to it; `close` writes the last piece."""

    def __init__(self, target: IO[bytes], key: bytes) -> None:
        salt = secrets.token_bytes(16)
        target.write(MARK + salt)
        self._target, self._cipher = target, _cipher(key, salt)
        self._waiting, self._number = bytearray(), 0

    def writable(self) -> bool:
        """It is."""
        return True

    def write(self, data: "ReadableBuffer") -> int:
        """Take what comes; a whole piece goes on when more than it is there."""
        before = len(self._waiting)
        self._waiting += data
        taken = len(self._waiting) - before
        while len(self._waiting) > PIECE:
            self._piece(PIECE, last=False)
        return taken

    def close(self) -> None:
        """Write the last piece."""
        if self.closed:
            return
        try:
            self._piece(len(self._waiting), last=True)
        finally:
            super().close()

    def _piece(self, size: int, *, last: bool) -> None:
        piece = bytes(self._waiting[:size])
        del self._waiting[:size]
        self._target.write(self._cipher.encrypt(_nonce(self._number, last), piece, MARK))
        self._number += 1


class Decrypting(io.RawIOBase):
    """Reads in the clear what `Encrypting` wrote; WrongKey where it does not hold."""

    def __init__(self, source: IO[bytes], key: bytes) -> None:
        head = source.read(len(MARK) + 16)
        self._source, self._cipher = source, _cipher(key, head[len(MARK) :])
        self._next, self._clear, self._number = source.read(PIECE + TAG), b"", 0

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """Fill what there is room for; nothing at the end."""
        room = memoryview(buffer)
        if not self._clear and self._next:
            self._open()
        part, self._clear = self._clear[: len(room)], self._clear[len(room) :]
        room[: len(part)] = part
        return len(part)

    def _open(self) -> None:
        piece, self._next = self._next, self._source.read(PIECE + TAG)
        try:
            self._clear = self._cipher.decrypt(_nonce(self._number, not self._next), piece, MARK)
        except InvalidTag as error:
            raise WrongKey from error
        self._number += 1
