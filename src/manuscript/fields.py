"""Work written as a form: a label and what it says on each line, or in each row of a table with two columns.

Aktivitet: Opsætning af lamper
Ansvarlig: Vejafdelingen
Tidsfrist: 1. juni
"""

import re
from collections.abc import Iterator

from manuscript.dates import OFTEN
from manuscript.due import only_a_start
from manuscript.line import ITEM, Line
from manuscript.promise import Promise
from manuscript.words import either, words
from manuscript.worklists import owners, work

FIELD = re.compile(r"^(\w[\w /()-]{1,30}?)\s*(?::\s*(?:\|\s*)?|\|\s*)(\S.*)$")
LONGEST = 35  # letters of a label and its mark
# "Ansvarlig: Skolen. Frist: 1. maj."
IN_A_ROW = re.compile(
    r"(?<=[.;,)–])\s+(?=(?:Ansvarlige?|Tovholdere?|Frist|Tidsfrist|Deadline|Tidsplan|Udføres af)\s*:)"
)
PARTS = re.compile(r"\s+•\s+")
LABELS = {
    "what": re.compile(
        r"(?:konkrete? |planlagte? |nye? )?(?:aktivitet(?:en|er)?|handling(?:er)?|tiltag|opgaver?|"
        r"initiativ(?:er)?|indsats(?:en|er)?|hvad gør vi(?: \w+){0,2}|det (?:gør|vil) vi|sådan gør vi|"
        r"hvad(?: skal (?:der )?ske)?)"
        r"(?: \d{1,2}| [A-Z])?",
        re.IGNORECASE,
    ),
    "who": re.compile(
        r"(?:hoved|primært? |overordnet )?ansvarlig(?:e)?(?: \w+)?(?: \([\w ]+\))?|"
        r"tovholder(?:e)?(?: \([\w ]+\))?|"
        r"udføres af|aktør(?:er)?|hvem(?: (?:gør|står for|er ansvarlig|har ansvaret)(?: \w+){0,2})?|ansvar|"
        r"(?:indsats)?ejer|hvem gør hvad",
        re.IGNORECASE,
    ),
    "when": re.compile(
        r"(?:tids)?frist(?:en)?|deadline|tidsramme|tidsplan|tidspunkt|hvornår(?: \w+){0,3}|termin|senest|tid|"
        r"periode|tidshorisont|færdig(?: senest)?|gennemføres|afsluttes(?: senest)?",
        re.IGNORECASE,
    ),
    "state": re.compile(r"status", re.IGNORECASE),
    "other": re.compile(
        either(
            rf"(?:{words('labels')})\w*",
            r"(?:del|effekt)?mål(?:sætning)?|problem|hvorfor|samarbejds\w+|ressourcer|opfølgning|"
            r"målepunkt\w*|hvad vil vi(?: \w+){0,2}|hvordan(?: \w+){0,4}|øvrige? (?:parter|deltagere)|"
            r"bemærkning(?:er)?|"
            r"note(?:r)?|tema|emne|evaluering|budget|finansiering|effekt|involverede(?: parter)?|partnere?",
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

    def of_what_stands_above(self) -> dict[str, str]:
        """What fields without any work tell, and forget it: it belongs to what stands above them."""
        if self._works:
            return {}
        told, self._told = self._told, {}
        return told

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


def with_fields(promise: Promise, told: dict[str, str]) -> Promise:
    """A promise with the who and when that fields below it tell, where it has none itself."""
    if "who" in told and promise.who in ((), ("vi",)):
        promise = promise._replace(who=owners(told["who"]))
    if "when" in told and not promise.when:
        promise = promise._replace(when=told["when"], recurring=OFTEN.search(told["when"]) is not None)
        if promise.kind == "recurring" and not promise.recurring:
            promise = promise._replace(kind="promise")
    return promise


def fields_apart(line: Line) -> Iterator[Line]:
    """A line with several fields in a row as one for each."""
    if ":" not in line.text or ITEM.match(line.text) or " | " in line.text:
        yield line
        return
    for part in IN_A_ROW.split(line.text):
        yield line._replace(text=part.strip(" ;,–"))


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


def label_of(text: str) -> str:
    """What a label asks for: "what", "who", "when", "state", "other"; "" for no label."""
    return _label(text)


def _label(text: str) -> str:
    for name, pattern in LABELS.items():
        if pattern.fullmatch(text):
            return name
    return ""
