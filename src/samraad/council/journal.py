"""A meeting as a package for a journal: documents, what they are (JSON and XML), a fingerprint of each.

The shape is described in docs/brug/journal.md.
"""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from operator import attrgetter
from pathlib import PurePath
from xml.etree import ElementTree

from django.conf import settings
from django.utils import timezone

from manuscript.text import plain
from samraad.council import papers
from samraad.council.models import AgendaItem, Meeting
from samraad.documents.pdf import to_pdf

FORMAT = "samraad-moede/1"
Row = dict[str, object]


@dataclass(frozen=True)
class Filed:
    """A document of the package: where it lies in it, what it is, to which item it belongs."""

    path: str
    title: str
    role: str
    content: bytes
    closed: bool
    item: int | None = None

    @property
    def row(self) -> Row:
        """What metadata.json says of it."""
        return {
            "fil": self.path,
            "titel": self.title,
            "rolle": self.role,
            "punkt": self.item,
            "lukket": self.closed,
            "bytes": len(self.content),
            "sha256": hashlib.sha256(self.content).hexdigest(),
        }


def package(meeting: Meeting, kle: str) -> tuple[str, bytes]:
    """(its name, the zip): the same meeting gives the same bytes. Raises NotMade as a PDF file does."""
    documents = list(_documents(meeting))
    told = _metadata(meeting, documents, kle)
    folder = f"moede-{meeting.pk}-{timezone.localdate(meeting.starts_at)}"
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for document in documents:
            book.writestr(_placed(meeting, f"{folder}/{document.path}"), document.content)
        book.writestr(_placed(meeting, f"{folder}/metadata.json"), _json(told))
        book.writestr(_placed(meeting, f"{folder}/moede.xml"), _xml(told))
    return folder, out.getvalue()


def _placed(meeting: Meeting, path: str) -> zipfile.ZipInfo:
    """A place in the zip, dated by the meeting, so that the same package is the same file."""
    day = timezone.localtime(meeting.starts_at)
    placed = zipfile.ZipInfo(path, (day.year, day.month, day.day, day.hour, day.minute, 0))
    placed.compress_type = zipfile.ZIP_DEFLATED
    placed.external_attr = 0o644 << 16
    return placed


def _documents(meeting: Meeting) -> Iterator[Filed]:
    """The agenda, the minutes where they are, whole and open, and every paper."""
    closed = meeting.items.filter(closed=True).exists()
    yield _made("dagsorden.pdf", "Dagsorden", to_pdf(papers.agenda(meeting, open_only=False)), closed)
    if meeting.is_over:
        yield _made("referat.pdf", "Referat", to_pdf(papers.minutes(meeting, open_only=False)), closed)
        opened = to_pdf(papers.minutes(meeting, open_only=True))
        yield _made("referat-aaben-del.pdf", "Referat, den åbne del", opened, False)
    for item in meeting.items.prefetch_related("papers"):
        for place, paper in enumerate(item.papers.all(), 1):
            ending = PurePath(paper.file_name).suffix.lower()
            path = f"bilag/{item.position:02}-{place:02}{ending}"
            with paper.file.open("rb") as file:
                content = file.read()
            yield Filed(path, paper.title, "bilag", content, not item.told_to_all, item.position)


def _made(path: str, title: str, content: bytes, closed: bool) -> Filed:
    return Filed(f"dokumenter/{path}", title, PurePath(path).stem, content, closed)


def _metadata(meeting: Meeting, documents: list[Filed], kle: str) -> Row:
    """What the package says of itself; parties by what they are, nobody by name."""
    parties: list[Row] = []
    for row in meeting.attendance.select_related("seat__organisation", "meeting"):
        party: Row = {"plads": str(row.seat), "rolle": row.words}
        if row.seat.organisation is not None:
            party["organisation"] = str(row.seat.organisation)
        parties.append(party)
    for guest in meeting.guests.all():
        parties.append({"plads": guest.role, "rolle": "gæst"})
    return {
        "format": FORMAT,
        "moede": {
            "id": f"moede-{meeting.pk}@samraad",
            "forum": str(meeting.forum),
            "art": str(meeting.forum.get_kind_display()),
            "kreds": str(meeting.forum.district),
            "begynder": timezone.localtime(meeting.starts_at).isoformat(),
            "slutter": timezone.localtime(meeting.ends_at).isoformat(),
            "sted": meeting.place,
            "form": str(meeting.get_form_display()),
            "status": str(meeting.get_status_display()),
            "adresse": settings.SAMRAAD_ADDRESS + meeting.get_absolute_url(),
        },
        "kle": kle,
        "parter": parties,
        "punkter": list(map(_item, meeting.items.prefetch_related("decisions"))),
        "dokumenter": list(map(attrgetter("row"), documents)),
    }


def _item(item: AgendaItem) -> Row:
    decisions = []
    for decision in item.decisions.all():
        decisions.append({"art": str(decision.get_kind_display()), "tekst": plain(decision.text)})
    return {
        "nummer": item.position,
        "titel": item.title,
        "art": str(item.get_kind_display()),
        "udfald": str(item.get_outcome_display()),
        "lukket": item.closed,
        "beslutninger": decisions,
    }


def _json(told: Row) -> bytes:
    return json.dumps(told, ensure_ascii=False, indent=2).encode()


def _xml(told: Row) -> bytes:
    """The same in XML: a list is an element with one element for each, named in the singular."""
    root = ElementTree.Element("samraad", format=FORMAT)
    for name, value in told.items():
        if name != "format":
            _into(root, name, value)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


SINGULAR = {"parter": "part", "punkter": "punkt", "dokumenter": "dokument", "beslutninger": "beslutning"}


def _into(parent: ElementTree.Element, name: str, value: object) -> None:
    element = ElementTree.SubElement(parent, name)
    if isinstance(value, dict):
        for inner, each in value.items():
            _into(element, inner, each)
    elif isinstance(value, list):
        for each in value:
            _into(element, SINGULAR[name], each)
    elif isinstance(value, bool):
        element.text = {True: "ja", False: "nej"}[value]
    elif value is not None:
        element.text = str(value)
