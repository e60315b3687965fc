"""Promises in a text: who, what, when or how often; a sentence at a time, with the words that made it one.

A sentence promises when its main clause says what somebody shall or will do, what happens in the plan's year,
or what a body of the cooperation does again and again. What others agreed (a political agreement), what is
past, what a thing is for, and what citizens should feel are no promises.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from manuscript import standing
from manuscript.binding import OUR_PART, THEIRS, binds
from manuscript.dates import OFTEN, when
from manuscript.doing import done_now
from manuscript.fields import Fields, is_field
from manuscript.headings import Heading
from manuscript.line import Line
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
SHORTEST = 18  # letters of a sentence
ENDS = (".", "!", ")", "”")


def promises(headings: list[Heading], year: int | None, areas: set[int] | None = None) -> list[Promise]:
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

    def __post_init__(self) -> None:
        title = self.heading.title
        self.titles = {line.number for line in self.heading.subheadings}
        self.above = title  # the heading or the announcing line last read
        self.behind = BEHIND.search(title) is not None  # does it tell how it went?
        self.elsewhere = self._is_elsewhere()  # is it about what others agreed?
        self.columns: Columns = {}  # of the table being read
        self.fields = Fields()
        self.before = title  # what was said before the sentence being read

    def _is_elsewhere(self) -> bool:
        title = self.heading.title
        if OUR_OWN.search(title):
            return False
        body = [line.text for line in self.heading.lines if line.number not in self.titles]
        opening = " ".join(body[:2])[:200]
        return ELSEWHERE.search(title) is not None or AGREED.search(opening) is not None

    def promises(self) -> Iterator[Promise]:
        """The promises of its lines, in order."""
        for line in self.heading.lines:
            if is_field(line):
                yield from self.fields.take(line)
            elif line.text:
                yield from self.fields.close()
                yield from self._on(line)
        yield from self.fields.close()

    def _on(self, line: Line) -> Iterator[Promise]:
        """The promises of a line that is no field of a form."""
        if line.number in self.titles:
            self.above = line.text
            self.behind = BEHIND.search(line.text) is not None
        elif " | " in line.text:
            yield from self._in_table(line)
        else:
            if line.text.endswith(":") or announces(line.text):
                self.above = line.text
            yield from self._in_line(line)

    def _in_table(self, line: Line) -> Iterator[Promise]:
        if line.text.endswith(":"):
            self.above = line.text
        self.columns, promise = table_row(line, self.columns)
        if promise:
            yield promise

    def _in_line(self, line: Line) -> Iterator[Promise]:
        for sentence in sentences([line]):
            promise = listed(line, sentence, self.above, self.area) or self._told(sentence)
            if promise:
                yield promise
            if not says_it(sentence.text):
                self.before = sentence.text

    def _told(self, sentence: Sentence) -> Promise | None:
        """The promise that a sentence makes in running text."""
        text = sentence.text
        if len(text) < SHORTEST or text.endswith(("?", ":")):
            return None
        at = self._begins_at(text)
        if at is None or LABELLED.match(text):
            return None
        if self.elsewhere and not OUR_PART.search(text):
            return None
        due = when(text)
        often = self._is_often(text, due)
        what = text[at:].rstrip(".")
        by = who(text, at)
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
        if at is None and not self.behind and text.endswith(ENDS):
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
