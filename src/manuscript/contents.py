"""The contents list of a document, in the forms that people give it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manuscript.line import NUMBERED, Line

HEAD = re.compile(r"^(?:\d{1,2}\s+)?(indhold|indholdsfortegnelse)\b", re.IGNORECASE)
ENTRY = re.compile(r"^(?:(\d{1,2}(?:\.\d{1,2}){0,2}|[A-Z])\.?[\s|]+)?(\S.*?)[\s.…|]+(\d{1,3})$")
LETTER = re.compile(r"[A-Z]\.")
CONTENTS = re.compile(r"\bindhold\b", re.IGNORECASE)
RUNNING = re.compile(r"([A-ZÆØÅa-zæøå][^\d]{2,90}?)[ .…]+(\d{1,3})(?=\s|$)")
AROUND = " .…|\t"  # what stands between a title and its page
LEAST, LEAST_WITHOUT_PAGES = 2, 4  # entries of a list


@dataclass(frozen=True)
class TocEntry:
    """A line of the contents list; level 1 is a chapter."""

    number: str
    title: str
    line: int
    level: int = 1


def level_of(number: str) -> int:
    """ "04.8" is a part of the second level."""
    return number.count(".") + 1


def contents_list(lines: list[Line]) -> list[TocEntry]:
    """The entries of the contents list, with or without page numbers, in lines or on one running line; empty
    when there is none."""
    start = _begins_at(lines)
    if start is None:
        return _first_running(lines[:30])
    entries = list(_with_pages(lines[start:]))
    if len(entries) >= LEAST:
        return entries
    return _without_pages(lines[start:])


def _begins_at(lines: list[Line]) -> int | None:
    """The place after the heading "Indhold"; None where there is no such heading."""
    for place, line in enumerate(lines):
        if len(line.text) < 40 and HEAD.match(line.text):
            return place + 1
    return None


def _with_pages(lines: list[Line]) -> Iterator[TocEntry]:
    """Entries with a page each, until a line that is none; a letter may stand on a line of its own."""
    letter = ""
    for line in lines:
        if not line.text:
            continue
        entry = ENTRY.match(line.text)
        if entry:
            yield _entry(entry, letter, line.number)
            letter = ""
        elif LETTER.fullmatch(line.text):
            letter = line.text[0]
        else:
            return


def _entry(found: re.Match[str], letter: str, line: int) -> TocEntry:
    number = found[1] or letter
    title = found[2].strip(AROUND)
    if not number:
        return TocEntry("", title, line, 2)
    return TocEntry(number, title, line, level_of(number))


def _first_running(lines: list[Line]) -> list[TocEntry]:
    """The first list on one line that is long enough to be one."""
    for line in lines:
        found = list(_running(line))
        if len(found) >= LEAST_WITHOUT_PAGES:
            return found
    return []


def _running(line: Line) -> Iterator[TocEntry]:
    """A contents list on one line: "Indhold Formål 4 Baggrund 5 ...", with pages that do not fall."""
    at = CONTENTS.search(line.text)
    if at is None:
        return
    last = 0
    for found in RUNNING.finditer(line.text[at.end() :]):
        page = int(found[2])
        if page < last:
            return
        last = page
        yield TocEntry("", found[1].strip(" .…"), line.number)


def _without_pages(lines: list[Line]) -> list[TocEntry]:
    """Entries without pages: short lines until a sentence, or one that comes again; capitals are chapters."""
    out: list[TocEntry] = []
    said: set[str] = set()
    for line in lines:
        if not line.text and not out:
            continue
        if not line.text or line.text.lower() in said or not _may_be_an_entry(line.text):
            break
        entry = _bare_entry(line)
        said.add(entry.title.lower())
        out.append(entry)
    if len(out) < LEAST_WITHOUT_PAGES:
        return []
    return out


def _may_be_an_entry(text: str) -> bool:
    return len(text) <= 110 and not text.endswith((".", ":", "?"))


def _bare_entry(line: Line) -> TocEntry:
    if found := NUMBERED.match(line.text):
        return TocEntry(found[1], found[2], line.number, level_of(found[1]))
    if line.text.isupper():
        return TocEntry("", line.text, line.number, 1)
    return TocEntry("", line.text, line.number, 2)


def lines_of_contents(toc: list[TocEntry], lines: list[Line]) -> list[Line]:
    """The lines that the contents list stands on."""
    own = {entry.line for entry in toc}
    return [line for line in lines if line.number in own]
