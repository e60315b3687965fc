"""The agenda with its papers as one PDF file: what a member takes along to the meeting."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from samraad.council import papers
from samraad.council.models import AgendaItem, Meeting, Paper
from samraad.documents.model import Block, Heading, Prose, Table
from samraad.documents.pdf import to_pdf
from samraad.documents.pdf.pack import Joining, Looked, joined, looked_through
from samraad.look.danish import antal


class _Numbered(NamedTuple):
    """A paper with its number (item and place), and what a look through it gave."""

    number: str
    paper: Paper
    look: Looked

    @property
    def words(self) -> str:
        """What stands in the bookmarks."""
        return f"Bilag {self.number}: {self.paper.title}"

    @property
    def row(self) -> list[str]:
        """A line of the list in the file."""
        told = antal(self.look.pages, "side,sider")
        if self.look.refused:
            told = f"ikke med: {self.look.refused}"
        return [self.number, self.paper.title, told]


def agenda_pack(meeting: Meeting, *, open_only: bool) -> tuple[str, bytes]:
    """(its title, the file): the agenda, a list of its papers, then those that can join.

    `open_only` takes no paper of an item that is closed or withheld. Raises NotMade.
    """
    found = list(_papers(meeting, open_only))
    document = papers.agenda(meeting, open_only=open_only)
    first = to_pdf(replace(document, blocks=[*document.blocks, Heading("Bilag"), _listed(found)]))
    joining = []
    for each in found:
        if not each.look.refused:
            joining.append(Joining(Path(each.paper.file.path), each.words))
    return document.title, joined(first, document.title, joining)


def _listed(found: list[_Numbered]) -> Block:
    """What the file says of its papers."""
    if not found:
        return Prose("Der er ingen bilag.")
    rows = []
    for each in found:
        rows.append(each.row)
    said = "Bilagene kommer efter dagsordenen, i denne orden. Det, der ikke er med, hentes på mødets side."
    return Table(["Nr.", "Bilag", "I denne fil"], rows, said)


def _papers(meeting: Meeting, open_only: bool) -> Iterator[_Numbered]:
    """The papers of a meeting in the order of its items."""
    for item in meeting.items.prefetch_related("papers"):
        if open_only and not item.told_to_all:
            continue
        yield from _of_item(item)


def _of_item(item: AgendaItem) -> Iterator[_Numbered]:
    for place, paper in enumerate(item.papers.all(), 1):
        look = looked_through(Path(paper.file.path), paper.file_name)
        yield _Numbered(f"{item.position}.{place}", paper, look)
