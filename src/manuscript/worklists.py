"""Promises in lists and tables: a bullet that names a piece of work, a line with who answers for it, a row of a table of work."""

import re
from functools import lru_cache
from typing import NamedTuple

from manuscript.actors import who
from manuscript.dates import OFTEN, when
from manuscript.sentences import Sentence
from manuscript.source import Line

ITEM = re.compile(r"\s*[-–•·*▪►]\s")
WORK = re.compile(
    r"\b(?:indsatser|aktiviteter|tiltag|handlinger|(?:vil|gør) vi|vi vil|opgaver|fokus på|i år|enige om)\b",
    re.IGNORECASE,
)
ALREADY = re.compile(
    r"\b(?:allerede|i forvejen|i drift|baggrund|status|succeskriteri\w*|mål|målsætning\w*|effektmål)\b",
    re.IGNORECASE,
)
TO_CITIZENS = re.compile(
    r"\b(?:gode råd|råd til dig|du|dig|kommuner|medlemmer|består af|er:)\b|disse kommuner", re.IGNORECASE
)
# "Mål: ...", "Tovholder: ...": what a piece of work is for and who leads it, not the work.
LABELLED = re.compile(
    r"^(?:Formål|Mål|Succeskriteri\w*|Målgruppe|Baggrund|Indikator|Status|Effekt|Resultat|Udfordring|Tovholder|Ansvarlig|Parter|Deltagere|"
    r"Hvem|Frist|Tidsplan|Økonomi|Fakta|Bemærk)\w*[^.:]{0,15}:",
    re.IGNORECASE,
)
# "... ; ansvarlig: SSP-koordinator; frist: 1/4": somebody answers for the line.
OWNER = re.compile(r"\b(?:ansvarlig\w*|ansv\.|tovholder|udføres af)\s*:\s*([^;.–]+)", re.IGNORECASE)
DEADLINE = re.compile(r"\b(?:frist|deadline|senest)\s*:\s*([^;–]+?)(?:\.$|;|$)", re.IGNORECASE)
INFINITIVE = re.compile(r"^(?:At )?[A-ZÆØÅ][a-zæøå]*(?:e|å)\b(?! (?:er|var|har)\b)")


PAST = re.compile(
    r"\b(?:var|blev|havde|fik|gik|kom|lå|stod|holdt|tog|skrev|sagde|gav|så|viste|begyndte|startede|\w{3,}ede|(?:er|har|var) (?:\w+ ){0,2}\w{3,}(?:et|t))\b"
)


class Promise(NamedTuple):
    """One promise: its sentence and line, who, what, when or how often, and its kind."""

    line: int
    text: str
    who: tuple[str, ...]
    what: str
    when: str
    recurring: bool
    kind: str  # promise, recurring, conditional, external, intention, standing_forum
    also: tuple[int, ...] = ()


HEADS = {
    "what": re.compile(
        r"indsats|aktivitet|tiltag|opgave|handling|hvad|spor\b|milepæl|^tema$|^emne$", re.IGNORECASE
    ),
    "who": re.compile(r"ansvar|tovholder|hvem|aktør|lokalråd", re.IGNORECASE),
    "when": re.compile(r"frist|hvornår|tid|dead-?line|senest|termin|dato|måned", re.IGNORECASE),
    "state": re.compile(r"status|tilstand", re.IGNORECASE),
}
OVER = re.compile(r"\b(?:afsluttet|gennemført|udført|færdig|sket|udgået)\b", re.IGNORECASE)


def table_row(line: Line, columns: dict[str, int]) -> tuple[dict[str, int], Promise | None]:
    """Read a row of a table of work: its head says which column is what; then each row that is not over is a promise."""
    cells = [cell.strip() for cell in line.text.split(" | ")]
    heads = {
        name: i
        for name, pattern in HEADS.items()
        for i, cell in enumerate(cells)
        if len(cell) < 30 and pattern.search(cell)
    }
    if "what" in heads and len(heads) >= 2 and len(set(heads.values())) == len(heads):
        return heads, None
    if "what" not in columns or len(cells) <= max(columns.values()):
        return columns, None
    told = {name: cells[i] for name, i in columns.items()}
    if not told["what"] or OVER.search(told.get("state", "")):
        return columns, None
    when = told.get("when", "").strip("-– ")
    who = tuple(part.strip() for part in re.split(r",| og |/", told.get("who", "")) if part.strip(" -–"))
    often = bool(OFTEN.search(when))
    return columns, Promise(
        line.number, told["what"], who, told["what"], when, often, "recurring" if often else "promise"
    )


def listed(line: Line, sentence: Sentence, above: str, area: bool) -> Promise | None:
    """A list item that names a piece of work: under a heading that announces work ("Afholde temadag om ..."), or with who answers for it."""
    text = sentence.text
    if not sentence.first or len(text) < 12 or not ITEM.match(line.text) or LABELLED.match(text):
        return None
    owner, last_day = OWNER.search(text), DEADLINE.search(text)
    if not (owner or last_day) and not (
        _announces_work(above, area) and (INFINITIVE.match(text) or not PAST.search(text))
    ):
        return None
    often = bool(OFTEN.search(text))
    by = tuple(part.strip() for part in re.split(r",| og ", owner[1])) if owner else who(text)
    at_time = last_day[1].strip() if last_day else when(text)
    work = text[: min(found.start() for found in (owner, last_day) if found)] if owner or last_day else text
    return Promise(
        sentence.line, text, by, work.rstrip(" .,;–-("), at_time, often, "recurring" if often else "promise"
    )


@lru_cache(maxsize=64)
def _announces_work(above: str, area: bool) -> bool:
    """Does the heading or sentence above a list say that what follows is work to do?"""
    return bool(WORK.search(above) or area) and not ALREADY.search(above) and not TO_CITIZENS.search(above)
