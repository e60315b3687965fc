"""From bytes to text: compression, encoding, delimiter, and what is no table at all."""

import gzip
import hashlib
import html
import re
import zlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from evidens.errors import BadFile, BadRequest, Problem
from evidens.sources import framing, workbook
from evidens.sources.framing import IsHead

LIMIT = 1_000_000_000
HEAD = 1_000_000  # names with lost letters show within the first million bytes
SUSPECT = "Ã".encode()
_TWICE = re.compile("Ã[¦¸¥†˜…]")
_QUOTED = re.compile(r'"[^"]*"')
PART, GZIP = b"\x1f\x8b\x08", 31  # how a part of a gzip file begins; zlib's own number for that format
SIGNS = {";": "semikolon", "\t": "tabulator", ",": "komma"}
MARK, LOST = b"\xef\xbb\xbf", b"\xef\xbf\xbd"  # byte order mark; U+FFFD, which stands for a lost letter


@dataclass(frozen=True)
class Opened:
    """A file as UTF-8 without byte order mark, what separates its fields, and what was odd so far.

    `before` lines stood above the head and are gone.
    """

    name: str
    content: bytes
    delimiter: str
    sha256: str
    warnings: tuple[Problem, ...]
    before: int = 0

    @cached_property
    def text(self) -> str:
        """The same as text."""
        return self.content.decode()

    @property
    def header(self) -> str:
        """The first line of the table."""
        end = self.content.find(b"\n")
        if end < 0:
            end = len(self.content)
        return self.content[:end].decode().rstrip("\r")

    @property
    def ends_whole(self) -> bool:
        """Whether the last line ends with a line break."""
        return self.content.endswith(b"\n")

    @property
    def damaged(self) -> bool:
        """Whether letters were lost on the way."""
        return LOST in self.content[:HEAD]


def open_text(path: Path, is_head: IsHead | None = None) -> Opened:
    """Read a file (.gz, .xlsx, .xls and .ods too); `is_head` finds the table between titles and notes.

    Raises BadFile when it is empty or a web page, BadRequest when it is not there.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadRequest(f"{path} kan ikke læses: {error.strerror}.") from None
    return open_bytes(content, path.name, is_head)


def open_bytes(content: bytes, name: str, is_head: IsHead | None = None) -> Opened:
    """The same for bytes that are already here."""
    digest = hashlib.sha256(content).hexdigest()
    if workbook.is_workbook(content):
        content = workbook.as_csv(content, name, is_head)
    if content[:2] == b"\x1f\x8b":
        try:
            content = _unpacked(content)
        except (OSError, EOFError, zlib.error):
            text = f"{name} er pakket, og pakken er ikke hel."
            raise BadFile(Problem("truncated", text, "Hent filen igen.")) from None
    if len(content) > LIMIT:
        text = f"{name} fylder over {LIMIT // 1_000_000} MB."
        raise BadFile(Problem("too_large", text, "Del udtrækket i flere filer."))
    content, warnings = _as_utf8(content, name)
    if not content[:1000].removeprefix(MARK).strip():
        mend = "Hent filen igen; en tom fil er ikke det samme som nul."
        raise BadFile(Problem("empty_file", f"{name} er tom.", mend))
    sample = content[:20000].decode(errors="ignore")
    _refuse_web_page(sample, name)
    content, sign = framing.separator(content)
    before = 0
    if sign:
        before = 1
        sample = content[:20000].decode(errors="ignore")
    delimiter, odd = _delimiter(sample)
    if sign:
        delimiter, odd = sign, []
    if is_head is None:
        return Opened(name, content, delimiter, digest, (*warnings, *odd), before)
    table = framing.framed(content, delimiter, is_head, before)
    told = (*warnings, *odd, *table.warnings)
    return Opened(name, table.content, delimiter, digest, told, table.before)


def _unpacked(content: bytes) -> bytes:
    """The bytes of a gzip file; of one part at once into as much room as its end says, twice as fast."""
    if content.count(PART) > 1:
        return gzip.decompress(content)
    size = min(int.from_bytes(content[-4:], "little"), LIMIT + 1)
    return zlib.decompress(content, wbits=GZIP, bufsize=max(size, 1))


def _as_utf8(content: bytes, name: str) -> tuple[bytes, list[Problem]]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = Problem(
            "encoding_utf16",
            f"{name} er gemt som UTF-16 og ikke UTF-8.",
            "Den er læst sådan. Gem som CSV UTF-8 næste gang.",
        )
        return content.decode("utf-16").encode(), [found]
    if b"\0" in content[:4000]:
        raise BadFile(Problem("not_csv", f"{name} er ikke en tekstfil.", "Hent tabellen som CSV."))
    content = content.removeprefix(MARK)
    if not _is_utf8(content):
        found = Problem(
            "encoding_latin1",
            f"{name} er ikke UTF-8; den er læst som Windows-1252.",
            "Se efter, at æ, ø og å står rigtigt.",
        )
        return content.decode("cp1252", errors="replace").encode(), [found]
    if lost := content[:HEAD].count(LOST):
        found = Problem(
            "damaged_letters",
            f"{name} er gemt med forkert tegnsæt: {lost} bogstaver er gået tabt.",
            "Stederne er gættet ud fra resten af navnet. Hent filen igen for at være sikker.",
        )
        return content, [found]
    if SUSPECT in content[:HEAD] and _TWICE.search(content[:HEAD].decode(errors="ignore")):
        return _once(content, name)
    return content, []


def _once(content: bytes, name: str) -> tuple[bytes, list[Problem]]:
    """UTF-8 that somebody read as Windows-1252 and saved as UTF-8 again: "Ã˜" for "Ø"."""
    try:
        mended = content.decode().encode("cp1252").decode().encode()
    except UnicodeError:
        text = f"{name} er gemt med forkert tegnsæt: æ, ø og å står som fx Ã¦."
        mend = "Hent filen igen, og gem den som CSV UTF-8."
        raise BadFile(Problem("mojibake", text, mend)) from None
    text = f"{name} er gemt to gange med hvert sit tegnsæt, så Ø stod som Ã˜."
    return mended, [Problem("mojibake", text, "Det er rettet. Se efter, at æ, ø og å står rigtigt.")]


def _is_utf8(content: bytes) -> bool:
    """Whether the bytes are UTF-8; Arrow looks ten times as fast as decoding does."""
    import pyarrow as pa

    try:
        ends = pa.py_buffer(np.array([0, len(content)], np.int64))
        pa.LargeBinaryArray.from_buffers(pa.large_binary(), 1, [None, ends, pa.py_buffer(content)]).cast(
            pa.large_string()
        )
    except pa.ArrowInvalid:
        return False
    return True


def _refuse_web_page(text: str, name: str) -> None:
    head = text[:2000].lstrip()
    if not re.match(r"<(!doctype|html|\?xml)", head, re.IGNORECASE):
        return
    title = re.search(r"<title>(.*?)</title>", head, re.IGNORECASE | re.DOTALL)
    named = ""
    if title:
        named = f" med titlen “{html.unescape(title[1]).strip()}”"
    text = f"{name} er en webside{named} og ikke en tabel."
    raise BadFile(Problem("not_csv_html", text, "Hent filen igen, når siden svarer."))


def _delimiter(text: str) -> tuple[str, list[Problem]]:
    """The sign that every line has most of (the last line of a sample may be cut off).

    Told when it is not ";".
    """
    plain = [_QUOTED.sub("", line) for line in text.split("\n")[:20]]
    whole = plain[:-1]
    if not whole:
        whole = plain
    best = max(SIGNS, key=lambda sign: min(line.count(sign) for line in whole))
    if not all(best in line for line in whole):
        best = max(SIGNS, key=lambda sign: (sum(sign in line for line in whole), plain[0].count(sign)))
    if best == ";":
        return best, []
    said = f"Felterne er adskilt med {SIGNS[best]} (“{best}”) og ikke semikolon (“;”)."
    return best, [Problem("delimiter", said, "De er læst sådan.", line=1)]
