"""The tree of a document: its contents list, numbered and unnumbered headings, bodies, focus areas."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from manuscript.source import Line

NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,2})\.?\s+(\S.*)$")
TOC_HEAD = re.compile(r"^(?:\d{1,2}\s+)?(indhold|indholdsfortegnelse)\b", re.IGNORECASE)
TOC_ENTRY = re.compile(r"^(?:(\d{1,2}(?:\.\d{1,2}){0,2}|[A-Z])\.?[\s|]+)?(\S.*?)[\s.…|]+(\d{1,3})$")
RUNNING = re.compile(r"([A-ZÆØÅa-zæøå][^\d]{2,90}?)[ .…]+(\d{1,3})(?=\s|$)")
AREA_CHAPTER = re.compile(
    r"\b(?:indsatsområde|fokusområde|det \w+ vi\b(?=.* i 20\d\d)|det (?:arbejder|prioriterer|samler) vi\b|prioriteter|særlige indsatser|indsatser for|"
    r"prioriterede områder|tema(?:er)? for|temaer i|vi optaget af|det vil vi|vores spor)|^(?:fælles |nye |årets |planens )?(?:indsatser|temaer|fokus|spor)(?: i| for)?(?: 20\d\d)?$",
    re.IGNORECASE,
)
AREA_HEADING = re.compile(
    r"^(?:indsatsområde|fokusområde|indsats|tema|spor)\s+(\d{1,2}|[A-Z])\s*[:.–-]\s*(\S.*)$", re.IGNORECASE
)
CONTACT = re.compile(r"^(telefon|tlf\.?|mail|e-mail|www\.|twitter\.com|facebook\.com)\b", re.IGNORECASE)
MONTH = "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
BULLET = re.compile(r"^[-–•·▪►*]\s*(\S.*)$")
POINT = re.compile(rf"^(?:punkt |pkt\.? )?(\d{{1,2}})\.\s+(?!(?:{MONTH})\b)(\S.*)$", re.IGNORECASE)
LABEL = re.compile(
    r"^(mål|formål|målgruppe|baggrund|hvad gør vi(?: allerede)?[^.:]*|hvad skal vi have fokus på|"
    r"tovholder|ansvarlig|frist|succeskriterie?r?|indikator|status|"
    r"parter|hjemmel|medlemmer|opgaver|aktiviteter|organisering)\??\s*(?::|$)",
    re.IGNORECASE,
)


@dataclass
class Heading:
    """A heading of the text: number ("" when it has none), title, level from 1, and its line."""

    number: str
    title: str
    level: int
    line: int
    area: bool = False
    lines: list[Line] = field(default_factory=list)
    subheadings: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class TocEntry:
    """A line of the contents list; level 1 is a chapter."""

    number: str
    title: str
    line: int
    level: int = 1


def contents_list(lines: list[Line]) -> list[TocEntry]:
    """The entries of the contents list, with or without page numbers, in lines or on one running line; empty when there is none."""
    start = next(
        (i for i, line in enumerate(lines) if TOC_HEAD.match(line.text) and len(line.text) < 40), None
    )
    if start is None:
        return next((found for line in lines[:30] if len(found := _running(line)) >= 4), [])
    entries: list[TocEntry] = []
    letter = ""
    for line in lines[start + 1 :]:
        if not line.text:
            continue
        entry = TOC_ENTRY.match(line.text)
        if entry:
            number = entry[1] or letter
            entries.append(
                TocEntry(
                    number, entry[2].strip(" .…|\t"), line.number, number.count(".") + 1 if number else 2
                )
            )
            letter = ""
        elif re.fullmatch(r"[A-Z]\.", line.text):
            letter = line.text[0]
        else:
            break
    return entries if len(entries) >= 2 else _without_pages(lines[start + 1 :])


def _running(line: Line) -> list[TocEntry]:
    """A contents list on one line: "Indhold Formål 4 Baggrund 5 ...", with pages that do not fall."""
    at = re.search(r"\bindhold\b", line.text, re.IGNORECASE)
    if at is None:
        return []
    out: list[TocEntry] = []
    last = 0
    for found in RUNNING.finditer(line.text[at.end() :]):
        if int(found[2]) < last:
            break
        last = int(found[2])
        out.append(TocEntry("", found[1].strip(" .…"), line.number))
    return out


def _without_pages(lines: list[Line]) -> list[TocEntry]:
    """Contents without page numbers: short lines until one that is a sentence or comes again; capitals are chapters."""
    out: list[TocEntry] = []
    for line in lines:
        if not line.text and not out:
            continue
        again = any(line.text.lower() == entry.title.lower() for entry in out)
        if not line.text or len(line.text) > 110 or line.text.endswith((".", ":", "?")) or again:
            break
        found = NUMBERED.match(line.text)
        out.append(
            TocEntry(found[1], found[2], line.number, found[1].count(".") + 1)
            if found
            else TocEntry("", line.text, line.number, 1 if line.text.isupper() else 2)
        )
    return out if len(out) >= 4 else []


def lines_of_contents(toc: list[TocEntry], lines: list[Line]) -> list[Line]:
    """The lines that the contents list stands on."""
    own = {entry.line for entry in toc}
    return [line for line in lines if line.number in own]


def key(number: str) -> tuple[int, ...]:
    """A heading's number as integers: "04.10" comes after "04.9".

    >>> key("04.10") > key("04.9")
    True
    """
    return tuple(int(part) for part in number.split("."))


def headings(lines: list[Line], toc: list[TocEntry], title_line: int = 0) -> list[Heading]:
    """The headings in order: those the file marks, else numbered ones in rising order, else short lines that stand alone or
    labels; a file that holds little more than its contents list has its chapters from there."""
    after = max((entry.line for entry in toc), default=0)
    body = [line for line in lines if line.number > after and line.number != title_line]
    marked = [line for line in body if line.heading]
    if len(marked) >= 3:
        return [_marked(line) for line in marked]
    numbered = _numbered(body, {entry.number for entry in toc if entry.number})
    if len(numbered) >= 3:
        return numbered
    areas = [
        Heading(found[1], found[2].strip(), 1, line.number, True)
        for line in body
        if (found := AREA_HEADING.match(line.text))
    ]
    alone = stand_alone(body)
    capitals = {line.number for line in alone if line.text.isupper()}
    levels = {line.number: 2 if capitals and line.number not in capitals else 1 for line in alone}
    known = {heading.line for heading in areas} | {heading.line for heading in numbered}
    plain = [
        Heading("", line.text.rstrip(":"), levels[line.number], line.number)
        for line in alone
        if line.number not in known
    ]
    found_all = sorted([*areas, *plain, *numbered], key=lambda heading: heading.line)
    if found_all or len(body) > 3 * len(toc) > 0:
        return found_all or _labels(body)
    return (
        _labels(body)
        or [Heading(entry.number, entry.title, entry.level, entry.line) for entry in toc]
        or _announced(body)
    )


def _labels(lines: list[Line]) -> list[Heading]:
    """The fixed labels of a sheet or a page of rules: "Mål: ...", "Tovholder"."""
    found = [Heading("", match[1], 1, line.number) for line in lines if (match := LABEL.match(line.text))]
    return found if len(found) >= 2 else []


def _announced(lines: list[Line]) -> list[Heading]:
    """Parts that the text announces but does not head: "Planen har to afsnit. Det første ... Det andet ..."."""
    for line in lines:
        if re.search(r"\bhar (?:\d|to|tre|fire) (?:hoved)?(?:afsnit|dele)\b", line.text):
            parts = re.findall(
                r"\b(?:Det|Den) (?:første|anden|andet|tredje|fjerde) (?:afsnit |del )?(\w[^.]+)\.", line.text
            )
            return [Heading("", part[0].upper() + part[1:].strip(), 1, line.number) for part in parts]
    return []


def agenda(lines: list[Line]) -> list[Heading]:
    """The points of minutes in the order of their numbers, each with the lines under it and under "Ad n:"."""
    points: dict[int, Heading] = {}
    current: Heading | None = None
    for line in lines:
        again = re.match(r"^Ad\.? (?:pkt\.? ?)?(\d{1,2})\b\s*[:.]?\s*(.*)$", line.text)
        found = POINT.match(line.text)
        if again and int(again[1]) in points:
            current = points[int(again[1])]
        elif found and int(found[1]) not in points and int(found[1]) <= 40:
            current = points[int(found[1])] = Heading(found[1], found[2], 1, line.number)
        elif current is not None and line.text:
            current.lines.append(line)
    return [points[number] for number in sorted(points)]


def listed_areas(lines: list[Line]) -> list[Heading]:
    """Focus areas that stand as a list under a line that announces them, also when the list was run together on one line."""
    announces = re.compile(r"indsatsområder|fokusområder|særligt? fokus på|prioriteter vi", re.IGNORECASE)
    for place, line in enumerate(lines):
        found = announces.search(line.text)
        if not found:
            continue
        run = re.split(r"\s*[•▪►]\s*", line.text[found.start() :])[1:]
        if len(run) >= 2:
            return [Heading("", part.strip(), 2, line.number) for part in run]
        below = []
        for following in lines[place + 1 :]:
            item = BULLET.match(following.text)
            if item and len(item[1]) < 120:
                below.append(Heading("", item[1].strip(" ."), 2, following.number))
            elif following.text:
                break
        if len(below) >= 2 and len(line.text) < 120:
            return below
    return []


def announced_areas(toc: list[TocEntry], found: list[Heading]) -> list[Heading]:
    """Focus areas that only the contents list names: the entries below the chapter of areas, or those that call themselves so."""
    own = [
        Heading(match[1], match[2], 2, entry.line)
        for entry in toc
        if (match := AREA_HEADING.match(entry.title))
    ]
    if own:
        return own
    for place, entry in enumerate(toc):
        if entry.level == 1 and AREA_CHAPTER.search(entry.title):
            below = []
            for following in toc[place + 1 :]:
                if following.level <= entry.level:
                    break
                below.append(Heading(following.number, following.title, 2, following.line))
            if below:
                return below
    return []


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
    return (
        len(text) <= 130
        and not text.endswith((".", ",", ";"))
        and text[0].upper() == text[0]
        and any(c.isalpha() for c in text)
    )


def stand_alone(lines: list[Line]) -> list[Line]:
    """Short lines between blank ones that are followed by a longer paragraph: headings without number or mark."""
    out = []
    texts = [line.text for line in lines]
    for i, text in enumerate(texts):
        if (
            not text
            or len(text) > 110
            or text.endswith((".", ",", ":", ";", "!", "?"))
            or not text[0].isupper()
            or " | " in text
        ):
            continue
        alone = (i == 0 or not texts[i - 1]) and i + 1 < len(texts) and not texts[i + 1]
        if not alone or len(text.split()) > 14 or CONTACT.match(text):
            continue
        follow, after = [*(t for t in texts[i + 1 : i + 8] if t), "", ""][:2]
        longer = (
            len(follow) > max(60, len(text))
            or " | " in follow
            or (follow.endswith(".") and len(follow) > len(text))
        )
        nested = (
            0 < len(follow) < 60
            and not re.search(r"[.,:;!?|]$", follow)
            and len(after) > 60
            and not text.endswith("Kommune")
        )
        if longer or nested:
            out.append(lines[i])
    return out


def fill(found: list[Heading], lines: list[Line]) -> None:
    """Give each heading the lines up to the next one; unnumbered headings inside become its sub-headings."""
    if any(heading.lines for heading in found) or len({heading.line for heading in found}) < len(found):
        return  # an agenda has its lines already; announced parts have none
    starts = [heading.line for heading in found] + [lines[-1].number + 1 if lines else 1]
    end_of_text = _contact_block(lines)
    numbers = [line.number for line in lines]
    for heading, end in zip(found, starts[1:], strict=True):
        heading.lines = lines[
            bisect_right(numbers, heading.line) : bisect_left(numbers, min(end, end_of_text))
        ]
        inner = {line.number for line in stand_alone(heading.lines)} | {
            line.number for line in heading.lines if line.heading
        }
        heading.subheadings = [line for line in heading.lines if line.number in inner]


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


def focus_areas(found: list[Heading], plan: bool = True) -> list[Heading]:
    """The focus areas: headings that call themselves so, or the parts of the chapter that announces them; in a plan that does neither the
    largest family of parts."""
    named = [heading for heading in found if heading.area or AREA_HEADING.match(heading.title)]
    if len(named) >= 2:
        return named
    top = min((heading.level for heading in found), default=1)
    for i, heading in enumerate(found):
        if heading.level == top and AREA_CHAPTER.search(heading.title):
            parts = _parts(found[i + 1 :], heading)
            if parts:
                return parts
    lettered = [heading for heading in found if heading.number and not heading.number[0].isdigit()]
    own = (
        lettered
        or named
        or [h for h in found if re.match(r"^(indsatsområde|fokusområde)\b", h.title, re.IGNORECASE)]
    )
    return own or (_family(found, top) if plan else [])


NOT_AN_AREA = re.compile(
    r"bilag|fora\b|opfølgning|følger vi|organisering|handleplan|kontakt|evaluering|hvem mødes|^lokalråd|sådan (?:er|var|gik)",
    re.IGNORECASE,
)
OF_THE_PLAN = re.compile(
    rf"{NOT_AN_AREA.pattern}|samarbejd|kredsråd|lokalrådene|indledning|forord|baggrund|ramme\b|grundlag|fundament|kriminaliteten|udvikling|tendens|"
    r"statistik|status|siden sidst|gang$|ordliste|økonomi|mødeplan|kalender|resum|hvor kan du|hvem er vi|hvem bestemmer|hvordan (?:går|holder)|tværgående|"
    r"milepæl|governance|lov(?:en)?s? § ?\d",
    re.IGNORECASE,
)
FAMILY = 4


def _family(found: list[Heading], top: int) -> list[Heading]:
    """Where no chapter says that it holds the areas: the largest family of parts of one chapter, else the chapters that are about a subject
    and not about the plan itself."""
    families = [
        _parts(found[i + 1 :], heading, flat=False)
        for i, heading in enumerate(found)
        if heading.level == top and not OF_THE_PLAN.search(heading.title)
    ]
    largest = max(families, key=len, default=[])
    if len(largest) >= FAMILY:
        return largest
    chapters = [
        heading
        for heading in found
        if heading.level == top and heading.number and not OF_THE_PLAN.search(heading.title)
    ]
    return chapters if len(chapters) >= FAMILY else []


def _parts(below: list[Heading], chapter: Heading, flat: bool = True) -> list[Heading]:
    """The headings one level down; in a flat text those that follow a chapter that has next to no words of its own."""
    deeper = []
    for heading in below:
        if heading.level <= chapter.level:
            break
        deeper.append(heading)
    if deeper:
        first = min(heading.level for heading in deeper)
        return [heading for heading in deeper if heading.level == first]
    beside: list[Heading] = []
    short = sum(len(line.text) for line in chapter.lines) < 400
    for heading in below if flat and short and not chapter.number else []:
        if NOT_AN_AREA.search(heading.title):
            break
        beside.append(heading)
    return beside if len(beside) >= 2 else []
