"""Our own paper with the PDF files of others as one file, with bookmarks; what cannot join is said why.

The files are looked through one by one, then joined, each time in a process of its own (`joiner`).
"""

import json
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from samraad.documents.inside import kind_of
from samraad.documents.pdf.joiner import LOCKED
from samraad.documents.pdf.press import SECONDS, NotMade, run_apart

PAGES = 300  # of one paper
JOINER = Path(__file__).resolve().parent / "joiner.py"
NOT_JOINED = (
    "Dagsordenen og bilagene kunne ikke samles i én fil. "
    "Hent dagsordenen for sig, og bilagene på mødets side."
)


@dataclass(frozen=True)
class Looked:
    """What a look through a file gave: its pages, or why it cannot join."""

    pages: int = 0
    refused: str = ""


@dataclass(frozen=True)
class Joining:
    """A file that joins, and the words of its bookmark."""

    path: Path
    words: str


def looked_through(path: Path, name: str) -> Looked:
    """Whether a file can join a pack; `name` is what it was called when it came."""
    if kind_of(name) != "pdf":
        return Looked(refused="er ikke en PDF-fil")
    if not path.is_file():
        return Looked(refused="filen er der ikke mere")
    try:
        told = _run("look", str(path)).decode().strip()
    except NotMade:
        return Looked(refused="er gået i stykker eller for stor")
    if told == LOCKED:
        return Looked(refused="er låst med adgangskode")
    pages = int(told)
    if pages > PAGES:
        return Looked(refused=f"har {pages} sider; der er plads til {PAGES}")
    return Looked(pages=pages)


def joined(first: bytes, title: str, papers: list[Joining]) -> bytes:
    """The file of our own paper and after it the others. Raises NotMade."""
    with TemporaryDirectory(prefix="samraad-") as folder:
        own = Path(folder) / "own.pdf"
        own.write_bytes(first)
        files = [[str(own), title]]
        for paper in papers:
            files.append([str(paper.path), paper.words])
        return _run("join", asked=json.dumps({"title": title, "files": files}).encode())


def _run(*task: str, asked: bytes = b"") -> bytes:
    """What the process wrote. Raises NotMade when it ended otherwise than it should."""
    return run_apart(JOINER, str(SECONDS), *task, given=asked, otherwise=NOT_JOINED)
