"""Which signs the house's letters can show, read off the fonts themselves (the `cmap` table of OpenType)."""

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from samraad.documents.pdf.press import fonts

# Shown by no letter, and needing none: blanks, breaks, soft hyphens, marks for the direction of reading.
BLANKS = "\t\n\r\x85\u00a0\u2028\u2029\u202f"
INVISIBLE = frozenset(f"{BLANKS}\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f")
# What no font of the house has, and what says the same.
ALIKE = {
    "\u2010": "-",  # hyphen
    "\u2011": "\u2060-\u2060",  # hyphen that nothing breaks at
    "\ufeff": "",  # mark of a file's beginning
    "\u2009": "\u202f",  # thin blank
    "\u200a": "\u202f",
    "\x7f": "",
}
TURNS = re.compile("[\u061c\u202a-\u202e\u2066-\u2069]")  # turn the direction of reading; Danish has one
WHOLE, SPARSE = 12, 4  # forms of the table: ranges of signs beyond 65,535, and up to it
WINDOWS = ((3, 10), (3, 1))  # (platform, encoding) of the tables by Unicode, the fuller first


def printed(text: str) -> str:
    """`text` in signs that fonts have letters for: accents joined to their letter, odd blanks made usual.

    >>> printed("e\\u0301n\\ufeff")
    'én'
    """
    joined = unicodedata.normalize("NFC", text)
    for sign, alike in ALIKE.items():
        joined = joined.replace(sign, alike)
    return TURNS.sub("", joined)


def told(sign: str) -> str:
    """A sign as a sentence names it: one that is not seen by its number.

    >>> told("한"), told("\u206a")
    ('“한”', 'U+206A')
    """
    if unicodedata.category(sign).startswith("C"):
        return f"U+{ord(sign):04X}"
    return f"“{sign}”"


def is_seen(text: str) -> bool:
    """Is there anything in the text that leaves a mark on the page?

    >>> is_seen("a"), is_seen(" \u200b")
    (True, False)
    """
    return bool(text.strip(f" {''.join(INVISIBLE)}"))


def unprintable(text: str) -> list[str]:
    """The signs of `text` that one of the house's fonts lacks, in order, each once."""
    known = _known()
    return [sign for sign in dict.fromkeys(text) if sign not in known]


@cache
def _known() -> frozenset[str]:
    """What every font can show."""
    shown = [set(map(chr, numbers_of(path))) for path in fonts().glob("*.ttf")]
    return frozenset(set.intersection(*shown)) | INVISIBLE


def numbers_of(path: Path) -> Iterator[int]:
    """The Unicode numbers that a font has a letter for. Raises ValueError when it names none."""
    content = path.read_bytes()
    start = _table(content, b"cmap")
    (count,) = struct.unpack_from(">H", content, start + 2)
    places = {}
    for entry in range(count):
        platform, encoding, offset = struct.unpack_from(">HHL", content, start + 4 + 8 * entry)
        places[platform, encoding] = start + offset
    for kind in WINDOWS:
        if kind in places:
            return _numbers(content, places[kind])
    raise ValueError(f"{path.name} har ingen tabel over tegn efter Unicode.")


def _table(content: bytes, name: bytes) -> int:
    """Where a table of the font begins."""
    (count,) = struct.unpack_from(">H", content, 4)
    for entry in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", content, 12 + 16 * entry)
        if tag == name:
            return int(offset)
    raise ValueError(f"Skriften har ingen tabel {name.decode()}.")


def _numbers(content: bytes, at: int) -> Iterator[int]:
    (form,) = struct.unpack_from(">H", content, at)
    if form == WHOLE:
        (count,) = struct.unpack_from(">L", content, at + 12)
        for group in range(count):
            first, last = struct.unpack_from(">LL", content, at + 16 + 12 * group)
            yield from range(first, last + 1)
    elif form == SPARSE:
        yield from _sparse(content, at)
    else:
        raise ValueError(f"Skriftens tabel over tegn har formen {form}; vi læser {SPARSE} og {WHOLE}.")


def _sparse(content: bytes, at: int) -> Iterator[int]:
    """Form 4: segments, each with letters that follow on or are listed; letter 0 is none."""
    (twice,) = struct.unpack_from(">H", content, at + 6)
    for segment in range(0, twice, 2):
        (last,) = struct.unpack_from(">H", content, at + 14 + segment)
        (first,) = struct.unpack_from(">H", content, at + 16 + twice + segment)
        (shift,) = struct.unpack_from(">H", content, at + 16 + 2 * twice + segment)
        here = at + 16 + 3 * twice + segment
        (listed,) = struct.unpack_from(">H", content, here)
        for number in range(first, min(last, 0xFFFE) + 1):
            letter = (number + shift) % 0x10000
            if listed:
                (letter,) = struct.unpack_from(">H", content, here + listed + 2 * (number - first))
            if letter:
                yield number
