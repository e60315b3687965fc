"""Is an owner or a time really missing? Of a text alone the check asks only where nothing near may tell it:
better silent than wrong."""

import re

from manuscript.actors import US, actors
from manuscript.check.text import Manuscript
from manuscript.dates import NAMES, OFTEN, SEASONS
from manuscript.line import ITEM, Line
from manuscript.promise import Promise
from manuscript.subject import TOWN_ANYWHERE
from manuscript.verbs import MODAL
from manuscript.words import either

LENGTHS = either("uge", "måned", "kvartal", "halvår", "time", "døgn", "minut", "aften", "nat")
MOMENTS = either(
    *("år", "året", "årets", r"årlige?t?", r"kvartalsvist?", "hver", "hvert", r"gange?", "altid", "fast"),
    *("løbende", "senest", "inden", "før", "efter", "når", "hvis", r"myldretid\w*", r"start\w*"),
    r"samtidig\w*",
)
# Words for a time or a rhythm, in whatever way.
TIME = re.compile(
    either(
        rf"\b(?:{NAMES}|{'|'.join(SEASONS.split())})\b",
        r"\b(?:for|efter)år\w*|\w*(?:ferie|sæson|skoleår|årstid|jul|påske)\w*|\b20\d\d\b",
        r"\w+dag(?:e|en|ene)?\b",
        rf"\b\w*(?:{LENGTHS})(?:er|en|ne|ligt?|erne)?\b",
        rf"\b(?:{MOMENTS})\b",
        r"\b\w*mødet?\b|\b\w*perioden?\b|^Ved \w+|\bfrist|\d{1,2}[./]\d",
    ),
    re.IGNORECASE,
)
OURS = re.compile(
    r"\b(?:vi|os|vores|alle parter|parterne|i fællesskab|selv|fælles)\b|\bstår? for\b", re.IGNORECASE
)
REFERS = re.compile(
    r"(?:Det|Den|De|Disse|Dette|Her|Hun|Han|Denne|Begge)\b(?! skal (?:også )?(?:laves|findes|bygges))"
)
CONDITION = re.compile(r"(?:Viser|Skulle|Ligger|Bliver|Falder|Stiger|Går|Lykkes|Er|Hvis|Når|Såfremt)\b")
STATE = re.compile(
    r"\b(?:skal|vil)\b(?: \w+){0,2} (?:være|have|kende|vide|kunne|blive ved|"
    r"høres|opleve|gerne|tage hensyn|leve)\b"
)
EMPTY_CELL = re.compile(r"\| *(?:\||[-–] *(?:\||$)|$)")


def is_surely_nobodys(promise: Promise, m: Manuscript) -> bool:
    """Does neither the promise nor what stands around it name anybody who may do it?"""
    if promise.kind not in ("promise", "recurring") or promise.text.startswith("Hv"):
        return False
    line = _line(promise, m)
    if " | " in line.text:
        return EMPTY_CELL.search(line.text) is not None
    if CONDITION.match(promise.text):
        return False
    if OURS.search(promise.text) or REFERS.match(promise.text) or STATE.search(promise.text):
        return False
    near = [line.text]
    if ITEM.match(line.text):
        near.append(_above(line, m))
    elif not (MODAL.search(promise.text) or promise.text.startswith("Der ")):
        return False
    return not any(actors(text) or US.search(text) or TOWN_ANYWHERE.search(text) for text in near)


def has_surely_no_time(promise: Promise, m: Manuscript) -> bool:
    """Does neither the promise nor what stands around it say when or how often?"""
    if promise.kind != "promise" or STATE.search(promise.text) or REFERS.match(promise.text):
        return False
    line = _line(promise, m)
    if " | " in line.text:
        return EMPTY_CELL.search(line.text) is not None and not TIME.search(promise.text)
    is_item = ITEM.match(line.text) is not None
    if not is_item and not MODAL.search(promise.text):
        return False
    near = [line.text]
    if is_item:
        near.append(_above(line, m))
    return not any(TIME.search(text) or OFTEN.search(text) for text in near)


def _line(promise: Promise, m: Manuscript) -> Line:
    """The line that a promise stands on."""
    for line in m.lines_of(promise.line):
        return line
    return Line(promise.line, promise.text)


def _above(line: Line, m: Manuscript) -> str:
    """What stands above a list."""
    for other in reversed(m.lines_before(line.number)):
        if other.text and not ITEM.match(other.text):
            return other.text
    return ""
