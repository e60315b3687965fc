"""A Word file to lines."""

import io
import zipfile

import mammoth

from manuscript.archive import check_zip
from manuscript.errors import Unreadable
from manuscript.line import Line
from manuscript.web import lines_of_web
from manuscript.word_parts import prepared, style_map

XML = (".xml", ".rels")


def lines_of_word(content: bytes) -> list[Line]:
    """The lines of a .docx file, with headings as Word marks them; raises Unreadable."""
    problem = check_zip(io.BytesIO(content), "word/document.xml")
    if problem:
        raise Unreadable(problem)
    lines = lines_of_web(_as_html(content))
    if not any(line.text for line in lines):
        raise Unreadable(
            "Word-filen har ingen tekst, måske kun et billede. "
            "Find originalen, eller kør tekstgenkendelse først."
        )
    return lines


def _as_html(content: bytes) -> str:
    try:
        _refuse_entities(content)
        ready = io.BytesIO(prepared(content))
        return str(mammoth.convert_to_html(ready, convert_image=_NO_PICTURES, style_map=style_map()).value)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            "Word-filen er gået i stykker og kan ikke læses. Find originalen, og gem den igen."
        ) from error


_NO_PICTURES = mammoth.images.img_element(lambda image: {})


def _refuse_entities(content: bytes) -> None:
    """Raise Unreadable for a file that would fetch something from elsewhere, or grow when it is read."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.endswith(XML) and b"<!DOCTYPE" in archive.open(part).read(4096):
                raise Unreadable(
                    "Word-filen henviser til noget uden for sig selv og bliver ikke læst. "
                    "Gem den igen i Word."
                )
