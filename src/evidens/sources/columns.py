"""A file's columns as distinct words and an index per row; which column is what, and what its words mean."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from evidens import offences, places
from evidens.counts import Array
from evidens.errors import BadRequest, Problem
from evidens.periods import Period

HEADS = {
    "place": ("OMRÅDE", "OMRAADE", "REGION", "KOMMUNE", "MUNICIPALITY", "AREA"),
    "offence": (
        "OVERTRÆD",
        "OVERTRAED",
        "OVERTRÆDELSENS ART",
        "TYPE OF OFFENCE",
        "OFFENCE",
        "OVERTRÆDELSE",
        "GERNING",
    ),
    "period": ("TID", "TIME", "PERIODE", "PERIOD", "ÅR", "KVARTAL", "MÅNED", "YEAR", "QUARTER", "MONTH"),
    "kind": ("ANMSIGT", "ANMELDELSER OG SIGTELSER"),
    "count": ("INDHOLD", "ANTAL", "CONTENTS", "COUNT"),
}
# The heads that StatBank itself writes; another head says that somebody else made the file.
BANK = {
    "OMRÅDE", "OMRAADE", "REGION", "OVERTRÆD", "OVERTRAED", "OVERTRÆDELSENS ART", "TYPE OF OFFENCE",
    "TID", "TIME", "INDHOLD", "CONTENTS", "ANMSIGT", "ANMELDELSER OG SIGTELSER",
}  # fmt: skip
KINDS = {
    "anm": "reported",
    "reported criminal offences": "reported",
    "anmeldte forbrydelser": "reported",
    "sig": "charged",
    "charge": "charged",
    "sigtelser": "charged",
    "sigtede forbrydelser": "charged",
}

Other = tuple[list[str], Array]  # distinct words, and an index into them per row


@dataclass(frozen=True)
class Columns:
    """By role: the distinct words and an index per row.

    `lines` is each row's physical line, `titles` the heads; `others` the columns without a role, by title.
    """

    words: dict[str, list[str]]
    rows: dict[str, Array]
    lines: Array
    titles: dict[str, str]
    others: dict[str, Other] = field(default_factory=dict)

    def kept(self, keep: Array) -> "Columns":
        """Some of the rows (bool per row)."""
        rows = {role: index[keep] for role, index in self.rows.items()}
        others = {title: (words, index[keep]) for title, (words, index) in self.others.items()}
        return replace(self, rows=rows, lines=self.lines[keep], others=others)


def fields(line: str, delimiter: str) -> list[str]:
    """The fields of one line."""
    return [field.strip() for field in next(csv.reader([line], delimiter=delimiter), [])]


def is_head(head: list[str]) -> bool:
    """Whether the fields are the head of a table: two of the titles that are known, or periods.

    >>> is_head(["OMRÅDE", "TID", "INDHOLD"]), is_head(["Anmeldte forbrydelser efter tid", "", ""])
    (True, False)
    """
    return len(roles(head)) >= 2 or is_wide(head)


def is_wide(head: list[str]) -> bool:
    """Whether the heads hold periods."""
    return sum(map(is_period, head)) >= 2


def roles(head: list[str]) -> dict[str, int]:
    """Which column has which role."""
    found = {}
    for role, names in HEADS.items():
        at = titled(head, names)
        if at:
            found[role] = at[0]
    return found


def titled(head: list[str], names: Sequence[str]) -> list[int]:
    """The columns with one of the names."""
    return [number for number, title in enumerate(head) if title.upper() in names]


def missing(column: str, head: list[str], line: int = 1) -> Problem:
    """A column is not there: which there are, and what to do."""
    mend = "Hent tabellen igen med alle kolonner; er det dit eget udtræk, så skriv --mapping."
    if column == "OVERTRÆD":
        mend = "Hent den igen med kolonnen, eller sig, hvad alle tallene gælder (fx --file-offence TOT)."
    found = f"Kolonnen {column} mangler. Fundne kolonner: {', '.join(head)}."
    return Problem("missing_column", found, mend, line=line, column=column)


def distinct(texts: Sequence[str]) -> tuple[list[str], Array]:
    """The distinct texts in order of appearance, and each text's number among them."""
    number = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    return list(number), np.array([number[text] for text in texts])


def place_of(text: str) -> str | None:
    """The code of a place written as code, as name, as both, or as a name that lost letters.

    A spreadsheet takes the zeros off a code such as 081; they are put back.
    """
    text = text.strip()
    code = text.split(" ")[0]
    for written in (code, code.zfill(3)):
        if written in places.codes():
            return written
    code = places.names().get(text.lower(), "")
    if code:
        return code
    if "\ufffd" in text:
        return places.guess(text)
    return None


def offence_of(text: str) -> str | None:
    """The code of an offence written as code, as name, or as both."""
    code = text.strip().split(" ")[0]
    if code in offences.tree():
        return code
    return offences.names().get(offences.plain(text))


def period_of(text: str) -> Period | None:
    """The period that a text names, as code, in words, or as both."""
    code, _, words = text.strip().partition(" ")
    for written in (text, code):
        try:
            found = Period.parse(written)
        except BadRequest:
            continue
        if written is text or period_of(words) == found:
            return found
    return None


def is_period(text: str) -> bool:
    """Whether the whole text is a period."""
    try:
        Period.parse(text)
    except BadRequest:
        return False
    return True
