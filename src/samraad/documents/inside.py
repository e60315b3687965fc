"""What is inside an uploaded file, looked at in a process of its own: a hostile file ends that and no more.

`python -m samraad.documents.inside NAME < FILE` writes what it finds as JSON; it needs neither settings nor
database. Limited are seconds, memory, pages, and what a zip may unpack to (`manuscript.archive`).
"""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from types import ModuleType
from typing import NamedTuple
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from manuscript.archive import UNREADABLE, check_zip
from manuscript.persons import cpr_like, person_names

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
PAGES = 500
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
NAMED = {"pdf": "PDF-filen", "docx": "Word-filen", "xlsx": "Regnearket"}
RUNS = ("t", "delText", "text")  # text of Word, of a cell or a drawing, of a comment
SIGNS = {"noBreakHyphen": "-", "tab": " ", "br": " ", "cr": " "}
ENDS = ("v", "p", "si", "is", "c")  # of a paragraph, of a cell: what follows is other words
NESTED = 3  # how deep a file in a file is looked into
PACKED = b"PK\x03\x04"


class Look(NamedTuple):
    """What a look through a file gives.

    Why it cannot be taken, and what is said to the one who attached it when it can.
    """

    problem: str = ""
    warning: str = ""


class TooMuch(Exception):
    """The file holds more than is read."""


def look_inside(content: bytes, name: str) -> Look:
    """What a file's name and text tell of persons, found in another process within the limits.

    A file that cannot be looked through cannot be kept with a council.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own module; the name is an argument, no shell
            [sys.executable, "-m", "samraad.documents.inside", name],
            input=content,
            capture_output=True,
            timeout=SECONDS + 5,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _unreadable(name)
    if done.returncode:
        return _unreadable(name)
    return Look(*json.loads(done.stdout))


def main() -> None:
    """Read standard input and write JSON."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(found_in(sys.stdin.buffer.read(), sys.argv[1])))


def found_in(content: bytes, name: str) -> Look:
    """The look itself, without limits of time and memory."""
    kind = kind_of(name)
    if kind in MAIN_PART:
        problem = check_zip(io.BytesIO(content), MAIN_PART[kind])
        if problem:
            return Look(problem)
    try:
        text = _text(content, kind)
    except (TooMuch, MemoryError, *UNREADABLE):
        return _unreadable(name)
    if found := cpr_like(text):
        rule = "Bilag må ikke rumme personoplysninger. Fjern det, og prøv igen."
        return Look(f"Filen rummer noget, der ligner et CPR-nummer ({found}). {rule}")
    return Look(warning=_named(person_names(f"{name.replace('_', ' ')}\n{text}")))


def kind_of(name: str) -> str:
    """What a file's name says that it is.

    >>> kind_of("Plan.DOCX"), kind_of("plan")
    ('docx', '')
    """
    _, dot, kind = name.rpartition(".")
    if not dot:
        return ""
    return kind.lower()


def _unreadable(name: str) -> Look:
    what = NAMED.get(kind_of(name), "Filen")
    return Look(
        f"{what} kan ikke læses: den er gået i stykker, låst eller for stor. "
        "Find originalen, og gem den igen."
    )


def _named(names: list[str]) -> str:
    """The sentence about names in a file: the first three, and what would be right.

    >>> _named(["Bo Ek", "Mie H."])
    'Det ser ud til at nævne personer: “Bo Ek”, “Mie H.”. Skriv rollerne i stedet, hvis de ikke skal stå der.'
    """
    if not names:
        return ""
    if len(names) == 1:
        return (
            f"Det ser ud til at nævne en person: “{names[0]}”. "
            "Skriv rollen i stedet, hvis det ikke skal stå der."
        )
    shown = ", ".join(map("“{}”".format, names[:3]))
    if len(names) > 3:
        shown += " og flere"
    return f"Det ser ud til at nævne personer: {shown}. Skriv rollerne i stedet, hvis de ikke skal stå der."


def _text(content: bytes, kind: str) -> str:
    """What can be read of a file's text; a picture has none. Raises TooMuch or one of UNREADABLE."""
    if kind == "pdf":
        return _text_of_pdf(content)
    if kind in MAIN_PART:
        return "\n".join(_texts_of_zip(content, NESTED))
    if kind in ("txt", "csv"):
        return _decoded(content)
    return ""


def _texts_of_zip(content: bytes, deep: int) -> Iterator[str]:
    """The words of every part, by whatever name, and of files in it (a workbook in a document).

    A part that is XML by its name and no XML is what no program writes: ValueError.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            part = archive.read(entry)
            if part.startswith(PACKED):
                if not deep or check_zip(io.BytesIO(part)):
                    raise TooMuch
                yield from _texts_of_zip(part, deep - 1)
            elif entry.filename.endswith((".xml", ".rels", ".vml")):
                yield _words(part)


def _text_of_pdf(content: bytes) -> str:
    """All text of a PDF as it was drawn, and what stands beside it; empty for a scanned one."""
    import pypdfium2  # loaded only when a PDF comes

    document = pypdfium2.PdfDocument(content)
    if len(document) > PAGES:
        raise TooMuch
    texts = list(document.get_metadata_dict().values())
    for page in document:
        texts.append(page.get_textpage().get_text_range())
        texts.extend(_beside(pypdfium2.raw, page))
    return "\n".join(texts)


def _beside(raw: ModuleType, page: object) -> Iterator[str]:
    """What notes on a page say, and what was typed in its fields (`raw` are PDFium's own functions)."""
    for number in range(raw.FPDFPage_GetAnnotCount(page)):
        annotation = raw.FPDFPage_GetAnnot(page, number)
        for key in (b"Contents", b"V", b"DV", b"T", b"TU"):
            size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
            held = (raw.FPDF_WCHAR * (size // 2))()
            raw.FPDFAnnot_GetStringValue(annotation, key, held, size)
            yield bytes(held).decode("utf-16-le", errors="replace").rstrip("\0")
        raw.FPDFPage_CloseAnnot(annotation)


def _decoded(content: bytes) -> str:
    """A text in UTF-8, in what Danish Excel writes, or in UTF-16 or UTF-32, with a mark or without.

    >>> _decoded("Æble 1".encode("utf-16")), _decoded("Sag 1".encode("utf-32-le"))
    ('Æble 1', 'Sag 1')
    """
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") and content[2:4] != b"\0\0":
        return content.decode("utf-16", errors="replace")
    without = content.replace(b"\0", b"")  # of the broad ones without a mark the digits are left
    try:
        return without.decode("utf-8")
    except UnicodeDecodeError:
        return without.decode("cp1252", errors="replace")


def _words(part: bytes) -> str:
    """The words of a part of an Office file, a line per paragraph or cell, and what its attributes say.

    The runs of a paragraph are put together, whatever the encoding and however they are written; what was
    taken out with changes tracked is still there. Raises ValueError for a part that is no XML or has a
    document type of its own.

    >>> paragraph = "<p><r><t>Et</t></r><r><noBreakHyphen/><t>t<!-- -->o</t></r></p>"
    >>> _words(f"<body>{paragraph}<c><v>101901234</v></c></body>".encode()).split()
    ['Et-to', '0101901234']
    """
    out: list[str] = []
    aside: list[str] = []
    try:
        for when, element in iterparse(io.BytesIO(part), events=("start", "end"), forbid_dtd=True):
            tag = element.tag.rpartition("}")[2]
            if when == "start":
                aside.extend(map(_number, element.attrib.values()))
                out.append(SIGNS.get(tag, ""))
                continue
            out.append(_said(tag, element.text))
            element.clear()
    except (ParseError, DefusedXmlException) as error:
        raise ValueError from error
    return "\n".join(["".join(out), *aside])


def _said(tag: str, text: str | None) -> str:
    """What an element says, with the end of its paragraph or cell."""
    if text is None:
        text = ""
    if tag in RUNS:
        return text
    if text.strip():
        return f"{_number(text)}\n"
    if tag in ENDS:
        return "\n"
    return ""


def _number(text: str) -> str:
    """A number cell as it was typed: ten digits lose their leading zero. Round amounts stay."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:010.0f}" if 1e8 <= value < 1e10 and value.is_integer() and value % 10_000 else text


if __name__ == "__main__":
    main()
