"""Where a table begins and ends in a file: the titles above it and the notes below it are no figures."""

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from evidens.errors import Problem

IsHead = Callable[[list[str]], bool]
MOST_TITLES = 30  # lines that may stand above a table
LONGEST = 40  # bytes of a line about the separator
NOTES = 20_000  # bytes at the end in which notes are looked for
_SEPARATOR = re.compile(rb'"?sep=(.)"?[;,\t]*\s*')
_WORDS = re.compile(r"[^\W\d_]{2,}.*\s.*\w")


@dataclass(frozen=True)
class Framed:
    """The table alone, how many lines stood above it, and what is told about the rest."""

    content: bytes
    before: int
    warnings: tuple[Problem, ...] = ()


def separator(content: bytes) -> tuple[bytes, str]:
    """The content without a spreadsheet's own line about the separator, and that sign (or nothing).

    >>> separator(b"sep=;\\r\\na;b\\r\\n"), separator(b"a;b\\n")
    ((b'a;b\\r\\n', ';'), (b'a;b\\n', ''))
    """
    end = content[:LONGEST].find(b"\n")
    found = _SEPARATOR.fullmatch(content[: max(end, 0)].rstrip(b"\r"))
    if found is None:
        return content, ""
    return content[end + 1 :], found[1].decode()


def framed(content: bytes, delimiter: str, is_head: IsHead, before: int = 0) -> Framed:
    """The table of a file that may have titles above it and notes below it.

    `before` lines are gone already. Where no line is a head the content stays as it is.
    """
    titles = _titles(content, delimiter, is_head)
    body = content
    for _ in range(titles):
        body = body.partition(b"\n")[2]
    end, noted = _notes(body, delimiter)
    if not (titles or noted):
        return Framed(content, before)
    total = before + titles + body.count(b"\n", 0, end)
    above = list(range(before + 1, before + titles + 1))
    below = [total + 1 + n for n in noted]
    return Framed(body[:end], before + titles, (_told(above, below, before + titles + 1),))


def _titles(content: bytes, delimiter: str, is_head: IsHead) -> int:
    """How many lines stand above the head."""
    lines = content[:NOTES].decode(errors="ignore").split("\n")[:MOST_TITLES]
    for number, line in enumerate(lines):
        if is_head(_fields(line, delimiter)):
            return number
    return 0


def _notes(content: bytes, delimiter: str) -> tuple[int, list[int]]:
    """Where the table ends (in bytes), and which lines after that hold a note."""
    begin = max(0, len(content) - NOTES)
    begin = content.find(b"\n", begin) + 1
    lines = content[begin:].split(b"\n")
    end, noted = len(lines), []
    while end:
        text = lines[end - 1].decode(errors="ignore").rstrip("\r")
        fields = _fields(text, delimiter)
        if any(fields) and not _is_note(fields):
            break
        end -= 1
        if any(fields):
            noted.append(end)
    if not noted:
        return len(content), []
    cut = begin + len(b"\n".join([*lines[:end], b""]))
    return cut, [number - end for number in sorted(noted)]


def _is_note(fields: list[str]) -> bool:
    """Words in the first field and nothing else: a name alone may be a line that was cut off."""
    return not any(fields[1:]) and _WORDS.match(fields[0]) is not None


def _fields(line: str, delimiter: str) -> list[str]:
    return list(map(str.strip, next(csv.reader([line.rstrip("\r")], delimiter=delimiter), [])))


def _told(above: Sequence[int], below: Sequence[int], head: int) -> Problem:
    said = []
    if above:
        said.append(f"Tabellen begynder i linje {head}. {_lines(above)} over den er overskrift.")
    if below:
        said.append(f"{_lines(below)} er noter og ikke tal.")
    return Problem("frame", " ".join(said), "De er ikke læst som tal.", head, lines=(*above, *below))


def _lines(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"Linje {numbers[0]}"
    return f"Linje {numbers[0]}-{numbers[-1]}"
