"""The tree of a document: its contents list, numbered and unnumbered headings, bodies, focus areas."""

import re
from dataclasses import dataclass, field

from samraad.plan.reading.source import Line

NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})\.?\s+(\S.*)$")
TOC_HEAD = re.compile(r"^(indhold|indholdsfortegnelse)\b", re.IGNORECASE)
TOC_ENTRY = re.compile(r"^(?:(\d{1,2}(?:\.\d{1,2}){0,2})\.?\s+)?(\S.*?)[\s.…]+(\d{1,3})$")
AREA_CHAPTER = re.compile(r"\b(indsatsområde|fokusområde|indsatser|prioriterede områder|tema(?:er)? for)", re.IGNORECASE)
AREA_HEADING = re.compile(r"^(?:indsatsområde|fokusområde|tema)\s+(\d{1,2}|[A-Z])\s*[:.–-]\s*(\S.*)$", re.IGNORECASE)
CONTACT = re.compile(r"^(telefon|tlf\.?|mail|e-mail|www\.|twitter\.com|facebook\.com)\b", re.IGNORECASE)


@dataclass
class Heading:
    """A heading of the text: number ("" when it has none), title, level from 1, and its line."""

    number: str
    title: str
    level: int
    line: int
    lines: list[Line] = field(default_factory=list)
    subheadings: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class TocEntry:
    """A line of the contents list."""

    number: str
    title: str
    line: int


def contents_list(lines: list[Line]) -> list[TocEntry]:
    """The entries of the contents list; empty when the document has none."""
    start = next((i for i, line in enumerate(lines) if TOC_HEAD.match(line.text) and len(line.text) < 40), None)
    if start is None:
        return []
    entries: list[TocEntry] = []
    for line in lines[start + 1 :]:
        if not line.text:
            continue
        found = TOC_ENTRY.match(line.text)
        if found is None:
            break
        entries.append(TocEntry(found[1] or "", found[2].strip(" .…\t"), line.number))
    return entries


def key(number: str) -> tuple[int, ...]:
    """A heading's number as integers: "04.10" comes after "04.9".

    >>> key("04.10") > key("04.9")
    True
    """
    return tuple(int(part) for part in number.split("."))


def headings(lines: list[Line], toc: list[TocEntry]) -> list[Heading]:
    """The headings in order: those the file marks, else numbered ones in rising order, else short lines that stand alone."""
    after = max((entry.line for entry in toc), default=0)
    body = [line for line in lines if line.number > after]
    marked = [line for line in body if line.heading]
    if len(marked) >= 3:
        return [_marked(line) for line in marked]
    numbered = _numbered(body, {entry.number for entry in toc if entry.number})
    if len(numbered) >= 3:
        return numbered
    areas = [Heading(found[1], found[2].strip(), 1, line.number) for line in body if (found := AREA_HEADING.match(line.text))]
    alone = [Heading("", line.text.rstrip(":"), 1, line.number) for line in stand_alone(body)]
    known = {heading.line for heading in areas}
    return sorted([*areas, *(h for h in alone if h.line not in known), *numbered], key=lambda heading: heading.line)


def _marked(line: Line) -> Heading:
    found = NUMBERED.match(line.text)
    if found:
        return Heading(found[1], found[2].strip(), found[1].count(".") + 1, line.number)
    return Heading("", line.text, line.heading, line.number)


def _numbered(lines: list[Line], known: set[str]) -> list[Heading]:
    out: list[Heading] = []
    last: tuple[int, ...] = (-1,)
    for line in lines:
        found = NUMBERED.match(line.text)
        if found is None or not _reads_as_heading(found[2]):
            continue
        if known and found[1] not in known:
            continue
        number = key(found[1])
        if number <= last or number[0] > last[0] + 1 + (last[0] < 0):
            continue
        last = number
        out.append(Heading(found[1], found[2].strip(), len(number), line.number))
    return out


def _reads_as_heading(text: str) -> bool:
    return len(text) <= 130 and not text.endswith((".", ",", ";")) and text[0].upper() == text[0] and any(c.isalpha() for c in text)


def stand_alone(lines: list[Line]) -> list[Line]:
    """Short lines between blank ones that are followed by a longer paragraph: headings without number or mark."""
    out = []
    texts = [line.text for line in lines]
    for i, line in enumerate(lines):
        text = line.text
        before_blank = i == 0 or not texts[i - 1]
        after_blank = i + 1 < len(texts) and not texts[i + 1]
        follow = next((t for t in texts[i + 1 :] if t), "")
        if not (text and before_blank and after_blank and follow):
            continue
        short = len(text) <= 110 and len(text.split()) <= 14
        if (
            short
            and text[0].isupper()
            and not re.search(r"[.,:;!?]$", text)
            and len(follow) > max(60, len(text))
            and not CONTACT.match(text)
        ):
            out.append(line)
    return out


def fill(found: list[Heading], lines: list[Line]) -> None:
    """Give each heading the lines up to the next one; unnumbered headings inside become its sub-headings."""
    starts = [heading.line for heading in found] + [lines[-1].number + 1 if lines else 1]
    end_of_text = _contact_block(lines)
    for heading, end in zip(found, starts[1:], strict=True):
        heading.lines = [line for line in lines if heading.line < line.number < min(end, end_of_text)]
        numbers = {line.number for line in stand_alone(heading.lines)} | {line.number for line in heading.lines if line.heading}
        heading.subheadings = [line for line in heading.lines if line.number in numbers]


def _contact_block(lines: list[Line]) -> int:
    """The line where a contact block at the end begins (capitals, phone, mail), or one past the last line."""
    last = lines[-1].number + 1 if lines else 1
    tail = [line for line in lines[-40:] if line.text]
    first = next((line for line in tail if CONTACT.match(line.text)), None)
    if first is None:
        return last
    start = first.number
    for line in reversed([each for each in tail if each.number < first.number]):
        if line.text.isupper() and len(line.text) < 40:
            start = line.number
        else:
            break
    return start


def focus_areas(found: list[Heading]) -> list[Heading]:
    """The focus areas: the parts of the chapter that announces them, or headings that call themselves so."""
    for i, heading in enumerate(found):
        if heading.level == 1 and AREA_CHAPTER.search(heading.title):
            parts = []
            for below in found[i + 1 :]:
                if below.level <= heading.level:
                    break
                if below.level == heading.level + 1:
                    parts.append(below)
            if parts:
                return parts
    named = [heading for heading in found if (heading.number and not heading.number[0].isdigit()) or AREA_HEADING.match(heading.title)]
    return named or [heading for heading in found if re.match(r"^(indsatsområde|fokusområde)\b", heading.title, re.IGNORECASE)]
