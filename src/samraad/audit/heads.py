"""Where each stream has come to, kept where the database's keeper cannot reach: a cut tail is seen by it.

Whoever holds the database can rewrite a chain from any event on. What was written down elsewhere before that
no longer fits.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from samraad.audit.actions import Refused
from samraad.audit.models import Event, Stream
from samraad.audit.queries import gone_to

LINE = re.compile(r"^\W*([a-z0-9_:-]+), nummer (\d+): ((?:[0-9a-f]{4} ?){16})\s*$", re.MULTILINE)
GROUPS = re.compile("....")


@dataclass(frozen=True)
class Head:
    """The last event of a stream, when somebody looked."""

    stream: str
    seq: int
    hash: str

    def __str__(self) -> str:
        # In groups of four: easy to compare by eye, and no run of digits that looks like a person's number.
        return f"{self.stream}, nummer {self.seq}: {' '.join(GROUPS.findall(self.hash))}"


def heads() -> list[Head]:
    """Where each stream is now."""
    return [Head(stream.name, stream.seq, stream.hash) for stream in Stream.objects.all()]


def told() -> str:
    """The same as lines, for a file and a mail."""
    return "".join(f"{head}\n" for head in heads())


def keep_today(*, today: date) -> int:
    """Write the heads of the day to a file where the operator wants them, once; how many were written.

    Raises Refused when it cannot be.
    """
    if not settings.SAMRAAD_HEADS:
        return 0
    folder = Path(settings.SAMRAAD_HEADS)
    file = folder / f"samraad-{today}.txt"
    part = file.with_suffix(".part")
    try:
        if file.exists():
            return 0
        part.write_text(told(), "utf-8")
        part.replace(file)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise Refused(f"Kædens ende kan ikke skrives i {folder}: {error.strerror}.") from error
    return 1


def missing(kept: Path) -> Iterator[str]:
    """What the chain no longer holds of what was kept: a file, a mail saved as one, or a folder of them."""
    files = [kept]
    if kept.is_dir():
        files = sorted(path for path in kept.iterdir() if path.is_file())
    found = 0
    for file in files:
        for head in _read(file):
            found += 1
            yield from _against_the_chain(head, file)
    if not found:
        yield f"Der er ingen gemte ender i {kept}, så kæden kan ikke holdes op mod noget."


def _read(file: Path) -> Iterator[Head]:
    try:
        text = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return
    for stream, seq, groups in LINE.findall(text):
        yield Head(stream, int(seq), groups.replace(" ", ""))


def _against_the_chain(head: Head, file: Path) -> Iterator[str]:
    """Is the event that was the last one then still there, and the same? Those before it hang on its hash.

    One that went with its month the seals answer for.
    """
    gone, closes = gone_to(head.stream)
    if head.seq < gone or (head.seq, head.hash) == (gone, closes):
        return
    events = Event.objects.filter(stream=head.stream).order_by("-seq")
    there = events.filter(seq=head.seq).first()
    where, then = f"Strømmen {head.stream}, nummer {head.seq}", f"da {file.name} blev skrevet"
    if there is None:
        reached = next(iter(events.values_list("seq", flat=True)[:1]), 0)
        yield (
            f"{where}: hændelsen mangler. Den var der, {then}; nu når strømmen til nummer {reached}. "
            "Noget er slettet, eller en ældre kopi er lagt tilbage."
        )
    elif there.hash != head.hash:
        yield f"{where}: hændelsen er en anden end den, der stod der, {then}."
