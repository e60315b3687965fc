"""Bytes of a file (.txt, .md, .docx, .odt, .rtf, .html, .pdf) to numbered lines; every fault is
`Unreadable`."""

import re
import unicodedata
from collections.abc import Callable
from operator import attrgetter

from striprtf.striprtf import rtf_to_text

from manuscript import web, word
from manuscript.archive import OLE
from manuscript.errors import Unreadable
from manuscript.formats import is_open_text, refuse_data
from manuscript.line import Line
from manuscript.marked import lines_of_text
from manuscript.open_document import lines_of_open_document

MEGABYTES = 20
LINES_LIMIT = 50_000
LETTERS_LIMIT = 10_000  # of one line: the reader looks at a line as a whole
ZIP = b"PK\x03\x04"
PDF = b"%PDF-"
RTF = b"{\\rtf"
RTF_TO_TEXT: Callable[..., str] = rtf_to_text
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
WEB_PAGE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article)\b",
    re.IGNORECASE | re.DOTALL,
)
# What no reader sees: a hyphen that only shows at a line's end, marks without width.
UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
CONTROLS_LOOKED_AT, CONTROLS_ALLOWED = 20_000, 20  # letters, and how many of them a text may have


def lines_of(content: bytes, name: str) -> list[Line]:
    """The lines of a file, by its content and not only its name; raises Unreadable."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Unreadable("Filen er tom. Vælg en anden fil.")
    refuse_too_large(content)
    if content.startswith(OLE):
        raise Unreadable(
            "Filen er låst med adgangskode eller i Words gamle format. Gem den som .docx uden adgangskode."
        )
    lines = _composed(_lines(content, name))
    if len(lines) > LINES_LIMIT:
        raise Unreadable(f"Filen har {len(lines)} linjer. En plan har højst {LINES_LIMIT}.")
    for line in lines:
        if len(line.text) > LETTERS_LIMIT:
            raise Unreadable(
                f"Linje {line.number} er på {len(line.text)} tegn. "
                f"En linje i en plan har højst {LETTERS_LIMIT}. Del den i afsnit, og prøv igen."
            )
    return lines


def refuse_too_large(content: bytes) -> None:
    """Raise Unreadable for a file of more than `MEGABYTES`."""
    if len(content) > MEGABYTES * 1024 * 1024:
        size = len(content) // 1024 // 1024
        raise Unreadable(f"Filen fylder {size} MB. Den må højst fylde {MEGABYTES} MB.")


def _lines(content: bytes, name: str) -> list[Line]:
    """The lines of a file of any kind."""
    if content.startswith(ZIP):
        if is_open_text(content):
            return lines_of_open_document(content)
        return word.lines_of_word(content)
    if PDF in content[:1024]:
        from manuscript.pdf.pages import lines_of_pdf  # pdfium is loaded only when a PDF comes

        return lines_of_pdf(content)
    if content.startswith(PICTURES):
        raise Unreadable(
            "Filen er et billede og har ingen tekst. Find originalen, eller kør tekstgenkendelse først."
        )
    kind = name.lower().rsplit(".", 1)[-1]
    if content.startswith(RTF):
        return _lines_of_rtf(content)
    if kind in ("docx", "pdf", "odt", "rtf"):
        raise Unreadable(
            f"Filen hedder .{kind}, men er det ikke. Åbn den i det program, den er lavet i, og gem den igen."
        )
    text = decode(content)
    if WEB_PAGE.match(text):
        return web.lines_of_web(text)
    refuse_data(text)
    return lines_of_text(text)


def _lines_of_rtf(content: bytes) -> list[Line]:
    """The lines of an .rtf file; a bar stands between the cells of a table."""
    try:
        text = RTF_TO_TEXT(content.decode("cp1252", errors="replace"), errors="replace")
    except Exception as error:
        raise Unreadable(
            "Filen er gået i stykker og kan ikke læses. Find originalen, og gem den igen."
        ) from error
    rows = [" | ".join(map(str.strip, row.removesuffix("|").split("|"))) for row in text.split("\n")]
    return lines_of_text("\n".join(rows))


def _composed(lines: list[Line]) -> list[Line]:
    """Lines with their letters whole ("a" and a ring are "å"), and without what nobody sees."""
    text = "\n".join(map(attrgetter("text"), lines))
    if unicodedata.is_normalized("NFC", text) and not UNSEEN.search(text):
        return lines
    return list(map(_whole, lines))


def _whole(line: Line) -> Line:
    return line._replace(text=unicodedata.normalize("NFC", UNSEEN.sub("", line.text)).strip())


def decode(content: bytes) -> str:
    """Text in UTF-8, UTF-16 (with its mark) or CP1252, with one kind of line end; raises Unreadable.

    >>> decode("Læsø".encode("cp1252")), decode("Læsø".encode("utf-16"))
    ('Læsø', 'Læsø')
    """
    text = _decoded(content)
    controls = sum(_is_control(letter) for letter in text[:CONTROLS_LOOKED_AT])
    if "\x00" in text or controls > CONTROLS_ALLOWED:
        raise Unreadable(
            "Filen hedder tekst, men er det ikke. Gem planen som .docx eller ren tekst, og prøv igen."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(content: bytes) -> str:
    if content.startswith(UTF_16):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _is_control(letter: str) -> bool:
    return letter < " " and letter not in "\n\r\t\f\v"
