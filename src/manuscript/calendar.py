"""The lines of a year's calendar: "Marts: Temadag for lærere"."""

import re

from manuscript.dates import NAMES, OFTEN
from manuscript.line import ITEM, Line
from manuscript.promise import Promise, kind_of_work
from manuscript.sentences import Sentence
from manuscript.subject import who
from manuscript.verbs import PAST
from manuscript.words import either

A_MONTH = rf"(?:(?:primo|medio|ultimo|senest|inden) )?(?:\d{{1,2}}\. )?(?:{NAMES})"
PERIOD = either(
    rf"{A_MONTH}(?: ?(?:[-–/]|og) ?(?:{NAMES}))?(?: 20\d\d)?",
    r"(?:i )?uge \d{1,2}(?: ?[-–] ?\d{1,2})?(?: 20\d\d)?",
    r"(?:[1-4]\.|første|andet|tredje|fjerde) (?:kvartal|halvår)(?: 20\d\d)?",
    r"(?:forår|efterår|sommer|vinter)(?:et|en)?(?: 20\d\d)?",
)
LINE = re.compile(rf"({PERIOD})\s*(?::|–|—| - )\s*(?=\S)", re.IGNORECASE)
LEAST = 8  # letters


def month_before(line: Line) -> tuple[str, Line]:
    """(the time that opens a line of a calendar, the line without it); ("", the line) for any other."""
    text = ITEM.sub("", line.text)
    found = LINE.match(text)
    if found is None or len(text) - found.end() < LEAST:
        return "", line
    return found[1], line._replace(text=text[found.end() :])


def in_month(label: str, sentence: Sentence, promise: Promise | None) -> Promise | None:
    """What a line of a calendar promises: what somebody does there, or a piece of work with a name."""
    if promise is None:
        if PAST.search(sentence.text):
            return None
        by = who(sentence.text)
        if by == ("vi",):
            by = ()
        what = sentence.text.rstrip(".")
        promise = Promise(sentence.line, sentence.text, by, what, label, False, "promise")
    often = OFTEN.search(label) is not None
    return promise._replace(when=label, recurring=often, kind=kind_of_work(often))
