"""What is inside an uploaded file, looked at in a process of its own: a hostile file ends that and no more.

`python -m samraad.documents.inside NAME < FILE` writes what it finds as JSON; it needs neither settings nor
database. Limited are seconds, memory, pages, and what a zip may unpack to (`manuscript.archive`).
"""

import html
import io
import json
import re
import subprocess
import sys
import zipfile
from typing import NamedTuple

from manuscript.archive import UNREADABLE, check_zip
from manuscript.persons import cpr_like, person_names

SECONDS = 20
MEMORY = 1024 * 1024 * 1024
PAGES = 500
MAIN_PART = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
NAMED = {"pdf": "PDF-filen", "docx": "Word-filen", "xlsx": "Regnearket"}
RUNS = ("t", "delText", "text")  # text of Word, of a cell or a drawing, of a comment
SIGNS = {"noBreakHyphen": "-", "tab": " ", "br": " ", "cr": " "}
MARK = re.compile(rf"<(/?)(?:\w+:)?({'|'.join([*RUNS, *SIGNS])}|v|p|si|is|c)(?=[\s/>])[^<>]*>([^<]*)")


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
    shown = ", ".join(f"“{name}”" for name in names[:3]) + (" og flere" if len(names) > 3 else "")
    return f"Det ser ud til at nævne personer: {shown}. Skriv rollerne i stedet, hvis de ikke skal stå der."


def _text(content: bytes, kind: str) -> str:
    """What can be read of a file's text; a picture has none. Raises TooMuch or one of UNREADABLE."""
    if kind == "pdf":
        return _text_of_pdf(content)
    if kind in MAIN_PART:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [
                entry for entry in archive.infolist() if re.fullmatch(r"(?:word|xl)/.+\.xml", entry.filename)
            ]
            return "\n".join(_words(archive.read(part).decode("utf-8", errors="replace")) for part in parts)
    if kind in ("txt", "csv"):
        return _decoded(content)
    return ""


def _text_of_pdf(content: bytes) -> str:
    """All text of a PDF as it was drawn; empty for a scanned one."""
    import pypdfium2  # loaded only when a PDF comes

    document = pypdfium2.PdfDocument(content)
    if len(document) > PAGES:
        raise TooMuch
    texts = []
    for page in document:
        texts.append(page.get_textpage().get_text_range())
    return "\n".join(texts)


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


if __name__ == "__main__":
    main()
