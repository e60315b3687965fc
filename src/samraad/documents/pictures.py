"""Pictures without what a camera writes into them: where and when they were taken, and by what.

The picture itself is not touched. Of a JPEG the turn (orientation) is kept, so that it still stands upright.
"""

from collections.abc import Iterator
from typing import Literal

JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
END, SCAN, EXIF = 0xD9, 0xDA, 0xE1
KEPT = {0xE0, 0xEE}  # of a JPEG's own notes: JFIF and the colours' order; a colour profile too (see below)
NOTES = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}  # of a PNG
TURN = b"\x01\x12\x00\x03\x00\x00\x00\x01"  # Exif's tag 0x0112: one short number, big-endian


class Unreadable(ValueError):
    """The file is no whole picture."""


def without_position(content: bytes) -> bytes:
    """The picture without its notes; anything else as it is. Raises Unreadable when it is broken off."""
    if content.startswith(PNG):
        return PNG + b"".join(_png_parts(content))
    if content.startswith(JPEG):
        return JPEG + b"".join(_jpeg_parts(content))
    return content


def _png_parts(content: bytes) -> Iterator[bytes]:
    at = len(PNG)
    while at + 12 <= len(content):
        size, name = int.from_bytes(content[at : at + 4], "big"), content[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(content):
            break
        if name not in NOTES:
            yield content[at:end]
        if name == b"IEND":
            return  # what hangs after it goes too
        at = end
    raise Unreadable


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    at = len(JPEG)
    while at + 2 <= len(content) and content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:  # a filling
            at += 1
            continue
        if mark == END:
            yield content[at : at + 2]
            return  # what hangs after it goes too
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        end = at + 2 + size
        if size < 2 or end > len(content):
            break
        if mark == SCAN:
            end = _end_of_scan(content, end)
        yield from _of_segment(mark, content[at:end])
        at = end
    raise Unreadable


def _of_segment(mark: int, segment: bytes) -> Iterator[bytes]:
    """A part of a JPEG, or what is kept of it."""
    profile = segment.startswith(b"ICC_PROFILE", 4)
    if mark == EXIF and segment[4:10] == b"Exif\x00\x00":
        turn = _turn(segment[10:])
        if turn > 1:
            tiff = b"MM\x00\x2a\x00\x00\x00\x08\x00\x01" + TURN + bytes([0, turn, 0, 0]) + bytes(4)
            body = b"Exif\x00\x00" + tiff
            yield b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body
    elif mark in KEPT or profile or not (0xE0 <= mark <= 0xEF or mark == 0xFE):
        yield segment


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the next part begins: in a scan 0xFF stands only before 0 and before a restart."""
    while True:
        at = content.find(b"\xff", at)
        if at < 0 or at + 1 >= len(content):
            raise Unreadable
        following = content[at + 1]
        if following not in (0x00, 0xFF) and not 0xD0 <= following <= 0xD7:
            return at
        at += 1 if following == 0xFF else 2


def _turn(tiff: bytes) -> int:
    """How the camera was held, 1 to 8; 1 when it is not told."""
    order: Literal["little", "big"] = "big"
    if tiff[:2] == b"II":
        order = "little"

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], order)

    start = number(4, 4)
    for entry in range(min(number(start, 2), 200)):
        at = start + 2 + 12 * entry
        if number(at, 2) == 0x0112:
            turn = number(at + 8, 2)
            if 1 <= turn <= 8:
                return turn
    return 1
