"""When a number is answered: typed a line for some days, read against the clock and the holidays."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from samraad.look.danish import WEEKDAYS

ALWAYS = "døgnet rundt"
LINE = re.compile(
    r"(?P<first>[a-zæøå]+)(?:\s*[-–]\s*(?P<last>[a-zæøå]+))?\s+(?:kl\.?\s*)?"
    r"(?P<opens>\d{1,2}(?:[.:]\d\d)?)\s*[-–]\s*(?P<closes>\d{1,2}(?:[.:]\d\d)?)"
)
FIXED = {(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)}
MOVING = {-3, -2, 0, 1, 39, 40, 49, 50}  # days after Easter Sunday
STORE_BEDEDAG, STORE_BEDEDAG_UNTIL = 26, 2023  # days after Easter Sunday; the last year with it
AHEAD = 14  # days in which the next opening is looked for


@dataclass(frozen=True)
class Span:
    """Open from when to when on a weekday (Monday is 0)."""

    weekday: int
    opens: time
    closes: time


def read_hours(text: str) -> list[Span]:
    """The spans of a text; none when it is "døgnet rundt".

    ValueError names the line that cannot be read.

    >>> [str(span.opens) for span in read_hours("mandag-onsdag 9-15")]
    ['09:00:00', '09:00:00', '09:00:00']
    """
    spans: list[Span] = []
    for line in text.lower().splitlines():
        if line.strip() and line.strip() != ALWAYS:
            spans.extend(_spans_of(line.strip()))
    return sorted(spans, key=lambda span: (span.weekday, span.opens))


def _spans_of(line: str) -> list[Span]:
    """The spans of one line."""
    found = LINE.fullmatch(line)
    if found is None:
        raise ValueError(line)
    first = last = _weekday(found["first"], line)
    if found["last"]:
        last = _weekday(found["last"], line)
    opens, closes = _clock(found["opens"], line), _clock(found["closes"], line)
    if last < first or closes <= opens:
        raise ValueError(line)
    spans = []
    for weekday in range(first, last + 1):
        spans.append(Span(weekday, opens, closes))
    return spans


def _weekday(word: str, line: str) -> int:
    """A weekday by its name or the first three letters of it."""
    for number, name in enumerate(WEEKDAYS):
        if word in (name, name[:3]):
            return number
    raise ValueError(line)


def _clock(words: str, line: str) -> time:
    hour, _, minute = words.replace(":", ".").partition(".")
    try:
        return time(int(hour), int(f"0{minute}"))
    except ValueError as error:
        raise ValueError(line) from error


@dataclass(frozen=True)
class Now:
    """Is a number answered at this moment, and until or from when?"""

    code: str  # "open", "closed" or "unknown"
    words: str

    @property
    def label(self) -> str:
        """ "Åbent nu" or "Lukket nu"."""
        return {"open": "Åbent nu", "closed": "Lukket nu"}.get(self.code, "")

    @property
    def status(self) -> str:
        """Its code in the list of states (`look.STATUS`)."""
        return {"open": "done", "closed": "waiting"}.get(self.code, "waits")


def at_moment(text: str, now: datetime) -> Now:
    """How it stands with the hours of `text` at a moment, in Danish time."""
    if text.strip().lower() == ALWAYS:
        return Now("open", "hele døgnet, alle dage")
    spans = read_hours(text)
    if not spans:
        return Now("unknown", "")
    local = timezone.localtime(now)
    for span in _of_day(spans, local.date()):
        if span.opens <= local.time() < span.closes:
            return Now("open", f"i dag, {WEEKDAYS[span.weekday]}, til kl. {_told(span.closes)}")
    return Now("closed", _next_opening(spans, local))


def _of_day(spans: list[Span], day: date) -> list[Span]:
    """The spans of a day; none on a holiday."""
    if is_closed_day(day):
        return []
    return list(filter(lambda span: span.weekday == day.weekday(), spans))


def _next_opening(spans: list[Span], local: datetime) -> str:
    for ahead in range(AHEAD):
        day = local.date() + timedelta(days=ahead)
        for span in _of_day(spans, day):
            if ahead or span.opens > local.time():
                return f"åbner {_day_words(day, ahead)} kl. {_told(span.opens)}"
    return ""


def _day_words(day: date, ahead: int) -> str:
    near = {0: "i dag", 1: "i morgen"}
    return near.get(ahead, f"{WEEKDAYS[day.weekday()]} {day.day}.{day.month}.")


def _told(moment: time) -> str:
    return f"{moment.hour}.{moment.minute:02}"


@cache
def easter(year: int) -> date:
    """Easter Sunday (the Gregorian computus of Meeus, Jones and Butcher).

    >>> easter(2022), easter(2027)
    (datetime.date(2022, 4, 17), datetime.date(2027, 3, 28))
    """
    a, b, c = year % 19, year // 100, year % 100
    d, e, f = b // 4, b % 4, (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


def is_closed_day(day: date) -> bool:
    """A holiday, or a day when offices are closed: 5 June, 24 and 31 December, the day after Ascension."""
    if (day.month, day.day) in FIXED:
        return True
    after_easter = (day - easter(day.year)).days
    if after_easter == STORE_BEDEDAG:
        return day.year <= STORE_BEDEDAG_UNTIL
    return after_easter in MOVING
