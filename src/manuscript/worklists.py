"""Promises in lists and tables: a bullet that names a piece of work, a line with who answers for it, a row of
a table of work."""

import re
from functools import lru_cache

from manuscript.actors import actors
from manuscript.dates import OFTEN, when
from manuscript.line import ITEM, Line
from manuscript.promise import Promise, kind_of_work
from manuscript.sentences import Sentence
from manuscript.subject import who
from manuscript.verbs import PAST
from manuscript.words import either, words

WORK = re.compile(
    either(
        r"\b(?:indsatser|aktiviteter|tiltag|handlinger|initiativer|opgaver)\b",
        r"\b(?:(?:vil|gør) vi|vi vil|fokus på|i år|enige om)\b",
        r"\b(?:vil|skal|forpligter sig til|aftalt|besluttet|vedtaget|aftalte|besluttede)\b[^.]*(?::| at)$",
        r"^(?:beslutning(?:er)?|aftal(?:e|er|t)|handlinger|aktioner)\b[^.]{0,20}:?$",
    ),
    re.IGNORECASE,
)
ALREADY = re.compile(
    r"\b(?:allerede|i forvejen|i drift|baggrund|status|succeskriteri\w*|mål|målsætning\w*|effektmål)\b",
    re.IGNORECASE,
)
TO_CITIZENS = re.compile(
    r"\b(?:gode råd|råd til dig|du|dig|kommuner|medlemmer|består af|er:)\b|disse kommuner", re.IGNORECASE
)
SHALL = re.compile(r"\b(?:vil|skal|forpligter sig til)\b[^.]*:$")  # whoever it is, each item is theirs
LABELLED = re.compile(rf"^(?:{words('labels')})\w*[^.:]{{0,15}}:", re.IGNORECASE)
# "... ; ansvarlig: SSP-koordinator; frist: 1/4": somebody answers for the line.
OWNER = re.compile(r"\b(?:ansvarlig\w*|ansv\.|tovholder|udføres af)\s*:\s*([^;.–]+)", re.IGNORECASE)
DEADLINE = re.compile(r"\b(?:frist|deadline|senest)\s*:\s*([^;–]+?)(?:\.$|;|$)", re.IGNORECASE)
INFINITIVE = re.compile(r"^(?:At )?[A-ZÆØÅ][a-zæøå]*(?:e|å)\b(?! (?:er|var|har)\b)")
# To do something, and not "Månedlige møder": then who is named has it done to them.
TO_DO = re.compile(
    r"(?:At )?(?!(?:nye|flere|andre|samme|mange|alle|store|små)\b)"
    r"[a-zæøå]+(?<!ig)(?<!sk)(?<!end)(?<!ed)(?<!ern)(?<!en)(?:e|å)\b",
    re.IGNORECASE,
)
# Not some of a sort, as in "alle skoler".
DEFINITE = re.compile(r"(?:en|et|ne)$| [A-ZÆØÅ]|^[A-ZÆØÅ]{2}")

# What the head of a table calls its columns.
HEADS = {
    "what": re.compile(
        either(
            *(
                "indsats",
                "aktivitet",
                "tiltag",
                "opgave",
                "handling",
                "initiativ",
                "hvad",
                r"spor\b",
                "milepæl",
            ),
            *("^tema$", "^emne$"),
        ),
        re.IGNORECASE,
    ),
    "who": re.compile(r"ansvar|tovholder|hvem|aktør|lokalråd", re.IGNORECASE),
    "when": re.compile(r"(?:^|tids)frist|^hvornår|^tid|dead-?line|^senest|^termin|dato|måned", re.IGNORECASE),
    "state": re.compile(r"status|tilstand", re.IGNORECASE),
}
LONG_HEAD, LONG_TITLE = 30, 60  # letters
OVER = re.compile(r"\b(?:afsluttet|gennemført|udført|færdig|sket|udgået)\b", re.IGNORECASE)
BAR = re.compile(r"(?:^|\s)\|(?=\s|$)")
APART = re.compile(r",|/|•")
AND = " og "
# What follows names who takes part.
TOGETHER = re.compile(
    r",? (?:i (?:tæt )?samarbejde med|sammen med|med (?:hjælp|støtte|bistand) fra|i dialog med|støttet af) ",
    re.IGNORECASE,
)
Columns = dict[str, int]  # what a column holds -> its place in the row


def table_row(line: Line, columns: Columns) -> tuple[Columns, Promise | None]:
    """Read a row of a table of work: the head says which column is what, each other row is a promise."""
    cells = list(map(str.strip, BAR.split(line.text)))
    heads = _heads(cells)
    if _is_a_head(heads):
        return heads, None
    if "what" not in columns or len(cells) <= max(columns.values()):
        return columns, None
    return columns, work(line.number, {name: cells[place] for name, place in columns.items()})


def _heads(cells: list[str]) -> Columns:
    """Which cells read as the heads of columns."""
    heads: Columns = {}
    for name, pattern in HEADS.items():
        for place, cell in enumerate(cells):
            if len(cell) < LONG_HEAD and pattern.search(cell):
                heads[name] = place
    return heads


def _is_a_head(heads: Columns) -> bool:
    """Does a row name what and something else, each in a cell of its own?"""
    return "what" in heads and len(heads) >= 2 and len(set(heads.values())) == len(heads)


def work(line: int, told: dict[str, str]) -> Promise | None:
    """A piece of work with what is told of it: what, who, when, state."""
    what = told["what"]
    if not what or OVER.search(told.get("state", "")):
        return None
    when = told.get("when", "").strip("-– ")
    who = owners(told.get("who", ""))
    often = OFTEN.search(when) is not None
    return Promise(line, what, who, what, when, often, kind_of_work(often))


def owners(text: str) -> tuple[str, ...]:
    """Who answers for it, each apart; "Park og Vej" is one.

    >>> owners("Skolen og politiet, Park og Vej")
    ('Skolen', 'politiet', 'Park og Vej')
    """
    out: list[str] = []
    for part in APART.split(TOGETHER.split(text)[0]):
        names = part.split(AND)
        if all(name.strip()[:1].isupper() for name in names) and not any(map(actors, names)):
            names = [part]
        out += [name.strip() for name in names if name.strip(" -–")]
    return tuple(out)


def listed(line: Line, sentence: Sentence, above: str, area: bool) -> Promise | None:
    """A list item that names a piece of work: under a heading that announces work ("Afholde temadag om ..."),
    or with who answers for it."""
    text = sentence.text
    if not sentence.first or len(text) < 12 or not ITEM.match(line.text) or LABELLED.match(text):
        return None
    owner, deadline = OWNER.search(text), DEADLINE.search(text)
    if not (owner or deadline or _is_announced(text, above, area)):
        return None
    by, due, work = _doer(text), when(text), text
    if SHALL.search(above) and not by:
        by = _doer(above)
    if SHALL.search(above) and not due:
        due = when(above)
    if deadline:
        due = deadline[1].strip()
        work = text[: deadline.start()]
    if owner:
        by = owners(owner[1])
        work = work[: owner.start()]
    often = OFTEN.search(text) is not None
    return Promise(sentence.line, text, by, work.rstrip(" .,;–-("), due, often, kind_of_work(often))


def announces(text: str) -> bool:
    """Is a line the title of the list below it: "Indsatser i 2026"?"""
    if len(text) > LONG_TITLE or text.endswith((".", "?", "!")) or ITEM.match(text):
        return False
    return WORK.search(text) is not None


def _doer(text: str) -> tuple[str, ...]:
    """Who does it; "vi" in a list is everybody, and "Besøge skoler" says which, not who."""
    names = [name for name in who(text) if name != "vi"]
    found = TO_DO.match(text)
    if found and not actors(found[0]):
        names = list(filter(DEFINITE.search, names))
    return tuple(names)


def _is_announced(text: str, above: str, area: bool) -> bool:
    """Does an item name work to do, and what stands above it say that it does?"""
    if not _announces_work(above, area):
        return False
    return INFINITIVE.match(text) is not None or not PAST.search(text)


@lru_cache(maxsize=64)
def _announces_work(above: str, area: bool) -> bool:
    """Does the heading or sentence above a list say that what follows is work to do?"""
    if ALREADY.search(above) or TO_CITIZENS.search(above):
        return False
    return area or WORK.search(above) is not None
