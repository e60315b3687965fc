"""The focus areas of a plan: headings that call themselves so, the parts of the chapter that announces them,
a list in the text or in the contents."""

import re
from collections.abc import Iterator

from manuscript.contents import TocEntry
from manuscript.headings import AREA_HEADING, Heading
from manuscript.line import ITEM, Line
from manuscript.words import either

CHAPTER = re.compile(
    r"\b(?:"
    + either(
        "indsatsområde",
        "fokusområde",
        r"det \w+ vi\b(?=.* i 20\d\d)",
        r"det (?:arbejder|prioriterer|samler) vi\b",
        "prioriteter",
        "særlige indsatser",
        "indsatser for",
        "prioriterede områder",
        "tema(?:er)? for",
        "temaer i",
        "vi optaget af",
        "det vil vi",
        "vores spor",
    )
    + r")|^(?:fælles |nye |årets |planens )?(?:indsatser|temaer|fokus|spor)(?: i| for)?(?: 20\d\d)?$",
    re.IGNORECASE,
)
CALLED_SO = re.compile(r"^(indsatsområde|fokusområde)\b", re.IGNORECASE)
# Chapters that are about the work on the plan, ...
NO_AREA = either(
    "bilag",
    r"fora\b",
    "opfølgning",
    "følger vi",
    "organisering",
    "handleplan",
    "kontakt",
    "evaluering",
    "hvem mødes",
    "^lokalråd",
    "sådan (?:er|var|gik)",
)
NOT_AN_AREA = re.compile(NO_AREA, re.IGNORECASE)
# ... and those about the cooperation, the law or how it went.
OF_THE_PLAN = re.compile(
    either(
        NO_AREA,
        *("samarbejd", "kredsråd", "lokalrådene", "indledning", "forord", "baggrund", r"ramme\b"),
        *("grundlag", "fundament", "kriminaliteten", "udvikling", "tendens", "statistik", "status"),
        *("siden sidst", "gang$", "ordliste", "økonomi", "mødeplan", "kalender", "resum"),
        *("hvor kan du", "hvem er vi", "hvem bestemmer", "hvordan (?:går|holder)", "tværgående"),
        *("milepæl", "governance", r"lov(?:en)?s? § ?\d", "organisation", "vision", "^formål", "om planen"),
        *("læsevejledning", "mål for", "aftaleparter", "afslutning", "tak til", "sådan"),
    ),
    re.IGNORECASE,
)
FAMILY = 4  # parts


def focus_areas(found: list[Heading], plan: bool = True) -> list[Heading]:
    """The focus areas: headings that call themselves so, or the parts of the chapter that announces them;
    in a plan that does neither the largest family of parts."""
    named = [heading for heading in found if heading.area or AREA_HEADING.match(heading.title)]
    if len(named) >= 2:
        return named
    top = min((heading.level for heading in found), default=1)
    parts = _parts_of_their_chapter(found, top)
    if parts:
        return parts
    lettered = [heading for heading in found if heading.number and not heading.number[0].isdigit()]
    own = lettered or named or [heading for heading in found if CALLED_SO.match(heading.title)]
    if own or not plan:
        return own
    return _family(found, top)


def _parts_of_their_chapter(found: list[Heading], top: int) -> list[Heading]:
    """The parts of the first chapter that announces focus areas and has any parts."""
    for place, heading in enumerate(found):
        if heading.level == top and CHAPTER.search(heading.title):
            below = found[place + 1 :]
            parts = _deeper(below, heading) or _beside(below, heading)
            if parts:
                return parts
    return []


def _deeper(below: list[Heading], chapter: Heading) -> list[Heading]:
    """The headings one level down."""
    inside: list[Heading] = []
    for heading in below:
        if heading.level <= chapter.level:
            break
        inside.append(heading)
    first = min((heading.level for heading in inside), default=0)
    return [heading for heading in inside if heading.level == first]


def _beside(below: list[Heading], chapter: Heading) -> list[Heading]:
    """In a flat text those that follow a chapter that has next to no words of its own."""
    own_words = sum(len(line.text) for line in chapter.lines)
    if chapter.number or own_words >= 400:
        return []
    out: list[Heading] = []
    for heading in below:
        if NOT_AN_AREA.search(heading.title):
            break
        out.append(heading)
    if len(out) < 2:
        return []
    return out


def _family(found: list[Heading], top: int) -> list[Heading]:
    """Where no chapter says that it holds the areas: the largest family of parts of one chapter, else the
    chapters that are about a subject and not about the plan itself."""
    largest: list[Heading] = []
    chapters: list[Heading] = []
    for place, heading in enumerate(found):
        if heading.level != top or OF_THE_PLAN.search(heading.title):
            continue
        parts = _deeper(found[place + 1 :], heading)
        if len(parts) > len(largest):
            largest = parts
        if heading.number or heading.marked:
            chapters.append(heading)
    for family in (largest, chapters):
        if len(family) >= FAMILY:
            return family
    return []


ANNOUNCES = re.compile(r"indsatsområder|fokusområder|særligt? fokus på|prioriteter vi", re.IGNORECASE)
LONG_ITEM = 120  # letters
MARK = re.compile(r"\s*[•▪►]\s*")


def listed_areas(lines: list[Line]) -> list[Heading]:
    """Focus areas that stand as a list under a line that announces them, also when the list was run together
    on one line."""
    for place, line in enumerate(lines):
        found = ANNOUNCES.search(line.text)
        if not found:
            continue
        run = MARK.split(line.text[found.start() :])[1:]
        if len(run) >= 2:
            return [Heading("", part.strip(), 2, line.number) for part in run]
        below = list(_items(lines[place + 1 :]))
        if len(below) >= 2 and len(line.text) < 120:
            return below
    return []


def _items(lines: list[Line]) -> Iterator[Heading]:
    """The short items of a list, up to the next line that is none."""
    for line in lines:
        title = ITEM.sub("", line.text)
        if title != line.text and len(title) < LONG_ITEM:
            yield Heading("", title.strip(" ."), 2, line.number)
        elif line.text:
            return


def announced_areas(toc: list[TocEntry]) -> list[Heading]:
    """Focus areas that only the contents list names: the entries below the chapter of areas, or those that
    call themselves so."""
    own: list[Heading] = []
    for entry in toc:
        if match := AREA_HEADING.match(entry.title):
            own.append(Heading(match[1], match[2], 2, entry.line))
    if own:
        return own
    for place, entry in enumerate(toc):
        if entry.level == 1 and CHAPTER.search(entry.title):
            below = list(_below(toc[place + 1 :]))
            if below:
                return below
    return []


def _below(entries: list[TocEntry]) -> Iterator[Heading]:
    """The entries up to the next chapter."""
    for entry in entries:
        if entry.level <= 1:
            return
        yield Heading(entry.number, entry.title, 2, entry.line)
