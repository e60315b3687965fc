"""What a file is that no plan is read from: told with what to do instead."""

import io
import json
import re
import zipfile

from manuscript.archive import UNREADABLE
from manuscript.errors import Unreadable

SAVE_AS = "Gem planen som .docx, .odt eller PDF, og vælg den fil i stedet."
# A part that only a file of the kind has -> what it is.
OF_A_ZIP = {
    "xl/workbook.xml": "et regneark (.xlsx)",
    "ppt/presentation.xml": "en præsentation (.pptx)",
    "Index/Document.iwa": "et dokument fra Apple Pages",
    "META-INF/container.xml": "en e-bog",
}
OF_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": "et regneark (.ods)",
    b"application/vnd.oasis.opendocument.presentation": "en præsentation (.odp)",
}
OPEN_TEXT = b"application/vnd.oasis.opendocument.text"
A_MAIL = re.compile(
    r"(?:(?:From|To|Subject|Date|Received|MIME-Version|Message-ID|Return-Path|Delivered-To):.*\n"
    r"(?:[ \t].*\n)*){2}"
)


def is_open_text(content: bytes) -> bool:
    """Is a zip an OpenDocument text? Raises Unreadable for another kind of document."""
    names, kind = _of_zip(content)
    if kind.startswith(OPEN_TEXT):
        return True
    for part, what in OF_A_ZIP.items():
        if part in names:
            raise Unreadable(f"Filen er {what} og ikke et tekstdokument. {SAVE_AS}")
    if kind in OF_OPEN_DOCUMENT:
        raise Unreadable(f"Filen er {OF_OPEN_DOCUMENT[kind]} og ikke et tekstdokument. {SAVE_AS}")
    return False


def _of_zip(content: bytes) -> tuple[frozenset[str], bytes]:
    """The names of its parts, and what it calls itself; none for one that cannot be opened."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = frozenset(archive.namelist())
            if "mimetype" not in names:
                return names, b""
            with archive.open("mimetype") as file:
                return names, file.read(100).strip()
    except UNREADABLE:
        return frozenset(), b""


def refuse_data(text: str) -> None:
    """Raise Unreadable for a mail or for data."""
    if A_MAIL.match(text):
        raise Unreadable(f"Filen er en mail. Gem den vedhæftede plan for sig, og vælg den. {SAVE_AS}")
    if text[:1] in "{[" and _is_json(text):
        raise Unreadable(f"Filen er data (JSON) og ikke et dokument. {SAVE_AS}")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
