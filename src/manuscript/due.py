"""The last day that words of time name, and their rhythm: what a draft gets as its deadline and how often."""

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from manuscript.dates import MONTHS, NAMES, NUMERALS, numeral, order
from manuscript.words import either

ITS_YEAR = r"(?:\s(20\d\d))?"
A_DAY = re.compile(rf"(\d{{1,2}})\. ({NAMES}){ITS_YEAR}")
IN_DIGITS = re.compile(
    r"""
    (?<![\d./-]) (\d{1,2}) [./-] (\d{1,2})   # day and month
    (?: [./\ -] ((?:20)?\d\d) )?             # perhaps the year
    (?![\d/])
    """,
    re.VERBOSE,
)
A_WEEK = re.compile(rf"\buge (?:\d\d? ?(?:-|–|og|til) ?)?(\d\d?){ITS_YEAR}")
A_PART = re.compile(rf"\b([1-4]|første|andet|tredje|fjerde)\.? (kvartal|halvår){ITS_YEAR}")
A_MONTH = re.compile(rf"(?<!\d\. )\b({NAMES}){ITS_YEAR}")
END_OF_YEAR = re.compile(
    r"\b(?:udgangen af|ultimo|slutningen af) (20\d\d)|\b(?:udgangen|slutningen) af året"
    r"|\bårets (?:udgang|slutning)"
    r"|\b(?:inden|før|til) (?:nytår|årsskiftet)"
)
MIDDLE = re.compile(rf"\b(?:medio|midten af) ({NAMES}){ITS_YEAR}")
BEFORE = re.compile(r"(?:inden|før)\b")
BEFORE_IT = re.compile(r"\b(?:inden|før) $")
STARTS = re.compile(r"(?:fra|efter|tidligst|pr\.)(?!\w)")  # when it begins, not when it is done
ENDS = re.compile(r"\b(?:til|indtil)\b|\d ?[-–] ?\d")
PARTS_OF_A_YEAR = {"kvartal": 3, "halvår": 6}  # months


def day_of(when: str, year: int) -> date | None:
    """The last day on which a commitment is kept in time; None when the words name none, or only a start.

    >>> day_of("inden den 1. februar 2022", 2022), day_of("senest 1. maj", 2023), day_of("i 2. kvartal", 2022)
    (datetime.date(2022, 1, 31), datetime.date(2023, 5, 1), datetime.date(2022, 6, 30))
    >>> day_of("senest 1/9 2026", 2026), day_of("i uge 34", 2026), day_of("fra 1. august", 2026)
    (datetime.date(2026, 9, 1), datetime.date(2026, 8, 23), None)
    """
    low = when.lower()
    if only_a_start(low):
        return None
    for find in FINDS:
        days = list(find(low, year))
        if days:
            return days[-1]
    return None


def only_a_start(when: str) -> bool:
    """Do the words say when it begins, and not when it is done: "fra 1. august"?"""
    low = when.lower()
    return STARTS.match(low) is not None and ENDS.search(low) is None


def _year(written: str | None, year: int) -> str:
    """The year that a date names, else the plan's."""
    return written or str(year)


def _named_days(low: str, year: int) -> Iterator[date]:
    for found in A_DAY.finditer(low):
        yield from _day(_year(found[3], year), MONTHS.index(found[2]) + 1, found[1], low)


def _days_in_digits(low: str, year: int) -> Iterator[date]:
    for found in IN_DIGITS.finditer(low):
        if 1 <= int(found[2]) <= len(MONTHS):
            yield from _day(f"20{_year(found[3], year)}"[-4:], int(found[2]), found[1], low)


def _day(year: str | int, month: int, day: str, low: str) -> Iterator[date]:
    """The day, or the one before it after "inden"; nothing for one that does not exist."""
    try:
        found = date(int(year), month, int(day))
    except ValueError:
        return
    if BEFORE.match(low):
        found -= timedelta(days=1)
    yield found


def _weeks(low: str, year: int) -> Iterator[date]:
    for found in A_WEEK.finditer(low):
        try:
            yield date.fromisocalendar(int(_year(found[2], year)), int(found[1]), 7)
        except ValueError:
            return


def _parts_of_years(low: str, year: int) -> Iterator[date]:
    for found in A_PART.finditer(low):
        month = PARTS_OF_A_YEAR[found[2]] * order(found[1])
        if month <= len(MONTHS):
            yield _end(_year(found[3], year), month)


def _middles(low: str, year: int) -> Iterator[date]:
    for found in MIDDLE.finditer(low):
        yield date(int(_year(found[2], year)), MONTHS.index(found[1]) + 1, 15)


def _months(low: str, year: int) -> Iterator[date]:
    for found in A_MONTH.finditer(low):
        month = MONTHS.index(found[1]) + 1
        if BEFORE_IT.search(low[: found.start()]):
            yield date(int(_year(found[2], year)), month, 1) - timedelta(days=1)
        else:
            yield _end(_year(found[2], year), month)


def _ends_of_years(low: str, year: int) -> Iterator[date]:
    for found in END_OF_YEAR.finditer(low):
        yield _end(_year(found[1], year), len(MONTHS))


def _end(year: str | int, month: int) -> date:
    last = calendar.monthrange(int(year), month)[1]
    return date(int(year), month, last)


# In the order of how much they say.
FINDS: tuple[Callable[[str, int], Iterator[date]], ...] = (
    _named_days,
    _weeks,
    _days_in_digits,
    _parts_of_years,
    _middles,
    _months,
    _ends_of_years,
)

TIMES_A_YEAR = re.compile(
    rf"""
    \b({NUMERALS})\ (?:gange?|møder?)\ (?:om\ året|årligt|pr\.\ år|i\ løbet\ af\ året)
    | \b({NUMERALS})\ årlige\b
    """,
    re.VERBOSE,
)
OTHERWISE = re.compile(
    either(rf"\b(?:{NUMERALS}) (?:gange?|møder?)\b", r"\bhver(?:t)? (?:anden|andet|tredje|fjerde|halve)\b")
)
ONCE_IN = re.compile(r"\b(?:en|én|1) gang (?:om |i |hver |hvert )?(måned|kvartal)")
OF_PARTS = {"måned": "monthly", "kvartal": "quarterly"}
OF_TIMES = {1: "yearly", 4: "quarterly", 12: "monthly"}
RHYTHMS = {
    "monthly": re.compile(r"\bhver måned\b|\bmånedlig|\bi måneden\b"),
    "quarterly": re.compile(r"\bhvert kvartal\b|\bkvartalsvis"),
    "yearly": re.compile(
        r"\bårligt?\b|\bårlige\b|\bhvert (?:år|forår|efterår)\b"
        rf"|\bhver (?:sommer|vinter|{NAMES})\b|\bom året\b"
    ),
}


def recurrence_of(when: str) -> str:
    """The rhythm that words name: "monthly", "quarterly", "yearly"; empty for one that has none.

    >>> recurrence_of("hvert kvartal"), recurrence_of("4 gange årligt"), recurrence_of("tre gange årligt")
    ('quarterly', 'quarterly', '')
    >>> recurrence_of("løbende"), recurrence_of("halvårligt"), recurrence_of("hver anden måned")
    ('', '', '')
    """
    low = when.lower()
    if times := TIMES_A_YEAR.search(low):
        return OF_TIMES.get(numeral(times[1] or times[2]), "")
    if once := ONCE_IN.search(low):
        return OF_PARTS[once[1]]
    if OTHERWISE.search(low):
        return ""
    for name, words in RHYTHMS.items():
        if words.search(low):
            return name
    return ""
