"""Bytes of a .txt, .docx, .html or .pdf file to numbered lines; every fault is a Danish sentence (`Unreadable`)."""

import io
import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import accumulate
from typing import NamedTuple

import mammoth

from manuscript.archive import OLE, check_zip

MEGABYTES = 20
LINES_LIMIT = 50_000


class Unreadable(Exception):
    """The file cannot be read: what is wrong and what would be right."""


class Line(NamedTuple):
    """One line: number from 1, text without outer blanks, heading level when the file says so (else 0), page in a PDF (else 0)."""

    number: int
    text: str
    heading: int = 0
    page: int = 0


class Concordance:
    """Lines as one text in lower case, to find fast which of them hold a piece of text.

    >>> [line.number for line in Concordance([Line(1, "Infohuset"), Line(2, "SSP"), Line(3, "mini-Infohus")]).lines_with("infohus")]
    [1, 3]
    """

    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.text = "\n".join(line.text for line in lines).replace("İ", "I").lower()
        self._starts = list(accumulate((len(line.text) + 1 for line in lines), initial=0))

    def lines_with(self, piece: str) -> Iterator[Line]:
        """The lines that hold a piece of text (in lower case), in order, each once."""
        at = self.text.find(piece)
        while at >= 0:
            place = bisect_right(self._starts, at) - 1
            yield self.lines[place]
            at = self.text.find(piece, self._starts[place + 1])

    def lines_where(self, pattern: re.Pattern[str]) -> Iterator[Line]:
        """The lines in which a pattern (in lower case) is found, in order, each as often as it is."""
        return (
            self.lines[bisect_right(self._starts, found.start()) - 1] for found in pattern.finditer(self.text)
        )


def lines_of(content: bytes, name: str) -> list[Line]:
    """The lines of a file, by its content and not only its name; raises Unreadable."""
    if not content.strip(b"\x00 \r\n\t"):
        raise Unreadable("Filen er tom. Vælg en anden fil.")
    if len(content) > MEGABYTES * 1024 * 1024:
        raise Unreadable(
            f"Filen fylder {len(content) // 1024 // 1024} MB. Den må højst fylde {MEGABYTES} MB."
        )
    if content.startswith(OLE):
        raise Unreadable(
            "Filen er låst med adgangskode eller i Words gamle format. Gem den som .docx uden adgangskode."
        )
    if content.startswith(b"PK\x03\x04"):
        return _docx(content)
    if b"%PDF-" in content[:1024]:
        from manuscript.pdf import lines_of_pdf  # pdfium is loaded only when a PDF comes

        return _limited(lines_of_pdf(content))
    if content.startswith((b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")):
        raise Unreadable(
            "Filen er et billede og har ingen tekst. Find originalen, eller kør tekstgenkendelse først."
        )
    kind = name.lower().rsplit(".", 1)[-1]
    if kind in ("docx", "pdf"):
        raise Unreadable(
            f"Filen hedder .{kind}, men er det ikke. Åbn den i det program, den er lavet i, og gem den igen."
        )
    text = decode(content)
    if re.match(
        r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|main|article)\b",
        text,
        re.IGNORECASE | re.DOTALL,
    ):
        return _limited(html_lines(text))
    lines = [Line(number, line.strip()) for number, line in enumerate(text.split("\n"), start=1)]
    return _limited(_without_notes(lines))


def _without_notes(lines: list[Line]) -> list[Line]:
    """A bare address or a `# note` above a saved text tells where it came from: not its words."""
    for place, line in enumerate(lines):
        if line.text and not re.fullmatch(r"https?://\S+|# .*", line.text):
            return [each._replace(text="") for each in lines[:place]] + lines[place:]
    return lines


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
        raise Unreadable(
            "Filen hedder tekst, men er det ikke. Gem planen som .docx eller ren tekst, og prøv igen."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _docx(content: bytes) -> list[Line]:
    problem = check_zip(io.BytesIO(content), "word/document.xml")
    if problem:
        raise Unreadable(problem)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(
                b"<!DOCTYPE" in archive.open(part).read(4096)
                for part in archive.namelist()
                if part.endswith((".xml", ".rels"))
            ):
                raise Unreadable(
                    "Word-filen henviser til noget uden for sig selv og bliver ikke læst. Gem den igen i Word."
                )
        html = mammoth.convert_to_html(
            io.BytesIO(content), convert_image=mammoth.images.img_element(lambda image: {})
        ).value
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            "Word-filen er gået i stykker og kan ikke læses. Find originalen, og gem den igen."
        ) from error
    found = html_lines(html)
    if not any(line.text for line in found):
        raise Unreadable(
            "Word-filen har ingen tekst, måske kun et billede. Find originalen, eller kør tekstgenkendelse først."
        )
    return _limited(found)


def html_lines(html: str) -> list[Line]:
    """A line and a blank one for each heading, paragraph, list item and table row of HTML; scripts and menus are not text."""
    blocks = _Blocks()
    blocks.feed(html)
    blocks.close()
    out: list[Line] = []
    for text, heading in blocks.found:
        out += [Line(len(out) + 1, text, heading), Line(len(out) + 2, "")]
    return out


def _limited(lines: list[Line]) -> list[Line]:
    if len(lines) > LINES_LIMIT:
        raise Unreadable(f"Filen har {len(lines)} linjer. En plan har højst {LINES_LIMIT}.")
    return lines


class _Blocks(HTMLParser):
    """Collects (text, heading level) for each paragraph, heading, list item and table row."""

    SKIPPED = {"script", "style", "template", "noscript", "svg", "nav", "head", "button", "select"}
    BLOCKS = {
        "p",
        "li",
        "div",
        "section",
        "article",
        "main",
        "header",
        "footer",
        "aside",
        "blockquote",
        "dt",
        "dd",
        "ul",
        "ol",
        "table",
    }
    HEADING = re.compile("h[1-6]")

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, int]] = []
        self._text: list[str] = []
        self._heading = 0
        self._row = False
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in self.SKIPPED:
            self._skipped += 1
        elif tag == "tr":
            self._flush()
            self._row = True
        elif self._row and tag not in ("td", "th", "br"):
            self._text.append(" ")
        elif tag in self.BLOCKS or self.HEADING.fullmatch(tag):
            self._flush()
            self._heading = int(tag[1]) if self.HEADING.fullmatch(tag) else 0
            if tag == "li":
                self._text.append("- ")
        elif tag in ("td", "th"):
            self._text.append(" | " if "".join(self._text).strip() else "")
        elif tag == "br":
            self._text.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.SKIPPED:
            self._skipped = max(0, self._skipped - 1)
        if tag == "tr":
            self._row = False
        if not self._row and (tag in self.BLOCKS or tag == "tr" or self.HEADING.fullmatch(tag)):
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._flush()

    def _flush(self) -> None:
        text = re.sub(r"\s+", " ", "".join(self._text)).strip()
        if text and text not in "-|":
            self.found.append((text, self._heading))
        self._text, self._heading = [], 0
