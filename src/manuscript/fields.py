"""Work written as a form: a label and what it says on each line, or in each row of a table with two columns.

Aktivitet: Opsætning af lamper
Ansvarlig: Vejafdelingen
Tidsfrist: 1. juni
"""

import re
from collections.abc import Iterator

from manuscript.due import only_a_start
from manuscript.line import ITEM, Line
from manuscript.promise import Promise
from manuscript.words import either, words
from manuscript.worklists import work

FIELD = re.compile(r"^(\w[\w /-]{1,28}?)\s*(?::\s*(?:\|\s*)?|\|\s*)(\S.*)$")
LONGEST = 35  # letters of a label and its mark
PARTS = re.compile(r"\s+•\s+")
LABELS = {
    "what": re.compile(
        r"(?:konkrete? |planlagte? )?(?:aktivitet(?:er)?|handling(?:er)?|tiltag|opgaver?|initiativ(?:er)?|"
        r"indsats(?:er)?|hvad gør vi|hvad)",
        re.IGNORECASE,
    ),
    "who": re.compile(
        r"(?:hoved)?ansvarlig(?:e)?(?: part| enhed)?|tovholder(?:e)?|udføres af|aktør(?:er)?|hvem|ansvar",
        re.IGNORECASE,
    ),
    "when": re.compile(
        r"(?:tids)?frist(?:en)?|deadline|tidsramme|tidsplan|tidspunkt|hvornår|termin|senest|tid",
        re.IGNORECASE,
    ),
    "state": re.compile(r"status", re.IGNORECASE),
    "other": re.compile(
        either(
            rf"(?:{words('labels')})\w*",
            r"(?:del|effekt)?mål(?:sætning)?|problem|hvorfor|samarbejds\w+|ressourcer|opfølgning|"
            r"målepunkt\w*",
        ),
        re.IGNORECASE,
    ),
}


class Fields:
    """The fields of a form as they are read, line by line."""

    def __init__(self) -> None:
        self._works: list[tuple[int, str]] = []  # the line of each piece of work, and its words
        self._told: dict[str, str] = {}

    def take(self, line: Line) -> Iterator[Promise]:
        """Read a field; what it ends is told."""
        name, value = _field(line)
        if name == "what" and (self._told or not self._works):
            yield from self.close()
        if name == "what":
            for part in PARTS.split(value):
                self._works.append((line.number, ITEM.sub("", part).rstrip(".")))
        elif name in ("who", "when", "state"):
            self._told.setdefault(name, value.rstrip("."))

    def close(self) -> Iterator[Promise]:
        """The work that was read, when somebody answers for it or it has a time; then a new form begins."""
        told = dict(self._told)
        if only_a_start(told.get("when", "")):
            told["when"] = ""
        for line, what in self._works:
            promise = work(line, {**told, "what": what})
            if promise and {"who", "when"} & set(told):
                yield promise
        self._works, self._told = [], {}


def is_field(line: Line) -> bool:
    """Is a line a label and what it says?"""
    return _field(line)[0] != ""


def _field(line: Line) -> tuple[str, str]:
    """(which label, what it says); ("", "") for no field: the head of a table has labels alone."""
    head = line.text[:LONGEST]
    if ":" not in head and "|" not in head:
        return "", ""
    found = FIELD.match(line.text)
    if found is None or " | " in found[2] or _label(found[2]):
        return "", ""
    return _label(found[1]), found[2].strip()


def _label(text: str) -> str:
    for name, pattern in LABELS.items():
        if pattern.fullmatch(text):
            return name
    return ""
