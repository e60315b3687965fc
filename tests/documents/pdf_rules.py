"""The rules that our own PDF files are built by, read off the file: PDF/UA-1, PDF/A-2a, the house's fonts.

No free validator of PDF/UA comes as a package; these are the rules that can be told from the file.
"""

import io
import re
import subprocess
from collections.abc import Iterator
from itertools import pairwise
from shutil import which
from tempfile import NamedTemporaryFile

import pikepdf
import pypdfium2

FONTS = {
    "IBMPlexSans",
    "IBMPlexSans-Italic",
    "IBMPlexSans-SemiBold",
    "IBMPlexSans-SemiBoldItalic",
    "IBMPlexSans-Bold",
}


def faults(content: bytes) -> list[str]:
    """What is not as it should be, in words; empty when all is."""
    found = [*_syntax(content)]
    with pikepdf.open(io.BytesIO(content)) as file:
        found += _document(file)
        found += _pages(file)
        found += _tags(file)
        found += [f"skriften {name}" for name in fonts(file) - FONTS]
    return found


def _syntax(content: bytes) -> Iterator[str]:
    """What qpdf says, where it is installed."""
    program = which("qpdf")
    if program is None:
        return
    with NamedTemporaryFile(suffix=".pdf") as kept:
        kept.write(content)
        kept.flush()
        done = subprocess.run([program, "--check", kept.name], capture_output=True, check=False)
    if done.returncode:
        yield done.stderr.decode()


def _document(file: pikepdf.Pdf) -> Iterator[str]:
    """Language, title, marks, and the two standards that the file claims."""
    if not str(file.Root.get("/Lang", "")).startswith("da"):
        yield "intet dansk sprog"
    if not file.Root.MarkInfo.Marked:
        yield "ikke mærket op"
    if not file.Root.ViewerPreferences.DisplayDocTitle:
        yield "titlen vises ikke"
    with file.open_metadata() as told:
        if not told.get("dc:title"):
            yield "ingen titel"
        claims = told.get("pdfuaid:part"), told.get("pdfaid:part"), told.get("pdfaid:conformance")
        if claims != ("1", "2", "A"):
            yield f"standarderne {claims}"


def _pages(file: pikepdf.Pdf) -> Iterator[str]:
    """The order of reading, and words on every link."""
    for number, page in enumerate(file.pages, 1):
        if page.get("/Tabs") != pikepdf.Name.S:
            yield f"side {number} har ingen læserækkefølge"
        for note in page.get("/Annots", []):
            if note.Subtype == pikepdf.Name.Link and not str(note.get("/Contents", "")):
                yield f"et link uden ord på side {number}"


def _tags(file: pikepdf.Pdf) -> Iterator[str]:
    """Pictures have a text, heads of tables a scope; headings skip no level and are all bookmarks."""
    tags = list(structure(file))
    for tag in tags:
        if pikepdf.Name.Figure == tag.S and not (str(tag.get("/Alt", "")) and _says(tag, "/BBox")):
            yield "et billede uden tekst eller plads"
        if tag.S == pikepdf.Name.TH and not _says(tag, "/Scope"):
            yield "et tabelhoved uden retning"
    levels = headings(file)
    if levels and levels[0] != 1:
        yield "begynder ikke med en overskrift på niveau 1"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"springer fra niveau {before} til {after}"
    # the heading of the contents is no bookmark: it would lead to itself
    contents = sum(tag.S == pikepdf.Name.TOC for tag in tags) > 0
    if len(bookmarks(file)) != len(levels) - contents:
        yield f"{len(bookmarks(file))} bogmærker til {len(levels)} overskrifter"


def structure(file: pikepdf.Pdf) -> Iterator[pikepdf.Dictionary]:
    """Every tag of the file, in the order of reading."""
    yield from _below(file.Root.StructTreeRoot.K)


def _below(part: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    if isinstance(part, pikepdf.Array):
        for each in part:
            yield from _below(each)
    elif isinstance(part, pikepdf.Dictionary):
        if "/S" in part:
            yield part
        if "/K" in part:
            yield from _below(part.K)


def _says(tag: pikepdf.Dictionary, name: str) -> bool:
    """Has the tag an attribute of the name?"""
    said = tag.get("/A")
    if not isinstance(said, pikepdf.Array):
        said = [said]
    return any(isinstance(each, pikepdf.Dictionary) and name in each for each in said)


def headings(file: pikepdf.Pdf) -> list[int]:
    """The levels of the headings, in order."""
    names = [str(tag.S) for tag in structure(file)]
    return [int(name[2:]) for name in names if re.fullmatch(r"/H[1-6]", name)]


def bookmarks(file: pikepdf.Pdf) -> list[str]:
    """The words of the bookmarks, in order, whatever their level."""
    with file.open_outline() as outline:
        return list(_titles(outline.root))


def _titles(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def fonts(file: pikepdf.Pdf) -> set[str]:
    """The names of the fonts, all of them in the file: one that is not gets a mark after its name."""
    names = set()
    for thing in file.objects:
        if not isinstance(thing, pikepdf.Dictionary) or thing.get("/Type") != pikepdf.Name.FontDescriptor:
            continue
        name = str(thing.FontName).lstrip("/").partition("+")[2]
        if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(thing.keys()):
            name = f"{name} (ikke i filen)"
        names.add(name)
    return names


def words(content: bytes) -> str:
    """All words of the file as they are read, a line per line."""
    document = pypdfium2.PdfDocument(content)
    texts = [page.get_textpage().get_text_range() for page in document]
    return "\n".join(texts).replace("\r\n", "\n").replace("\ufffe", "").replace("\u00ad", "")
