"""Promises in a text: who, what, when or how often; a sentence at a time, with the words that made it one.

A sentence promises when its main clause says what somebody shall or will do, what happens in the plan's year,
or what a body of the cooperation does again and again. What others agreed (a political agreement), what is
past, what a thing is for, and what citizens should feel are no promises.
"""

import re
from dataclasses import dataclass
from itertools import chain

from manuscript import standing
from manuscript.beside import completed, told_beside
from manuscript.binding import OUR_PART, THEIRS, binds
from manuscript.calendar import in_month, month_before
from manuscript.dates import OFTEN, when
from manuscript.doing import done_now
from manuscript.fields import Fields, fields_apart, is_field, with_fields
from manuscript.headings import Heading
from manuscript.line import ITEM, Line
from manuscript.promise import Promise
from manuscript.repeats import said_once
from manuscript.sentences import Sentence, sentences
from manuscript.subject import says_it, who
from manuscript.verbs import LOOSE, MAY, MODAL, WAITS, WISH
from manuscript.words import either
from manuscript.worklists import LABELLED, Columns, announces, listed, table_row

ELSEWHERE = re.compile(
    r"\b(?:politisk aftale|flerårsaftalen?|finanslov\w*|regeringen|Folketinget|"
    r"national(?:e|t)? (?:plan|strategi|aftale))\b",
    re.IGNORECASE,
)
AGREED = re.compile(r"\bindgået en politisk aftale\b|\b(?:regeringen|Folketinget) (?:har|vedtog|indgik)\b")
OUR_OWN = re.compile(r"\b(?:drøft\w+|kredsråd\w*|lokalråd\w*|lokalt|hos os)\b", re.IGNORECASE)
# Chapters that tell how it went or what is wanted, not what is done.
BEHIND = re.compile(
    either(
        *("tendens", "udvikling", "status", "resultat", "siden sidst", "opsamling", "sådan gik"),
        *("hvordan går", "kriminaliteten", "baggrund", "statistik", "grundlag", "forord", "ordliste"),
        *(r"^(?:\d[\d.]* )?mål\b", "formål", "billedet af"),
    ),
    re.IGNORECASE,
)
ANNEX = "Bilag"
# What marks a decision in minutes, and a heading over some.
DECISION = re.compile(
    r"^(?:beslutning(?:er)?|besluttet|aftal(?:e|er|t)|konklusion(?:er)?|"
    r"opgaver?|aktion(?:er)?|handling(?:er)?|opfølgning|det (?:blev|er) (?:aftalt|besluttet))(?: \d)?\s*:\s*",
    re.IGNORECASE,
)
BY_DECISION = re.compile(
    r"^(?:beslutning|aftal|konklusion|opgave|aktion|handling)|\b(?:besluttede|aftalte|besluttet|aftalt)\b",
    re.IGNORECASE,
)
DECIDED_AT = re.compile(
    r"\b(?:besluttede|aftalte|vedtog|(?:blev|er) (?:enige om|aftalt|besluttet))\b[^.]{0,120}?,? at "
)
NEXT_MEETING = re.compile(r"(?:Det )?[Nn]æste (?:ordinære )?\w*møde\b")
# "Skolen laver en liste, og den skal være klar i maj."
OF_IT = ", og den "
OF_THE_FIRST = re.compile(r", og (?:den|det|de)? ?", re.IGNORECASE)
SHORTEST = 18  # letters of a sentence
ENDS = (".", "!", ")", "”")


def promises(
    headings: list[Heading], year: int | None, areas: set[int] | None = None, *, minutes: bool = False
) -> list[Promise]:
    """The promises under the headings, in order; a sentence said twice is one promise. `areas` are the
    lines of the focus areas' headings: what is listed there is work."""
    found: list[Promise] = []
    above: list[Heading] = []
    before: _Section | None = None
    for heading in headings:
        above = [chapter for chapter in above if _holds(chapter, heading)]
        above.append(heading)
        section = _Section(
            heading,
            year,
            standing=any(standing.CHAPTER.search(chapter.title) for chapter in above),
            area=any(chapter.line in (areas or ()) for chapter in above),
            minutes=minutes,
        )
        if before is not None and _parts_a_table(before.heading, heading):
            section.columns = before.columns
        found += section.promises()
        before = section
    return said_once(found)


def _parts_a_table(before: Heading, heading: Heading) -> bool:
    """Is a heading a row over all columns of a table that goes on below it?"""
    above = [line.text for line in before.lines if line.text][-1:]
    below = [line.text for line in heading.lines if line.text][:1]
    if not (above and below):
        return False
    return above[0].count("|") == below[0].count("|") > 0


def _holds(chapter: Heading, heading: Heading) -> bool:
    """Is a heading part of an earlier chapter? An annex ends only with the next: what follows it may stand at
    its own level."""
    if chapter.level < heading.level:
        return True
    return chapter.title.startswith(ANNEX) and not heading.title.startswith(ANNEX)


@dataclass
class _Section:
    """What stands under one heading, and what that says of its sentences."""

    heading: Heading
    year: int | None
    standing: bool  # in a chapter of fora
    area: bool  # in a focus area
    minutes: bool = False  # where only what is decided, or said to be done at a time, is promised

    def __post_init__(self) -> None:
        title = self.heading.title
        self.titles = {line.number for line in self.heading.subheadings}
        self.above = title  # the heading or the announcing line last read
        self.behind = BEHIND.search(title) is not None  # does it tell how it went?
        self.elsewhere = self._is_elsewhere()  # is it about what others agreed?
        self.columns: Columns = {}  # of the table being read
        self.fields = Fields()
        self.before = title  # what was said before the sentence being read
        self.found: list[Promise] = []
        self.block = 0  # how many were found before the paragraph or list being read
        self.read = 0  # the line read before
        self.ended = False  # did that line hold the promise found last?
        self.decided = False  # is the line being read marked as a decision?

    def _is_elsewhere(self) -> bool:
        title = self.heading.title
        if OUR_OWN.search(title):
            return False
        body = [line.text for line in self.heading.lines if line.number not in self.titles]
        opening = " ".join(body[:2])[:200]
        return ELSEWHERE.search(title) is not None or AGREED.search(opening) is not None

    def promises(self) -> list[Promise]:
        """The promises of its lines, in order."""
        for line in chain.from_iterable(map(fields_apart, self.heading.lines)):
            if is_field(line) and not self._is_decision(line):
                self.found += self.fields.take(line)
            elif line.text:
                self._close_fields()
                self._on(line)
        self._close_fields()
        return list(map(completed, self.found))

    def _close_fields(self) -> None:
        """End the form that was read; one that names no work says who and when of the list above it."""
        told = self.fields.of_what_stands_above()
        for place in range(self.block, len(self.found)):
            self.found[place] = with_fields(self.found[place], told)
        self.found += self.fields.close()

    def _is_decision(self, line: Line) -> bool:
        return self.minutes and DECISION.match(line.text) is not None

    def _on(self, line: Line) -> None:
        """Read a line that is no field of a form."""
        self.decided = self._is_decision(line)
        if self.decided:
            self.above = line.text
            line = line._replace(text=DECISION.sub("", line.text).strip())
        if not ITEM.match(line.text):
            self.ended = bool(self.found) and self.found[-1].line == self.read
            self.block = len(self.found)
        self.read = line.number
        if line.number in self.titles:
            self.above = line.text
            self.behind = BEHIND.search(line.text) is not None
        elif " | " in line.text:
            self._in_table(line)
        elif line.text:
            if line.text.endswith((":", " at")) or announces(line.text):
                self.above = line.text
            self._in_line(line)

    def _in_table(self, line: Line) -> None:
        if line.text.endswith(":"):
            self.above = line.text
        self.columns, promise = table_row(line, self.columns)
        if promise:
            self.found.append(promise)

    def _in_line(self, line: Line) -> None:
        """Read a paragraph or an item, sentence by sentence; one may belong to the promise before it."""
        label, line = month_before(line)
        for sentence in sentences([line]):
            told = None
            if self._may_go_on(line, sentence):
                told = told_beside(self.found[-1], sentence.text)
            if told:
                self.found[-1] = told
                continue
            promise = listed(line, sentence, self.above, self.area) or self._told(sentence)
            if label and sentence.first:
                promise = in_month(label, sentence, promise)
            if promise:
                self.found.append(promise)
            if not says_it(sentence.text):
                self.before = sentence.text

    def _may_go_on(self, line: Line, sentence: Sentence) -> bool:
        """May a sentence say more of the promise before it: in the same paragraph, or right below it?"""
        if not self.found or (sentence.first and ITEM.match(line.text)):
            return False
        return self.found[-1].line == line.number or self.ended

    def _told(self, sentence: Sentence) -> Promise | None:
        """The promise that a sentence makes in running text."""
        text = sentence.text
        if len(text) < SHORTEST or text.endswith(("?", ":")):
            return None
        at = self._begins_at(text)
        if at is None and self.minutes and DECIDED_AT.search(text):
            at, self.decided = 0, True
        if at is None or NEXT_MEETING.match(text) or LABELLED.match(text):
            return None
        if self.elsewhere and not OUR_PART.search(text):
            return None
        due = when(text)
        often = self._is_often(text, due)
        what = text[at:].rstrip(".")
        by = who(text, at)
        if not by and at and OF_THE_FIRST.match(text, at - len(OF_IT)):
            by = who(text)
        if not by and says_it(text):
            by = who(self.before)
        return Promise(sentence.line, text, by, what, due, often, self._kind(text, often))

    def _begins_at(self, text: str) -> int | None:
        """Where in the sentence it becomes a promise; None when it is none."""
        at = None
        if self.standing:
            at = standing.stands_for(text)
        if at is None:
            at = binds(text, self.year)
        tells = not self.minutes or self.decided or BY_DECISION.search(self.above) is not None
        if at is None and tells and (self.decided or not self.behind) and text.endswith(ENDS):
            at = done_now(text)
        return at

    def _is_often(self, text: str, due: str) -> bool:
        """Does it say how often, or what is done without a time at all?"""
        if OFTEN.search(text):
            return True
        return not (due or MODAL.search(text) or str(self.year) in text)

    def _kind(self, text: str, often: bool) -> str:
        if self.standing:
            return "standing_forum"
        if THEIRS.search(text):
            return "external"
        if WISH.search(text) and not MODAL.search(text):
            return "intention"
        if _is_conditional(text):
            return "conditional"
        if often:
            return "recurring"
        return "promise"


def _is_conditional(text: str) -> bool:
    if LOOSE.search(text) and not OFTEN.search(text):
        return True
    return MAY.search(text) is not None or WAITS.search(text) is not None
