"""What an uploaded file really is: checked by content, size and shape before anything reads it."""

import html
import io
import re
import zipfile
from typing import NamedTuple

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from manuscript.archive import OLE, UNREADABLE, check_zip
from manuscript.persons import cpr_like, person_names
from samraad.documents.pdf_text import TooMuch, text_of_pdf

MAGIC = {
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "docx": (b"PK\x03\x04",),
    "xlsx": (b"PK\x03\x04",),
    "txt": (),
    "csv": (),
}
INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
NAMED = {"pdf": "PDF-filen", "docx": "Word-filen", "xlsx": "Regnearket"}
RUNS = ("t", "delText", "text")  # text of Word, of a cell or a drawing, of a comment
SIGNS = {"noBreakHyphen": "-", "tab": " ", "br": " ", "cr": " "}
MARK = re.compile(rf"<(/?)(?:\w+:)?({'|'.join([*RUNS, *SIGNS])}|v|p|si|is|c)(?=[\s/>])[^>]*>([^<]*)")


class Look(NamedTuple):
    """What a look through a file gives.

    Why it cannot be taken, and what is said to the one who attached it when it can.
    """

    problem: str = ""
    warning: str = ""


def look_through(upload: UploadedFile) -> Look:
    """Whether a file is what its name says.

    Something like a CPR number in it is refused, names of persons are only told.
    """
    kind = str(upload.name).rsplit(".", 1)[-1].lower() if "." in str(upload.name) else ""
    problem = _shape(upload, kind)
    upload.seek(0)
    look = Look(problem) if problem else _persons(upload, kind)
    upload.seek(0)
    return look


def _shape(upload: UploadedFile, kind: str) -> str:
    """Why a file is not what its name says, by size, first bytes and what a zip holds."""
    limit = settings.SAMRAAD_UPLOAD_MEGABYTES
    if (upload.size or 0) > limit * 1024 * 1024:
        return f"Filen fylder {(upload.size or 0) // 1024 // 1024} MB. Den må højst fylde {limit} MB."
    if kind not in MAGIC:
        return (
            f"Filer af slagsen “.{kind}” kan ikke lægges op. "
            "Gem den som PDF, Word, Excel, billede eller tekst."
        )
    upload.seek(0)
    head = upload.read(8)
    upload.seek(0)
    if not head:
        return "Filen er tom. Vælg en anden fil."
    if head.startswith(OLE):
        return (
            "Filen er låst med adgangskode eller i et gammelt format. "
            "Gem den uden kode som .docx, .xlsx eller PDF."
        )
    if MAGIC[kind] and not head.startswith(MAGIC[kind]):
        return (
            f"Filen hedder “.{kind}”, men indholdet er noget andet. "
            "Åbn den, og gem den igen i det rigtige format."
        )
    if (
        kind in ("txt", "csv")
        and b"\x00" in upload.read(4096)
        and not head.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        return "Filen hedder tekst, men er det ikke. Gem den som ren tekst."
    upload.seek(0)
    return check_zip(upload, INSIDE[kind]) if kind in INSIDE else ""


def _persons(upload: UploadedFile, kind: str) -> Look:
    """What a file's name and text tell of persons.

    A file that cannot be looked through cannot be kept with a council.
    """
    name = str(upload.name)
    if found := cpr_like(name):
        return Look(f"Filens navn ligner et CPR-nummer ({found}). Giv filen et andet navn, og prøv igen.")
    try:
        text = _text(upload.read(), kind)
    except (TooMuch, *UNREADABLE):
        return Look(
            f"{NAMED[kind]} kan ikke læses: den er gået i stykker, låst eller for stor. "
            "Find originalen, og gem den igen."
        )
    if found := cpr_like(text):
        rule = "Bilag må ikke rumme personoplysninger. Fjern det, og prøv igen."
        return Look(f"Filen rummer noget, der ligner et CPR-nummer ({found}). {rule}")
    return Look(warning=_named(person_names(f"{name.replace('_', ' ')}\n{text}")))


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
    shown = ", ".join(f"“{name}”" for name in names[:3]) + (" og flere" if len(names) > 3 else "")
    return f"Det ser ud til at nævne personer: {shown}. Skriv rollerne i stedet, hvis de ikke skal stå der."


def _text(content: bytes, kind: str) -> str:
    """What can be read of a file's text; a picture has none. Raises TooMuch or one of UNREADABLE."""
    if kind == "pdf":
        return text_of_pdf(content)
    if kind in INSIDE:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [
                entry for entry in archive.infolist() if re.fullmatch(r"(?:word|xl)/.+\.xml", entry.filename)
            ]
            return "\n".join(_words(archive.read(part).decode("utf-8", errors="replace")) for part in parts)
    if kind in ("txt", "csv"):
        return _decoded(content)
    return ""


def _decoded(content: bytes) -> str:
    """A text in UTF-16 (with its mark), UTF-8 or what Danish Excel writes."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _words(part: str) -> str:
    """The words of a part of an Office file, a line per paragraph or cell.

    The part is its body, header, a comment, a sheet or a text box. The runs of a paragraph are put together,
    and what was taken out with changes tracked is still there.

    >>> paragraph = "<w:p><w:r><w:t>Et</w:t></w:r><w:r><w:noBreakHyphen/><w:t>to</w:t></w:r></w:p>"
    >>> _words(paragraph + "<c><v>101901234</v></c>").split()
    ['Et-to', '0101901234']
    """
    out = []
    for closes, tag, text in MARK.findall(part):
        if tag in SIGNS:
            out.append(SIGNS[tag])
        elif closes:
            out.append("" if tag in RUNS else "\n")
        elif tag in RUNS:
            out.append(text)
        elif tag == "v":
            out.append(_number(text))
    return html.unescape("".join(out))


def _number(text: str) -> str:
    """A number cell as it was typed: ten digits lose their leading zero. Round amounts stay."""
    try:
        value = float(text)
    except ValueError:
        return text
    return f"{value:010.0f}" if 1e8 <= value < 1e10 and value.is_integer() and value % 10_000 else text
