"""From bytes to text: compression, encoding, delimiter, and what is no table at all."""

import gzip
import hashlib
import html
import re
from dataclasses import dataclass
from pathlib import Path

from evidens.errors import BadFile, BadRequest, Problem

LIMIT = 1_000_000_000


@dataclass(frozen=True)
class Opened:
    """A file's text without byte order mark, what separates its fields, and what was odd so far."""

    name: str
    text: str
    delimiter: str
    sha256: str
    warnings: tuple[Problem, ...]

    @property
    def header(self) -> str:
        """The first line."""
        return self.text.partition("\n")[0].rstrip("\r")

    @property
    def ends_whole(self) -> bool:
        """Whether the last line ends with a line break."""
        return self.text.endswith("\n")


def open_text(path: Path) -> Opened:
    """Read a file (.gz too); raises BadFile when it is empty or a web page, BadRequest when it is not there."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadRequest(f"{path} kan ikke læses: {error.strerror}.") from None
    return open_bytes(content, path.name)


def open_bytes(content: bytes, name: str) -> Opened:
    """The same for bytes that are already here."""
    digest = hashlib.sha256(content).hexdigest()
    if content[:2] == b"\x1f\x8b":
        try:
            content = gzip.decompress(content)
        except (OSError, EOFError):
            raise BadFile([Problem("truncated", f"{name} er pakket, og pakken er ikke hel.", "Hent filen igen.")]) from None
    if len(content) > LIMIT:
        raise BadFile([Problem("too_large", f"{name} fylder over {LIMIT // 1_000_000} MB.", "Del udtrækket i flere filer.")])
    text, warnings = _decode(content, name)
    if not text.strip("\ufeff \t\r\n"):
        raise BadFile([Problem("empty_file", f"{name} er tom.", "Hent filen igen; en tom fil er ikke det samme som nul.")])
    _refuse_web_page(text, name)
    delimiter, odd = _delimiter(text)
    return Opened(name, text, delimiter, digest, (*warnings, *odd))


def _decode(content: bytes, name: str) -> tuple[str, list[Problem]]:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        found = Problem("encoding_utf16", f"{name} er gemt som UTF-16 og ikke UTF-8.", "Den er læst sådan. Gem som CSV UTF-8 næste gang.")
        return content.decode("utf-16"), [found]
    if b"\0" in content[:4000]:
        raise BadFile([Problem("not_csv", f"{name} er ikke en tekstfil.", "Hent tabellen som CSV.")])
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = Problem("encoding_latin1", f"{name} er ikke UTF-8; den er læst som Windows-1252.", "Se efter, at æ, ø og å står rigtigt.")
        return content.decode("cp1252", errors="replace"), [found]
    if lost := text.count("\ufffd"):
        found = Problem(
            "damaged_letters",
            f"{name} er gemt med forkert tegnsæt: {lost} bogstaver er gået tabt.",
            "Stederne er gættet ud fra resten af navnet. Hent filen igen for at være sikker.",
        )
        return text, [found]
    return text, []


def _refuse_web_page(text: str, name: str) -> None:
    head = text[:2000].lstrip()
    if not re.match(r"<(!doctype|html|\?xml)", head, re.IGNORECASE):
        return
    title = re.search(r"<title>(.*?)</title>", head, re.IGNORECASE | re.DOTALL)
    named = f" med titlen “{html.unescape(title[1]).strip()}”" if title else ""
    raise BadFile([Problem("not_csv_html", f"{name} er en webside{named} og ikke en tabel.", "Hent filen igen, når siden svarer.")])


def _delimiter(text: str) -> tuple[str, list[Problem]]:
    sample = text[:20000].split("\n")[:20]
    plain = [re.sub(r'"[^"]*"', "", line) for line in sample]
    counts = {sign: min(line.count(sign) for line in plain[:-1] or plain) for sign in ";\t,"}
    best = max(counts, key=lambda sign: counts[sign])
    if not counts[best]:
        best = max(";\t,", key=lambda sign: plain[0].count(sign))
    if best == ";":
        return best, []
    word = {",": "komma", "\t": "tabulator"}[best]
    return best, [Problem("delimiter", f"Felterne er adskilt med {word} (“{best}”) og ikke semikolon (“;”).", "De er læst sådan.", line=1)]
