"""Bytes of a .txt or .docx file to numbered lines; every fault is a Danish sentence (`Unreadable`)."""

import io
import re
from dataclasses import dataclass
from html.parser import HTMLParser

import mammoth

from samraad.documents.files import OLE, check_zip

MEGABYTES = 20
LINES_LIMIT = 50_000


class Unreadable(Exception):
    """The file cannot be read: what is wrong and what would be right."""


@dataclass(frozen=True)
class Line:
    """One line: its number from 1, its text without outer blanks, and its heading level when the file says so (else 0)."""

    number: int
    text: str
    heading: int = 0


def lines_of(content: bytes, name: str) -> list[Line]:
    """The lines of a file, by its content and not only its name; raises Unreadable."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Unreadable("Filen er tom. Vælg en anden fil.")
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Unreadable(f"Filen fylder {len(content) // 1024 // 1024} MB. Den må højst fylde {MEGABYTES} MB.")
    if content.startswith(OLE):
        raise Unreadable("Filen er låst med adgangskode eller i Words gamle format. Gem den som .docx uden adgangskode.")
    if content.startswith(b"PK\x03\x04"):
        return _docx(content)
    if content.startswith((b"%PDF-", b"\x89PNG", b"\xff\xd8\xff")):
        raise Unreadable("Filen er ikke tekst eller Word. Gem planen som .docx eller .txt, og prøv igen.")
    if name.lower().endswith(".docx"):
        raise Unreadable("Filen hedder .docx, men er ikke et Word-dokument. Åbn den i Word, og gem den igen.")
    return _limited([Line(number, text.strip()) for number, text in enumerate(decode(content).split("\n"), start=1)])


def decode(content: bytes) -> str:
    """Text in UTF-8, UTF-16 (with its mark) or CP1252, with one kind of line end.

    >>> decode("Læsø".encode("cp1252")), decode("Læsø".encode("utf-16"))
    ('Læsø', 'Læsø')
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    if "\x00" in text or sum(c < " " and c not in "\n\r\t\f\v" for c in text[:20_000]) > 20:
        raise Unreadable("Filen hedder tekst, men er det ikke. Gem planen som .docx eller ren tekst, og prøv igen.")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _docx(content: bytes) -> list[Line]:
    problem = check_zip(io.BytesIO(content), "word/document.xml")
    if problem:
        raise Unreadable(problem)
    try:
        html = mammoth.convert_to_html(io.BytesIO(content), convert_image=mammoth.images.img_element(lambda image: {})).value
    except Exception as error:
        raise Unreadable("Word-filen er gået i stykker og kan ikke læses. Find originalen, og gem den igen.") from error
    blocks = _Blocks()
    blocks.feed(html)
    blocks.close()
    if not any(text for text, _ in blocks.found):
        raise Unreadable("Word-filen har ingen tekst, måske kun et billede. Find originalen, eller kør tekstgenkendelse først.")
    out: list[Line] = []
    for text, heading in blocks.found:
        out += [Line(len(out) + 1, text, heading), Line(len(out) + 2, "")]
    return _limited(out)


def _limited(lines: list[Line]) -> list[Line]:
    if len(lines) > LINES_LIMIT:
        raise Unreadable(f"Filen har {len(lines)} linjer. En plan har højst {LINES_LIMIT}.")
    return lines


class _Blocks(HTMLParser):
    """Collects (text, heading level) for each paragraph, heading, list item and table row."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self._text: list[str] = []
        self._heading = 0
        self._row = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self._flush()
            self._row = True
        elif self._row and tag not in ("td", "th", "br"):
            return
        elif tag in ("p", "li") or re.fullmatch("h[1-6]", tag):
            self._flush()
            self._heading = int(tag[1]) if tag[0] == "h" else 0
            if tag == "li":
                self._text.append("- ")
        elif tag in ("td", "th") and "".join(self._text).strip():
            self._text.append(" | ")
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self._row = False
        if not self._row and (tag in ("p", "li", "tr") or re.fullmatch("h[1-6]", tag)):
            self._flush()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        if text and text != "-":
            self.found.append((text, self._heading))
        self._text, self._heading = [], 0
