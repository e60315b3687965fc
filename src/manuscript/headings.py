"""The headings of a document and what stands under each: those the file marks, numbered ones, short lines
that stand alone, labels, the points of minutes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from manuscript.contents import TocEntry, level_of
from manuscript.dates import NAMES
from manuscript.line import NUMBERED, Line
from manuscript.words import either

AREA_HEADING = re.compile(
    r"^(?:indsatsområde|fokusområde|indsats|tema|spor)\s+(\d{1,2}|[A-Z])\s*[:.–-]\s*(\S.*)$", re.IGNORECASE
)
# The fixed labels of a sheet or of a page of rules, alone on a line or before a colon.
LABELS = either(
    *("mål", "formål", "målgruppe", "baggrund", r"hvad gør vi(?: allerede)?[^.:]*"),
    *("hvad skal vi have fokus på", "tovholder", "ansvarlig", "frist", "succeskriterie?r?", "indikator"),
    *("status", "parter", "hjemmel", "medlemmer", "opgaver", "aktiviteter", "organisering"),
)
LABEL = re.compile(rf"^({LABELS})\??\s*(?::|$)", re.IGNORECASE)
FEW = 3  # headings of a sort: with so many they are the document's own


@dataclass
class Heading:
    """A heading of the text: number ("" when it has none), title, level from 1, and its line."""

    number: str
    title: str
    level: int
    line: int
    area: bool = False
    marked: bool = False  # by the file itself
    lines: list[Line] = field(default_factory=list)
    subheadings: list[Line] = field(default_factory=list)


def headings(
    lines: list[Line], toc: list[TocEntry], title_line: int = 0, *, forms: bool = False
) -> list[Heading]:
    """The headings in order: those the file marks, else numbered ones in rising order, else short lines
    that stand alone or labels; a file that holds little more than its contents list has its chapters from
    there. Where there are `forms`, a label and what it says is no heading."""
    after = max((entry.line for entry in toc), default=0)
    body = [line for line in lines if line.number > after and line.number != title_line]
    marked = [_marked(line) for line in body if line.heading]
    if len(marked) >= FEW:
        return marked
    known = {entry.number for entry in toc if entry.number}
    numbered = list(_numbered(body, known))
    if len(numbered) >= FEW:
        return numbered
    found = _of_every_sort(body, numbered)
    if found:
        return found
    labels = _labels(body, forms)
    if len(body) > 3 * len(toc) > 0:
        return labels
    return labels or list(map(_of_contents, toc)) or _announced(body)


def _marked(line: Line) -> Heading:
    """A heading as the file marks it; its number tells its level."""
    found = NUMBERED.match(line.text)
    if found:
        return Heading(found[1], found[2].strip(), level_of(found[1]), line.number, marked=True)
    return Heading("", line.text, line.heading, line.number, marked=True)


def _of_contents(entry: TocEntry) -> Heading:
    return Heading(entry.number, entry.title, entry.level, entry.line)


def _of_every_sort(body: list[Line], numbered: list[Heading]) -> list[Heading]:
    """Headings that call themselves areas, those that stand alone, and the few numbered ones, in order."""
    areas = list(_named_areas(body))
    known = {heading.line for heading in [*areas, *numbered]}
    alone = stand_alone(body)
    in_capitals = any(line.text.isupper() for line in alone)
    plain: list[Heading] = []
    for line in alone:
        if line.number not in known:
            plain.append(Heading("", line.text.rstrip(":"), _level_of_plain(line, in_capitals), line.number))
    return sorted([*areas, *plain, *numbered], key=lambda heading: heading.line)


def _level_of_plain(line: Line, in_capitals: bool) -> int:
    """Where some headings are in capitals, the others stand below them."""
    if in_capitals and not line.text.isupper():
        return 2
    return 1


def _named_areas(lines: list[Line]) -> Iterator[Heading]:
    for line in lines:
        if found := AREA_HEADING.match(line.text):
            yield Heading(found[1], found[2].strip(), 1, line.number, area=True)


def _labels(lines: list[Line], forms: bool) -> list[Heading]:
    """The fixed labels of a sheet or a page of rules: "Mål: ...", "Tovholder"."""
    out: list[Heading] = []
    for line in lines:
        match = LABEL.match(line.text)
        if match and not (forms and match.end() < len(line.text)):
            out.append(Heading("", match[1], 1, line.number))
    if len(out) < 2:
        return []
    return out


HAS_PARTS = re.compile(r"\bhar (?:\d|to|tre|fire) (?:hoved)?(?:afsnit|dele)\b")
A_PART = re.compile(
    r"\b(?:Det|Den) (?:første|anden|andet|tredje|fjerde) (?:afsnit |del )?(\w[^.]+)\.",
)


def _announced(lines: list[Line]) -> list[Heading]:
    """Parts that are announced and not headed: "Planen har to afsnit. Det første ... Det andet ..."."""
    for line in lines:
        if HAS_PARTS.search(line.text):
            parts = A_PART.findall(line.text)
            return [Heading("", part[0].upper() + part[1:].strip(), 1, line.number) for part in parts]
    return []


def key(number: str) -> tuple[int, ...]:
    """A heading's number as integers: "04.10" comes after "04.9".

    >>> key("04.10") > key("04.9")
    True
    """
    return tuple(map(int, number.split(".")))


def _numbered(lines: list[Line], known: set[str]) -> Iterator[Heading]:
    """Numbered lines in rising order; only those with a number of the contents list, where that has any."""
    last: tuple[int, ...] = (-1,)
    for line in lines:
        found = NUMBERED.match(line.text)
        if found is None or " | " in line.text or not _reads_as_heading(found[2]):
            continue
        if known and found[1] not in known:
            continue
        number = key(found[1])
        if _comes_next(number, last):
            last = number
            yield Heading(found[1], found[2].strip(), len(number), line.number)


def _comes_next(number: tuple[int, ...], last: tuple[int, ...]) -> bool:
    """May a number follow another: it rises, and leaves no chapter out (the first may be 0 or 1)?"""
    chapter = max(last[0] + 1, 1)
    return number > last and number[0] <= chapter


def _reads_as_heading(text: str) -> bool:
    if len(text) > 130 or text.endswith((".", ",", ";")):
        return False
    return text[0].upper() == text[0] and any(map(str.isalpha, text))


CONTACT = re.compile(r"^(telefon|tlf\.?|mail|e-mail|www\.|twitter\.com|facebook\.com)\b", re.IGNORECASE)
STOPPED = re.compile(r"[.,:;!?|]$")
LONG_TITLE, LONG_PARAGRAPH = 110, 60  # letters
MOST_WORDS = 14


def stand_alone(lines: list[Line]) -> list[Line]:
    """Short lines between blank ones over a longer paragraph: headings without number or mark."""
    out = []
    texts = [line.text for line in lines]
    for place, text in enumerate(texts):
        if not _may_be_a_title(text) or not _between_blanks(texts, place):
            continue
        if len(text.split()) > MOST_WORDS or CONTACT.match(text):
            continue
        follow, after = [*filter(None, texts[place + 1 : place + 8]), "", ""][:2]
        if _is_longer(follow, text) or _is_title_of(follow, after, text):
            out.append(lines[place])
    return out


def _may_be_a_title(text: str) -> bool:
    if not text or len(text) > LONG_TITLE or " | " in text:
        return False
    return text[0].isupper() and not text.endswith((".", ",", ":", ";", "!", "?"))


def _between_blanks(texts: list[str], place: int) -> bool:
    if place > 0 and texts[place - 1]:
        return False
    return place + 1 < len(texts) and not texts[place + 1]


def _is_longer(follow: str, text: str) -> bool:
    """Is what follows a line its paragraph or its table?"""
    if " | " in follow or len(follow) > max(LONG_PARAGRAPH, len(text)):
        return True
    return follow.endswith(".") and len(follow) > len(text)


def _is_title_of(follow: str, after: str, text: str) -> bool:
    """Is what follows a line another title, with its paragraph below it?"""
    if not 0 < len(follow) < LONG_PARAGRAPH or STOPPED.search(follow):
        return False
    return len(after) > LONG_PARAGRAPH and not text.endswith("Kommune")


AGAIN = re.compile(r"^Ad\.? (?:pkt\.? ?)?(\d{1,2})\b\s*[:.]?\s*(.*)$")
POINT = re.compile(rf"^(?:punkt |pkt\.? )?(\d{{1,2}})\.\s+(?!(?:{NAMES})\b)(\S.*)$", re.IGNORECASE)
MOST_POINTS = 40


def agenda(lines: list[Line]) -> list[Heading]:
    """The points of minutes in the order of their numbers, each with the lines under it and under "Ad n:"."""
    points: dict[int, Heading] = {}
    current: Heading | None = None
    for line in lines:
        again = AGAIN.match(line.text)
        found = POINT.match(line.text)
        if again and int(again[1]) in points:
            current = points[int(again[1])]
        elif found and _is_new(int(found[1]), points):
            current = points[int(found[1])] = Heading(found[1], found[2], 1, line.number)
        elif current is not None and line.text:
            current.lines.append(line)
    return [points[number] for number in sorted(points)]


def _is_new(number: int, points: Iterable[int]) -> bool:
    return number <= MOST_POINTS and number not in points


def fill(found: list[Heading], lines: list[Line]) -> None:
    """Give each heading the lines up to the next one; unnumbered headings inside become its sub-headings."""
    if any(heading.lines for heading in found) or len({heading.line for heading in found}) < len(found):
        return  # an agenda has its lines already; announced parts have none
    end_of_text = _contact_block(lines)
    starts = [heading.line for heading in found] + [_past(lines)]
    numbers = [line.number for line in lines]
    for heading, end in zip(found, starts[1:], strict=True):
        first = bisect_right(numbers, heading.line)
        past = bisect_left(numbers, min(end, end_of_text))
        heading.lines = lines[first:past]
        heading.subheadings = _inner(heading.lines)


def below(found: list[Heading], chapter: Heading) -> Iterator[Heading]:
    """The headings inside a chapter: those of a deeper level up to the next of its own."""
    inside = False
    for heading in found:
        if inside and heading.level <= chapter.level:
            return
        if inside:
            yield heading
        if heading.line == chapter.line:
            inside = True


def _inner(lines: list[Line]) -> list[Line]:
    """The lines under a heading that are headings themselves."""
    alone = {line.number for line in stand_alone(lines)}
    return [line for line in lines if line.heading or line.number in alone]


def _past(lines: list[Line]) -> int:
    """The number after the last line's."""
    if not lines:
        return 1
    return lines[-1].number + 1


def _contact_block(lines: list[Line]) -> int:
    """The line where a contact block at the end begins (capitals, phone, mail), or one past the last line."""
    tail = [line for line in lines[-40:] if line.text]
    first = next((place for place, line in enumerate(tail) if CONTACT.match(line.text)), None)
    if first is None:
        return _past(lines)
    while first > 0 and tail[first - 1].text.isupper() and len(tail[first - 1].text) < 40:
        first -= 1
    return tail[first].number
