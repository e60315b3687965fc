"""PDF files of others, looked through and joined in bounds: a hostile one ends this process and no more.

    python -I joiner.py SECONDS look FILE              prints how many pages it has, or "locked"
    python -I joiner.py SECONDS join < JSON > PDF      {"title": …, "files": [[file, its bookmark], …]}

Started by `pack` alone, as a file of its own. What is joined claims no standard.
"""

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdf import PageObject

MEMORY = 1024 * 1024 * 1024
LOCKED = "locked"
RUNS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm")  # what a page or a note could start


def main() -> None:
    """Do what the arguments ask for."""
    import resource

    seconds, task = int(sys.argv[1]), sys.argv[2]
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    if task == "look":
        print(look(Path(sys.argv[3])))
        return
    asked = json.load(sys.stdin)
    sys.stdout.buffer.write(join(asked["title"], asked["files"]))


def look(path: Path) -> str:
    """How many pages a file has, when it can be joined. Whatever pypdf raises says that it cannot."""
    from pypdf import PdfReader

    reader = PdfReader(path)
    if reader.is_encrypted and not reader.decrypt(""):
        return LOCKED
    join("", [[str(path), "x"]])
    return str(len(reader.pages))


def join(title: str, files: list[list[str]]) -> bytes:
    """The pages of all files as one, a bookmark for each; the first keeps its own below it."""
    from pypdf import PdfReader, PdfWriter
    from pypdf.generic import NameObject, TextStringObject

    writer = PdfWriter()
    for place, (path, words) in enumerate(files):
        reader = PdfReader(path)
        if reader.is_encrypted:
            reader.decrypt("")
        writer.append(reader, outline_item=words, import_outline=place == 0)
    for page in writer.pages:
        _quieten(page)
    writer.add_metadata({"/Title": title, "/Producer": "Samråd"})
    writer.root_object[NameObject("/Lang")] = TextStringObject("da-DK")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _quieten(page: "PageObject") -> None:
    """Take away what a page, or a note on it, would start by itself; links stay."""
    page.pop("/AA", None)
    notes = page.get("/Annots")
    if notes is None:
        return
    for each in notes.get_object():
        note = each.get_object()
        note.pop("/AA", None)
        action = note.get("/A")
        if action is not None and action.get_object().get("/S") in RUNS:
            note.pop("/A")


if __name__ == "__main__":
    main()
